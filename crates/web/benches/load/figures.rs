//! Figures, and how they are printed.

use std::time::Duration;

/// Times of one kind of request.
#[derive(Default)]
pub(crate) struct Times {
    times: Vec<Duration>,
}

impl Times {
    pub(crate) fn add(&mut self, time: Duration) {
        self.times.push(time);
    }

    pub(crate) fn append(&mut self, mut other: Times) {
        self.times.append(&mut other.times);
    }

    /// Returns the time that so many of a hundred requests stay within.
    pub(crate) fn percentile(&mut self, percent: usize) -> Duration {
        self.times.sort_unstable();
        let at = (self.times.len() * percent).div_ceil(100).saturating_sub(1);
        self.times.get(at).copied().unwrap_or_default()
    }

    /// Returns p50, p95 and p99 as text.
    pub(crate) fn spread(&mut self) -> String {
        let [p50, p95, p99] = [50, 95, 99].map(|percent| millis(self.percentile(percent)));
        format!("p50 {p50}, p95 {p95}, p99 {p99}")
    }
}

pub(crate) fn millis(time: Duration) -> String {
    let millis = time.as_secs_f64() * 1_000.0;
    match millis {
        10.0.. => format!("{millis:.0} ms"),
        _ => format!("{millis:.2} ms"),
    }
}

pub(crate) fn megabytes(bytes: u64) -> String {
    format!("{:.0} MB", bytes as f64 / 1e6)
}

/// Prints one figure; `limit` may be empty.
pub(crate) fn print(part: &str, what: &str, figure: &str, limit: &str) {
    println!("{part}\t{what}\t{figure}\t{limit}");
}

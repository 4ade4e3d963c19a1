use domain::calendar::office_day;
use time::{Date, OffsetDateTime};

/// Where `now` comes from: the system in service, a fixed time in tests.
#[derive(Debug, Clone, Copy)]
pub enum Clock {
    System,
    Fixed(OffsetDateTime),
}

impl Clock {
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the system clock")]
    pub fn now(self) -> OffsetDateTime {
        match self {
            Clock::System => OffsetDateTime::now_utc(),
            Clock::Fixed(now) => now,
        }
    }

    /// Returns the date on the wall of the office.
    pub fn today(self) -> Date {
        office_day(self.now())
    }
}

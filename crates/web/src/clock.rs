use time::{Date, OffsetDateTime, UtcOffset, macros::offset};

/// The country keeps one time, whatever the machine's zone is set to.
const CHINA: UtcOffset = offset!(+8);

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
        self.now().to_offset(CHINA).date()
    }
}

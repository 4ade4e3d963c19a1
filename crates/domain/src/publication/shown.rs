use time::Date;

/// 一条公布给公众看的日子：from its first day up to the day of the next publication,
/// which is no longer one of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shown {
    pub from: Date,
    pub until: Option<Date>,
}

impl Shown {
    /// Returns the days of a publication that holds `since` a day, comes after one that ended
    /// on `replaced_on` and ended itself on `until`.
    ///
    /// It takes over on the day on which the one before ended, whatever day it names: one that
    /// is dated back does not change what people were shown, and one that is announced early
    /// is what they are shown from then on. The first begins with the day that it names.
    pub fn of(since: Date, replaced_on: Option<Date>, until: Option<Date>) -> Shown {
        Shown { from: replaced_on.unwrap_or(since), until }
    }

    /// Tells whether it was shown on a day: the first one is, the day that ends it is not.
    pub fn contains(self, day: Date) -> bool {
        self.from <= day && self.until.is_none_or(|until| day < until)
    }

    /// Returns the last such day, if they are over.
    pub fn last(self) -> Option<Date> {
        let last = self.until?.previous_day()?;
        self.contains(last).then_some(last)
    }

    /// Tells whether there is no such day: what was replaced on its first day counts for none.
    pub fn is_empty(self) -> bool {
        self.until.is_some_and(|until| until <= self.from)
    }
}

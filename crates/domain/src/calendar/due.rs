use time::Date;

use super::{Calendar, NoData};

/// 办结期限：what arrived on a day is to be done by another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Due {
    pub on: Date,
    /// Working days that are left: 0 on the day itself, below it once that is over.
    pub days_left: i64,
}

impl Due {
    /// Counts from the day after the arrival.
    pub fn of(calendar: &Calendar, arrived: Date, limit: u32, today: Date) -> Result<Due, NoData> {
        let on = calendar.add_working_days(arrived, limit)?;
        let days_left = match today <= on {
            true => i64::from(calendar.working_days_between(today, on)?),
            // A day of rest after the last day is late already.
            false => -i64::from(calendar.working_days_between(on, today)?.max(1)),
        };
        Ok(Due { on, days_left })
    }
}

impl Calendar {
    /// Returns the last day of arrival that was due before `day`: who asks for what is late
    /// asks for what arrived by then.
    pub fn last_arrival_due_before(&self, day: Date, limit: u32) -> Result<Date, NoData> {
        let mut arrived = day;
        loop {
            arrived = arrived.previous_day().ok_or_else(|| self.no_data(day.year()))?;
            if self.add_working_days(arrived, limit)? < day {
                return Ok(arrived);
            }
        }
    }
}

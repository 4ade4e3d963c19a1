use domain::{
    calendar::{Calendar, Due, NoData, office_day},
    standard::Desk,
};
use time::{Date, OffsetDateTime};

use crate::words;

/// 应办结的日子，在清单上怎么写。
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Deadline {
    /// 剩 3 个工作日
    pub(crate) left: String,
    /// How it is drawn: `over`, `today`, or nothing.
    pub(crate) class: &'static str,
    /// 11-25
    pub(crate) on: String,
}

impl Deadline {
    /// Returns until when what arrived then is to be decided, where its desk has a limit.
    pub(crate) fn of(
        desk: Option<&Desk>,
        arrived: Option<OffsetDateTime>,
        today: Date,
    ) -> Option<Result<Deadline, NoData>> {
        let (limit, arrived) = (desk?.limit?, arrived?);
        let due = Due::of(Calendar::shipped(), office_day(arrived), limit, today);
        Some(due.map(Deadline::in_words))
    }

    fn in_words(due: Due) -> Deadline {
        let days = |n: i64| words::counted(n, "个工作日");
        let (left, class) = match due.days_left {
            0 => ("今天到期".to_owned(), "today"),
            left if left < 0 => (format!("超 {}", days(-left)), "over"),
            left => (format!("剩 {}", days(left)), ""),
        };
        Deadline { left, class, on: words::short_date(due.on) }
    }
}

/// Returns `11-25 前，剩 3 个工作日`, or that the day can not be known.
pub(crate) fn due_words(due: &Result<Deadline, NoData>) -> String {
    match due {
        Ok(due) => format!("{} 前，{}", due.on, due.left),
        Err(unknown) => unknown.to_string(),
    }
}
/// Returns `已停留 6 个工作日`.
pub(crate) fn waited_words(arrived: OffsetDateTime, today: Date) -> String {
    match Calendar::shipped().working_days_between(office_day(arrived), today) {
        Ok(0) => "今天送到".to_owned(),
        Ok(n) => format!("已停留 {}", words::counted(n, "个工作日")),
        Err(unknown) => unknown.to_string(),
    }
}

//! What of the tasks is chosen, as it stands in the address.

use domain::{
    calendar::{Calendar, NoData},
    item::BodyId,
    people::Duty,
    standard::Operation,
};
use store::{Arrival, TaskFilter, Tray};
use time::{Date, OffsetDateTime, macros::offset};

use super::may;
use crate::{
    AppState,
    error::WebError,
    extract::Query,
    links::{self, Link},
    session::Session,
};

/// 待办的一类。
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tab {
    Review,
    Returned,
    Mine,
    Done,
    Notices,
}

/// 期限的一段。
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Due {
    Over,
    Today,
    /// Within three working days, today among them.
    Soon,
}

/// What is chosen of one tab.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Choice {
    pub(super) tab: Tab,
    pub(super) words: String,
    pub(super) body: Option<i64>,
    pub(super) operation: Option<Operation>,
    pub(super) due: Option<Due>,
    pub(super) findings: Option<bool>,
    /// Of what was returned, also what others submitted.
    pub(super) is_everybodys: bool,
}

/// Working days that are soon.
const SOON: u32 = 3;

impl Tab {
    pub(super) const ALL: [Tab; 5] =
        [Tab::Review, Tab::Returned, Tab::Mine, Tab::Done, Tab::Notices];

    pub(super) fn title(self) -> &'static str {
        match self {
            Tab::Review => "待我审核",
            Tab::Returned => "退回给我",
            Tab::Mine => "我经手的",
            Tab::Done => "已办结",
            Tab::Notices => "提醒",
        }
    }

    pub(super) fn as_str(self) -> &'static str {
        match self {
            Tab::Review => "review",
            Tab::Returned => "returned",
            Tab::Mine => "mine",
            Tab::Done => "done",
            Tab::Notices => "notices",
        }
    }

    pub(super) fn is_for(self, session: &Session) -> bool {
        match self {
            Tab::Review => may(session, Duty::Reviewer) || may(session, Duty::Publisher),
            Tab::Returned => may(session, Duty::Editor),
            Tab::Mine | Tab::Done | Tab::Notices => true,
        }
    }
}

impl Due {
    pub(super) const ALL: [Due; 3] = [Due::Over, Due::Today, Due::Soon];

    pub(super) fn as_str(self) -> &'static str {
        match self {
            Due::Over => "over",
            Due::Today => "today",
            Due::Soon => "soon",
        }
    }

    pub(super) fn title(self) -> &'static str {
        match self {
            Due::Over => "已超期",
            Due::Today => "今天到期",
            Due::Soon => "3 个工作日内",
        }
    }

    /// Returns when what is due so arrived, at a desk with this limit.
    fn arrived(self, limit: u32, today: Date) -> Result<[Option<OffsetDateTime>; 2], NoData> {
        let calendar = Calendar::shipped();
        // What arrives on the day after that is due on the day or later.
        let due_from = |day: Date| -> Result<OffsetDateTime, NoData> {
            let last = calendar.last_arrival_due_before(day, limit)?;
            Ok(last.saturating_add(time::Duration::DAY).midnight().assume_offset(offset!(+8)))
        };
        let after = |day: Date| day.saturating_add(time::Duration::DAY);
        Ok(match self {
            Due::Over => [None, Some(due_from(today)?)],
            Due::Today => [Some(due_from(today)?), Some(due_from(after(today))?)],
            Due::Soon => {
                let last = calendar.add_working_days(today, SOON)?;
                [Some(due_from(today)?), Some(due_from(after(last))?)]
            }
        })
    }
}

impl Choice {
    pub(super) fn of(tab: Tab) -> Choice {
        Choice {
            tab,
            words: String::new(),
            body: None,
            operation: None,
            due: None,
            findings: None,
            is_everybodys: false,
        }
    }

    /// Reads what an address chooses; a tab that is not for the officer is the first that is.
    pub(super) fn read(query: &Query, session: &Session) -> Result<Choice, WebError> {
        let mut tabs = Tab::ALL.into_iter().filter(|tab| tab.is_for(session));
        let first = tabs.clone().next().unwrap_or(Tab::Mine);
        let asked = query.first("tray");
        let tab = tabs.find(|tab| Some(tab.as_str()) == asked).unwrap_or(first);
        let due = query.first("due");
        Ok(Choice {
            tab,
            words: query.first("q").unwrap_or_default().to_owned(),
            body: query.number("body")?,
            operation: query.first("operation").and_then(Operation::parse),
            due: Due::ALL.into_iter().find(|it| Some(it.as_str()) == due),
            findings: query.first("findings").map(|it| it == "yes"),
            is_everybodys: query.first("whose") == Some("all"),
        })
    }

    /// Returns the list that is asked for, where it is one of what waits.
    pub(super) fn tray(&self, session: &Session) -> Option<Tray> {
        match self.tab {
            Tab::Review => Some(Tray::Review {
                desks: session.officer.desks().map(str::to_owned).collect(),
                publishes: may(session, Duty::Publisher),
            }),
            Tab::Returned => {
                let to = (!self.is_everybodys).then_some(session.actor.id);
                Some(Tray::Returned { to })
            }
            Tab::Mine | Tab::Done | Tab::Notices => None,
        }
    }

    pub(super) fn filter(&self, app: &AppState, session: &Session) -> Result<TaskFilter, NoData> {
        let arrived = self.due.map(|due| arrivals(app, session, due)).transpose()?;
        Ok(TaskFilter {
            words: (!self.words.is_empty()).then(|| self.words.clone()),
            body: self.body.map(BodyId),
            operation: self.operation,
            findings: self.findings,
            arrived,
        })
    }

    pub(super) fn is_body(&self, id: &str) -> bool {
        self.body.is_some_and(|it| it.to_string() == id)
    }

    pub(super) fn is_operation(&self, operation: &Operation) -> bool {
        self.operation.as_ref() == Some(operation)
    }

    pub(super) fn is_due(&self, due: &Due) -> bool {
        self.due.as_ref() == Some(due)
    }

    /// The same list with nothing chosen of it.
    pub(super) fn widened(&self) -> Choice {
        Choice { is_everybodys: self.is_everybodys, ..Choice::of(self.tab) }
    }

    pub(super) fn is_narrowed(&self) -> bool {
        self.widened() != *self
    }

    pub(super) fn link(&self) -> Link {
        self.on(links::tasks())
    }

    /// Leads to what is chosen, as a file.
    pub(super) fn file(&self, format: &str) -> Link {
        self.on(links::tasks_export()).with("format", format)
    }

    fn on(&self, page: Link) -> Link {
        let text = |it: Option<&str>| it.unwrap_or_default().to_owned();
        page.with("tray", self.tab.as_str())
            .with("q", &self.words)
            .with("body", &self.body.map(|it| it.to_string()).unwrap_or_default())
            .with("operation", &text(self.operation.map(Operation::as_str)))
            .with("due", &text(self.due.map(Due::as_str)))
            .with("findings", &text(self.findings.map(|it| if it { "yes" } else { "no" })))
            .with("whose", if self.is_everybodys { "all" } else { "" })
    }
}

/// Returns when what is due so arrived, at each of the officer's desks.
fn arrivals(app: &AppState, session: &Session, due: Due) -> Result<Vec<Arrival>, NoData> {
    let today = app.clock.today();
    let mut arrivals = Vec::new();
    for standard in app.standards.iter() {
        for desk in session.officer.desks().filter_map(|id| standard.desk(id)) {
            let Some(limit) = desk.limit else { continue };
            let [from, before] = due.arrived(limit, today)?;
            let (standard, desk) = (standard.id.clone(), desk.id.clone());
            arrivals.push(Arrival { standard, desk, from, before });
        }
    }
    Ok(arrivals)
}

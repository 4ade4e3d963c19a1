use domain::library::{Law, LawFault};
use serde::Deserialize;
use store::KeptLaw;
use time::{Date, macros::format_description};

/// What is typed of a law.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Draft {
    pub(super) title: String,
    pub(super) number: String,
    pub(super) issuer: String,
    pub(super) kind: String,
    pub(super) effective_on: String,
    pub(super) repealed_on: String,
    /// The revision that the form shows.
    pub(super) revision: i64,
    /// The draft from which one came to enter it, if from one.
    pub(super) back: String,
    /// Somebody saved since the form was opened.
    #[serde(skip)]
    pub(super) is_late: bool,
}

/// What is wrong with it, at its place.
#[derive(Debug, Clone, Default)]
pub(super) struct Faults {
    pub(super) title: String,
    pub(super) effective_on: &'static str,
    pub(super) repealed_on: String,
}

pub(super) const NOT_A_DAY: &str = "认不出的日期，写成 2026-03-02 的样子";

impl Draft {
    pub(super) fn of(kept: &KeptLaw) -> Draft {
        let law = kept.law.clone();
        let day = |day: Option<Date>| day.map(|it| it.to_string()).unwrap_or_default();
        Draft {
            title: law.title,
            number: law.number.unwrap_or_default(),
            issuer: law.issuer.unwrap_or_default(),
            kind: law.kind.unwrap_or_default(),
            effective_on: day(law.effective_on),
            repealed_on: day(law.repealed_on),
            revision: kept.revision,
            ..Draft::default()
        }
    }

    pub(super) fn law(&self) -> Result<Law, Faults> {
        let mut faults = Faults::default();
        let effective_on = day(&self.effective_on).unwrap_or_else(|()| {
            faults.effective_on = NOT_A_DAY;
            None
        });
        let repealed_on = day(&self.repealed_on).unwrap_or_else(|()| {
            faults.repealed_on = NOT_A_DAY.to_owned();
            None
        });
        let law = Law {
            title: self.title.trim().trim_matches(['《', '》']).to_owned(),
            number: filled(&self.number),
            issuer: filled(&self.issuer),
            kind: filled(&self.kind),
            effective_on,
            repealed_on,
            articles: Vec::new(),
        };
        for fault in law.faults() {
            match fault {
                LawFault::Title => faults.title = fault.to_string(),
                LawFault::Dates => faults.repealed_on = fault.to_string(),
            }
        }
        if faults.is_empty() { Ok(law) } else { Err(faults) }
    }
}

impl Faults {
    pub(super) fn taken() -> Faults {
        let title = "文库里已经有这个名称、这个文号的；查一查，在那一条里改".to_owned();
        Faults { title, ..Faults::default() }
    }

    fn is_empty(&self) -> bool {
        self.title.is_empty() && self.effective_on.is_empty() && self.repealed_on.is_empty()
    }
}

/// Reads a day that may be left out.
pub(super) fn day(text: &str) -> Result<Option<Date>, ()> {
    let read = |text: String| {
        Date::parse(&text, format_description!("[year]-[month]-[day]")).map_err(|_| ())
    };
    filled(text).map(read).transpose()
}

fn filled(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

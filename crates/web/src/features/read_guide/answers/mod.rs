//! The answers of a guide, in the order in which people ask.

mod eligibility;
mod fees;
mod law;
mod limits;
mod materials;
mod places;
mod procedure;

use super::sheet::Sheet;

pub(super) use self::{
    eligibility::Can,
    fees::Cost,
    law::{Appeal, Law, Question},
    limits::{Due, Long},
    materials::{File, Material},
    places::{WebAddress, Where},
    procedure::{How, Outcome},
};

/// 对一个问题的回答。
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Answer<T> {
    Told(T),
    /// Demanded of such an item and not filled in: what a person does instead.
    Missing(String),
    /// Nothing is said, and nothing need be.
    NotAsked,
}

impl<T> Answer<T> {
    /// `what` names the thing that is missing; `keys` are the elements that tell it.
    fn of(told: Option<T>, what: &str, keys: &[&str], sheet: Sheet<'_>) -> Answer<T> {
        match told {
            Some(told) => Answer::Told(told),
            None if sheet.asks(keys) => {
                Answer::Missing(format!("本项尚未填写{what}，{}", places::ask(sheet)))
            }
            None => Answer::NotAsked,
        }
    }

    pub(super) fn told(&self) -> Option<&T> {
        match self {
            Answer::Told(told) => Some(told),
            _ => None,
        }
    }

    pub(super) fn missing(&self) -> Option<&str> {
        match self {
            Answer::Missing(words) => Some(words),
            _ => None,
        }
    }

    pub(super) fn is_shown(&self) -> bool {
        !matches!(self, Answer::NotAsked)
    }
}

/// Keeps a list only if it has anything.
fn some<T>(list: Vec<T>) -> Option<Vec<T>> {
    (!list.is_empty()).then_some(list)
}

/// Ends a remark with one full stop, so that remarks can follow each other.
fn closed(remark: String) -> String {
    remark.trim_end_matches(['。', '；', ';']).to_owned() + "。"
}

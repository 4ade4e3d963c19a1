//! What of an office is looked at; it travels in addresses and in forms.

use domain::{
    edition::State,
    item::{BodyId, DirectoryId},
};
use store::{Branch, Lot, Under};

use crate::{
    error::WebError,
    links::{self, Link},
};

/// 看的是哪里。
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct View {
    pub(super) body: Option<BodyId>,
    pub(super) standard: Option<String>,
    pub(super) kind: Option<String>,
    pub(super) under: Under,
    pub(super) lot: Lot,
}

impl View {
    /// Reads a view from the parameters of an address or the fields of a form.
    pub(super) fn read<'a>(get: impl Fn(&str) -> Option<&'a str>) -> Result<View, WebError> {
        let get = |key: &str| get(key).filter(|text| !text.is_empty());
        let number = |key: &'static str, text: &str| {
            text.parse::<i64>().map_err(|_| WebError::unreadable(key, text))
        };
        let body = get("body").map(|text| number("body", text)).transpose()?;
        let under = match get("directory") {
            None => Under::Any,
            Some("none") => Under::None,
            Some(text) => Under::Directory(DirectoryId(number("directory", text)?)),
        };
        let lot = get("lot").map_or(Some(Lot::All), read_lot);
        Ok(View {
            body: body.map(BodyId),
            standard: get("standard").map(str::to_owned),
            kind: get("kind").map(str::to_owned),
            under,
            lot: lot.ok_or_else(|| WebError::unreadable("lot", get("lot").unwrap_or_default()))?,
        })
    }

    /// The view as fields; those that say nothing are empty.
    pub(super) fn fields(&self) -> [(&'static str, String); 5] {
        let under = match self.under {
            Under::Any => String::new(),
            Under::None => "none".to_owned(),
            Under::Directory(id) => id.to_string(),
        };
        [
            ("body", self.body.map(|it| it.to_string()).unwrap_or_default()),
            ("standard", self.standard.clone().unwrap_or_default()),
            ("kind", self.kind.clone().unwrap_or_default()),
            ("directory", under),
            ("lot", lot_text(self.lot)),
        ]
    }

    pub(super) fn link(&self) -> Link {
        self.leading_from(links::items())
    }

    /// Takes the place of the tree along to another page.
    pub(super) fn leading_from(&self, link: Link) -> Link {
        self.fields().iter().fold(link, |link, (key, value)| link.with(key, value))
    }

    pub(super) fn branch(&self, body: BodyId) -> Branch {
        let (standard, kind) = (self.standard.clone(), self.kind.clone());
        Branch { body, standard, kind, under: self.under }
    }

    pub(super) fn with_lot(&self, lot: Lot) -> View {
        View { lot, ..self.clone() }
    }
}

fn lot_text(lot: Lot) -> String {
    match lot {
        Lot::All => String::new(),
        Lot::Open(state) => format!("open.{}", state.as_str()),
        Lot::Live(state) => format!("live.{}", state.as_str()),
        Lot::Ended => "ended".to_owned(),
    }
}

fn read_lot(text: &str) -> Option<Lot> {
    match text.split_once('.') {
        Some(("open", state)) => State::parse(state).map(Lot::Open),
        Some(("live", state)) => State::parse(state).map(Lot::Live),
        Some(_) => None,
        None => (text == "ended").then_some(Lot::Ended),
    }
}

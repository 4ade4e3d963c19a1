//! A place of a draft that is filled from a library: which it is, and how it is written.

use std::collections::BTreeMap;

use domain::{
    content::{Content, Row, Value, keys, new_row_ids},
    item::EditionId,
    library::takes_file,
    standard::{Standard, ValueKind},
};
use serde::Deserialize;

use super::sent::Done;
use crate::{
    extract::Query,
    links::{self, Link},
};

/// What a button says after the row, before the field if one is meant.
const FILL: &str = "fill";
const DROP: &str = "drop";

/// 要从文库填的一处。
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub(super) struct Gap {
    pub(super) list: String,
    /// The row that is filled; an empty one asks for new rows at the end.
    pub(super) row: String,
    /// The field that takes a file.
    pub(super) field: String,
}

/// 文库的哪一部分。
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Library {
    Laws,
    Places,
    Files,
}

impl Library {
    /// Returns from where the rows of a list are filled as wholes.
    pub(super) fn of_rows(list: &str) -> Option<Library> {
        match list {
            keys::BASIS => Some(Library::Laws),
            keys::WINDOWS => Some(Library::Places),
            _ => None,
        }
    }

    pub(super) fn words(self) -> &'static str {
        match self {
            Library::Laws => "从法律法规选",
            Library::Places => "从采集地址选",
            Library::Files => "从附件选",
        }
    }
}

impl Gap {
    pub(super) fn of_row(list: &str, row: &str) -> Gap {
        Gap { list: list.to_owned(), row: row.to_owned(), field: String::new() }
    }

    pub(super) fn of_field(list: &str, row: &str, field: &str) -> Gap {
        Gap { field: field.to_owned(), ..Gap::of_row(list, row) }
    }

    /// Reads it from an address.
    pub(super) fn of(query: &Query) -> Gap {
        let [list, row, field] = ["list", "row", "field"].map(|it| query.first(it).unwrap_or(""));
        Gap::of_field(list, row, field)
    }

    /// Returns from where it is filled; `None` where nothing is.
    pub(super) fn library(&self) -> Option<Library> {
        match self.field.as_str() {
            "" => Library::of_rows(&self.list),
            field => takes_file(&self.list, field).then_some(Library::Files),
        }
    }

    /// Reads the button that asks for it: `windows.fill`, `windows.r2.fill` or
    /// `materials.r1.fill-blank_form`.
    pub(super) fn asked(act: &str, standard: &Standard) -> Option<Gap> {
        let gap = Gap::named(act, FILL, standard)?;
        gap.library().map(|_| gap)
    }

    /// Reads the button that takes a file away: `materials.r1.drop-blank_form`.
    pub(super) fn dropped(act: &str, standard: &Standard) -> Option<Gap> {
        let gap = Gap::named(act, DROP, standard)?;
        (gap.library() == Some(Library::Files)).then_some(gap)
    }

    fn named(act: &str, verb: &str, standard: &Standard) -> Option<Gap> {
        let mut lists = standard.elements().iter().filter(|it| it.kind == ValueKind::Rows);
        lists.find_map(|element| {
            let rest = act.strip_prefix(element.key.as_str())?.strip_prefix('.')?;
            let (row, verb_of) = rest.rsplit_once('.').unwrap_or(("", rest));
            let field = verb_of.strip_prefix(verb)?;
            let field = if field.is_empty() { "" } else { field.strip_prefix('-')? };
            Some(Gap::of_field(&element.key, row, field))
        })
    }

    fn button(&self, verb: &str) -> String {
        let row = if self.row.is_empty() { String::new() } else { format!(".{}", self.row) };
        let field = if self.field.is_empty() { String::new() } else { format!("-{}", self.field) };
        format!("{}{row}.{verb}{field}", self.list)
    }

    pub(super) fn fill_button(&self) -> String {
        self.button(FILL)
    }

    pub(super) fn drop_button(&self) -> String {
        self.button(DROP)
    }

    /// Adds what it is to an address.
    pub(super) fn on(&self, link: Link) -> Link {
        link.with("list", &self.list).with("row", &self.row).with("field", &self.field)
    }

    pub(super) fn link(&self, edition: &EditionId) -> Link {
        self.on(links::fill(edition))
    }

    /// Takes away what the field holds.
    pub(super) fn empty(&self, content: &mut Content) {
        let mut rows = content.rows(&self.list).to_vec();
        if let Some(row) = rows.iter_mut().find(|it| it.id == self.row) {
            row.fields.remove(&self.field);
            content.put(&self.list, Value::Rows(rows));
        }
    }

    /// Fills the row with the first of what is given, and puts a new row behind it for each
    /// further one. A row that is gone meanwhile, or an empty one, is made anew at the end.
    pub(super) fn filled<T>(
        &self,
        content: &Content,
        given: &[T],
        fill: impl Fn(&T, &mut Row),
    ) -> (Content, Done) {
        let mut done = Done { element: Some(self.list.clone()), ..Done::default() };
        // A list that was kept as text is not taken apart.
        if !matches!(content.get(&self.list), None | Some(Value::Rows(_))) {
            return (content.clone(), done);
        }
        let mut rows = content.rows(&self.list).to_vec();
        let mut ids = new_row_ids(&rows);
        let mut at = rows.iter().position(|it| it.id == self.row);
        let is_there = at.is_some();
        for (n, one) in given.iter().enumerate() {
            if n > 0 || !is_there {
                let next = at.map_or(rows.len(), |at| at + 1);
                let id = ids.next().unwrap_or_default();
                rows.insert(next, Row { id, fields: BTreeMap::new() });
                at = Some(next);
            }
            let row = at.and_then(|at| rows.get_mut(at));
            if let Some(row) = row {
                fill(one, row);
                done.row.get_or_insert_with(|| row.id.clone());
            }
        }
        (content.clone().with(&self.list, Value::Rows(rows)), done)
    }
}

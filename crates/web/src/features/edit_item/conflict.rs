//! The page of a save that came too late: both versions side by side, and a choice for each.

use askama::Template;
use domain::{
    content::{Content, Row, Value, form_pairs, show_row, show_single, show_value},
    edition::{Conflict, Edition, Spot, TextPiece, diff, text_pieces},
    standard::{Element, Standard},
};

use super::{
    page::{Draft, Status},
    rows::title,
    sent::{CHOOSE, MINE, THEIRS, spot_text},
};
use crate::layout::Bench;

/// 冲突页。
#[derive(Template)]
#[template(path = "edit_item/conflict.html")]
pub(super) struct ConflictPage {
    pub(super) bench: Bench,
    pub(super) draft: Draft,
    pub(super) status: Status,
    pub(super) clashes: Vec<Clash>,
    /// What only the person changed, and is kept as it is.
    pub(super) kept: Vec<String>,
    /// All that the person wrote, to be sent again with the choices.
    pub(super) fields: Vec<(String, String)>,
}

/// One place of which there are two versions.
pub(super) struct Clash {
    name: String,
    label: String,
    theirs: Vec<Piece>,
    mine: Vec<Piece>,
}

struct Piece {
    is_new: bool,
    text: String,
}

impl ConflictPage {
    pub(super) fn of(
        bench: Bench,
        theirs: &Edition,
        mine: &Content,
        conflicts: &[Conflict],
        (status, standard): (Status, &Standard),
    ) -> ConflictPage {
        let there = &theirs.record.content;
        let changed: Vec<String> =
            diff(there, mine, standard).into_iter().map(|it| it.element).collect();
        let is_asked = |key: &String| conflicts.iter().any(|it| it.element == *key);
        let only_mine = changed.iter().filter(|key| !is_asked(key));
        let label = |key: &String| {
            standard.element(key).map_or(key.clone(), |element| element.label.clone())
        };
        let is_mine = |(name, _): &(String, String)| changed.iter().any(|key| is_of(name, key));
        ConflictPage {
            kept: only_mine.map(label).collect(),
            fields: form_pairs(mine, standard).into_iter().filter(is_mine).collect(),
            clashes: conflicts.iter().map(|it| Clash::of(it, mine, standard)).collect(),
            draft: Draft::of(theirs, standard),
            bench,
            status,
        }
    }
}

impl Clash {
    fn of(conflict: &Conflict, mine: &Content, standard: &Standard) -> Clash {
        let element = standard.element(&conflict.element);
        let show = |value: &Option<Value>| {
            let shown = value.as_ref().map(|value| shown(value, conflict, element, standard));
            shown.filter(|text| !text.is_empty())
        };
        let (theirs, own) = (show(&conflict.theirs), show(&conflict.mine));
        let [theirs_words, own_words] = [&theirs, &own].map(|it| it.as_deref().unwrap_or_default());
        let gone = |side: &Option<String>, pieces: Vec<Piece>| match side {
            Some(_) => pieces,
            None if matches!(conflict.spot, Spot::Row(_)) => plain("删去这一行"),
            None => plain("没有填"),
        };
        Clash {
            name: format!("{CHOOSE}{}", spot_text(&conflict.element, &conflict.spot)),
            label: label(conflict, element, mine),
            theirs: gone(&theirs, new_pieces(own_words, theirs_words)),
            mine: gone(&own, new_pieces(theirs_words, own_words)),
        }
    }
}

/// Tells whether a field of the form belongs to an element.
fn is_of(name: &str, element: &str) -> bool {
    let rest = name.strip_prefix(element);
    rest.is_some_and(|rest| rest.is_empty() || rest == ".unit" || rest.starts_with('['))
}

fn label(conflict: &Conflict, element: Option<&Element>, mine: &Content) -> String {
    let Some(element) = element else { return conflict.element.clone() };
    let row = |id: &str| {
        let sides = [&conflict.theirs, &conflict.mine, &conflict.base];
        let held = sides.into_iter().flatten().find_map(|value| match value {
            Value::Rows(rows) => rows.first(),
            _ => None,
        });
        let row = mine.rows(&element.key).iter().find(|row| row.id == id).or(held);
        row.and_then(|row| title(row, element)).unwrap_or_else(|| id.to_owned())
    };
    match &conflict.spot {
        Spot::Whole => element.label.clone(),
        Spot::Order => format!("{}的次序", element.label),
        Spot::Row(id) => format!("{}：{}", element.label, row(id)),
        Spot::Field { row: id, field } => {
            let field = element.field(field).map_or(field.as_str(), |it| it.label.as_str());
            format!("{}：{}，{field}", element.label, row(id))
        }
    }
}

fn shown(
    value: &Value,
    conflict: &Conflict,
    element: Option<&Element>,
    standard: &Standard,
) -> String {
    let Some(element) = element else { return format!("{value:?}") };
    let rows = |line: &dyn Fn(&Row) -> String| match value {
        Value::Rows(rows) => rows.iter().map(line).collect::<Vec<_>>().join("\n"),
        value => show_value(value, element, standard),
    };
    match &conflict.spot {
        Spot::Whole | Spot::Row(_) => rows(&|row| whole_row(row, element, standard)),
        Spot::Order => rows(&|row| title(row, element).unwrap_or_default()),
        Spot::Field { field, .. } => match element.field(field) {
            Some(field) => show_single(value, field.shape(), standard),
            None => show_value(value, element, standard),
        },
    }
}

/// All that a row says; its usual line leaves some of it out.
fn whole_row(row: &Row, element: &Element, standard: &Standard) -> String {
    let said = element.fields.iter().filter_map(|field| {
        let value = row.fields.get(&field.key)?;
        Some(format!("{} {}", field.label, show_single(value, field.shape(), standard)))
    });
    let said = said.collect::<Vec<_>>().join("；");
    if said.is_empty() { show_row(row, element, standard) } else { said }
}

/// Returns a text, and which pieces of it the other one lacks.
fn new_pieces(other: &str, text: &str) -> Vec<Piece> {
    let piece = |piece: TextPiece| match piece {
        TextPiece::Same(text) => Some(Piece { is_new: false, text }),
        TextPiece::Added(text) => Some(Piece { is_new: true, text }),
        TextPiece::Removed(_) => None,
    };
    text_pieces(other, text).into_iter().filter_map(piece).collect()
}

fn plain(text: &str) -> Vec<Piece> {
    vec![Piece { is_new: false, text: text.to_owned() }]
}

use std::collections::{BTreeMap, HashMap};

use domain::{
    content::{Row, Value, keys},
    edition::{
        Difference, Edition, ElementChange, FieldChange, RowChange, TextPiece, diff, text_pieces,
    },
    item::ItemRecord,
    standard::{Element, Shape, Standard},
};

use super::{
    chronicle::label_of,
    whole::{joined, row_words, value_words},
};
use crate::{
    links::{self, Link},
    words,
};

/// 两个版本的对照。
pub(crate) struct Comparison {
    pub(crate) changed: Vec<Changed>,
    /// Elements that say the same on both sides.
    pub(crate) n_same: usize,
}

/// 一个要素的变化。
pub(crate) struct Changed {
    /// The element's key; empty for what is no element.
    pub(crate) key: String,
    pub(crate) label: String,
    /// 新增 1 份, each with how it is drawn.
    pub(crate) tags: Vec<(&'static str, String)>,
    pub(crate) pairs: Vec<Pair>,
    /// The drawings of a flow before and after, where there are any.
    pub(crate) drawings: Option<(Option<Link>, Option<Link>)>,
    /// What a reviewer writes beside it, who may.
    pub(crate) remark: Option<String>,
}

/// 前后各怎么说。
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct Pair {
    pub(crate) before: Vec<Piece>,
    pub(crate) after: Vec<Piece>,
    /// A short value that is another altogether.
    pub(crate) is_big: bool,
}

/// 一段文字。
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Piece {
    Same(String),
    Gone(String),
    New(String),
    /// What we say of it.
    Note(String),
    Break,
}

/// The tags of changes, as they are drawn.
const ADDED: &str = "tag-green";
const CHANGED: &str = "tag-blue";
const MOVED: &str = "tag-amber";
const REMOVED: &str = "tag-seal";

/// Characters of a value that is shown large.
const SHORT: usize = 16;

impl Comparison {
    /// Compares what two editions say, by the standard of the newer.
    pub(crate) fn of(old: &Edition, new: &Edition, standard: &Standard) -> Comparison {
        let changes = diff(&old.record.content, &new.record.content, standard);
        let n_now = new.record.content.iter().count();
        let is_now = |it: &&ElementChange| new.record.content.get(&it.element).is_some();
        let n_same = n_now - changes.iter().filter(is_now).count();
        let facts = facts(&old.record, &new.record, standard);
        let elements = changes.iter().map(|change| {
            let mut changed = element(change, standard);
            changed.drawings = (changed.key == keys::STEPS).then(|| (drawing(old), drawing(new)));
            changed
        });
        Comparison { changed: facts.into_iter().chain(elements).collect(), n_same }
    }

    /// Lets a reviewer write beside each element, with what was typed already.
    pub(crate) fn with_remarks(mut self, typed: &HashMap<String, String>) -> Comparison {
        for it in self.changed.iter_mut().filter(|it| !it.key.is_empty()) {
            it.remark = Some(typed.get(&it.key).cloned().unwrap_or_default());
        }
        self
    }
}

impl Changed {
    /// In how many lines of a table it is shown.
    pub(crate) fn n_lines(&self) -> usize {
        self.pairs.len() + usize::from(self.drawings.is_some())
    }
}

/// Where the flow of an edition is drawn, if it has one.
fn drawing(edition: &Edition) -> Option<Link> {
    let has_flow = !edition.record.content.rows(keys::STEPS).is_empty();
    let link = links::edition_drawing(&edition.id);
    has_flow.then(|| link.with("revision", &edition.revision.to_string()))
}

/// Compares what an edition says beside its content.
fn facts(old: &ItemRecord, new: &ItemRecord, standard: &Standard) -> Vec<Changed> {
    let text = |it: &Option<String>| it.clone().unwrap_or_default();
    let kind = |it: &ItemRecord| standard.kind_label(&it.kind).to_owned();
    let facts = [
        ("事项类型", kind(old), kind(new)),
        ("实施主体", old.body.name.clone(), new.body.name.clone()),
        ("事项编码", text(&old.code), text(&new.code)),
        ("上级事项", text(&old.parent), text(&new.parent)),
    ];
    let facts = facts.into_iter().filter(|(_, old, new)| old != new);
    facts.map(|(label, old, new)| changed("", label, vec![replaced(&old, &new)])).collect()
}

fn element(change: &ElementChange, standard: &Standard) -> Changed {
    let element = standard.element(&change.element);
    let label = label_of(&change.element, standard);
    match &change.difference {
        Difference::Value { before, after } => {
            let shape = element.map(Element::shape);
            let pair = values(before.as_ref(), after.as_ref(), shape, standard);
            changed(&change.element, label, vec![pair])
        }
        Difference::Rows(rows) => Changed {
            key: change.element.clone(),
            label: label.to_owned(),
            tags: tally(rows),
            pairs: rows.iter().map(|row| row_pair(row, element, standard)).collect(),
            drawings: None,
            remark: None,
        },
    }
}

fn changed(key: &str, label: &str, pairs: Vec<Pair>) -> Changed {
    let is_silent = |side: &[Piece]| side.iter().all(|it| matches!(it, Piece::Note(_)));
    let tag = match &pairs[0] {
        pair if is_silent(&pair.before) => (ADDED, "新增"),
        pair if is_silent(&pair.after) => (REMOVED, "删去"),
        _ => (CHANGED, "修改"),
    };
    let tags = vec![(tag.0, tag.1.to_owned())];
    let (key, label) = (key.to_owned(), label.to_owned());
    Changed { key, label, tags, pairs, drawings: None, remark: None }
}

/// Counts the rows that were added, changed, moved and taken away.
fn tally(rows: &[RowChange]) -> Vec<(&'static str, String)> {
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    for row in rows {
        let kind = match row {
            RowChange::Added { .. } => 0,
            RowChange::Kept { .. } if row.is_only_moved() => 2,
            RowChange::Kept { .. } => 1,
            RowChange::Removed { .. } => 3,
        };
        *counts.entry(kind).or_default() += 1;
    }
    let kinds = [(ADDED, "新增"), (CHANGED, "修改"), (MOVED, "移动"), (REMOVED, "删去")];
    let tag = |(kind, n): (usize, usize)| {
        let (class, verb) = kinds[kind];
        (class, format!("{verb} {}", words::counted(n, "行")))
    };
    counts.into_iter().map(tag).collect()
}

fn row_pair(change: &RowChange, element: Option<&Element>, standard: &Standard) -> Pair {
    let absent = || vec![Piece::Note("（没有这一行）".to_owned())];
    let said = |row: &Row| joined(&row_words(row, element, standard));
    match change {
        RowChange::Added { row, .. } => {
            Pair { before: absent(), after: vec![Piece::New(said(row))], is_big: false }
        }
        RowChange::Removed { row, .. } => {
            Pair { before: vec![Piece::Gone(said(row))], after: absent(), is_big: false }
        }
        RowChange::Kept { row, from, to, is_moved, fields } => {
            kept_row(row, is_moved.then_some((*from, *to)), fields, element, standard)
        }
    }
}

/// Shows what a row that stayed says otherwise, and from where it came.
fn kept_row(
    row: &Row,
    moved: Option<(usize, usize)>,
    fields: &[FieldChange],
    element: Option<&Element>,
    standard: &Standard,
) -> Pair {
    let mut pair = Pair::default();
    let name = row_words(row, element, standard).into_iter().next().unwrap_or_default();
    let name = if name.chars().count() > 2 * SHORT { String::new() } else { name };
    match moved {
        Some((from, to)) => {
            pair.before.push(Piece::Same(format!("第 {}　{name}", words::counted(from + 1, "行"))));
            let way = match from.cmp(&to) {
                std::cmp::Ordering::Less => format!("↓ 下移 {}", words::counted(to - from, "行")),
                _ => format!("↑ 上移 {}", words::counted(from - to, "行")),
            };
            pair.after.push(Piece::Same(format!("第 {}　{name}　", words::counted(to + 1, "行"))));
            pair.after.push(Piece::Note(way));
        }
        None => {
            pair.before.push(Piece::Note(name.clone()));
            pair.after.push(Piece::Note(name));
        }
    }
    for change in fields {
        let field = element.and_then(|it| it.field(&change.field));
        let label = field.map_or(change.field.as_str(), |it| &it.label);
        let shape = field.map(domain::standard::Field::shape);
        let differs = values(change.before.as_ref(), change.after.as_ref(), shape, standard);
        for (side, pieces) in [(&mut pair.before, differs.before), (&mut pair.after, differs.after)]
        {
            side.extend([Piece::Break, Piece::Note(format!("{label}　"))]);
            side.extend(pieces);
        }
    }
    pair
}

/// Shows two values side by side: texts by words, others whole.
fn values(
    before: Option<&Value>,
    after: Option<&Value>,
    shape: Option<Shape<'_>>,
    standard: &Standard,
) -> Pair {
    let shown = |value: Option<&Value>| match (value, shape) {
        (None, _) => String::new(),
        (Some(value), Some(shape)) => value_words(value, shape, standard),
        (Some(Value::Text(text)), None) => text.clone(),
        (Some(value), None) => serde_json::to_string(value).unwrap_or_default(),
    };
    let (old, new) = (shown(before), shown(after));
    match (before, after) {
        (Some(Value::Text(_)), Some(Value::Text(_))) => by_words(&old, &new),
        _ => replaced(&old, &new),
    }
}

fn by_words(old: &str, new: &str) -> Pair {
    let pieces = text_pieces(old, new);
    if pieces.iter().all(|it| !matches!(it, TextPiece::Same(_))) {
        return replaced(old, new);
    }
    let mut pair = Pair::default();
    for piece in pieces {
        match piece {
            TextPiece::Same(text) => {
                pair.before.push(Piece::Same(text.clone()));
                pair.after.push(Piece::Same(text));
            }
            TextPiece::Removed(text) => pair.before.push(Piece::Gone(text)),
            TextPiece::Added(text) => pair.after.push(Piece::New(text)),
        }
    }
    pair
}

fn replaced(old: &str, new: &str) -> Pair {
    let piece = |text: &str, piece: fn(String) -> Piece| match text {
        "" => vec![Piece::Note("（没有填）".to_owned())],
        text => vec![piece(text.to_owned())],
    };
    let is_big = [old, new].iter().all(|it| it.chars().count() <= SHORT);
    Pair { before: piece(old, Piece::Gone), after: piece(new, Piece::New), is_big }
}

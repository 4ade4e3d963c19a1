//! What a form of the editor sends, and what a draft becomes by it.

use domain::{
    content::{Content, Row, RowEdit, Value, paste_rows, read_form},
    edition::{Conflict, Spot},
    standard::{Element, Standard, ValueKind},
};

use super::gap::Gap;

/// The field with which a form says what else is to be done.
const ACT: &str = "do";

/// Buttons that save and lead elsewhere: to the item, where it is submitted, to the guide as it
/// would be, and to what is in force beside it.
const LEAVE: &str = "leave";
const PREVIEW: &str = "preview";
const COMPARE: &str = "compare";

/// The button that takes in what was pasted.
const PASTE: &str = ".paste";

/// 交上来的表单。
pub(super) struct Sent {
    /// The revision that the person saw.
    pub(super) revision: i64,
    act: String,
    fields: Vec<(String, String)>,
}

/// What a form did besides writing down its fields.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Done {
    /// The list, and the row of it, to which the person goes back.
    pub(super) element: Option<String>,
    pub(super) row: Option<String>,
    /// How many rows were pasted, and the columns that found no place.
    pub(super) pasted: Option<(usize, Vec<String>)>,
    /// Where the person goes on, if not back to the editor.
    pub(super) next: Option<Next>,
}

/// 保存以后去哪里。
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Next {
    Item,
    Preview,
    Compare,
    /// To the library from which a place of the draft is filled.
    Fill(Gap),
}

impl Sent {
    pub(super) fn read(fields: Vec<(String, String)>) -> Option<Sent> {
        let last = |name: &str| fields.iter().rfind(|(it, _)| it == name).map(|(_, text)| text);
        let revision = last("revision")?.parse().ok()?;
        let act = last(ACT).cloned().unwrap_or_default();
        Some(Sent { revision, act, fields })
    }

    /// Returns what `base` becomes, and what was done to a list on the way.
    pub(super) fn laid_over(&self, base: &Content, standard: &Standard) -> (Content, Done) {
        let mut content = read_form(&self.fields, base, standard);
        for (name, side) in &self.fields {
            let spot = name.strip_prefix(CHOOSE).filter(|_| side == THEIRS);
            if let Some((element, spot)) = spot.and_then(spot_of) {
                take(base, &mut content, element, spot);
            }
        }
        let done = self.act_on(&mut content, standard);
        (content, done)
    }

    fn act_on(&self, content: &mut Content, standard: &Standard) -> Done {
        let led = match self.act.as_str() {
            LEAVE => Some(Next::Item),
            PREVIEW => Some(Next::Preview),
            COMPARE => Some(Next::Compare),
            act => Gap::asked(act, standard).map(Next::Fill),
        };
        if led.is_some() {
            return Done { next: led, ..Done::default() };
        }
        if let Some(key) = self.act.strip_suffix(PASTE) {
            let element = standard.element(key).filter(|it| it.kind == ValueKind::Rows);
            return element.map(|it| self.paste(it, content, standard)).unwrap_or_default();
        }
        if let Some(gap) = Gap::dropped(&self.act, standard) {
            gap.empty(content);
            return Done { element: Some(gap.list), row: Some(gap.row), ..Done::default() };
        }
        let Some((element, edit)) = RowEdit::parse(&self.act, standard) else {
            return Done::default();
        };
        if !is_list(content, &element.key) {
            return Done::default();
        }
        let before = content.rows(&element.key).to_vec();
        let rows = edit.apply(&before);
        let new = rows.iter().find(|row| before.iter().all(|it| it.id != row.id));
        let moved = match &edit {
            RowEdit::Up(id) | RowEdit::Down(id) | RowEdit::MoveTo(id, _) => Some(id.clone()),
            RowEdit::Add | RowEdit::Copy(_) | RowEdit::Delete(_) => None,
        };
        let row = new.map(|row| row.id.clone()).or(moved);
        content.put(&element.key, Value::Rows(rows));
        Done { element: Some(element.key.clone()), row, ..Done::default() }
    }

    fn paste(&self, element: &Element, content: &mut Content, standard: &Standard) -> Done {
        let name = format!("paste:{}", element.key);
        let text = self.fields.iter().rfind(|(it, _)| *it == name).map_or("", |(_, text)| text);
        if !is_list(content, &element.key) {
            return Done::default();
        }
        let pasted = paste_rows(content.rows(&element.key), text, element, standard);
        content.put(&element.key, Value::Rows(pasted.rows));
        let told = (pasted.n_added, pasted.left_out);
        Done { element: Some(element.key.clone()), pasted: Some(told), ..Done::default() }
    }
}

/// A list that was kept as text is not taken apart by a button.
fn is_list(content: &Content, key: &str) -> bool {
    matches!(content.get(key), None | Some(Value::Rows(_)))
}

/// The name of a choice between two versions of a place, before the place.
pub(super) const CHOOSE: &str = "choose:";
pub(super) const MINE: &str = "mine";
pub(super) const THEIRS: &str = "theirs";

/// Writes where a conflict is, as the name of a choice holds it.
pub(super) fn spot_text(element: &str, spot: &Spot) -> String {
    match spot {
        Spot::Whole => element.to_owned(),
        Spot::Order => format!("{element}|order"),
        Spot::Row(row) => format!("{element}|row|{row}"),
        Spot::Field { row, field } => format!("{element}|field|{row}|{field}"),
    }
}

fn spot_of(text: &str) -> Option<(&str, Spot)> {
    let parts: Vec<&str> = text.split('|').collect();
    Some(match parts[..] {
        [element] => (element, Spot::Whole),
        [element, "order"] => (element, Spot::Order),
        [element, "row", row] => (element, Spot::Row(row.to_owned())),
        [element, "field", row, field] => {
            (element, Spot::Field { row: row.to_owned(), field: field.to_owned() })
        }
        _ => return None,
    })
}

/// Puts what stands in `theirs` at a place into mine.
fn take(theirs: &Content, mine: &mut Content, element: &str, spot: Spot) {
    let row = |id: &str| theirs.rows(element).iter().find(|row| row.id == id);
    let value = match &spot {
        Spot::Whole | Spot::Order => theirs.get(element).cloned(),
        Spot::Row(id) => row(id).map(|row| Value::Rows(vec![row.clone()])),
        Spot::Field { row: id, field } => row(id).and_then(|row| row.fields.get(field).cloned()),
    };
    let conflict =
        Conflict { element: element.to_owned(), spot, base: None, mine: None, theirs: value };
    conflict.take_theirs(mine);
    if let Spot::Row(id) = &conflict.spot {
        let rows = back_in_place(theirs.rows(element), mine.rows(element), id);
        mine.put(element, Value::Rows(rows));
    }
}

/// Returns my rows, one of them moved behind the row that it follows in theirs.
fn back_in_place(theirs: &[Row], mine: &[Row], id: &str) -> Vec<Row> {
    let mut rows = mine.to_vec();
    let Some(from) = rows.iter().position(|row| row.id == id) else { return rows };
    let row = rows.remove(from);
    let before = theirs.iter().take_while(|it| it.id != id);
    let places = before.filter_map(|it| rows.iter().position(|row| row.id == it.id));
    let to = places.last().map_or(0, |at| at + 1);
    rows.insert(to, row);
    rows
}

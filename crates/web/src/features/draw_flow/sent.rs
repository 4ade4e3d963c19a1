//! What the form of a flow sends, and the rows that come of it.
//!
//! A row says its id in a field `row`, in the order of the rows; its values are in fields such
//! as `name:r3`; its exits in pairs `when:r3` and `to:r3`, in their order. An exit names a row by
//! its id, so that it is led to under whatever name.

use domain::{
    content::{Row, RowEdit, Value, keys, new_row_ids, read_field},
    flow::{CONDITION, END_WORD, Template, WrittenExit, exits_text},
    standard::Standard,
};

use super::history::{History, Turn};

/// Where an exit may lead besides a row: nowhere, so that there is none.
pub(super) const TO_NONE: &str = "";
pub(super) const TO_NEXT: &str = "next";
pub(super) const TO_END: &str = "end";
/// Before the words of an exit to a step that is not there.
pub(super) const TO_WORDS: &str = "words:";

/// The fields of a row that the form shows, besides its exits.
const FIELDS: [&str; 6] = ["name", "shape", "post", "officer", "duty", "limit"];

/// 交上来的流程。
pub(super) struct Sent {
    /// The revision that the person saw.
    pub(super) revision: i64,
    act: String,
    fields: Vec<(String, String)>,
}

impl Sent {
    pub(super) fn read(fields: Vec<(String, String)>) -> Option<Sent> {
        let last = |name: &str| fields.iter().rfind(|(it, _)| it == name).map(|(_, text)| text);
        let revision = last("revision")?.parse().ok()?;
        let act = last("do").cloned().unwrap_or_default();
        Some(Sent { revision, act, fields })
    }

    /// What the page that sent it can take back.
    pub(super) fn history(&self) -> History {
        History::read(|name| self.first(name))
    }

    /// Whether it goes on with what was written last, as one change.
    pub(super) fn goes_on(&self) -> bool {
        self.first("goes_on").is_some()
    }

    pub(super) fn turn(&self) -> Option<Turn> {
        match self.act.as_str() {
            "undo" => Some(Turn::Undo),
            "redo" => Some(Turn::Redo),
            _ => None,
        }
    }

    /// The row to which the person goes back: a new one, the one that was moved, or the one that
    /// stands where one was deleted.
    pub(super) fn place(&self, rows: &[Row]) -> Option<String> {
        let sent = self.all("row");
        let act = self.act.rsplit_once('.');
        let (row, verb) = act.unwrap_or(("", self.act.as_str()));
        let row = match verb {
            "add" | "insert" | "branch" => rows.iter().find(|it| !sent.contains(&it.id.as_str())),
            "delete" => {
                let at = sent.iter().position(|id| *id == row)?;
                rows.get(at).or(rows.last())
            }
            _ => rows.iter().find(|it| it.id == row),
        };
        row.map(|row| row.id.clone())
    }

    /// Returns the rows as they were sent; what the form does not show stays as it was seen.
    pub(super) fn rows(&self, seen: &[Row], standard: &Standard) -> Vec<Row> {
        if let Some(template) = self.act.strip_prefix("template.").and_then(Template::of) {
            // They are other steps, and not those that stood there under other names.
            let ids = new_row_ids(seen);
            return ids.zip(template.rows()).map(|(id, row)| Row { id, ..row }).collect();
        }
        let ids = self.all("row");
        let mut rows: Vec<Row> = ids.iter().filter_map(|id| self.row(id, seen, standard)).collect();
        let names: Vec<(String, String)> =
            rows.iter().map(|row| (row.id.clone(), row.text("name").trim().to_owned())).collect();
        for row in &mut rows {
            let next = exits_text(&self.exits(&row.id, &names));
            put(row, "next", (!next.is_empty()).then_some(Value::Text(next)));
        }
        self.act_on(rows)
    }

    fn row(&self, id: &str, seen: &[Row], standard: &Standard) -> Option<Row> {
        // A row that was not there is one that the form made up.
        let mut row = seen.iter().find(|row| row.id == id)?.clone();
        let element = standard.element(keys::STEPS)?;
        for key in FIELDS {
            let (Some(field), Some(text)) =
                (element.field(key), self.first(&format!("{key}:{id}")))
            else {
                continue;
            };
            put(&mut row, key, read_field(text, field, standard));
        }
        Some(row)
    }

    /// Returns where a row leads: to rows by the names that they have now.
    fn exits(&self, id: &str, names: &[(String, String)]) -> Vec<WrittenExit> {
        let labels = self.all(&format!("when:{id}"));
        let targets = self.all(&format!("to:{id}"));
        let own = names.iter().position(|(it, _)| it == id).unwrap_or(0);
        let exit = |(label, target): (&str, &str)| {
            let label = label.replace(['；', ';', '\n'], "，").trim().to_owned();
            let target = match target {
                // Without a condition the next row needs no word.
                TO_NONE => return None,
                TO_NEXT if label.is_empty() => return None,
                TO_NEXT => {
                    names.get(own + 1).map_or(END_WORD, |(_, name)| name.as_str()).to_owned()
                }
                TO_END => END_WORD.to_owned(),
                target => match target.strip_prefix(TO_WORDS) {
                    Some(words) => words.to_owned(),
                    None => names.iter().find(|(it, _)| it == target)?.1.clone(),
                },
            };
            (!target.is_empty()).then_some(WrittenExit { label, target })
        };
        labels.into_iter().zip(targets).filter_map(exit).collect()
    }

    fn act_on(&self, rows: Vec<Row>) -> Vec<Row> {
        if self.act == "add" {
            return RowEdit::Add.apply(&rows);
        }
        let Some((id, verb)) = self.act.rsplit_once('.') else { return rows };
        let id = id.to_owned();
        match verb {
            "up" => RowEdit::Up(id).apply(&rows),
            "down" => RowEdit::Down(id).apply(&rows),
            "delete" => RowEdit::Delete(id).apply(&rows),
            "insert" => inserted(rows, &id, None),
            "branch" => inserted(rows, &id, Some(CONDITION)),
            _ => rows,
        }
    }

    fn first(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(it, _)| it == name).map(|(_, text)| text.as_str())
    }

    fn all(&self, name: &str) -> Vec<&str> {
        self.fields.iter().filter(|(it, _)| it == name).map(|(_, text)| text.as_str()).collect()
    }
}

/// Puts an empty row below another, of this shape.
fn inserted(rows: Vec<Row>, below: &str, shape: Option<&str>) -> Vec<Row> {
    let Some(at) = rows.iter().position(|row| row.id == below) else { return rows };
    let mut rows = RowEdit::Add.apply(&rows);
    let Some(new) = rows.last_mut() else { return rows };
    if let Some(shape) = shape {
        put(new, "shape", Some(Value::Codes(vec![shape.to_owned()])));
    }
    let id = new.id.clone();
    RowEdit::MoveTo(id, at + 1).apply(&rows)
}

fn put(row: &mut Row, field: &str, value: Option<Value>) {
    match value {
        Some(value) => drop(row.fields.insert(field.to_owned(), value)),
        None => drop(row.fields.remove(field)),
    }
}

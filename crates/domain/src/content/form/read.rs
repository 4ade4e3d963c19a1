use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::{
    field_name, form_texts, form_unit, next_row_id, rows::is_row_id, rows_name, unit_name,
};
use crate::{
    content::{
        Content, LimitUnit, Row, Value,
        read::{read_rows, read_single},
    },
    standard::{Element, Shape, Standard, ValueKind},
};

/// Returns what `base` becomes when a form is sent back.
///
/// Elements that the form does not hold stay as they are, and so does a value whose field
/// was not touched. A list of which some rows are held, but not which rows there are, keeps
/// its rows and their order; a row with nothing in it is none. What can not be read is
/// kept as text, for the checks to tell of.
pub fn read_form(pairs: &[(String, String)], base: &Content, standard: &Standard) -> Content {
    let form = Form::new(pairs, standard);
    let mut content = base.clone();
    for element in standard.elements() {
        let was = base.get(&element.key);
        let held = match element.kind {
            ValueKind::Rows => form.list(element, was),
            _ => form.value(&element.key, was, element.shape()),
        };
        match held {
            Some(Some(value)) => content.put(&element.key, value),
            Some(None) => drop(content.remove(&element.key)),
            None => {}
        }
    }
    content
}

struct Form<'a> {
    standard: &'a Standard,
    fields: HashMap<&'a str, Vec<&'a str>>,
    /// The ids in the names of fields, by element, in the order of the form.
    rows: HashMap<&'a str, Vec<&'a str>>,
}

/// What a form holds of a thing: `None` when it does not hold it, `Some(None)` when it is empty.
type Held = Option<Option<Value>>;

impl<'a> Form<'a> {
    fn new(pairs: &'a [(String, String)], standard: &'a Standard) -> Form<'a> {
        let mut form = Form { standard, fields: HashMap::new(), rows: HashMap::new() };
        for (name, text) in pairs {
            form.fields.entry(name).or_default().push(text);
            let row = name.split_once('[').and_then(|(element, rest)| {
                let (id, _) = rest.split_once("].")?;
                Some((element, id))
            });
            if let Some((element, id)) = row {
                form.rows.entry(element).or_default().push(id);
            }
        }
        form
    }

    fn value(&self, name: &str, was: Option<&Value>, shape: Shape<'_>) -> Held {
        let texts = self.fields.get(name)?;
        let texts: Vec<String> = texts.iter().map(|it| plain(it)).collect();
        let own_unit = self.fields.get(unit_name(name).as_str());
        let own_unit = own_unit.and_then(|it| LimitUnit::read(it.last()?));
        if was.is_some_and(|was| self.is_untouched(was, shape, &texts, own_unit)) {
            return Some(was.cloned());
        }
        let said = texts.iter().filter(|text| !text.is_empty());
        let last = || texts.last().filter(|text| !text.is_empty());
        let unit = own_unit.or(was.and_then(form_unit)).unwrap_or(LimitUnit::WorkingDay);
        Some(match shape.kind {
            // What an office writes stands, be it 无: only a table has words for a blank cell.
            ValueKind::Text | ValueKind::Rows => last().map(|text| Value::Text(text.clone())),
            ValueKind::Codes => self.codes(said, was, shape),
            ValueKind::Flag if last().is_some_and(|text| text == "true") => Some(Value::Flag(true)),
            ValueKind::Flag if last().is_some_and(|text| text == "false") => {
                Some(Value::Flag(false))
            }
            _ => read_single(last().map_or("", String::as_str), shape, unit, self.standard),
        })
    }

    fn is_untouched(
        &self,
        was: &Value,
        shape: Shape<'_>,
        texts: &[String],
        unit: Option<LimitUnit>,
    ) -> bool {
        let shown = form_texts(was, shape, self.standard);
        let shown = shown.iter().map(|text| plain(text)).filter(|text| !text.is_empty());
        let unit_was = form_unit(was);
        shown.eq(texts.iter().filter(|text| !text.is_empty()).cloned())
            && (unit.is_none() || unit_was.is_none() || unit == unit_was)
    }

    /// Reads codes, each from a field of its own; a code that the list lacks stays if it was there.
    fn codes<'b>(
        &self,
        texts: impl Iterator<Item = &'b String>,
        was: Option<&Value>,
        shape: Shape<'_>,
    ) -> Option<Value> {
        let list = shape.list.and_then(|list| self.standard.list(list));
        let was = match was {
            Some(Value::Codes(codes)) => codes.as_slice(),
            _ => &[],
        };
        let mut codes: Vec<String> = Vec::new();
        for text in texts {
            let is_code = list.is_some_and(|list| list.code(text).is_some()) || was.contains(text);
            let read = match read_single(text, shape, LimitUnit::WorkingDay, self.standard) {
                _ if is_code => vec![text.clone()],
                Some(Value::Codes(codes)) => codes,
                _ => Vec::new(),
            };
            codes.extend(read);
        }
        let mut seen = BTreeSet::new();
        codes.retain(|code| seen.insert(code.clone()));
        (!codes.is_empty()).then_some(Value::Codes(codes))
    }

    fn list(&self, element: &Element, was: Option<&Value>) -> Held {
        let rows_were = match was {
            Some(Value::Rows(rows)) => rows.as_slice(),
            _ => &[],
        };
        // A list that was kept as text is one field.
        if let Some(held) = self.value(&element.key, was, element.shape()) {
            let is_new = held.as_ref() != was;
            return Some(held.map(|value| match value {
                Value::Text(text) if is_new => {
                    Value::Rows(read_rows(&text, element, self.standard))
                }
                value => value,
            }));
        }
        let ids = self.row_ids(&element.key, rows_were)?;
        let row = |id: &String| self.row(id, element, rows_were.iter().find(|row| row.id == *id));
        let mut rows: Vec<Row> = ids.iter().filter_map(row).collect();
        for at in 0..rows.len() {
            let id = &rows[at].id;
            if !is_row_id(id) && rows_were.iter().all(|row| row.id != *id) {
                let taken = rows_were.iter().chain(&rows).map(|row| row.id.as_str());
                rows[at].id = next_row_id(taken);
            }
        }
        Some((!rows.is_empty()).then_some(Value::Rows(rows)))
    }

    /// Returns which rows a list has now, if the form holds any of it.
    fn row_ids(&self, element: &str, were: &[Row]) -> Option<Vec<String>> {
        let listed = self.fields.get(rows_name(element).as_str());
        let named = self.rows.get(element);
        let ids: Vec<&str> = match (listed, named) {
            (None, None) => return None,
            (Some(listed), _) => listed.iter().copied().filter(|id| !id.is_empty()).collect(),
            (None, Some(named)) => {
                were.iter().map(|row| row.id.as_str()).chain(named.iter().copied()).collect()
            }
        };
        let mut seen = BTreeSet::new();
        Some(ids.into_iter().filter(|id| seen.insert(*id)).map(str::to_owned).collect())
    }

    fn row(&self, id: &str, element: &Element, was: Option<&Row>) -> Option<Row> {
        let mut fields: BTreeMap<String, Value> =
            was.map(|row| row.fields.clone()).unwrap_or_default();
        for field in &element.fields {
            let value_was = was.and_then(|row| row.fields.get(&field.key));
            let name = field_name(&element.key, id, &field.key);
            match self.value(&name, value_was, field.shape()) {
                Some(Some(value)) => drop(fields.insert(field.key.clone(), value)),
                Some(None) => drop(fields.remove(&field.key)),
                None => {}
            }
        }
        (!fields.is_empty()).then(|| Row { id: id.to_owned(), fields })
    }
}

/// Takes off what a browser puts into a text on its way.
fn plain(text: &str) -> String {
    text.replace("\r\n", "\n").trim().to_owned()
}

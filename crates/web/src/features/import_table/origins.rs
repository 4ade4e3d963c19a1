//! Where each element of a row comes from, and how sure that is.

use domain::{
    content::show_value,
    intake::{CellValue, Columns, Proposal, RawData, RawRow, Sureness},
    standard::{Place, Standard},
};

/// A cell of the file, and what it was taken for.
pub(super) struct Origin {
    /// What it was taken for; nothing where nobody knows what it is.
    pub(super) element: Option<String>,
    pub(super) value: String,
    pub(super) place: String,
    /// The label as it stands in the file.
    pub(super) label: String,
    sureness: Sureness,
}

impl Origin {
    /// Returns the origin of each cell of a row that says something.
    pub(super) fn all(
        row: &RawRow,
        read: Option<&Proposal>,
        columns: &Columns<'_>,
        standard: &Standard,
    ) -> Vec<Origin> {
        let RawData::Cells(cells) = &row.data else { return Vec::new() };
        let origin = |(at, cell): (usize, &domain::intake::Cell)| {
            let said = words(&cell.value);
            let place = columns.place(&cell.header);
            let source = row.trace.sources.get(at);
            Some(Origin {
                element: place.and_then(|place| title(place, standard)),
                value: place
                    .and_then(|place| understood(place, &cell.value, read?, standard))
                    .unwrap_or_else(|| said.clone()),
                place: source.map_or(&row.place, |it| &it.place).clone(),
                label: source.map_or(&cell.header, |it| &it.label).clone(),
                sureness: source.map_or_else(|| columns.sureness(&cell.header), |it| it.sureness),
            })
            .filter(|_| !said.is_empty())
        };
        cells.iter().enumerate().filter_map(origin).collect()
    }

    pub(super) fn is_guessed(&self) -> bool {
        self.sureness == Sureness::Guessed && self.element.is_some()
    }

    pub(super) fn sureness_word(&self) -> &'static str {
        match self.sureness {
            Sureness::Exact => "名称一致",
            Sureness::Synonym => "另一种写法",
            Sureness::Guessed => "推断，请核对",
        }
    }
}

/// What a place is called; a number of a row is nobody's matter.
fn title(place: &Place, standard: &Standard) -> Option<String> {
    let element = |key: &str| standard.element(key);
    Some(match place {
        Place::RowNumber => return None,
        Place::Fact(fact) => fact.title().to_owned(),
        Place::Element(key) => element(key)?.label.clone(),
        Place::Field(key, field) => {
            let element = element(key)?;
            format!("{}：{}", element.label, element.field(field)?.label)
        }
        Place::Unit(key) => format!("{}的单位", element(key)?.label),
    })
}

/// What a cell was read as, where that is one value and not a list of rows.
fn understood(
    place: &Place,
    cell: &CellValue,
    read: &Proposal,
    standard: &Standard,
) -> Option<String> {
    let (Place::Element(key), CellValue::Text(_)) = (place, cell) else { return None };
    let value = read.record.content.get(key)?;
    Some(show_value(value, standard.element(key)?, standard))
}

fn words(value: &CellValue) -> String {
    match value {
        CellValue::Text(text) => text.trim().to_owned(),
        CellValue::List(lines) => lines.join("\n").trim().to_owned(),
        CellValue::Table(rows) => {
            let line = |row: &Vec<(String, String)>| {
                let filled = row.iter().filter(|(_, text)| !text.is_empty());
                let fields = filled.map(|(header, text)| format!("{header}：{text}"));
                fields.collect::<Vec<_>>().join("，")
            };
            rows.iter().map(line).collect::<Vec<_>>().join("\n")
        }
    }
}

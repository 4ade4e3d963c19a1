use time::macros::format_description;

use super::ItemRecord;
use crate::{
    content::{show_row_as, show_single, show_value},
    region,
    standard::{Fact, Form, FormCell, Place, Standard},
};

/// Returns what a form or a spreadsheet shows of `record` at `place`.
///
/// This is the one way from an item to a cell: 表一, 表二 and the catalogues all use it.
pub fn cell_text(record: &ItemRecord, place: &Place, standard: &Standard) -> String {
    match place {
        Place::RowNumber | Place::Unit(_) => String::new(),
        Place::Fact(fact) => fact_text(record, *fact, standard),
        Place::Element(key) => match (record.content.get(key), standard.element(key)) {
            (Some(value), Some(element)) => show_value(value, element, standard),
            _ => String::new(),
        },
        Place::Field(key, field) => {
            let field = standard.element(key).and_then(|element| element.field(field));
            let Some(field) = field else { return String::new() };
            let cells =
                record.content.rows(key).iter().map(|row| match row.fields.get(&field.key) {
                    Some(value) => show_single(value, field.shape(), standard),
                    None => String::new(),
                });
            cells.collect::<Vec<_>>().join("\n").trim_end().to_owned()
        }
    }
}

/// Returns a form's title for an office.
pub fn title_text(form: &Form, body: &str, region: &str) -> String {
    form.title.replace("{body}", body).replace("{region}", region)
}

/// Returns what a form's cell shows of `record`.
pub fn form_text(record: &ItemRecord, cell: &FormCell, standard: &Standard) -> String {
    let element = match &cell.source {
        Place::Element(key) if !cell.row_format.is_empty() => standard.element(key),
        _ => None,
    };
    let Some(element) = element else { return cell_text(record, &cell.source, standard) };
    let rows = record.content.rows(&element.key).iter();
    let lines = rows.map(|row| show_row_as(row, &cell.row_format, element, standard));
    lines.collect::<Vec<_>>().join("\n")
}

fn fact_text(record: &ItemRecord, fact: Fact, standard: &Standard) -> String {
    match fact {
        Fact::Code => record.code.clone().unwrap_or_default(),
        Fact::Kind => standard.kind_label(&record.kind).to_owned(),
        Fact::Parent => record.parent.clone().unwrap_or_default(),
        Fact::Position => record.position.map(|it| it.to_string()).unwrap_or_default(),
        Fact::EffectiveOn => record
            .effective_on
            .and_then(|date| date.format(format_description!("[year]-[month]-[day]")).ok())
            .unwrap_or_default(),
        Fact::BodyName => record.body.name.clone(),
        Fact::BodyCreditCode => record.body.credit_code.clone().unwrap_or_default(),
        Fact::BodyLetters => record.body.letters.clone().unwrap_or_default(),
        Fact::RegionCode => record.region.to_string(),
        Fact::RegionName => region::regions::name(&record.region).unwrap_or_default().to_owned(),
    }
}

//! 岗位说明, the table that follows a flow: who does what, how long, and by what right.

use domain::{
    content::{Row, Value, show_single},
    item::ItemRecord,
    standard::{Element, Standard},
};

use super::rows_of;
use crate::write::word::{Align, Border, Cell, Font, HEADING_FONT, Table};

const HEADS: [(&str, u32); 6] =
    [("岗位", 3), ("人员", 2), ("办理环节", 3), ("职责", 7), ("办理时限", 2), ("依据", 4)];

/// Returns the table of an item's posts, as wide as `width`.
pub(super) fn table(record: &ItemRecord, standard: &Standard, font: Font<'_>, width: u32) -> Table {
    let mut table = Table::new(&HEADS.map(|it| it.1), width, Border::Grid).row_height(454);
    let heading = Font::new(HEADING_FONT, font.half_points);
    table.header(HEADS.map(|it| Cell::text(it.0, heading, Align::Center)).into());
    let element = standard.element(domain::content::keys::STEPS);
    for row in rows_of(record).iter().filter(|row| has_post(row)) {
        let shown = |field| element.map(|it| shown(row, it, field, standard)).unwrap_or_default();
        // Who has not written down a duty has written down what is done.
        let duty = Some(shown("duty")).filter(|it| !it.is_empty()).unwrap_or(shown("standard"));
        let words = |text: &str, align| Cell::text(text, font, align);
        table.row(vec![
            words(&shown("post"), Align::Center),
            words(&shown("officer"), Align::Center),
            words(&shown("name"), Align::Center),
            words(&duty, Align::Left),
            words(&shown("limit"), Align::Center),
            words(&shown("basis"), Align::Left),
        ]);
    }
    table
}

/// Conditions and ends that nobody works at have no post.
pub(super) fn has_post(row: &Row) -> bool {
    ["post", "officer", "duty", "limit"].iter().any(|it| row.fields.contains_key(*it))
}

fn shown(row: &Row, element: &Element, field: &str, standard: &Standard) -> String {
    let value: Option<&Value> = row.fields.get(field);
    match (value, element.field(field)) {
        (Some(value), Some(field)) => show_single(value, field.shape(), standard),
        _ => String::new(),
    }
}

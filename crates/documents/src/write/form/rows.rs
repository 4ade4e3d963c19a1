//! How the cells of a sheet lie in rows.

use domain::standard::{Form, FormCell};

/// A row of a sheet.
#[derive(Debug, PartialEq)]
pub(super) struct SheetRow<'a> {
    /// The merged cell at the left, and whether it begins here.
    pub(super) group: Option<(&'a str, bool)>,
    /// Each with where it begins and ends, in hundredths of the sheet's width.
    pub(super) cells: Vec<(&'a FormCell, u32, u32)>,
}

/// Lays a form's cells one after the other into rows; a row's last cell fills it.
pub(super) fn sheet_rows(form: &Form) -> Vec<SheetRow<'_>> {
    let mut rows: Vec<SheetRow<'_>> = Vec::new();
    for cell in &form.cells {
        let width = |left: u32| if cell.width == 0 { 100 - left } else { cell.width };
        let group = (!cell.group.is_empty()).then_some(cell.group.as_str());
        let last_group = rows.last().and_then(|row| row.group).map(|(name, _)| name);
        let beside = rows.last_mut().filter(|row| {
            let is_alone = cell.merged || !cell.heading.is_empty();
            let room = row.right() + width(row.right()).max(form.label_width + 5) <= 100;
            !is_alone && last_group == group && room
        });
        if let Some(row) = beside {
            let left = row.right();
            row.cells.push((cell, left, left + width(left)));
            continue;
        }
        let left = if group.is_some() { form.label_width } else { 0 };
        let begins = last_group != group;
        let group = group.map(|name| (name, begins));
        rows.push(SheetRow { group, cells: vec![(cell, left, left + width(left))] });
    }
    for row in &mut rows {
        if let Some((_, _, right)) = row.cells.last_mut() {
            *right = 100;
        }
    }
    rows
}

impl SheetRow<'_> {
    fn right(&self) -> u32 {
        self.cells.last().map_or(0, |(_, _, right)| *right)
    }
}

//! 表单: the content of an edition as the fields of an HTML form, and back.
//!
//! The names come from the standard alone. A value's field bears its element's key; the
//! unit of a limit has a field beside it, `limits.promised.unit`. In a list, each row says
//! its id in a field `materials[]`, in the order of the rows, and its values in fields such
//! as `materials[r3].name`.

mod paste;
mod read;
mod rows;
mod write;

pub(crate) use self::rows::{next_row_id, next_row_number};
pub use self::{
    paste::{Pasted, paste_rows},
    read::read_form,
    rows::{RowEdit, new_row_ids},
    write::{form_pairs, form_texts, form_unit},
};

/// Returns the name of the field that holds one value of a row.
pub fn field_name(element: &str, row: &str, field: &str) -> String {
    format!("{element}[{row}].{field}")
}

/// Returns the name of the field that says which rows a list has, and in which order.
pub fn rows_name(element: &str) -> String {
    format!("{element}[]")
}

/// Returns the name of the field beside a limit that holds its unit.
pub fn unit_name(name: &str) -> String {
    format!("{name}.unit")
}

#[cfg(test)]
mod tests;

use super::{Place, RowPart};

/// 表单：规范要求用 Word 交回的一张表，如表一、表二。
#[derive(Debug, Clone, PartialEq)]
pub struct Form {
    pub id: String,
    /// May hold `{body}` and `{region}`.
    pub title: String,
    pub title_font: String,
    pub title_size_pt: u32,
    pub font: String,
    pub size_pt: u32,
    pub layout: Layout,
    /// In a sheet, the share of the width that a label takes, in hundredths.
    pub label_width: u32,
    /// The totals line of a list form: the heading of each count and the kind counted.
    pub totals: Vec<Total>,
    pub cells: Vec<FormCell>,
}

/// 表单的排法。
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Layout {
    /// One row an item (表一).
    List,
    /// One sheet an item (表二).
    Sheet,
}

/// 合计行里的一个数。
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Total {
    pub label: String,
    pub kind: String,
}

/// 表单的一格：标签和它显示的数据。
#[derive(Debug, Clone, PartialEq)]
pub struct FormCell {
    pub label: String,
    pub source: Place,
    /// Share of the width: in a list that of the column, in a sheet that of label and value
    /// together. 0 lets the renderer decide; in a sheet it is the rest of the row.
    pub width: u32,
    /// 大项: neighbours of one group share a merged cell with this name, beside them in a
    /// sheet and above them in a list.
    pub group: String,
    /// In a sheet, words across it above this cell.
    pub heading: String,
    /// How a row reads in this form, where it is to say less than the element's own format.
    pub row_format: Vec<RowPart>,
    /// Columns of a nested table, for a rows element.
    pub columns: Vec<FormColumn>,
    /// The columns are cells of the sheet itself, beside the merged label.
    pub merged: bool,
}

/// 表单内嵌子表的一列。
#[derive(Debug, Clone, PartialEq)]
pub struct FormColumn {
    pub label: String,
    /// The row's field; `None` is the row's number.
    pub field: Option<String>,
    pub width: u32,
}

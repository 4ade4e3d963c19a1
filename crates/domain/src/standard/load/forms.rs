//! Forms as written, and what a form may ask for.

use serde::Deserialize;
use toml::Spanned;

use super::raw::row_format;
use crate::standard::{
    Form, FormCell, FormColumn, Layout, Place, Standard, Total, ValueKind, fold_header,
};

/// What official documents have their titles in.
const TITLE_FONT: &str = "方正小标宋简体";
const TITLE_SIZE_PT: u32 = 22;
const LABEL_WIDTH: u32 = 21;

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Forms {
    pub(super) form: Vec<Spanned<RawForm>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawForm {
    id: String,
    title: String,
    #[serde(default = "title_font")]
    title_font: String,
    #[serde(default = "title_size_pt")]
    title_size_pt: u32,
    font: String,
    size_pt: u32,
    layout: Layout,
    #[serde(default = "label_width")]
    label_width: u32,
    #[serde(default)]
    totals: Vec<Total>,
    cell: Vec<RawCell>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawCell {
    label: String,
    source: String,
    #[serde(default)]
    width: u32,
    #[serde(default)]
    group: String,
    #[serde(default)]
    heading: String,
    #[serde(default)]
    row_format: Vec<String>,
    #[serde(default)]
    columns: Vec<RawColumn>,
    #[serde(default)]
    merged: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawColumn {
    label: String,
    source: String,
    #[serde(default)]
    width: u32,
}

fn title_font() -> String {
    TITLE_FONT.to_owned()
}

fn title_size_pt() -> u32 {
    TITLE_SIZE_PT
}

fn label_width() -> u32 {
    LABEL_WIDTH
}

impl RawForm {
    pub(super) fn build(self, standard: &Standard) -> Result<Form, String> {
        if let Some(total) = self
            .totals
            .iter()
            .find(|total| !standard.kinds().iter().any(|kind| kind.code == total.kind))
        {
            return Err(format!("表单 {} 的合计用了没有的事项类型 {}", self.id, total.kind));
        }
        let cells = self.cell.into_iter().map(|cell| cell.build(standard));
        let form = Form {
            id: self.id,
            title: self.title,
            title_font: self.title_font,
            title_size_pt: self.title_size_pt,
            font: self.font,
            size_pt: self.size_pt,
            layout: self.layout,
            label_width: self.label_width,
            totals: self.totals,
            cells: cells.collect::<Result<_, _>>()?,
        };
        match form.cells.iter().find_map(|cell| fault(cell, &form, standard)) {
            Some(why) => Err(why),
            None if !(5..=45).contains(&form.label_width) => {
                Err(format!("表单 {} 的 label_width 要在 5 和 45 之间", form.id))
            }
            None => Ok(form),
        }
    }
}

/// Says what a form can not draw.
fn fault(cell: &FormCell, form: &Form, standard: &Standard) -> Option<String> {
    let place = format!("表单 {} 的“{}”", form.id, cell.label);
    if !cell.columns.is_empty() && !is_list(&cell.source, standard) {
        return Some(format!("{place}不是子表，不能有 columns"));
    }
    if cell.merged && cell.columns.is_empty() {
        return Some(format!("{place}写了 merged，要有 columns"));
    }
    if form.layout == Layout::List {
        let is_sheet = cell.merged || !cell.heading.is_empty();
        return is_sheet.then(|| format!("{place}：heading 和 merged 只能用在 sheet 里"));
    }
    // What is read back as a list beside its label needs more than one column, the first of
    // which is no label of anything.
    let is_numbered = cell.columns.first().is_some_and(|it| it.field.is_none());
    if cell.merged && !(is_numbered && cell.columns.len() > 1) {
        return Some(format!("{place}写了 merged，columns 要从 row_number 开始，至少两列"));
    }
    let is_number = |c: char| c.is_numeric() || "一二三四五六七八九十、．.（）()".contains(c);
    let heading = cell.heading.trim_start_matches(is_number);
    for (name, words) in [("group", cell.group.as_str()), ("heading", heading)] {
        if standard.header(words).is_some() {
            return Some(format!("{place}的 {name}“{words}”是认得的表头，读回来会弄错"));
        }
    }
    if cell.merged && !(cell.group.is_empty() && cell.width == 0) {
        return Some(format!("{place}写了 merged，占一整行，不能再写 group 和 width"));
    }
    let beside = if cell.group.is_empty() { 0 } else { form.label_width };
    let fits = cell.width == 0 || (form.label_width + 5..=100 - beside).contains(&cell.width);
    (!fits).then(|| {
        format!(
            "{place}的 width 是标签和内容一起占的，要在 {} 和 {} 之间",
            form.label_width + 5,
            100 - beside
        )
    })
}

/// Takes a form's labels as spellings of headers, so that what is written can be read back.
/// Refuses one that means something else already.
pub(super) fn learn_labels(form: &Form, standard: &mut Standard) -> Result<(), String> {
    for cell in form.cells.iter().filter(|it| it.source != Place::RowNumber) {
        learn(&cell.label, &cell.source, standard)?;
        let Place::Element(key) = &cell.source else { continue };
        for column in &cell.columns {
            let Some(field) = &column.field else { continue };
            let known = standard.element(key).and_then(|it| it.field(field));
            if known.is_none_or(|it| it.label != column.label) {
                learn(&column.label, &Place::Field(key.clone(), field.clone()), standard)?;
            }
        }
    }
    Ok(())
}

fn learn(label: &str, place: &Place, standard: &mut Standard) -> Result<(), String> {
    match standard.header(label) {
        Some(Some(known)) if known == place => Ok(()),
        Some(known) => {
            let known = known.map_or("不收的列".to_owned(), ToString::to_string);
            Err(format!("标签“{label}”是 {known} 的表头，这里却是 {place}，读回来会弄错"))
        }
        None => {
            standard.headers.insert(fold_header(label), Some(place.clone()));
            Ok(())
        }
    }
}

fn is_list(place: &Place, standard: &Standard) -> bool {
    let Place::Element(key) = place else { return false };
    standard.element(key).is_some_and(|it| it.kind == ValueKind::Rows)
}

impl RawCell {
    fn build(self, standard: &Standard) -> Result<FormCell, String> {
        let source: Place = self.source.parse().expect("parsing a place never fails");
        standard.check_place(&source)?;
        let mut columns = Vec::new();
        for column in self.columns {
            let field = (column.source != "row_number").then_some(column.source);
            if let (Some(field), Place::Element(key)) = (&field, &source) {
                standard.check_place(&Place::Field(key.clone(), field.clone()))?;
            }
            columns.push(FormColumn { label: column.label, field, width: column.width });
        }
        Ok(FormCell {
            label: self.label,
            source,
            width: self.width,
            group: self.group,
            heading: self.heading,
            row_format: row_format(&self.row_format)?,
            columns,
            merged: self.merged,
        })
    }
}

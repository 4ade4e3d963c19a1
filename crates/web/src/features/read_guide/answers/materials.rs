use domain::{content::keys, library::Attached};

use super::{super::sheet::SheetRow, Answer, Sheet, some};
use crate::words;

/// 一份材料。
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Material {
    pub(crate) name: String,
    /// 原件 1 份、复印件 1 份; 免提交; may be empty.
    pub(crate) quantity: String,
    /// The office has it or looks it up itself.
    pub(crate) is_exempt: bool,
    pub(crate) remarks: Vec<String>,
    /// 空白表格、示范样表 that can be taken along.
    pub(crate) files: Vec<File>,
}

/// 可以下载的文件。
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct File {
    pub(crate) label: &'static str,
    pub(crate) hash: String,
    pub(crate) name: String,
}

/// Where a row of materials holds files, and what they are.
const FILES: [(&str, &str); 2] = [("blank_form", "空白表格"), ("sample_form", "示范样表")];

impl Material {
    pub(crate) fn read(sheet: Sheet<'_>) -> Answer<Vec<Material>> {
        let rows = sheet.rows(keys::MATERIALS).into_iter();
        let materials = rows.map(Material::of).filter(|it| !it.name.is_empty()).collect();
        Answer::of(some(materials), "申请材料", &[keys::MATERIALS], sheet)
    }

    fn of(row: SheetRow<'_>) -> Material {
        let is_exempt = row.flag("exempt");
        Material {
            name: row.text("name"),
            quantity: if is_exempt { "免提交".to_owned() } else { quantity(row) },
            is_exempt,
            remarks: remarks(row),
            files: FILES.iter().filter_map(|(field, label)| File::of(row, field, label)).collect(),
        }
    }
}

impl File {
    pub(super) fn of(row: SheetRow<'_>, field: &str, label: &'static str) -> Option<File> {
        let Attached { hash, name } = Attached::parse(row.row().text(field))?;
        Some(File { label, hash: hash.to_owned(), name: name.to_owned() })
    }
}

fn quantity(row: SheetRow<'_>) -> String {
    let count = |words: &str, field| {
        let n = row.row().number(field).filter(|n| *n > 0)?;
        Some(format!("{words}{}", words::counted(n, "份")))
    };
    let parts = [count("原件 ", "originals"), count("复印件 ", "copies")];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    if !parts.is_empty() {
        return parts.join("、");
    }
    count("", "quantity").or_else(|| row.words("form")).unwrap_or_default()
}

fn remarks(row: SheetRow<'_>) -> Vec<String> {
    let mut remarks = Vec::new();
    if !row.is_ordinary("necessity") && !row.flag("exempt") {
        remarks.extend(row.words("necessity"));
    }
    let led = |lead: &str, field| row.words(field).map(|words| format!("{lead}{words}"));
    // What can be downloaded has a link of its own.
    let named = |lead: &str, field| {
        led(lead, field).filter(|_| Attached::parse(row.row().text(field)).is_none())
    };
    remarks.extend(
        [
            row.words("condition"),
            led("出具单位：", "issuer"),
            row.words("source_note"),
            row.words("issue_limit"),
            led("到哪里办：", "issue_place"),
            row.words("issue_note"),
            row.words("filling_note"),
            row.words("signature"),
            row.words("acceptance"),
            row.words("usage_note"),
            row.flag("in_person").then(|| "须本人到场填写".to_owned()),
            led("规格：", "paper"),
            named("空白表格：", "blank_form"),
            named("示范样表：", "sample_form"),
            row.words("note"),
        ]
        .into_iter()
        .flatten(),
    );
    remarks.into_iter().map(super::closed).collect()
}

use domain::content::keys;

use super::{Answer, Sheet};

/// 能不能办。
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Can {
    pub(crate) who: String,
    pub(crate) conditions: Vec<String>,
    pub(crate) before: Vec<String>,
    pub(crate) refused: Vec<String>,
    pub(crate) situations: Vec<Situation>,
    pub(crate) quota: Option<String>,
}

/// 情形：what else is asked, and when.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Situation {
    pub(crate) name: String,
    pub(crate) condition: String,
    pub(crate) materials: String,
}

impl Can {
    pub(crate) fn read(sheet: Sheet<'_>) -> Answer<Can> {
        let situation = |row: super::super::sheet::SheetRow<'_>| Situation {
            name: row.text("name"),
            condition: row.text("condition"),
            materials: row.text("materials"),
        };
        let can = Can {
            who: sheet.labels(keys::OBJECTS).join("、"),
            conditions: sheet.lines(keys::CONDITIONS),
            before: sheet.lines(keys::PREREQUISITE),
            refused: sheet.lines(keys::REFUSED),
            situations: sheet.rows(keys::SITUATIONS).into_iter().map(situation).collect(),
            quota: sheet.words("quota"),
        };
        let told = (can != Can::default()).then_some(can);
        Answer::of(told, "受理条件", &[keys::CONDITIONS], sheet)
    }
}

//! 帮助文档: what administrators write for the officers of their scope, kept like the libraries.

use sqlx::{Row, any::AnyRow};

use crate::{libraries::Columns, sql::Bind};

/// 帮助文档。
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct HelpDocument {
    pub title: String,
    /// Markdown.
    pub text: String,
    /// Where it stands among the others.
    pub position: i64,
}

impl Columns for HelpDocument {
    const TABLE: &'static str = "help_document";
    const WHAT: &'static str = "帮助文档";
    const COLUMNS: &'static [&'static str] = &["title", "text", "position"];
    const ORDER: &'static str = "position";

    fn binds(&self) -> Vec<Bind> {
        vec![self.title.as_str().into(), self.text.as_str().into(), self.position.into()]
    }

    fn read(row: &AnyRow) -> Result<HelpDocument, sqlx::Error> {
        Ok(HelpDocument {
            title: row.try_get("title")?,
            text: row.try_get("text")?,
            position: row.try_get("position")?,
        })
    }
}

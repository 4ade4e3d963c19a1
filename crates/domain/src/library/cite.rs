//! How an entry of 设定依据 is written from the library of laws.

use super::{Article, Citation, Law};
use crate::content::{Row, Value};

/// The fields of a row of 设定依据 that say what is cited.
const CITED: [&str; 7] = ["law", "number", "clause", "text", "issuer", "effective_on", "kind"];

impl Law {
    /// Makes a row cite the law, and an article of it if one is named. Of a row that cites the law
    /// already, what the library does not know stays.
    pub fn cite(&self, article: Option<&Article>, row: &mut Row) {
        if Citation::of(row).key() != self.key() {
            row.fields.retain(|field, _| !CITED.contains(&field.as_str()));
        }
        put(row, "law", Some(self.title.as_str()));
        put(row, "number", self.number.as_deref());
        put(row, "issuer", self.issuer.as_deref());
        if let Some(date) = self.effective_on {
            row.fields.insert("effective_on".to_owned(), Value::Date { date });
        }
        if let Some(kind) = &self.kind {
            row.fields.insert("kind".to_owned(), Value::Codes(vec![kind.clone()]));
        }
        if let Some(article) = article {
            article.cite(row);
        }
    }
}

impl Article {
    /// A row that names a paragraph of this article goes on naming it.
    fn cite(&self, row: &mut Row) {
        if Citation::of(row).articles() != [self.number] {
            put(row, "clause", Some(&self.number.to_string()));
            row.fields.remove("text");
        }
        put(row, "text", Some(&self.text));
    }
}

fn put(row: &mut Row, field: &str, text: Option<&str>) {
    if let Some(text) = text.map(str::trim).filter(|text| !text.is_empty()) {
        row.fields.insert(field.to_owned(), Value::Text(text.to_owned()));
    }
}

//! Counting what is in the index, to hold it against the publications.

use domain::item::ItemId;
use tantivy::{Term, collector::Count, query::TermQuery, schema::IndexRecordOption};

use super::Index;
use crate::SearchError;

/// 检索库的清点。
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Census {
    pub n_items: u64,
    /// Those asked for that are not there, or more than once.
    pub missing: Vec<ItemId>,
}

impl Index {
    /// Counts the items in the index, and looks for these.
    pub fn census(&self, items: &[ItemId]) -> Result<Census, SearchError> {
        let searcher = self.shared.reader.searcher();
        let mut missing = Vec::new();
        for item in items {
            let term = Term::from_field_i64(self.shared.fields.item, item.0);
            let query = TermQuery::new(term, IndexRecordOption::Basic);
            if searcher.search(&query, &Count)? != 1 {
                missing.push(*item);
            }
        }
        Ok(Census { n_items: searcher.num_docs(), missing })
    }
}

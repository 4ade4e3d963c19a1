use std::collections::{BTreeSet, HashSet};

use serde_json::Value;
use store::{
    Store, Township,
    backup::{Row, Table, tables},
};

use crate::testkit::{Address, Office};

/// Columns by which a row belongs to another, and the table of that one.
const BELONGS: [(&str, &str); 7] = [
    ("body_id", "body"),
    ("successor_id", "body"),
    ("item_id", "item"),
    ("edition_id", "edition"),
    ("officer_id", "officer"),
    ("directory_id", "directory"),
    ("group_id", "item_group"),
];

/// All that the database holds.
#[derive(PartialEq)]
pub(super) struct Rows {
    /// Each table after those that it refers to.
    rows: Vec<(&'static Table, Row)>,
    /// Those of the counties that the test is about; the country has 40,000.
    townships: Vec<Township>,
}

impl Rows {
    pub(super) async fn read(store: &Store, about: &[&Address]) -> Rows {
        let mut snapshot = store.snapshot().await.unwrap();
        let mut rows = Vec::new();
        for table in tables().filter(|it| it.name != "region") {
            let mut after: Option<Row> = None;
            loop {
                let page = snapshot.page(table, after.as_ref()).await.unwrap();
                let Some(last) = page.last() else { break };
                after = Some(last.clone());
                rows.extend(page.into_iter().map(|row| (table, row)));
            }
        }
        let mut townships = Vec::new();
        for address in about {
            let county = address.region.parse().unwrap();
            townships.extend(store.townships(county).await.unwrap());
        }
        Rows { rows, townships }
    }

    /// Returns what of it is one office's, by itself or by what it belongs to.
    pub(super) fn of(&self, office: &Office, address: &Address) -> BTreeSet<String> {
        let mut ids = HashSet::from([("body", office.body.0)]);
        let mut own = BTreeSet::new();
        for (table, row) in &self.rows {
            let cell = |name: &str| {
                let at = table.columns.iter().position(|(it, _)| *it == name)?;
                row[at].as_i64()
            };
            let id = cell("id").map(|id| (table.name, id));
            let belongs = BELONGS.iter().filter_map(|(column, of)| Some((*of, cell(column)?)));
            if belongs.chain(id).any(|it| ids.contains(&it)) {
                ids.extend(id);
                own.insert(format!("{} {}", table.name, Value::from(row.clone())));
            }
        }
        let townships = self.townships.iter().filter(|it| is_in(it, address));
        own.extend(townships.map(|it| format!("{it:?}")));
        own
    }
}

fn is_in(township: &Township, address: &Address) -> bool {
    township.code.to_string().starts_with(address.region)
}

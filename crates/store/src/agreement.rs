//! What several tables must agree on, since one step wrote them together.

use sqlx::{AssertSqlSafe, Row};

use crate::{Store, StoreError, verify::Wrong};

/// A rule: the table that is named, what breaks it, and the rows that do.
struct Rule {
    table: &'static str,
    detail: &'static str,
    broken: &'static str,
}

const RULES: &[Rule] = &[
    Rule {
        table: "item",
        detail: "没有任何版本",
        broken: "select id from item
                 where not exists (select 1 from edition where edition.item_id = item.id)",
    },
    Rule {
        table: "edition",
        detail: "已离开暂存，却没有流转记录",
        broken: "select id from edition where state <> 'draft'
                 and not exists (select 1 from event where event.edition_id = edition.id)",
    },
    Rule {
        table: "edition",
        detail: "已公布，公布记录里却没有它",
        broken: "select id from edition where state = 'published' and not exists
                 (select 1 from publication shown where shown.item_id = edition.item_id
                  and shown.edition_id = edition.id and shown.until_seq is null)",
    },
    Rule {
        table: "publication",
        detail: "没有流转记录",
        broken: "select seq from publication where not exists
                 (select 1 from event where event.edition_id = publication.edition_id)",
    },
    Rule {
        table: "publication",
        detail: "现行，它的版本却已不在用",
        broken: "select seq from publication join edition on edition.id = publication.edition_id
                 where until_seq is null
                 and edition.state not in ('published', 'suspended', 'withdrawn')",
    },
    Rule {
        table: "import_row",
        detail: "所记的版本不是所记事项的",
        broken: "select import_row.number
                 from import_row join edition on edition.id = import_row.edition_id
                 where edition.item_id <> import_row.item_id",
    },
];

impl Store {
    /// Adds the rows to `wrong` that do not agree with those of other tables.
    pub(crate) async fn verify_agreement(&self, wrong: &mut Vec<Wrong>) -> Result<(), StoreError> {
        for Rule { table, detail, broken } in RULES {
            let sql = AssertSqlSafe(format!("{broken} order by 1"));
            for row in sqlx::query(sql).fetch_all(&self.readers).await? {
                wrong.push(Wrong { table, seq: row.try_get(0)?, detail });
            }
        }
        Ok(())
    }
}

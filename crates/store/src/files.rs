//! Which files rows need: the bytes lie elsewhere, under the hash that a row names.

use sqlx::{Any, Row, any::AnyArguments, query::Query};

use crate::{Store, StoreError, backup::Snapshot, sql::bind_all};

/// Hashes that are told at once: some hundred kilobytes of text.
const PAGE: i64 = 10_000;

/// Rows that are named for one file.
const NAMED: i64 = 20;

/// 用到一个文件的一行。
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileUse {
    /// What the row is, for people.
    pub title: &'static str,
    pub id: i64,
    pub name: String,
}

/// A table whose rows need files.
struct Holder {
    title: &'static str,
    table: &'static str,
    hash: &'static str,
    name: &'static str,
    /// Which of the rows need theirs still.
    still: &'static str,
}

const HOLDERS: &[Holder] = &[
    Holder { title: "附件", table: "attachment", hash: "hash", name: "name", still: "1 = 1" },
    Holder {
        title: "审批文书模板",
        table: "approval_template",
        hash: "hash",
        name: "title",
        still: "1 = 1",
    },
    Holder {
        title: "审批文书",
        table: "approval_document",
        hash: "hash",
        name: "number",
        still: "1 = 1",
    },
    Holder {
        title: "未完的任务",
        table: "job",
        hash: "file_hash",
        name: "kind",
        still: "ended_at is null",
    },
];

impl Store {
    /// Returns the next hashes of files that rows need, in their order; none at the end.
    ///
    /// A file is kept before a row names it, and none is ever deleted.
    pub async fn needed_files(&self, after: &str) -> Result<Vec<String>, StoreError> {
        let rows = needed(after).fetch_all(&self.readers).await?;
        rows.iter().map(|row| Ok(row.try_get("hash")?)).collect()
    }

    /// Returns the first rows that need a file.
    pub async fn file_uses(&self, hash: &str) -> Result<Vec<FileUse>, StoreError> {
        let mut uses = Vec::new();
        for holder in HOLDERS {
            let Holder { title, table, hash: column, name, still } = holder;
            let sql = format!(
                "select id, {name} as name from {table} where {column} = $1 and {still}
                 order by id limit $2"
            );
            let rows = bind_all(sql, vec![hash.into(), NAMED.into()]).fetch_all(&self.readers);
            for row in rows.await? {
                uses.push(FileUse { title, id: row.try_get("id")?, name: row.try_get("name")? });
            }
        }
        Ok(uses)
    }
}

impl Snapshot {
    /// Returns the next hashes of files that the rows of this moment need, in their order.
    pub async fn needed_files(&mut self, after: &str) -> Result<Vec<String>, StoreError> {
        let rows = needed(after).fetch_all(&mut *self.inner).await?;
        rows.iter().map(|row| Ok(row.try_get("hash")?)).collect()
    }
}

fn needed(after: &str) -> Query<'static, Any, AnyArguments> {
    let each = HOLDERS.iter().map(|Holder { table, hash, still, .. }| {
        format!("select {hash} as hash from {table} where {hash} > $1 and {still}")
    });
    let all = each.collect::<Vec<_>>().join(" union ");
    bind_all(format!("{all} order by hash limit $2"), vec![after.into(), PAGE.into()])
}

use sqlx::{error::DatabaseError, migrate::MigrateError};

/// What can go wrong between the rules and the rows.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Someone saved the row first.
    #[error("{what} {id} 已被别人改过")]
    Stale { what: &'static str, id: i64 },

    /// A rule that the database holds too: one code one item, one set of letters a region …
    #[error("{constraint} 已被占用")]
    Taken { constraint: &'static str },

    /// A row that the rules say can not exist. A bug or a hand edit: alarm.
    #[error("表 {table} 的行 {id} 不一致：{detail}")]
    Inconsistent { table: &'static str, id: i64, detail: String },

    /// Others were writing the same rows: the engine undid this step, which may be done again.
    #[error("别的操作同时在写，这一步没有写入；重做即可")]
    Collided,

    /// The disk is full, so nothing of this step was written.
    #[error("磁盘已满，这一步没有写入；腾出空间后重做即可，以前写入的都在")]
    DiskFull,

    /// A backup is restored into a database without a catalogue only.
    #[error(
        "数据库里已经有内容（{found}），备份只恢复到空的数据库；\
         换一个空的数据目录（--data）或另建一个空的数据库再试"
    )]
    NotEmpty { found: String },

    #[error("数据库出错：{0}")]
    Database(sqlx::Error),
}

/// Constraint, as either engine may name it: by its own name or by table and column.
const CONSTRAINTS: &[(&str, &str, &str)] = &[
    ("officer_one_account", "officer.account", "账号"),
    ("item_one_code", "item.code", "事项编码"),
    ("body_one_name", "body.region, body.name", "实施主体名称"),
    ("body_one_letters", "body.region, body.letters", "部门业务代码"),
    ("region_one_township_digits", "region.parent, region.township_digits", "乡镇两位代码"),
    ("directory_one_name", "directory.body_id, directory.kind, directory.name", "目录名称"),
    ("item_group_one_name", "index 'item_group_one_name'", "分组名称"),
    ("law_one_number", "law.title_key, law.number_key", "法律法规"),
    ("saved_query_one_name", "saved_query.officer_id, saved_query.name", "常用查询名称"),
    ("edition_one_number", "edition.item_id, edition.number", "版本号"),
    ("edition_one_open", "edition.item_id", "在办版本"),
    ("edition_one_live", "edition.item_id", "在用版本"),
    ("approval_document_one_number", "approval_document.body_id, approval_document.number", "文号"),
    (
        "approval_document_one_request",
        "approval_document.issued_by, approval_document.request",
        "签发的表单",
    ),
    ("publication_one_current", "publication.item_id", "现行公布"),
];

/// What the engines answer when a step has to make way for another one: PostgreSQL's
/// serialisation failure and deadlock, SQLite's forms of busy and locked.
const COLLISIONS: &[&str] = &["40001", "40P01", "5", "6", "261", "262", "517"];

impl From<sqlx::Error> for StoreError {
    fn from(err: sqlx::Error) -> StoreError {
        let err = match err {
            sqlx::Error::Migrate(migration) => unwrapped(*migration),
            err => err,
        };
        let Some(database) = err.as_database_error() else { return StoreError::Database(err) };
        if is_disk_full(database) {
            return StoreError::DiskFull;
        }
        if database.code().is_some_and(|code| COLLISIONS.contains(&&*code)) {
            return StoreError::Collided;
        }
        match taken(database) {
            Some(constraint) => StoreError::Taken { constraint },
            None => StoreError::Database(err),
        }
    }
}

/// Returns what a migration met in the database, so that it is told like everything else.
fn unwrapped(migration: MigrateError) -> sqlx::Error {
    match migration {
        MigrateError::Execute(err) | MigrateError::ExecuteMigration(err, _) => err,
        other => other.into(),
    }
}

fn is_disk_full(database: &dyn DatabaseError) -> bool {
    let message = database.message();
    database.code().is_some_and(|code| code == "53100")
        || message.contains("database or disk is full")
        || message.contains("No space left")
}

/// PostgreSQL names the constraint, in whatever language it speaks; SQLite tells the columns.
fn taken(database: &dyn DatabaseError) -> Option<&'static str> {
    if !database.is_unique_violation() {
        return None;
    }
    let named = |(name, columns, _): &&(&str, &str, &str)| match database.constraint() {
        Some(constraint) => constraint == *name,
        None => database.message().ends_with(&format!("failed: {columns}")),
    };
    CONSTRAINTS.iter().find(named).map(|(_, _, constraint)| *constraint)
}

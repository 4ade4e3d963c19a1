use std::collections::HashSet;

use domain::people::Scope;
use sqlx::{Row, any::AnyRow};

use super::owned::{OWNER, OWNER_COLUMNS, Saving, shared};
use crate::{
    Store, StoreError, Tx, scope,
    sql::{Bind, bind_all, escaped, newest_first, placeholders},
};

/// 附件库的一条。
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    pub id: i64,
    /// Whose it is; all within may use it.
    pub owner: Scope,
    pub hash: String,
    pub name: String,
    pub media_type: String,
    pub size_bytes: i64,
    pub saved_at: String,
}

/// 新传的附件。
#[derive(Debug, Clone, Copy)]
pub struct NewAttachment<'a> {
    pub hash: &'a str,
    pub name: &'a str,
    pub media_type: &'a str,
    pub size_bytes: i64,
}

const COLUMNS: &str = "t.id, t.hash, t.name, t.media_type, t.size_bytes, t.saved_at";

impl Store {
    /// Returns the attachments that an officer may use and whose names hold the words, the
    /// newest first.
    pub async fn attachments(
        &self,
        scope: Scope,
        words: &str,
        before: Option<i64>,
        limit: i64,
    ) -> Result<Vec<Attachment>, StoreError> {
        let mut values = Vec::new();
        let (_, usable) = self.shared(scope, &mut values).await?;
        let mut sql = format!(
            "select {COLUMNS}, {OWNER} from attachment t left join body b on b.id = t.body_id
             where {usable}"
        );
        for word in words.split_whitespace() {
            values.push(format!("%{}%", escaped(word)).into());
            sql += &format!(" and t.name like ${} escape '!'", values.len());
        }
        sql += &newest_first(before, limit, &mut values);
        let rows = bind_all(sql, values).fetch_all(&self.readers).await?;
        rows.iter().map(read).collect()
    }

    pub async fn attachment(
        &self,
        scope: Scope,
        id: i64,
    ) -> Result<Option<Attachment>, StoreError> {
        let mut values = vec![id.into()];
        let (_, usable) = self.shared(scope, &mut values).await?;
        let sql = format!(
            "select {COLUMNS}, {OWNER} from attachment t left join body b on b.id = t.body_id
             where t.id = $1 and {usable}"
        );
        bind_all(sql, values).fetch_optional(&self.readers).await?.as_ref().map(read).transpose()
    }

    /// Tells what the bytes of this hash are, whoever brought them; for those who were shown
    /// the hash by a publication, or by an edition that they may see.
    pub async fn media_type(&self, hash: &str) -> Result<Option<String>, StoreError> {
        let sql = "select media_type from attachment where hash = $1 order by id limit 1";
        let row = bind_all(sql.to_owned(), vec![hash.into()]).fetch_optional(&self.readers).await?;
        row.map(|row| Ok(row.try_get("media_type")?)).transpose()
    }
}

impl Tx {
    /// Returns those of the hashes under which an officer may use an attachment.
    pub async fn usable_attachments(
        &mut self,
        scope: Scope,
        hashes: &[&str],
    ) -> Result<HashSet<String>, StoreError> {
        let here = match scope {
            Scope::Everywhere => None,
            Scope::Region(region) => Some(region),
            Scope::Body(body) => self.body_by_id(body).await?.map(|it| it.region),
        };
        let mut values: Vec<Bind> = hashes.iter().map(|it| (*it).into()).collect();
        let list = placeholders(0, hashes.len());
        let (_, usable) = shared(scope, here, &mut values);
        let sql = format!(
            "select distinct t.hash from attachment t left join body b on b.id = t.body_id
             where t.hash in {list} and {usable}"
        );
        let rows = bind_all(sql, values).fetch_all(&mut *self.inner).await?;
        rows.iter().map(|row| Ok(row.try_get("hash")?)).collect()
    }

    /// Adds an attachment, whose bytes are kept already.
    pub async fn add_attachment(
        &mut self,
        owner: Scope,
        new: NewAttachment<'_>,
        saving: Saving,
    ) -> Result<i64, StoreError> {
        let id = self.new_id().await?;
        let into = "attachment (id, region, body_id, hash, name, media_type, size_bytes, \
                    saved_by, saved_at)";
        let ([region, body], [by, at]) = (scope::columns(owner), saving.binds());
        let row = vec![
            id.into(),
            region,
            body,
            new.hash.into(),
            new.name.into(),
            new.media_type.into(),
            new.size_bytes.into(),
            by,
            at,
        ];
        self.insert(into, vec![row]).await?;
        Ok(id)
    }
}

fn read(row: &AnyRow) -> Result<Attachment, StoreError> {
    let id: i64 = row.try_get("id")?;
    Ok(Attachment {
        id,
        owner: scope::read(row, OWNER_COLUMNS, ("attachment", id))?,
        hash: row.try_get("hash")?,
        name: row.try_get("name")?,
        media_type: row.try_get("media_type")?,
        size_bytes: row.try_get("size_bytes")?,
        saved_at: row.try_get("saved_at")?,
    })
}

use domain::{
    content::Content,
    item::{BodyId, DirectoryId},
    office::Directory,
    people::Scope,
};
use sqlx::{Row, any::AnyRow};
use time::OffsetDateTime;

use crate::{
    Store, StoreError, Tx,
    officers::time_text,
    scope,
    sql::{Bind, bind_all},
};

const COLUMNS: &str = "select directory.id, directory.body_id, directory.standard, directory.kind,
     directory.name, directory.position, directory.defaults, directory.abolished_at
     from directory join body on body.id = directory.body_id";

impl Store {
    /// Returns the 目录 of a body in the office's order, without those that are abolished.
    pub async fn directories(
        &self,
        scope: Scope,
        body: BodyId,
    ) -> Result<Vec<Directory>, StoreError> {
        let mut values = vec![Bind::Int(body.0)];
        let within = scope::condition(scope, "body.id", "body.region", &mut values);
        let sql = format!(
            "{COLUMNS} where directory.body_id = $1 and directory.abolished_at is null and {within}
             order by directory.position, directory.id"
        );
        let rows = bind_all(sql, values).fetch_all(&self.readers).await?;
        rows.iter().map(read).collect()
    }

    /// Returns a 目录 that lies in `scope`, abolished or not.
    pub async fn directory(
        &self,
        scope: Scope,
        id: DirectoryId,
    ) -> Result<Option<Directory>, StoreError> {
        let (sql, values) = one(scope, id);
        bind_all(sql, values).fetch_optional(&self.readers).await?.as_ref().map(read).transpose()
    }
}

impl Tx {
    /// Returns the same within this step.
    pub async fn directory(
        &mut self,
        scope: Scope,
        id: DirectoryId,
    ) -> Result<Option<Directory>, StoreError> {
        let (sql, values) = one(scope, id);
        let row = bind_all(sql, values).fetch_optional(&mut *self.inner).await?;
        row.as_ref().map(read).transpose()
    }

    /// Adds a 目录 as the last of its body.
    pub async fn add_directory(
        &mut self,
        body: BodyId,
        standard: &str,
        kind: &str,
        name: &str,
        defaults: &Content,
    ) -> Result<Directory, StoreError> {
        let id = DirectoryId(self.new_id().await?);
        let position = self.next_position("directory", body).await?;
        let directory = Directory {
            id,
            body,
            standard: standard.to_owned(),
            kind: kind.to_owned(),
            name: name.to_owned(),
            position,
            defaults: defaults.clone(),
            is_abolished: false,
        };
        let row = vec![
            Bind::Int(id.0),
            body.0.into(),
            standard.into(),
            kind.into(),
            name.into(),
            i64::from(position).into(),
            to_json(defaults).into(),
        ];
        let into = "directory (id, body_id, standard, kind, name, position, defaults)";
        self.insert(into, vec![row]).await?;
        Ok(directory)
    }

    /// Gives a 目录 another name and other basic information; the items under it keep theirs.
    pub async fn change_directory(
        &mut self,
        id: DirectoryId,
        name: &str,
        defaults: &Content,
    ) -> Result<(), StoreError> {
        sqlx::query("update directory set name = $1, defaults = $2 where id = $3")
            .bind(name)
            .bind(to_json(defaults))
            .bind(id.0)
            .execute(&mut *self.inner)
            .await?;
        Ok(())
    }

    /// Abolishes a 目录, with its groups; refused as stale if an item has come under it since.
    pub async fn abolish_directory(
        &mut self,
        id: DirectoryId,
        now: OffsetDateTime,
    ) -> Result<(), StoreError> {
        let sql = "update directory set abolished_at = $1 where id = $2 and abolished_at is null
             and not exists (select 1 from item where item.directory_id = directory.id)";
        let values = vec![time_text(now).into(), id.0.into()];
        self.change_one(sql, values, ("目录", id.0)).await?;
        sqlx::query("delete from item_group where directory_id = $1")
            .bind(id.0)
            .execute(&mut *self.inner)
            .await?;
        Ok(())
    }
}

fn one(scope: Scope, id: DirectoryId) -> (String, Vec<Bind>) {
    let mut values = vec![Bind::Int(id.0)];
    let within = scope::condition(scope, "body.id", "body.region", &mut values);
    (format!("{COLUMNS} where directory.id = $1 and {within}"), values)
}

fn read(row: &AnyRow) -> Result<Directory, StoreError> {
    let id: i64 = row.try_get("id")?;
    let wrong = |detail: String| StoreError::Inconsistent { table: "directory", id, detail };
    let position: i64 = row.try_get("position")?;
    let defaults: String = row.try_get("defaults")?;
    let abolished_at: Option<String> = row.try_get("abolished_at")?;
    Ok(Directory {
        id: DirectoryId(id),
        body: BodyId(row.try_get("body_id")?),
        standard: row.try_get("standard")?,
        kind: row.try_get("kind")?,
        name: row.try_get("name")?,
        position: position.try_into().map_err(|_| wrong(format!("顺序 {position}")))?,
        defaults: serde_json::from_str(&defaults).map_err(|err| wrong(err.to_string()))?,
        is_abolished: abolished_at.is_some(),
    })
}

fn to_json(content: &Content) -> String {
    serde_json::to_string(content).expect("a content holds only strings as keys")
}

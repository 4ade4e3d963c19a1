use domain::{
    item::{BodyId, DirectoryId, GroupId},
    office::Group,
    people::Scope,
};
use sqlx::{Row, any::AnyRow};

use crate::{
    Store, StoreError, Tx, scope,
    sql::{Bind, bind_all},
};

const COLUMNS: &str = "select item_group.id, item_group.body_id, item_group.kind,
     item_group.directory_id, item_group.name, item_group.position
     from item_group join body on body.id = item_group.body_id";

impl Store {
    /// Returns the groups of a body in the office's order.
    pub async fn groups(&self, scope: Scope, body: BodyId) -> Result<Vec<Group>, StoreError> {
        let mut values = vec![Bind::Int(body.0)];
        let within = scope::condition(scope, "body.id", "body.region", &mut values);
        let sql = format!(
            "{COLUMNS} where item_group.body_id = $1 and {within}
             order by item_group.position, item_group.id"
        );
        let rows = bind_all(sql, values).fetch_all(&self.readers).await?;
        rows.iter().map(read).collect()
    }
}

impl Tx {
    /// Returns a group that lies in `scope`.
    pub async fn group(&mut self, scope: Scope, id: GroupId) -> Result<Option<Group>, StoreError> {
        let mut values = vec![Bind::Int(id.0)];
        let within = scope::condition(scope, "body.id", "body.region", &mut values);
        let sql = format!("{COLUMNS} where item_group.id = $1 and {within}");
        let row = bind_all(sql, values).fetch_optional(&mut *self.inner).await?;
        row.as_ref().map(read).transpose()
    }

    /// Adds a group as the last of its body.
    pub async fn add_group(
        &mut self,
        body: BodyId,
        kind: &str,
        directory: Option<DirectoryId>,
        name: &str,
    ) -> Result<Group, StoreError> {
        let id = GroupId(self.new_id().await?);
        let position = self.next_position("item_group", body).await?;
        let row = vec![
            Bind::Int(id.0),
            body.0.into(),
            kind.into(),
            directory.map(|it| it.0).into(),
            name.into(),
            i64::from(position).into(),
        ];
        let into = "item_group (id, body_id, kind, directory_id, name, position)";
        self.insert(into, vec![row]).await?;
        let (kind, name) = (kind.to_owned(), name.to_owned());
        Ok(Group { id, body, kind, directory, name, position })
    }

    pub async fn rename_group(&mut self, id: GroupId, name: &str) -> Result<(), StoreError> {
        sqlx::query("update item_group set name = $1 where id = $2")
            .bind(name)
            .bind(id.0)
            .execute(&mut *self.inner)
            .await?;
        Ok(())
    }

    /// Takes a group away; its items stay under their 目录.
    pub async fn dissolve_group(&mut self, id: GroupId) -> Result<(), StoreError> {
        for sql in [
            "update item set group_id = null where group_id = $1",
            "delete from item_group where id = $1",
        ] {
            sqlx::query(sql).bind(id.0).execute(&mut *self.inner).await?;
        }
        Ok(())
    }
}

fn read(row: &AnyRow) -> Result<Group, StoreError> {
    let id: i64 = row.try_get("id")?;
    let position: i64 = row.try_get("position")?;
    let wrong = |_| StoreError::Inconsistent {
        table: "item_group",
        id,
        detail: format!("顺序 {position}"),
    };
    Ok(Group {
        id: GroupId(id),
        body: BodyId(row.try_get("body_id")?),
        kind: row.try_get("kind")?,
        directory: row.try_get::<Option<i64>, _>("directory_id")?.map(DirectoryId),
        name: row.try_get("name")?,
        position: position.try_into().map_err(wrong)?,
    })
}

//! The office's own order. A place is not a code's number: sorting renumbers no codes.

use domain::{
    item::{BodyId, DirectoryId, GroupId, ItemId},
    office::{Shift, reorder},
};
use sqlx::{AssertSqlSafe, Row};

use super::seats::Seated;
use crate::{
    StoreError, Tx,
    sql::{Bind, bind_all},
};

impl Tx {
    /// Shifts an item among those that stand with it: of its kind, 目录 and group.
    pub async fn shift_item(&mut self, item: &Seated, shift: Shift) -> Result<(), StoreError> {
        self.hold_order(item.body).await?;
        let mut values = vec![Bind::Int(item.body.0), item.kind.as_str().into()];
        let mut equals = |column: &str, id: Option<i64>| match id {
            None => format!("{column} is null"),
            Some(id) => {
                values.push(id.into());
                format!("{column} = ${}", values.len())
            }
        };
        let directory = equals("directory_id", item.seat.directory.map(|it| it.0));
        let group = equals("group_id", item.seat.group.map(|it| it.0));
        let sql = format!(
            "select id, position from item
             where body_id = $1 and kind = $2 and {directory} and {group}
             order by coalesce(position, 999999999), id"
        );
        self.shift("item", sql, values, item.id.0, shift).await
    }

    /// Shifts a 目录 among those of its kind.
    pub async fn shift_directory(
        &mut self,
        body: BodyId,
        kind: &str,
        id: DirectoryId,
        shift: Shift,
    ) -> Result<(), StoreError> {
        self.hold_order(body).await?;
        let sql = "select id, position from directory
                   where body_id = $1 and kind = $2 and abolished_at is null order by position, id";
        let values = vec![Bind::Int(body.0), kind.into()];
        self.shift("directory", sql.to_owned(), values, id.0, shift).await
    }

    /// Shifts a group among those of its 目录, or of its kind.
    pub async fn shift_group(
        &mut self,
        body: BodyId,
        kind: &str,
        directory: Option<DirectoryId>,
        id: GroupId,
        shift: Shift,
    ) -> Result<(), StoreError> {
        self.hold_order(body).await?;
        let sql = "select id, position from item_group
                   where body_id = $1 and kind = $2 and coalesce(directory_id, 0) = $3
                   order by position, id";
        let directory = directory.map_or(0, |it| it.0);
        let values = vec![Bind::Int(body.0), kind.into(), directory.into()];
        self.shift("item_group", sql.to_owned(), values, id.0, shift).await
    }

    /// Returns the place after all that a body has in a table.
    pub(super) async fn next_position(
        &mut self,
        table: &str,
        body: BodyId,
    ) -> Result<u32, StoreError> {
        self.hold_order(body).await?;
        let sql = format!(
            "select cast(coalesce(max(position), 0) + 1 as bigint) as next
             from {table} where body_id = $1"
        );
        let row = sqlx::query(AssertSqlSafe(sql)).bind(body.0).fetch_one(&mut *self.inner).await?;
        let next: i64 = row.try_get("next")?;
        next.try_into().map_err(|_| StoreError::Inconsistent {
            table: "body",
            id: body.0,
            detail: format!("顺序 {next}"),
        })
    }

    /// Puts items after all others of their body, in the order given.
    pub(super) async fn put_last(
        &mut self,
        body: BodyId,
        items: &[ItemId],
    ) -> Result<(), StoreError> {
        let next = self.next_position("item", body).await?;
        let places = (next..).zip(items).map(|(place, item)| (item.0, place));
        self.put_places("item", places.collect()).await
    }

    /// Keeps others from ordering the same office until this step ends.
    async fn hold_order(&mut self, body: BodyId) -> Result<(), StoreError> {
        sqlx::query("update body set id = id where id = $1")
            .bind(body.0)
            .execute(&mut *self.inner)
            .await?;
        Ok(())
    }

    async fn shift(
        &mut self,
        table: &str,
        sql: String,
        values: Vec<Bind>,
        moved: i64,
        shift: Shift,
    ) -> Result<(), StoreError> {
        let rows = bind_all(sql, values).fetch_all(&mut *self.inner).await?;
        let mut list = Vec::with_capacity(rows.len());
        for row in &rows {
            let position: Option<i64> = row.try_get("position")?;
            let id: i64 = row.try_get("id")?;
            list.push((id, position.and_then(|it| u32::try_from(it).ok())));
        }
        self.put_places(table, reorder(&list, moved, shift)).await
    }

    async fn put_places(&mut self, table: &str, places: Vec<(i64, u32)>) -> Result<(), StoreError> {
        let sql = format!("update {table} set position = $1 where id = $2");
        for (id, place) in places {
            sqlx::query(AssertSqlSafe(sql.clone()))
                .bind(i64::from(place))
                .bind(id)
                .execute(&mut *self.inner)
                .await?;
        }
        Ok(())
    }
}

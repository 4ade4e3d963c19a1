use domain::{
    edition::Edition,
    item::{BodyId, DirectoryId, GroupId, ItemId},
    office::Seat,
    people::Scope,
};
use sqlx::{AnyConnection, Row, any::AnyRow};

use crate::{
    Item, Store, StoreError, Tx, scope,
    sql::{Bind, bind_all, placeholders},
};

/// 事项和它的位子。
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seated {
    pub id: ItemId,
    pub body: BodyId,
    pub standard: String,
    pub kind: String,
    pub name: String,
    pub code: Option<String>,
    pub seat: Seat,
}

impl Store {
    /// Returns those of the items that lie in `scope`, read beside whoever writes.
    pub async fn seated(&self, scope: Scope, items: &[ItemId]) -> Result<Vec<Seated>, StoreError> {
        if items.is_empty() {
            return Ok(Vec::new());
        }
        let (sql, values) = within(scope, items);
        let rows = bind_all(sql, values).fetch_all(&self.readers).await?;
        rows.iter().map(read).collect()
    }

    /// Counts what lies under a 目录, whatever its state.
    pub async fn count_under(&self, directory: DirectoryId) -> Result<u32, StoreError> {
        count_under(&mut *self.readers.acquire().await?, directory).await
    }
}

fn within(scope: Scope, items: &[ItemId]) -> (String, Vec<Bind>) {
    let mut values: Vec<Bind> = items.iter().map(|it| Bind::Int(it.0)).collect();
    let list = placeholders(0, items.len());
    let within = scope::condition(scope, "body.id", "body.region", &mut values);
    let sql = format!(
        "select item.id, item.body_id, item.standard, item.kind, item.name, item.code,
                item.directory_id, item.group_id
         from item join body on body.id = item.body_id
         where item.id in {list} and {within}"
    );
    (sql, values)
}

impl Tx {
    /// Returns those of the items that lie in `scope`, in no order.
    pub async fn seated(
        &mut self,
        scope: Scope,
        items: &[ItemId],
    ) -> Result<Vec<Seated>, StoreError> {
        if items.is_empty() {
            return Ok(Vec::new());
        }
        let (sql, values) = within(scope, items);
        let rows = bind_all(sql, values).fetch_all(&mut *self.inner).await?;
        rows.iter().map(read).collect()
    }

    /// Seats items of one body, after those that are there.
    pub async fn seat_items(
        &mut self,
        body: BodyId,
        items: &[ItemId],
        seat: Seat,
    ) -> Result<(), StoreError> {
        if items.is_empty() {
            return Ok(());
        }
        let list = placeholders(3, items.len());
        let mut values = vec![
            Bind::from(seat.directory.map(|it| it.0)),
            seat.group.map(|it| it.0).into(),
            body.0.into(),
        ];
        values.extend(items.iter().map(|it| Bind::Int(it.0)));
        let sql = format!(
            "update item set directory_id = $1, group_id = $2 where body_id = $3 and id in {list}"
        );
        bind_all(sql, values).execute(&mut *self.inner).await?;
        self.put_last(body, items).await
    }

    /// Moves all items of a 目录 to another seat, in their order.
    pub async fn empty_directory(
        &mut self,
        body: BodyId,
        directory: DirectoryId,
        seat: Seat,
    ) -> Result<(), StoreError> {
        let items = self.items_under(directory).await?;
        for items in items.chunks(200) {
            self.seat_items(body, items, seat).await?;
        }
        Ok(())
    }

    /// Counts the same as [`Store::count_under`] within this step.
    pub async fn count_under(&mut self, directory: DirectoryId) -> Result<u32, StoreError> {
        count_under(&mut self.inner, directory).await
    }

    /// Adds an item with its first draft, seated after all others of its body.
    pub async fn add_item(
        &mut self,
        body: BodyId,
        draft: &Edition,
        seat: Seat,
    ) -> Result<(), StoreError> {
        self.add_items(&[Item::of(draft.item, body, &draft.record)]).await?;
        self.seat_items(body, &[draft.item], seat).await?;
        self.add_drafts(std::slice::from_ref(draft)).await
    }

    async fn items_under(&mut self, directory: DirectoryId) -> Result<Vec<ItemId>, StoreError> {
        let rows = sqlx::query(
            "select id from item where directory_id = $1
             order by coalesce(position, 999999999), id",
        )
        .bind(directory.0)
        .fetch_all(&mut *self.inner)
        .await?;
        rows.iter().map(|row| Ok(ItemId(row.try_get("id")?))).collect()
    }
}

async fn count_under(
    connection: &mut AnyConnection,
    directory: DirectoryId,
) -> Result<u32, StoreError> {
    let sql = "select count(*) as n_items from item where directory_id = $1";
    let row = sqlx::query(sql).bind(directory.0).fetch_one(connection).await?;
    let n_items: i64 = row.try_get("n_items")?;
    Ok(n_items.try_into().unwrap_or(u32::MAX))
}

pub(super) fn read_seat(row: &AnyRow) -> Result<Seat, StoreError> {
    Ok(Seat {
        directory: row.try_get::<Option<i64>, _>("directory_id")?.map(DirectoryId),
        group: row.try_get::<Option<i64>, _>("group_id")?.map(GroupId),
    })
}

fn read(row: &AnyRow) -> Result<Seated, StoreError> {
    Ok(Seated {
        id: ItemId(row.try_get("id")?),
        body: BodyId(row.try_get("body_id")?),
        standard: row.try_get("standard")?,
        kind: row.try_get("kind")?,
        name: row.try_get("name")?,
        code: row.try_get("code")?,
        seat: read_seat(row)?,
    })
}

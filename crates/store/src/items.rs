use domain::{
    item::{BodyId, ItemId, ItemRecord},
    people::Scope,
};
use sqlx::{Row, any::AnyRow};

use crate::{
    Store, StoreError, Tx, scope,
    sql::{Bind, bind_all, placeholders},
};

/// 事项的一行：身份，不是内容。
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    pub id: ItemId,
    pub body: BodyId,
    pub standard: String,
    pub kind: String,
    pub name: String,
    pub code: Option<String>,
    pub parent: Option<String>,
    pub position: Option<u32>,
}

impl Item {
    /// Takes of a record what identifies its item.
    pub fn of(id: ItemId, body: BodyId, record: &ItemRecord) -> Item {
        Item {
            id,
            body,
            standard: record.standard.clone(),
            kind: record.kind.clone(),
            name: record.name().to_owned(),
            code: record.code.clone(),
            parent: record.parent.clone(),
            position: record.position,
        }
    }
}

const COLUMNS: &str =
    "select id, body_id, standard, kind, name, code, parent_code, position from item";

impl Tx {
    pub async fn new_item_id(&mut self) -> Result<ItemId, StoreError> {
        self.new_id().await.map(ItemId)
    }

    pub async fn add_items(&mut self, items: &[Item]) -> Result<(), StoreError> {
        let rows = items.iter().map(|item| {
            vec![
                Bind::Int(item.id.0),
                item.body.0.into(),
                item.standard.as_str().into(),
                item.kind.as_str().into(),
                item.name.as_str().into(),
                item.code.clone().into(),
                item.parent.clone().into(),
                item.position.map(i64::from).into(),
            ]
        });
        let into = "item (id, body_id, standard, kind, name, code, parent_code, position)";
        self.insert(into, rows.collect()).await
    }

    /// Brings an item's row in line with its newest edition; its code, once bound, stays, and
    /// so does the place that its office gave it.
    pub async fn update_item(
        &mut self,
        item: ItemId,
        record: &ItemRecord,
    ) -> Result<(), StoreError> {
        sqlx::query(
            "update item set kind = $1, name = $2, code = coalesce(code, $3), parent_code = $4,
                    position = coalesce(position, $5), standard = $6
             where id = $7",
        )
        .bind(&record.kind)
        .bind(record.name())
        .bind(&record.code)
        .bind(&record.parent)
        .bind(record.position.map(i64::from))
        .bind(&record.standard)
        .bind(item.0)
        .execute(&mut *self.inner)
        .await?;
        Ok(())
    }

    pub async fn items_by_code(&mut self, codes: &[&str]) -> Result<Vec<Item>, StoreError> {
        if codes.is_empty() {
            return Ok(Vec::new());
        }
        let (sql, codes) = of_codes(codes);
        let rows = bind_all(sql, codes).fetch_all(&mut *self.inner).await?;
        rows.iter().map(read).collect()
    }

    /// Returns the items of these names, of any body; the caller looks for its own.
    pub async fn items_by_name(
        &mut self,
        body: BodyId,
        names: &[&str],
    ) -> Result<Vec<Item>, StoreError> {
        if names.is_empty() {
            return Ok(Vec::new());
        }
        let list = placeholders(1, names.len());
        let sql = format!("{COLUMNS} where body_id = $1 and name in {list}");
        let mut values = vec![Bind::Int(body.0)];
        values.extend(names.iter().map(|name| Bind::from(*name)));
        let rows = bind_all(sql, values).fetch_all(&mut *self.inner).await?;
        rows.iter().map(read).collect()
    }
}

impl Store {
    /// Returns the standard of the item that was made last in a scope.
    pub async fn last_standard(&self, scope: Scope) -> Result<Option<String>, StoreError> {
        let mut values = Vec::new();
        let within = scope::condition(scope, "body.id", "body.region", &mut values);
        let sql = format!(
            "select item.standard from item join body on body.id = item.body_id
             where {within} order by item.id desc limit 1"
        );
        let row = bind_all(sql, values).fetch_optional(&self.readers).await?;
        Ok(row.map(|row| row.try_get("standard")).transpose()?)
    }

    /// Returns the items that bear these codes, read beside whoever writes.
    pub async fn items_by_code(&self, codes: &[&str]) -> Result<Vec<Item>, StoreError> {
        if codes.is_empty() {
            return Ok(Vec::new());
        }
        let (sql, codes) = of_codes(codes);
        let rows = bind_all(sql, codes).fetch_all(&self.readers).await?;
        rows.iter().map(read).collect()
    }

    /// Tells which of these codes are of items that are here.
    pub async fn known_codes(&self, codes: &[&str]) -> Result<Vec<String>, StoreError> {
        if codes.is_empty() {
            return Ok(Vec::new());
        }
        let sql = format!("select code from item where code in {}", placeholders(0, codes.len()));
        let codes = codes.iter().map(|code| Bind::from(*code)).collect();
        let rows = bind_all(sql, codes).fetch_all(&self.readers).await?;
        rows.iter().map(|row| Ok(row.try_get("code")?)).collect()
    }
}

fn of_codes(codes: &[&str]) -> (String, Vec<Bind>) {
    let sql = format!("{COLUMNS} where code in {}", placeholders(0, codes.len()));
    (sql, codes.iter().map(|code| Bind::from(*code)).collect())
}

fn read(row: &AnyRow) -> Result<Item, StoreError> {
    let position: Option<i64> = row.try_get("position")?;
    Ok(Item {
        id: ItemId(row.try_get("id")?),
        body: BodyId(row.try_get("body_id")?),
        standard: row.try_get("standard")?,
        kind: row.try_get("kind")?,
        name: row.try_get("name")?,
        code: row.try_get("code")?,
        parent: row.try_get("parent_code")?,
        position: position.and_then(|it| it.try_into().ok()),
    })
}

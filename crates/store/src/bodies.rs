use domain::{
    item::{BodyId, BodyRef, ItemId},
    people::Scope,
    region::RegionCode,
};
use sqlx::{Row, any::AnyRow};
use time::Date;

use crate::{Store, StoreError, Tx, scope, sql::bind_all};

/// 实施主体的一行。
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Body {
    pub id: BodyId,
    pub region: RegionCode,
    pub body: BodyRef,
}

/// 实施主体和它现在的情形。
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptBody {
    pub body: Body,
    /// When it was closed, and who took its items.
    pub closed_on: Option<String>,
    pub successor: Option<BodyId>,
    pub n_items: i64,
    /// How many of its items are in force.
    pub n_live: i64,
    /// Some of its items bear codes.
    pub has_codes: bool,
}

pub(crate) const COLUMNS: &str = "select id, region, name, credit_code, letters from body";

impl Tx {
    pub async fn body(
        &mut self,
        region: RegionCode,
        name: &str,
    ) -> Result<Option<Body>, StoreError> {
        let sql = format!("{COLUMNS} where region = $1 and name = $2");
        let row = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(region.to_string())
            .bind(name)
            .fetch_optional(&mut *self.inner)
            .await?;
        row.as_ref().map(read).transpose()
    }

    /// Returns the body that holds these letters in its region.
    pub async fn body_with_letters(
        &mut self,
        region: RegionCode,
        letters: &str,
    ) -> Result<Option<Body>, StoreError> {
        let sql = format!("{COLUMNS} where region = $1 and letters = $2");
        let row = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(region.to_string())
            .bind(letters)
            .fetch_optional(&mut *self.inner)
            .await?;
        row.as_ref().map(read).transpose()
    }

    pub(crate) async fn body_by_id(&mut self, id: BodyId) -> Result<Option<Body>, StoreError> {
        let sql = format!("{COLUMNS} where id = $1");
        let row = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(id.0);
        row.fetch_optional(&mut *self.inner).await?.as_ref().map(read).transpose()
    }

    /// Returns the body that an item belongs to.
    pub async fn body_of(&mut self, item: ItemId) -> Result<Option<Body>, StoreError> {
        let sql = format!("{COLUMNS} where id = (select body_id from item where id = $1)");
        let row = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(item.0)
            .fetch_optional(&mut *self.inner)
            .await?;
        row.as_ref().map(read).transpose()
    }

    pub async fn add_body(
        &mut self,
        region: RegionCode,
        body: &BodyRef,
    ) -> Result<Body, StoreError> {
        let id = self.new_id().await?;
        sqlx::query(
            "insert into body (id, region, name, credit_code, letters) values ($1, $2, $3, $4, $5)",
        )
        .bind(id)
        .bind(region.to_string())
        .bind(&body.name)
        .bind(&body.credit_code)
        .bind(&body.letters)
        .execute(&mut *self.inner)
        .await?;
        Ok(Body { id: BodyId(id), region, body: body.clone() })
    }

    /// Fills in a credit code or letters that a body lacked; what it has stays.
    pub async fn complete_body(&mut self, id: BodyId, from: &BodyRef) -> Result<(), StoreError> {
        sqlx::query(
            "update body set credit_code = coalesce(credit_code, $1), letters = coalesce(letters, $2)
             where id = $3",
        )
        .bind(&from.credit_code)
        .bind(&from.letters)
        .bind(id.0)
        .execute(&mut *self.inner)
        .await?;
        Ok(())
    }
}

impl Tx {
    /// Writes what is registered of a body, over what was.
    pub async fn register_body(&mut self, id: BodyId, body: &BodyRef) -> Result<(), StoreError> {
        let sql = "update body set name = $1, credit_code = $2, letters = $3 where id = $4";
        let values = vec![
            body.name.as_str().into(),
            body.credit_code.clone().into(),
            body.letters.clone().into(),
            id.0.into(),
        ];
        bind_all(sql.to_owned(), values).execute(&mut *self.inner).await?;
        Ok(())
    }

    /// Closes a body and gives its items to its successor, under none of its 目录 or groups. What
    /// was published stays as it was.
    pub async fn close_body(
        &mut self,
        id: BodyId,
        successor: BodyId,
        on: Date,
    ) -> Result<(), StoreError> {
        let sql = "update body set closed_on = $1, successor_id = $2
                   where id = $3 and closed_on is null";
        let values = vec![on.to_string().into(), successor.0.into(), id.0.into()];
        self.change_one(sql, values, ("实施主体", id.0)).await?;
        let sql = "update item set body_id = $1, directory_id = null, group_id = null
                   where body_id = $2";
        let values = vec![successor.0.into(), id.0.into()];
        bind_all(sql.to_owned(), values).execute(&mut *self.inner).await?;
        self.mark_body_for_queries(successor).await
    }

    /// Returns the items of a body, in the order of their making.
    pub async fn items_of(&mut self, body: BodyId) -> Result<Vec<ItemId>, StoreError> {
        let sql = "select id from item where body_id = $1 order by id";
        let rows =
            bind_all(sql.to_owned(), vec![body.0.into()]).fetch_all(&mut *self.inner).await?;
        rows.iter().map(|row| Ok(ItemId(row.try_get("id")?))).collect()
    }
}

impl Store {
    /// Returns the bodies in a scope with what they have, by region and in the order of their
    /// making; closed ones last.
    pub async fn kept_bodies(&self, scope: Scope) -> Result<Vec<KeptBody>, StoreError> {
        let mut values = Vec::new();
        let within = scope::condition(scope, "b.id", "b.region", &mut values);
        let sql = format!(
            "select b.id, b.region, b.name, b.credit_code, b.letters, b.closed_on, b.successor_id,
                    count(i.id) as n_items, count(e.id) as n_live, count(i.code) as n_codes
             from body b left join item i on i.body_id = b.id
             left join edition e on e.item_id = i.id and e.state in ('published', 'suspended')
             where {within}
             group by b.id, b.region, b.name, b.credit_code, b.letters, b.closed_on, b.successor_id
             order by case when b.closed_on is null then 0 else 1 end, b.region, b.id"
        );
        let rows = bind_all(sql, values).fetch_all(&self.readers).await?;
        rows.iter().map(read_kept).collect()
    }

    pub async fn body_by_id(&self, id: BodyId) -> Result<Option<Body>, StoreError> {
        let sql = format!("{COLUMNS} where id = $1");
        let row = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(id.0);
        row.fetch_optional(&self.readers).await?.as_ref().map(read).transpose()
    }

    /// Returns the bodies of a region and all below it, in the order of their making.
    pub async fn bodies(&self, region: Option<RegionCode>) -> Result<Vec<Body>, StoreError> {
        let sql = format!("{COLUMNS} order by id");
        let rows = sqlx::query(sqlx::AssertSqlSafe(sql)).fetch_all(&self.readers).await?;
        let bodies: Result<Vec<Body>, StoreError> = rows.iter().map(read).collect();
        let mut bodies = bodies?;
        bodies.retain(|body| region.is_none_or(|region| region.contains(&body.region)));
        Ok(bodies)
    }
}

pub(crate) fn read(row: &AnyRow) -> Result<Body, StoreError> {
    let id: i64 = row.try_get("id")?;
    let region: String = row.try_get("region")?;
    let region = RegionCode::parse(&region).map_err(|err| StoreError::Inconsistent {
        table: "body",
        id,
        detail: err.to_string(),
    })?;
    let body = BodyRef {
        name: row.try_get("name")?,
        credit_code: row.try_get("credit_code")?,
        letters: row.try_get("letters")?,
    };
    Ok(Body { id: BodyId(id), region, body })
}

fn read_kept(row: &AnyRow) -> Result<KeptBody, StoreError> {
    let n_codes: i64 = row.try_get("n_codes")?;
    let successor: Option<i64> = row.try_get("successor_id")?;
    Ok(KeptBody {
        body: read(row)?,
        closed_on: row.try_get("closed_on")?,
        successor: successor.map(BodyId),
        n_items: row.try_get("n_items")?,
        n_live: row.try_get("n_live")?,
        has_codes: n_codes > 0,
    })
}

use domain::{
    item::{BodyId, BodyRef},
    region::RegionCode,
};
use sqlx::{Row, any::AnyRow};

use crate::{Store, StoreError, Tx};

/// 实施主体的一行。
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Body {
    pub id: BodyId,
    pub region: RegionCode,
    pub body: BodyRef,
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

impl Store {
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

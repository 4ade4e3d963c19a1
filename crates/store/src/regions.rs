use domain::region::{Level, RegionCode, regions};
use sqlx::{Row, any::AnyRow};

use crate::{Store, StoreError, Tx, sql::Bind};

impl Store {
    /// Brings the regions of the country in, once.
    pub(crate) async fn load_regions(&self) -> Result<(), StoreError> {
        let counted = "select count(*) as n from region";
        let n: i64 = sqlx::query(counted).fetch_one(&self.readers).await?.try_get("n")?;
        if n > 0 {
            return Ok(());
        }
        let mut tx = self.begin().await?;
        let rows = regions::all().map(|region| {
            vec![
                Bind::Text(region.code.to_string()),
                region.name.into(),
                region.parent.map(|it| it.to_string()).into(),
                level_word(region.level).into(),
            ]
        });
        let rows = rows.collect();
        tx.insert_missing("region (code, name, parent, level)", rows).await?;
        tx.commit().await
    }

    /// Counts the regions of a level, for `readyz` and tests.
    pub async fn count_regions(&self, level: Level) -> Result<i64, StoreError> {
        let row = sqlx::query("select count(*) as n from region where level = $1")
            .bind(level_word(level))
            .fetch_one(&self.readers)
            .await?;
        Ok(row.try_get("n")?)
    }
}

/// 乡镇和它在县编码规则里的两位代码。
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Township {
    pub code: RegionCode,
    pub name: String,
    pub digits: Option<String>,
}

impl Store {
    /// Returns the townships of a county, in the order of their codes.
    pub async fn townships(&self, county: RegionCode) -> Result<Vec<Township>, StoreError> {
        let sql = "select code, name, township_digits from region
                   where parent = $1 and level = 'township' order by code";
        let rows = sqlx::query(sql).bind(county.to_string()).fetch_all(&self.readers).await?;
        let township = |row: &AnyRow| {
            let code: String = row.try_get("code")?;
            let wrong =
                |detail: String| StoreError::Inconsistent { table: "region", id: 0, detail };
            Ok(Township {
                code: RegionCode::parse(&code).map_err(|err| wrong(err.to_string()))?,
                name: row.try_get("name")?,
                digits: row.try_get("township_digits")?,
            })
        };
        rows.iter().map(township).collect()
    }
}

impl Tx {
    /// Registers a township's two digits in its county's own code rule.
    pub async fn register_township(
        &mut self,
        township: RegionCode,
        digits: &str,
    ) -> Result<(), StoreError> {
        let registered = sqlx::query(
            "update region set township_digits = $1 where code = $2 and level = 'township'",
        )
        .bind(digits)
        .bind(township.to_string())
        .execute(&mut *self.inner)
        .await?;
        if registered.rows_affected() == 1 {
            return Ok(());
        }
        let id = township.to_string().parse().unwrap_or_default();
        let detail = "区划表里没有这个乡镇（街道）".to_owned();
        Err(StoreError::Inconsistent { table: "region", id, detail })
    }

    /// Returns the eight digits that the county rule writes for a region, if they are known.
    pub(crate) async fn area_digits(
        &mut self,
        region: RegionCode,
    ) -> Result<Option<String>, StoreError> {
        if region.level() != Level::Township {
            return Ok(Some(format!("{region}00")));
        }
        let row = sqlx::query("select parent, township_digits from region where code = $1")
            .bind(region.to_string())
            .fetch_optional(&mut *self.inner)
            .await?;
        let Some(row) = row else { return Ok(None) };
        let parent: Option<String> = row.try_get("parent")?;
        let digits: Option<String> = row.try_get("township_digits")?;
        Ok(parent.zip(digits).map(|(parent, digits)| parent + &digits))
    }
}

fn level_word(level: Level) -> &'static str {
    match level {
        Level::Province => "province",
        Level::City => "city",
        Level::County => "county",
        Level::Township => "township",
    }
}

use sqlx::Row;

use crate::{StoreError, Tx};

impl Tx {
    /// Takes the next number of a scope; a rolled back one is given out again, so there is no gap.
    pub(crate) async fn next_serial(&mut self, scope: &str) -> Result<u32, StoreError> {
        let row = sqlx::query(
            "insert into serial (scope, next) values ($1, 2)
             on conflict (scope) do update set next = serial.next + 1
             returning next",
        )
        .bind(scope)
        .fetch_one(&mut *self.inner)
        .await?;
        let next: i64 = row.try_get("next")?;
        u32::try_from(next - 1).map_err(|_| StoreError::Inconsistent {
            table: "serial",
            id: next,
            detail: format!("流水号超出范围：{scope}"),
        })
    }

    /// Notes that a number of a scope came from outside, so that it is not given out.
    pub(crate) async fn reserve_serial(
        &mut self,
        scope: &str,
        number: u32,
    ) -> Result<(), StoreError> {
        sqlx::query(
            "insert into serial (scope, next) values ($1, $2)
             on conflict (scope) do update
             set next = case when serial.next > $3 then serial.next else $4 end",
        )
        .bind(scope)
        .bind(i64::from(number) + 1)
        .bind(i64::from(number))
        .bind(i64::from(number) + 1)
        .execute(&mut *self.inner)
        .await?;
        Ok(())
    }
}

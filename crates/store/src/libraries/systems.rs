use domain::people::Scope;
use sqlx::{Row, any::AnyRow};

use super::owned::{Kept, OWNER, Saving, owner_binds, read_owner};
use crate::{
    Store, StoreError, Tx,
    sql::{Bind, bind_all},
};

/// 业务系统：办理事项用的系统。
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct System {
    pub name: String,
    pub address: String,
    /// 主管单位。
    pub owner: String,
    pub phone: String,
}

/// 登记业务系统的毛病。
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SystemFault {
    #[error("写上名称，100 个字以内")]
    Name,
}

const COLUMNS: &str = "t.id, t.revision, t.name, t.address, t.owner, t.phone, t.saved_at";

impl System {
    pub fn faults(&self) -> Vec<SystemFault> {
        let is_named = !self.name.trim().is_empty() && self.name.chars().count() <= 100;
        Vec::from_iter((!is_named).then_some(SystemFault::Name))
    }
}

impl Store {
    /// Returns the systems that an officer may use, by name.
    pub async fn systems(&self, scope: Scope) -> Result<Vec<Kept<System>>, StoreError> {
        self.systems_where(scope, "1 = 1", Vec::new()).await
    }

    pub async fn system(&self, scope: Scope, id: i64) -> Result<Option<Kept<System>>, StoreError> {
        Ok(self.systems_where(scope, "t.id = $1", vec![id.into()]).await?.pop())
    }

    async fn systems_where(
        &self,
        scope: Scope,
        condition: &str,
        mut values: Vec<Bind>,
    ) -> Result<Vec<Kept<System>>, StoreError> {
        let (own, usable) = self.shared(scope, &mut values).await?;
        let sql = format!(
            "select {COLUMNS}, {OWNER}, case when {own} then 1 else 0 end as own
             from business_system t left join body b on b.id = t.body_id
             where {condition} and {usable} order by t.name, t.id"
        );
        let rows = bind_all(sql, values).fetch_all(&self.readers).await?;
        rows.iter().map(read).collect()
    }
}

impl Tx {
    pub async fn add_system(
        &mut self,
        owner: Scope,
        system: &System,
        saving: Saving,
    ) -> Result<i64, StoreError> {
        let id = self.new_id().await?;
        let into = "business_system (id, revision, region, body_id, name, address, owner, phone, \
                    saved_by, saved_at)";
        let [region, body] = owner_binds(owner);
        let mut row = vec![id.into(), 0.into(), region, body];
        row.extend(columns(system, saving));
        self.insert(into, vec![row]).await?;
        Ok(id)
    }

    pub async fn change_system(
        &mut self,
        old: &Kept<System>,
        new: &System,
        saving: Saving,
    ) -> Result<(), StoreError> {
        let sql = "update business_system set revision = revision + 1, name = $1, address = $2, \
                   owner = $3, phone = $4, saved_by = $5, saved_at = $6 \
                   where id = $7 and revision = $8";
        let mut values = columns(new, saving);
        values.extend([old.id.into(), old.revision.into()]);
        let done = bind_all(sql.to_owned(), values).execute(&mut *self.inner).await?;
        match done.rows_affected() {
            1 => Ok(()),
            _ => Err(StoreError::Stale { what: "业务系统", id: old.id }),
        }
    }
}

fn columns(system: &System, saving: Saving) -> Vec<Bind> {
    let System { name, address, owner, phone } = system;
    let mut values: Vec<Bind> =
        [name, address, owner, phone].map(|it| Bind::from(it.as_str())).into();
    values.extend(saving.binds());
    values
}

fn read(row: &AnyRow) -> Result<Kept<System>, StoreError> {
    let id: i64 = row.try_get("id")?;
    let own: i64 = row.try_get("own")?;
    Ok(Kept {
        id,
        revision: row.try_get("revision")?,
        owner: read_owner("business_system", id, row)?,
        is_own: own == 1,
        entry: System {
            name: row.try_get("name")?,
            address: row.try_get("address")?,
            owner: row.try_get("owner")?,
            phone: row.try_get("phone")?,
        },
        saved_at: row.try_get("saved_at")?,
    })
}

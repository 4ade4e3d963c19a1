//! Entries that are kept one by one, each with its owner and its revision.

use domain::{
    library::{Place, System},
    people::Scope,
};
use sqlx::{Row, any::AnyRow};

use super::owned::{Kept, OWNER, OWNER_COLUMNS, Saving};
use crate::{
    Store, StoreError, Tx, scope,
    sql::{Bind, bind_all},
};

/// 一条一条登记的：places, systems, help documents. Only this crate has them.
pub trait Keepable: Columns {}

impl<T: Columns> Keepable for T {}

/// What is an entry's own of its table.
pub trait Columns: Sized + Send + Sync {
    const TABLE: &'static str;
    /// What an entry is called, where somebody changed it first.
    const WHAT: &'static str;
    const COLUMNS: &'static [&'static str];
    /// The column that puts them in order.
    const ORDER: &'static str;

    /// Returns the values of the columns.
    fn binds(&self) -> Vec<Bind>;
    fn read(row: &AnyRow) -> Result<Self, sqlx::Error>;
}

impl Store {
    /// Returns the entries that an officer may use, in their order.
    pub async fn kept<T: Keepable>(&self, scope: Scope) -> Result<Vec<Kept<T>>, StoreError> {
        self.kept_where(scope, "1 = 1", Vec::new()).await
    }

    pub async fn kept_one<T: Keepable>(
        &self,
        scope: Scope,
        id: i64,
    ) -> Result<Option<Kept<T>>, StoreError> {
        Ok(self.kept_where(scope, "t.id = $1", vec![id.into()]).await?.pop())
    }

    async fn kept_where<T: Keepable>(
        &self,
        scope: Scope,
        condition: &str,
        mut values: Vec<Bind>,
    ) -> Result<Vec<Kept<T>>, StoreError> {
        let (own, usable) = self.shared(scope, &mut values).await?;
        let columns: String = T::COLUMNS.iter().map(|it| format!("t.{it}, ")).collect();
        let (table, order) = (T::TABLE, T::ORDER);
        let sql = format!(
            "select t.id, t.revision, t.saved_at, {columns}{OWNER},
                    case when {own} then 1 else 0 end as own
             from {table} t left join body b on b.id = t.body_id
             where {condition} and {usable} order by t.{order}, t.id"
        );
        let rows = bind_all(sql, values).fetch_all(&self.readers).await?;
        rows.iter().map(read).collect()
    }
}

impl Tx {
    /// Adds an entry that is its owner's, and returns its id.
    pub async fn keep<T: Keepable>(
        &mut self,
        owner: Scope,
        entry: &T,
        saving: Saving,
    ) -> Result<i64, StoreError> {
        let id = self.new_id().await?;
        let columns = T::COLUMNS.join(", ");
        let into =
            format!("{} (id, revision, region, body_id, {columns}, saved_by, saved_at)", T::TABLE);
        let [region, body] = scope::columns(owner);
        let mut row = vec![id.into(), 0.into(), region, body];
        row.extend(entry.binds());
        row.extend(saving.binds());
        self.insert(&into, vec![row]).await?;
        Ok(id)
    }

    /// Writes an entry over what was read of it.
    pub async fn correct<T: Keepable>(
        &mut self,
        old: &Kept<T>,
        new: &T,
        saving: Saving,
    ) -> Result<(), StoreError> {
        let columns = T::COLUMNS.iter().copied().chain(["saved_by", "saved_at"]);
        let set: Vec<String> = (1..).zip(columns).map(|(n, it)| format!("{it} = ${n}")).collect();
        let n = set.len();
        let sql = format!(
            "update {} set revision = revision + 1, {} where id = ${} and revision = ${}",
            T::TABLE,
            set.join(", "),
            n + 1,
            n + 2
        );
        let mut values = new.binds();
        values.extend(saving.binds());
        self.on_kept(sql, values, old).await
    }

    /// Takes an entry away as it was read.
    pub async fn remove<T: Keepable>(&mut self, old: &Kept<T>) -> Result<(), StoreError> {
        let sql = format!("delete from {} where id = $1 and revision = $2", T::TABLE);
        self.on_kept(sql, Vec::new(), old).await
    }

    async fn on_kept<T: Keepable>(
        &mut self,
        sql: String,
        mut values: Vec<Bind>,
        old: &Kept<T>,
    ) -> Result<(), StoreError> {
        values.extend([old.id.into(), old.revision.into()]);
        self.change_one(sql, values, (T::WHAT, old.id)).await
    }
}

impl Columns for Place {
    const TABLE: &'static str = "place";
    const WHAT: &'static str = "采集地址";
    const COLUMNS: &'static [&'static str] =
        &["name", "address", "hours", "phone", "traffic", "coordinates", "windows"];
    const ORDER: &'static str = "name";

    fn binds(&self) -> Vec<Bind> {
        let Place { name, address, hours, phone, traffic, coordinates, windows } = self;
        let texts = [name, address, hours, phone, traffic, coordinates, windows];
        texts.map(|it| Bind::from(it.as_str())).into()
    }

    fn read(row: &AnyRow) -> Result<Place, sqlx::Error> {
        Ok(Place {
            name: row.try_get("name")?,
            address: row.try_get("address")?,
            hours: row.try_get("hours")?,
            phone: row.try_get("phone")?,
            traffic: row.try_get("traffic")?,
            coordinates: row.try_get("coordinates")?,
            windows: row.try_get("windows")?,
        })
    }
}

impl Columns for System {
    const TABLE: &'static str = "business_system";
    const WHAT: &'static str = "业务系统";
    const COLUMNS: &'static [&'static str] = &["name", "address", "owner", "phone"];
    const ORDER: &'static str = "name";

    fn binds(&self) -> Vec<Bind> {
        let System { name, address, owner, phone } = self;
        [name, address, owner, phone].map(|it| Bind::from(it.as_str())).into()
    }

    fn read(row: &AnyRow) -> Result<System, sqlx::Error> {
        Ok(System {
            name: row.try_get("name")?,
            address: row.try_get("address")?,
            owner: row.try_get("owner")?,
            phone: row.try_get("phone")?,
        })
    }
}

fn read<T: Keepable>(row: &AnyRow) -> Result<Kept<T>, StoreError> {
    let (id, own): (i64, i64) = (row.try_get("id")?, row.try_get("own")?);
    Ok(Kept {
        id,
        revision: row.try_get("revision")?,
        owner: scope::read(row, OWNER_COLUMNS, (T::TABLE, id))?,
        is_own: own == 1,
        entry: T::read(row)?,
        saved_at: row.try_get("saved_at")?,
    })
}

use domain::{
    library::{Place, PlaceId},
    people::Scope,
};
use sqlx::{Row, any::AnyRow};

use super::owned::{Kept, OWNER, Saving, owner_binds, read_owner};
use crate::{
    Store, StoreError, Tx,
    sql::{Bind, bind_all},
};

const COLUMNS: &str = "t.id, t.revision, t.name, t.address, t.hours, t.phone, t.traffic, \
     t.coordinates, t.windows, t.saved_at";

impl Store {
    /// Returns the places that an officer may use, by name.
    pub async fn places(&self, scope: Scope) -> Result<Vec<Kept<Place>>, StoreError> {
        self.places_where(scope, "1 = 1", Vec::new()).await
    }

    pub async fn place(
        &self,
        scope: Scope,
        id: PlaceId,
    ) -> Result<Option<Kept<Place>>, StoreError> {
        let mut found = self.places_where(scope, "t.id = $1", vec![id.0.into()]).await?;
        Ok(found.pop())
    }

    async fn places_where(
        &self,
        scope: Scope,
        condition: &str,
        mut values: Vec<Bind>,
    ) -> Result<Vec<Kept<Place>>, StoreError> {
        let (own, usable) = self.shared(scope, &mut values).await?;
        let sql = format!(
            "select {COLUMNS}, {OWNER}, case when {own} then 1 else 0 end as own
             from place t left join body b on b.id = t.body_id
             where {condition} and {usable} order by t.name, t.id"
        );
        let rows = bind_all(sql, values).fetch_all(&self.readers).await?;
        rows.iter().map(read).collect()
    }
}

impl Tx {
    pub async fn add_place(
        &mut self,
        owner: Scope,
        place: &Place,
        saving: Saving,
    ) -> Result<PlaceId, StoreError> {
        let id = self.new_id().await?;
        let into = "place (id, revision, region, body_id, name, address, hours, phone, traffic, \
                    coordinates, windows, saved_by, saved_at)";
        let [region, body] = owner_binds(owner);
        let mut row = vec![id.into(), 0.into(), region, body];
        row.extend(columns(place, saving));
        self.insert(into, vec![row]).await?;
        Ok(PlaceId(id))
    }

    pub async fn change_place(
        &mut self,
        old: &Kept<Place>,
        new: &Place,
        saving: Saving,
    ) -> Result<(), StoreError> {
        let sql = "update place set revision = revision + 1, name = $1, address = $2, hours = $3, \
                   phone = $4, traffic = $5, coordinates = $6, windows = $7, saved_by = $8, \
                   saved_at = $9 where id = $10 and revision = $11";
        let mut values = columns(new, saving);
        values.extend([old.id.into(), old.revision.into()]);
        let done = bind_all(sql.to_owned(), values).execute(&mut *self.inner).await?;
        match done.rows_affected() {
            1 => Ok(()),
            _ => Err(StoreError::Stale { what: "采集地址", id: old.id }),
        }
    }
}

fn columns(place: &Place, saving: Saving) -> Vec<Bind> {
    let Place { name, address, hours, phone, traffic, coordinates, windows } = place;
    let texts = [name, address, hours, phone, traffic, coordinates, windows];
    let mut values: Vec<Bind> = texts.map(|it| Bind::from(it.as_str())).into();
    values.extend(saving.binds());
    values
}

fn read(row: &AnyRow) -> Result<Kept<Place>, StoreError> {
    let id: i64 = row.try_get("id")?;
    let own: i64 = row.try_get("own")?;
    Ok(Kept {
        id,
        revision: row.try_get("revision")?,
        owner: read_owner("place", id, row)?,
        is_own: own == 1,
        entry: Place {
            name: row.try_get("name")?,
            address: row.try_get("address")?,
            hours: row.try_get("hours")?,
            phone: row.try_get("phone")?,
            traffic: row.try_get("traffic")?,
            coordinates: row.try_get("coordinates")?,
            windows: row.try_get("windows")?,
        },
        saved_at: row.try_get("saved_at")?,
    })
}

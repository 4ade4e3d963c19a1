//! Keeping the index of queries in step with the editions, a few items at a time: what was
//! decided is followed by its events, what was only saved by its mark.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    checks::{self, Subject},
    item::{BodyId, ItemId, ItemRecord},
    query::{Said, Standing},
    region::RegionCode,
    standard::Standards,
};
use sqlx::Row;
use time::Date;

use super::{found::Found, office, page::read_said};
use crate::{
    Store, StoreError, Tx,
    backup::FOLLOWED,
    sql::{Bind, bind_all, placeholders},
};

/// 综合查询还差多少没有跟上。
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Due {
    pub is_rebuilding: bool,
    /// Events and saved drafts that wait.
    pub n_waiting: i64,
}

/// An item as it is to be found.
struct Entry {
    item: i64,
    office: i64,
    said: Said,
}

/// How far the follower is.
struct Progress {
    event_seq: i64,
    rebuilt_to: Option<i64>,
}

impl Store {
    /// Brings queries further by at most `limit` items, and returns how many it took; `None`
    /// once they have all. What is found of them is as of `today`.
    pub async fn follow_queries(
        &self,
        standards: &Standards,
        today: Date,
        limit: u32,
    ) -> Result<Option<usize>, StoreError> {
        if self.queries_due().await? == Due::default() {
            return Ok(None);
        }
        let mut tx = self.begin().await?;
        let items = tx.take_due(limit).await?;
        let entries = self.entries(&mut tx, &items, standards, today).await?;
        tx.put_entries(&entries).await?;
        tx.commit().await?;
        Ok(Some(items.len()))
    }

    /// Tells what queries lack.
    pub async fn queries_due(&self) -> Result<Due, StoreError> {
        let row = sqlx::query(
            "select p.event_seq, p.rebuilt_to,
                    (select coalesce(max(seq), 0) from event) as last_seq,
                    (select count(*) from query_due) as n_due
             from query_progress p",
        )
        .fetch_optional(&self.readers)
        .await?;
        let Some(row) = row else { return Ok(Due { is_rebuilding: true, n_waiting: 0 }) };
        let (last, seq): (i64, i64) = (row.try_get("last_seq")?, row.try_get("event_seq")?);
        let n_due: i64 = row.try_get("n_due")?;
        let rebuilt_to: Option<i64> = row.try_get("rebuilt_to")?;
        Ok(Due { is_rebuilding: rebuilt_to.is_some(), n_waiting: last - seq + n_due })
    }

    /// Has the index of queries made anew; the follower does it.
    pub async fn forget_queries(&self) -> Result<(), StoreError> {
        let mut tx = self.begin().await?;
        for table in FOLLOWED.iter().filter(|it| **it != "query_due") {
            let sql = sqlx::AssertSqlSafe(format!("delete from {table}"));
            sqlx::query(sql).execute(&mut *tx.inner).await?;
        }
        tx.commit().await
    }

    /// Reads what the items say now.
    async fn entries(
        &self,
        tx: &mut Tx,
        items: &[ItemId],
        standards: &Standards,
        today: Date,
    ) -> Result<Vec<Entry>, StoreError> {
        let regions = tx.regions_of(items).await?;
        let found = tx.found_in_step(items).await?;
        let records: Vec<&ItemRecord> = found.iter().map(|it| &it.current.record).collect();
        let around = self.around(&records, today).await?;
        let mut entries = Vec::with_capacity(found.len());
        for item in &found {
            let Some((body, region)) = regions.get(&item.item) else { continue };
            let record = &item.current.record;
            let standard = standards.get(&record.standard);
            let findings = standard.map_or_else(Vec::new, |standard| {
                checks::run(&Subject { record, standard, surroundings: &around })
            });
            let standing = Standing {
                current: &item.current,
                open: item.working(),
                live: item.live(),
                findings: &findings,
            };
            let said = Said::of(standing, standard);
            entries.push(Entry {
                item: item.item.0,
                office: office::number(*region, *body)?,
                said,
            });
        }
        Ok(entries)
    }
}

impl Tx {
    /// Has queries look at items again. To be called with every step that changes what an item
    /// says, but for a decision, which they follow by its event.
    pub(crate) async fn mark_for_queries(&mut self, items: &[ItemId]) -> Result<(), StoreError> {
        let rows = items.iter().map(|it| vec![Bind::Int(it.0)]).collect();
        // The row is taken even where it is there, so that a follower who takes it away
        // meanwhile waits for what this step writes.
        let taken = "on conflict (item_id) do update set item_id = excluded.item_id";
        self.insert_rows("query_due (item_id)", rows, taken).await
    }

    /// Has queries look at all items of a body again, which may be found within another scope now.
    pub(crate) async fn mark_body_for_queries(&mut self, body: BodyId) -> Result<(), StoreError> {
        let rows = sqlx::query("select id from item where body_id = $1")
            .bind(body.0)
            .fetch_all(&mut *self.inner)
            .await?;
        let items: Result<Vec<ItemId>, StoreError> =
            rows.iter().map(|row| Ok(ItemId(row.try_get("id")?))).collect();
        self.mark_for_queries(&items?).await
    }

    /// Returns the next items to look at, and notes that they were.
    async fn take_due(&mut self, limit: u32) -> Result<Vec<ItemId>, StoreError> {
        let progress = self.hold_progress().await?;
        let mut items = BTreeSet::new();
        let next = match progress.rebuilt_to {
            Some(after) => {
                let taken = self.items_after(after, limit).await?;
                let is_last = taken.len() < limit as usize;
                items.extend(taken.iter().copied());
                let rebuilt_to = taken.last().copied().filter(|_| !is_last);
                Progress { rebuilt_to, ..progress }
            }
            None => {
                let (event_seq, decided) = self.decided_after(progress.event_seq, limit).await?;
                items.extend(decided);
                items.extend(self.take_marked(limit).await?);
                Progress { event_seq, rebuilt_to: None }
            }
        };
        sqlx::query("update query_progress set event_seq = $1, rebuilt_to = $2")
            .bind(next.event_seq)
            .bind(next.rebuilt_to)
            .execute(&mut *self.inner)
            .await?;
        Ok(items.into_iter().map(ItemId).collect())
    }

    /// Takes the progress for this step alone; where there is none, a rebuilding begins.
    async fn hold_progress(&mut self) -> Result<Progress, StoreError> {
        let row = sqlx::query(
            "insert into query_progress (one, event_seq, rebuilt_to)
             values (1, (select coalesce(max(seq), 0) from event), -1)
             on conflict (one) do update set event_seq = query_progress.event_seq
             returning event_seq, rebuilt_to",
        )
        .fetch_one(&mut *self.inner)
        .await?;
        Ok(Progress {
            event_seq: row.try_get("event_seq")?,
            rebuilt_to: row.try_get("rebuilt_to")?,
        })
    }

    async fn items_after(&mut self, after: i64, limit: u32) -> Result<Vec<i64>, StoreError> {
        let rows = sqlx::query("select id from item where id > $1 order by id limit $2")
            .bind(after)
            .bind(i64::from(limit))
            .fetch_all(&mut *self.inner)
            .await?;
        rows.iter().map(|row| Ok(row.try_get("id")?)).collect()
    }

    async fn decided_after(&mut self, seq: i64, limit: u32) -> Result<(i64, Vec<i64>), StoreError> {
        let rows = sqlx::query(
            "select event.seq, edition.item_id
             from event join edition on edition.id = event.edition_id
             where event.seq > $1 order by event.seq limit $2",
        )
        .bind(seq)
        .bind(i64::from(limit))
        .fetch_all(&mut *self.inner)
        .await?;
        let last = rows.last().map_or(Ok(seq), |row| row.try_get("seq"))?;
        let items = rows.iter().map(|row| Ok(row.try_get("item_id")?));
        Ok((last, items.collect::<Result<_, StoreError>>()?))
    }

    async fn take_marked(&mut self, limit: u32) -> Result<Vec<i64>, StoreError> {
        let rows = sqlx::query(
            "delete from query_due where item_id in
             (select item_id from query_due order by item_id limit $1) returning item_id",
        )
        .bind(i64::from(limit))
        .fetch_all(&mut *self.inner)
        .await?;
        rows.iter().map(|row| Ok(row.try_get("item_id")?)).collect()
    }

    async fn found_in_step(&mut self, items: &[ItemId]) -> Result<Vec<Found>, StoreError> {
        let mut found: Vec<Found> = Vec::with_capacity(items.len());
        for items in items.chunks(200) {
            // By item, the older one first.
            for edition in self.current_editions(items).await? {
                match found.last_mut().filter(|it| it.item == edition.item) {
                    Some(item) => item.take(edition),
                    None => found.push(Found::of(BodyId(0), edition)),
                }
            }
        }
        Ok(found)
    }

    async fn regions_of(
        &mut self,
        items: &[ItemId],
    ) -> Result<BTreeMap<ItemId, (BodyId, RegionCode)>, StoreError> {
        let mut regions = BTreeMap::new();
        for items in items.chunks(200) {
            let list = placeholders(0, items.len());
            let sql = format!(
                "select item.id, item.body_id, body.region from item
                 join body on body.id = item.body_id where item.id in {list}"
            );
            let ids = items.iter().map(|it| Bind::Int(it.0)).collect();
            for row in bind_all(sql, ids).fetch_all(&mut *self.inner).await? {
                let (body, region): (i64, String) =
                    (row.try_get("body_id")?, row.try_get("region")?);
                let region = RegionCode::parse(&region).map_err(|err| {
                    StoreError::Inconsistent { table: "body", id: body, detail: err.to_string() }
                })?;
                regions.insert(ItemId(row.try_get("id")?), (BodyId(body), region));
            }
        }
        Ok(regions)
    }

    async fn put_entries(&mut self, entries: &[Entry]) -> Result<(), StoreError> {
        let before = self.entries_of(entries).await?;
        let (mut terms, mut added, mut items) = (BTreeSet::new(), Vec::new(), Vec::new());
        for entry in entries {
            let new = entry.said.terms();
            let mut kept = BTreeSet::new();
            if let Some((office, said)) = before.get(&entry.item) {
                if *office == entry.office && *said == entry.said {
                    continue;
                }
                let old = said.terms();
                if *office == entry.office {
                    kept = old.intersection(&new).cloned().collect();
                }
                let gone = old.difference(&kept).map(|term| term.id()).collect();
                self.take_entries(*office, entry.item, gone).await?;
            }
            for term in new.difference(&kept) {
                added.push(vec![Bind::Int(term.id()), entry.office.into(), entry.item.into()]);
                terms.insert(term.clone());
            }
            let said = serde_json::to_string(&entry.said).expect("keys are strings");
            items.push(vec![Bind::Int(entry.item), entry.office.into(), said.into()]);
        }
        let terms = terms.iter().map(|term| {
            vec![Bind::from(term.key.as_str()), term.value.as_str().into(), term.id().into()]
        });
        self.insert_missing("query_term (key, value, term)", terms.collect()).await?;
        self.insert_missing("query_entry (term, office, item_id)", added).await?;
        let otherwise = "on conflict (item_id) do update
                         set office = excluded.office, said = excluded.said";
        self.insert_rows("query_item (item_id, office, said)", items, otherwise).await
    }

    async fn entries_of(
        &mut self,
        entries: &[Entry],
    ) -> Result<BTreeMap<i64, (i64, Said)>, StoreError> {
        let mut before = BTreeMap::new();
        for entries in entries.chunks(200) {
            let list = placeholders(0, entries.len());
            let sql =
                format!("select item_id, office, said from query_item where item_id in {list}");
            let ids = entries.iter().map(|it| Bind::Int(it.item)).collect();
            for row in bind_all(sql, ids).fetch_all(&mut *self.inner).await? {
                let id: i64 = row.try_get("item_id")?;
                let said: String = row.try_get("said")?;
                before.insert(id, (row.try_get("office")?, read_said(id, &said)?));
            }
        }
        Ok(before)
    }

    async fn take_entries(
        &mut self,
        office: i64,
        item: i64,
        terms: Vec<i64>,
    ) -> Result<(), StoreError> {
        for terms in terms.chunks(200) {
            let mut values = vec![Bind::Int(office), item.into()];
            values.extend(terms.iter().map(|it| Bind::Int(*it)));
            let list = placeholders(2, terms.len());
            let sql = format!(
                "delete from query_entry where office = $1 and item_id = $2 and term in {list}"
            );
            bind_all(sql, values).execute(&mut *self.inner).await?;
        }
        Ok(())
    }
}

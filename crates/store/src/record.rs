use domain::{
    edition::{Action, Decision, State},
    event::{Event, event_hash},
    publication::publication_hash,
};
use sqlx::Row;

use crate::{
    StoreError, Tx,
    chains::{Chain, Head},
    sql::{Bind, bind_all, placeholders},
};

/// Editions that are moved by one statement; see `sql::MAX_PARAMETERS`.
const MOVED_AT_ONCE: usize = 200;

/// Where a decision takes an edition, from where.
#[derive(PartialEq, Eq)]
struct Move<'a> {
    from: State,
    revision: i64,
    to: State,
    desk: Option<&'a str>,
    /// Who submits it, if it is submitted.
    submitted_by: Option<i64>,
}

impl<'a> Move<'a> {
    fn of(decision: &'a Decision) -> Move<'a> {
        let edition = decision.edition();
        Move {
            from: edition.state,
            revision: edition.revision,
            to: decision.to(),
            desk: decision.desk(),
            submitted_by: (decision.action() == Action::Submit).then_some(decision.by().0),
        }
    }
}

impl Tx {
    /// Writes down decisions in their order: the states, an event each, and what the
    /// public is told. Refused as stale if anybody moved an edition since it was read.
    ///
    /// This is the only writer of a state, of events and of publications.
    pub async fn record(&mut self, decisions: &[Decision]) -> Result<(), StoreError> {
        if decisions.is_empty() {
            return Ok(());
        }
        for alike in decisions.chunk_by(|a, b| Move::of(a) == Move::of(b)) {
            for decisions in alike.chunks(MOVED_AT_ONCE) {
                self.move_editions(&Move::of(&alike[0]), decisions).await?;
            }
        }
        // Always the events' head first: two steps that held one head each would wait for ever.
        let events = self.take_head(Chain::Event).await?;
        self.publish(decisions).await?;
        self.write_events(decisions, events).await
    }

    /// Moves editions that go the same way in one statement.
    async fn move_editions(
        &mut self,
        step: &Move<'_>,
        decisions: &[Decision],
    ) -> Result<(), StoreError> {
        let editions: Vec<i64> = decisions.iter().map(|it| it.edition().id.0).collect();
        let mut values = vec![
            Bind::from(step.to.as_str()),
            step.desk.map(str::to_owned).into(),
            step.submitted_by.into(),
            step.revision.into(),
            step.from.as_str().into(),
        ];
        let sql = format!(
            "update edition set state = $1, desk = $2, revision = revision + 1,
                    submitted_by = coalesce($3, submitted_by)
             where revision = $4 and state = $5 and id in {} returning id",
            placeholders(values.len(), editions.len())
        );
        values.extend(editions.iter().map(|id| Bind::Int(*id)));
        let moved = bind_all(sql, values).fetch_all(&mut *self.inner).await;
        match moved.map_err(StoreError::from) {
            Ok(rows) if rows.len() == editions.len() => Ok(()),
            Ok(rows) => {
                let moved: Vec<i64> =
                    rows.iter().map(|row| row.try_get("id")).collect::<Result<_, _>>()?;
                let stale = editions.iter().find(|id| !moved.contains(id)).copied();
                Err(StoreError::Stale { what: "版本", id: stale.unwrap_or_default() })
            }
            // SQLite tells the column only, and both rules of one edition an item are on it.
            Err(StoreError::Taken { .. }) if step.to.is_live() => {
                Err(StoreError::Taken { constraint: "在用版本" })
            }
            Err(err) => Err(err),
        }
    }

    /// Appends the notices to the public chain and ends the rows that they replace.
    async fn publish(&mut self, decisions: &[Decision]) -> Result<(), StoreError> {
        let told: Vec<_> = decisions.iter().filter_map(|it| Some((it, it.notice()?))).collect();
        if told.is_empty() {
            return Ok(());
        }
        let mut head = self.take_head(Chain::Publication).await?;
        let mut rows = Vec::with_capacity(told.len());
        let mut ended = Vec::with_capacity(told.len());
        for (decision, notice) in &told {
            let edition = decision.edition();
            let bytes = notice.to_bytes();
            head.seq += 1;
            head.hash =
                publication_hash(&head.hash, head.seq, edition.item.0, edition.id.0, &bytes);
            ended.push((edition.item.0, head.seq, decision.on().to_string()));
            rows.push(vec![
                Bind::Int(head.seq),
                edition.item.0.into(),
                edition.id.0.into(),
                edition.record.code.clone().into(),
                edition.record.region.to_string().into(),
                notice.since().to_string().into(),
                String::from_utf8_lossy(&bytes).into_owned().into(),
                head.hash.as_str().into(),
            ]);
        }
        self.end_publications(&ended).await?;
        let into = "publication (seq, item_id, edition_id, code, region, from_on, notice, hash)";
        self.insert(into, rows).await?;
        self.put_head(Chain::Publication, &head).await
    }

    async fn end_publications(&mut self, ended: &[(i64, i64, String)]) -> Result<(), StoreError> {
        let list = placeholders(0, ended.len());
        let sql = format!(
            "select item_id from publication where until_seq is null and item_id in {list}"
        );
        let ids = ended.iter().map(|(item, ..)| Bind::Int(*item)).collect();
        let rows = bind_all(sql, ids).fetch_all(&mut *self.inner).await?;
        for row in rows {
            let item: i64 = sqlx::Row::try_get(&row, "item_id")?;
            let Some((_, seq, on)) = ended.iter().find(|(it, ..)| *it == item) else { continue };
            sqlx::query(
                "update publication set until_seq = $1, until_on = $2
                 where item_id = $3 and until_seq is null",
            )
            .bind(seq)
            .bind(on)
            .bind(item)
            .execute(&mut *self.inner)
            .await?;
        }
        Ok(())
    }

    async fn write_events(
        &mut self,
        decisions: &[Decision],
        mut head: Head,
    ) -> Result<(), StoreError> {
        let mut rows = Vec::with_capacity(decisions.len());
        for event in decisions.iter().map(Event::of) {
            let bytes = event.to_bytes();
            head.seq += 1;
            head.hash = event_hash(&head.hash, head.seq, &bytes);
            rows.push(vec![
                Bind::Int(head.seq),
                event.edition.into(),
                String::from_utf8_lossy(&bytes).into_owned().into(),
                head.hash.as_str().into(),
            ]);
        }
        self.insert("event (seq, edition_id, body, hash)", rows).await?;
        self.put_head(Chain::Event, &head).await
    }
}

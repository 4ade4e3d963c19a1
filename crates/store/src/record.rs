use domain::{
    edition::{Action, Decision},
    event::{Event, event_hash},
    publication::publication_hash,
};

use crate::{
    StoreError, Tx,
    chains::{Chain, Head},
    sql::{Bind, bind_all, placeholders},
};

impl Tx {
    /// Writes down decisions in their order: the states, an event each, and what the
    /// public is told. Refused as stale if anybody moved an edition since it was read.
    ///
    /// This is the only writer of a state, of events and of publications.
    pub async fn record(&mut self, decisions: &[Decision]) -> Result<(), StoreError> {
        if decisions.is_empty() {
            return Ok(());
        }
        for decision in decisions {
            self.move_edition(decision).await?;
        }
        // Always the events' head first: two steps that held one head each would wait for ever.
        let events = self.take_head(Chain::Event).await?;
        self.publish(decisions).await?;
        self.write_events(decisions, events).await
    }

    async fn move_edition(&mut self, decision: &Decision) -> Result<(), StoreError> {
        let edition = decision.edition();
        let submitted_by = match decision.action() {
            Action::Submit => Some(decision.by().0),
            _ => edition.submitted_by.map(|it| it.0),
        };
        let moved = sqlx::query(
            "update edition set state = $1, desk = $2, submitted_by = $3, revision = revision + 1
             where id = $4 and revision = $5 and state = $6",
        )
        .bind(decision.to().as_str())
        .bind(decision.desk())
        .bind(submitted_by)
        .bind(edition.id.0)
        .bind(edition.revision)
        .bind(edition.state.as_str())
        .execute(&mut *self.inner)
        .await;
        match moved.map_err(StoreError::from) {
            Ok(moved) if moved.rows_affected() == 1 => Ok(()),
            Ok(_) => Err(StoreError::Stale { what: "版本", id: edition.id.0 }),
            // SQLite tells the column only, and both rules of one edition an item are on it.
            Err(StoreError::Taken { .. }) if decision.to().is_live() => {
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

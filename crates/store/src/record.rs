use domain::{
    edition::{Decision, State},
    event::{Event, event_hash},
    people::OfficerId,
    publication::publication_hash,
};
use sqlx::Row;
use time::{Date, OffsetDateTime};

use crate::{
    StoreError, Tx,
    chains::{Chain, Head},
    officers::time_text,
    sql::{Bind, bind_all, placeholders},
};

/// Editions that are moved by one statement; see `sql::MAX_PARAMETERS`.
const MOVED_AT_ONCE: usize = 200;

/// What is said of a publication that ends: its item, and the row and the day that end it.
const ENDED: usize = 3;
const ENDED_AT_ONCE: usize = 80;

/// Where a decision takes an edition, from where.
#[derive(PartialEq, Eq)]
struct Move<'a> {
    from: State,
    revision: i64,
    to: State,
    desk: Option<&'a str>,
    returned_from: Option<&'a str>,
    at: OffsetDateTime,
    publish_on: Option<Date>,
    submission: Option<Submission<'a>>,
}

/// What a submission leaves with its edition.
#[derive(PartialEq, Eq)]
struct Submission<'a> {
    by: OfficerId,
    reason: &'a str,
    n_findings: usize,
}

impl<'a> Move<'a> {
    fn of(decision: &'a Decision) -> Move<'a> {
        let edition = decision.edition();
        let submission = decision.n_findings().map(|n_findings| Submission {
            by: decision.by(),
            reason: decision.reason(),
            n_findings,
        });
        Move {
            from: edition.state,
            revision: edition.revision,
            to: decision.to(),
            desk: decision.desk(),
            returned_from: decision.returned_from(),
            at: decision.at(),
            publish_on: decision.publish_on(),
            submission,
        }
    }

    /// Returns what is set, in the order of [`MOVE`].
    fn values(&self) -> Vec<Bind> {
        let owned = |text: Option<&str>| Bind::from(text.map(str::to_owned));
        let at = time_text(self.at);
        let waits = matches!(self.to, State::InReview | State::Returned | State::Approved);
        let submission = self.submission.as_ref();
        let reason = submission.map(|it| it.reason).filter(|it| !it.is_empty());
        let n_findings = submission.map(|it| i64::try_from(it.n_findings).unwrap_or(i64::MAX));
        vec![
            self.to.as_str().into(),
            owned(self.desk),
            owned(self.returned_from),
            owned(waits.then_some(&*at)),
            self.publish_on.map(|on| on.to_string()).into(),
            submission.map(|it| it.by.0).into(),
            owned(submission.map(|_| &*at)),
            owned(reason),
            n_findings.into(),
            self.revision.into(),
            self.from.as_str().into(),
        ]
    }
}

const MOVE: &str = "update edition set state = $1, desk = $2, returned_from = $3, \
     waiting_since = $4, publish_on = $5, revision = revision + 1, \
     submitted_by = coalesce($6, submitted_by), submitted_at = coalesce($7, submitted_at), \
     reason = coalesce($8, reason), n_findings = coalesce($9, n_findings) \
     where revision = $10 and state = $11";

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
        let mut values = step.values();
        let list = placeholders(values.len(), editions.len());
        let sql = format!("{MOVE} and id in {list}");
        values.extend(editions.iter().map(|id| Bind::Int(*id)));
        let moved = bind_all(sql, values).execute(&mut *self.inner).await;
        match moved.map_err(StoreError::from) {
            Ok(done) if done.rows_affected() == editions.len() as u64 => Ok(()),
            Ok(_) => Err(self.stale(step, &editions).await?),
            // SQLite tells the column only, and both rules of one edition an item are on it.
            Err(StoreError::Taken { .. }) if step.to.is_live() => {
                Err(StoreError::Taken { constraint: "在用版本" })
            }
            Err(err) => Err(err),
        }
    }

    /// Names the first edition that somebody else has moved.
    async fn stale(&mut self, step: &Move<'_>, editions: &[i64]) -> Result<StoreError, StoreError> {
        let mut values = vec![Bind::from(step.to.as_str()), (step.revision + 1).into()];
        let list = placeholders(values.len(), editions.len());
        let sql =
            format!("select id from edition where state = $1 and revision = $2 and id in {list}");
        values.extend(editions.iter().map(|id| Bind::Int(*id)));
        let rows = bind_all(sql, values).fetch_all(&mut *self.inner).await?;
        let moved: Vec<i64> = rows.iter().map(|row| row.try_get("id")).collect::<Result<_, _>>()?;
        let stale = editions.iter().find(|id| !moved.contains(id)).copied();
        Ok(StoreError::Stale { what: "版本", id: stale.unwrap_or_default() })
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
            ended.push(vec![
                Bind::Int(edition.item.0),
                head.seq.into(),
                decision.on().to_string().into(),
            ]);
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
        self.end_publications(ended).await?;
        let into = "publication (seq, item_id, edition_id, code, region, from_on, notice, hash)";
        self.insert(into, rows).await?;
        self.put_head(Chain::Publication, &head).await
    }

    async fn end_publications(&mut self, ended: Vec<Vec<Bind>>) -> Result<(), StoreError> {
        for ended in ended.chunks(ENDED_AT_ONCE) {
            let rows: Vec<String> =
                (0..ended.len()).map(|at| placeholders(at * ENDED, ENDED)).collect();
            // Both engines call the columns of such a list so.
            let sql = format!(
                "update publication set until_seq = later.column2, until_on = later.column3
                 from (values {}) as later
                 where publication.until_seq is null and publication.item_id = later.column1",
                rows.join(", ")
            );
            bind_all(sql, ended.concat()).execute(&mut *self.inner).await?;
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
                Some(event.by).filter(|by| *by != 0).into(),
            ]);
        }
        self.insert("event (seq, edition_id, body, hash, officer_id)", rows).await?;
        self.put_head(Chain::Event, &head).await
    }
}

//! A save of the flow: what was sent is laid over what the person saw, put together with what
//! others saved since, and then perhaps a step is taken back.

use domain::{
    content::{Content, Row, Value, keys},
    edition::{Edition, merge},
    item::{EditionId, ItemRecord},
    people::OfficerId,
};
use store::Tx;
use time::OffsetDateTime;

use super::{
    history::{History, Step, Turn},
    sent::Sent,
};
use crate::{AppState, error::WebError, session::Session};

/// What became of what was sent.
pub(super) enum Saving {
    /// What can be taken back by now, and the row to which the person goes back.
    Saved { history: History, row: Option<String> },
    /// Others changed the same places, or it is closed: nothing was saved, mine is shown again.
    Refused { edition: Box<Edition>, mine: Vec<Row>, note: &'static str },
}

/// What is said of steps that were kept as they came, as one text.
pub(super) const AS_TEXT: &str = "办理环节还是一段文字，没有分行，这里画不了。先回到编辑清空它，再一行一行加，或者从 Excel 粘贴。";
const CLOSED: &str =
    "这一版已经不能改了，没有保存。您写的在下面；等它退回，或者公布以后变更，再写进去。";
const LATE: &str = "别人同时改了这些环节，没有保存。下面是您写的；核对以后再按一次保存，就照您的。";
const OVERTAKEN: &str =
    "别人后来改了同一处，这一步撤销、重做不了。要回到以前的样子，从历次保存里恢复。";
const FORGOTTEN: &str = "这一步隔得太久，没有留着，撤销、重做不了。";

pub(super) async fn save(
    app: &AppState,
    session: &Session,
    id: EditionId,
    sent: &Sent,
) -> Result<Saving, WebError> {
    let by = (session.actor.id, app.clock.now());
    let mut tx = app.store.begin().await?;
    let theirs = tx.edition_to_save(session.actor.scope, id).await?.ok_or(WebError::NotFound)?;
    let standard = app.standard(&theirs.record.standard);
    let base = tx.draft_at(&theirs, sent.revision).await?.map(|record| record.content);
    let there = &theirs.record.content;
    let mine = sent.rows(base.as_ref().unwrap_or(there).rows(keys::STEPS), standard);
    let row = sent.place(&mine);
    let refused = |note| {
        let edition = Box::new(theirs.clone());
        Ok(Saving::Refused { edition, mine: mine.clone(), note })
    };
    if !theirs.is_writable() {
        return refused(CLOSED);
    }
    if !has_rows(there) {
        return refused(AS_TEXT);
    }
    let Some(base) = base else { return refused(LATE) };
    let merged = merge(&base, &with_steps(&base, &mine), there, standard);
    if !merged.conflicts.is_empty() {
        return refused(LATE);
    }
    let mut history = sent.history();
    let saved = write(&mut tx, &theirs, merged.content, by).await?;
    if saved.revision != theirs.revision {
        let step = Step { before: theirs.revision, after: saved.revision };
        history.note(step, sent.goes_on());
    }
    if let Some(turn) = sent.turn()
        && let Some(note) = take(&mut tx, app, &saved, (turn, &mut history), by).await?
    {
        return refused(note);
    }
    tx.at_draft(id, by.0, by.1).await?;
    tx.commit().await?;
    Ok(Saving::Saved { history, row })
}

/// Takes a step back, or does it again, wherever others left what it changed as it was; says why
/// not otherwise.
async fn take(
    tx: &mut Tx,
    app: &AppState,
    edition: &Edition,
    (turn, history): (Turn, &mut History),
    by: (OfficerId, OffsetDateTime),
) -> Result<Option<&'static str>, WebError> {
    let Some((from, to)) = history.turn(turn) else { return Ok(None) };
    let from = tx.draft_at(edition, from).await?;
    let to = tx.draft_at(edition, to).await?;
    let (Some(from), Some(to)) = (from, to) else { return Ok(Some(FORGOTTEN)) };
    let there = &edition.record.content;
    let [from, to] = [from, to].map(|it| with_steps(there, it.content.rows(keys::STEPS)));
    let merged = merge(&from, &to, there, app.standard(&edition.record.standard));
    if !merged.conflicts.is_empty() {
        return Ok(Some(OVERTAKEN));
    }
    write(tx, edition, merged.content, by).await?;
    Ok(None)
}

/// Returns the edition as it is after its content was written, which it need not be if it is that.
async fn write(
    tx: &mut Tx,
    edition: &Edition,
    content: Content,
    (by, now): (OfficerId, OffsetDateTime),
) -> Result<Edition, WebError> {
    if content == edition.record.content {
        return Ok(edition.clone());
    }
    let record = ItemRecord { content, ..edition.record.clone() };
    Ok(tx.save_over(edition, &record, by, now).await?)
}

/// Whether the steps are rows, or there are none yet.
pub(super) fn has_rows(content: &Content) -> bool {
    matches!(content.get(keys::STEPS), None | Some(Value::Rows(_)))
}

fn with_steps(content: &Content, rows: &[Row]) -> Content {
    let mut content = content.clone();
    content.put(keys::STEPS, Value::Rows(rows.to_vec()));
    content
}

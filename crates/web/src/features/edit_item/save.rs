//! A save: what was typed is laid over what the person saw, and put together with what others
//! saved since.

use domain::{
    content::Content,
    edition::{Conflict, Difference, Edition, Merged, Spot, diff, merge},
    item::{EditionId, ItemRecord},
    standard::Standard,
};

use super::sent::Done;
use crate::{AppState, attaching::foreign, error::WebError, session::Session};

/// 保存的结果。
pub(super) enum Saving {
    Saved {
        edition: Box<Edition>,
        done: Done,
        /// What others changed since the person saw it.
        news: Vec<String>,
    },
    /// Others changed the same places; nothing was saved.
    Late { theirs: Box<Edition>, mine: Content, conflicts: Vec<Conflict> },
    /// It refers to files that are not the person's to use; nothing was saved.
    Foreign { edition: Box<Edition>, mine: Content, names: Vec<String> },
    /// It can not be written any more; nothing was saved.
    Closed { edition: Box<Edition>, mine: Content },
}

/// Saves what `write` makes of the draft as it stood at the revision that the person saw.
pub(super) async fn save(
    app: &AppState,
    session: &Session,
    (id, revision): (EditionId, i64),
    write: impl FnOnce(&Content, &Standard) -> (Content, Done),
) -> Result<Saving, WebError> {
    let (actor, now) = (&session.actor, app.clock.now());
    let mut tx = app.store.begin().await?;
    let found = tx.edition_to_save(actor.scope, id).await?;
    let theirs = found.ok_or(WebError::NotFound)?;
    let standard = app.standard(&theirs.record.standard);
    let base = tx.draft_at(&theirs, revision).await?.map(|record| record.content);
    let there = &theirs.record.content;
    let (mine, done) = write(base.as_ref().unwrap_or(there), standard);
    if !theirs.is_writable() {
        return Ok(Saving::Closed { edition: Box::new(theirs), mine });
    }
    let Merged { content, conflicts } = match &base {
        Some(base) => merge(base, &mine, there, standard),
        None => without_base(&mine, there, standard),
    };
    if !conflicts.is_empty() {
        return Ok(Saving::Late { theirs: Box::new(theirs), mine: content, conflicts });
    }
    let names = foreign(&mut tx, actor.scope, there, &content).await?;
    if !names.is_empty() {
        return Ok(Saving::Foreign { edition: Box::new(theirs), mine: content, names });
    }
    let news = diff(&mine, &content, standard).into_iter().map(|it| it.element).collect();
    let edition = match content == *there {
        true => theirs,
        false => {
            let record = ItemRecord { content, ..theirs.record.clone() };
            let saved = tx.save_over(&theirs, &record, actor.id, now).await?;
            follow_name(&mut tx, &saved).await?;
            saved
        }
    };
    tx.at_draft(id, actor.id, now).await?;
    tx.commit().await?;
    Ok(Saving::Saved { edition: Box::new(edition), done, news })
}

/// An item that was never published is listed under the name that its draft gives it.
pub(super) async fn follow_name(tx: &mut store::Tx, saved: &Edition) -> Result<(), WebError> {
    if saved.number == 1 && !saved.record.name().trim().is_empty() {
        tx.update_item(saved.item, &saved.record).await?;
    }
    Ok(())
}

/// What the person saw is not kept any more: all that differs is asked for, nothing guessed.
fn without_base(mine: &Content, theirs: &Content, standard: &Standard) -> Merged {
    let conflict = |element: String, theirs_side, mine_side| Conflict {
        element,
        spot: Spot::Whole,
        base: None,
        mine: mine_side,
        theirs: theirs_side,
    };
    let conflicts = diff(theirs, mine, standard).into_iter().map(|change| {
        let (element, difference) = (change.element, change.difference);
        match difference {
            Difference::Value { before, after } => conflict(element, before, after),
            Difference::Rows(_) => {
                let (before, after) = (theirs.get(&element).cloned(), mine.get(&element).cloned());
                conflict(element, before, after)
            }
        }
    });
    Merged { conflicts: conflicts.collect(), content: mine.clone() }
}

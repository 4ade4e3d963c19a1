//! Whoever follows the publications comes to what a full export says.

use std::collections::BTreeMap;

use domain::{
    edition::State,
    item::ItemId,
    publication::{Notice, PublicItem},
    standard::Operation,
};
use time::Date;
use tokio::task::JoinHandle;

use super::{
    db::Db,
    sample::{code, coded, wushan},
};
use crate::{Engine, Selection, Store};

on_both!(replaying_from_the_first_equals_the_export_while_a_thousand_items_are_published);

const N_ITEMS: u32 = 1_000;

/// What the public is shown of each item, by who has read every notice.
#[derive(Default)]
struct Replay {
    seq: i64,
    shown: BTreeMap<ItemId, PublicItem>,
}

impl Replay {
    /// Takes the notices that are there by now, a few at a time.
    async fn catch_up(&mut self, store: &Store) {
        loop {
            let page = store.publications_after(self.seq, 7).await.unwrap();
            if page.is_empty() {
                return;
            }
            for publication in page {
                self.seq += 1;
                assert_eq!(publication.seq, self.seq, "a notice was missed, or came out of turn");
                match publication.notice {
                    Notice::Published(item) => self.shown.insert(publication.item, item),
                    Notice::Suspended { .. } | Notice::Withdrawn { .. } => {
                        self.shown.remove(&publication.item)
                    }
                };
            }
        }
    }
}

impl Db {
    /// Publishes every n-th item as another process would: each a step of its own, some of
    /// them again in another edition, some withdrawn.
    async fn publish_share(&self, first: u32, step: usize) -> JoinHandle<()> {
        let db = self.in_another_process().await;
        tokio::spawn(async move {
            for n in (first..=N_ITEMS).step_by(step) {
                let item = db.published(&coded(&format!("示例事项{n}"), &code(n))).await;
                if n % 7 == 0 {
                    let draft = db.next_draft(&item, &format!("改名的事项{n}")).await;
                    db.replace(&item, &draft).await;
                }
                if n % 11 == 0 && n % 7 != 0 {
                    db.goes(&item, Operation::Withdraw).await;
                }
            }
            db.store.close().await;
        })
    }
}

async fn replaying_from_the_first_equals_the_export_while_a_thousand_items_are_published(db: Db) {
    // The office is there, so that writers do not meet in making it.
    db.published(&coded("示例事项0", &code(0))).await;
    let n_writers: usize = match db.store.engine() {
        Engine::Sqlite => 2,
        Engine::Postgres => 4,
    };
    let mut writers = Vec::new();
    for first in 1..=n_writers {
        writers.push(db.publish_share(first as u32, n_writers).await);
    }
    let follower = db.open_again().await.unwrap();
    let mut replay = Replay::default();
    let mut n_rounds = 0;
    while writers.iter().any(|writer| !writer.is_finished()) {
        replay.catch_up(&follower).await;
        n_rounds += 1;
    }
    for writer in writers {
        writer.await.unwrap();
    }
    assert!(n_rounds > 1, "nothing was read while others wrote");
    replay.catch_up(&follower).await;
    follower.close().await;

    assert_eq!(replay.seq, db.store.last_publication().await.unwrap());
    let exported = exported(&db.store).await;
    assert_eq!(exported.len(), 1 + 1_000 - 90 + 12);
    assert!(replay.shown == exported, "the replay and the export differ");
}

/// Returns every current edition as the public is shown it, page by page.
async fn exported(store: &Store) -> BTreeMap<ItemId, PublicItem> {
    let mut all = BTreeMap::new();
    let mut after = None;
    loop {
        let page = store.current_page(&Selection::default(), after, 300).await.unwrap();
        let Some((key, _)) = page.last() else { return all };
        after = Some(*key);
        for (_, edition) in page {
            assert_eq!(edition.state, State::Published);
            let code = edition.record.code.clone().unwrap();
            let published = store.public_item(&code).await.unwrap().unwrap();
            let from: Date = published.notice.since();
            let item = PublicItem::of(&edition, wushan(), from);
            assert!(all.insert(edition.item, item).is_none());
        }
    }
}

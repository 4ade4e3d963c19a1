use domain::{edition::Action, standard::Operation};

use super::{
    db::{self, Db},
    sample::{add_item, code, coded, decided},
};

on_both!(
    both_chains_are_whole_after_work_of_all_sorts,
    nothing_written_is_whole,
    a_changed_row_is_named,
    a_byte_changed_in_any_column_of_any_row_is_named,
    rows_that_do_not_agree_with_other_tables_are_named,
    a_changed_hash_is_named,
    a_missing_row_is_noticed_behind_its_gap,
    a_deleted_last_row_is_noticed_at_the_head,
    a_row_that_nobody_recorded_is_noticed,
    a_changed_row_beyond_the_first_page_is_named,
    verifying_while_others_publish_raises_no_alarm,
);

impl Db {
    /// 17 events and six publications of three items.
    async fn work(&self) {
        let first = self.published(&coded("甲", &code(1))).await;
        let withdrawn = self.published(&coded("乙", &code(2))).await;
        let draft = self.next_draft(&first, "甲二").await;
        self.replace(&first, &draft).await;
        self.goes(&withdrawn, Operation::Withdraw).await;
        let suspended = self.published(&coded("丙", &code(3))).await;
        self.goes(&suspended, Operation::Suspend).await;
    }

    async fn wrong(&self) -> Vec<(&'static str, i64)> {
        let verdict = self.store.verify().await.unwrap();
        verdict.wrong.iter().map(|it| (it.table, it.seq)).collect()
    }

    /// Runs `change`, returns what is wrong then, and runs `repair`.
    async fn wrong_after(&self, change: &str, repair: &str) -> Vec<(&'static str, i64)> {
        assert_eq!(self.by_hand(change).await.unwrap(), 1, "{change}");
        let wrong = self.wrong().await;
        self.by_hand(repair).await.unwrap();
        assert_eq!(self.wrong().await, [], "{repair}");
        wrong
    }
}

async fn both_chains_are_whole_after_work_of_all_sorts(db: Db) {
    db.work().await;
    let verdict = db.store.verify().await.unwrap();
    assert_eq!((verdict.n_events, verdict.n_publications), (17, 6));
    assert_eq!(verdict.wrong, []);
}

async fn nothing_written_is_whole(db: Db) {
    let verdict = db.store.verify().await.unwrap();
    assert_eq!((verdict.n_events, verdict.n_publications), (0, 0));
    assert_eq!(verdict.wrong, []);
}

async fn a_changed_row_is_named(db: Db) {
    db.work().await;
    let other = |table: &str, column: &str, seq: i64| {
        format!("(select {column} from {table} where seq = {seq})")
    };
    let check = async |table: &'static str, column: &str, seq: i64, value: &str| {
        let sql = format!("select cast({column} as text) from {table} where seq = {seq}");
        let before = db.text(&sql).await.replace('\'', "''");
        let is_number = before.parse::<i64>().is_ok() && column.ends_with("_id");
        let before = if is_number { before } else { format!("'{before}'") };
        let set = |value: &str| format!("update {table} set {column} = {value} where seq = {seq}");
        let wrong = db.wrong_after(&set(value), &set(&before)).await;
        assert_eq!(wrong, [(table, seq)], "{table}.{column}");
    };
    check("event", "body", 3, "replace(body, 'T', ' ')").await;
    check("event", "edition_id", 3, &other("event", "edition_id", 2)).await;
    check("publication", "notice", 2, "replace(notice, '乙', '丁')").await;
    check("publication", "notice", 6, "notice || ' '").await;
    check("publication", "item_id", 5, &other("publication", "item_id", 3)).await;
    check("publication", "edition_id", 1, &other("publication", "edition_id", 2)).await;
    check("publication", "code", 2, "'62052400MZ-XK-0009'").await;
    check("publication", "region", 2, "'620523'").await;
    check("publication", "from_on", 2, "'2030-01-01'").await;

    // Publication 3 is still shown; 5 was ended by 6.
    let hidden = db.wrong_after(
        "update publication set until_seq = 7, until_on = '2026-03-02' where seq = 3",
        "update publication set until_seq = null, until_on = null where seq = 3",
    );
    let edition = db.number("select edition_id from publication where seq = 3").await;
    assert_eq!(hidden.await, [("publication", 3), ("edition", edition)]);
    let misled = db.wrong_after(
        "update publication set until_seq = 4 where seq = 5",
        "update publication set until_seq = 6 where seq = 5",
    );
    assert_eq!(misled.await, [("publication", 5)]);
}

async fn a_byte_changed_in_any_column_of_any_row_is_named(db: Db) {
    db.work().await;
    // An item that nothing points to, for the ids.
    let free = db.draft(&coded("丁", &code(4))).await;
    let check = async |table: &'static str, column: &str, seq: i64| {
        let sql = format!("select cast({column} as text) from {table} where seq = {seq}");
        let before = db.text(&sql).await;
        let set = |value: &str| format!("update {table} set {column} = {value} where seq = {seq}");
        let text = |value: &str| set(&format!("'{}'", value.replace('\'', "''")));
        let (change, repair) = match column {
            "item_id" => (set(&free.item.0.to_string()), set(&before)),
            "edition_id" => (set(&free.id.0.to_string()), set(&before)),
            _ => (text(&with_a_changed_byte(&before)), text(&before)),
        };
        let wrong = db.wrong_after(&change, &repair).await;
        assert!(wrong.contains(&(table, seq)), "{table}.{column} of {seq}: {wrong:?}");
    };
    for seq in [1, 4, 7] {
        for column in ["edition_id", "body", "hash", "officer_id"] {
            check("event", column, seq).await;
        }
    }
    for seq in [1, 3, 6] {
        for column in ["item_id", "edition_id", "code", "region", "from_on", "notice", "hash"] {
            check("publication", column, seq).await;
        }
    }
}

fn with_a_changed_byte(text: &str) -> String {
    let mut bytes = text.as_bytes().to_vec();
    let ascii: Vec<usize> = (0..bytes.len()).filter(|at| bytes[*at].is_ascii_digit()).collect();
    let at = ascii[ascii.len() / 2];
    bytes[at] ^= 1;
    String::from_utf8(bytes).unwrap()
}

#[tokio::test]
async fn a_row_whose_bytes_are_no_text_is_named_and_those_around_it_are_read() {
    db::in_sqlite(async |db: Db| {
        db.work().await;
        let columns = [("event", "body"), ("publication", "notice"), ("publication", "from_on")];
        for (table, column) in columns {
            for seq in [1, 3, 6] {
                let sql = format!("select {column} from {table} where seq = {seq}");
                let before = db.text(&sql).await.replace('\'', "''");
                let set = |value: &str| {
                    format!("update {table} set {column} = {value} where seq = {seq}")
                };
                let garbled = set("cast(x'7bff7d' as text)");
                let wrong = db.wrong_after(&garbled, &set(&format!("'{before}'"))).await;
                assert_eq!(wrong, [(table, seq)], "{table}.{column}");
            }
        }
        db.by_hand("update event set hash = cast(x'ff' as text) where seq = 3").await.unwrap();
        assert_eq!(db.wrong().await, [("event", 3), ("event", 4)]);
    })
    .await;
}

async fn rows_that_do_not_agree_with_other_tables_are_named(db: Db) {
    db.work().await;
    let shown = db.published(&coded("丁", &code(4))).await;
    let draft = db.draft(&coded("戊", &code(5))).await;
    let (item, edition) = (draft.item.0, draft.id.0);
    let state = |to: &str, id: i64| format!("update edition set state = '{to}' where id = {id}");

    let check = async |change: &str, repair: &str, expected: &[(&'static str, i64)]| {
        assert_eq!(db.wrong_after(change, repair).await, expected, "{change}");
    };
    check(
        &format!("update edition set item_id = {}, number = 9 where id = {edition}", shown.item.0),
        &format!("update edition set item_id = {item}, number = 1 where id = {edition}"),
        &[("item", item)],
    )
    .await;
    check(&state("approved", edition), &state("draft", edition), &[("edition", edition)]).await;
    check(
        &state("published", edition),
        &state("draft", edition),
        &[("edition", edition), ("edition", edition)],
    )
    .await;
    check(&state("superseded", shown.id.0), &state("published", shown.id.0), &[("publication", 7)])
        .await;
}

async fn a_changed_hash_is_named(db: Db) {
    db.work().await;
    let check = async |table: &'static str, seq: i64, expected: &[i64]| {
        let before = db.text(&format!("select hash from {table} where seq = {seq}")).await;
        let mut changed = before.clone();
        changed.replace_range(..1, if before.starts_with('0') { "1" } else { "0" });
        let set = |hash: &str| format!("update {table} set hash = '{hash}' where seq = {seq}");
        let wrong = db.wrong_after(&set(&changed), &set(&before)).await;
        let expected: Vec<_> = expected.iter().map(|seq| (table, *seq)).collect();
        assert_eq!(wrong, expected);
    };
    // The row after was chained to it, and does not fit either.
    check("event", 1, &[1, 2]).await;
    check("event", 4, &[4, 5]).await;
    check("publication", 4, &[4, 5]).await;
    // The last row does not fit, and the head remembers another one.
    check("event", 17, &[17, 17]).await;
    check("publication", 6, &[6, 6]).await;
}

async fn a_missing_row_is_noticed_behind_its_gap(db: Db) {
    db.work().await;
    db.by_hand("delete from event where seq = 3").await.unwrap();
    db.by_hand("delete from publication where seq = 1").await.unwrap();
    assert_eq!(
        db.wrong().await,
        [("event", 4), ("event", 4), ("publication", 2), ("publication", 2)]
    );
}

async fn a_deleted_last_row_is_noticed_at_the_head(db: Db) {
    db.work().await;
    db.by_hand("delete from event where seq = 17").await.unwrap();
    assert_eq!(db.wrong().await, [("event", 16)]);
    db.by_hand("delete from event").await.unwrap();
    let wrong = db.wrong().await;
    assert_eq!(wrong[0], ("event", 0));
    assert!((1..=6).all(|seq| wrong.contains(&("publication", seq))), "{wrong:?}");
    db.by_hand("delete from chain_head").await.unwrap();
    assert_eq!(db.wrong().await[0], ("publication", 6));
}

async fn a_row_that_nobody_recorded_is_noticed(db: Db) {
    db.work().await;
    let forged = "insert into event (seq, edition_id, body, hash)
                  select 18, edition_id, body, hash from event where seq = 17";
    db.by_hand(forged).await.unwrap();
    assert_eq!(db.wrong().await, [("event", 18), ("event", 18)]);
}

async fn a_changed_row_beyond_the_first_page_is_named(db: Db) {
    let mut tx = db.store.begin().await.unwrap();
    let mut decisions = Vec::new();
    for n in 1..=1_005 {
        let draft = add_item(&mut tx, &coded("示例事项", &code(n))).await.unwrap();
        decisions.push(decided(&draft, Action::LoadBaseline));
    }
    tx.record(&decisions).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(db.wrong().await, []);
    for seq in [1_000, 1_001, 1_005] {
        let set = |from: &str, to: &str| {
            format!(
                "update publication set notice = replace(notice, '{from}', '{to}') where seq = {seq}"
            )
        };
        let wrong = db.wrong_after(&set("示例", "别的"), &set("别的", "示例")).await;
        assert_eq!(wrong, [("publication", seq)]);
    }
}

async fn verifying_while_others_publish_raises_no_alarm(db: Db) {
    let writer = {
        let db = db.clone();
        tokio::spawn(async move {
            for n in 1..=60 {
                db.published(&coded("示例事项", &code(n))).await;
            }
        })
    };
    while !writer.is_finished() {
        assert_eq!(db.wrong().await, []);
    }
    writer.await.unwrap();
    assert_eq!(db.store.verify().await.unwrap().n_publications, 60);
}

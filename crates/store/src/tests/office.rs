//! The office's own tree: 目录, groups, order and codes, and whose it is.

use domain::{
    content::{Content, Value, keys},
    edition::{Action, Edition, State},
    item::{BodyId, DirectoryId, ItemId, ItemRecord},
    office::{Directory, Group, Seat, Shift},
    people::Scope,
    region::RegionCode,
    standard::{Operation, Standards},
};

use super::{
    db::Db,
    sample::{NOW, body_of, code, coded, record, region, wushan},
};
use crate::{Arranged, Branch, Coded, Lot, OfficeFilter, Reached, StoreError, Under};

on_both!(
    a_directory_is_kept_renamed_and_abolished,
    a_directory_with_items_is_not_abolished,
    two_directories_of_a_kind_have_two_names,
    groups_are_kept_renamed_and_dissolved,
    a_branch_is_shown_group_by_group_in_the_offices_order,
    pages_of_a_branch_hold_every_item_once,
    a_list_holds_the_items_of_one_state,
    the_tree_counts_each_kind_directory_and_state,
    what_lies_outside_the_scope_is_not_there,
);

const EVERYWHERE: Scope = Scope::Everywhere;

impl Db {
    async fn body(&self) -> BodyId {
        let mut tx = self.store.begin().await.unwrap();
        let body = body_of(&mut tx, &record("甲")).await.id;
        tx.commit().await.unwrap();
        body
    }

    pub(super) async fn directory(&self, name: &str) -> Directory {
        let body = self.body().await;
        let mut tx = self.store.begin().await.unwrap();
        let defaults = Content::new().with(keys::SUMMARY, Value::Text("内容".into()));
        let added = tx.add_directory(body, "wushan", "XK", name, &defaults).await.unwrap();
        tx.commit().await.unwrap();
        added
    }

    pub(super) async fn group(&self, directory: Option<DirectoryId>, name: &str) -> Group {
        let body = self.body().await;
        let mut tx = self.store.begin().await.unwrap();
        let added = tx.add_group(body, "XK", directory, name).await.unwrap();
        tx.commit().await.unwrap();
        added
    }

    /// Adds a permit of the office, in this seat.
    pub(super) async fn seated(&self, name: &str, seat: Seat) -> Edition {
        self.seated_record(&record(name), seat).await
    }

    pub(super) async fn seated_record(&self, record: &ItemRecord, seat: Seat) -> Edition {
        let mut tx = self.store.begin().await.unwrap();
        let body = body_of(&mut tx, record).await.id;
        let (item, id) = (tx.new_item_id().await.unwrap(), tx.new_edition_id().await.unwrap());
        let draft = Edition::draft(id, item, 1, Operation::Create, record.clone(), wushan());
        tx.add_item(body, &draft, seat).await.unwrap();
        tx.commit().await.unwrap();
        draft
    }

    pub(super) async fn shift(&self, item: ItemId, shift: Shift) {
        let mut tx = self.store.begin().await.unwrap();
        let seated = tx.seated(EVERYWHERE, &[item]).await.unwrap().remove(0);
        tx.shift_item(&seated, shift).await.unwrap();
        tx.commit().await.unwrap();
    }

    pub(super) async fn branch(&self, under: Under, lot: Lot) -> Vec<Arranged> {
        let branch = Branch {
            body: self.body().await,
            standard: Some("wushan".into()),
            kind: Some("XK".into()),
            under,
        };
        self.store.arranged(EVERYWHERE, &branch, lot, None, 100).await.unwrap()
    }

    pub(super) async fn branch_names(&self, under: Under) -> Vec<String> {
        self.branch(under, Lot::All).await.into_iter().map(|it| it.name).collect()
    }

    pub(super) async fn code_in_order(&self) -> Vec<Coded> {
        let body = self.body().await;
        let standards = Standards::shipped().unwrap();
        let mut tx = self.store.begin().await.unwrap();
        let coded = tx.code_in_order(EVERYWHERE, body, &standards).await.unwrap();
        tx.commit().await.unwrap();
        coded
    }
}

pub(super) fn under(directory: &Directory) -> Seat {
    Seat { directory: Some(directory.id), group: None }
}

pub(super) fn within(group: &Group) -> Seat {
    Seat { directory: group.directory, group: Some(group.id) }
}

async fn a_directory_is_kept_renamed_and_abolished(db: Db) {
    let added = db.directory("社会组织登记").await;
    let body = added.body;
    assert_eq!(db.store.directories(EVERYWHERE, body).await.unwrap(), std::slice::from_ref(&added));

    let mut tx = db.store.begin().await.unwrap();
    tx.change_directory(added.id, "社会团体登记", &Content::new()).await.unwrap();
    let changed = tx.directory(EVERYWHERE, added.id).await.unwrap().unwrap();
    assert_eq!((changed.name.as_str(), changed.defaults.is_empty()), ("社会团体登记", true));
    tx.add_group(body, "XK", Some(added.id), "某组").await.unwrap();
    tx.abolish_directory(added.id, NOW).await.unwrap();
    assert!(tx.directory(EVERYWHERE, added.id).await.unwrap().unwrap().is_abolished);
    tx.commit().await.unwrap();

    assert_eq!(db.store.directories(EVERYWHERE, body).await.unwrap(), []);
    assert_eq!(db.store.groups(EVERYWHERE, body).await.unwrap(), [], "its groups go with it");
    // Its name is free again.
    assert_eq!(db.directory("社会团体登记").await.name, "社会团体登记");
}

async fn a_directory_with_items_is_not_abolished(db: Db) {
    let added = db.directory("社会组织登记").await;
    db.seated("甲", under(&added)).await;
    let mut tx = db.store.begin().await.unwrap();
    assert_eq!(tx.count_under(added.id).await.unwrap(), 1);
    let refused = tx.abolish_directory(added.id, NOW).await;
    assert!(matches!(refused, Err(StoreError::Stale { what: "目录", .. })), "{refused:?}");
}

async fn two_directories_of_a_kind_have_two_names(db: Db) {
    let added = db.directory("社会组织登记").await;
    let group = db.group(Some(added.id), "某组").await;
    let mut tx = db.store.begin().await.unwrap();
    let content = Content::new();
    let refused = tx.add_directory(added.body, "wushan", "XK", &added.name, &content).await;
    assert!(matches!(refused, Err(StoreError::Taken { constraint: "目录名称" })), "{refused:?}");
    drop(tx);
    let mut tx = db.store.begin().await.unwrap();
    let refused = tx.add_group(added.body, "XK", group.directory, &group.name).await;
    assert!(matches!(refused, Err(StoreError::Taken { constraint: "分组名称" })), "{refused:?}");
    drop(tx);
    let mut tx = db.store.begin().await.unwrap();
    tx.add_directory(added.body, "wushan", "QR", &added.name, &content).await.unwrap();
    tx.add_group(added.body, "XK", None, &group.name).await.unwrap();
}

async fn groups_are_kept_renamed_and_dissolved(db: Db) {
    let directory = db.directory("社会组织登记").await;
    let group = db.group(Some(directory.id), "某组").await;
    let item = db.seated("甲", within(&group)).await;
    let mut tx = db.store.begin().await.unwrap();
    tx.rename_group(group.id, "社会团体").await.unwrap();
    let renamed = tx.group(EVERYWHERE, group.id).await.unwrap().unwrap();
    assert_eq!(renamed, Group { name: "社会团体".into(), ..group.clone() });
    tx.dissolve_group(group.id).await.unwrap();
    assert_eq!(tx.group(EVERYWHERE, group.id).await.unwrap(), None);
    let left = tx.seated(EVERYWHERE, &[item.item]).await.unwrap().remove(0);
    assert_eq!(left.seat, under(&directory), "its items stay under their directory");
}

async fn a_branch_is_shown_group_by_group_in_the_offices_order(db: Db) {
    let directory = db.directory("社会组织登记").await;
    let first = db.group(Some(directory.id), "第一组").await;
    let second = db.group(Some(directory.id), "第二组").await;
    for (name, seat) in [
        ("散一", under(&directory)),
        ("乙一", within(&second)),
        ("甲一", within(&first)),
        ("乙二", within(&second)),
        ("别处", Seat::default()),
    ] {
        db.seated(name, seat).await;
    }
    let shown = db.branch_names(Under::Directory(directory.id)).await;
    assert_eq!(shown, ["甲一", "乙一", "乙二", "散一"]);
    assert_eq!(db.branch_names(Under::None).await, ["别处"]);
    assert_eq!(db.branch_names(Under::Any).await, ["甲一", "乙一", "乙二", "散一", "别处"]);
}

async fn pages_of_a_branch_hold_every_item_once(db: Db) {
    let group = db.group(None, "某组").await;
    for n in 0..11 {
        let seat = if n % 3 == 0 { within(&group) } else { Seat::default() };
        db.seated(&format!("事项{n}"), seat).await;
    }
    let all = db.branch(Under::Any, Lot::All).await;
    assert_eq!(all.len(), 11);
    let branch = Branch { body: db.body().await, standard: None, kind: None, under: Under::Any };
    for size in [1, 4, 11] {
        let (mut paged, mut after) = (Vec::new(), None);
        loop {
            let page = db.store.arranged(EVERYWHERE, &branch, Lot::All, after, size).await.unwrap();
            let Some(last) = page.last() else { break };
            after = Reached::parse(&last.reached().to_text());
            assert_eq!(after, Some(last.reached()));
            paged.extend(page);
        }
        assert_eq!(paged, all, "{size} a page");
    }
}

/// One item in each state that an office sees, by its name.
async fn furnish_states(db: &Db) {
    db.draft(&record("暂存")).await;
    let waiting = db.draft(&coded("送审", &code(1))).await;
    db.step(&waiting, Action::Submit).await;
    let live = db.published(&coded("在用", &code(2))).await;
    let changing = db.published(&coded("变更中", &code(3))).await;
    db.next_draft(&changing, "变更中").await;
    let ended = db.published(&coded("废置", &code(4))).await;
    db.goes(&ended, Operation::Withdraw).await;
    let suspended = db.published(&coded("暂停", &code(5))).await;
    db.goes(&suspended, Operation::Suspend).await;
    assert_eq!(live.state, State::Published);
}

async fn a_list_holds_the_items_of_one_state(db: Db) {
    furnish_states(&db).await;
    let check = async |lot: Lot, expected: &[&str]| {
        let mut names: Vec<String> =
            db.branch(Under::Any, lot).await.into_iter().map(|it| it.name).collect();
        names.sort();
        let mut expected = expected.to_vec();
        expected.sort_unstable();
        assert_eq!(names, expected, "{lot:?}");
    };
    check(Lot::Open(State::Draft), &["暂存", "变更中"]).await;
    check(Lot::Open(State::InReview), &["送审"]).await;
    check(Lot::Live(State::Published), &["在用", "变更中"]).await;
    check(Lot::Live(State::Suspended), &["暂停"]).await;
    check(Lot::Ended, &["废置"]).await;
    check(Lot::All, &["暂存", "送审", "在用", "变更中", "废置", "暂停"]).await;

    let changing = db.branch(Under::Any, Lot::Open(State::Draft)).await;
    let changing = changing.iter().find(|it| it.name == "变更中").unwrap();
    let numbers = (changing.live.as_ref().unwrap().number, changing.open.as_ref().unwrap().number);
    assert_eq!(numbers, (1, 2));
    assert_eq!(changing.newest().unwrap().state, State::Draft);
}

async fn the_tree_counts_each_kind_directory_and_state(db: Db) {
    furnish_states(&db).await;
    let directory = db.directory("社会组织登记").await;
    db.seated("目录下", under(&directory)).await;
    let tree = db.store.tree(EVERYWHERE, directory.body).await.unwrap();
    assert_eq!(tree.iter().map(|it| it.n_items).sum::<i64>(), 7);
    assert!(tree.iter().all(|it| it.kind == "XK" && it.standard == "wushan"));
    let n = |open: Option<(State, Option<&str>)>, live: Option<State>, under: bool| {
        let open = open.map(|(state, desk)| (state, desk.map(str::to_owned)));
        let alike = |it: &&crate::Tally| {
            it.open == open && it.live == live && it.directory.is_some() == under
        };
        tree.iter().filter(alike).map(|it| it.n_items).sum::<i64>()
    };
    assert_eq!(n(Some((State::Draft, None)), None, false), 1);
    assert_eq!(n(Some((State::Draft, None)), None, true), 1);
    assert_eq!(n(Some((State::InReview, Some("department"))), None, false), 1);
    assert_eq!(n(Some((State::Draft, None)), Some(State::Published), false), 1);
    assert_eq!(n(None, Some(State::Published), false), 1);
    assert_eq!(n(None, Some(State::Suspended), false), 1);
    assert_eq!(n(None, None, false), 1);
}

async fn what_lies_outside_the_scope_is_not_there(db: Db) {
    let directory = db.directory("社会组织登记").await;
    let group = db.group(Some(directory.id), "组").await;
    let item = db.seated("甲", within(&group)).await;
    let body = directory.body;
    let here: [Scope; 3] =
        [EVERYWHERE, Scope::Body(body), Scope::Region(RegionCode::parse("6205").unwrap())];
    let elsewhere = [Scope::Body(BodyId(body.0 + 1_000_000)), Scope::Region(region("620525"))];
    let standards = Standards::shipped().unwrap();
    let branch = Branch { body, standard: None, kind: None, under: Under::Any };
    for (scopes, there) in [(here.as_slice(), 1), (elsewhere.as_slice(), 0)] {
        for &scope in scopes {
            let store = &db.store;
            assert_eq!(store.directories(scope, body).await.unwrap().len(), there, "{scope:?}");
            assert_eq!(store.groups(scope, body).await.unwrap().len(), there, "{scope:?}");
            assert_eq!(store.tree(scope, body).await.unwrap().len(), there, "{scope:?}");
            let page = store.arranged(scope, &branch, Lot::All, None, 9).await.unwrap();
            assert_eq!(page.len(), there, "{scope:?}");
            assert_eq!(store.office(scope, body).await.unwrap().is_some(), there == 1);
            let offices = store.offices(scope, &OfficeFilter::default(), 1_000).await.unwrap();
            assert_eq!(offices.iter().any(|it| it.id == body), there == 1, "{scope:?}");
            let mut tx = store.begin().await.unwrap();
            let found = tx.directory(scope, directory.id).await.unwrap();
            assert_eq!(found.is_some(), there == 1, "{scope:?}");
            assert_eq!(tx.group(scope, group.id).await.unwrap().is_some(), there == 1);
            assert_eq!(tx.seated(scope, &[item.item]).await.unwrap().len(), there, "{scope:?}");
            let coded = tx.code_in_order(scope, body, &standards).await.unwrap();
            assert_eq!(coded.len(), there, "{scope:?}");
        }
    }
}

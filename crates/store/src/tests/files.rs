//! Files that rows name by their hash: which are needed, whose they are, who brought them.

use domain::{
    approval::Answers,
    people::{OfficerId, Scope},
};
use time::Duration;

use super::{
    db::Db,
    sample::{NOW, TODAY, code, coded, region},
};
use crate::{
    FileUse, Job, JobId, NewApproval, NewApprovalTemplate, NewAttachment, Order, Saving, Store,
};

on_both!(
    the_files_that_rows_need_are_told_once_each,
    a_job_needs_its_file_until_it_has_ended,
    a_file_is_used_by_whom_its_attachment_reaches,
    a_table_is_known_to_who_brought_it_for_a_month,
);

const SAVING: Saving = Saving { by: OfficerId(7), at: NOW };

fn hash(digit: &str) -> String {
    digit.repeat(64)
}

impl Db {
    async fn attaches(&self, owner: Scope, name: &str, hash: &str) -> i64 {
        let new = NewAttachment { hash, name, media_type: "text/plain", size_bytes: 1 };
        let mut tx = self.store.begin().await.unwrap();
        let id = tx.add_attachment(owner, new, SAVING).await.unwrap();
        tx.commit().await.unwrap();
        id
    }

    /// Issues a document from a template of its own; returns the ids of both.
    async fn issues(&self, template_hash: &str, hash: &str) -> [i64; 2] {
        let edition = self.published(&coded("示例事项", &code(1))).await;
        let mut tx = self.store.begin().await.unwrap();
        let body = tx.body_of(edition.item).await.unwrap().unwrap().id;
        let new = NewApprovalTemplate {
            item: edition.item,
            title: "批复",
            outcome: None,
            number_rule: "武〔{年}〕{序号}号",
            hash: template_hash,
            file_name: "批复.docx",
            size_bytes: 1,
        };
        let template = tx.add_approval_template(new, SAVING).await.unwrap();
        let new = NewApproval {
            template,
            body,
            edition: edition.id,
            title: "批复",
            number: "武〔2026〕1号",
            issued_on: TODAY,
            answers: &Answers::new(),
            template_hash,
            hash,
            size_bytes: 1,
            request: "a-request-of-an-office",
        };
        let document = tx.add_approval(new, SAVING).await.unwrap();
        tx.commit().await.unwrap();
        [template.0, document.0]
    }

    async fn imports(&self, hash: &str) -> JobId {
        let order = Order { kind: "import", what: "{}", by: OfficerId(7), now: NOW };
        let mut tx = self.store.begin().await.unwrap();
        let job = tx.add_counted_job(order, 2, hash).await.unwrap();
        tx.commit().await.unwrap();
        job
    }
}

/// Returns all the hashes, as a backup and as a verification go through them.
async fn needed(store: &Store) -> Vec<String> {
    let mut snapshot = store.snapshot().await.unwrap();
    let of_snapshot = snapshot.needed_files("").await.unwrap();
    assert_eq!(store.needed_files("").await.unwrap(), of_snapshot);
    of_snapshot
}

async fn the_files_that_rows_need_are_told_once_each(db: Db) {
    assert_eq!(needed(&db.store).await, [""; 0]);
    let form = db.attaches(Scope::Everywhere, "申请表.pdf", &hash("b")).await;
    let same = db.attaches(Scope::Region(region("620524")), "样表.pdf", &hash("b")).await;
    let [template, document] = db.issues(&hash("c"), &hash("a")).await;
    assert_eq!(needed(&db.store).await, [hash("a"), hash("b"), hash("c")]);
    assert_eq!(db.store.needed_files(&hash("a")).await.unwrap(), [hash("b"), hash("c")]);
    assert_eq!(db.store.needed_files(&hash("c")).await.unwrap(), [""; 0]);

    let check = async |digit: &str, expected: &[(&'static str, i64, &str)]| {
        let expected: Vec<FileUse> = expected
            .iter()
            .map(|(title, id, name)| FileUse { title, id: *id, name: (*name).to_owned() })
            .collect();
        assert_eq!(db.store.file_uses(&hash(digit)).await.unwrap(), expected);
    };
    check("b", &[("附件", form, "申请表.pdf"), ("附件", same, "样表.pdf")]).await;
    check("c", &[("审批文书模板", template, "批复")]).await;
    check("a", &[("审批文书", document, "武〔2026〕1号")]).await;
    check("d", &[]).await;
}

async fn a_job_needs_its_file_until_it_has_ended(db: Db) {
    let id = db.imports(&hash("a")).await;
    assert_eq!(needed(&db.store).await, [hash("a")]);
    let uses = db.store.file_uses(&hash("a")).await.unwrap();
    assert_eq!(uses[0], FileUse { title: "未完的任务", id: id.0, name: "import".into() });
    let job: Job = db.store.job(id).await.unwrap().unwrap();
    let mut tx = db.store.begin().await.unwrap();
    tx.give_up(&job, "不行", NOW).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(needed(&db.store).await, [""; 0]);
}

async fn a_file_is_used_by_whom_its_attachment_reaches(db: Db) {
    let edition = db.published(&coded("示例事项", &code(1))).await;
    let mut tx = db.store.begin().await.unwrap();
    let body = Scope::Body(tx.body_of(edition.item).await.unwrap().unwrap().id);
    drop(tx);
    let [county, next] = ["620524", "620525"].map(|code| Scope::Region(region(code)));
    for (owner, digit) in [(Scope::Everywhere, "a"), (county, "b"), (body, "c"), (next, "d")] {
        db.attaches(owner, "表.pdf", &hash(digit)).await;
    }
    let check = async |scope: Scope, expected: &[&str]| {
        let all = ["a", "b", "c", "d", "e"].map(hash);
        let all: Vec<&str> = all.iter().map(String::as_str).collect();
        let mut tx = db.store.begin().await.unwrap();
        let usable = tx.usable_attachments(scope, &all).await.unwrap();
        let mut usable: Vec<&str> = usable.iter().map(|it| &it[..1]).collect();
        usable.sort_unstable();
        assert_eq!(usable, expected, "{scope:?}");
    };
    check(Scope::Everywhere, &["a", "b", "c", "d"]).await;
    check(county, &["a", "b", "c"]).await;
    check(body, &["a", "b", "c"]).await;
    check(next, &["a", "d"]).await;
}

async fn a_table_is_known_to_who_brought_it_for_a_month(db: Db) {
    let [near, far] = [db.officer("near").await, db.officer("far").await];
    let brings = async |by: OfficerId, digit: &str, at| {
        let mut tx = db.store.begin().await.unwrap();
        tx.note_brought(by, &hash(digit), at).await.unwrap();
        tx.commit().await.unwrap();
    };
    let has = async |by: OfficerId| db.store.has_brought(by, &hash("a")).await.unwrap();
    brings(near, "a", NOW).await;
    brings(near, "a", NOW).await;
    assert_eq!((has(near).await, has(far).await), (true, false));
    brings(far, "b", NOW + Duration::days(29)).await;
    assert!(has(near).await);
    brings(far, "b", NOW + Duration::days(31)).await;
    assert!(!has(near).await);
}

//! 审批文书: numbers are given by rule and never twice; what was issued stays.

use std::collections::BTreeSet;

use domain::{
    approval::{Answers, ApprovalId, NumberRule, TemplateId},
    edition::Edition,
    item::BodyId,
    people::{OfficerId, Scope},
};
use time::macros::date;

use super::{
    db::Db,
    sample::{NOW, TODAY, code, coded, office, region},
};
use crate::{ApprovalFilter, NewApproval, NewApprovalTemplate, Saving, StoreError};

on_both!(
    ten_writers_are_given_numbers_without_gap_or_double,
    numbers_begin_anew_each_year_and_are_each_offices_own,
    what_was_numbered_on_paper_is_not_given_again,
    a_voided_number_is_not_given_again,
    a_step_that_is_given_up_gives_its_number_back,
    two_rules_that_come_to_one_number_do_not_give_it_twice,
    a_form_that_is_sent_twice_issues_once,
    a_template_is_retired_once_and_what_was_issued_stays,
    documents_are_found_by_what_they_say,
    what_lies_outside_the_scope_does_not_exist,
);

const SAVING: Saving = Saving { by: OfficerId(7), at: NOW };
const N_WRITERS: usize = 10;
const N_EACH: usize = 12;

/// An office that issues on one of its items.
#[derive(Debug, Clone)]
struct Desk {
    body: BodyId,
    template: TemplateId,
    edition: Edition,
}

fn rule() -> NumberRule {
    NumberRule::parse("深审核准〔{年}〕{序号}号").unwrap()
}

impl Db {
    async fn has_desk(&self, name: &str, office_name: &str, n: u32) -> Desk {
        let mut record = coded(name, &code(n));
        record.body = office(office_name, None);
        let edition = self.published(&record).await;
        let mut tx = self.store.begin().await.unwrap();
        let body = tx.body(region("620524"), office_name).await.unwrap().unwrap().id;
        let new = NewApprovalTemplate {
            item: edition.item,
            title: "核准的批复",
            outcome: Some("批复"),
            number_rule: "深审核准〔{年}〕{序号}号",
            hash: &"a".repeat(64),
            file_name: "批复.docx",
            size_bytes: 1,
        };
        let template = tx.add_approval_template(new, SAVING).await.unwrap();
        tx.commit().await.unwrap();
        Desk { body, template, edition }
    }

    async fn issue_document(
        &self,
        desk: &Desk,
        rule: &NumberRule,
        year: i32,
        request: &str,
    ) -> Result<(ApprovalId, String), StoreError> {
        let mut tx = self.store.begin().await?;
        let number = tx.next_approval_number(desk.body, rule, year).await?;
        let answers: Answers = [("申请人".to_owned(), "某某有限责任公司".to_owned())].into();
        let new = NewApproval {
            template: desk.template,
            body: desk.body,
            edition: desk.edition.id,
            title: "核准的批复",
            number: &number,
            issued_on: TODAY.replace_year(year).unwrap(),
            answers: &answers,
            template_hash: &"a".repeat(64),
            hash: &"b".repeat(64),
            size_bytes: 1,
            request,
        };
        let id = tx.add_approval(new, SAVING).await?;
        tx.commit().await?;
        Ok((id, number))
    }

    async fn numbers(&self, filter: &ApprovalFilter<'_>) -> Vec<String> {
        let found = self.store.approvals(Scope::Everywhere, filter, 50).await.unwrap();
        found.into_iter().map(|it| it.number).collect()
    }
}

fn request(n: usize) -> String {
    format!("request-number-{n:04}")
}

async fn ten_writers_are_given_numbers_without_gap_or_double(db: Db) {
    let desk = db.has_desk("项目核准", "武山县民政局", 1).await;
    let writers = (0..N_WRITERS).map(|writer| {
        let (db, desk) = (db.clone(), desk.clone());
        tokio::spawn(async move {
            let mut numbers = Vec::new();
            while numbers.len() < N_EACH {
                let request = request(writer * N_EACH + numbers.len());
                match db.issue_document(&desk, &rule(), 2026, &request).await {
                    Ok((_, number)) => numbers.push(number),
                    Err(StoreError::Collided) => {}
                    Err(other) => panic!("{other:?}"),
                }
            }
            numbers
        })
    });
    let writers: Vec<_> = writers.collect();
    let mut given = BTreeSet::new();
    for writer in writers {
        for number in writer.await.unwrap() {
            assert!(given.insert(number.clone()), "{number} was given twice");
        }
    }
    let all = (1..=N_WRITERS * N_EACH).map(|n| format!("深审核准〔2026〕{n}号"));
    assert_eq!(given, all.collect());
}

async fn numbers_begin_anew_each_year_and_are_each_offices_own(db: Db) {
    let desk = db.has_desk("项目核准", "武山县民政局", 1).await;
    let other = db.has_desk("办学许可", "武山县教育局", 2).await;
    let mut given = Vec::new();
    for (n, (desk, year)) in
        [(&desk, 2026), (&desk, 2026), (&other, 2026), (&desk, 2027)].into_iter().enumerate()
    {
        given.push(db.issue_document(desk, &rule(), year, &request(n)).await.unwrap().1);
    }
    let said = ["〔2026〕1号", "〔2026〕2号", "〔2026〕1号", "〔2027〕1号"];
    assert_eq!(given, said.map(|it| format!("深审核准{it}")));
}

async fn what_was_numbered_on_paper_is_not_given_again(db: Db) {
    let desk = db.has_desk("项目核准", "武山县民政局", 1).await;
    let mut tx = db.store.begin().await.unwrap();
    tx.reserve_approval_numbers(desk.body, &rule(), 2026, 37).await.unwrap();
    tx.reserve_approval_numbers(desk.body, &rule(), 2026, 12).await.unwrap();
    tx.commit().await.unwrap();
    let (_, number) = db.issue_document(&desk, &rule(), 2026, &request(1)).await.unwrap();
    assert_eq!(number, "深审核准〔2026〕38号");
}

async fn a_voided_number_is_not_given_again(db: Db) {
    let desk = db.has_desk("项目核准", "武山县民政局", 1).await;
    let (id, _) = db.issue_document(&desk, &rule(), 2026, &request(1)).await.unwrap();
    let mut tx = db.store.begin().await.unwrap();
    tx.void_approval(id, "项目名称写错", SAVING).await.unwrap();
    let again = tx.void_approval(id, "再作废一次", SAVING).await;
    assert!(matches!(again, Err(StoreError::Stale { .. })), "{again:?}");
    tx.commit().await.unwrap();
    let (_, next) = db.issue_document(&desk, &rule(), 2026, &request(2)).await.unwrap();
    assert_eq!(next, "深审核准〔2026〕2号");
    let kept = db.store.approval(Scope::Everywhere, id).await.unwrap().unwrap();
    assert_eq!(kept.voided.unwrap().reason, "项目名称写错");
    let gone = db.by_hand("delete from approval_template").await;
    assert!(gone.is_err(), "a template that documents came from stays");
}

async fn a_step_that_is_given_up_gives_its_number_back(db: Db) {
    let desk = db.has_desk("项目核准", "武山县民政局", 1).await;
    let mut tx = db.store.begin().await.unwrap();
    let given_up = tx.next_approval_number(desk.body, &rule(), 2026).await.unwrap();
    drop(tx);
    let (_, number) = db.issue_document(&desk, &rule(), 2026, &request(1)).await.unwrap();
    assert_eq!(number, given_up);
}

async fn two_rules_that_come_to_one_number_do_not_give_it_twice(db: Db) {
    let desk = db.has_desk("项目核准", "武山县民政局", 1).await;
    let [first, second] =
        ["甲2026-{年}-{序号}", "甲{年}-2026-{序号}"].map(|it| NumberRule::parse(it).unwrap());
    let (_, one) = db.issue_document(&desk, &first, 2026, &request(1)).await.unwrap();
    let (_, two) = db.issue_document(&desk, &second, 2026, &request(2)).await.unwrap();
    assert_eq!([one.as_str(), &two], ["甲2026-2026-1", "甲2026-2026-2"]);
    let sql = "insert into approval_document (id, template_id, body_id, edition_id, title, number,
         issued_on, answers, template_hash, hash, size_bytes, request, issued_by, issued_at)
         select id + 100000, template_id, body_id, edition_id, title, number, issued_on, answers,
         template_hash, hash, size_bytes, 'another-request-1', issued_by, issued_at
         from approval_document where number = '甲2026-2026-1'";
    let twice = db.by_hand(sql).await;
    assert!(matches!(twice, Err(StoreError::Taken { constraint: "文号" })), "{twice:?}");
}

async fn a_form_that_is_sent_twice_issues_once(db: Db) {
    let desk = db.has_desk("项目核准", "武山县民政局", 1).await;
    let (id, _) = db.issue_document(&desk, &rule(), 2026, &request(1)).await.unwrap();
    let mut tx = db.store.begin().await.unwrap();
    let known = tx.approval_of_request(SAVING.by, &request(1)).await.unwrap();
    assert_eq!(known, Some(id));
    assert_eq!(tx.approval_of_request(OfficerId(8), &request(1)).await.unwrap(), None);
    drop(tx);
    let again = db.issue_document(&desk, &rule(), 2026, &request(1)).await;
    assert!(matches!(again, Err(StoreError::Taken { .. })), "{again:?}");
}

async fn a_template_is_retired_once_and_what_was_issued_stays(db: Db) {
    let desk = db.has_desk("项目核准", "武山县民政局", 1).await;
    let (id, _) = db.issue_document(&desk, &rule(), 2026, &request(1)).await.unwrap();
    let mut tx = db.store.begin().await.unwrap();
    tx.retire_approval_template(desk.template, SAVING).await.unwrap();
    let again = tx.retire_approval_template(desk.template, SAVING).await;
    assert!(matches!(again, Err(StoreError::Stale { .. })), "{again:?}");
    tx.commit().await.unwrap();
    let in_use = db.store.approval_templates_in_use(Scope::Everywhere, 9).await.unwrap();
    assert!(in_use.is_empty(), "{in_use:?}");
    let all = db.store.approval_templates(Scope::Everywhere, desk.edition.item).await.unwrap();
    assert!(all[0].retired_at.is_some());
    assert_eq!((all[0].title.as_str(), all[0].outcome.as_deref()), ("核准的批复", Some("批复")));
    let kept = db.store.approval(Scope::Everywhere, id).await.unwrap().unwrap();
    assert_eq!((kept.template, kept.item), (desk.template, desk.edition.item));
    assert_eq!(kept.answers["申请人"], "某某有限责任公司");
}

async fn documents_are_found_by_what_they_say(db: Db) {
    let desk = db.has_desk("项目核准", "武山县民政局", 1).await;
    let other = db.has_desk("办学许可", "武山县教育局", 2).await;
    let (void, _) = db.issue_document(&desk, &rule(), 2026, &request(1)).await.unwrap();
    db.issue_document(&desk, &rule(), 2027, &request(2)).await.unwrap();
    let mine = NumberRule::parse("教许〔{年}〕{序号}号").unwrap();
    db.issue_document(&other, &mine, 2026, &request(3)).await.unwrap();
    let mut tx = db.store.begin().await.unwrap();
    tx.void_approval(void, "写错", SAVING).await.unwrap();
    tx.commit().await.unwrap();
    let [first, second, third] = ["深审核准〔2026〕1号", "深审核准〔2027〕1号", "教许〔2026〕1号"];
    let all = ApprovalFilter::default();
    for (filter, found) in [
        (all.clone(), vec![third, second, first]),
        (ApprovalFilter { words: "深审 批复", ..all.clone() }, vec![second, first]),
        (ApprovalFilter { words: "办学", ..all.clone() }, vec![third]),
        (ApprovalFilter { words: "%", ..all.clone() }, vec![]),
        (ApprovalFilter { item: Some(other.edition.item), ..all.clone() }, vec![third]),
        (ApprovalFilter { from: Some(date!(2027 - 01 - 01)), ..all.clone() }, vec![second]),
        (ApprovalFilter { until: Some(date!(2026 - 12 - 31)), ..all.clone() }, vec![third, first]),
        (ApprovalFilter { is_void: Some(true), ..all.clone() }, vec![first]),
        (ApprovalFilter { is_void: Some(false), ..all.clone() }, vec![third, second]),
    ] {
        assert_eq!(db.numbers(&filter).await, found, "{filter:?}");
    }
}

async fn what_lies_outside_the_scope_does_not_exist(db: Db) {
    let desk = db.has_desk("项目核准", "武山县民政局", 1).await;
    let other = db.has_desk("办学许可", "武山县教育局", 2).await;
    let (id, _) = db.issue_document(&desk, &rule(), 2026, &request(1)).await.unwrap();
    let (own, foreign) = (Scope::Body(desk.body), Scope::Body(other.body));
    let store = &db.store;
    assert!(store.approval(own, id).await.unwrap().is_some());
    assert!(store.approval(foreign, id).await.unwrap().is_none());
    assert!(store.approval_template(own, desk.template).await.unwrap().is_some());
    assert!(store.approval_template(foreign, desk.template).await.unwrap().is_none());
    assert_eq!(store.approval_templates_in_use(own, 9).await.unwrap().len(), 1);
    let theirs = store.approval_templates_in_use(foreign, 9).await.unwrap();
    assert!(theirs.iter().all(|it| it.body == other.body), "{theirs:?}");
    assert!(store.approval_templates(foreign, desk.edition.item).await.unwrap().is_empty());
    let all = ApprovalFilter::default();
    assert!(store.approvals(foreign, &all, 50).await.unwrap().is_empty());
    let elsewhere = Scope::Region(region("620525"));
    assert!(store.approvals(elsewhere, &all, 50).await.unwrap().is_empty());
    let mut tx = store.begin().await.unwrap();
    assert!(tx.approval_template(foreign, desk.template).await.unwrap().is_none());
}

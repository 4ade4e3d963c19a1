use domain::{
    content::{Value, keys},
    edition::State,
    item::ItemId,
    people::{Actor, Role, Scope},
};
use store::JobId;

use super::*;
use crate::testkit::{Desk, NOW, Site, officer, sound};

const PHONE: &str = "contacts.consult";

async fn clerk(site: &Site) -> Desk {
    let scope = Scope::Body(site.body("武山县民政局").await);
    site.officer(officer("clerk", scope, &[Role::Editor])).await
}

fn new_phone(phone: &str) -> Change {
    let fields = vec![(PHONE.to_owned(), phone.to_owned())];
    let (element, label) = (PHONE.to_owned(), "咨询电话".to_owned());
    Change { value: Some(NewValue { element, label, fields }) }
}

impl Site {
    async fn changes(&self, actor: &Actor, change: &Change, items: &[ItemId]) -> Vec<String> {
        let job: JobId = order(&self.state.store, actor.id, change, items, NOW).await.unwrap();
        self.works().await;
        let refused = self.state.store.refused_steps(job, 0, 100).await.unwrap();
        refused.into_iter().map(|it| it.refusal.unwrap()).collect()
    }

    async fn item_of(&self, code: &str) -> ItemId {
        let mut tx = self.state.store.begin().await.unwrap();
        tx.items_by_code(&[code]).await.unwrap().remove(0).id
    }

    async fn phones(&self, item: ItemId) -> Vec<(State, String)> {
        let editions = self.state.store.editions_of(Scope::Everywhere, item).await.unwrap();
        let phone = |it: &Edition| it.record.content.text(PHONE).to_owned();
        editions.iter().map(|it| (it.state, phone(it))).collect()
    }
}

#[tokio::test]
async fn a_new_phone_reaches_drafts_at_once_and_the_public_through_a_change() {
    let site = Site::start().await;
    site.publishes(sound("62052400MZ-XK-0001", "甲")).await;
    let draft = site.drafts(sound("62052400MZ-XK-0002", "乙")).await;
    let waits = site.drafts(sound("62052400MZ-XK-0003", "丙")).await;
    site.goes_to(waits.id, State::InReview, NOW).await;
    let live = site.item_of("62052400MZ-XK-0001").await;
    let desk = clerk(&site).await;
    let items = [live, draft.item, waits.item];
    let actor = desk.officer.actor();
    let refused = site.changes(&actor, &new_phone("0938-3221234"), &items).await;
    assert_eq!(refused, ["事项现在是“审核中”，不能变更"]);
    let (old, new) = ("0938-0000000".to_owned(), "0938-3221234".to_owned());
    assert_eq!(
        site.phones(live).await,
        [(State::Published, old.clone()), (State::Draft, new.clone())]
    );
    assert_eq!(site.phones(draft.item).await, [(State::Draft, new)]);
    assert_eq!(site.phones(waits.item).await, [(State::InReview, old)]);
    let again = site.changes(&actor, &new_phone("0938-3221234"), &[live, draft.item]).await;
    assert_eq!(again, ["本来就是这样，没有改"; 2]);
}

#[tokio::test]
async fn a_list_is_changed_by_its_lines() {
    let site = Site::start().await;
    let draft = site.drafts(sound("62052400MZ-XK-0001", "甲")).await;
    let desk = clerk(&site).await;
    let fields = vec![("windows".to_owned(), "9 号窗口".to_owned())];
    let (element, label) = ("windows".to_owned(), "办理窗口".to_owned());
    let change = Change { value: Some(NewValue { element, label, fields }) };
    let refused = site.changes(&desk.officer.actor(), &change, &[draft.item]).await;
    assert_eq!(refused, [""; 0]);
    let content = site.edition(draft.id).await.record.content;
    assert!(matches!(content.get("windows"), Some(Value::Rows(rows)) if rows.len() == 1));
    assert_eq!(content.name(), "甲");
    assert!(content.get(keys::NAME).is_some());
}

#[tokio::test]
async fn nobody_changes_what_lies_outside_their_scope_or_without_the_role() {
    let site = Site::start().await;
    let draft = site.drafts(sound("62052400MZ-XK-0001", "甲")).await;
    let body = site.body("武山县民政局").await;
    let elsewhere = Scope::Region("620525".parse().unwrap());
    let stranger = site.officer(officer("far", elsewhere, &[Role::Editor])).await;
    let reader = site.officer(officer("reads", Scope::Body(body), &[Role::Supervisor])).await;
    let change = new_phone("0938-3221234");
    let refused = site.changes(&stranger.officer.actor(), &change, &[draft.item]).await;
    assert_eq!(refused, ["找不到这个事项，或者它不在您的范围内"]);
    let refused = site.changes(&reader.officer.actor(), &change, &[draft.item]).await;
    assert_eq!(refused, ["要由录入员来做，您的账号没有这个角色"]);
}

#[tokio::test]
async fn a_file_of_another_office_is_not_written_into_many_items() {
    let site = Site::start().await;
    site.publishes(sound("62052400MZ-XK-0001", "甲")).await;
    let draft = site.drafts(sound("62052400MZ-XK-0002", "乙")).await;
    let elsewhere = Scope::Region("620525".parse().unwrap());
    let far = site.officer(officer("far", elsewhere, &[Role::Editor])).await;
    far.upload("/workbench/attachments/upload", "名单.txt", b"secret", &[]).await;
    let list = far.get("/workbench/attachments").await;
    let reference = list.attributes("input[readonly]", "value").remove(0);
    let fields = [("outcomes[]", "r1"), ("outcomes[r1].sample", &reference)];
    let fields = fields.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
    let (element, label) = ("outcomes".to_owned(), "办理结果".to_owned());
    let change = Change { value: Some(NewValue { element, label, fields }) };
    let live = site.item_of("62052400MZ-XK-0001").await;
    let actor = clerk(&site).await.officer.actor();
    let refused = site.changes(&actor, &change, &[live, draft.item]).await;
    let why = "“名单.txt”不在您能用的附件里；请从附件里选，或者重新上传";
    assert_eq!(refused, [why, why]);
}

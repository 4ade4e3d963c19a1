use domain::{
    content::{Value, keys},
    edition::{Edition, State},
    item::{EditionId, ItemId},
    people::{Role, Scope},
};

use crate::testkit::{Desk, Site, editor, full_record, officer, reviewer, sound};

const CODE: &str = "62052400MZ-XK-0001";
const BODY: &str = "武山县民政局";

async fn clerk(site: &Site) -> Desk {
    let scope = Scope::Body(site.body(BODY).await);
    site.officer(officer("clerk", scope, &[Role::Editor])).await
}

async fn at_desk(site: &Site, desk: &str) -> Desk {
    let scope = Scope::Region("620524".parse().unwrap());
    site.officer(officer(desk, scope, &[Role::Reviewer { desk: desk.into() }])).await
}

fn path(item: ItemId) -> String {
    format!("/workbench/items/{item}")
}

impl Site {
    async fn editions(&self, item: ItemId) -> Vec<Edition> {
        self.state.store.editions_of(Scope::Everywhere, item).await.unwrap()
    }

    async fn has_live(&self) -> ItemId {
        self.publishes(full_record()).await;
        let mut tx = self.state.store.begin().await.unwrap();
        tx.items_by_code(&[CODE]).await.unwrap()[0].id
    }
}

impl Desk {
    /// Takes a step on an edition as the item's page sends it.
    async fn acts(&self, on: &Edition, act: &str, reason: &str) -> crate::testkit::Page {
        let (id, revision) = (on.id.to_string(), on.revision.to_string());
        let fields = [("act", act), ("edition", &id), ("revision", &revision), ("reason", reason)];
        self.post(&path(on.item), &fields).await
    }
}

#[tokio::test]
async fn an_editor_begins_a_change_beside_what_is_in_force() {
    let site = Site::start().await;
    let item = site.has_live().await;
    let clerk = clerk(&site).await;
    let page = clerk.get(&path(item)).await;
    page.check(200, &["社会团体成立登记", "现行：第 1 版", "变更", "暂停办理", "取消，不再办理"]);
    let live = site.editions(item).await.remove(0);
    let begun = clerk.acts(&live, "change", "").await;
    let [live, draft] = site.editions(item).await.try_into().unwrap();
    assert_eq!(begun.status, 303, "{}", begun.body);
    assert_eq!(begun.header("location"), format!("/workbench/editions/{}/edit", draft.id));
    assert_eq!((live.state, draft.state, draft.number), (State::Published, State::Draft, 2));
    let page = clerk.get(&path(item)).await;
    page.check(200, &["在办：第 2 版", "现行：第 1 版", "还没有送审"]);
    let compare = format!("/workbench/items/{item}/compare?from=1&to=2");
    assert!(page.links(".sx-panel-head a").contains(&compare), "{compare}");
}

#[tokio::test]
async fn a_draft_is_submitted_recalled_and_given_up_from_the_item_s_page() {
    let site = Site::start().await;
    let draft = site.drafts(sound(CODE, "示例许可")).await;
    let clerk = clerk(&site).await;
    assert_eq!(clerk.acts(&draft, "submit", "").await.status, 303);
    let submitted = site.edition(draft.id).await;
    let page = clerk.get(&path(draft.item)).await;
    page.check(
        200,
        &[
            "待部门审核",
            "录入岗",
            "送审",
            "11-27 前，剩 5 个工作日",
            "要由“部门审核”环节的审核人来做",
        ],
    );
    assert_eq!(page.all(".sx-route .now b"), ["部门审核"]);
    assert_eq!(clerk.acts(&submitted, "recall", "").await.status, 303);
    let back = site.edition(draft.id).await;
    assert_eq!(back.state, State::Draft);
    clerk.acts(&back, "discard", " ").await.check(422, &["没有办成", "请写明理由"]);
    assert_eq!(clerk.acts(&back, "discard", "与另一项重复").await.status, 303);
    let page = clerk.get(&path(draft.item)).await;
    page.check(200, &["放弃", "与另一项重复", "重新编写"]);
}

#[tokio::test]
async fn what_is_closed_says_why() {
    let site = Site::start().await;
    let item = site.has_live().await;
    let desk = at_desk(&site, "department").await;
    let page = desk.get(&path(item)).await;
    page.check(200, &["现在没有您可以办的", "要由录入员来做，您的账号没有这个角色"]);
    assert!(page.all("form textarea").is_empty());
    let live = site.editions(item).await.remove(0);
    desk.acts(&live, "change", "").await.check(422, &["要由录入员来做"]);
    assert_eq!(site.editions(item).await.len(), 1);
    let submitted = site.drafts(sound("62052400MZ-XK-0002", "示例许可")).await;
    site.goes_to(submitted.id, State::InReview, crate::testkit::NOW).await;
    let page = desk.get(&path(submitted.item)).await;
    page.check(200, &["审核", "您在这一步"]);
    let review = format!("/workbench/editions/{}/review", submitted.id);
    assert_eq!(page.links(".sx-act a"), [review]);
}

#[tokio::test]
async fn errors_that_stop_a_submission_are_told_before_it() {
    let site = Site::start().await;
    let mut record = sound(CODE, "示例许可");
    record.content.put(keys::STATUTORY_LIMIT, Value::Text("很久".into()));
    let draft = site.drafts(record).await;
    let clerk = clerk(&site).await;
    clerk.get(&path(draft.item)).await.check(200, &["现在不能办的", "个错误没有改"]);
    clerk.acts(&draft, "submit", "").await.check(422, &["没有办成", "个错误没有改"]);
    assert_eq!(site.edition(draft.id).await.state, State::Draft);
}

#[tokio::test]
async fn suspending_is_asked_for_with_a_reason_and_goes_to_the_desks_at_once() {
    let site = Site::start().await;
    let item = site.has_live().await;
    let clerk = clerk(&site).await;
    let live = site.editions(item).await.remove(0);
    clerk.acts(&live, "suspend", "").await.check(422, &["请写明理由"]);
    assert_eq!(site.editions(item).await.len(), 1);
    let done = clerk.acts(&live, "suspend", "设备检修").await;
    assert_eq!((done.status, done.header("location")), (303, path(item).as_str()));
    let suspend = site.editions(item).await.remove(1);
    assert_eq!((suspend.state, suspend.desk.as_deref()), (State::InReview, Some("department")));
    clerk.get(&path(item)).await.check(200, &["在办：第 2 版", "暂停", "理由：设备检修"]);
    site.goes_to(suspend.id, State::Suspended, crate::testkit::NOW).await;
    clerk.get(&path(item)).await.check(200, &["现行：第 2 版", "恢复办理", "理由：设备检修"]);
}

#[tokio::test]
async fn who_is_too_late_is_told_and_keeps_what_was_typed() {
    let site = Site::start().await;
    let item = site.has_live().await;
    let clerk = clerk(&site).await;
    let live = site.editions(item).await.remove(0);
    assert_eq!(clerk.acts(&live, "withdraw", "职权下放").await.status, 303);
    let late = clerk.acts(&live, "suspend", "设备检修").await;
    late.check(422, &["在您看过以后又改过或办过", "在办：第 2 版"]);
    let withdraw = site.editions(item).await.remove(1);
    let seen = Edition { revision: withdraw.revision - 1, ..withdraw };
    let late = clerk.acts(&seen, "recall", "").await;
    late.check(422, &["在您看过以后又改过或办过"]);
    assert_eq!(site.edition(seen.id).await.state, State::InReview);
}

#[tokio::test]
async fn every_edition_says_who_did_what_when_and_why() {
    use crate::workflow::Step;
    use domain::edition::Remark;
    let site = Site::start().await;
    let draft = site.drafts(sound(CODE, "示例许可")).await;
    let clerk = clerk(&site).await;
    clerk.acts(&draft, "submit", "市里要求").await;
    let remarks = vec![Remark::on("materials", "请补样表"), Remark::on_all("再看一遍")];
    let back = reviewer(&["department"]);
    site.takes(&back, draft.id, &Step::Return { remarks }).await.unwrap();
    let page = clerk.get(&path(draft.item)).await;
    page.check(200, &["送审：市里要求", "部门审核：退回", "请补样表", "再看一遍", "退回的意见"]);
    assert_eq!(page.all(".sx-acts .sx-finding b"), ["申请材料"]);
    assert_eq!(page.all(".sx-route .now b"), ["录入"]);
}

#[tokio::test]
async fn what_is_given_up_leaves_the_item_called_as_it_is_in_force() {
    let site = Site::start().await;
    let item = site.has_live().await;
    let mut draft = site.begins_change(CODE).await;
    draft.record.content.put(keys::NAME, Value::Text("改了的名称".into()));
    let id: EditionId = site.saves(&draft).await;
    let mut tx = site.state.store.begin().await.unwrap();
    tx.update_item(item, &draft.record).await.unwrap();
    tx.commit().await.unwrap();
    let step = crate::workflow::Step::Discard { reason: "不改了".into() };
    site.takes(&editor(), id, &step).await.unwrap();
    let mut tx = site.state.store.begin().await.unwrap();
    assert_eq!(tx.items_by_code(&[CODE]).await.unwrap()[0].name, "社会团体成立登记");
}

#[tokio::test]
async fn an_item_of_another_office_is_not_there() {
    let site = Site::start().await;
    let item = site.has_live().await;
    let mut record = full_record();
    record.body.name = "武山县教育局".into();
    record.body.letters = Some("JY".into());
    record.code = Some("62052400JY-XK-0001".into());
    site.publishes(record).await;
    let scope = Scope::Body(site.body("武山县教育局").await);
    let other = site.officer(officer("other", scope, &[Role::Editor])).await;
    assert_eq!(other.get(&path(item)).await.status, 404);
    let live = site.editions(item).await.remove(0);
    assert_eq!(other.acts(&live, "change", "").await.status, 404);
    assert_eq!(site.editions(item).await.len(), 1);
}

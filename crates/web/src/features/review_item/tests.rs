use std::sync::Arc;

use domain::{
    content::{Limit, Value, keys},
    edition::{Action, Edition, State},
    flow::Template,
    item::EditionId,
    people::{Role, Scope},
};

use tokio::task::JoinSet;

use crate::{
    testkit::{Desk, NOW, Page, Site, officer, sound},
    workflow::Step,
};

const CODE: &str = "62052400MZ-XK-0001";

fn desk(id: &str) -> Role {
    Role::Reviewer { desk: id.into() }
}

fn path(id: EditionId) -> String {
    format!("/workbench/editions/{id}/review")
}

impl Site {
    async fn county(&self, account: &str, roles: &[Role]) -> Desk {
        let scope = Scope::Region("620524".parse().unwrap());
        self.officer(officer(account, scope, roles)).await
    }

    /// Submits a new item.
    async fn has_new(&self, n: u32) -> EditionId {
        let code = format!("62052400MZ-XK-{n:04}");
        let draft = self.drafts(sound(&code, &format!("示例许可{n}"))).await;
        self.goes_to(draft.id, State::InReview, NOW).await;
        draft.id
    }

    /// Publishes an item, and submits a change of its promised limit and its materials.
    async fn has_changed(&self) -> EditionId {
        self.publishes(sound(CODE, "社会团体成立登记")).await;
        let mut draft = self.begins_change(CODE).await;
        let content = &mut draft.record.content;
        content.put(keys::PROMISED_LIMIT, Value::Limit(Limit::working_days(15)));
        content
            .put(keys::CONDITIONS, Value::Text("1.有 30 个以上的个人会员\n2.有固定的住所".into()));
        let Some(Value::Rows(mut rows)) = content.remove(keys::MATERIALS) else { panic!() };
        rows.swap(0, 2);
        rows.remove(1);
        content.put(keys::MATERIALS, Value::Rows(rows));
        let id = self.saves(&draft).await;
        self.goes_to(id, State::InReview, NOW).await;
        id
    }

    async fn n_events(&self, id: EditionId, action: Action) -> usize {
        let events = self.state.store.events_of_edition(id).await.unwrap();
        events.iter().filter(|it| it.action == action).count()
    }
}

impl Desk {
    async fn decides(&self, on: &Edition, fields: &[(&str, &str)]) -> Page {
        let revision = on.revision.to_string();
        let fields = [&[("revision", revision.as_str())], fields].concat();
        self.post(&path(on.id), &fields).await
    }
}

#[tokio::test]
async fn a_reviewer_sees_what_changed_element_by_element() {
    let site = Site::start().await;
    let id = site.has_changed().await;
    let page = site.county("department", &[desk("department")]).await.get(&path(id)).await;
    page.check(
        200,
        &["变更：第 1 版 → 第 2 版", "变化 3 处", "您在这一步", "送到下一站：编办审核"],
    );
    const GONE: &str = "场所使用权证明；必要性 非必要；何时需要 租用场所的；复印件份数 2";
    assert_eq!(page.all(".sx-diff .what"), ["受理条件", "申请材料", "承诺时限"]);
    assert_eq!(page.all(".sx-diff del"), ["50", GONE, "20 个工作日"]);
    assert_eq!(page.all(".sx-diff ins"), ["30", "15 个工作日"]);
    assert_eq!(page.all(".sx-diff .tag"), ["修改", "移动 1 行", "删去 1 行", "修改"]);
    assert_eq!(page.all(".sx-route .now b"), ["部门审核"]);
    assert_eq!(page.attributes(".sx-diff textarea", "form"), ["decide"; 3]);
}

#[tokio::test]
async fn a_new_item_is_read_whole_before_it_is_approved() {
    let site = Site::start().await;
    let id = site.has_new(1).await;
    let page = site.county("department", &[desk("department")]).await.get(&path(id)).await;
    page.check(200, &["全部内容", "登记申请书", "武山县民政局", "不公布的话", "不公布"]);
    assert!(page.attributes(".sx-told textarea", "name").contains(&"on.materials".to_owned()));
}

#[tokio::test]
async fn approving_leads_on_to_the_next_in_the_list() {
    let site = Site::start().await;
    let [first, second] = [site.has_new(1).await, site.has_new(2).await];
    let department = site.county("department", &[desk("department")]).await;
    let page = department.get(&path(first)).await;
    page.check(200, &["待办第 1 项，共 2 项", "下一项"]);
    assert_eq!(page.links(".sx-head .end a"), [path(second)]);
    let done = department.decides(&site.edition(first).await, &[("do", "approve")]).await;
    assert_eq!(done.header("location"), format!("{}?done={first}", path(second)));
    let next = department.get(done.header("location")).await;
    next.check(200, &["已办：示例许可1，现在是“待编办审核”", "待办第 1 项，共 1 项"]);
    let done = department.decides(&site.edition(second).await, &[("do", "approve")]).await;
    assert_eq!(done.header("location"), format!("/workbench/tasks?done={second}"));
    department.get(done.header("location")).await.check(200, &["已办：示例许可2", "都办完了"]);
}

#[tokio::test]
async fn returning_pins_remarks_to_elements_and_the_whole() {
    let site = Site::start().await;
    let id = site.has_new(1).await;
    let department = site.county("department", &[desk("department")]).await;
    let edition = site.edition(id).await;
    department.decides(&edition, &[("do", "return")]).await.check(422, &["退回请写至少一条意见"]);
    let fields = [
        ("do", "return"),
        ("on.materials", "请补样表"),
        ("on.conditions", " "),
        ("other", "remark"),
        ("other_text", "写明由谁签字"),
        ("remark", "再看一遍"),
    ];
    let done = department.decides(&edition, &fields).await;
    assert_eq!(done.status, 303, "{}", done.body);
    let events = site.state.store.events_of_edition(id).await.unwrap();
    let remarks = &events.last().unwrap().remarks;
    let told: Vec<_> = remarks.iter().map(|it| (it.element.as_deref(), &*it.text)).collect();
    assert_eq!(told.len(), 3);
    assert!(told.contains(&(Some("materials"), "请补样表")), "{told:?}");
    assert!(told.contains(&(Some("remark"), "写明由谁签字")), "{told:?}");
    assert_eq!(told[2], (None, "再看一遍"));
    let back = site.edition(id).await;
    assert_eq!((back.state, &back.record), (State::Returned, &edition.record));
}

#[tokio::test]
async fn words_are_not_lost_with_an_approval_or_without_a_place() {
    let site = Site::start().await;
    let id = site.has_new(1).await;
    let department = site.county("department", &[desk("department")]).await;
    let edition = site.edition(id).await;
    let fields = [("do", "approve"), ("on.materials", "请补样表")];
    let page = department.decides(&edition, &fields).await;
    page.check(422, &["意见只随退回送给录入的人", "请补样表"]);
    let fields = [("do", "return"), ("other_text", "写明由谁签字")];
    department.decides(&edition, &fields).await.check(422, &["没有选是哪个要素", "写明由谁签字"]);
    assert_eq!(site.edition(id).await.revision, edition.revision);
}

#[tokio::test]
async fn who_is_too_late_is_told_and_keeps_what_was_written() {
    let site = Site::start().await;
    let id = site.has_new(1).await;
    let roles = [desk("department"), desk("establishment")];
    let department = site.county("department", &roles).await;
    let seen = site.edition(id).await;
    assert_eq!(department.decides(&seen, &[("do", "approve")]).await.status, 303);
    let late = department.decides(&seen, &[("do", "return"), ("on.materials", "请补样表")]).await;
    late.check(409, &["在您看过以后又改过或办过", "请补样表", "待编办审核"]);
    assert_eq!(site.n_events(id, Action::Return).await, 0);
}

#[tokio::test]
async fn of_fifty_approvals_at_once_one_wins_and_every_other_is_told() {
    let site = Site::start().await;
    let id = site.has_new(1).await;
    let department = Arc::new(site.county("department", &[desk("department")]).await);
    let seen = site.edition(id).await;
    let mut running = JoinSet::new();
    for _ in 0..50 {
        let (department, seen) = (department.clone(), seen.clone());
        running.spawn(async move { department.decides(&seen, &[("do", "approve")]).await.status });
    }
    let mut answers = running.join_all().await;
    answers.sort_unstable();
    assert_eq!((answers[0], &answers[1..]), (303, &[409; 49][..]));
    assert_eq!(site.n_events(id, Action::Approve).await, 1);
    assert_eq!(site.edition(id).await.desk.as_deref(), Some("establishment"));
}

#[tokio::test]
async fn nobody_approves_what_they_submitted() {
    let site = Site::start().await;
    let draft = site.drafts(sound(CODE, "示例许可")).await;
    let both = site.county("both", &[Role::Editor, desk("department")]).await;
    let step = Step::Submit { reason: String::new() };
    let submitted = site.takes(&both.officer.actor(), draft.id, &step).await.unwrap();
    both.get(&path(draft.id)).await.check(200, &["这一版是您送审的，要由别人审核和公布"]);
    let refused = both.decides(&submitted, &[("do", "approve")]).await;
    refused.check(422, &["没有办成", "要由别人审核和公布"]);
}

#[tokio::test]
async fn the_last_desk_approves_and_publishes_in_one_step_if_it_may() {
    let site = Site::start().await;
    let id = site.has_changed().await;
    let roles = [desk("department"), desk("establishment"), desk("service"), Role::Publisher];
    let all = site.county("all", &roles).await;
    assert!(!all.get(&path(id)).await.body.contains("通过并公布"));
    for _ in 0..2 {
        all.decides(&site.edition(id).await, &[("do", "approve")]).await;
    }
    all.get(&path(id)).await.check(200, &["通过并公布", "审定，等公布人公布"]);
    let done = all.decides(&site.edition(id).await, &[("do", "approve_publish")]).await;
    assert_eq!(done.status, 303, "{}", done.body);
    assert_eq!(site.edition(id).await.state, State::Published);
    site.index_follows().await;
    site.get(&format!("/items/{CODE}")).await.check(200, &["15 个工作日"]);
    let page = all.get(&path(id)).await;
    page.check(200, &["第 1 版 → 第 2 版", "变化 3 处", "没有要审的"]);
}

#[tokio::test]
async fn a_withdrawal_is_judged_by_its_reason() {
    let site = Site::start().await;
    site.publishes(sound(CODE, "社会团体成立登记")).await;
    let clerk = site.county("clerk", &[Role::Editor]).await;
    let mut tx = site.state.store.begin().await.unwrap();
    let item = tx.items_by_code(&[CODE]).await.unwrap()[0].id;
    let live = tx.live_editions(&[item]).await.unwrap().remove(0);
    drop(tx);
    let (id, revision) = (live.id.to_string(), live.revision.to_string());
    let fields =
        [("act", "withdraw"), ("edition", &id), ("revision", &revision), ("reason", "依据已废止")];
    clerk.post(&format!("/workbench/items/{item}"), &fields).await;
    let scope = Scope::Everywhere;
    let withdraw = site.state.store.editions_of(scope, item).await.unwrap().remove(1);
    let page = site.county("department", &[desk("department")]).await.get(&path(withdraw.id)).await;
    page.check(200, &["取消的理由", "依据已废止", "公众在办事指南里看到这个理由"]);
}

#[tokio::test]
async fn a_reviewer_sees_a_changed_flow_drawn_before_and_after() {
    let site = Site::start().await;
    let mut record = sound(CODE, "社会团体成立登记");
    let steps = |id: &str| Value::Rows(Template::of(id).unwrap().rows());
    record.content.put(keys::STEPS, steps("at_once"));
    site.publishes(record).await;
    let mut draft = site.begins_change(CODE).await;
    draft.record.content.put(keys::STEPS, steps("survey"));
    let id = site.saves(&draft).await;
    site.goes_to(id, State::InReview, NOW).await;
    let reviewer = site.county("reviewer", &[desk("department")]).await;
    let page = reviewer.get(&path(id)).await;
    let drawings = page.attributes(".sx-diff img", "src");
    assert_eq!(
        page.attributes(".sx-diff img", "alt"),
        ["现行的流程图，环节在下面", "送审的流程图，环节在下面"]
    );
    reviewer.get(&drawings[0]).await.check(200, &["受理"]);
    reviewer.get(&drawings[1]).await.check(200, &["现场勘验"]);
}

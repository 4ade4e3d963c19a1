use domain::{
    content::Content,
    edition::State,
    item::{DirectoryId, ItemId},
    people::{Role, Scope},
};

use crate::testkit::{Desk, NOW, Page, Site, full_record, named, officer, sound};

const OFFICE: &str = "武山县民政局";

async fn clerk(site: &Site) -> Desk {
    let scope = Scope::Body(site.body(OFFICE).await);
    site.officer(officer("clerk", scope, &[Role::Editor])).await
}

impl Site {
    async fn has_directory(&self, kind: &str, name: &str) -> DirectoryId {
        let body = self.body(OFFICE).await;
        let mut tx = self.state.store.begin().await.unwrap();
        let added = tx.add_directory(body, "wushan", kind, name, &Content::new()).await.unwrap();
        tx.commit().await.unwrap();
        added.id
    }

    async fn item_named(&self, name: &str) -> ItemId {
        let body = self.body(OFFICE).await;
        let mut tx = self.state.store.begin().await.unwrap();
        tx.items_by_name(body, &[name]).await.unwrap().remove(0).id
    }
}

fn names(page: &Page) -> Vec<String> {
    page.all("tr[data-row] th")
}

/// Returns what a tick beside this item sends.
fn pick(page: &Page, name: &str) -> String {
    page.attributes(&format!("[aria-label='选择 {name}']"), "value").remove(0)
}

#[tokio::test]
async fn a_clerk_sees_the_office_by_kind_and_state() {
    let site = Site::start().await;
    site.publishes(full_record()).await;
    site.drafts(named("62052400MZ-XK-0002", "社会团体变更登记")).await;
    let desk = clerk(&site).await;
    let page = desk.get("/workbench/items").await;
    page.check(200, &["武山县民政局", "共 2 项", "行政许可2", "全部 2", "录入 1", "已公布 1"]);
    assert_eq!(names(&page), ["社会团体成立登记", "社会团体变更登记"]);
    let (picks, change) = (pick(&page, "社会团体变更登记"), "/workbench/query/change");
    let bulk = desk.post(change, &[("pick", &picks)]).await;
    bulk.check(200, &["批量改要素", "1 项"]);
    assert_eq!(page.all(".sx-state"), ["已公布", "录入"]);
    let live = desk.get("/workbench/items?lot=live.published").await;
    assert_eq!(names(&live), ["社会团体成立登记"]);
    let reviewed = desk.get("/workbench/items?lot=open.in_review").await;
    reviewed.check(200, &["这里没有事项"]);
    assert_eq!(desk.get("/workbench/items?lot=some").await.status, 400);
}

#[tokio::test]
async fn a_draft_leads_to_the_editor_and_says_what_is_wrong_with_it() {
    let site = Site::start().await;
    let draft = site.drafts(full_record()).await;
    let page = clerk(&site).await.get("/workbench/items").await;
    let edit = format!("/workbench/editions/{}/edit", draft.id);
    assert_eq!(page.links("tr[data-row] a.name"), [edit]);
    assert_ne!(page.all("[data-label='问题']"), ["无"]);
}

#[tokio::test]
async fn another_office_is_seen_by_who_may_see_it_alone() {
    let site = Site::start().await;
    site.publishes(full_record()).await;
    let mut other = named("62052400JY-XK-0001", "民办学校设立");
    other.body.name = "武山县教育局".into();
    other.body.letters = Some("JY".into());
    site.publishes(other).await;
    let school = site.body("武山县教育局").await;
    let path = format!("/workbench/items?body={school}");
    assert_eq!(clerk(&site).await.get(&path).await.status, 404);
    let county = Scope::Region("620524".parse().unwrap());
    let supervisor = site.officer(officer("all", county, &[Role::Supervisor])).await;
    let page = supervisor.get(&path).await;
    assert_eq!(names(&page), ["民办学校设立"]);
    assert!(page.all("[name=pick]").is_empty(), "a supervisor changes nothing");
    assert_eq!(supervisor.post("/workbench/items/number", &[]).await.status, 404);
}

#[tokio::test]
async fn ticked_items_move_to_a_directory_of_their_kind() {
    let site = Site::start().await;
    for (code, name) in [("62052400MZ-XK-0001", "甲"), ("62052400MZ-XK-0002", "乙")] {
        site.publishes(named(code, name)).await;
    }
    let (permits, services) =
        (site.has_directory("XK", "社会组织登记").await, site.has_directory("BM", "养老").await);
    let desk = clerk(&site).await;
    let page = desk.get("/workbench/items").await;
    let picked = pick(&page, "乙");
    let to = |id: DirectoryId| format!("directory.{id}");
    let moves =
        async |to: &str| desk.post("/workbench/items/move", &[("pick", &picked), ("to", to)]).await;
    let wrong = moves(&to(services)).await;
    wrong.check(422, &["乙：“养老”不是行政许可的"]);
    assert_eq!(wrong.attributes("[name=pick][checked]", "value"), [picked.as_str()]);
    moves("").await.check(422, &["没有选移到哪里"]);
    let none = desk.post("/workbench/items/move", &[("to", "none")]).await;
    none.check(422, &["没有勾选事项"]);
    assert_eq!(moves(&to(permits)).await.status, 303);
    let there = format!("/workbench/items?standard=wushan&kind=XK&directory={permits}");
    let page = desk.get(&there).await;
    page.check(200, &["社会组织登记", "行政许可目录"]);
    assert_eq!(names(&page), ["乙"]);
    let loose = desk.get("/workbench/items?standard=wushan&kind=XK&directory=none").await;
    assert_eq!(names(&loose), ["甲"]);
}

#[tokio::test]
async fn rows_are_put_in_order_with_and_without_a_script() {
    let site = Site::start().await;
    for (code, name) in
        [("62052400MZ-XK-0001", "甲"), ("62052400MZ-XK-0002", "乙"), ("62052400MZ-XK-0003", "丙")]
    {
        site.publishes(named(code, name)).await;
    }
    let desk = clerk(&site).await;
    let branch = "/workbench/items?standard=wushan&kind=XK";
    let whole = desk.get("/workbench/items").await;
    assert!(whole.all(".sx-grip").is_empty(), "several kinds have no common order");
    let page = desk.get(branch).await;
    let up = page.attributes("[aria-label='上移 丙']", "value").remove(0);
    let moved = desk.post("/workbench/items/order", &[("kind", "XK"), ("shift", &up)]).await;
    assert_eq!((moved.status, moved.header("location")), (303, "/workbench/items?kind=XK"));
    assert_eq!(names(&desk.get(branch).await), ["甲", "丙", "乙"]);
    let to = format!("0.{}", site.item_named("乙").await);
    assert_eq!(desk.post("/workbench/items/order", &[("shift", &to)]).await.status, 303);
    assert_eq!(names(&desk.get(branch).await), ["乙", "甲", "丙"]);
    assert_eq!(desk.post("/workbench/items/order", &[("shift", "x.1")]).await.status, 400);
}

#[tokio::test]
async fn what_has_no_code_is_numbered_in_the_offices_order() {
    let site = Site::start().await;
    for name in ["甲", "乙"] {
        let mut record = sound("", name);
        record.code = None;
        site.drafts(record).await;
    }
    let desk = clerk(&site).await;
    assert_eq!(desk.post("/workbench/items/number", &[]).await.status, 303);
    let page = desk.get("/workbench/items").await;
    assert_eq!(page.all("tr[data-row] .code"), ["62052400MZ-XK-0001", "62052400MZ-XK-0002"]);
}

#[tokio::test]
async fn an_office_without_letters_is_told_why_nothing_is_numbered() {
    let site = Site::start().await;
    let mut record = sound("", "甲");
    (record.code, record.body.letters) = (None, None);
    site.drafts(record).await;
    let page = clerk(&site).await.post("/workbench/items/number", &[]).await;
    page.check(422, &["甲：没有编上"]);
}

#[tokio::test]
async fn ticked_items_are_submitted_and_changed_as_jobs_that_report_each() {
    let site = Site::start().await;
    site.publishes(sound("62052400MZ-XK-0001", "甲")).await;
    let draft = site.drafts(sound("62052400MZ-XK-0002", "乙")).await;
    let desk = clerk(&site).await;
    let page = desk.get("/workbench/items").await;
    let (live, open) = (pick(&page, "甲"), pick(&page, "乙"));
    let picks = [("pick", live.as_str()), ("pick", open.as_str())];

    let submitted = desk.post("/workbench/items/submit", &picks).await;
    assert_eq!(submitted.status, 303);
    site.works().await;
    assert_eq!(site.edition(draft.id).await.state, State::InReview);
    let told = desk.get(submitted.header("location")).await;
    told.check(200, &["批量送审", "办成 1，没有办成 1", "甲"]);

    let changed = desk.post("/workbench/items/change", &picks).await;
    site.works().await;
    let told = desk.get(changed.header("location")).await;
    told.check(200, &["批量发起变更", "办成 1，没有办成 1", "乙", "不能变更"]);
    let item = site.item_named("甲").await;
    let states: Vec<State> = site
        .state
        .store
        .editions_of(Scope::Everywhere, item)
        .await
        .unwrap()
        .iter()
        .map(|it| it.state)
        .collect();
    assert_eq!(states, [State::Published, State::Draft]);
    assert_eq!(desk.get("/workbench/items").await.all("[data-label='版本']"), ["1 → 2", "1"]);
}

#[tokio::test]
async fn an_item_says_when_it_was_last_written() {
    let site = Site::start().await;
    let draft = site.drafts(full_record()).await;
    site.saves(&draft).await;
    let page = clerk(&site).await.get("/workbench/items").await;
    assert_eq!(page.all("[data-label='更新']"), ["11-20"], "{NOW}");
}

#[tokio::test]
async fn nothing_of_another_office_is_reached_through_a_form() {
    let site = Site::start().await;
    site.publishes(full_record()).await;
    let mut other = named("62052400JY-XK-0001", "民办学校设立");
    other.body.name = "武山县教育局".into();
    other.body.letters = Some("JY".into());
    site.publishes(other).await;
    let school = site.body("武山县教育局").await;
    let mut tx = site.state.store.begin().await.unwrap();
    let nothing = Content::new();
    let theirs = tx.add_directory(school, "wushan", "XK", "学校", &nothing).await.unwrap();
    let group = tx.add_group(school, "XK", None, "学校组").await.unwrap();
    let item = tx.items_by_name(school, &["民办学校设立"]).await.unwrap().remove(0).id;
    tx.commit().await.unwrap();
    let desk = clerk(&site).await;
    let own = pick(&desk.get("/workbench/items").await, "社会团体成立登记");
    let (their_pick, their_body) = (format!("{item}.1.1"), school.to_string());
    let places = [format!("directory.{}", theirs.id), format!("group.{}", group.id)];
    for place in &places {
        let page = desk.post("/workbench/items/move", &[("pick", &own), ("to", place)]).await;
        page.check(422, &["没有选移到哪里"]);
        let fields = [("place", place.as_str()), ("name", "组")];
        assert_eq!(desk.post("/workbench/groups", &fields).await.status, 422);
    }
    let moved = [("pick", their_pick.as_str()), ("to", "none")];
    desk.post("/workbench/items/move", &moved).await.check(422, &["有不在这个单位的"]);
    let up = format!("up.{item}");
    assert_eq!(desk.post("/workbench/items/order", &[("shift", &up)]).await.status, 404);
    for path in ["items/number", "items/move", "items/new", "directories", "groups"] {
        let fields = [("body", their_body.as_str()), ("pick", their_pick.as_str())];
        let page = desk.post(&format!("/workbench/{path}"), &fields).await;
        assert_eq!(page.status, 404, "{path}");
    }
    let change =
        [("pick", their_pick.as_str()), ("element", "visits"), ("visits", "0"), ("go", "1")];
    let done = desk.post("/workbench/query/change", &change).await;
    site.works().await;
    desk.get(done.header("location")).await.check(200, &["办成 0，没有办成 1"]);
    let editions = site.state.store.editions_of(Scope::Everywhere, item).await.unwrap();
    assert_eq!(editions.len(), 1);
}

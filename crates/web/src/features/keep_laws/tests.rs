use domain::people::{Role, Scope};

use crate::testkit::{Desk, Site, full_record, officer, sound};

async fn clerk(site: &Site) -> Desk {
    site.officer(officer("clerk", Scope::Everywhere, &[Role::Editor])).await
}

async fn reviewer(site: &Site) -> Desk {
    let role = Role::Reviewer { desk: "department".into() };
    site.officer(officer("reviewer", Scope::Everywhere, &[role])).await
}

/// Registers the law that the full record cites, and returns its path.
async fn registered(desk: &Desk) -> String {
    let fields = [
        ("title", "《社会团体登记管理条例》"),
        ("number", "国务院令第250号"),
        ("kind", "2"),
        ("effective_on", "1998-10-25"),
    ];
    let done = desk.post("/workbench/laws/new", &fields).await;
    assert_eq!(done.status, 303, "{}", done.body);
    done.header("location").to_owned()
}

#[tokio::test]
async fn a_clerk_registers_a_law_once_for_all() {
    let site = Site::start().await;
    let desk = clerk(&site).await;
    desk.get("/workbench/laws").await.check(200, &["没有找到", "登记一部"]);
    let path = registered(&desk).await;
    desk.get(&path).await.check(200, &["社会团体登记管理条例", "有效", "行政法规"]);
    desk.get("/workbench/laws?q=登记管理 250").await.check(200, &["国务院令第250号", "有效"]);
    let again = [("title", "社会团体登记管理条例"), ("number", "国务院令第 250 号")];
    let again = desk.post("/workbench/laws/new", &again).await;
    again.check(422, &["已经有这个名称、这个文号的"]);
    assert_eq!(again.attributes("#number", "value"), ["国务院令第 250 号"], "what was typed stays");
    let wrong = [("title", " "), ("effective_on", "去年")];
    let wrong = desk.post("/workbench/laws/new", &wrong).await;
    wrong.check(422, &["写上名称", "认不出的日期"]);
    assert_eq!(desk.get(&format!("{path}/edit")).await.status, 404, "changing is for reviewers");
}

#[tokio::test]
async fn a_supervisor_reads_laws_and_registers_none() {
    let site = Site::start().await;
    registered(&clerk(&site).await).await;
    let role = [Role::Supervisor];
    let desk = site.officer(officer("supervisor", Scope::Everywhere, &role)).await;
    let list = desk.get("/workbench/laws").await;
    list.check(200, &["社会团体登记管理条例"]);
    assert!(!list.body.contains("/workbench/laws/new"));
    assert_eq!(desk.get("/workbench/laws/new").await.status, 404);
}

#[tokio::test]
async fn articles_are_pasted_and_only_who_answers_for_them_writes_over() {
    let site = Site::start().await;
    let (clerk, reviewer) = (clerk(&site).await, reviewer(&site).await);
    let path = registered(&clerk).await;
    let put = async |desk: &Desk, text: &str| {
        desk.post(&format!("{path}/articles"), &[("text", text)]).await
    };
    put(&clerk, "没有条号的话").await.check(422, &["没有认出一条", "没有条号的话"]);
    let pasted = "第九条　申请登记。\n第一章 总则\n第十二条：登记管理机关\n应当决定。";
    assert_eq!(put(&clerk, pasted).await.status, 303);
    let articles = async || clerk.get(&path).await.all("tbody th[scope=row].fit");
    assert_eq!(articles().await, ["第九条", "第十二条"]);
    assert_eq!(put(&clerk, "第九条 改写的话").await.status, 303);
    clerk.get(&path).await.check(200, &["申请登记。", "登记管理机关"]);
    assert_eq!(put(&reviewer, "第九条 更正的话").await.status, 303);
    let page = reviewer.get(&format!("{path}?article=第九条")).await;
    page.check(200, &["更正的话"]);
    assert_eq!(page.all("#text"), ["第九条 更正的话"]);
    reviewer.post(&format!("{path}/articles"), &[("remove", "第九条")]).await;
    assert_eq!(articles().await, ["第十二条"]);
}

#[tokio::test]
async fn a_law_out_of_force_shows_what_cites_it_and_is_found_among_the_repealed() {
    let site = Site::start().await;
    site.publishes(full_record()).await;
    let desk = reviewer(&site).await;
    let path = registered(&desk).await;
    site.queries_follow().await;
    desk.get(&path).await.check(200, &["社会团体成立登记", "62052400MZ-XK-0001"]);
    let fields = [
        ("title", "社会团体登记管理条例"),
        ("number", "国务院令第250号"),
        ("effective_on", "1998-10-25"),
        ("repealed_on", "2026-01-01"),
        ("revision", "0"),
    ];
    let edit = format!("{path}/edit");
    assert_eq!(desk.post(&edit, &fields).await.status, 303);
    desk.get(&path).await.check(200, &["2026-01-01 废止"]);
    desk.get("/workbench/laws?show=repealed").await.check(200, &["社会团体登记管理条例"]);
    let late = desk.post(&edit, &fields).await;
    late.check(422, &["别人先保存了"]);
    assert_eq!(late.attributes("[name=revision]", "value"), ["1"], "once more goes over it");
    let backwards =
        [("title", "甲"), ("effective_on", "2020-01-01"), ("repealed_on", "2019-01-01")];
    desk.post(&edit, &backwards).await.check(422, &["废止日期早于施行日期"]);
}

#[tokio::test]
async fn a_gathered_law_is_marked_until_somebody_has_looked_at_it() {
    let site = Site::start().await;
    site.publishes(full_record()).await;
    let desk = reviewer(&site).await;
    let saving = store::Saving { by: desk.officer.id, at: site.state.clock.now() };
    let gathered = site.state.store.gather_laws(&site.state.standards, saving).await.unwrap();
    assert_eq!(gathered, 2, "a row with a number and one without are two entries");
    let list = desk.get("/workbench/laws?show=unchecked").await;
    assert_eq!(list.all(".tag-amber"), ["未核对", "未核对"]);
    let path = list.links("tbody a.name").remove(0);
    desk.get(&path).await.check(200, &["还没有人核对", "第"]);
    let title = [("title", "社会团体登记管理条例"), ("number", "另一个文号")];
    assert_eq!(desk.post(&format!("{path}/edit"), &title).await.status, 303);
    assert!(!desk.get(&path).await.body.contains("未核对"));
}

#[tokio::test]
async fn what_cites_a_repealed_law_is_stopped_where_it_is_written_and_submitted() {
    let site = Site::start().await;
    let draft = site.drafts(sound("62052400MZ-XK-0001", "示例许可")).await;
    let desk = reviewer(&site).await;
    let path = registered(&desk).await;
    let fields = [
        ("title", "社会团体登记管理条例"),
        ("number", "国务院令第250号"),
        ("repealed_on", "2026-01-01"),
        ("revision", "0"),
    ];
    assert_eq!(desk.post(&format!("{path}/edit"), &fields).await.status, 303);
    let clerk = clerk(&site).await;
    let told = "《社会团体登记管理条例》已于 2026-01-01 废止";
    clerk.get(&format!("/workbench/editions/{}/edit", draft.id)).await.check(200, &[told]);
    let (id, revision) = (draft.id.to_string(), draft.revision.to_string());
    let step = [("act", "submit"), ("edition", id.as_str()), ("revision", revision.as_str())];
    let refused = clerk.post(&format!("/workbench/items/{}", draft.item), &step).await;
    refused.check(422, &["错误没有改"]);
}

#[tokio::test]
async fn who_enters_a_law_is_led_back_to_a_draft_and_nowhere_else() {
    let site = Site::start().await;
    let clerk = site.signs_in("clerk").await;
    let backs =
        ["https://example.org/", "//example.org", "/workbench/events", "/workbench/editions/1\\x"];
    for (n, back) in backs.into_iter().enumerate() {
        let title = format!("示例第{n}条例");
        let law = [("title", title.as_str()), ("back", back)];
        let done = clerk.post("/workbench/laws/new", &law).await;
        assert!(done.header("location").starts_with("/workbench/laws/"), "{back}");
    }
    let law = [("title", "示例法"), ("back", "/workbench/editions/1/fill?list=basis")];
    let done = clerk.post("/workbench/laws/new", &law).await;
    let back = done.header("location");
    assert!(back.starts_with("/workbench/editions/1/fill?list=basis&law="), "{back}");
}

use domain::{
    content::Value,
    item::ItemRecord,
    people::{Role, Scope},
};

use crate::testkit::{Desk, Page, Site, named, officer, sound};

const OFFICE: &str = "武山县民政局";

async fn clerk(site: &Site) -> Desk {
    let scope = Scope::Body(site.body(OFFICE).await);
    site.officer(officer("clerk", scope, &[Role::Editor])).await
}

impl Site {
    /// Three permits of the office: 甲 takes 5 days, 乙 20, 丙 is being written and free.
    async fn has_three(&self) {
        for (code, name, days) in
            [("62052400MZ-XK-0001", "甲项登记", 5), ("62052400MZ-XK-0002", "乙项登记", 20)]
        {
            let mut record = sound(code, name);
            let limit = domain::content::Limit::working_days(days);
            record.content.put("limits.promised", Value::Limit(limit));
            self.publishes_unseen(record).await;
        }
        let mut record = sound("62052400MZ-XK-0003", "丙项登记");
        record.content.put("fees.charged", Value::Flag(true));
        self.drafts(record).await;
        self.queries_follow().await;
    }
}

fn names(page: &Page) -> Vec<String> {
    page.all("tr[data-row] th")
}

#[tokio::test]
async fn items_are_found_by_what_they_say() {
    let site = Site::start().await;
    site.has_three().await;
    let desk = clerk(&site).await;
    let check = async |asked: &str, expected: &[&str]| {
        let page = desk.get(&format!("/workbench/query?{asked}")).await;
        assert_eq!(
            (page.status, names(&page)),
            (200, expected.iter().map(|it| (*it).to_owned()).collect()),
            "{asked}"
        );
    };
    check("", &["甲项登记", "乙项登记", "丙项登记"]).await;
    check("words=乙", &["乙项登记"]).await;
    check("code=62052400MZ-XK-0001", &["甲项登记"]).await;
    check("kind=XK&state=open.draft", &["丙项登记"]).await;
    check("state=live.published", &["甲项登记", "乙项登记"]).await;
    check("k1=limits.promised&o1=at_most&v1=10个工作日&state=live.published", &["甲项登记"]).await;
    check("k1=fees.charged&o1=is&v1=是", &["丙项登记"]).await;
    check("k1=fees.charged&o1=is&v1=否&k2=limits.promised&o2=at_least&v2=20", &["乙项登记"]).await;
    check("from=2026-03-02&to=2026-03-02&words=甲", &["甲项登记"]).await;
    check("from=2026-03-03", &[]).await;
    check("kind=BM", &[]).await;
}

#[tokio::test]
async fn what_can_not_be_asked_is_told_and_stays_as_typed() {
    let site = Site::start().await;
    site.has_three().await;
    let desk = clerk(&site).await;
    let asked = "words=甲&k1=limits.promised&o1=at_most&v1=很快&k2=fees.charged&o2=contains&v2=是\
                 &k3=visits&o3=is&region=abc&from=昨天&kind=没有";
    let page = desk.get(&format!("/workbench/query?{asked}")).await;
    page.check(
        422,
        &[
            "承诺时限不能按“至多 很快”查",
            "是否收费不能按“含有 是”查",
            "没有写和什么比",
            "没有地区代码 abc",
            "“昨天”不是日期",
            "没有事项类型“没有”",
        ],
    );
    assert_eq!(page.attributes("#words", "value"), ["甲"]);
    assert_eq!(page.attributes("[name=v1]", "value"), ["很快"]);
    assert!(names(&page).is_empty());
}

#[tokio::test]
async fn columns_are_chosen_and_sorted_by() {
    let site = Site::start().await;
    site.has_three().await;
    let desk = clerk(&site).await;
    let asked = "/workbench/query?col=limits.promised&state=live.published";
    let page = desk.get(asked).await;
    assert_eq!(page.all("thead th a"), ["事项名称", "承诺时限"]);
    assert_eq!(page.all("td[data-label='承诺时限']"), ["5个工作日", "20个工作日"]);
    let down = desk.get(&format!("{asked}&sort=-limits.promised")).await;
    assert_eq!(names(&down), ["乙项登记", "甲项登记"]);
    down.check(200, &["共 2 项"]);
    assert_eq!(down.attributes("th[aria-sort=descending] a", "href").len(), 1);
}

#[tokio::test]
async fn a_question_is_kept_with_its_columns_and_forgotten() {
    let site = Site::start().await;
    site.has_three().await;
    let desk = clerk(&site).await;
    let fields = [
        ("name", "办得慢的"),
        ("words", "登记"),
        ("state", "live.published"),
        ("k1", "limits.promised"),
        ("o1", "at_least"),
        ("v1", "10"),
        ("col", "limits.promised"),
    ];
    desk.post("/workbench/query/saved", &fields[1..]).await.check(422, &["没有写名称，没有保存"]);
    assert_eq!(desk.post("/workbench/query/saved", &fields).await.status, 303);
    let link = desk.get("/workbench/query").await.links(".sx-drop-body a.fill").remove(0);
    let page = desk.get(&link).await;
    assert_eq!(names(&page), ["乙项登记"]);
    assert_eq!(page.all("thead th a"), ["事项名称", "承诺时限"]);
    assert_eq!(page.attributes("#words", "value"), ["登记"]);
    assert_eq!(page.attributes("[name=k1] [selected]", "value"), ["limits.promised"]);
    assert_eq!(page.attributes("[name=o1] [selected]", "value"), ["at_least"]);
    assert_eq!(page.attributes("input[name=v1]", "value")[0], "10个工作日");

    let other = officer("other", desk.officer.scope, &[Role::Editor]);
    let other = site.officer(other).await;
    assert_eq!(other.get(&link).await.status, 404, "a question is its asker's own");
    let forget = page.attributes(".sx-drop-body form[action*=forget]", "action").remove(0);
    assert_eq!(other.post(&forget, &[]).await.status, 404);
    assert_eq!(desk.post(&forget, &[]).await.status, 303);
    assert_eq!(desk.get(&link).await.status, 404);
}

#[tokio::test]
async fn what_was_found_is_exported_with_the_columns_shown() {
    let site = Site::start().await;
    site.has_three().await;
    let desk = clerk(&site).await;
    let export = "/workbench/query/export?words=登记&col=limits.promised";
    let csv = desk.get(&format!("{export}&format=csv&state=live.published")).await;
    assert_eq!(csv.header("content-type"), "text/csv; charset=utf-8");
    let lines: Vec<&str> = csv.body.trim_start_matches('\u{feff}').lines().collect();
    assert_eq!(lines, ["事项名称,承诺时限", "甲项登记,5个工作日", "乙项登记,20个工作日"]);
    for format in ["xlsx", "table1", "table2", "pack", "pack.zip", "flow", "posts"] {
        let file = desk.get(&format!("{export}&format={format}")).await;
        assert_eq!(file.status, 200, "{format}");
        assert!(file.body.starts_with("PK"), "{format}");
    }
    assert_eq!(desk.get(&format!("{export}&format=pdf")).await.status, 400);
    let nothing = desk.get("/workbench/query/export?words=没有这样的&format=csv").await;
    nothing.check(422, &["没有查到事项"]);
    let wrong = desk.get("/workbench/query/export?kind=没有&format=csv").await;
    wrong.check(422, &["没有事项类型"]);
}

#[tokio::test]
async fn what_has_no_steps_has_no_flowchart() {
    let site = Site::start().await;
    let mut record = sound("62052400MZ-XK-0001", "甲项登记");
    record.content.remove("steps");
    site.publishes_unseen(record).await;
    site.queries_follow().await;
    let desk = clerk(&site).await;
    for format in ["flow", "posts"] {
        let page = desk.get(&format!("/workbench/query/export?format={format}")).await;
        page.check(422, &["没有填办理环节，画不出流程图"]);
    }
}

#[tokio::test]
async fn a_form_is_of_one_body() {
    let site = Site::start().await;
    site.has_three().await;
    let mut other = named("62052400JY-XK-0001", "民办学校登记");
    other.body.name = "武山县教育局".into();
    other.body.letters = Some("JY".into());
    site.publishes_unseen(other).await;
    site.queries_follow().await;
    let county = Scope::Region("620524".parse().unwrap());
    let desk = site.officer(officer("county", county, &[Role::Supervisor])).await;
    let page = desk.get("/workbench/query/export?format=table1").await;
    page.check(422, &["请先选定一个单位"]);
    let one = desk.get("/workbench/query/export?format=table1&unit=教育局").await;
    assert_eq!(one.status, 200);
    assert!(desk.get("/workbench/query").await.all("[name=pick]").is_empty());
}

#[tokio::test]
async fn another_office_s_items_are_not_found() {
    let site = Site::start().await;
    site.has_three().await;
    let elsewhere = Scope::Region("620525".parse().unwrap());
    let desk = site.officer(officer("far", elsewhere, &[Role::Editor])).await;
    for asked in ["", "words=登记", "region=620524", "unit=民政局"] {
        let page = desk.get(&format!("/workbench/query?{asked}")).await;
        assert_eq!(names(&page), [""; 0], "{asked}");
    }
    let body = site.body(OFFICE).await;
    let page = desk.get(&format!("/workbench/query?body={body}")).await;
    page.check(200, &["没有符合条件的事项"]);
}

#[tokio::test]
async fn one_element_of_all_that_is_found_is_changed_through_the_workflow() {
    let site = Site::start().await;
    site.has_three().await;
    let desk = clerk(&site).await;
    let change = "/workbench/query/change";
    desk.post(change, &[]).await.check(422, &["没有勾选事项"]);
    let all = [("all", "1"), ("words", "登记")];
    let first = desk.post(change, &all).await;
    first.check(200, &["批量改要素", "3 项", "咨询"]);
    let chosen = [&all[..], &[("element", "contacts.consult")]].concat();
    let second = desk.post(change, &chosen).await;
    second.check(200, &["改 3 项", "不填就是清空"]);
    assert_eq!(second.attributes("form.pad [name=words]", "value")[0], "登记");
    let last = [&chosen[..], &[("go", "1"), ("contacts.consult", "0938-3221234")]].concat();
    let done = desk.post(change, &last).await;
    assert_eq!(done.status, 303);
    site.works().await;
    desk.get(done.header("location")).await.check(200, &["办成 3，没有办成 0"]);
    site.queries_follow().await;
    let open = desk.get("/workbench/query?state=open.draft").await;
    assert_eq!(names(&open).len(), 3, "two changes beside what is in force, and the draft");
}

#[tokio::test]
async fn ticked_items_alone_are_changed() {
    let site = Site::start().await;
    site.has_three().await;
    let desk = clerk(&site).await;
    let page = desk.get("/workbench/query?words=甲").await;
    let pick = page.attributes("[name=pick]", "value").remove(0);
    // The office's list says more beside each item.
    let pick = format!("{pick}.1.1");
    let fields = [
        ("pick", pick.as_str()),
        ("element", "visits"),
        ("visits", "0"),
        ("go", "1"),
        ("contacts.consult", "这一栏没有选"),
    ];
    let done = desk.post("/workbench/query/change", &fields).await;
    site.works().await;
    let told = desk.get(done.header("location")).await;
    told.check(200, &["批量改到办事现场次数", "办成 1，没有办成 0"]);
    let mut tx = site.state.store.begin().await.unwrap();
    let item = tx.items_by_code(&["62052400MZ-XK-0001"]).await.unwrap().remove(0).id;
    let record: ItemRecord = tx.open_edition(item).await.unwrap().unwrap().record;
    assert_eq!(record.content.number("visits"), Some(0));
    assert_eq!(record.content.text("contacts.consult"), "0938-0000000");
    // What says which item it is, is not for many at once.
    let name = [("pick", pick.as_str()), ("element", "name"), ("name", "同名"), ("go", "1")];
    assert_eq!(desk.post("/workbench/query/change", &name).await.status, 200);
}

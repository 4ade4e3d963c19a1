use domain::people::{Role, Scope};

use crate::testkit::{Desk, Page, Site, full_record, officer};

const TABLE: &str = "事项名称,事项类型,承诺办结时限,奇怪的列\n\
                     取水许可,行政许可,15个工作日,甲\n\
                     示例确认,行政确认,当天,乙\n\
                     ,行政许可,,丙\n";

async fn clerk(site: &Site, scope: Scope, role: Role) -> Desk {
    site.officer(officer("clerk", scope, &[role])).await
}

async fn uploads(desk: &Desk, name: &str, bytes: &str, fields: &[(&str, &str)]) -> Page {
    desk.upload("/workbench/import", name, bytes.as_bytes(), fields).await
}

/// The fields that the preview's form sends on.
fn hidden(page: &Page) -> Vec<(String, String)> {
    let names = page.attributes("main form input[type=hidden]", "name");
    let values = page.attributes("main form input[type=hidden]", "value");
    names.into_iter().zip(values).filter(|(name, _)| name != "csrf").collect()
}

async fn begins(desk: &Desk, page: &Page, more: &[(&str, &str)]) -> Page {
    let hidden = hidden(page);
    let fields: Vec<(&str, &str)> = hidden
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .chain(more.iter().copied())
        .collect();
    desk.post("/workbench/import/begin", &fields).await
}

#[tokio::test]
async fn a_clerk_looks_at_a_table_and_brings_it_in() {
    let site = Site::start().await;
    site.publishes(full_record()).await;
    let body = site.body("武山县民政局").await;
    let desk = clerk(&site, Scope::Body(body), Role::Editor).await;
    desk.get("/workbench/import").await.check(200, &["只导入本单位的事项"]);
    let page = uploads(&desk, "表.csv", TABLE, &[("standard", "wushan")]).await;
    page.check(200, &["3 行", "奇怪的列 认不出", "新增 2", "退回 1", "取水许可", "没有事项名称"]);
    assert_eq!(page.all("[name='column:奇怪的列']").len(), 1);
    let begun = begins(&desk, &page, &[]).await;
    assert_eq!(begun.status, 303, "{}", begun.body);
    site.works().await;
    let job = desk.get(begun.header("location")).await;
    job.check(200, &["导入 表.csv", "3 / 3，办成 2，没有办成 1", "没有事项名称"]);
    let again = uploads(&desk, "表.csv", TABLE, &[("standard", "wushan")]).await;
    again.check(200, &["未变 2"]);
}

#[tokio::test]
async fn a_column_is_led_to_its_element_by_hand() {
    let site = Site::start().await;
    site.publishes(full_record()).await;
    let body = site.body("武山县民政局").await;
    let desk = clerk(&site, Scope::Body(body), Role::Editor).await;
    let page = uploads(&desk, "表.csv", TABLE, &[("standard", "wushan")]).await;
    let mut fields = hidden(&page);
    fields.push(("column:奇怪的列".into(), "summary".into()));
    let fields: Vec<(&str, &str)> =
        fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let page = desk.post("/workbench/import/look", &fields).await;
    page.check(200, &["认不出的 0 列"]);
    let begun = desk.post("/workbench/import/begin", &fields).await;
    site.works().await;
    assert_eq!(desk.get(begun.header("location")).await.status, 200);
    let mut tx = site.state.store.begin().await.unwrap();
    let items = tx.items_by_name(body, &["取水许可"]).await.unwrap();
    let edition = tx.current_editions(&[items[0].id]).await.unwrap().remove(0);
    assert_eq!(edition.record.content.text("summary"), "甲");
}

#[tokio::test]
async fn what_is_of_another_body_is_returned_and_nothing_is_made_for_it() {
    let site = Site::start().await;
    site.publishes(full_record()).await;
    let body = site.body("武山县民政局").await;
    let desk = clerk(&site, Scope::Body(body), Role::Editor).await;
    let mut record = full_record();
    record.body.name = "武山县教育局".into();
    record.body.letters = None;
    record.code = None;
    let line = serde_json::to_string(&record).unwrap();
    let page = uploads(&desk, "别人的.jsonl", &line, &[("standard", "wushan")]).await;
    page.check(200, &["不在您管的范围里"]);
    begins(&desk, &page, &[("publish", "1")]).await;
    site.works().await;
    assert_eq!(site.state.store.bodies(None).await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_body_outside_the_county_is_not_passed_over_in_silence() {
    let site = Site::start().await;
    site.publishes(full_record()).await;
    let body = site.body("武山县民政局").await.to_string();
    let next_county = Scope::Region("620525".parse().unwrap());
    let desk = clerk(&site, next_county, Role::Editor).await;
    let fields = [("standard", "wushan"), ("body", body.as_str())];
    assert_eq!(uploads(&desk, "表.csv", TABLE, &fields).await.status, 404);
}

#[tokio::test]
async fn an_import_is_taken_back_by_who_may() {
    let site = Site::start().await;
    site.publishes(full_record()).await;
    let county = Scope::Region("620524".parse().unwrap());
    let desk = clerk(&site, county, Role::Administrator).await;
    let body = site.body("武山县民政局").await.to_string();
    let fields = [("standard", "wushan"), ("body", body.as_str())];
    let page = uploads(&desk, "表.csv", TABLE, &fields).await;
    let begun = begins(&desk, &page, &[("body", &body)]).await;
    site.works().await;
    let job = begun.header("location").to_owned();
    desk.get(&job).await.check(200, &["撤销这次导入"]);
    let page = desk.post(&format!("{job}/undo"), &[]).await;
    page.check(200, &["这次导入已经撤销"]);
    assert_eq!(page.all(".sx-finding"), [""; 0], "nothing was left");
}

#[tokio::test]
async fn a_file_that_can_not_be_read_says_why_and_begins_nothing() {
    let site = Site::start().await;
    let desk = clerk(&site, Scope::Everywhere, Role::Administrator).await;
    let page = uploads(&desk, "图.png", "\u{89}PNG\r\n\u{1a}\n", &[("standard", "wushan")]).await;
    assert_eq!(page.status, 422, "{}", page.body);
    assert_eq!(page.all("[role=alert]").len(), 1);
    let page = uploads(&desk, "空.csv", "", &[("standard", "wushan")]).await;
    page.check(422, &["没有选文件"]);
}

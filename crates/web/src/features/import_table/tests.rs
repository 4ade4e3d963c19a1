use domain::{
    edition::{Action, Edition},
    people::{Role, Scope},
};

use crate::testkit::{Desk, Page, Site, fields, full_record, named, officer};

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
    let next_county = Scope::Region("620525".parse().unwrap());
    let desk = clerk(&site, next_county, Role::Editor).await;
    let fields = [("standard", "wushan"), ("body", "武山县民政局")];
    uploads(&desk, "表.csv", TABLE, &fields).await.check(422, &["您管的范围里没有单位"]);
}

#[tokio::test]
async fn an_import_is_taken_back_by_who_may() {
    let site = Site::start().await;
    site.publishes(full_record()).await;
    let county = Scope::Region("620524".parse().unwrap());
    let desk = clerk(&site, county, Role::Administrator).await;
    let fields = [("standard", "wushan"), ("body", "武山县民政局")];
    let page = uploads(&desk, "表.csv", TABLE, &fields).await;
    let begun = begins(&desk, &page, &[]).await;
    site.works().await;
    let job = begun.header("location").to_owned();
    desk.get(&job).await.check(200, &["撤销这次导入"]);
    let page = desk.post(&format!("{job}/undo"), &[]).await;
    page.check(200, &["这次导入已经撤销"]);
    assert_eq!(page.all(".sx-finding"), [""; 0], "nothing was left");
}

#[tokio::test]
async fn the_office_that_is_written_is_kept_through_the_preview() {
    let site = Site::start().await;
    site.publishes(full_record()).await;
    let county = Scope::Region("620524".parse().unwrap());
    let desk = clerk(&site, county, Role::Editor).await;
    let page = desk.get("/workbench/import").await;
    assert_eq!(page.attributes("#bodies option", "value"), ["武山县民政局"]);
    let fields = [("standard", "wushan"), ("body", "武山县民政局")];
    let page = uploads(&desk, "表.csv", TABLE, &fields).await;
    page.check(200, &["新增 2"]);
    begins(&desk, &page, &[]).await;
    site.works().await;
    let mut tx = site.state.store.begin().await.unwrap();
    let body = site.body("武山县民政局").await;
    assert_eq!(tx.items_by_name(body, &["取水许可"]).await.unwrap().len(), 1);
    let fields = [("standard", "wushan"), ("body", "武山县没有的局")];
    uploads(&desk, "表.csv", TABLE, &fields).await.check(422, &["没有单位“武山县没有的局”"]);
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

/// Brings a table in, and returns where its job is told of.
async fn brings(site: &Site, desk: &Desk, table: &str, more: &[(&str, &str)]) -> String {
    let fields = [&[("standard", "wushan")], more].concat();
    let page = uploads(desk, "表.csv", table, &fields).await;
    page.check(200, &["1 行"]);
    let begun = begins(desk, &page, &[]).await;
    assert_eq!(begun.status, 303, "{}", begun.body);
    site.works().await;
    begun.header("location").to_owned()
}

/// Returns the current editions of 取水许可.
async fn editions(site: &Site) -> Vec<Edition> {
    let mut tx = site.state.store.begin().await.unwrap();
    let body = site.body("武山县民政局").await;
    let items = tx.items_by_name(body, &["取水许可"]).await.unwrap();
    tx.current_editions(&[items[0].id]).await.unwrap()
}

async fn writes(desk: &Desk, draft: &Edition, key: &str, text: &str) {
    let path = format!("/workbench/editions/{}/edit", draft.id);
    let mut fields = fields(&desk.get(&path).await.body, "#edit");
    fields.iter_mut().find(|(name, _)| name == key).unwrap().1 = text.to_owned();
    let pairs: Vec<(&str, &str)> = fields.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
    assert_eq!(desk.post(&path, &pairs).await.status, 303);
}

const LIMIT: &str = "事项名称,事项类型,承诺办结时限\n取水许可,行政许可,15个工作日\n";

#[tokio::test]
async fn what_a_person_wrote_into_a_draft_is_not_thrown_away_by_a_table() {
    let site = Site::start().await;
    site.publishes(full_record()).await;
    let body = site.body("武山县民政局").await;
    let desk = clerk(&site, Scope::Body(body), Role::Editor).await;
    brings(&site, &desk, LIMIT, &[]).await;
    let draft = editions(&site).await.remove(0);
    writes(&desk, &draft, "summary", "人写的说明").await;
    let written = editions(&site).await;

    let page = uploads(&desk, "表.csv", LIMIT, &[("standard", "wushan")]).await;
    page.check(200, &["未变 1"]);
    let other = LIMIT.replace("15", "10");
    let page = uploads(&desk, "表.csv", &other, &[("standard", "wushan")]).await;
    page.check(200, &["退回 1"]);
    let job = brings(&site, &desk, &other, &[]).await;
    let told = ["有正在编辑的草稿（第 1 版）", "与这一行不同的有：承诺时限"];
    desk.get(&job).await.check(200, &told);
    assert_eq!(editions(&site).await, written, "the draft stands as it was written");

    let chief = officer("chief", Scope::Body(body), &[Role::Administrator, Role::Editor]);
    let chief = site.officer(chief).await;
    let job = brings(&site, &chief, LIMIT, &[("publish", "1")]).await;
    chief.get(&job).await.check(200, &["有正在编辑的草稿"]);
    assert_eq!(editions(&site).await, written, "nor is it published unasked");
}

#[tokio::test]
async fn a_draft_that_a_person_wrote_on_stays_when_its_import_is_taken_back() {
    let site = Site::start().await;
    site.publishes(full_record()).await;
    let body = site.body("武山县民政局").await;
    let chief = officer("chief", Scope::Body(body), &[Role::Administrator, Role::Editor]);
    let chief = site.officer(chief).await;
    let job = brings(&site, &chief, LIMIT, &[]).await;
    writes(&chief, &editions(&site).await[0], "summary", "人写的说明").await;
    let written = editions(&site).await;
    let page = chief.post(&format!("{job}/undo"), &[]).await;
    page.check(200, &["导入以后有人改过，没有动它"]);
    assert_eq!(editions(&site).await, written);
}

#[tokio::test]
async fn a_table_that_comes_first_takes_nobodys_place() {
    let site = Site::start().await;
    site.publishes(named("62052400MZ-XK-0009", "社会团体成立登记")).await;
    let body = site.body("武山县民政局").await;
    let chief = officer("chief", Scope::Body(body), &[Role::Administrator, Role::Publisher]);
    let chief = site.officer(chief).await;
    let reasons = async || {
        let id = editions(&site).await[0].item;
        let events = site.state.store.events_of_item(Scope::Everywhere, id).await.unwrap();
        events.into_iter().map(|it| (it.action, it.reason)).collect::<Vec<_>>()
    };
    brings(&site, &chief, LIMIT, &[("publish", "1")]).await;
    assert_eq!(reasons().await, [(Action::LoadBaseline, String::new())]);
    let job = brings(&site, &chief, &LIMIT.replace("15", "10"), &[("publish", "1")]).await;
    chief.get(&job).await.check(200, &["1 / 1，办成 1"]);
    let replaced = (Action::Supersede, "由导入替换".to_owned());
    assert!(reasons().await.contains(&replaced), "{:?}", reasons().await);
}

fn word_file(name: &str) -> Vec<u8> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../documents/tests/word_in/files");
    std::fs::read(std::path::Path::new(folder).join(name)).unwrap()
}

async fn clerk_of_civil_affairs(site: &Site) -> Desk {
    site.publishes(full_record()).await;
    let body = site.body("武山县民政局").await;
    clerk(site, Scope::Body(body), Role::Editor).await
}

#[tokio::test]
async fn a_clerk_sees_from_which_cell_each_element_is_and_how_sure_that_is() {
    let site = Site::start().await;
    let desk = clerk_of_civil_affairs(&site).await;
    let bytes = word_file("labels_in_other_words.docx");
    let fields = [("standard", "wushan")];
    let page = desk.upload("/workbench/import", "表二.docx", &bytes, &fields).await;
    page.check(
        200,
        &[
            "每个要素的出处（9 格，推断的 3 格）",
            "承诺时限 5个工作日 表 1 第 6 行第 2 格“办理承诺时限” 推断，请核对",
            "法定时限 20个工作日 表 1 第 5 行第 2 格“法定办理期限” 另一种写法",
        ],
    );
}

#[tokio::test]
async fn text_that_has_no_place_is_listed_in_the_preview() {
    let site = Site::start().await;
    let desk = clerk_of_civil_affairs(&site).await;
    let bytes = word_file("text_that_belongs_nowhere.docx");
    let fields = [("standard", "wushan")];
    let page = desk.upload("/workbench/import", "表二.docx", &bytes, &fields).await;
    page.check(200, &["本表一式两份，由经办股室留存，不另行公布。", "请各乡镇核对"]);
}

#[tokio::test]
async fn a_drawn_flowchart_is_shown_for_confirmation() {
    let site = Site::start().await;
    let desk = clerk_of_civil_affairs(&site).await;
    let bytes = word_file("flowchart_in_a_cell.docx");
    let fields = [("standard", "wushan")];
    let page = desk.upload("/workbench/import", "表二.docx", &bytes, &fields).await;
    page.check(200, &["办理环节", "下一环节：齐全→审查决定；不齐全→一次告知补正", "推断，请核对"]);
}

#[tokio::test]
async fn an_old_document_of_word_or_wps_is_converted_once_and_imported() {
    // WPS keeps its documents in the form of old Word, under another name.
    let files =
        [("表二.doc", "old_word.doc"), ("表二.wps", "old_word.doc"), ("表二.rtf", "rich_text.rtf")];
    for (name, file) in files {
        let site = Site::start().await;
        let desk = clerk_of_civil_affairs(&site).await;
        let fields = [("standard", "wushan")];
        let page = desk.upload("/workbench/import", name, &word_file(file), &fields).await;
        page.check(200, &[name, "DOCX", "最低生活保障对象确认（示例）", "新增 1"]);
        let begun = begins(&desk, &page, &[]).await;
        site.works().await;
        let job = desk.get(begun.header("location")).await;
        job.check(200, &[&format!("导入 {name}"), "1 / 1，办成 1"]);
    }
}

#[tokio::test]
async fn to_name_the_hash_of_a_file_is_no_proof_that_one_has_it() {
    let site = Site::start().await;
    site.publishes(full_record()).await;
    let body = site.body("武山县民政局").await;
    let near = clerk(&site, Scope::Body(body), Role::Editor).await;
    let elsewhere = Scope::Region("620525".parse().unwrap());
    let far = site.officer(officer("far", elsewhere, &[Role::Editor])).await;
    let page = uploads(&near, "表.csv", TABLE, &[("standard", "wushan")]).await;
    page.check(200, &["取水许可"]);
    // Who may not write for the office could leave it out.
    let fields = hidden(&page);
    let fields: Vec<(&str, &str)> = fields
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .filter(|(name, _)| !["body", "region"].contains(name))
        .collect();
    for path in ["/workbench/import/look", "/workbench/import/begin"] {
        let refused = far.post(path, &fields).await;
        refused.check(422, &["文件已经不在，请重新上传"]);
        assert!(!refused.body.contains("取水许可"), "{path}");
    }
    near.post("/workbench/import/look", &fields).await.check(200, &["取水许可"]);

    // Neither is a file that was brought for something else.
    near.upload("/workbench/attachments/upload", "名单.txt", TABLE.as_bytes(), &[]).await;
    let other = TABLE.replace("取水许可", "内部名单");
    near.upload("/workbench/attachments/upload", "名单.txt", other.as_bytes(), &[]).await;
    let hash = site.state.files.put(other.into_bytes()).await.unwrap();
    let named = fields.iter().map(|(name, value)| match *name {
        "hash" => (*name, hash.as_str()),
        _ => (*name, *value),
    });
    let refused = far.post("/workbench/import/look", &named.collect::<Vec<_>>()).await;
    refused.check(422, &["文件已经不在"]);
    assert!(!refused.body.contains("内部名单"));
}

#[tokio::test]
async fn a_row_that_names_another_office_s_file_is_returned() {
    let site = Site::start().await;
    site.publishes(full_record()).await;
    let body = site.body("武山县民政局").await;
    let desk = clerk(&site, Scope::Body(body), Role::Editor).await;
    let elsewhere = Scope::Region("620525".parse().unwrap());
    let far = site.officer(officer("far", elsewhere, &[Role::Editor])).await;
    far.upload("/workbench/attachments/upload", "内部名单.txt", b"secret", &[]).await;
    let list = far.get("/workbench/attachments").await;
    let reference = list.attributes("input[readonly]", "value").remove(0);
    let mut record = full_record();
    let materials = serde_json::json!([{"id": "r1", "name": "申请书", "blank_form": reference}]);
    record.content.put("materials", serde_json::from_value(materials).unwrap());
    let line = serde_json::to_string(&record).unwrap();
    let page = uploads(&desk, "表.jsonl", &line, &[("standard", "wushan")]).await;
    page.check(200, &["退回 1", "“内部名单.txt”不在您能用的附件里"]);
}

use domain::people::{Role, Scope};

use crate::testkit::{Desk, Page, Site, full_record, officer};

const REPLY: &[u8] = include_bytes!("../../../../../demo/approvals/reply.docx");
const OPINION: &[u8] = include_bytes!("../../../../../demo/approvals/opinion.docx");
const FIELDS: [(&str, &str); 3] = [
    ("title", "核准的批复"),
    ("outcome", "社会团体法人登记证书"),
    ("number_rule", "武审核准（{年}）{序号}号"),
];

async fn clerk(site: &Site, role: Role) -> Desk {
    let own = site.body("武山县民政局").await;
    site.officer(officer(&role.to_text(), Scope::Body(own), &[role])).await
}

/// A site with an item, and where its templates are.
async fn site() -> (Site, String) {
    let site = Site::start().await;
    site.publishes(full_record()).await;
    let item = site.live("62052400MZ-XK-0001").await.item;
    (site, format!("/workbench/items/{item}/templates"))
}

async fn brings(desk: &Desk, list: &str, name: &str, bytes: &[u8]) -> Page {
    desk.upload(&format!("{list}/upload"), name, bytes, &FIELDS).await
}

#[tokio::test]
async fn a_template_is_brought_and_each_of_its_fields_is_told() {
    let (site, list) = site().await;
    let desk = clerk(&site, Role::Editor).await;
    desk.get(&list).await.check(200, &["还没有模板", "社会团体法人登记证书"]);
    let done = brings(&desk, &list, "批复.docx", REPLY).await;
    assert_eq!(done.status, 303, "{}", done.body);
    let page = desk.get(done.header("location")).await;
    page.check(
        200,
        &[
            "{{文号}}",
            "按文号规则编",
            "武审核准〔{年}〕{序号}号",
            "今年的写成 武审核准〔2026〕×号",
            "{{实施主体}}",
            "武山县民政局",
            "{{填写:项目名称}}",
            "办理时填，必填",
            "办理时填，选填",
            "正文第 1 段",
        ],
    );
    desk.get(&list).await.check(200, &["核准的批复", "在用", "填写签发"]);
    let file = desk.get(&format!("{}/file", done.header("location"))).await;
    assert_eq!((file.status, file.header("content-type")), (200, crate::downloads::DOCX));
}

#[tokio::test]
async fn a_list_of_the_item_is_told_as_such() {
    let (site, list) = site().await;
    let desk = clerk(&site, Role::Editor).await;
    let done = brings(&desk, &list, "意见表.docx", OPINION).await;
    let page = desk.get(done.header("location")).await;
    page.check(200, &["事项的列表，一行一行重复", "申请材料，材料名称"]);
}

#[tokio::test]
async fn what_is_wrong_with_a_template_is_told_all_at_once_and_what_was_typed_stays() {
    let (site, list) = site().await;
    let desk = clerk(&site, Role::Editor).await;
    let page = brings(&desk, &list, "批复.docx", b"MZ no word file").await;
    page.check(422, &["没有收下", "不是 Word 文档"]);
    assert_eq!(page.attributes("#title", "value"), ["核准的批复"]);
    let upload = format!("{list}/upload");
    let bad = [("title", ""), ("number_rule", "第{序号}号")];
    let page = desk.upload(&upload, "批复.docx", b"", &bad).await;
    page.check(422, &["写上文书名称", "要有一个 {年}", "没有选文件"]);
    assert!(desk.get(&list).await.body.contains("还没有模板"), "nothing was kept");
}

#[tokio::test]
async fn a_template_out_of_use_is_not_offered() {
    let (site, list) = site().await;
    let desk = clerk(&site, Role::Editor).await;
    let done = brings(&desk, &list, "批复.docx", REPLY).await;
    let template = done.header("location").to_owned();
    assert_eq!(desk.post(&format!("{template}/retire"), &[]).await.status, 303);
    let page = desk.get(&list).await;
    page.check(200, &["停用"]);
    assert!(!page.body.contains("填写签发"), "{}", page.body);
    desk.get(&template).await.check(200, &["停用"]);
    let again = desk.post(&format!("{template}/retire"), &[]).await;
    assert_eq!(again.status, 303, "it is out of use, as was asked");
}

#[tokio::test]
async fn who_only_looks_on_brings_nothing() {
    let (site, list) = site().await;
    let supervisor = clerk(&site, Role::Supervisor).await;
    let page = supervisor.get(&list).await;
    page.check(200, &["还没有模板"]);
    assert!(!page.body.contains("上传模板"), "{}", page.body);
    assert_eq!(brings(&supervisor, &list, "批复.docx", REPLY).await.status, 404);
}

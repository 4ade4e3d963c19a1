use domain::{
    edition::Edition,
    item::ItemRecord,
    people::{Role, Scope},
    standard::Operation,
};

use crate::testkit::{Site, full_record, officer};

const PDF: &[u8] = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n";

/// A site where a clerk has brought a file, and how an item refers to it.
async fn site_with_file() -> (Site, String) {
    let site = Site::start().await;
    let desk = site.officer(officer("clerk", Scope::Everywhere, &[Role::Editor])).await;
    desk.upload("/workbench/attachments/upload", "申请表.pdf", PDF, &[]).await;
    let list = desk.get("/workbench/attachments").await;
    let reference = list.attributes("input[readonly]", "value").remove(0);
    (site, reference)
}

fn with_form(reference: &str) -> ItemRecord {
    let mut record = full_record();
    let materials = serde_json::json!([{"id": "r1", "name": "申请书", "blank_form": reference}]);
    record.content.put("materials", serde_json::from_value(materials).unwrap());
    record
}

fn address(reference: &str) -> String {
    let (hash, name) = reference.strip_prefix("file:").unwrap().split_once('/').unwrap();
    format!("/items/62052400MZ-XK-0001/files/{hash}/{name}")
}

#[tokio::test]
async fn a_blank_form_of_a_published_item_is_downloaded_from_its_guide() {
    let (site, reference) = site_with_file().await;
    site.publishes(with_form(&reference)).await;
    site.index_follows().await;
    let guide = site.get("/items/62052400MZ-XK-0001").await;
    guide.check(200, &["空白表格：申请表.pdf"]);
    let link = guide.links(".sx-kit a[download]").remove(0);
    let file = site.get(&link).await;
    assert_eq!((file.status, file.header("content-type")), (200, "application/pdf"));
    assert!(file.header("content-disposition").starts_with("attachment"));
    assert_eq!(file.header("x-content-type-options"), "nosniff");
    let other_name = link.replace("%E7", "%E8");
    assert_eq!(site.get(&other_name).await.status, 404, "under its own name alone");
    let none = link.replace("/items/62052400MZ-XK-0001", "/items/62052400MZ-XK-0002");
    assert_eq!(site.get(&none).await.status, 404);
}

#[tokio::test]
async fn a_file_that_only_a_draft_refers_to_is_not_there_for_the_public() {
    let (site, reference) = site_with_file().await;
    site.publishes(full_record()).await;
    let mut tx = site.state.store.begin().await.unwrap();
    let item = tx.items_by_code(&["62052400MZ-XK-0001"]).await.unwrap().remove(0);
    let id = tx.new_edition_id().await.unwrap();
    let standard = site.state.standards.get("wushan").unwrap();
    let record = with_form(&reference);
    tx.add_drafts(&[Edition::draft(id, item.id, 2, Operation::Change, record, standard)])
        .await
        .unwrap();
    tx.commit().await.unwrap();
    assert_eq!(site.get(&address(&reference)).await.status, 404);
}

#[tokio::test]
async fn a_name_without_a_file_stays_a_name() {
    let site = Site::start().await;
    site.publishes(with_form("申请表.docx")).await;
    site.index_follows().await;
    let guide = site.get("/items/62052400MZ-XK-0001").await;
    guide.check(200, &["空白表格：申请表.docx"]);
    assert!(guide.links(".sx-kit a").is_empty());
    let hash = "0".repeat(64);
    let made_up = format!("/items/62052400MZ-XK-0001/files/{hash}/申请表.docx");
    assert_eq!(site.get(&made_up).await.status, 404);
}

#[tokio::test]
async fn an_officer_has_the_files_of_every_edition_within_their_scope() {
    let (site, reference) = site_with_file().await;
    let mut record = with_form("一个文件名");
    let outcomes = serde_json::json!([{"id": "r1", "name": "证书", "sample": reference}]);
    record.content.put("outcomes", serde_json::from_value(outcomes).unwrap());
    let draft = site.drafts(record).await;
    let county = |code: &str| Scope::Region(code.parse().unwrap());
    let near = site.officer(officer("near", county("620524"), &[Role::Supervisor])).await;
    let far = site.officer(officer("far", county("620525"), &[Role::Supervisor])).await;
    let page = near.get(&format!("/workbench/editions/{}", draft.id)).await;
    page.check(200, &["申请表.pdf", "一个文件名"]);
    let link = page.links(".sx-told a[download]").remove(0);
    let file = near.get(&link).await;
    assert_eq!((file.status, file.header("content-type")), (200, "application/pdf"));
    assert!(file.header("content-disposition").starts_with("attachment"));
    assert_eq!(far.get(&link).await.status, 404);
    assert_eq!(site.get(&link).await.status, 303, "a stranger signs in first");
    let other = link.replace("%E7", "%E8");
    assert_eq!(near.get(&other).await.status, 404, "under its own name alone");
    let item = near.get(&format!("/workbench/items/{}", draft.item)).await;
    assert_eq!(item.links(".sx-panel a[download]"), [link]);
}

#[tokio::test]
async fn a_sample_of_the_outcome_is_downloaded_from_the_guide() {
    let (site, reference) = site_with_file().await;
    let mut record = full_record();
    let outcomes = serde_json::json!([{"id": "r1", "name": "证书", "sample": reference},
        {"id": "r2", "name": "回执", "sample": "回执样本.doc"}]);
    record.content.put("outcomes", serde_json::from_value(outcomes).unwrap());
    site.publishes(record).await;
    let guide = site.get("/items/62052400MZ-XK-0001").await;
    guide.check(200, &["结果样本：申请表.pdf", "结果样本：回执样本.doc"]);
    let link = guide.links("#result a[download]").remove(0);
    assert_eq!(site.get(&link).await.status, 200);
}

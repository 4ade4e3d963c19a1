use domain::people::{Role, Scope};

use crate::testkit::{Site, officer, sound};

const CODE: &str = "62052400MZ-XK-0001";

#[tokio::test]
async fn an_officer_sees_a_draft_as_the_public_would() {
    let site = Site::start().await;
    site.publishes(sound(CODE, "社会团体成立登记")).await;
    let mut draft = site.begins_change(CODE).await;
    draft.record = sound(CODE, "社会团体设立登记");
    site.saves(&draft).await;
    let path = format!("/workbench/editions/{}/preview", draft.id);
    let county = |code: &str| Scope::Region(code.parse().unwrap());
    let near = site.officer(officer("near", county("620524"), &[Role::Editor])).await;
    let page = near.get(&path).await;
    page.check(200, &["预览，没有公布。", "第 2 版，录入", "社会团体设立登记", "要带什么"]);
    page.check(200, &["第 1 版", "现行。"]);
    assert!(!page.body.contains("不公布的话"), "what is not public is not shown here either");
    assert_eq!(page.header("cache-control"), "no-store");
    assert_eq!(page.attributes("meta[name=robots]", "content"), ["noindex"]);
    assert_eq!(page.links(".sx-actions a"), [""; 0], "nothing to be applied for or taken along");
    let edit = format!("/workbench/editions/{}/edit", draft.id);
    assert_eq!(page.links("[role=note] a")[1], edit);

    let far = site.officer(officer("far", county("620525"), &[Role::Editor])).await;
    assert_eq!(far.get(&path).await.status, 404);
    assert_eq!(site.get(&path).await.status, 303, "a stranger signs in first");
    let guide = site.get(&format!("/items/{CODE}")).await;
    assert!(!guide.body.contains("社会团体设立登记"), "the public sees what is in force");
}

#[tokio::test]
async fn an_item_that_was_never_published_is_previewed_with_its_files() {
    let site = Site::start().await;
    let clerk = site.signs_in("clerk").await;
    let pdf = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n";
    clerk.upload("/workbench/attachments/upload", "申请表.pdf", pdf, &[]).await;
    let list = clerk.get("/workbench/attachments").await;
    let reference = list.attributes("input[readonly]", "value").remove(0);
    let mut record = sound(CODE, "社会团体成立登记");
    record.code = None;
    let materials = serde_json::json!([{"id": "r1", "name": "申请书", "blank_form": reference}]);
    record.content.put("materials", serde_json::from_value(materials).unwrap());
    let draft = site.drafts(record).await;
    let page = clerk.get(&format!("/workbench/editions/{}/preview", draft.id)).await;
    page.check(200, &["第 1 版", "空白表格：申请表.pdf"]);
    assert_eq!(page.all("#versions").len(), 0);
    let file = page.links(".sx-kit a[download]").remove(0);
    assert_eq!(clerk.get(&file).await.status, 200);
}

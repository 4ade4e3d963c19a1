use domain::people::{Role, Scope};

use crate::testkit::{Desk, Site, full_record, officer};

const UPLOAD: &str = "/workbench/attachments/upload";
const PDF: &[u8] = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n";

async fn clerk(site: &Site, region: &str) -> Desk {
    let scope = Scope::Region(region.parse().unwrap());
    site.officer(officer(&format!("clerk-{region}"), scope, &[Role::Editor])).await
}

#[tokio::test]
async fn a_file_is_brought_listed_and_handed_out_to_be_kept() {
    let site = Site::start().await;
    let desk = clerk(&site, "620524").await;
    let done = desk.upload(UPLOAD, "申请表.pdf", PDF, &[]).await;
    assert_eq!(done.status, 303, "{}", done.body);
    let list = desk.get(done.header("location")).await;
    list.check(200, &["申请表.pdf", "刚上传", "字节"]);
    let reference = list.attributes("input[readonly]", "value").remove(0);
    assert!(reference.starts_with("file:") && reference.ends_with("/申请表.pdf"), "{reference}");
    let link = list.links("tbody a.name").remove(0);
    let file = desk.get(&link).await;
    assert_eq!((file.status, file.header("content-type")), (200, "application/pdf"));
    assert!(file.header("content-disposition").starts_with("attachment; filename*=UTF-8''%E7"));
    assert_eq!(file.header("x-content-type-options"), "nosniff");
    desk.get(&format!("{link}/uses")).await.check(200, &["没有事项用到它"]);
    desk.get("/workbench/attachments?q=样表").await.check(200, &["没有附件"]);
}

#[tokio::test]
async fn what_a_file_is_its_bytes_say_and_some_are_refused() {
    let site = Site::start().await;
    let desk = clerk(&site, "620524").await;
    let check = async |name: &str, bytes: &[u8], fault: &str| {
        desk.upload(UPLOAD, name, bytes, &[]).await.check(422, &[fault]);
    };
    check("申请表.pdf", b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff", "可执行的文件")
        .await;
    let elf = [b"\x7fELF\x02\x01\x01".as_slice(), &[0; 64]].concat();
    check("申请表.pdf", &elf, "可执行的").await;
    check("图.png", b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>", "SVG").await;
    check("页.txt", b"\n<!DOCTYPE html><script>1</script>", "网页").await;
    check("脚本.txt", b"#!/bin/sh\nrm -r x\n", "可执行的").await;
    check("谜.pdf", b"\x00\x01\x02\x03", "认不出").await;
    check("空.pdf", b"", "空的").await;
    let large = vec![b'a'; (20 << 20) + 1];
    check("大.txt", &large, "超过 20 MB").await;
    desk.get("/workbench/attachments").await.check(200, &["没有附件"]);
    assert_eq!(desk.upload(UPLOAD, "说明.txt", "白话".as_bytes(), &[]).await.status, 303);
}

#[tokio::test]
async fn a_file_of_another_county_does_not_exist() {
    let site = Site::start().await;
    let (here, elsewhere) = (clerk(&site, "620524").await, clerk(&site, "620525").await);
    here.upload(UPLOAD, "申请表.pdf", PDF, &[]).await;
    let link = here.get("/workbench/attachments").await.links("tbody a.name").remove(0);
    elsewhere.get("/workbench/attachments").await.check(200, &["没有附件"]);
    assert_eq!(elsewhere.get(&link).await.status, 404);
    assert_eq!(elsewhere.get(&format!("{link}/uses")).await.status, 404);
}

#[tokio::test]
async fn an_attachment_shows_what_uses_it() {
    let site = Site::start().await;
    let desk = clerk(&site, "620524").await;
    desk.upload(UPLOAD, "申请表.pdf", PDF, &[]).await;
    let list = desk.get("/workbench/attachments").await;
    let reference = list.attributes("input[readonly]", "value").remove(0);
    let mut record = full_record();
    let materials = serde_json::json!([{"id": "r1", "name": "申请书", "blank_form": reference}]);
    record.content.put("materials", serde_json::from_value(materials).unwrap());
    site.publishes(record).await;
    site.queries_follow().await;
    let link = list.links("tbody a.name").remove(0);
    desk.get(&format!("{link}/uses")).await.check(200, &["社会团体成立登记"]);
}

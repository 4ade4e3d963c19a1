use std::io::Write;

use documents::read::{self, ReadOptions};
use domain::{
    intake::{CellValue, RawData},
    people::{Role, Scope},
    standard::Standards,
};

use crate::testkit::{Desk, Page, Site, fields, full_record, officer};

const TABLE: &str = "/workbench/officers/table";
const OPEN: &str = "/workbench/officers/table/open";
const HEADER: &str = "账号,岗位或者姓名,角色,审核环节,管到哪里\n";

async fn county_administrator(site: &Site) -> Desk {
    let scope = Scope::Region("620524".parse().unwrap());
    site.officer(officer("county", scope, &[Role::Administrator])).await
}

async fn uploads(desk: &Desk, rows: &str) -> Page {
    desk.upload(TABLE, "账号.csv", format!("{HEADER}{rows}").as_bytes(), &[]).await
}

/// Sends on what the preview shows.
async fn confirms(desk: &Desk, preview: &Page) -> Page {
    let fields = fields(&preview.body, "main form");
    let fields: Vec<(&str, &str)> = fields
        .iter()
        .filter(|(name, _)| name != "csrf")
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    desk.post(OPEN, &fields).await
}

/// Reads a workbook back: the cells of its rows under the headers.
fn read_back(
    bytes: &[u8],
    first: &'static str,
    others: &'static [&'static str],
) -> Vec<Vec<String>> {
    let mut file = tempfile::Builder::new().suffix(".xlsx").tempfile().unwrap();
    file.write_all(bytes).unwrap();
    let standards = Standards::shipped().unwrap();
    let options = ReadOptions::list(standards.national(), first, others);
    let rows = read::open(file.path(), &options).unwrap();
    let text = |value: CellValue| match value {
        CellValue::Text(text) => text,
        other => panic!("{other:?}"),
    };
    rows.map(|row| match row.data {
        RawData::Cells(cells) => cells.into_iter().map(|it| text(it.value)).collect(),
        other => panic!("{other:?}"),
    })
    .collect()
}

#[tokio::test]
async fn a_table_of_accounts_is_looked_at_and_opened_and_its_passwords_are_given_once() {
    let site = Site::start().await;
    site.publishes(full_record()).await;
    let desk = county_administrator(&site).await;
    let preview = uploads(
        &desk,
        "wsmz-01,民政局录入岗,录入,,武山县民政局\n\
         ws-shenpi,审批岗,审核、公布,部门审核,620524\n",
    )
    .await;
    preview.check(200, &["新开立 2 个", "武山县及其下级", "公布、部门审核"]);
    assert!(site.state.store.credentials("wsmz-01").await.unwrap().is_none(), "only looked at");
    let sheet = confirms(&desk, &preview).await;
    assert_eq!(sheet.status, 200, "{}", sheet.body);
    assert_eq!(sheet.header("cache-control"), "no-store");
    let given = read_back(&sheet.bytes, "账号", &["岗位或者姓名", "管到哪里", "初始密码"]);
    assert_eq!(given.len(), 2);
    assert_eq!(given[0][..3], ["wsmz-01", "民政局录入岗", "武山县民政局"]);
    let clerk = site.signs_in_with("wsmz-01", &given[0][3]).await;
    let first = clerk.get("/workbench/tasks").await;
    assert_eq!((first.status, first.header("location")), (303, "/workbench/password"));
    let hash = site.state.store.credentials("wsmz-01").await.unwrap().unwrap().password_hash;
    assert!(hash.starts_with("$argon2id$"), "{hash}");
    desk.get("/workbench/officers").await.check(200, &["ws-shenpi", "没有改过初始密码"]);
}

#[tokio::test]
async fn each_bad_row_is_told_with_its_place_and_reason_and_the_good_ones_are_opened() {
    let site = Site::start().await;
    site.publishes(full_record()).await;
    let desk = county_administrator(&site).await;
    let preview = uploads(
        &desk,
        "good,岗,录入,,武山县民政局\n\
         good,岗,录入,,武山县民政局\n\
         a b,,录入,,武山县民政局\n\
         role,岗,局长,,武山县民政局\n\
         desk,岗,审核,,武山县民政局\n\
         desk2,岗,审核,局务会,武山县民政局\n\
         none,岗,,,\n\
         far,岗,录入,,620525\n\
         whole,岗,录入,,全部地区\n\
         nobody,岗,录入,,武山县没有的局\n\
         county,岗,录入,,620524\n",
    )
    .await;
    preview.check(200, &["新开立 1 个", "不能开立 10 行"]);
    let reasons = preview.all("tbody td[data-label=结果]");
    let check = |at: usize, words: &[&str]| {
        for word in words {
            assert!(reasons[at].contains(word), "{at}: no {word:?} in {:?}", reasons[at]);
        }
    };
    check(0, &["开立"]);
    check(1, &["和第 2 行是同一个账号"]);
    check(2, &["2 到 40 个字符", "写上岗位或者姓名"]);
    check(3, &["没有角色“局长”", "录入、公布、管理、系统管理"]);
    check(4, &["写明是哪个环节"]);
    check(5, &["没有审核环节“局务会”", "部门审核"]);
    check(6, &["没有写角色", "没有写管到哪里"]);
    check(7, &["不在您管的范围里"]);
    check(8, &["“全部地区”不在您管的范围里"]);
    check(9, &["没有实施主体“武山县没有的局”"]);
    check(10, &["已经有人用过"]);
    assert_eq!(confirms(&desk, &preview).await.status, 200);
    assert!(site.state.store.credentials("good").await.unwrap().is_some());
    assert!(site.state.store.credentials("desk").await.unwrap().is_none());
}

#[tokio::test]
async fn a_table_brought_again_gives_new_passwords_to_who_has_not_signed_in() {
    let site = Site::start().await;
    site.publishes(full_record()).await;
    let desk = county_administrator(&site).await;
    let row = "wsmz-01,岗,录入,,武山县民政局\n";
    let preview = uploads(&desk, row).await;
    let first = confirms(&desk, &preview).await;
    let given = |page: &Page| {
        read_back(&page.bytes, "账号", &["岗位或者姓名", "管到哪里", "初始密码"])[0][3].clone()
    };
    let first = given(&first);
    confirms(&desk, &preview).await.check(422, &["没有写入", "换初始密码 1 个"]);
    let again = confirms(&desk, &uploads(&desk, row).await).await;
    let again = given(&again);
    assert_ne!(first, again);
    let form = form_urlencoded::Serializer::new(String::new())
        .extend_pairs([("account", "wsmz-01"), ("password", first.as_str())])
        .finish();
    assert_eq!(site.send("/sign-in", &form).await.status, 422, "the older one is void");
    let clerk = site.signs_in_with("wsmz-01", &again).await;
    let own = [("old", again.as_str()), ("new", "Lvyou#7402"), ("again", "Lvyou#7402")];
    assert_eq!(clerk.post("/workbench/password", &own).await.status, 303);
    uploads(&desk, row).await.check(200, &["已经有人用过"]);
}

#[tokio::test]
async fn a_row_that_was_sent_by_hand_is_checked_like_one_of_a_file() {
    let site = Site::start().await;
    site.publishes(full_record()).await;
    let desk = county_administrator(&site).await;
    let forged = "第 2 行\tfar\t岗\t录入\t\t620525";
    desk.post(OPEN, &[("new", forged)]).await.check(422, &["不在您管的范围里"]);
    assert_eq!(desk.post(OPEN, &[("new", "far")]).await.status, 400);
    assert!(site.state.store.credentials("far").await.unwrap().is_none());
    let rows: Vec<String> =
        (0..501).map(|n| format!("第 {n} 行\ta{n}\t岗\t录入\t\t620524")).collect();
    let rows: Vec<(&str, &str)> = rows.iter().map(|row| ("new", row.as_str())).collect();
    assert_eq!(desk.post(OPEN, &rows).await.status, 400);
}

#[tokio::test]
async fn the_empty_table_explains_itself_and_is_read_back() {
    let site = Site::start().await;
    site.publishes(full_record()).await;
    let desk = county_administrator(&site).await;
    let blank = desk.get("/workbench/officers/table/blank").await;
    assert_eq!(blank.status, 200);
    let bodies = read_back(&blank.bytes, "单位", &["地区代码", "统一社会信用代码"]);
    assert!(bodies.iter().any(|it| it.contains(&"武山县民政局".to_owned())), "{bodies:?}");
    desk.upload(TABLE, "空表.xlsx", &blank.bytes, &[]).await.check(422, &["表里没有账号"]);
    desk.upload(TABLE, "别的.csv", "事项名称,编码\n甲,1\n".as_bytes(), &[])
        .await
        .check(422, &["没有认得的表头", "账号、岗位或者姓名"]);
    let many: String = (0..501).map(|n| format!("a{n},岗,录入,,620524\n")).collect();
    uploads(&desk, &many).await.check(422, &["一次最多 500 个账号，表里有 501 个"]);
}

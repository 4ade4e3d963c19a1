use domain::{
    content::{Content, Value, keys},
    office::Directory,
    people::{Role, Scope},
};

use crate::testkit::{Desk, Page, Site, full_record, named, officer};

const OFFICE: &str = "武山县民政局";

async fn clerk(site: &Site) -> Desk {
    let scope = Scope::Body(site.body(OFFICE).await);
    site.officer(officer("clerk", scope, &[Role::Editor])).await
}

async fn directories(site: &Site) -> Vec<Directory> {
    let body = site.body(OFFICE).await;
    site.state.store.directories(Scope::Everywhere, body).await.unwrap()
}

async fn new_directory(desk: &Desk, kind: &str, name: &str) -> Page {
    desk.post("/workbench/directories", &[("kind", kind), ("name", name)]).await
}

#[tokio::test]
async fn a_directory_is_opened_and_says_what_it_hands_on() {
    let site = Site::start().await;
    site.publishes(full_record()).await;
    let desk = clerk(&site).await;
    desk.get("/workbench/directories").await.check(200, &["新增目录", OFFICE]);
    let done = new_directory(&desk, "wushan XK", "社会组织登记").await;
    assert_eq!(done.status, 303);
    let path = done.header("location").to_owned();
    desk.get(&path).await.check(200, &["社会组织登记", "行政许可目录，0 项", "办理时限"]);
    let fields = [
        ("directory", "社会组织管理"),
        (keys::SUMMARY, "现成的简介"),
        ("limits.promised", "5"),
        ("limits.promised.unit", "个工作日"),
        ("service.objects", ""),
        ("service.objects", "4"),
    ];
    assert_eq!(desk.post(&path, &fields).await.status, 303);
    let kept = directories(&site).await.remove(0);
    assert_eq!(kept.name, "社会组织管理");
    assert_eq!(kept.defaults.text(keys::SUMMARY), "现成的简介");
    assert_eq!(kept.defaults.promised_limit().unwrap().to_string(), "5个工作日");
    assert_eq!(kept.defaults.codes("service.objects"), ["4"]);
    let page = desk.get(&path).await;
    assert_eq!(page.attributes("#limits-promised", "value"), ["5"]);
    assert_eq!(page.attributes("#directory", "value"), ["社会组织管理"]);
}

#[tokio::test]
async fn a_directory_is_looked_at_while_somebody_writes() {
    let site = Site::start().await;
    site.publishes(full_record()).await;
    let desk = clerk(&site).await;
    let path =
        new_directory(&desk, "wushan XK", "社会组织登记").await.header("location").to_owned();
    let writing = site.state.store.begin().await.unwrap();
    desk.get(&path).await.check(200, &["社会组织登记"]);
    drop(writing);
}

#[tokio::test]
async fn a_directory_s_name_is_its_own() {
    let site = Site::start().await;
    site.publishes(full_record()).await;
    let desk = clerk(&site).await;
    new_directory(&desk, "wushan XK", "社会组织登记").await;
    let taken = new_directory(&desk, "wushan XK", "社会组织登记").await;
    taken.check(422, &["已有同类型同名的“社会组织登记”"]);
    assert_eq!(taken.attributes("#name", "value"), ["社会组织登记"]);
    new_directory(&desk, "wushan XK", " ").await.check(422, &["请写名称"]);
    new_directory(&desk, "", "某目录").await.check(422, &["请选事项类型"]);
    let other = new_directory(&desk, "wushan XK", "另一个").await;
    let fields = [("directory", "社会组织登记"), (keys::SUMMARY, "写到一半")];
    let renamed = desk.post(other.header("location"), &fields).await;
    renamed.check(422, &["已有同类型同名的", "写到一半"]);
}

#[tokio::test]
async fn a_directory_is_abolished_when_its_items_have_gone_elsewhere() {
    let site = Site::start().await;
    site.publishes(full_record()).await;
    let desk = clerk(&site).await;
    let path = new_directory(&desk, "wushan XK", "旧目录").await.header("location").to_owned();
    new_directory(&desk, "wushan XK", "新目录").await;
    let (old, new) = (directories(&site).await[0].id, directories(&site).await[1].id);
    let fields = [("kind", "wushan XK"), ("directory", &old.to_string()), ("name", "某项")];
    assert_eq!(desk.post("/workbench/items/new", &fields).await.status, 303);
    let abolish = format!("{path}/abolish");
    desk.post(&abolish, &[]).await.check(422, &["目录下还有 1 项事项"]);
    let to_itself = format!("directory.{old}");
    desk.post(&abolish, &[("to", &to_itself)]).await.check(422, &["目录下还有 1 项事项"]);
    let done = desk.post(&abolish, &[("to", &format!("directory.{new}"))]).await;
    assert_eq!(done.status, 303);
    assert_eq!(desk.get(&path).await.status, 404);
    let page = desk.get(&format!("/workbench/items?directory={new}")).await;
    assert_eq!(page.all("tr[data-row] th"), ["某项"]);
}

#[tokio::test]
async fn directories_have_an_order() {
    let site = Site::start().await;
    site.publishes(full_record()).await;
    let desk = clerk(&site).await;
    new_directory(&desk, "wushan XK", "甲").await;
    let path = new_directory(&desk, "wushan XK", "乙").await.header("location").to_owned();
    let order = format!("{path}/order");
    assert_eq!(desk.post(&order, &[("shift", "up")]).await.status, 303);
    let names: Vec<String> = directories(&site).await.into_iter().map(|it| it.name).collect();
    assert_eq!(names, ["乙", "甲"]);
    assert_eq!(desk.post(&order, &[("shift", "sideways")]).await.status, 400);
}

#[tokio::test]
async fn groups_are_kept_under_a_kind_or_a_directory() {
    let site = Site::start().await;
    site.publishes(full_record()).await;
    let desk = clerk(&site).await;
    new_directory(&desk, "wushan XK", "社会组织登记").await;
    let directory = format!("directory.{}", directories(&site).await[0].id);
    let add = async |place: &str, name: &str| {
        desk.post("/workbench/groups", &[("place", place), ("name", name)]).await
    };
    assert_eq!(add(&directory, "社会团体").await.status, 303);
    assert_eq!(add(&directory, "基金会").await.status, 303);
    assert_eq!(add("wushan BM", "便民一组").await.status, 303);
    add(&directory, "基金会").await.check(422, &["那里已经有叫“基金会”的分组"]);
    add("", "没有地方").await.check(422, &["请选分组放在哪里"]);
    add("wushan BM", "").await.check(422, &["请写名称"]);
    let page = desk.get("/workbench/groups").await;
    let place = "行政许可 › 社会组织登记";
    assert_eq!(page.all("tbody th"), [place, place, "便民服务事项"]);
    let names = async || desk.get("/workbench/groups").await.attributes("td [name=name]", "value");
    assert_eq!(names().await, ["社会团体", "基金会", "便民一组"]);

    let path = page.attributes("td form", "action").remove(1);
    let act = async |act: &str, name: &str| desk.post(&path, &[("act", act), ("name", name)]).await;
    act("up", "").await;
    act("rename", "社会团体").await.check(422, &["那里已经有叫“社会团体”的分组"]);
    act("rename", "慈善组织").await;
    assert_eq!(names().await, ["慈善组织", "社会团体", "便民一组"]);
    assert_eq!(act("dissolve", "").await.status, 303);
    assert_eq!(names().await, ["社会团体", "便民一组"]);
}

#[tokio::test]
async fn items_are_listed_under_their_group() {
    let site = Site::start().await;
    for (code, name) in [("62052400MZ-XK-0001", "甲"), ("62052400MZ-XK-0002", "乙")] {
        site.publishes(named(code, name)).await;
    }
    let desk = clerk(&site).await;
    let fields = [("place", "wushan XK"), ("name", "社会团体登记")];
    desk.post("/workbench/groups", &fields).await;
    let list = desk.get("/workbench/items?standard=wushan&kind=XK").await;
    let pick = list.attributes("[aria-label='选择 乙']", "value").remove(0);
    let to = list.attributes("#to optgroup option", "value").remove(0);
    let moved = desk.post("/workbench/items/move", &[("pick", &pick), ("to", &to)]).await;
    assert_eq!(moved.status, 303);
    let list = desk.get("/workbench/items?standard=wushan&kind=XK").await;
    assert_eq!(list.all("tr.group"), ["社会团体登记 1 项", "未分组 1 项"]);
    assert_eq!(list.all("tr[data-row] th"), ["乙", "甲"]);
}

#[tokio::test]
async fn what_a_directory_hands_on_names_no_item() {
    let site = Site::start().await;
    site.publishes(full_record()).await;
    let desk = clerk(&site).await;
    let path = new_directory(&desk, "wushan XK", "甲").await.header("location").to_owned();
    let fields = [("directory", "甲"), (keys::NAME, "不是事项的名称"), (keys::SUMMARY, "简介")];
    assert_eq!(desk.post(&path, &fields).await.status, 303);
    let expected = Content::new().with(keys::SUMMARY, Value::Text("简介".into()));
    assert_eq!(directories(&site).await[0].defaults, expected);
}

#[tokio::test]
async fn a_directory_hands_on_no_file_of_another_office() {
    let site = Site::start().await;
    site.publishes(full_record()).await;
    let desk = clerk(&site).await;
    let elsewhere = Scope::Region("620525".parse().unwrap());
    let far = site.officer(officer("far", elsewhere, &[Role::Editor])).await;
    far.upload("/workbench/attachments/upload", "名单.txt", b"secret", &[]).await;
    let list = far.get("/workbench/attachments").await;
    let reference = list.attributes("input[readonly]", "value").remove(0);
    let done = new_directory(&desk, "wushan XK", "社会组织登记").await;
    let path = done.header("location").to_owned();
    let fields =
        [("directory", "社会组织登记"), ("outcomes[]", "r1"), ("outcomes[r1].sample", &reference)];
    let refused = desk.post(&path, &fields).await;
    refused.check(422, &["“名单.txt”不在您能用的附件里"]);
    assert!(directories(&site).await[0].defaults.is_empty());
}

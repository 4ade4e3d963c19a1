use domain::{
    content::{Content, Value, keys},
    edition::State,
    item::EditionId,
    people::{Role, Scope},
    standard::Operation,
};

use crate::testkit::{Desk, Page, Site, full_record, officer};

async fn clerk(site: &Site) -> Desk {
    let scope = Scope::Body(site.body("武山县民政局").await);
    site.officer(officer("clerk", scope, &[Role::Editor])).await
}

/// Reads which draft a page leads on to.
fn draft(done: &Page) -> EditionId {
    assert_eq!(done.status, 303, "{}", done.body);
    let id = done.header("location").strip_prefix("/workbench/editions/").unwrap();
    EditionId(id.strip_suffix("/edit").unwrap().parse().unwrap())
}

#[tokio::test]
async fn a_new_item_takes_what_its_directory_hands_on() {
    let site = Site::start().await;
    site.publishes(full_record()).await;
    let body = site.body("武山县民政局").await;
    let defaults = Content::new().with(keys::SUMMARY, Value::Text("现成的简介".into()));
    let mut tx = site.state.store.begin().await.unwrap();
    let added = tx.add_directory(body, "wushan", "XK", "社会组织登记", &defaults).await.unwrap();
    tx.commit().await.unwrap();
    let desk = clerk(&site).await;
    let path = format!("/workbench/items/new?standard=wushan&kind=XK&directory={}", added.id);
    let page = desk.get(&path).await;
    page.check(200, &["新增事项", "武山县民政局", "社会组织登记"]);
    let chosen = page.attributes("option[selected]", "value");
    assert_eq!(chosen, ["wushan XK".to_owned(), added.id.to_string()]);

    let directory = added.id.to_string();
    let fields =
        [("kind", "wushan XK"), ("directory", directory.as_str()), ("name", "社会团体变更登记")];
    let draft = site.edition(draft(&desk.post("/workbench/items/new", &fields).await)).await;
    assert_eq!((draft.state, draft.operation), (State::Draft, Operation::Create));
    assert_eq!(draft.record.name(), "社会团体变更登记");
    assert_eq!(draft.record.content.text(keys::SUMMARY), "现成的简介");
    assert_eq!(draft.record.code, None);
    let list = desk.get(&format!("/workbench/items?directory={directory}")).await;
    assert_eq!(list.all("tr[data-row] th"), ["社会团体变更登记"]);
}

#[tokio::test]
async fn what_is_wrong_with_a_new_item_is_told_and_what_was_typed_stays() {
    let site = Site::start().await;
    site.publishes(full_record()).await;
    let desk = clerk(&site).await;
    let add = async |kind: &str, name: &str| {
        desk.post("/workbench/items/new", &[("kind", kind), ("name", name)]).await
    };
    let taken = add("wushan XK", "社会团体成立登记").await;
    taken.check(422, &["已有同类型同名的“社会团体成立登记”"]);
    assert_eq!(taken.attributes("#name", "value"), ["社会团体成立登记"]);
    assert_eq!(taken.attributes("#kind [selected]", "value"), ["wushan XK"]);
    add("wushan XK", " ").await.check(422, &["请写名称"]);
    add("", "某项").await.check(422, &["请选事项类型"]);
    add("yunnan 01", "某项").await.check(422, &["要归在一个目录下"]);
    assert_eq!(desk.post("/workbench/items/new", &[("body", "9")]).await.status, 404);
    let gone = [("kind", "wushan XK"), ("name", "某项"), ("directory", "9")];
    assert_eq!(desk.post("/workbench/items/new", &gone).await.status, 404);
}

#[tokio::test]
async fn an_item_is_copied_without_its_code() {
    let site = Site::start().await;
    site.publishes(full_record()).await;
    let desk = clerk(&site).await;
    let list = desk.get("/workbench/items").await;
    let path = list.links("td.gone a").remove(0);
    let page = desk.get(&path).await;
    page.check(200, &["复制事项", "照“社会团体成立登记”"]);
    let same = desk.post(&path, &[("name", "社会团体成立登记")]).await;
    same.check(422, &["已有同类型同名的"]);
    let copy = site.edition(draft(&desk.post(&path, &[("name", "基金会成立登记")]).await)).await;
    assert_eq!(copy.record.name(), "基金会成立登记");
    assert_eq!(copy.record.code, None);
    assert_eq!(copy.record.content.rows("materials").len(), 3);
}

use domain::{
    edition::State,
    people::{Role, Scope},
};

use crate::testkit::{Desk, Site, full_record, officer};

async fn county(site: &Site) -> Desk {
    let scope = Scope::Region("620524".parse().unwrap());
    site.officer(officer("county", scope, &[Role::Administrator])).await
}

/// The states of the editions of the item with the full record's code, with their body.
async fn editions(site: &Site) -> Vec<(State, String)> {
    let mut tx = site.state.store.begin().await.unwrap();
    let item = tx.items_by_code(&["62052400MZ-XK-0001"]).await.unwrap().remove(0);
    drop(tx);
    let editions = site.state.store.editions_of(Scope::Everywhere, item.id).await.unwrap();
    editions.into_iter().map(|it| (it.state, it.record.body.name)).collect()
}

#[tokio::test]
async fn a_body_is_registered_in_ones_own_region_with_sound_letters() {
    let site = Site::start().await;
    let desk = county(&site).await;
    let register = async |region: &str, name: &str, credit: &str, letters: &str| {
        let fields =
            [("region", region), ("name", name), ("credit_code", credit), ("letters", letters)];
        desk.post("/workbench/bodies", &fields).await
    };
    assert_eq!(register("620524", "武山县民政局", "", "MZ").await.status, 303);
    register("620524", "武山县教育局", "", "MZ").await.check(422, &["换一组"]);
    register("620524", "武山县民政局", "", "").await.check(422, &["已经有叫这个名称的"]);
    register("620525", "张家川县民政局", "", "MZ").await.check(422, &["不在您管的范围里"]);
    let wrong = register("620524", "武山县教育局", "116205240139251680", "m").await;
    wrong.check(422, &["统一社会信用代码认不出", "2 到 4 个大写字母"]);
    assert_eq!(wrong.attributes("#name", "value"), ["武山县教育局"], "what was typed stays");
    desk.get("/workbench/bodies").await.check(200, &["武山县民政局", "MZ"]);
}

#[tokio::test]
async fn a_new_name_reaches_the_public_through_review_alone() {
    let site = Site::start().await;
    site.publishes(full_record()).await;
    let desk = county(&site).await;
    let path = format!("/workbench/bodies/{}", site.body("武山县民政局").await);
    let letters = desk.post(&path, &[("name", "武山县民政局"), ("letters", "MS")]).await;
    letters.check(422, &["已经有事项用它编了码"]);
    let fields = [("name", "武山县民政和社会工作局"), ("letters", "MZ")];
    assert_eq!(desk.post(&path, &fields).await.status, 303);
    assert_eq!(
        editions(&site).await,
        [
            (State::Published, "武山县民政局".to_owned()),
            (State::Draft, "武山县民政和社会工作局".to_owned())
        ]
    );
    site.index_follows().await;
    let guide = site.get("/items/62052400MZ-XK-0001").await;
    assert!(guide.body.contains("武山县民政局") && !guide.body.contains("社会工作局"));
}

#[tokio::test]
async fn a_body_that_is_closed_hands_its_items_over_with_their_codes() {
    let site = Site::start().await;
    site.publishes(full_record()).await;
    let desk = county(&site).await;
    desk.post("/workbench/bodies", &[("region", "620524"), ("name", "武山县委社会工作部")]).await;
    let (old, new) = (site.body("武山县民政局").await, site.body("武山县委社会工作部").await);
    let path = format!("/workbench/bodies/{old}/close");
    desk.post(&path, &[("successor", "")]).await.check(422, &["选一个接手的主体"]);
    desk.post(&path, &[("successor", &old.to_string())]).await.check(422, &["选一个接手的"]);
    assert_eq!(desk.post(&path, &[("successor", &new.to_string())]).await.status, 303);
    let told = ["撤销", "事项移交给 武山县委社会工作部"];
    desk.get(&format!("/workbench/bodies/{old}")).await.check(200, &told);
    let (state, body) = editions(&site).await.remove(1);
    assert_eq!((state, body.as_str()), (State::Draft, "武山县委社会工作部"));
    assert_eq!(desk.post(&path, &[("successor", &new.to_string())]).await.status, 422);
}

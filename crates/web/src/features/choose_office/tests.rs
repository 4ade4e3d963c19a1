use domain::people::{Role, Scope};

use crate::testkit::{Desk, Site, full_record, officer};

const OFFICES: &str = "/workbench/offices";

impl Site {
    /// Registers an office in a region.
    async fn has_office(&self, region: &str, name: &str) {
        let body =
            domain::item::BodyRef { name: name.to_owned(), credit_code: None, letters: None };
        let mut tx = self.state.store.begin().await.unwrap();
        tx.add_body(region.parse().unwrap(), &body).await.unwrap();
        tx.commit().await.unwrap();
    }
}

async fn supervisor(site: &Site, scope: Scope) -> Desk {
    let account = format!("{scope:?}").replace(|c: char| !c.is_ascii_alphanumeric(), "-");
    site.officer(officer(&account, scope, &[Role::Editor])).await
}

#[tokio::test]
async fn a_province_goes_down_its_regions_to_an_office() {
    let site = Site::start().await;
    for n in 0..40 {
        site.has_office("620524", &format!("武山县第{n}局")).await;
        site.has_office("620522", &format!("秦安县第{n}局")).await;
    }
    site.has_office("620000", "省直机关").await;
    site.has_office("110000", "别省的机关").await;
    let desk = supervisor(&site, Scope::Region("620000".parse().unwrap())).await;
    let page = desk.get("/workbench/items").await;
    let chooser = page.links(".sx-head a").remove(0);
    assert!(chooser.starts_with(OFFICES), "{chooser}");
    let page = desk.get(&format!("{OFFICES}?to=items")).await;
    page.check(200, &["天水市80", "省直机关"]);
    assert!(!page.body.contains("别省的机关"));
    let city = desk.get(&page.links(".sx-tree a")[0]).await;
    city.check(200, &["甘肃省", "秦安县40", "武山县40", "没有直属的单位"]);
    let county = desk.get(&city.links(".sx-tree a")[1]).await;
    assert_eq!(county.all("tbody .name").len(), 40);
    let items = desk.get(&county.links("tbody .name")[0]).await;
    items.check(200, &["梳理", "武山县第0局"]);
    let found = desk.get(&format!("{OFFICES}?to=new-item&q=武山 第7局")).await;
    assert_eq!(found.all("tbody .name"), ["武山县第7局"]);
    let new = desk.get(&found.links("tbody .name")[0]).await;
    new.check(200, &["新增事项", "武山县第7局"]);
    desk.get(&format!("{OFFICES}?to=items&q=别省")).await.check(200, &["没有找到"]);
    let outside = desk.get(&format!("{OFFICES}?to=items&region=110000")).await;
    assert_eq!(outside.status, 404);
    assert_eq!(desk.get(&format!("{OFFICES}?to=elsewhere")).await.status, 400);
}

#[tokio::test]
async fn a_county_sees_its_offices_at_once_and_one_office_has_nothing_to_choose() {
    let site = Site::start().await;
    site.publishes(full_record()).await;
    site.has_office("620524", "武山县教育局").await;
    site.has_office("620524", "百分%局").await;
    let county = supervisor(&site, Scope::Region("620524".parse().unwrap())).await;
    let page = county.get(&format!("{OFFICES}?to=items")).await;
    assert_eq!(page.all("tbody .name"), ["武山县民政局", "武山县教育局", "百分%局"]);
    let found = county.get(&format!("{OFFICES}?to=items&q=%25")).await;
    assert_eq!(found.all("tbody .name"), ["百分%局"]);
    let own = Scope::Body(site.body("武山县民政局").await);
    let clerk = supervisor(&site, own).await;
    assert_eq!(clerk.get(&format!("{OFFICES}?to=items")).await.status, 303);
    let page = clerk.get("/workbench/items").await;
    assert!(!page.body.contains(OFFICES), "an office of one's own is not chosen");
}

use domain::{
    content::{Limit, Value, keys},
    item::ItemId,
    people::{Role, Scope},
};

use crate::testkit::{Site, full_record, officer};

const CODE: &str = "62052400MZ-XK-0001";

async fn has_two_editions(site: &Site) -> ItemId {
    site.publishes(full_record()).await;
    let mut record = full_record();
    record.content.put(keys::PROMISED_LIMIT, Value::Limit(Limit::working_days(15)));
    site.republishes(record).await;
    let mut tx = site.state.store.begin().await.unwrap();
    tx.items_by_code(&[CODE]).await.unwrap()[0].id
}

#[tokio::test]
async fn any_two_editions_are_compared_either_way() {
    let site = Site::start().await;
    let item = has_two_editions(&site).await;
    let desk = site.officer(officer("reader", Scope::Everywhere, &[Role::Supervisor])).await;
    let path = format!("/workbench/items/{item}/compare");
    let page = desk.get(&format!("{path}?from=1&to=2")).await;
    page.check(200, &["第 1 版与第 2 版对照", "不同 1 处", "承诺时限"]);
    assert_eq!([page.all("del"), page.all("ins")], [["20 个工作日"], ["15 个工作日"]]);
    let swapped = page.links(".sx-head .end a");
    assert_eq!(swapped, [format!("{path}?from=2&to=1")]);
    assert_eq!(desk.get(&swapped[0]).await.all("del"), ["15 个工作日"]);
    desk.get(&path).await.check(200, &["第 1 版与第 2 版对照"]);
    desk.get(&format!("{path}?from=2&to=2")).await.check(200, &["两版说的一样"]);
    assert_eq!(desk.get(&format!("{path}?from=1&to=9")).await.status, 404);
    assert_eq!(desk.get(&format!("{path}?from=x")).await.status, 400);
}

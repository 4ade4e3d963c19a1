use domain::people::{Role, Scope};

use crate::testkit::{Desk, Site, full_record, officer};

async fn county_administrator(site: &Site) -> Desk {
    let scope = Scope::Region("620524".parse().unwrap());
    site.officer(officer("county", scope, &[Role::Administrator])).await
}

#[tokio::test]
async fn an_administrator_opens_an_account_whose_officer_sets_a_password() {
    let site = Site::start().await;
    site.publishes(full_record()).await;
    let desk = county_administrator(&site).await;
    let page = desk.get("/workbench/officers").await;
    page.check(200, &["账号", "county", "部门审核"]);
    assert_eq!(page.attributes("#scopes option", "value"), ["武山县民政局"]);
    let fields = [
        ("account", "wsmz-01"),
        ("name", "民政局录入岗"),
        ("scope", "武山县民政局"),
        ("role", "editor"),
        ("role", "reviewer:department"),
    ];
    let page = desk.post("/workbench/officers", &fields).await;
    page.check(200, &["已开立账号 wsmz-01", "只在这里显示一次", "没有改过初始密码"]);
    let password = page.all("[role=status] .code").remove(1);
    let clerk = site.signs_in_with("wsmz-01", &password).await;
    assert_eq!(clerk.get("/workbench/officers").await.status, 404);
    clerk.get("/workbench/password").await.check(200, &["武山县民政局 · 民政局录入岗"]);
    let again = desk.post("/workbench/officers", &fields).await;
    again.check(422, &["这个账号已经有人用过"]);
    assert_eq!(again.attributes("#account", "value"), ["wsmz-01"]);
}

#[tokio::test]
async fn an_administrator_gives_nothing_outside_their_own_scope() {
    let site = Site::start().await;
    site.publishes(full_record()).await;
    let desk = county_administrator(&site).await;
    let check = async |scope: &str| {
        let fields = [("account", "other"), ("name", "岗"), ("scope", scope), ("role", "editor")];
        let page = desk.post("/workbench/officers", &fields).await;
        assert_eq!(page.status, 422, "{scope}");
        assert_eq!(page.all("#e-scope").len(), 1, "{scope}");
    };
    check("全部地区").await;
    check("620500").await;
    check("620525").await;
    check("999999").await;
    let elsewhere = Scope::Region("620525".parse().unwrap());
    let other = site.officer(officer("other", elsewhere, &[Role::Editor])).await;
    let path = format!("/workbench/officers/{}", other.officer.id.0);
    assert_eq!(desk.get(&path).await.status, 404);
    assert_eq!(desk.post(&path, &[("name", "改")]).await.status, 404);
    assert_eq!(desk.post(&format!("{path}/password"), &[]).await.status, 404);
}

#[tokio::test]
async fn a_change_of_roles_holds_at_once_and_is_written_down() {
    let site = Site::start().await;
    let desk = county_administrator(&site).await;
    let scope = Scope::Region("620524".parse().unwrap());
    let clerk = site.officer(officer("clerk", scope, &[Role::Editor])).await;
    let path = format!("/workbench/officers/{}", clerk.officer.id.0);
    let fields = [("name", "录入岗"), ("scope", "620524"), ("role", "supervisor"), ("stamp", "1")];
    assert_eq!(desk.post(&path, &fields).await.status, 303);
    assert_eq!(clerk.get("/workbench/password").await.status, 303, "signed out");
    desk.get(&path).await.check(200, &["角色 editor → supervisor"]);
}

#[tokio::test]
async fn nobody_shuts_themselves_out() {
    let site = Site::start().await;
    let desk = county_administrator(&site).await;
    let path = format!("/workbench/officers/{}", desk.officer.id.0);
    let fields = [("name", "岗"), ("scope", "620524"), ("role", "editor")];
    desk.post(&path, &fields).await.check(422, &["请另一位管理员来改"]);
}

#[tokio::test]
async fn a_new_first_password_ends_what_was_signed_in() {
    let site = Site::start().await;
    let desk = county_administrator(&site).await;
    let scope = Scope::Region("620524".parse().unwrap());
    let clerk = site.officer(officer("clerk", scope, &[Role::Editor])).await;
    let path = format!("/workbench/officers/{}/password", clerk.officer.id.0);
    let page = desk.post(&path, &[]).await;
    let password = page.all("[role=status] .code").remove(0);
    assert_eq!(clerk.get("/workbench/password").await.status, 303);
    let page = site.signs_in_with("clerk", &password).await.get("/workbench/password").await;
    page.check(200, &["这个密码是别人给的"]);
}

//! The demo's sign-ins: they are in the demo's database alone, and printed when it begins.

use domain::{
    people::{Officer, OfficerId, Role, Scope},
    region::RegionCode,
};
use store::Store;
use time::OffsetDateTime;
use web::accounts;

/// The password of every account of the demo.
pub(crate) const PASSWORD: &str = "Yanshi#2026";

/// 演示账号。
struct DemoOfficer {
    account: &'static str,
    name: &'static str,
    /// The body whose items are theirs; without one, all of the region's are.
    body: Option<&'static str>,
    roles: &'static [&'static str],
}

const REGION: &str = "620524";

const OFFICERS: [DemoOfficer; 6] = [
    DemoOfficer {
        account: "demo-clerk",
        name: "演示·录入岗",
        body: Some("武山县民政局"),
        roles: &["editor"],
    },
    DemoOfficer {
        account: "demo-department",
        name: "演示·部门审核岗",
        body: Some("武山县民政局"),
        roles: &["reviewer:department"],
    },
    DemoOfficer {
        account: "demo-establishment",
        name: "演示·编办审核岗",
        body: None,
        roles: &["reviewer:establishment"],
    },
    DemoOfficer {
        account: "demo-service",
        name: "演示·政务中心岗",
        body: None,
        roles: &["reviewer:service", "publisher"],
    },
    DemoOfficer {
        account: "demo-supervisor",
        name: "演示·管理账号",
        body: None,
        roles: &["supervisor"],
    },
    DemoOfficer {
        account: "demo-admin",
        name: "演示·系统管理员",
        body: None,
        roles: &["administrator"],
    },
];

/// Adds the demo's accounts.
pub(crate) async fn add(store: &Store, now: OffsetDateTime) -> anyhow::Result<()> {
    let region = RegionCode::parse(REGION)?;
    let bodies = store.bodies(Some(region)).await?;
    for demo in OFFICERS {
        let body = bodies.iter().find(|it| Some(it.body.name.as_str()) == demo.body);
        anyhow::ensure!(body.is_some() == demo.body.is_some(), "演示目录里没有 {:?}", demo.body);
        let officer = Officer {
            id: OfficerId(0),
            account: demo.account.to_owned(),
            name: demo.name.to_owned(),
            scope: body.map_or(Scope::Region(region), |it| Scope::Body(it.id)),
            roles: demo.roles.iter().filter_map(|role| Role::parse(role)).collect(),
            must_change_password: false,
            stamp: 1,
            is_closed: false,
        };
        accounts::add_with(store, &officer, PASSWORD, OfficerId(0), now).await?;
    }
    Ok(())
}

/// Says who may sign in.
pub(crate) fn lines() -> impl Iterator<Item = String> {
    let account = |it: &DemoOfficer| format!("  {}　{}", it.account, it.name);
    let head = format!("演示账号（/sign-in，密码都是 {PASSWORD}）：");
    std::iter::once(head).chain(OFFICERS.iter().map(account).collect::<Vec<_>>())
}

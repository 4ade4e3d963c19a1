//! Every door of the site, tried by everyone: what the map does not allow does not exist.

use domain::{
    library::Law,
    people::{Duty, Officer, OfficerId, Role, Scope},
    region::RegionCode,
};
use expect_test::expect_file;
use store::Saving;

use crate::{
    accounts::duty_title,
    map::Who,
    testkit::{Address, Desk, Office, Page, Site, full_record, officer},
};

/// A word that stands in what another office must not see.
const MARK: &str = "只给本单位看";

const OWN: Address =
    Address { region: "620524", body: "武山县民政局", letters: "MZ", mark: MARK };

/// Where an officer stands to the item behind the doors.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Standing {
    /// Of the item's own body.
    Own,
    /// Of another body in the same county.
    NextDoor,
    /// Of another county.
    Elsewhere,
}

const STANDINGS: [Standing; 3] = [Standing::Own, Standing::NextDoor, Standing::Elsewhere];

/// A site with an item, and who tries its doors.
struct House {
    site: Site,
    office: Office,
}

impl House {
    async fn new() -> House {
        let site = Site::start().await;
        let mut office = site.office(&OWN).await;
        let mut next_door = full_record();
        next_door.body.name = "武山县教育局".into();
        next_door.body.letters = Some("JY".into());
        next_door.code = Some("62052400JY-XK-0001".into());
        site.publishes(next_door).await;
        let law = Law { title: "示例条例".into(), ..Law::default() };
        let saving = Saving { by: OfficerId(0), at: site.state.clock.now() };
        let mut tx = site.state.store.begin().await.unwrap();
        office.holds("law", tx.add_law(&law, saving).await.unwrap());
        tx.commit().await.unwrap();
        office.holds("standard", "wushan");
        House { site, office }
    }

    /// Tells whether the path names what is one office's; standards and laws are everyone's.
    fn names_something(&self, path: &str) -> bool {
        let office = path.replace("{standard}", "").replace("{law}", "");
        office.contains('{')
    }

    async fn scope(&self, standing: Standing, duty: Duty) -> Scope {
        let county = |code: &str| Scope::Region(code.parse::<RegionCode>().unwrap());
        // An administrator of one body would see no accounts but its own.
        match (standing, duty) {
            (Standing::Own, Duty::Administrator) => county("620524"),
            (Standing::Own, _) => Scope::Body(self.site.body("武山县民政局").await),
            (Standing::NextDoor, _) => Scope::Body(self.site.body("武山县教育局").await),
            (Standing::Elsewhere, _) => county("620525"),
        }
    }

    async fn desk(&self, standing: Standing, duty: Duty) -> Desk {
        let role = match duty {
            Duty::Editor => Role::Editor,
            Duty::Reviewer => Role::Reviewer { desk: "department".into() },
            Duty::Publisher => Role::Publisher,
            Duty::Supervisor => Role::Supervisor,
            Duty::Administrator => Role::Administrator,
        };
        let account = format!("{standing:?}-{duty:?}");
        let officer: Officer = officer(&account, self.scope(standing, duty).await, &[role]);
        self.site.officer(officer).await
    }
}

#[tokio::test]
async fn a_stranger_is_led_to_the_sign_in() {
    let house = House::new().await;
    for (path, who) in house.site.places() {
        if !matches!(who, Who::Officer(_)) {
            continue;
        }
        let path = house.office.fill(path);
        let page = house.site.get(&path).await;
        let is_led = page.header("location").starts_with("/sign-in?next=");
        assert!(page.status == 405 || (page.status == 303 && is_led), "{path} {}", page.status);
        assert!(!page.body.contains(MARK), "{path}");
        let sent = house.site.send(&path, "").await;
        assert!(matches!(sent.status, 401 | 405), "POST {path} {}", sent.status);
    }
}

#[tokio::test]
async fn a_door_that_is_not_theirs_does_not_exist_for_an_officer() {
    let house = House::new().await;
    for duty in Duty::ALL {
        for standing in STANDINGS {
            let desk = house.desk(standing, duty).await;
            for (path, who) in house.site.places() {
                let Who::Officer(duties) = who else { continue };
                if *path == "/workbench/sign-out" {
                    continue;
                }
                let is_open = duties.is_empty() || duties.contains(&duty);
                try_door(&house, &desk, path, is_open, standing).await;
            }
        }
    }
}

async fn try_door(house: &House, desk: &Desk, path: &str, is_open: bool, standing: Standing) {
    let filled = house.office.fill(path);
    // A job is its orderer's alone, who is none of those that try the doors.
    let is_theirs =
        !path.contains("{job}") && (standing == Standing::Own || !house.names_something(path));
    let account = &desk.officer.account;
    let check = |page: &Page, method: &str| {
        let status = page.status;
        let told = format!("{method} {filled} by {account}: {status}");
        match is_open && is_theirs {
            true => assert!(status != 500 && (method != "GET" || status != 404), "{told}"),
            // An empty form may be refused before it is asked whose it is: 400 tells nothing.
            false => assert!(matches!(status, 404 | 405 | 400), "{told}"),
        }
        assert!(standing == Standing::Own || !page.body.contains(MARK), "{told} shows it");
    };
    check(&desk.get(&filled).await, "GET");
    if !(is_open && is_theirs) {
        check(&desk.post(&filled, &[]).await, "POST");
    }
}

#[tokio::test]
async fn the_map_of_permissions_is_written_down() {
    let site = Site::start().await;
    let mut text = String::from(
        "# 谁能进哪里\n\n\
         由站点的地图生成（`cargo xtask gen`）；`crates/web/src/features/doors.rs` 用每种身份逐一试过每个地址。\n\
         范围以外的事项、账号，对来人就是不存在（404）。\n\n\
         | 地址 | 谁 |\n|---|---|\n",
    );
    for (path, who) in site.places() {
        let who = match who {
            Who::Anyone => "任何人".to_owned(),
            Who::Operator => "运维".to_owned(),
            Who::Officer([]) => "登录的人".to_owned(),
            Who::Officer(duties) => {
                duties.iter().map(|it| duty_title(*it)).collect::<Vec<_>>().join("、")
            }
        };
        text += &format!("| `{path}` | {who} |\n");
    }
    expect_file!["../../../../docs/permissions.md"].assert_eq(&text);
}

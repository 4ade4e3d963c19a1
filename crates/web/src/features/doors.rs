//! Every door of the site, tried by everyone: what the map does not allow does not exist.

use domain::{
    approval::Answers,
    item::BodyId,
    library::{Attached, Law, Place, System},
    people::{Duty, Officer, OfficerId, Role, Scope},
    region::RegionCode,
};
use expect_test::expect_file;
use store::{HelpDocument, NewApproval, NewApprovalTemplate, NewAttachment, Order, Saving};

use crate::{
    accounts::duty_title,
    map::Who,
    testkit::{Desk, NOW, Page, Site, full_record, officer},
};

/// A word that stands in what another office must not see.
const MARK: &str = "只给本单位看";

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
    /// What stands for each parameter of a path.
    ids: Vec<(&'static str, String)>,
}

impl House {
    async fn new() -> House {
        let site = Site::start().await;
        let mut record = full_record();
        let hash = site.state.files.put(MARK.into()).await.unwrap();
        let held = Attached { hash: &hash, name: MARK }.to_string();
        record.content.put("name", domain::content::Value::Text(MARK.into()));
        record.content.put("internal_note", domain::content::Value::Text(held));
        site.publishes(record).await;
        let mut next_door = full_record();
        next_door.body.name = "武山县教育局".into();
        next_door.body.letters = Some("JY".into());
        next_door.code = Some("62052400JY-XK-0001".into());
        site.publishes(next_door).await;
        let own = site.body("武山县民政局").await;
        let known = officer("known", Scope::Body(own), &[Role::Editor]);
        let known = site.officer(known).await;
        let draft = site.begins_change("62052400MZ-XK-0001").await;
        let mut tx = site.state.store.begin().await.unwrap();
        let order = Order { kind: "step", what: MARK, by: known.officer.id, now: NOW };
        let job = tx.add_job(order, &[]).await.unwrap();
        let defaults = domain::content::Content::new();
        let directory = tx.add_directory(own, "wushan", "XK", MARK, &defaults).await.unwrap();
        let group = tx.add_group(own, "XK", None, MARK).await.unwrap();
        let question = domain::query::Query::default();
        tx.save_query(known.officer.id, MARK, &question, &[]).await.unwrap();
        tx.commit().await.unwrap();
        let saved = site.state.store.saved_queries(known.officer.id).await.unwrap().remove(0);
        let mut ids = vec![
            ("{query}", saved.id.to_string()),
            ("{item}", draft.item.to_string()),
            ("{edition}", draft.id.to_string()),
            ("{directory}", directory.id.to_string()),
            ("{group}", group.id.to_string()),
            ("{officer}", known.officer.id.0.to_string()),
            ("{body}", own.to_string()),
            ("{job}", job.0.to_string()),
            ("{standard}", "wushan".to_owned()),
            ("{hash}", hash),
            ("{name}", MARK.to_owned()),
        ];
        ids.extend(approve(&site, own).await);
        ids.extend(keep(&site, Scope::Body(own)).await);
        House { site, ids }
    }

    /// Fills the parameters of a path; a new kind of id has to be put into `ids` first.
    fn fill(&self, path: &str) -> String {
        let filled = self.ids.iter().fold(path.to_owned(), |it, (name, id)| it.replace(name, id));
        assert!(!filled.contains('{'), "nothing stands for a parameter of {path}");
        filled
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

/// Brings a template for an item of an office and issues a document from it; returns what stands
/// for both in a path.
async fn approve(site: &Site, body: BodyId) -> Vec<(&'static str, String)> {
    let live = site.live("62052400MZ-XK-0001").await;
    let file = include_bytes!("../../../../demo/approvals/reply.docx").to_vec();
    let size_bytes = file.len() as i64;
    let hash = site.state.files.put(file).await.unwrap();
    let saving = Saving { by: OfficerId(0), at: NOW };
    let mut tx = site.state.store.begin().await.unwrap();
    let number_rule = "武〔{年}〕{序号}号";
    let new = NewApprovalTemplate {
        item: live.item,
        title: MARK,
        outcome: None,
        number_rule,
        hash: &hash,
        file_name: "reply.docx",
        size_bytes,
    };
    let template = tx.add_approval_template(new, saving).await.unwrap();
    let issued = NewApproval {
        template,
        body,
        edition: live.id,
        title: MARK,
        number: "武〔2026〕1号",
        issued_on: site.state.clock.today(),
        answers: &Answers::new(),
        template_hash: &hash,
        hash: &hash,
        size_bytes,
        request: "a-request-of-doors",
    };
    let approval = tx.add_approval(issued, saving).await.unwrap();
    tx.commit().await.unwrap();
    vec![("{template}", template.0.to_string()), ("{approval}", approval.0.to_string())]
}

/// Puts an entry of an office into each library, and returns what stands for it in a path.
async fn keep(site: &Site, owner: Scope) -> Vec<(&'static str, String)> {
    let saving = Saving { by: OfficerId(0), at: site.state.clock.now() };
    let law = Law { title: "示例条例".into(), ..Law::default() };
    let place = Place { name: MARK.into(), address: MARK.into(), ..Place::default() };
    let system = System { name: MARK.into(), ..System::default() };
    let hash = site.state.files.put(MARK.into()).await.unwrap();
    let media_type = "text/plain";
    let new = NewAttachment { hash: &hash, name: MARK, media_type, size_bytes: 1 };
    let document = HelpDocument { title: MARK.into(), text: MARK.into(), position: 0 };
    let writer = site.officer(officer("writer", owner, &[Role::Editor])).await.officer.id;
    let writing = Saving { by: writer, ..saving };
    let mut tx = site.state.store.begin().await.unwrap();
    let ids = vec![
        ("{document}", tx.keep(owner, &document, saving).await.unwrap()),
        ("{suggestion}", tx.add_suggestion(owner, (MARK, MARK), writing).await.unwrap()),
        ("{law}", tx.add_law(&law, saving).await.unwrap()),
        ("{place}", tx.keep(owner, &place, saving).await.unwrap()),
        ("{system}", tx.keep(owner, &system, saving).await.unwrap()),
        ("{attachment}", tx.add_attachment(owner, new, saving).await.unwrap()),
    ];
    tx.commit().await.unwrap();
    ids.into_iter().map(|(name, id)| (name, id.to_string())).collect()
}

#[tokio::test]
async fn a_stranger_is_led_to_the_sign_in() {
    let house = House::new().await;
    for (path, who) in house.site.places() {
        if !matches!(who, Who::Officer(_)) {
            continue;
        }
        let path = house.fill(path);
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
    let filled = house.fill(path);
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

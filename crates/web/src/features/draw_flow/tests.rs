use domain::{
    content::{Row, Value, keys},
    edition::Edition,
    flow::Template,
    item::ItemRecord,
    people::{Role, Scope},
};

use crate::testkit::{Desk, Page, Site, fields, officer, sound};

const CODE: &str = "62052400MZ-XK-0001";

fn record() -> ItemRecord {
    let mut record = sound(CODE, "社会团体成立登记");
    let template = Template::of("promised").unwrap();
    record.content.put(keys::STEPS, Value::Rows(template.rows()));
    record
}

/// A draft of an item with a flow, and a clerk of its body at it.
struct Office {
    site: Site,
    draft: Edition,
    clerk: Desk,
}

impl Office {
    async fn open() -> Office {
        let site = Site::start().await;
        site.publishes(record()).await;
        let draft = site.begins_change(CODE).await;
        let scope = Scope::Body(site.body("武山县民政局").await);
        let clerk = site.officer(officer("clerk", scope, &[Role::Editor])).await;
        Office { site, draft, clerk }
    }

    fn path(&self, what: &str) -> String {
        format!("/workbench/editions/{}/{what}", self.draft.id)
    }

    /// Fills the form as it is shown, but for these fields, and presses a button.
    async fn sends(&self, form: &[(String, String)], changed: &[(&str, &str)], act: &str) -> Page {
        let mut fields = form.to_vec();
        for (name, text) in changed {
            let field = fields.iter_mut().find(|(it, _)| it == name);
            field.unwrap_or_else(|| panic!("no field {name}")).1 = (*text).to_owned();
        }
        let mut fields: Vec<(&str, &str)> =
            fields.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
        fields.push(("do", act));
        self.clerk.post(&self.path("flow"), &fields).await
    }

    async fn form(&self) -> Vec<(String, String)> {
        let page = self.clerk.get(&self.path("flow")).await;
        assert_eq!(page.status, 200, "{}", page.body);
        fields(&page.body, "#flow")
    }

    async fn rows(&self) -> Vec<Row> {
        self.site.edition(self.draft.id).await.record.content.rows(keys::STEPS).to_vec()
    }

    async fn names(&self) -> Vec<String> {
        self.rows().await.iter().map(|row| row.text("name").to_owned()).collect()
    }
}

#[tokio::test]
async fn a_flow_that_is_sent_back_unchanged_is_unchanged() {
    let office = Office::open().await;
    let before = office.rows().await;
    let form = office.form().await;
    office.sends(&form, &[], "save").await.check(303, &[]);
    assert_eq!(office.rows().await, before);
}

#[tokio::test]
async fn what_led_to_a_renamed_step_still_leads_to_it() {
    let office = Office::open().await;
    let form = office.form().await;
    office.sends(&form, &[("name:r4", "受理登记")], "save").await.check(303, &[]);
    let rows = office.rows().await;
    assert_eq!(rows[1].text("next"), "齐全、符合法定形式→受理登记；不齐（一次告知）→补正");
}

#[tokio::test]
async fn steps_are_put_in_moved_and_taken_out_by_buttons() {
    let office = Office::open().await;
    let form = office.form().await;
    let done = office.sends(&form, &[], "r1.branch").await;
    done.check(303, &[]);
    let rows = office.rows().await;
    assert_eq!(rows[1].codes("shape"), ["condition"]);
    let form = office.form().await;
    let name = format!("name:{}", rows[1].id);
    office
        .sends(&form, &[(&name, "来得及吗")], &format!("{}.up", rows[1].id))
        .await
        .check(303, &[]);
    assert_eq!(office.names().await[..2], ["来得及吗", "收件"]);
    let form = office.form().await;
    office.sends(&form, &[], &format!("{}.delete", rows[1].id)).await.check(303, &[]);
    assert_eq!(office.names().await[0], "收件");
}

#[tokio::test]
async fn a_template_takes_the_place_of_the_steps() {
    let office = Office::open().await;
    let form = office.form().await;
    office.sends(&form, &[], "template.at_once").await.check(303, &[]);
    assert_eq!(office.names().await, ["受理", "审查决定", "送达"]);
}

#[tokio::test]
async fn a_way_to_a_step_that_is_not_there_is_shown_and_kept() {
    let office = Office::open().await;
    let edit = office.clerk.get(&office.path("edit")).await;
    let mut form = fields(&edit.body, "#edit");
    form.iter_mut().find(|(name, _)| name == "steps[r1].next").unwrap().1 = "初审".into();
    let sent: Vec<(&str, &str)> = form.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
    office.clerk.post(&office.path("edit"), &sent).await.check(303, &[]);
    let page = office.clerk.get(&office.path("flow")).await;
    page.check(200, &["初审（没有这个环节）", "环节“收件”的下一环节“初审”不在办理环节里"]);
    let form = office.form().await;
    office.sends(&form, &[], "save").await.check(303, &[]);
    assert_eq!(office.rows().await[0].text("next"), "初审");
}

#[tokio::test]
async fn a_late_flow_is_shown_again_and_not_saved() {
    let office = Office::open().await;
    let (one, other) = (office.form().await, office.form().await);
    office.sends(&one, &[("name:r4", "登记受理")], "save").await.check(303, &[]);
    let late = office.sends(&other, &[("name:r4", "窗口受理")], "save").await;
    late.check(409, &["别人同时改了这些环节", "窗口受理"]);
    assert_eq!(office.names().await[3], "登记受理");
}

#[tokio::test]
async fn the_drawing_of_a_draft_is_for_its_own_officers() {
    let office = Office::open().await;
    let page = office.clerk.get(&office.path("flow.svg")).await;
    page.check(200, &["社会团体成立登记流程图", "不予许可"]);
    assert_eq!(page.header("content-type"), "image/svg+xml");
    let elsewhere = Scope::Region("620523".parse().unwrap());
    let stranger = office.site.officer(officer("stranger", elsewhere, &[Role::Editor])).await;
    assert_eq!(stranger.get(&office.path("flow.svg")).await.status, 404);
    assert_eq!(stranger.get(&office.path("flow")).await.status, 404);
}

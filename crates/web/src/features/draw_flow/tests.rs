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
        self.form_at(&self.path("flow")).await
    }

    /// The form of the page at an address, as a button leads there.
    async fn form_at(&self, path: &str) -> Vec<(String, String)> {
        let page = self.clerk.get(path.split('#').next().unwrap()).await;
        assert_eq!(page.status, 200, "{}", page.body);
        fields(&page.body, "#flow")
    }

    /// Presses a button, and returns the form of the page to which that leads.
    async fn presses(&self, form: &[(String, String)], act: &str) -> Vec<(String, String)> {
        self.writes(form, &[], act).await
    }

    async fn writes(
        &self,
        form: &[(String, String)],
        changed: &[(&str, &str)],
        act: &str,
    ) -> Vec<(String, String)> {
        let done = self.sends(form, changed, act).await;
        assert_eq!(done.status, 303, "{}", done.body);
        self.form_at(done.header("location")).await
    }

    /// Adds a field that a form does not show, as a script does.
    async fn goes_on(&self, form: &[(String, String)], name: &str) -> Vec<(String, String)> {
        let mut form = form.to_vec();
        form.push(("goes_on".into(), "1".into()));
        self.writes(&form, &[("name:r4", name)], "save").await
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
async fn a_button_leads_to_the_row_that_it_made_or_moved() {
    let office = Office::open().await;
    let leads = async |act: &str| {
        let done = office.sends(&office.form().await, &[], act).await;
        done.header("location").split_once('#').map(|(_, place)| place.to_owned())
    };
    assert_eq!(leads("r1.insert").await.unwrap(), "row-r10");
    assert_eq!(leads("r10.down").await.unwrap(), "row-r10");
    assert_eq!(leads("add").await.unwrap(), "row-r11");
    assert_eq!(leads("r10.delete").await.unwrap(), "row-r3", "the one that stands there now");
    assert_eq!(leads("save").await, None);
}

#[tokio::test]
async fn a_condition_before_the_next_row_names_it() {
    let office = Office::open().await;
    let form = office.form().await;
    assert!(form.contains(&("to:r1".into(), "next".into())));
    office.sends(&form, &[("when:r1", "材料齐全")], "save").await.check(303, &[]);
    assert_eq!(office.rows().await[0].text("next"), "材料齐全→材料是否齐全");
    let form = office.form().await;
    office.sends(&form, &[("to:r1", "")], "save").await.check(303, &[]);
    assert_eq!(office.rows().await[0].text("next"), "");
}

#[tokio::test]
async fn each_change_is_taken_back_and_done_again() {
    let office = Office::open().await;
    let first = office.rows().await;
    let mut form = office.form().await;
    let mut seen = vec![first.clone()];
    let acts = ["r1.branch", "r4.up", "r4.insert", "r9.delete", "add", "template.at_once"];
    for act in acts {
        form = office.presses(&form, act).await;
        seen.push(office.rows().await);
    }
    form = office.writes(&form, &[("name:r13", "收件受理"), ("to:r13", "end")], "save").await;
    seen.push(office.rows().await);
    for before in seen.iter().rev().skip(1) {
        form = office.presses(&form, "undo").await;
        assert_eq!(office.rows().await, *before);
    }
    for after in &seen[1..] {
        form = office.presses(&form, "redo").await;
        assert_eq!(office.rows().await, *after);
    }
}

#[tokio::test]
async fn a_button_without_anything_to_take_back_is_closed() {
    let office = Office::open().await;
    let closed = async |path: &str| {
        let page = office.clerk.get(path).await;
        page.attributes("#flow button[disabled]", "value")
    };
    assert_eq!(closed(&office.path("flow")).await, ["undo", "redo"]);
    let done = office.sends(&office.form().await, &[], "r1.delete").await;
    let path = done.header("location").split('#').next().unwrap().to_owned();
    assert_eq!(closed(&path).await, ["redo"]);
    let form = office.form_at(&path).await;
    let done = office.sends(&form, &[], "undo").await;
    assert_eq!(closed(done.header("location")).await, ["undo"]);
}

#[tokio::test]
async fn what_was_typed_before_undo_is_what_undo_takes_back() {
    let office = Office::open().await;
    let form = office.presses(&office.form().await, "r1.delete").await;
    let form = office.writes(&form, &[("name:r4", "窗口受理")], "undo").await;
    assert_eq!(office.names().await[2], "受理");
    let form = office.presses(&form, "redo").await;
    assert_eq!(office.names().await[2], "窗口受理");
    let form = office.presses(&form, "undo").await;
    office.presses(&form, "undo").await;
    assert_eq!(office.rows().await[0].text("name"), "收件", "the row is there again");
}

#[tokio::test]
async fn what_is_written_in_one_go_is_taken_back_in_one() {
    let office = Office::open().await;
    let form = office.presses(&office.form().await, "r1.delete").await;
    let form = office.writes(&form, &[("name:r4", "窗")], "save").await;
    let form = office.goes_on(&form, "窗口").await;
    let form = office.goes_on(&form, "窗口受理").await;
    assert_eq!(office.names().await[2], "窗口受理");
    let form = office.presses(&form, "undo").await;
    assert_eq!(office.names().await[2], "受理");
    office.presses(&form, "redo").await;
    assert_eq!(office.names().await[2], "窗口受理");
}

#[tokio::test]
async fn taking_back_leaves_what_others_wrote_meanwhile() {
    let office = Office::open().await;
    let form = office.writes(&office.form().await, &[("name:r4", "窗口受理")], "save").await;
    let other = office.form().await;
    office.writes(&other, &[("post:r4", "综合窗口岗"), ("name:r8", "不准予")], "save").await;
    office.presses(&form, "undo").await;
    let rows = office.rows().await;
    assert_eq!([rows[3].text("name"), rows[3].text("post")], ["受理", "综合窗口岗"]);
    assert_eq!(rows[7].text("name"), "不准予");
}

#[tokio::test]
async fn what_others_wrote_over_is_not_taken_back() {
    let office = Office::open().await;
    let form = office.writes(&office.form().await, &[("name:r4", "窗口受理")], "save").await;
    office.writes(&office.form().await, &[("name:r4", "大厅受理")], "save").await;
    let late = office.sends(&form, &[], "undo").await;
    late.check(409, &["别人后来改了同一处", "历次保存"]);
    assert_eq!(office.names().await[3], "大厅受理");
}

#[tokio::test]
async fn a_step_that_is_not_kept_is_not_taken_back() {
    let office = Office::open().await;
    let form = office.presses(&office.form().await, "r1.delete").await;
    let gone = office.sends(&form, &[("past", "900-901")], "undo").await;
    gone.check(409, &["这一步隔得太久"]);
    let nothing = office.sends(&form, &[("past", "甲.1-x..")], "undo").await;
    nothing.check(303, &[]);
    assert_eq!(office.names().await[0], "材料是否齐全");
}

#[tokio::test]
async fn a_flow_that_is_kept_as_text_is_not_lost_by_a_button() {
    let office = Office::open().await;
    let form = office.form().await;
    let edition = office.site.edition(office.draft.id).await;
    let mut record = edition.record.clone();
    record.content.put(keys::STEPS, Value::Text("见附件".into()));
    let mut tx = office.site.state.store.begin().await.unwrap();
    let by = domain::people::OfficerId(77);
    tx.save_over(&edition, &record, by, crate::testkit::NOW).await.unwrap();
    tx.commit().await.unwrap();

    let page = office.clerk.get(&office.path("flow")).await;
    page.check(200, &["办理环节还是一段文字"]);
    assert_eq!(page.all("#flow button").len(), 0);
    let sent = office.sends(&form, &[], "add").await;
    sent.check(409, &["办理环节还是一段文字"]);
    let content = office.site.edition(office.draft.id).await.record.content;
    assert_eq!(content.text(keys::STEPS), "见附件");
}

#[tokio::test]
async fn whoever_begins_is_offered_the_common_flows() {
    let office = Office::open().await;
    let mut form = office.form().await;
    for row in office.rows().await {
        form = office.presses(&form, &format!("{}.delete", row.id)).await;
    }
    let page = office.clerk.get(&office.path("flow")).await;
    page.check(200, &["还没有环节", "受理、审查决定、送达"]);
    let starts = page.all(".sx-starts b");
    assert_eq!(starts, ["即办", "承诺", "现场勘验", "听证"]);
    office.presses(&form, "template.hearing").await;
    assert!(office.names().await.contains(&"听证".to_owned()));
}

#[tokio::test]
async fn nobody_works_at_a_condition() {
    let office = Office::open().await;
    let page = office.clerk.get(&office.path("flow")).await;
    let names = |row: &str| page.attributes(&format!("#row-{row} input.sx-input"), "name");
    assert_eq!(names("r2"), ["name:r2", "when:r2", "when:r2", "when:r2"]);
    assert!(names("r1").contains(&"duty:r1".to_owned()));
}

#[tokio::test]
async fn the_rest_of_a_step_is_written_one_link_away() {
    let office = Office::open().await;
    let page = office.clerk.get(&office.path("flow")).await;
    let link = page.links("#row-r4 a").remove(0);
    let (path, place) = link.split_once('#').unwrap();
    let edit = office.clerk.get(path).await;
    assert_eq!(edit.all(&format!("#{place} > details[open] summary b")), ["受理"]);
}

#[tokio::test]
async fn the_buttons_of_a_row_are_named_with_what_it_is_called() {
    let office = Office::open().await;
    let page = office.clerk.get(&office.path("flow")).await;
    let named = page.attributes("#row-r4 [aria-labelledby]", "aria-labelledby");
    assert!(named.contains(&"w-delete t-r4".to_owned()), "{named:?}");
    for id in named.iter().flat_map(|it| it.split(' ')) {
        assert_eq!(page.all(&format!("[id='{id}']")).len(), 1, "{id}");
    }
    assert_eq!(page.all("#t-r4"), ["受理"]);
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

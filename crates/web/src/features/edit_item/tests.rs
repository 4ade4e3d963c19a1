use domain::{
    content::{Content, Limit, Value, keys},
    edition::{Edition, Remark},
    item::ItemRecord,
    people::{Role, Scope},
};

use crate::{
    testkit::{Desk, Page, Site, editor, fields, officer, reviewer, sound},
    workflow::Step,
};

const CODE: &str = "62052400MZ-XK-0001";

fn record() -> ItemRecord {
    sound(CODE, "社会团体成立登记")
}

/// An item whose change was begun, and a clerk of its body at the draft.
pub(super) struct Office {
    pub(super) site: Site,
    pub(super) draft: Edition,
    pub(super) clerk: Desk,
}

impl Office {
    pub(super) async fn open() -> Office {
        let site = Site::start().await;
        site.publishes(record()).await;
        let draft = site.begins_change(CODE).await;
        let scope = Scope::Body(site.body("武山县民政局").await);
        let clerk = site.officer(officer("clerk", scope, &[Role::Editor])).await;
        Office { site, draft, clerk }
    }

    /// Another clerk of the county.
    pub(super) async fn other(&self) -> Desk {
        let scope = Scope::Region("620524".parse().unwrap());
        let mut other = officer("other", scope, &[Role::Editor]);
        other.name = "复核岗".into();
        self.site.officer(other).await
    }

    pub(super) fn path(&self, what: &str) -> String {
        format!("/workbench/editions/{}/{what}", self.draft.id)
    }

    pub(super) async fn opens(&self, desk: &Desk) -> Form {
        let page = desk.get(&self.path("edit")).await;
        assert_eq!(page.status, 200, "{}", page.body);
        self.notes(desk).await;
        Form { fields: fields(&page.body, "#edit"), page }
    }

    /// Waits until it is noted, beside the page, that someone is at the draft.
    async fn notes(&self, desk: &Desk) {
        let (id, nobody) = (self.draft.id, domain::people::OfficerId(0));
        let store = &self.site.state.store;
        let here = async || store.others_at_draft(id, nobody, crate::testkit::NOW).await.unwrap();
        while !here().await.contains(&desk.officer.id) {
            tokio::task::yield_now().await;
        }
    }

    pub(super) async fn sends(&self, desk: &Desk, form: &Form, act: &str) -> Page {
        let mut fields: Vec<(&str, &str)> =
            form.fields.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
        fields.push(("do", act));
        desk.post(&self.path("edit"), &fields).await
    }

    async fn submits(&self) {
        let step = Step::Submit { reason: String::new() };
        self.site.takes(&editor(), self.draft.id, &step).await.unwrap();
    }

    pub(super) async fn content(&self) -> Content {
        self.site.edition(self.draft.id).await.record.content
    }

    pub(super) async fn names(&self, key: &str) -> Vec<String> {
        let content = self.content().await;
        content.rows(key).iter().map(|row| row.text("name").to_owned()).collect()
    }
}

/// The editor in a browser without a script.
pub(super) struct Form {
    pub(super) page: Page,
    pub(super) fields: Vec<(String, String)>,
}

impl Form {
    pub(super) fn with(mut self, name: &str, text: &str) -> Form {
        let field = self.fields.iter_mut().find(|(it, _)| it == name);
        field.unwrap_or_else(|| panic!("no field {name}")).1 = text.to_owned();
        self
    }
}

#[tokio::test]
async fn who_opens_a_draft_does_not_wait_for_whoever_writes_at_length() {
    let office = Office::open().await;
    let other = office.other().await;
    let writer = office.site.state.store.begin().await.unwrap();
    let page = office.clerk.get(&office.path("edit")).await;
    page.check(200, &["社会团体成立登记", "还没有改动"]);
    drop(writer);
    office.notes(&office.clerk).await;
    office.opens(&other).await.page.check(200, &["还有人开着这一版", "录入岗"]);
}

#[tokio::test]
async fn who_goes_to_the_preview_or_compares_has_saved_what_was_typed_last() {
    let office = Office::open().await;
    let id = office.draft.id;
    let form = office.opens(&office.clerk).await.with("summary", "预览以前写的");
    let led = office.sends(&office.clerk, &form, "preview").await;
    let preview = format!("/workbench/editions/{id}/preview");
    assert_eq!((led.status, led.header("location")), (303, preview.as_str()));
    office.clerk.get(&preview).await.check(200, &["预览，没有公布", "预览以前写的"]);
    let form = office.opens(&office.clerk).await.with("summary", "比较以前写的");
    let led = office.sends(&office.clerk, &form, "compare").await;
    let page = office.clerk.get(led.header("location")).await;
    page.check(200, &["第 1 版", "第 2 版", "比较以前写的"]);
}

#[tokio::test]
async fn who_goes_to_submit_has_saved_what_was_typed_last() {
    let office = Office::open().await;
    let form = office.opens(&office.clerk).await.with("limits.promised", "90");
    let led = office.sends(&office.clerk, &form, "leave").await;
    let item = format!("/workbench/items/{}", office.draft.item);
    assert_eq!((led.status, led.header("location")), (303, item.as_str()));
    assert_eq!(office.content().await.limit(keys::PROMISED_LIMIT), Some(Limit::working_days(90)));
}

#[tokio::test]
async fn what_is_typed_is_saved_without_a_script() {
    let office = Office::open().await;
    let form = office.opens(&office.clerk).await;
    form.page.check(200, &["社会团体成立登记", CODE, "第 2 版，录入", "还没有改动"]);
    let form = form
        .with("limits.promised", "15")
        .with("conditions", "一、有住所；\r\n二、有章程。")
        .with("materials[r2].name", "场所证明")
        .with("visits", "0");
    let saved = office.sends(&office.clerk, &form, "save").await;
    assert_eq!((saved.status, saved.header("location")), (303, office.path("edit").as_str()));
    let content = office.content().await;
    assert_eq!(content.limit(keys::PROMISED_LIMIT), Some(Limit::working_days(15)));
    assert_eq!(content.text("conditions"), "一、有住所；\n二、有章程。");
    assert_eq!(content.number("visits"), Some(0));
    assert_eq!(office.names("materials").await, ["登记申请书", "场所证明", "身份证明"]);
    let page = office.opens(&office.clerk).await.page;
    page.check(200, &["已保存 12:00"]);
    assert_eq!(page.attributes("#revision", "value"), ["2"]);
}

#[tokio::test]
async fn a_page_that_is_sent_back_as_it_came_changes_nothing() {
    let site = Site::start().await;
    let clerk = site.officer(officer("clerk", Scope::Everywhere, &[Role::Editor])).await;
    let mut odd = record();
    odd.code = None;
    for (key, value) in [
        ("visits", Value::Text("最多两次".into())),
        ("limits.promised", Value::Text("视情况".into())),
        ("fees.charged", Value::Text("不一定".into())),
        ("handling.type", Value::Codes(vec!["1".into(), "9x".into()])),
        ("materials", Value::Text("一、申请书\n二、章程".into())),
        ("summary", Value::Text("\n第一行空着".into())),
    ] {
        odd.content.put(key, value);
    }
    for record in [record(), odd] {
        let draft = site.drafts(record).await;
        let path = format!("/workbench/editions/{}/edit", draft.id);
        let page = clerk.get(&path).await;
        let fields = fields(&page.body, "#edit");
        let pairs: Vec<(&str, &str)> =
            fields.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
        assert_eq!(clerk.post(&path, &pairs).await.status, 303);
        assert_eq!(site.edition(draft.id).await, draft);
    }
}

#[tokio::test]
async fn rows_are_added_copied_moved_and_deleted_by_buttons() {
    let office = Office::open().await;
    let act = async |act: &str, row: &str| {
        let form = office.opens(&office.clerk).await;
        let done = office.sends(&office.clerk, &form, act).await;
        let path = office.path("edit");
        let place = match row {
            "" => "#f-materials".to_owned(),
            row => format!("&row={row}#r-materials-{row}"),
        };
        assert_eq!(done.header("location"), format!("{path}?open=materials{place}"));
    };
    act("materials.r3.up", "r3").await;
    assert_eq!(office.names("materials").await, ["登记申请书", "身份证明", "场所使用权证明"]);
    act("materials.r3.copy", "r4").await;
    act("materials.r1.delete", "").await;
    let names = office.names("materials").await;
    assert_eq!(names, ["身份证明", "身份证明", "场所使用权证明"]);
    act("materials.add", "r5").await;
    let form = office.opens(&office.clerk).await.with("materials[r5].name", "章程草案");
    office.sends(&office.clerk, &form, "materials.r5.to-1").await;
    assert_eq!(office.names("materials").await[0], "章程草案");
}

#[tokio::test]
async fn what_was_typed_is_saved_with_the_row_that_is_added() {
    let office = Office::open().await;
    let form = office.opens(&office.clerk).await.with("summary", "新的说明");
    let page = office.sends(&office.clerk, &form, "steps.add").await;
    assert_eq!(office.content().await.text("summary"), "新的说明");
    let page = office.clerk.get(page.header("location").split('#').next().unwrap()).await;
    assert_eq!(page.all("#f-steps [data-row] > details[open]").len(), 1, "the new one");
}

#[tokio::test]
async fn the_buttons_of_a_row_are_named_with_what_it_is_called() {
    let office = Office::open().await;
    let page = office.clerk.get(&office.path("edit")).await;
    let named = page.attributes("#f-materials [data-row] button", "aria-labelledby");
    assert!(named.contains(&"w-delete t-r-materials-r1".to_owned()), "{named:?}");
    for id in named.iter().flat_map(|it| it.split(' ')) {
        assert_eq!(page.all(&format!("[id='{id}']")).len(), 1, "{id}");
    }
    assert_eq!(page.all("#t-r-materials-r1"), office.names("materials").await[..1]);
}

#[tokio::test]
async fn a_piece_of_a_spreadsheet_is_pasted_into_a_list() {
    let office = Office::open().await;
    let text = "材料名称\t原件份数\t谁收的\n章程\t2\t张三\n名册\t1\t";
    let form = office.opens(&office.clerk).await.with("paste:materials", text);
    let done = office.sends(&office.clerk, &form, "materials.paste").await;
    let page = office.clerk.get(done.header("location").split('#').next().unwrap()).await;
    page.check(200, &["粘贴了 2 行", "没有带进来：谁收的"]);
    let names = office.names("materials").await;
    assert_eq!(names[3..], ["章程", "名册"]);
    assert_eq!(office.content().await.rows("materials")[3].number("originals"), Some(2));
}

#[tokio::test]
async fn a_list_that_is_kept_as_text_is_not_lost_by_a_button() {
    let office = Office::open().await;
    let form = office.opens(&office.clerk).await;
    let mut record = record();
    record.content.put("materials", Value::Text("见附件".into()));
    saved_by_another(&office, record).await;
    let form = Form { fields: office.opens(&office.clerk).await.fields, ..form };
    office.sends(&office.clerk, &form, "materials.add").await;
    assert_eq!(office.content().await.text("materials"), "见附件");
}

async fn saved_by_another(office: &Office, record: ItemRecord) {
    let edition = office.site.edition(office.draft.id).await;
    let mut tx = office.site.state.store.begin().await.unwrap();
    let by = domain::people::OfficerId(77);
    tx.save_over(&edition, &record, by, crate::testkit::NOW).await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn articles_of_one_law_are_told_apart_while_they_are_closed() {
    let office = Office::open().await;
    let page = office.opens(&office.clerk).await.page;
    let rows = page.all("#f-basis summary");
    assert!(rows[0].contains("第九条") && rows[1].contains("第十二条"), "{rows:?}");
}

#[tokio::test]
async fn what_is_wrong_stands_at_its_element() {
    let office = Office::open().await;
    let form = office.opens(&office.clerk).await.with("limits.promised", "90");
    office.sends(&office.clerk, &form, "save").await;
    let page = office.opens(&office.clerk).await.page;
    let told = page.all("[id='n-limits.promised'] .sx-finding").concat();
    assert!(told.contains("必须改正") && told.contains("90个工作日"), "{told}");
    assert_eq!(page.attributes("[id='f-limits.promised']", "aria-invalid"), ["true"]);
    assert_eq!(page.all("[id='m-limits']"), ["有必须改正的问题"]);
    assert_eq!(page.all("#sections a.bad").len(), 1);
}

#[tokio::test]
async fn what_must_be_filled_follows_what_is_chosen() {
    let office = Office::open().await;
    let label = "[id='l-f-fees'].required";
    let form = office.opens(&office.clerk).await;
    assert_eq!(form.page.all(label).len(), 0);
    office.sends(&office.clerk, &form.with("fees.charged", "true"), "save").await;
    let form = office.opens(&office.clerk).await;
    assert_eq!(form.page.all(label), ["收费项目"]);
    office.sends(&office.clerk, &form.with("name", ""), "save").await;
    let page = office.opens(&office.clerk).await.page;
    page.check(200, &["处必填还没填", "还没有名称的事项"]);
    assert_eq!(page.links("#sections > p > a")[0], "#f-name");
}

#[tokio::test]
async fn two_people_at_different_elements_lose_nothing() {
    let office = Office::open().await;
    let other = office.other().await;
    let mine = office.opens(&office.clerk).await.with("summary", "我写的说明");
    let theirs = office.opens(&other).await.with("materials[r1].name", "申请书");
    theirs.page.check(200, &["还有人开着这一版", "录入岗"]);
    assert_eq!(office.sends(&other, &theirs, "save").await.status, 303);
    assert_eq!(office.sends(&office.clerk, &mine, "save").await.status, 303);
    assert_eq!(office.content().await.text("summary"), "我写的说明");
    assert_eq!(office.names("materials").await[0], "申请书");
    office.opens(&office.clerk).await.page.check(200, &["还有人开着这一版", "复核岗"]);
}

#[tokio::test]
async fn two_people_at_one_element_see_both_versions_and_choose() {
    let office = Office::open().await;
    let other = office.other().await;
    let mine = office
        .opens(&office.clerk)
        .await
        .with("limits.promised", "15")
        .with("materials[r1].filling_note", "我的填写说明")
        .with("summary", "只有我改");
    let theirs = office
        .opens(&other)
        .await
        .with("limits.promised", "18")
        .with("materials[r1].filling_note", "别人的填写说明");
    office.sends(&other, &theirs, "save").await;
    let late = office.sends(&office.clerk, &mine, "save").await;
    late.check(
        409,
        &[
            "别人先保存了",
            "复核岗在 12:00 改了同样的地方",
            "18个工作日",
            "15个工作日",
            "申请材料：登记申请书，填报须知",
            "别人的填写说明",
            "我的填写说明",
            "只有您改了，照您的保存：一句话说明",
        ],
    );
    assert_eq!(office.content().await.text("summary"), record().content.text("summary"));

    let again = Form { fields: fields(&late.body, "main form"), page: late };
    let again = again.with("choose:materials|field|r1|filling_note", "theirs");
    assert_eq!(office.sends(&office.clerk, &again, "save").await.status, 303);
    let content = office.content().await;
    assert_eq!(content.limit(keys::PROMISED_LIMIT), Some(Limit::working_days(15)), "mine");
    assert_eq!(content.rows("materials")[0].text("filling_note"), "别人的填写说明");
    assert_eq!(content.text("summary"), "只有我改");
}

#[tokio::test]
async fn each_kind_of_conflict_is_chosen_for_theirs() {
    let office = Office::open().await;
    let other = office.other().await;
    let act = async |form: Form, act: &str, theirs: Form, theirs_act: &str, name: &str| {
        office.sends(&other, &theirs, theirs_act).await;
        let expected = office.content().await;
        let late = office.sends(&office.clerk, &form, act).await;
        assert_eq!(late.status, 409, "{name}");
        let again = Form { fields: fields(&late.body, "main form"), page: late };
        let again = again.with(name, "theirs");
        assert_eq!(office.sends(&office.clerk, &again, "save").await.status, 303, "{name}");
        assert_eq!(office.content().await, expected, "{name}");
    };
    let (mine, theirs) = (office.opens(&office.clerk).await, office.opens(&other).await);
    let theirs = theirs.with("materials[r2].name", "房产证");
    act(mine, "materials.r2.delete", theirs, "save", "choose:materials|row|r2").await;
    let (mine, theirs) = (office.opens(&office.clerk).await, office.opens(&other).await);
    act(mine, "materials.r3.to-1", theirs, "materials.r1.to-3", "choose:materials|order").await;
    let (mine, theirs) = (office.opens(&office.clerk).await, office.opens(&other).await);
    let (mine, theirs) = (mine.with("summary", ""), theirs.with("summary", "别人的"));
    act(mine, "save", theirs, "save", "choose:summary").await;
}

#[tokio::test]
async fn who_saves_upon_what_is_not_kept_any_more_is_asked_about_every_difference() {
    let office = Office::open().await;
    let mine = office.opens(&office.clerk).await.with("summary", "我写的").with("revision", "0");
    let late = office.sends(&office.clerk, &mine, "save").await;
    late.check(409, &["一句话说明", "我写的"]);
    assert_eq!(late.all("tbody tr").len(), 1);
}

#[tokio::test]
async fn an_edition_that_is_on_its_way_is_shown_and_not_written() {
    let office = Office::open().await;
    let form = office.opens(&office.clerk).await.with("summary", "送走以后写的");
    office.submits().await;
    let before = office.content().await;
    let page = office.clerk.get(&office.path("edit")).await;
    page.check(200, &["第 2 版，待部门审核", "登记申请书"]);
    assert_eq!(page.all("main input, main textarea, main select, main form").len(), 0);
    let late = office.sends(&office.clerk, &form, "save").await;
    late.check(409, &["已经不能改了，没有保存", "送走以后写的"]);
    assert_eq!(office.content().await, before);
    let fields = [("revision", "1"), ("summary", "送走以后写的")];
    let late = office.clerk.post(&office.path("save"), &fields).await;
    late.check(409, &["已经送走"]);
}

#[tokio::test]
async fn a_script_saves_what_changed_and_is_told_what_of_the_page_is_new() {
    let office = Office::open().await;
    let other = office.other().await;
    let saves =
        async |desk: &Desk, fields: &[(&str, &str)]| desk.post(&office.path("save"), fields).await;
    let page = saves(&office.clerk, &[("revision", "1"), ("limits.promised", "90")]).await;
    page.check(200, &["已保存 12:00", "必须改正"]);
    assert_eq!(page.attributes("#revision", "value"), ["2"]);
    assert_eq!(page.attributes("[id='n-limits.promised']", "data-found"), ["f-limits.promised"]);
    assert_eq!(page.all(".sx-field").len(), 0, "nobody else changed anything");
    assert_eq!(office.content().await.limit(keys::PROMISED_LIMIT), Some(Limit::working_days(90)));

    // The other one has the first revision open still.
    let page = saves(&other, &[("revision", "1"), ("materials[r1].name", "申请书")]).await;
    page.check(200, &["已保存", "还有人开着这一版"]);
    assert_eq!(page.attributes(".sx-field", "id"), ["b-limits.promised"], "what is new to them");
    let late = saves(&other, &[("revision", "1"), ("limits.promised", "30")]).await;
    late.check(409, &["别人改了同样的地方"]);
    assert_eq!(saves(&other, &[("limits.promised", "30")]).await.status, 400);
    let nothing = saves(&other, &[("revision", "3")]).await;
    assert_eq!(nothing.attributes("#revision", "value"), ["3"], "to look is no save");
}

#[tokio::test]
async fn a_draft_is_brought_back_to_what_it_was() {
    let office = Office::open().await;
    for text in ["第一次", "第二次"] {
        let form = office.opens(&office.clerk).await.with("summary", text);
        office.sends(&office.clerk, &form, "save").await;
    }
    let page = office.clerk.get(&office.path("saves")).await;
    page.check(200, &["历次保存", "录入岗"]);
    assert_eq!(page.attributes("[name=over]", "value"), ["2", "1"]);
    let done = office.clerk.post(&office.path("saves"), &[("over", "2")]).await;
    office.clerk.get(done.header("location")).await.check(200, &["已恢复"]);
    assert_eq!(office.content().await.text("summary"), "第一次");
    assert_eq!(office.clerk.post(&office.path("saves"), &[("over", "99")]).await.status, 404);
    office.submits().await;
    assert_eq!(office.clerk.post(&office.path("saves"), &[("over", "1")]).await.status, 404);
}

#[tokio::test]
async fn what_a_reviewer_wants_mended_stands_at_its_element() {
    let office = Office::open().await;
    office.submits().await;
    let remarks = vec![Remark::on("limits.promised", "再短一些"), Remark::on_all("依据请核对一遍")];
    let back = Step::Return { remarks };
    office.site.takes(&reviewer(&["department"]), office.draft.id, &back).await.unwrap();
    let form = office.opens(&office.clerk).await;
    let told = form.page.all("[id='b-limits.promised'] .sx-remark").concat();
    assert!(told.contains("退回意见") && told.contains("再短一些"), "{told}");
    let whole = form.page.all("#remarks .sx-remark").concat();
    assert!(whole.contains("依据请核对一遍"), "{whole}");
    assert_eq!(office.sends(&office.clerk, &form, "save").await.status, 303, "it is written again");
}

#[tokio::test]
async fn an_item_that_was_never_published_is_listed_under_its_new_name() {
    let site = Site::start().await;
    let clerk = site.officer(officer("clerk", Scope::Everywhere, &[Role::Editor])).await;
    let draft = site.drafts(record()).await;
    let path = format!("/workbench/editions/{}/save", draft.id);
    let fields = [("revision", "1"), ("name", "社会团体设立登记")];
    assert_eq!(clerk.post(&path, &fields).await.status, 200);
    let mut tx = site.state.store.begin().await.unwrap();
    let item = tx.items_by_code(&[CODE]).await.unwrap().remove(0);
    assert_eq!(item.name, "社会团体设立登记");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_a_hundred_who_save_one_place_at_once_one_wins_and_all_keep_what_they_wrote() {
    let office = std::sync::Arc::new(Office::open().await);
    let savers = (0..100).map(|n| {
        let office = office.clone();
        tokio::spawn(async move {
            let text = format!("第{n}人写的说明");
            let fields = [("revision", "1"), ("summary", text.as_str())];
            let page = office.clerk.post(&office.path("edit"), &fields).await;
            match page.status {
                303 => Some(text),
                _ => {
                    page.check(409, &["别人先保存了", &text]);
                    None
                }
            }
        })
    });
    let mut won = Vec::new();
    for saver in savers.collect::<Vec<_>>() {
        won.extend(saver.await.unwrap());
    }
    assert_eq!(won.len(), 1);
    assert_eq!(office.content().await.text("summary"), won[0]);
    assert_eq!(office.site.edition(office.draft.id).await.revision, 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_many_who_save_different_places_at_once_all_are_saved() {
    let office = std::sync::Arc::new(Office::open().await);
    let standard = office.site.state.standard("wushan");
    let texts =
        standard.elements().iter().filter(|it| it.kind == domain::standard::ValueKind::Text);
    let keys: Vec<String> = texts.map(|it| it.key.clone()).collect();
    assert!(keys.len() > 40, "{}", keys.len());
    let savers = keys.iter().cloned().map(|key| {
        let office = office.clone();
        tokio::spawn(async move {
            let fields = [("revision", "1"), (key.as_str(), "同时写的")];
            office.clerk.post(&office.path("save"), &fields).await.status
        })
    });
    for saver in savers.collect::<Vec<_>>() {
        assert_eq!(saver.await.unwrap(), 200);
    }
    let content = office.content().await;
    assert!(keys.iter().all(|key| content.text(key) == "同时写的"));
}

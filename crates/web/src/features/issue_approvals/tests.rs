use domain::people::{Role, Scope};

use crate::testkit::{Desk, Page, Site, fields, full_record, officer};

const REPLY: &[u8] = include_bytes!("../../../../../demo/approvals/reply.docx");
const LIST: &str = "/workbench/approvals";

struct House {
    site: Site,
    desk: Desk,
    /// Where the document is filled.
    issue: String,
}

impl House {
    async fn new() -> House {
        let site = Site::start().await;
        site.publishes(full_record()).await;
        let item = site.live("62052400MZ-XK-0001").await.item;
        let own = site.body("武山县民政局").await;
        let desk = site.officer(officer("clerk", Scope::Body(own), &[Role::Editor])).await;
        let rule = ("number_rule", "武审核准〔{年}〕{序号}号");
        let upload = format!("/workbench/items/{item}/templates/upload");
        let done = desk.upload(&upload, "批复.docx", REPLY, &[("title", "核准的批复"), rule]).await;
        let issue = format!("{}/issue", done.header("location"));
        House { site, desk, issue }
    }

    /// Returns the form, each of its empty fields filled with a word of its own.
    fn filled(page: &Page) -> Vec<(String, String)> {
        let form = fields(&page.body, "form[aria-labelledby=t-fill]");
        let fill = |(at, (name, value)): (usize, (String, String))| match value.is_empty() {
            true => (name, format!("示例{at}")),
            false => (name, value),
        };
        form.into_iter().enumerate().map(fill).collect()
    }

    async fn sends(&self, form: &[(String, String)], act: &str) -> Page {
        let mut pairs: Vec<(&str, &str)> = form
            .iter()
            .filter(|(key, _)| key != "csrf")
            .map(|(key, value)| (key.as_str(), value.as_str()))
            .collect();
        pairs.push(("do", act));
        self.desk.post(&self.issue, &pairs).await
    }

    /// Fills, looks, and returns the form that can be issued.
    async fn looked_at(&self) -> Vec<(String, String)> {
        let look = self.sends(&House::filled(&self.desk.get(&self.issue).await), "look").await;
        look.check(200, &["签发，编文号"]);
        fields(&look.body, "form[aria-labelledby=t-fill]")
    }

    async fn issues(&self) -> String {
        let done = self.sends(&self.looked_at().await, "issue").await;
        assert_eq!(done.status, 303, "{}", done.body);
        done.header("location").to_owned()
    }
}

#[tokio::test]
async fn a_document_is_filled_looked_at_issued_and_handed_out() {
    let house = House::new().await;
    let blank = house.desk.get(&house.issue).await;
    blank.check(200, &["项目名称", "建设内容和规模", "看写成什么样"]);
    assert!(!blank.body.contains("签发，编文号"), "nothing is issued unseen");
    let look = house.sends(&House::filled(&blank), "look").await;
    look.check(200, &["武审核准〔2026〕×号", "武山县民政局", "2026年11月20日", "批复如下"]);
    house.desk.get(LIST).await.check(200, &["还没有签发过"]);
    let approval = house.issues().await;
    let page = house.desk.get(&approval).await;
    page.check(200, &["武审核准〔2026〕1号", "核准的批复", "有效", "录入岗", "SHA-256"]);
    house.desk.get(LIST).await.check(200, &["武审核准〔2026〕1号", "社会团体成立登记"]);
    let file = house.desk.get(&format!("{approval}/file")).await;
    assert_eq!((file.status, file.header("content-type")), (200, crate::downloads::DOCX));
    assert!(file.header("content-disposition").contains(".docx"));
}

#[tokio::test]
async fn what_is_issued_is_what_was_looked_at() {
    let house = House::new().await;
    let mut form = house.looked_at().await;
    let changed = form.iter_mut().find(|(key, _)| key == "a0").unwrap();
    changed.1 = "换了的项目".into();
    let again = house.sends(&form, "issue").await;
    again.check(200, &["换了的项目", "签发，编文号"]);
    house.desk.get(LIST).await.check(200, &["还没有签发过"]);
    let form = fields(&again.body, "form[aria-labelledby=t-fill]");
    let done = house.sends(&form, "issue").await;
    assert_eq!(done.status, 303, "{}", done.body);
    house.desk.get(done.header("location")).await.check(200, &["换了的项目"]);
}

#[tokio::test]
async fn a_form_sent_twice_issues_once_and_the_next_has_the_next_number() {
    let house = House::new().await;
    let form = house.looked_at().await;
    let (one, two) = (house.sends(&form, "issue").await, house.sends(&form, "issue").await);
    assert_eq!((one.status, two.status), (303, 303), "{}", two.body);
    assert_eq!(one.header("location"), two.header("location"));
    let next = house.issues().await;
    house.desk.get(&next).await.check(200, &["武审核准〔2026〕2号"]);
}

#[tokio::test]
async fn an_office_goes_on_from_the_numbers_that_it_gave_on_paper() {
    let house = House::new().await;
    let item = house.site.live("62052400MZ-XK-0001").await.item;
    let upload = format!("/workbench/items/{item}/templates/upload");
    let typed = [("title", "意见"), ("number_rule", "武审意〔{年}〕{序号}号"), ("used", "37")];
    let done = house.desk.upload(&upload, "意见.docx", REPLY, &typed).await;
    let issue = format!("{}/issue", done.header("location"));
    let house = House { issue, ..house };
    let approval = house.issues().await;
    house.desk.get(&approval).await.check(200, &["武审意〔2026〕38号"]);
    let wrong = [("title", "意见"), ("number_rule", "武审意〔{年}〕{序号}号"), ("used", "无")];
    let page = house.desk.upload(&upload, "意见.docx", REPLY, &wrong).await;
    page.check(422, &["今年已经用到几号"]);
}

#[tokio::test]
async fn what_must_be_filled_is_told_beside_its_field() {
    let house = House::new().await;
    let blank = fields(&house.desk.get(&house.issue).await.body, "form[aria-labelledby=t-fill]");
    let page = house.sends(&blank, "look").await;
    page.check(422, &["没有填"]);
    assert_eq!(page.attributes("[name=a0]", "aria-invalid"), ["true"]);
    let optional = page.attributes("#a11", "aria-invalid");
    assert!(optional.is_empty(), "抄送单位 may stay empty: {optional:?}");
}

#[tokio::test]
async fn a_voided_document_stays_with_its_reason_and_its_number_is_not_given_again() {
    let house = House::new().await;
    let approval = house.issues().await;
    let void = format!("{approval}/void");
    house.desk.post(&void, &[("reason", " ")]).await.check(422, &["写明为什么作废"]);
    assert_eq!(house.desk.post(&void, &[("reason", "项目名称写错")]).await.status, 303);
    house.desk.get(&approval).await.check(200, &["作废", "项目名称写错", "文号不再用"]);
    let next = house.issues().await;
    house.desk.get(&next).await.check(200, &["武审核准〔2026〕2号"]);
    let voided = house.desk.get(&format!("{LIST}?state=void")).await;
    voided.check(200, &["武审核准〔2026〕1号"]);
    assert!(!voided.body.contains("〔2026〕2号"));
    house.desk.get(&format!("{LIST}?q=没有的")).await.check(200, &["没有这样的文书"]);
    house.desk.get(&format!("{LIST}?from=明天")).await.check(400, &[]);
}

#[tokio::test]
async fn nothing_is_issued_from_a_template_out_of_use() {
    let house = House::new().await;
    let form = house.looked_at().await;
    let template = house.issue.strip_suffix("/issue").unwrap();
    assert_eq!(house.desk.post(&format!("{template}/retire"), &[]).await.status, 303);
    house.sends(&form, "issue").await.check(422, &["已经停用"]);
    house.desk.get(LIST).await.check(200, &["还没有签发过"]);
}

#[tokio::test]
async fn nothing_is_issued_on_an_item_that_is_suspended() {
    let house = House::new().await;
    let form = house.looked_at().await;
    house.site.suspends("62052400MZ-XK-0001", "机构改革").await;
    house.sends(&form, "issue").await.check(422, &["事项没有公布"]);
    house.desk.get(LIST).await.check(200, &["还没有签发过"]);
}

use domain::{
    content::{Row, Value},
    library::{Place, PlaceId},
    people::{Role, Scope},
};
use store::Saving;

use super::super::tests::Office;
use crate::testkit::{Desk, Page, fields, officer};

const PDF: &[u8] = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n";

impl Office {
    /// Presses a button of the editor that leads to a library, with what is typed.
    async fn asks(&self, act: &str) -> Page {
        let form = self.opens(&self.clerk).await.with("summary", "还没有存的话");
        let led = self.sends(&self.clerk, &form, act).await;
        assert_eq!(led.status, 303, "{}", led.body);
        assert_eq!(self.content().await.text("summary"), "还没有存的话");
        self.clerk.get(led.header("location")).await
    }

    /// Presses a button of a library's page.
    async fn chooses(&self, page: &Page, entry: &str) -> Page {
        let values = page.attributes("[name=entry]", "value");
        assert!(values.iter().any(|it| it == entry), "{entry} among {values:?}");
        let mut pairs = fields(&page.body, "main form[method=post]");
        pairs.push(("entry".to_owned(), entry.to_owned()));
        let pairs: Vec<(&str, &str)> =
            pairs.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
        self.clerk.post(&self.path("fill"), &pairs).await
    }

    async fn rows(&self, key: &str) -> Vec<Row> {
        self.content().await.rows(key).to_vec()
    }

    async fn keeps(&self, owner: Scope, place: &Place) -> PlaceId {
        let saving = Saving { by: self.clerk.officer.id, at: crate::testkit::NOW };
        let mut tx = self.site.state.store.begin().await.unwrap();
        let id = PlaceId(tx.keep(owner, place, saving).await.unwrap());
        tx.commit().await.unwrap();
        id
    }
}

fn hall() -> Place {
    Place {
        name: "政务服务中心".into(),
        address: "示例路 1 号二楼".into(),
        hours: "工作日 9:00–17:00".into(),
        phone: "0938-0000000".into(),
        traffic: "1 路车到示例路".into(),
        windows: "8 号窗口\n9 号窗口｜0938-0000009".into(),
        ..Place::default()
    }
}

fn county() -> Scope {
    Scope::Region("620524".parse().unwrap())
}

#[tokio::test]
async fn a_window_is_filled_from_a_place_with_what_was_typed_saved() {
    let office = Office::open().await;
    let id = office.keeps(county(), &hall()).await;
    let page = office.asks("windows.r1.fill").await;
    page.check(200, &["从采集地址选", "办理窗口：8 号窗口", "政务服务中心", "上级登记"]);
    let done = office.chooses(&page, &format!("{id}.1")).await;
    let back = format!("{}?open=windows&row=r1#r-windows-r1", office.path("edit"));
    assert_eq!((done.status, done.header("location")), (303, back.as_str()));
    let rows = office.rows("windows").await;
    assert_eq!((rows.len(), rows[0].text("name")), (1, "9 号窗口"));
    let told = ["address", "hours", "phone", "traffic"].map(|field| rows[0].text(field));
    assert_eq!(told, ["示例路 1 号二楼", "工作日 9:00–17:00", "0938-0000009", "1 路车到示例路"]);
    assert_eq!(Place::behind(&rows[0]), Some(id), "a correction will find it");
}

#[tokio::test]
async fn every_window_of_a_place_is_added_as_a_row() {
    let office = Office::open().await;
    let id = office.keeps(county(), &hall()).await;
    let page = office.asks("windows.fill").await;
    let done = office.chooses(&page, &format!("{id}.all")).await;
    assert!(done.header("location").ends_with("#r-windows-r2"), "{}", done.header("location"));
    let rows = office.rows("windows").await;
    let names: Vec<&str> = rows.iter().map(|row| row.text("name")).collect();
    assert_eq!(names, ["8 号窗口", "8 号窗口", "9 号窗口"]);
    for (words, n_found) in [("示例路 9号", 0), ("中心 示例路", 3)] {
        let path = format!("{}?list=windows&q={words}", office.path("fill"));
        let found = office.clerk.get(&path).await.attributes("[name=entry]", "value");
        assert_eq!(found.len(), n_found, "{words}: {found:?}");
    }
}

#[tokio::test]
async fn a_place_that_is_missing_is_entered_on_the_way() {
    let office = Office::open().await;
    let page = office.asks("windows.r1.fill").await;
    page.check(200, &["没有找到"]);
    let form = office.clerk.get(&page.links(".sx-head .end a")[0]).await;
    let back = form.attributes("[name=back]", "value").remove(0);
    let place = [("name", "派出所"), ("address", "示例路 2 号"), ("back", &back)];
    let done = office.clerk.post("/workbench/places/new", &place).await;
    let page = office.clerk.get(done.header("location")).await;
    let entry = page.attributes("[name=entry]", "value").remove(0);
    office.chooses(&page, &entry).await;
    let rows = office.rows("windows").await;
    assert_eq!((rows[0].text("name"), rows[0].text("address")), ("8 号窗口", "示例路 2 号"));
}

#[tokio::test]
async fn a_law_that_is_missing_is_entered_for_all_and_cited_to_the_article() {
    let office = Office::open().await;
    let page = office.asks("basis.r2.fill").await;
    page.check(200, &["从法律法规选", "设定依据：《社会团体登记管理条例》", "没有找到"]);
    let form = office.clerk.get(&page.links(".sx-head .end a")[0]).await;
    let back = form.attributes("[name=back]", "value").remove(0);
    let law = [("title", "示例登记条例"), ("number", "国务院令第 1 号"), ("back", &back)];
    let done = office.clerk.post("/workbench/laws/new", &law).await;
    let page = office.clerk.get(done.header("location")).await;
    page.check(200, &["示例登记条例", "只引用这一部"]);
    let law = office.clerk.get(&page.links(".sx-head .end a")[0]).await;
    let back = law.attributes("[name=back]", "value").remove(0);
    let path = law.attributes("form[aria-labelledby=t-put]", "action").remove(0);
    let text = [("text", "第一条　为了示例。\n第九条　应当登记。"), ("back", &back)];
    let done = office.clerk.post(&path, &text).await;
    let law = office.clerk.get(done.header("location")).await;
    let page = office.clerk.get(&law.links(".sx-head .end a")[0]).await;
    page.check(200, &["第九条", "应当登记。"]);
    let found = office.clerk.get(&format!("{}&words=第9条", law.links(".sx-head .end a")[0])).await;
    let entry = found.attributes("[name=entry]", "value").pop().unwrap();
    assert_eq!(found.all("tbody tr").len(), 2, "the law, and the article that was asked for");
    office.chooses(&page, &entry).await;
    let rows = office.rows("basis").await;
    let told = ["law", "number", "clause", "text"].map(|field| rows[1].text(field));
    assert_eq!(told, ["示例登记条例", "国务院令第 1 号", "第九条", "应当登记。"]);
    assert_eq!(rows[0].text("law"), "社会团体登记管理条例", "the others stay");
}

#[tokio::test]
async fn a_blank_form_is_brought_into_a_row_named_and_taken_away() {
    let office = Office::open().await;
    let page = office.asks("materials.r1.fill-blank_form").await;
    page.check(200, &["从附件选", "申请材料：登记申请书，空白表格", "没有找到"]);
    let path = page.attributes("form[enctype]", "action").remove(0);
    let done = office.clerk.upload(&path, "申请表.pdf", PDF, &[]).await;
    let back = format!("{}?open=materials&row=r1#r-materials-r1", office.path("edit"));
    assert_eq!((done.status, done.header("location")), (303, back.as_str()), "{}", done.body);

    let form = office.opens(&office.clerk).await;
    let held = form.page.links("#r-materials-r1 [data-held] a[href]");
    assert_eq!(form.page.all("#r-materials-r1 [data-held]:not([hidden]) a"), ["申请表.pdf"]);
    assert_eq!(office.clerk.get(&held[0]).await.status, 200);
    assert_eq!(office.sends(&office.clerk, &form, "save").await.status, 303);
    let rows = office.rows("materials").await;
    assert!(rows[0].text("blank_form").ends_with("/申请表.pdf"), "a save leaves it there");

    let page = office.asks("outcomes.r1.fill-sample").await;
    let entry = page.attributes("[name=entry]", "value").remove(0);
    office.chooses(&page, &entry).await;
    assert_eq!(office.rows("outcomes").await[0].text("sample"), rows[0].text("blank_form"));

    let form = office.opens(&office.clerk).await;
    office.sends(&office.clerk, &form, "materials.r1.drop-blank_form").await;
    assert_eq!(office.rows("materials").await[0].text("blank_form"), "");
    assert_eq!(office.names("materials").await[0], "登记申请书");
}

#[tokio::test]
async fn a_file_that_is_none_is_refused_at_its_place() {
    let office = Office::open().await;
    let page = office.asks("materials.r1.fill-sample_form").await;
    let path = page.attributes("form[enctype]", "action").remove(0);
    let refused = office.clerk.upload(&path, "空.pdf", b"", &[]).await;
    refused.check(422, &["没有选文件，或者文件是空的"]);
    assert_eq!(office.rows("materials").await[0].text("sample_form"), "");
}

#[tokio::test]
async fn what_another_office_keeps_fills_nothing() {
    let office = Office::open().await;
    let elsewhere = Scope::Region("620525".parse().unwrap());
    let id = office.keeps(elsewhere, &hall()).await;
    let far = office.site.officer(officer("far", elsewhere, &[Role::Editor])).await;
    far.upload("/workbench/attachments/upload", "申请表.pdf", PDF, &[]).await;
    let file = far.get("/workbench/attachments").await.links("tbody a.name").remove(0);
    let file = file.rsplit('/').next().unwrap().to_owned();
    let check = async |desk: &Desk, spot: [(&str, &str); 3], entry: &str| {
        let fields = [&spot[..], &[("revision", "1"), ("entry", entry)]].concat();
        let done = desk.post(&office.path("fill"), &fields).await;
        assert_eq!(done.status, 404, "{entry}: {}", done.body);
    };
    let window = [("list", "windows"), ("row", "r1"), ("field", "")];
    let form = [("list", "materials"), ("row", "r1"), ("field", "blank_form")];
    let law = [("list", "basis"), ("row", "r1"), ("field", "")];
    check(&office.clerk, window, &format!("{id}.0")).await;
    check(&office.clerk, form, &file).await;
    check(&office.clerk, law, "404").await;
    check(&office.clerk, [("list", "steps"), ("row", "r1"), ("field", "")], "1").await;
    check(&far, window, &format!("{id}.0")).await;
    assert_eq!(far.get(&office.path("fill")).await.status, 404);
    assert_eq!(office.content().await, office.draft.record.content);
}

#[tokio::test]
async fn who_fills_a_row_that_another_wrote_meanwhile_is_shown_both() {
    let office = Office::open().await;
    let other = office.other().await;
    let id = office.keeps(county(), &hall()).await;
    let page = office.asks("windows.r1.fill").await;
    let theirs = office.opens(&other).await.with("windows[r1].address", "别人写的地址");
    office.sends(&other, &theirs, "save").await;
    let late = office.chooses(&page, &format!("{id}.0")).await;
    late.check(409, &["别人先保存了", "别人写的地址", "示例路 1 号二楼"]);
}

#[tokio::test]
async fn a_list_that_was_kept_as_text_is_not_filled_over() {
    let office = Office::open().await;
    let id = office.keeps(county(), &hall()).await;
    let mut draft = office.draft.clone();
    draft.record.content.put("windows", Value::Text("见大厅".into()));
    office.site.saves(&draft).await;
    let page = office.clerk.get(&format!("{}?list=windows", office.path("fill"))).await;
    office.chooses(&page, &format!("{id}.0")).await;
    assert_eq!(office.content().await.text("windows"), "见大厅");
}

#[tokio::test]
async fn to_name_another_office_s_file_by_its_hash_gives_nobody_the_file() {
    let office = Office::open().await;
    let elsewhere = Scope::Region("620525".parse().unwrap());
    let far = office.site.officer(officer("far", elsewhere, &[Role::Editor])).await;
    far.upload("/workbench/attachments/upload", "内部名单.pdf", PDF, &[]).await;
    let list = far.get("/workbench/attachments").await;
    let reference = list.attributes("input[readonly]", "value").remove(0);

    const FIELD: &str = "materials[r1].blank_form";
    let form = office.opens(&office.clerk).await.with(FIELD, &reference);
    let refused = office.sends(&office.clerk, &form, "save").await;
    refused.check(422, &["没有保存：“内部名单.pdf”不在您能用的附件里", "重新上传"]);
    let revision = office.site.edition(office.draft.id).await.revision.to_string();
    let fields = [("revision", revision.as_str()), (FIELD, &reference)];
    let late = office.clerk.post(&office.path("save"), &fields).await;
    late.check(409, &["没有保存：“内部名单.pdf”不在您能用的附件里"]);
    assert_eq!(office.rows("materials").await[0].text("blank_form"), "");
    let (hash, name) = reference.strip_prefix("file:").unwrap().split_once('/').unwrap();
    let link = office.path(&format!("files/{hash}/{name}"));
    assert_eq!(office.clerk.get(&link).await.status, 404);

    // Who has the file brings it, and may name it then.
    office.clerk.upload("/workbench/attachments/upload", "名单.pdf", PDF, &[]).await;
    assert_eq!(office.sends(&office.clerk, &form, "save").await.status, 303);
    assert_eq!(office.clerk.get(&link).await.status, 200);
}

#[tokio::test]
async fn a_file_that_stands_in_a_draft_stays_whoever_saves_it() {
    let office = Office::open().await;
    let everywhere = officer("platform", Scope::Everywhere, &[Role::Editor]);
    let platform = office.site.officer(everywhere).await;
    let elsewhere = Scope::Region("620525".parse().unwrap());
    let far = office.site.officer(officer("far", elsewhere, &[Role::Editor])).await;
    far.upload("/workbench/attachments/upload", "申请表.pdf", PDF, &[]).await;
    let list = platform.get("/workbench/attachments").await;
    let reference = list.attributes("input[readonly]", "value").remove(0);
    let form = office.opens(&platform).await.with("materials[r1].blank_form", &reference);
    assert_eq!(office.sends(&platform, &form, "save").await.status, 303);
    let form = office.opens(&office.clerk).await.with("summary", "另写的话");
    assert_eq!(office.sends(&office.clerk, &form, "save").await.status, 303);
    assert_eq!(office.rows("materials").await[0].text("blank_form"), reference);
}

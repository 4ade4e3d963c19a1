use askama::Template;
use domain::{
    calendar::Calendar,
    content::{Content, Money, Row, Value},
    item::ItemRecord,
    standard::{Element, Standard, ValueKind},
};
use serde_json::json;
use time::macros::date;

use super::{
    FilesAt, Forms, Page, Version,
    guide::{Days, Guide},
};
use crate::{
    layout::Shell,
    links,
    testkit::{Site, all, attributes, bare_record, full_record, public, record, standards, words},
};

/// Returns the page of a record as it would be published.
fn page(record: ItemRecord) -> String {
    let standards = standards();
    let standard = standards.get(&record.standard).unwrap();
    let item = public(record, standard);
    let guide = Guide::of(&item, standard, Days::of(date!(2026 - 11 - 20)), Calendar::shipped());
    let code = item.item.code.clone().unwrap_or_default();
    let versions = vec![Version {
        number: "第 3 版".into(),
        from: date!(2026 - 3 - 2),
        words: "现行。".into(),
        then: None,
    }];
    let page = Page {
        shell: Shell::sample(),
        as_of: None,
        preview: None,
        canonical: None,
        guide,
        files: FilesAt::Item(code.clone()),
        versions,
        printed_on: "2026 年 11 月 20 日".into(),
        forms: Some(Forms {
            json: links::guide_json(&code),
            docx: links::guide_docx(&code),
            notice: Some(links::notice_docx(&code)),
            flow: links::guide_flow(&code, "svg"),
            flow_docx: links::guide_flow(&code, "docx"),
            flow_bpmn: links::guide_flow(&code, "bpmn"),
        }),
    };
    page.render().unwrap()
}

#[track_caller]
fn check(html: &str, selector: &str, texts: &[&str]) {
    let found = all(html, selector).concat();
    for text in texts {
        assert!(found.contains(text), "no {text:?} in {selector}: {found}");
    }
}

#[test]
fn a_guide_answers_in_the_order_in_which_people_ask() {
    let html = page(full_record());
    assert_eq!(
        all(&html, "main section > h2"),
        [
            "能不能办",
            "要带什么",
            "要多久",
            "收不收费",
            "在哪办、何时办",
            "怎么办",
            "拿到什么",
            "不服怎么办",
            "法律依据",
            "常见问题",
            "其他信息",
            "版本"
        ]
    );
    assert_eq!(all(&html, ".sx-toc a"), all(&html, "main section > h2"));
}

#[test]
fn the_answers_say_what_was_published() {
    let html = page(full_record());
    check(&html, "#can", &["社会组织法人", "有 50 个以上的个人会员", "先办这一件：取得业务主管"]);
    check(&html, "#need li:nth-child(1)", &["登记申请书原件 1 份", "全体发起人签字。"]);
    check(&html, "#need li:nth-child(2)", &["复印件 2 份", "非必要。租用场所的。"]);
    check(&html, "#need li:nth-child(3)", &["免提交"]);
    check(&html, "#long", &["受理后 20 个工作日内办结，法定期限是 60 日。", "公示：时间 7 日"]);
    check(&html, "#long", &["今天受理，最晚 12 月 18 日（星期五）办结。"]);
    check(&html, "#cost", &["不收费。"]);
    check(&html, "#where", &["8 号窗口", "要到现场 1 次：核对原件", "0938-0000000"]);
    check(&html, "#how li:nth-child(1)", &["受理 1 个工作日", "窗口受理岗：核对材料"]);
    check(&html, "#result", &["社会团体法人登记证书", "有效期：5 年"]);
    check(&html, "#appeal", &["行政复议：60 日内", "0938-0000001"]);
    check(&html, "#law", &["《社会团体登记管理条例》（国务院令第 250 号）", "第九条", "第十二条"]);
    assert_eq!(all(&html, "#law b").len(), 3, "one law is named once");
    check(&html, "#more", &["承办科室", "社会组织管理股"]);
    assert_eq!(all(&html, "#can li"), ["有 50 个以上的个人会员", "有固定的住所"]);
    assert_eq!(attributes(&html, ".sx-actions a", "href")[0], "https://example.org/apply?a=1&b=2");
    assert_eq!(attributes(&html, ".sx-spans rect", "width"), ["4.7", "94.7"]);
}

#[test]
fn the_key_facts_stand_first() {
    let facts = all(&page(full_record()), ".sx-facts > div");
    assert_eq!(
        facts,
        [
            "承诺时限 20个工作日法定 60 日",
            "到现场 1次核对原件",
            "收费 不收费",
            "材料 2份另 1 份免提交",
            "在哪办 窗口或网上8 号窗口"
        ]
    );
}

#[test]
fn nothing_is_said_with_a_zero() {
    let mut record = full_record();
    record.content.put("visits", Value::Number(0));
    record.content.put(
        "limits.promised",
        serde_json::from_value(json!({"limit": 0, "unit": "working_day"})).unwrap(),
    );
    record.content.put("fees.charged", Value::Flag(true));
    record.content.put(
        "fees",
        serde_json::from_value(
            json!([{"id": "r1", "name": "工本费", "standard": "免收", "amount": {"fen": 0}}]),
        )
        .unwrap(),
    );
    let html = page(record);
    let words = words(&html);
    for zero in ["0 元", "0 次", "0 个工作日", "0个工作日", "0次"] {
        let told = words.replace("20 个", "").contains(zero);
        assert!(!told, "{zero}: {words}");
    }
    check(&html, ".sx-facts", &["即办", "不用跑", "不收费"]);
    check(&html, "#long", &["当场办结"]);
}

#[test]
fn what_is_demanded_and_missing_says_what_to_do() {
    let mut record = full_record();
    for key in ["materials", "conditions", "service.objects", "prerequisite", "conditions.refused"]
    {
        record.content.remove(key);
    }
    let html = page(record);
    for (id, what) in [("can", "受理条件"), ("need", "申请材料")] {
        let expected = format!("本项尚未填写{what}，请拨打咨询电话 0938-0000000。");
        assert_eq!(all(&html, &format!("#{id} p")), [expected.as_str()]);
    }
}

#[test]
fn what_is_not_demanded_and_missing_is_not_spoken_of() {
    let mut record = full_record();
    record.kind = "BM".to_owned();
    for key in ["basis", "outcomes", "faq"] {
        record.content.remove(key);
    }
    let html = page(record);
    for id in ["law", "result", "faq"] {
        assert_eq!(all(&html, &format!("#{id}")).len(), 0, "{id}");
        assert!(!attributes(&html, ".sx-toc a", "href").contains(&format!("#{id}")));
    }
}

#[test]
fn blank_words_are_never_shown() {
    let mut record = full_record();
    for key in ["conditions", "quota", "appeal.review", "daily_names", "remarks", "summary"] {
        record.content.put(key, Value::Text("无".to_owned()));
    }
    let blank = json!([{"id": "r1", "name": "无", "address": "/", "hours": "详见附件"}]);
    record.content.put("windows", serde_json::from_value(blank).unwrap());
    let html = page(record);
    for line in all(&html, "main p, main li, main dd") {
        assert!(!matches!(line.as_str(), "无" | "/" | "详见附件"), "{line}");
    }
    assert_eq!(all(&html, "#where h3"), ["问一问", "在网上"]);
}

#[test]
fn a_row_of_a_catalogue_is_a_decent_page() {
    let html = page(bare_record());
    assert_eq!(all(&html, "main section > h2"), ["已公布的信息", "版本"]);
    check(&html, "#more", &["请先向区教科体局问清楚", "前锋区"]);
    assert_eq!(all(&html, ".sx-facts").len(), 0);
}

#[test]
fn what_is_not_public_is_nowhere() {
    let html = page(full_record());
    assert!(!html.contains("不公布"), "{html}");
}

#[test]
fn a_procedure_in_one_line_is_read_as_steps() {
    let mut record = full_record();
    record.content.remove("steps");
    record.content.put("procedure", Value::Text("申请：交材料→受理→审查决定→送达".to_owned()));
    let html = page(record);
    assert_eq!(all(&html, ".sx-steps h3"), ["申请", "受理", "审查决定", "送达"]);
}

#[test]
fn an_address_that_is_no_web_page_is_no_link() {
    let mut record = full_record();
    record.content.put("online.address", Value::Text("javascript:alert(1)".to_owned()));
    let html = page(record);
    assert_eq!(attributes(&html, "a[href^=javascript]", "href").len(), 0);
    check(&html, "#where", &["javascript:alert(1)"]);
}

#[test]
fn a_window_tells_the_hours_of_today_and_leaves_the_time_of_day_to_the_browser() {
    let html = page(full_record());
    assert_eq!(attributes(&html, "#where .sx-today", "data-day"), ["2026-11-20"]);
    assert_eq!(attributes(&html, "#where .sx-today", "data-spans"), ["08:30-12:00"]);
    check(&html, "#where .sx-today", &["今天 11 月 20 日（星期五） 08:30–12:00"]);
    assert_eq!(all(&html, ".sx-today [data-open][hidden]"), ["正在办公"]);
    assert_eq!(all(&html, ".sx-today > [data-closed]:not([hidden])").len(), 0);
}

#[test]
fn hours_that_are_not_understood_stand_as_written_and_alone() {
    let mut guide = full_record();
    let Some(Value::Rows(mut rows)) = guide.content.remove("windows") else { panic!() };
    let seasonal = "法定工作日（夏季：8:00-12:00，15:00-18:00）";
    rows[0].fields.insert("hours".into(), Value::Text(seasonal.into()));
    guide.content.put("windows", Value::Rows(rows));
    let html = page(guide);
    check(&html, "#where", &[seasonal]);
    assert_eq!(all(&html, ".sx-today").len(), 0);
}

#[test]
fn a_search_engine_is_told_what_it_is_and_what_it_takes() {
    let html = page(full_record());
    let told = attributes(&html, "meta[name=description]", "content");
    assert_eq!(
        told[0].replace('\u{a0}', " "),
        "在武山县成立协会、学会、商会，先到县民政局登记。武山县民政局，行政许可。\
         承诺时限 20 个工作日，到现场 1 次，收费：不收费，材料 2 份，在哪办：窗口或网上。"
    );
    let bare = attributes(&page(bare_record()), "meta[name=description]", "content");
    assert_eq!(bare, ["适龄儿童延缓入学审批。区教科体局，行政许可。"]);
}

#[test]
fn a_material_is_ticked_by_its_name_and_what_the_office_has_is_not_ticked() {
    let html = page(full_record());
    assert_eq!(attributes(&html, ".sx-kit", "data-kit"), ["62052400MZ-XK-0001"]);
    let ticks = attributes(&html, ".sx-kit input", "value");
    assert_eq!(ticks, ["登记申请书", "场所使用权证明"]);
    assert_eq!(all(&html, ".sx-kit .name").len(), 3);
    assert_eq!(all(&html, "#need [data-kit-shown]:not([hidden])").len(), 0);
}

#[test]
fn markup_in_any_element_is_shown_as_it_was_written() {
    const HOSTILE: &str = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>&";
    let standards = standards();
    let national = standards.get("national").unwrap();
    let mut content = Content::new();
    for element in national.elements() {
        content.put(&element.key, hostile(element, HOSTILE));
    }
    let mut hostile = record(json!({
        "standard": "national", "region": "620524", "kind": HOSTILE, "code": HOSTILE,
        "parent": HOSTILE, "body": {"name": HOSTILE, "credit_code": HOSTILE}, "content": {}
    }));
    hostile.content = content;
    let html = page(hostile.clone());
    // The one picture is the drawing of the flow, from our own address.
    let foreign = "script:not([src^='/assets/']), img:not([src^='/items/'])";
    assert_eq!(all(&html, foreign).len(), 0);
    let shown = html.matches("&#60;script&#62;").count();
    assert!(shown > 80, "only {shown} elements are shown");
    assert_eq!(html, page(hostile), "rendered twice, the same");
}

fn hostile(element: &Element, text: &str) -> Value {
    match element.kind {
        ValueKind::Text => Value::Text(format!("{text}\n{text}")),
        ValueKind::Codes => Value::Codes(vec![text.to_owned()]),
        ValueKind::Rows => {
            let field = |kind| match kind {
                ValueKind::Codes => Some(Value::Codes(vec![text.to_owned()])),
                ValueKind::Text => Some(Value::Text(text.to_owned())),
                _ => None,
            };
            let fields = element.fields.iter();
            let fields = fields.filter_map(|it| Some((it.key.clone(), field(it.kind)?)));
            Value::Rows(vec![Row { id: "r1".into(), fields: fields.collect() }])
        }
        ValueKind::Money => Value::Money(Money { fen: 1 }),
        _ => Value::Flag(true),
    }
}

#[tokio::test]
async fn a_guide_is_had_as_a_page_as_data_and_as_a_document() {
    let site = Site::start().await;
    site.publishes(full_record()).await;
    let guide = "/items/62052400MZ-XK-0001";
    let page = site.get(guide).await;
    page.check(200, &["社会团体成立登记", "第 1 版，2026 年 3 月 2 日起生效", "当前地区：武山县"]);
    assert_eq!(page.all("#versions li"), ["第 1 版2026-03-02 现行。"]);
    for ending in [".json", ".docx"] {
        assert!(page.links("main a").contains(&format!("{guide}{ending}")), "{ending}");
    }
    let data = site.get(&format!("{guide}.json")).await;
    assert_eq!(data.header("content-type"), "application/json; charset=utf-8");
    let read: serde_json::Value = serde_json::from_str(&data.body).unwrap();
    assert_eq!(read["published"]["item"]["content"]["name"], "社会团体成立登记");
    assert!(!data.body.contains("不公布"), "{}", data.body);
    let document = site.get(&format!("{guide}.docx")).await;
    assert!(document.header("content-type").contains("officedocument"));
    let name = "attachment; filename=\"62052400MZ-XK-0001.docx\"";
    assert!(document.header("content-disposition").starts_with(name));
    assert!(document.body.starts_with("PK"), "a Word document is a zip");
}

#[tokio::test]
async fn what_is_handed_over_at_the_window_is_beside_the_guide() {
    let site = Site::start().await;
    site.publishes(full_record()).await;
    let guide = "/items/62052400MZ-XK-0001";
    let notice = format!("{guide}/notice.docx");
    assert!(site.get(guide).await.links("main a").contains(&notice));
    let document = site.get(&notice).await;
    assert!(document.header("content-type").contains("officedocument"));
    let name = "attachment; filename=\"62052400MZ-XK-0001-notice.docx\"";
    assert!(document.header("content-disposition").starts_with(name));
    assert!(document.body.starts_with("PK"), "a Word document is a zip");
    site.get(&format!("{notice}?edition=2")).await.check(400, &["不认识的参数", "edition"]);
    site.get("/items/62052400MZ-XK-0009/notice.docx").await.check(404, &["没有对应的事项"]);
}

#[tokio::test]
async fn data_and_documents_refuse_a_parameter_that_they_do_not_know() {
    let site = Site::start().await;
    site.publishes(full_record()).await;
    for ending in [".json", ".docx"] {
        let page = site.get(&format!("/items/62052400MZ-XK-0001{ending}?edition=2")).await;
        page.check(400, &["不认识的参数", "edition"]);
    }
    site.get("/items/62052400MZ-XK-0001?utm_source=x").await.check(200, &[]);
}

#[tokio::test]
async fn an_unknown_code_is_named_and_a_small_letter_forgiven() {
    let site = Site::start().await;
    site.publishes(full_record()).await;
    site.get("/items/62052400MZ-XK-0091").await.check(404, &["地址里的编码 62052400MZ-XK-0091"]);
    site.get("/items/62052400MZ-XK-0091.json").await.check(404, &["没有这一页"]);
    let small = site.get("/items/62052400mz-xk-0001").await;
    assert_eq!((small.status, small.header("location")), (308, "/items/62052400MZ-XK-0001"));
}

#[tokio::test]
async fn a_code_of_any_characters_has_its_page() {
    let site = Site::start().await;
    let mut odd = full_record();
    odd.code = Some("甲/1 ?#%2F.json".to_owned());
    site.publishes(odd).await;
    let found = site.get("/search?q=登记").await.links("article h2 a").remove(0);
    let page = site.get(&found).await;
    page.check(200, &["社会团体成立登记", "甲/1 ?#%2F.json"]);
    for ending in ["json", "docx"] {
        let link =
            page.links("main a").into_iter().find(|it| it.ends_with(&format!(".json.{ending}")));
        assert_eq!(site.get(&link.unwrap()).await.status, 200, "{ending}");
    }
}

#[tokio::test]
async fn a_withdrawn_item_says_why_and_where_to_go() {
    let site = Site::start().await;
    site.publishes(full_record()).await;
    site.withdraws("62052400MZ-XK-0001", "依据已经废止").await;
    let page = site.get("/items/62052400MZ-XK-0001").await;
    page.check(
        410,
        &[
            "社会团体成立登记",
            "2026 年 11 月 20 日起，这一项已经取消，不再办理。原因：依据已经废止",
            "错误编号 410",
        ],
    );
    assert_eq!(page.links("main ul a").len(), 4);
    let data = site.get("/items/62052400MZ-XK-0001.json").await;
    assert_eq!(data.status, 410);
    assert!(data.body.starts_with("{\"withdrawn\":"), "{}", data.body);
}

#[tokio::test]
async fn a_suspended_item_says_that_it_will_be_back() {
    let site = Site::start().await;
    site.publishes(full_record()).await;
    site.suspends("62052400MZ-XK-0001", "设备检修").await;
    let page = site.get("/items/62052400MZ-XK-0001").await;
    let told = "2026 年 11 月 20 日起，这一项暂停办理。原因：设备检修";
    page.check(200, &[told, "什么时候恢复办理，会在这一页公布。"]);
    assert_eq!(attributes(&page.body, "meta[name=robots]", "content"), ["noindex"]);
    assert!(!page.body.contains("410") && !page.body.contains("取消"), "{}", page.body);
    let data = site.get("/items/62052400MZ-XK-0001.json").await;
    data.check(200, &["{\"suspended\":"]);
    let notice = site.get("/items/62052400MZ-XK-0001/notice.docx").await;
    notice.check(303, &[]);
    assert_eq!(notice.header("location"), "/items/62052400MZ-XK-0001");
}

/// The answers read the standard's elements by key; a key that it lacks would be read in vain.
#[test]
fn every_key_that_the_guide_reads_is_in_the_standard() {
    let standards = standards();
    let national: &Standard = standards.national();
    for key in super::guide::TOLD {
        assert!(national.element(key).is_some(), "{key}");
    }
}

#[test]
fn a_flow_with_branches_says_where_each_leads_and_is_drawn_with_posts() {
    let mut record = full_record();
    let template = domain::flow::Template::of("promised").unwrap();
    let mut rows = template.rows();
    rows[0].fields.insert("officer".into(), Value::Text("示例人员".into()));
    record.content.put("steps", Value::Rows(rows));
    let html = page(record);
    check(
        &html,
        "#how .sx-ways",
        &["齐全、符合法定形式：受理", "不齐（一次告知）：补正", "然后：收件"],
    );
    let picture = attributes(&html, "#how img", "src");
    assert_eq!(picture, ["/items/62052400MZ-XK-0001/flow.svg"]);
    let files = attributes(&html, "#how figcaption a", "href");
    let of_item = |file: &str| format!("/items/62052400MZ-XK-0001/{file}");
    assert_eq!(files, [of_item("flow.docx"), of_item("flow.bpmn")]);
    assert!(!html.contains("示例人员"));
}

#[tokio::test]
async fn the_flow_is_had_as_picture_word_file_and_model_on_the_paper_asked_for() {
    let site = Site::start().await;
    let mut record = full_record();
    let template = domain::flow::Template::of("promised").unwrap();
    record.content.put("steps", Value::Rows(template.rows()));
    site.publishes(record).await;
    let get = async |file: &str| site.get(&format!("/items/62052400MZ-XK-0001/{file}")).await;
    for (file, kind, begins) in [
        ("flow.svg", "image/svg+xml", "<?xml"),
        ("flow.svg?paper=a3-landscape", "image/svg+xml", "<?xml"),
        ("flow.png", "image/png", "\u{fffd}PNG"),
        ("flow.bpmn", "application/xml", "<?xml"),
        ("flow.docx", crate::downloads::DOCX, "PK"),
        ("flow.docx?paper=a3", crate::downloads::DOCX, "PK"),
    ] {
        let answer = get(file).await;
        assert_eq!((answer.status, answer.header("content-type")), (200, kind), "{file}");
        assert!(answer.body.starts_with(begins), "{file}");
    }
    assert!(get("flow.svg?paper=a3-landscape").await.body.contains("width=\"1190pt\""));
    assert_eq!(get("flow.svg?paper=a5").await.status, 400);
    assert_eq!(get("flow.bpmn?paper=a3").await.status, 400);
    let none = site.get("/items/62052400MZ-XK-0009/flow.docx").await;
    assert_eq!(none.status, 404);
}

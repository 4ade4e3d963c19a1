use serde_json::json;
use time::macros::date;

use super::*;
use crate::content::{Row, Value};

fn content(json: serde_json::Value) -> Content {
    serde_json::from_value(json).unwrap()
}

#[test]
fn an_article_is_read_and_written_as_people_write_it() {
    let check = |text: &str, shown: &str, number: i64| {
        let read = ArticleNumber::parse(text).unwrap_or_else(|| panic!("{text}"));
        assert_eq!((read.to_string().as_str(), read.to_int()), (shown, number), "{text}");
        assert_eq!(ArticleNumber::from_int(number), Some(read));
        assert_eq!(ArticleNumber::parse(shown), Some(read));
    };
    check("第十二条", "第十二条", 12_000);
    check("12", "第十二条", 12_000);
    check("第１２条", "第十二条", 12_000);
    check("二十", "第二十条", 20_000);
    check("第一百零八条", "第一百零八条", 108_000);
    check("第一〇八条", "第一百零八条", 108_000);
    check("第一百一十条", "第一百一十条", 110_000);
    check("第一千零四十九条", "第一千零四十九条", 1_049_000);
    check("第一千二百六十条", "第一千二百六十条", 1_260_000);
    check("第一百三十三条之一", "第一百三十三条之一", 133_001);
    for wrong in ["", "第条", "结婚登记一章", "第零条", "第十二条第一款", "第九万条"]
    {
        assert_eq!(ArticleNumber::parse(wrong), None, "{wrong}");
    }
}

#[test]
fn every_number_of_an_article_is_read_back() {
    for number in 1..10_000 {
        let article = ArticleNumber::from_int(number * 1_000).unwrap();
        assert_eq!(ArticleNumber::parse(&article.to_string()), Some(article), "{article}");
    }
}

#[test]
fn the_articles_that_a_clause_names_are_found_in_it() {
    let check = |clause: &str, expected: &[&str]| {
        let found = ArticleNumber::all_in(clause);
        let found: Vec<String> = found.iter().map(ToString::to_string).collect();
        assert_eq!(found, expected, "{clause}");
    };
    check("第八条、第九条", &["第八条", "第九条"]);
    check("第十条第二款第（三）项", &["第十条"]);
    check("第十条、第 10 条", &["第十条"]);
    check("第三十三条之一第二款", &["第三十三条之一"]);
    check("结婚登记一章", &[]);
    check("第二章第七条", &["第七条"]);
}

#[test]
fn a_text_of_a_law_is_taken_apart_into_its_articles() {
    let text = "中华人民共和国示例法\n第一章　总则\n第一条　为了示例，制定本法。\n\
                第二条　本法所称示例，\n是指举例。\n第二章 附则\n第三条：自公布之日起施行。";
    let read: Vec<_> =
        read_articles(text).into_iter().map(|(it, text)| (it.to_string(), text)).collect();
    let expected = [
        ("第一条", "为了示例，制定本法。"),
        ("第二条", "本法所称示例，\n是指举例。"),
        ("第三条", "自公布之日起施行。"),
    ];
    assert_eq!(read, expected.map(|(number, text)| (number.to_owned(), text.to_owned())));
}

#[test]
fn a_law_is_known_however_it_is_written() {
    let check = |a: &str, b: &str| assert_eq!(law_key(a), law_key(b), "{a} {b}");
    check("《中华人民共和国行政许可法》", "中华人民共和国行政许可法");
    check("中华人民共和国行政许可法（2019年修正）", "《中华人民共和国行政许可法》");
    check("示例条例（国务院令第 250 号）", "示例条例");
    assert_ne!(law_key("示例办法（试行）"), law_key("示例办法"));
    assert_eq!(number_key("国办函〔2016〕108号"), number_key("国办函[2016] 108 号"));
}

#[test]
fn of_laws_with_one_title_the_one_of_the_number_is_meant_else_the_one_in_force() {
    let law = |number: &str, from, to| Law {
        title: "示例条例".into(),
        number: Some(number.into()),
        effective_on: Some(from),
        repealed_on: to,
        ..Law::default()
    };
    let old = law("国务院令第1号", date!(1990 - 1 - 1), Some(date!(2020 - 1 - 1)));
    let new = law("国务院令第2号", date!(2020 - 1 - 1), None);
    let laws = Laws::new(date!(2026 - 11 - 20), vec![old, new]);
    let find = |number: &str| {
        let citation = Citation { title: "《示例条例》", number, clause: "" };
        laws.find(citation).and_then(|it| it.number.clone()).unwrap()
    };
    assert_eq!(find(""), "国务院令第2号");
    assert_eq!(find("国务院令第 1 号"), "国务院令第1号");
    let unknown = Citation { title: "别的条例", number: "", clause: "" };
    assert_eq!(laws.find(unknown), None);
}

#[test]
fn the_laws_that_items_cite_are_gathered_with_what_they_give_of_them() {
    let item = content(json!({"basis": [
        {"id": "r1", "law": "《示例条例》", "number": "国务院令第1号", "clause": "第九条",
         "text": "应当登记。"},
        {"id": "r2", "law": "示例条例", "number": "国务院令第 1 号", "clause": "第十条、第九条",
         "text": "两条合在一起的话。"},
        {"id": "r3", "law": "示例办法"}, {"id": "r4", "clause": "第一条"}
    ]}));
    let laws = cited([&item]);
    assert_eq!(
        laws.iter().map(|it| it.title.as_str()).collect::<Vec<_>>(),
        ["示例办法", "示例条例"]
    );
    let articles: Vec<_> =
        laws[1].articles.iter().map(|it| (it.number.to_string(), it.text.as_str())).collect();
    assert_eq!(articles, [("第九条".into(), "应当登记。"), ("第十条".into(), "")]);
}

#[test]
fn what_an_item_uses_of_each_library_is_read_out_of_it() {
    let hash = "9".repeat(64);
    let item = content(json!({
        "basis": [{"id": "r1", "law": "《示例条例》"}, {"id": "r2", "clause": "第一条"}],
        "materials": [{"id": "r1", "name": "申请书", "blank_form": format!("file:{hash}/申请书.docx"),
                       "sample_form": "样表.docx"}],
        "windows": [{"id": "r1", "address": "一楼", "place": "77"}, {"id": "r2", "address": "二楼"}],
        "online.system": "示例审批系统"
    }));
    let used = |shelf: Shelf| shelf.used_by(&item).into_iter().collect::<Vec<_>>();
    assert_eq!(used(Shelf::Laws), ["示例条例"]);
    assert_eq!(used(Shelf::Attachments), [hash]);
    assert_eq!(used(Shelf::Places), ["77"]);
    assert_eq!(used(Shelf::Systems), ["示例审批系统"]);
    assert!(Shelf::ALL.iter().all(|it| it.used_by(&Content::new()).is_empty()));
}

#[test]
fn an_attachment_in_a_text_is_told_from_a_name() {
    let hash = "0123456789abcdef".repeat(4);
    let text = format!("file:{hash}/申请表（2026）.docx");
    let attached = Attached::parse(&text).unwrap();
    assert_eq!((attached.hash, attached.name), (hash.as_str(), "申请表（2026）.docx"));
    assert_eq!(attached.to_string(), text);
    assert_eq!(Attached::shown(&text), "申请表（2026）.docx");
    for other in ["申请表.docx", "file:", "file:abc/申请表.docx", &format!("file:{hash}/")] {
        assert_eq!((Attached::parse(other), Attached::shown(other)), (None, other));
    }
}

#[test]
fn a_reference_counts_where_files_are_put_and_nowhere_else() {
    let file = |digit: &str| format!("file:{}/表.docx", digit.repeat(64));
    let before = content(json!({
        "materials": [{"id": "r1", "blank_form": file("1"), "sample_form": "样表.docx"}]
    }));
    let after = content(json!({
        "summary": file("2"),
        "materials": [{"id": "r1", "name": file("3"), "blank_form": file("1"),
                       "sample_form": file("4")}],
        "outcomes": [{"id": "r1", "sample": file("5")}]
    }));
    let hashes = |of: Vec<Attached<'_>>| -> Vec<String> {
        of.iter().map(|it| it.hash[..1].to_owned()).collect()
    };
    assert_eq!(hashes(attachments(&after).collect()), ["1", "4", "5"]);
    assert_eq!(hashes(newly_attached(&before, &after)), ["4", "5"]);
    assert_eq!(newly_attached(&after, &before), []);
}

#[test]
fn what_can_run_or_hide_a_script_is_no_attachment() {
    use NotAttachable as N;
    let check = |name: &str, size, kind: Option<&str>, expected: Result<(), N>| {
        assert_eq!(check_attachment(name, size, kind), expected, "{name} {kind:?}");
    };
    check("申请表.pdf", 9, Some("application/pdf"), Ok(()));
    check("说明.txt", 9, Some("text/plain"), Ok(()));
    check(
        "申请表.pdf",
        9,
        Some("application/vnd.microsoft.portable-executable"),
        Err(N::Executable),
    );
    check("图.svg", 9, Some("image/svg+xml"), Err(N::Page));
    check("页.html", 9, Some("text/html"), Err(N::Page));
    check("谜", 9, None, Err(N::Unknown));
    check("空.pdf", 0, Some("application/pdf"), Err(N::Empty));
    check("大.pdf", LARGEST_ATTACHMENT + 1, Some("application/pdf"), Err(N::TooLarge));
    check("../a.pdf", 9, Some("application/pdf"), Err(N::Name));
}

#[test]
fn a_place_fills_rows_and_mends_those_that_came_from_it() {
    let place = Place {
        name: "政务服务中心".into(),
        address: "示例路 1 号二楼".into(),
        hours: "工作日 9:00–17:00".into(),
        phone: "0938-0000000".into(),
        windows: "8 号窗口\n9 号窗口｜0938-0000009".into(),
        ..Place::default()
    };
    let filled = |(window, _): (&str, &str)| {
        let mut new = row(serde_json::json!({"id": "r1"}));
        place.fill_as(PlaceId(77), window, &mut new);
        new
    };
    let mut rows: Vec<Row> = place.windows().map(filled).collect();
    let phones: Vec<_> = rows.iter().map(|it| (it.text("name"), it.text("phone"))).collect();
    assert_eq!(phones, [("8 号窗口", "0938-0000000"), ("9 号窗口", "0938-0000009")]);
    assert!(rows.iter().all(|row| Place::behind(row) == Some(PlaceId(77))));

    let moved = Place { address: "新址三楼".into(), hours: String::new(), ..place };
    rows[0].fields.insert("map".into(), Value::Text("https://example.org".into()));
    moved.fill(&mut rows[0]);
    assert_eq!((rows[0].text("address"), rows[0].text("hours")), ("新址三楼", ""));
    assert_eq!((rows[0].text("name"), rows[0].text("map")), ("8 号窗口", "https://example.org"));
    let own = Row { id: "r9".into(), fields: std::collections::BTreeMap::new() };
    assert_eq!(Place::behind(&own), None);
}

#[test]
fn a_row_that_was_written_by_hand_becomes_one_of_a_place() {
    let place = Place {
        name: "政务服务中心".into(),
        address: "示例路 1 号二楼".into(),
        windows: "8 号窗口｜0938-0000009".into(),
        ..Place::default()
    };
    let by_hand =
        serde_json::json!({"id": "r4", "name": "老窗口", "address": "老地方", "map": "图"});
    let mut window = row(by_hand);
    place.fill_as(PlaceId(7), "8 号窗口", &mut window);
    assert_eq!((window.text("name"), window.text("phone")), ("8 号窗口", "0938-0000009"));
    assert_eq!((window.text("address"), window.text("map")), ("示例路 1 号二楼", "图"));
    assert_eq!(Place::behind(&window), Some(PlaceId(7)));
    place.fill_as(PlaceId(7), "", &mut window);
    assert_eq!(window.text("name"), "8 号窗口", "a place without windows takes no name away");
}

#[test]
fn a_row_cites_a_law_and_an_article_of_the_library() {
    let number = |text: &str| ArticleNumber::parse(text).unwrap();
    let article = |text: &str, words: &str| Article {
        number: number(text),
        text: words.into(),
        effective_on: None,
        repealed_on: None,
    };
    let law = Law {
        title: "示例登记条例".into(),
        number: Some("国务院令第 1 号".into()),
        kind: Some("2".into()),
        effective_on: Some(date!(2020 - 1 - 1)),
        ..Law::default()
    };
    let other = serde_json::json!({"id": "r1", "law": "老条例", "issuer": "老机关", "clause": "第三条",
        "text": "老条文", "note": "留着"});
    let mut cited = row(other);
    law.cite(Some(&article("第九条", "应当登记。")), &mut cited);
    assert_eq!((cited.text("law"), cited.text("number")), ("示例登记条例", "国务院令第 1 号"));
    assert_eq!((cited.text("clause"), cited.text("text")), ("第九条", "应当登记。"));
    assert_eq!((cited.text("issuer"), cited.text("note")), ("", "留着"), "of another law no more");
    assert_eq!(cited.codes("kind"), ["2"]);

    let finer = serde_json::json!({"id": "r1", "law": "《示例登记条例》", "clause": "第九条第二款",
        "issuer": "国务院", "text": "应当"});
    let mut cited = row(finer);
    law.cite(Some(&article("第九条", "应当登记。")), &mut cited);
    assert_eq!((cited.text("clause"), cited.text("text")), ("第九条第二款", "应当登记。"));
    assert_eq!(cited.text("issuer"), "国务院", "what the library lacks stays");
    law.cite(Some(&article("第十条", "")), &mut cited);
    assert_eq!((cited.text("clause"), cited.text("text")), ("第十条", ""), "no other one's text");
    law.cite(None, &mut cited);
    assert_eq!(cited.text("clause"), "第十条");
}

fn row(json: serde_json::Value) -> Row {
    let content = content(serde_json::json!({ "rows": [json] }));
    content.rows("rows")[0].clone()
}

#[test]
fn what_is_registered_of_a_place_or_a_law_is_sound() {
    let place = Place { name: "中心".into(), address: "示例路".into(), ..Place::default() };
    let at =
        |coordinates: &str| Place { coordinates: coordinates.into(), ..place.clone() }.faults();
    assert_eq!((at(""), at("105.69, 34.58")), (vec![], vec![]));
    assert_eq!(
        (at("东边"), at("200,1")),
        (vec![PlaceFault::Coordinates], vec![PlaceFault::Coordinates])
    );
    assert_eq!(Place::default().faults(), [PlaceFault::Name, PlaceFault::Address]);
    let law = Law {
        effective_on: Some(date!(2020 - 1 - 1)),
        repealed_on: Some(date!(2019 - 1 - 1)),
        ..Law::default()
    };
    assert_eq!(law.faults(), [LawFault::Title, LawFault::Dates]);
}

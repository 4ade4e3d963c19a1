use std::sync::LazyLock;

use time::macros::date;

use super::*;
use crate::{
    content::{Row, Value},
    item::{BodyRef, ItemRecord},
    standard::{Place, Standard, Standards},
};

static STANDARDS: LazyLock<Standards> = LazyLock::new(|| Standards::shipped().unwrap());

fn standard() -> &'static Standard {
    STANDARDS.national()
}

fn spot(text: &str, row: Option<usize>) -> Spot<'_> {
    Spot { text, row, row_has_picture: false }
}

fn text(text: &str) -> Value {
    Value::Text(text.into())
}

fn row(name: &str) -> Row {
    Row { id: name.into(), fields: [("name".to_owned(), text(name))].into() }
}

fn record() -> ItemRecord {
    let content = Content::new()
        .with("name", text("企业投资项目核准"))
        .with("materials", Value::Rows(vec![row("项目申请报告"), row("资信证明")]));
    ItemRecord {
        standard: "national".into(),
        region: "620524".parse().unwrap(),
        body: BodyRef {
            name: "武山县发展和改革局".into(), credit_code: None, letters: None
        },
        code: Some("62052400FG-XK-0001".into()),
        kind: "01".into(),
        parent: None,
        position: None,
        effective_on: None,
        content,
    }
}

#[test]
fn a_field_is_known_by_label_by_key_and_by_the_spellings_of_headers() {
    for (written, place) in [
        ("事项名称", Place::Element("name".into())),
        (" 事项 名称 ", Place::Element("name".into())),
        ("name", Place::Element("name".into())),
        ("limits.promised", Place::Element("limits.promised".into())),
        ("事项编码", "item.code".parse().unwrap()),
        ("实施主体", "body.name".parse().unwrap()),
        ("区划名称", "region.name".parse().unwrap()),
    ] {
        assert_eq!(
            TemplateField::parse(written, standard()),
            Ok(TemplateField::Datum(place)),
            "{written}"
        );
    }
    let column = TemplateField::Column { list: "materials".into(), column: "name".into() };
    for written in ["申请材料.材料名称", "申请材料．name", "materials[].name", "材料名称"]
    {
        assert_eq!(TemplateField::parse(written, standard()), Ok(column.clone()), "{written}");
    }
    let number = TemplateField::RowNumber { list: "materials".into() };
    assert_eq!(TemplateField::parse("申请材料.序号", standard()), Ok(number));
    assert_eq!(TemplateField::parse("文号", standard()), Ok(TemplateField::Number));
}

#[test]
fn what_is_asked_is_declared_in_the_template() {
    let ask = |label: &str, is_required, is_long| {
        Ok(TemplateField::Asked(Ask { label: label.into(), is_required, is_long }))
    };
    assert_eq!(TemplateField::parse("填写:申请人", standard()), ask("申请人", true, false));
    assert_eq!(TemplateField::parse("填写多行：核准意见", standard()), ask("核准意见", true, true));
    assert_eq!(TemplateField::parse("选填：备注", standard()), ask("备注", false, false));
    assert_eq!(TemplateField::parse("填写:", standard()), Err(FieldFault::Unnamed));
    let both = [spot("填写:备注", None), spot("选填:备注", None)];
    let read = read_fields(&both, standard());
    assert_eq!(read[1], Err(FieldFault::AskedTwice { label: "备注".into() }));
}

#[test]
fn an_unknown_field_is_told_with_what_is_like_it_and_the_way_out() {
    let fault = TemplateField::parse("事项的名称", standard()).unwrap_err().to_string();
    assert!(fault.contains("“事项的名称”不是事项的要素"), "{fault}");
    assert!(fault.contains("{{事项名称}}") && fault.contains("{{填写:事项的名称}}"), "{fault}");
    let fault = TemplateField::parse("申请材料.颜色", standard()).unwrap_err().to_string();
    assert!(fault.contains("没有“颜色”这一列") && fault.contains("材料名称"), "{fault}");
}

#[test]
fn a_column_stands_in_a_row_of_its_own_list() {
    let spots = [
        spot("申请材料.材料名称", None),
        spot("申请材料.序号", Some(7)),
        spot("办理结果.结果名称", Some(7)),
        Spot { row_has_picture: true, ..spot("申请材料.序号", Some(9)) },
    ];
    let read = read_fields(&spots, standard());
    assert_eq!(read[0], Err(FieldFault::NotInARow { text: "申请材料.材料名称".into() }));
    assert!(read[1].is_ok());
    let (first, second) = ("申请材料".to_owned(), "办理结果".to_owned());
    assert_eq!(read[2], Err(FieldFault::TwoLists { first, second }));
    assert_eq!(read[3], Err(FieldFault::Picture));
}

#[test]
fn fields_are_filled_from_the_item_the_day_and_the_form() {
    let record = record();
    let answers: Answers = [("申请人".to_owned(), " 某某有限责任公司\n".to_owned())].into();
    let paper = Paper {
        record: &record,
        standard: standard(),
        number: "深审核准〔2026〕1号",
        on: date!(2026 - 11 - 25),
        answers: &answers,
    };
    for (field, said) in [
        ("文号", "深审核准〔2026〕1号"),
        ("成文日期", "2026年11月25日"),
        ("成文日期大写", "二〇二六年十一月二十五日"),
        ("事项名称", "企业投资项目核准"),
        ("实施主体", "武山县发展和改革局"),
        ("填写:申请人", "某某有限责任公司"),
        ("选填:备注", ""),
        ("受理条件", ""),
    ] {
        let field = TemplateField::parse(field, standard()).unwrap();
        assert_eq!(paper.say(&field), Said::Text(said.into()), "{field:?}");
    }
    let column = |field| paper.say(&TemplateField::parse(field, standard()).unwrap());
    let said = |cells: [&str; 2]| Said::Column(cells.map(str::to_owned).to_vec());
    assert_eq!(column("申请材料.序号"), said(["1", "2"]));
    assert_eq!(column("申请材料.材料名称"), said(["项目申请报告", "资信证明"]));
}

#[test]
fn a_day_is_written_in_words_as_documents_write_it() {
    for (day, words) in [
        (date!(2026 - 01 - 01), "二〇二六年一月一日"),
        (date!(2026 - 10 - 10), "二〇二六年十月十日"),
        (date!(2030 - 12 - 20), "二〇三〇年十二月二十日"),
        (date!(2026 - 11 - 30), "二〇二六年十一月三十日"),
    ] {
        assert_eq!(day_in_words(day), words);
    }
}

#[test]
fn a_number_has_the_year_in_hexagonal_brackets_whatever_was_typed() {
    for typed in
        ["深审核准〔{年}〕{序号}号", "深审核准（{年}）{序号}号", " 深审核准[｛年｝]{序号}号 "]
    {
        let rule = NumberRule::parse(typed).unwrap();
        assert_eq!(rule.number(2026, 7), "深审核准〔2026〕7号", "{typed}");
        assert_eq!(NumberRule::parse(&rule.to_string()), Ok(rule));
    }
    let rule = NumberRule::parse("WS-{年}-{序号}").unwrap();
    assert_eq!(rule.number(2026, 12), "WS-2026-12");
}

#[test]
fn a_rule_that_could_give_one_number_twice_is_refused() {
    for (typed, fault) in [
        ("深审核准", NumberFault::Marks),
        ("深审核准〔{年}〕号", NumberFault::Marks),
        ("深审核准{序号}〔{年}〕号", NumberFault::Marks),
        ("〔{年}〕{序号}{序号}号", NumberFault::Marks),
        ("深{年}{序号}号", NumberFault::Digits),
        ("深〔{年}〕1{序号}号", NumberFault::Digits),
        ("深〔{年}〕{序号}0号", NumberFault::Digits),
        ("深2〔{年}〕第{序号}号", NumberFault::Ordinal),
    ] {
        assert_eq!(NumberRule::parse(typed), Err(fault), "{typed}");
    }
    assert_eq!(NumberRule::parse(&"深".repeat(61)), Err(NumberFault::Long));
}

#[test]
fn what_an_item_leads_to_is_what_a_template_may_be_of() {
    let outcomes_of = |content: Content| outcomes(&content).map(str::to_owned).collect::<Vec<_>>();
    assert!(outcomes_of(Content::new()).is_empty());
    let content = Content::new().with("outcomes", Value::Rows(vec![row("核准的批复")]));
    assert_eq!(outcomes_of(content), ["核准的批复"]);
}

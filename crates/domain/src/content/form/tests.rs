use proptest::prelude::*;
use time::macros::date;

use super::*;
use crate::{
    checks,
    content::{
        Content, Limit, LimitUnit, Money, Row, Value,
        arbitrary::{content, strange_content, wushan},
    },
    item::{BodyRef, ItemRecord},
    standard::Element,
};

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

fn row(id: &str, name: &str) -> Row {
    Row { id: id.to_owned(), fields: [("name".to_owned(), text(name))].into() }
}

fn pairs(form: &[(&str, &str)]) -> Vec<(String, String)> {
    form.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
}

fn read(form: &[(&str, &str)], base: &Content) -> Content {
    read_form(&pairs(form), base, wushan())
}

/// Checks what one element holds after a form was sent over `was`.
#[track_caller]
fn check(element: &str, was: Option<Value>, form: &[(&str, &str)], expected: Option<Value>) {
    let base = was.into_iter().fold(Content::new(), |it, value| it.with(element, value));
    assert_eq!(read(form, &base).get(element), expected.as_ref(), "{form:?}");
}

#[test]
fn each_kind_of_value_is_read_from_its_field() {
    let promised = |form: &[(&str, &str)], limit| {
        check("limits.promised", None, form, Some(Value::Limit(limit)));
    };
    promised(&[("limits.promised", "15")], Limit::working_days(15));
    promised(
        &[("limits.promised", "15"), ("limits.promised.unit", "日")],
        Limit::new(15, LimitUnit::Day),
    );
    promised(
        &[("limits.promised", "3个月"), ("limits.promised.unit", "日")],
        Limit::new(3, LimitUnit::Month),
    );
    promised(&[("limits.promised", "即办")], Limit::IMMEDIATE);
    check("visits", None, &[("visits", "2")], Some(Value::Number(2)));
    check("visits", Some(Value::Number(2)), &[("visits", "")], None);
    let charged = |answer, flag| {
        check("fees.charged", Some(Value::Flag(true)), &[("fees.charged", answer)], flag);
    };
    charged("false", Some(Value::Flag(false)));
    charged("true", Some(Value::Flag(true)));
    charged("", None);
    let form = [("fees[]", "a"), ("fees[a].name", "工本费"), ("fees[a].amount", "10.5")];
    let fee = read(&form, &Content::new()).rows("fees")[0].clone();
    assert_eq!(fee.fields["amount"], Value::Money(Money { fen: 1_050 }));
    let form = [("basis[b].effective_on", "2016年2月6日")];
    let basis = read(&form, &Content::new()).rows("basis")[0].clone();
    assert_eq!(basis.fields["effective_on"], Value::Date { date: date!(2016 - 02 - 06) });
}

#[test]
fn codes_are_ticked_one_by_one_and_none_is_an_answer() {
    let codes = |codes: &[&str]| Value::Codes(codes.iter().map(|it| (*it).to_owned()).collect());
    let all = &wushan().list("object").unwrap().entries;
    let [one, other] = [0, 1].map(|at| all[at].code.as_str());
    let key = "service.objects";
    check(
        key,
        None,
        &[(key, ""), (key, one), (key, other), (key, one)],
        Some(codes(&[one, other])),
    );
    check(key, None, &[(key, &all[0].label)], Some(codes(&[one])));
    check(key, Some(codes(&[one])), &[(key, "")], None);
    check(key, Some(codes(&[one])), &[], Some(codes(&[one])));
    let odd = codes(&["甲、乙"]);
    check(key, Some(odd), &[(key, "甲、乙"), (key, one)], Some(codes(&["甲、乙", one])));
}

#[test]
fn what_can_not_be_read_stays_as_it_was_written_and_is_found() {
    let form =
        [("visits", "看情况"), ("limits.promised", "尽快"), ("materials[r1].quantity", "若干")];
    let base = Content::new().with("materials", Value::Rows(vec![row("r1", "申请书")]));
    let content = read(&form, &base);
    assert_eq!(content.get("visits"), Some(&text("看情况")));
    assert_eq!(content.get("limits.promised"), Some(&text("尽快")));
    assert_eq!(content.rows("materials")[0].text("quantity"), "若干");
    let record = record(content);
    let nothing = std::collections::BTreeSet::new();
    let subject = checks::Subject { record: &record, standard: wushan(), surroundings: &nothing };
    let found = checks::run(&subject).into_iter().filter(|it| it.rule == "Q0b");
    let places: Vec<String> = found.map(|it| it.element).collect();
    assert_eq!(places, ["limits.promised", "materials[].quantity", "visits"]);
}

fn record(content: Content) -> ItemRecord {
    ItemRecord {
        standard: "wushan".into(),
        region: "620524".parse().unwrap(),
        body: BodyRef { name: "武山县民政局".into(), credit_code: None, letters: None },
        code: None,
        kind: "XK".into(),
        parent: None,
        position: None,
        effective_on: None,
        content,
    }
}

#[test]
fn a_text_stands_as_it_is_written() {
    let key = "summary";
    check(key, None, &[(key, "无")], Some(text("无")));
    check(key, None, &[(key, " 第一行\r\n第二行 \r\n")], Some(text("第一行\n第二行")));
    check(key, Some(text("原来的")), &[(key, " ")], None);
    check(key, Some(text("两行\r\n两行 ")), &[(key, "两行\n两行")], Some(text("两行\r\n两行 ")));
}

#[test]
fn a_file_goes_through_a_form_as_it_is_held() {
    let held = text(&format!("file:{}/申请表.pdf", "0".repeat(64)));
    let mut form = row("r1", "申请书");
    form.fields.insert("blank_form".to_owned(), held);
    let written = Content::new().with("materials", Value::Rows(vec![form]));
    let sent = form_pairs(&written, wushan());
    // Over another base, as after a conflict.
    assert_eq!(read_form(&sent, &Content::new(), wushan()), written);
}

#[test]
fn a_form_of_one_section_changes_nothing_else() {
    let base = Content::new()
        .with("name", text("示例许可"))
        .with("visits", Value::Number(1))
        .with("materials", Value::Rows(vec![row("r1", "申请书"), row("r2", "户口簿")]))
        .with("not.in.the.standard", text("别处来的"));
    assert_eq!(read(&[("visits", "2")], &base), base.clone().with("visits", Value::Number(2)));
    assert_eq!(read(&[("not.in.the.standard", "x"), ("nothing", "x")], &base), base);
    let renamed =
        base.clone().with("materials", Value::Rows(vec![row("r1", "申请书"), row("r2", "户口本")]));
    assert_eq!(read(&[("materials[r2].name", "户口本")], &base), renamed);
}

/// Checks the materials, as `id:name`, after a form was sent over 甲 and 乙.
#[track_caller]
fn check_rows(form: &[(&str, &str)], expected: &str) {
    let base =
        Content::new().with("materials", Value::Rows(vec![row("r1", "甲"), row("r2", "乙")]));
    let content = read(form, &base);
    let rows = content.rows("materials").iter();
    let rows = rows.map(|row| format!("{}:{}", row.id, row.text("name")));
    assert_eq!(rows.collect::<Vec<_>>().join(" "), expected);
}

#[test]
fn the_rows_of_a_list_are_those_that_the_form_names_in_its_order() {
    check_rows(&[("materials[]", ""), ("materials[]", "r2"), ("materials[]", "r1")], "r2:乙 r1:甲");
    check_rows(&[("materials[]", ""), ("materials[]", "r2")], "r2:乙");
    check_rows(&[("materials[]", "")], "");
    let added = [("materials[]", "r1"), ("materials[]", "k-7"), ("materials[]", "r2")];
    check_rows(&[&added[..], &[("materials[k-7].name", "丙")]].concat(), "r1:甲 k-7:丙 r2:乙");
    check_rows(&added, "r1:甲 r2:乙");
    check_rows(&[("materials[k7].name", "丙")], "r1:甲 r2:乙 k7:丙");
    check_rows(&[("materials[r1].name", "")], "r2:乙");
    check_rows(&[("materials[没有.点].name", "丙")], "r1:甲 r2:乙 r3:丙");
}

#[test]
fn a_list_that_was_kept_as_text_is_one_field() {
    let was = || Some(text("申请书；户口簿"));
    check("materials", was(), &[("materials", "申请书；户口簿")], was());
    let rows = Value::Rows(vec![row("r1", "申请书"), row("r2", "户口簿")]);
    check("materials", was(), &[("materials", "申请书\n户口簿")], Some(rows));
}

proptest! {
    #[test]
    fn a_form_that_nobody_touched_changes_nothing(content in strange_content()) {
        let form = form_pairs(&content, wushan());
        prop_assert_eq!(read_form(&form, &content, wushan()), content);
    }

    #[test]
    fn a_form_says_all_of_a_content(content in content()) {
        let form = form_pairs(&content, wushan());
        prop_assert_eq!(read_form(&form, &Content::new(), wushan()), content);
    }

    #[test]
    fn one_content_s_form_over_another_gives_the_first(old in content(), new in content()) {
        let form = form_pairs(&new, wushan());
        prop_assert_eq!(read_form(&form, &old, wushan()), new);
    }
}

/// Checks the ids of the rows after a button was pressed.
#[track_caller]
fn check_edit(button: &str, expected: &str) {
    let rows = [row("r1", "甲"), row("r4", "乙"), row("x.y", "丙")];
    let (element, edit) = RowEdit::parse(button, wushan()).expect(button);
    assert_eq!(element.key, "materials");
    let ids: Vec<String> = edit.apply(&rows).into_iter().map(|row| row.id).collect();
    assert_eq!(ids.join(" "), expected, "{button}");
}

#[test]
fn rows_are_added_copied_deleted_and_moved() {
    check_edit("materials.add", "r1 r4 x.y r5");
    check_edit("materials.r1.copy", "r1 r5 r4 x.y");
    check_edit("materials.r4.delete", "r1 x.y");
    check_edit("materials.r4.up", "r4 r1 x.y");
    check_edit("materials.r1.up", "r1 r4 x.y");
    check_edit("materials.r4.down", "r1 x.y r4");
    check_edit("materials.x.y.down", "r1 r4 x.y");
    check_edit("materials.x.y.to-1", "x.y r1 r4");
    check_edit("materials.r1.to-9", "r4 x.y r1");
    check_edit("materials.gone.delete", "r1 r4 x.y");
    for other in ["materials", "materials.", "materials.r1", "materials.r1.to-", "name.add", "add"]
    {
        assert_eq!(RowEdit::parse(other, wushan()), None, "{other}");
    }
}

#[test]
fn a_copied_row_says_the_same_under_another_id() {
    let rows = RowEdit::Copy("r1".into()).apply(&[row("r1", "甲")]);
    assert_eq!(rows, [row("r1", "甲"), row("r2", "甲")]);
    assert_eq!(RowEdit::Add.apply(&[])[0], Row { id: "r1".into(), fields: Default::default() });
}

fn materials() -> &'static Element {
    wushan().element("materials").unwrap()
}

/// Checks what is pasted below 甲: the new rows as `name/quantity`, and the columns left out.
#[track_caller]
fn check_paste(pasted: &str, expected: &[&str], left_out: &[&str]) {
    let result = paste_rows(&[row("r7", "甲")], pasted, materials(), wushan());
    let new = result.rows.iter().skip(1);
    let told = new.map(|row| match row.number("quantity") {
        Some(quantity) => format!("{}/{quantity}", row.text("name")),
        None => row.text("name").to_owned(),
    });
    assert_eq!(told.collect::<Vec<_>>(), expected);
    assert_eq!(result.left_out, left_out);
    assert_eq!((result.rows[0].clone(), result.n_added), (row("r7", "甲"), expected.len()));
    let ids: Vec<&str> = result.rows.iter().map(|row| row.id.as_str()).collect();
    assert_eq!(ids, &["r7", "r8", "r9", "r10"][..ids.len()]);
}

#[test]
fn a_piece_of_a_spreadsheet_with_headers_is_pasted_in_any_order() {
    check_paste("份数\t材料名称\n2\t申请书\n1\t户口簿\n", &["申请书/2", "户口簿/1"], &[]);
    check_paste("序号\t名称\t份数\r\n1\t申请书\t2\r\n", &["申请书/2"], &[]);
    check_paste("材料名称\t谁来交\t备用\n申请书\t本人\t\n", &["申请书"], &["谁来交"]);
    check_paste("材料名称\n申请书\n\n户口簿", &["申请书", "户口簿"], &[]);
    check_paste("材料名称\n申请书\t2", &["申请书"], &["第 2 列"]);
}

#[test]
fn without_headers_the_columns_are_the_list_s_own() {
    check_paste("申请书\n户口簿", &["申请书", "户口簿"], &[]);
    check_paste("1\t申请书\n2\t户口簿", &["申请书", "户口簿"], &[]);
    let necessity = &wushan().list("necessity").unwrap().entries[0];
    let pasted = format!("申请书\t{}", necessity.label);
    let result = paste_rows(&[], &pasted, materials(), wushan());
    assert_eq!(result.rows[0].codes("necessity"), [necessity.code.as_str()]);
    check_paste("", &[], &[]);
    check_paste("\n \t \n", &[], &[]);
}

#[test]
fn a_cell_with_line_breaks_is_one_cell() {
    check_paste(
        "\"申请书\n（一式\t两份）\"\n\"说\"\"明\"\"书\"",
        &["申请书\n（一式\t两份）", "说\"明\"书"],
        &[],
    );
    check_paste("\"申请书\n户口簿\"等\n", &["\"申请书", "户口簿\"等"], &[]);
}

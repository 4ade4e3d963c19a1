use proptest::prelude::*;

use super::*;
use crate::content::{
    Row,
    arbitrary::{content, edited, edits, strange_content, wushan},
};

fn row(id: &str, fields: &[(&str, &str)]) -> Row {
    let fields = fields.iter().map(|(key, it)| ((*key).to_owned(), Value::Text((*it).to_owned())));
    Row { id: id.to_owned(), fields: fields.collect() }
}

/// A row for each letter, with an id of its own.
fn materials(names: &str) -> Content {
    let rows = names.chars().map(|name| row(&format!("r-{name}"), &[("name", &name.to_string())]));
    Content::new().with("materials", Value::Rows(rows.collect()))
}

/// Says what changed in the materials: `+甲@2` added as third, `-甲@2` gone, `甲 0→2` moved,
/// `甲 name` changed in this field.
#[track_caller]
fn check_rows(old: &Content, new: &Content, expected: &[&str]) {
    let changes = diff(old, new, wushan());
    let rows = changes.iter().flat_map(|change| match &change.difference {
        Difference::Rows(rows) => rows.as_slice(),
        Difference::Value { .. } => panic!("{change:?}"),
    });
    let told = rows.map(|change| {
        let name = change.row().text("name");
        match change {
            RowChange::Added { to, .. } => format!("+{name}@{to}"),
            RowChange::Removed { from, .. } => format!("-{name}@{from}"),
            RowChange::Kept { from, to, is_moved, fields, .. } => {
                let moved = is_moved.then(|| format!("{from}→{to}"));
                let fields = fields.iter().map(|it| it.field.clone());
                format!("{name} {}", moved.into_iter().chain(fields).collect::<Vec<_>>().join(" "))
            }
        }
    });
    assert_eq!(told.collect::<Vec<_>>(), expected);
}

#[test]
fn only_the_rows_that_moved_are_called_moved() {
    check_rows(&materials("甲乙丙丁"), &materials("甲丁乙丙"), &["丁 3→1"]);
    check_rows(&materials("甲乙丙丁"), &materials("乙丙丁甲"), &["甲 0→3"]);
    check_rows(&materials("甲乙丙"), &materials("新甲乙丙"), &["+新@0"]);
    check_rows(&materials("甲乙丙"), &materials("乙丙"), &["-甲@0"]);
    check_rows(&materials("甲乙丙"), &materials("丙新乙"), &["丙 2→0", "+新@1", "-甲@0"]);
}

#[test]
fn a_row_is_known_by_its_id_then_by_what_it_says_then_by_its_name() {
    let list = |rows: &[Row]| Content::new().with("materials", Value::Rows(rows.to_vec()));
    let old =
        list(&[row("r1", &[("name", "甲")]), row("r2", &[("name", "乙"), ("condition", "无房")])]);
    let renamed = list(&[row("r1", &[("name", "甲的新名")]), row("r2", &[("name", "乙")])]);
    check_rows(&old, &renamed, &["甲的新名 name", "乙 condition"]);
    let brought_again = list(&[row("x2", &[("name", "乙")]), row("x1", &[("name", "甲")])]);
    check_rows(&old, &brought_again, &["乙 1→0 condition"]);
    let [same, other] = ["r9", "r1"].map(|id| list(&[row(id, &[("name", "甲")])]));
    assert_eq!(diff(&same, &other, wushan()), []);
}

#[test]
fn values_are_told_in_the_order_of_the_standard_and_none_is_left_out() {
    let text = |text: &str| Value::Text(text.to_owned());
    let old = Content::new().with("z.unknown", text("旧")).with("visits", Value::Number(2));
    let new = Content::new().with("z.unknown", text("新")).with("name", text("无"));
    let changes = diff(&old, &new, wushan());
    let told: Vec<_> = changes
        .into_iter()
        .map(|change| match change.difference {
            Difference::Value { before, after } => (change.element, before, after),
            Difference::Rows(_) => panic!("{}", change.element),
        })
        .collect();
    let expected = [
        ("name", None, Some(text("无"))),
        ("visits", Some(Value::Number(2)), None),
        ("z.unknown", Some(text("旧")), Some(text("新"))),
    ];
    assert_eq!(told, expected.map(|(key, before, after)| (key.to_owned(), before, after)));
}

/// Checks the pieces, written as `同[-删-]{+加+}`.
#[track_caller]
fn check_text(old: &str, new: &str, expected: &str) {
    let pieces = text_pieces(old, new).into_iter().map(|piece| match piece {
        TextPiece::Same(text) => text,
        TextPiece::Removed(text) => format!("[-{text}-]"),
        TextPiece::Added(text) => format!("{{+{text}+}}"),
    });
    assert_eq!(pieces.collect::<String>(), expected);
}

#[test]
fn text_is_compared_by_words() {
    check_text(
        "有合法的资产，注册资金不少于3万元",
        "有合法的资产，活动资金不少于3万元",
        "有合法的资产，[-注册-]{+活动+}资金不少于3万元",
    );
    check_text(
        "核对场所使用权证明原件",
        "核对场所使用权证明和章程原件",
        "核对场所使用权证明{+和章程+}原件",
    );
    check_text("20个工作日", "15个工作日", "[-20-]{+15+}个工作日");
    check_text("电话0938-1234567", "电话0938-1239567", "电话0938-[-1234567-]{+1239567+}");
    check_text("", "新写的", "{+新写的+}");
    check_text("不变", "不变", "不变");
    check_text("", "", "");
}

#[test]
fn two_sentences_with_little_in_common_are_shown_whole() {
    check_text(
        "由县民政局受理后办理",
        "到二楼的窗口办",
        "[-由县民政局受理后办理-]{+到二楼的窗口办+}",
    );
}

#[test]
fn two_long_texts_without_a_word_in_common_are_compared_in_a_moment() {
    let long = |from: u32| -> String {
        (0..40_000).filter_map(|at| char::from_u32(from + at * 7 % 5_000)).collect()
    };
    assert_eq!(text_pieces(&long(0x4e00), &long(0x6e00)).len(), 2);
}

/// Does to `old` what the changes say.
fn applied(old: &Content, changes: &[ElementChange]) -> Content {
    let mut content = old.clone();
    for change in changes {
        match &change.difference {
            Difference::Value { after: Some(value), .. } => {
                content.put(&change.element, value.clone());
            }
            Difference::Value { after: None, .. } => drop(content.remove(&change.element)),
            Difference::Rows(rows) => {
                let rows = rows_applied(old.rows(&change.element), rows);
                content.put(&change.element, Value::Rows(rows));
            }
        }
    }
    content
}

/// What was added or moved has its place, and the others fill what is left, in their order.
fn rows_applied(old: &[Row], changes: &[RowChange]) -> Vec<Row> {
    let mut left: Vec<Option<Row>> = old.iter().cloned().map(Some).collect();
    let mut placed: Vec<(usize, Row)> = Vec::new();
    for change in changes {
        match change {
            RowChange::Added { row, to } => placed.push((*to, row.clone())),
            RowChange::Removed { from, .. } => left[*from] = None,
            RowChange::Kept { from, to, is_moved, fields, .. } => {
                let mut row = left[*from].take().unwrap();
                for FieldChange { field, before, after } in fields {
                    assert_eq!(row.fields.get(field), before.as_ref());
                    match after {
                        Some(value) => drop(row.fields.insert(field.clone(), value.clone())),
                        None => drop(row.fields.remove(field)),
                    }
                }
                if *is_moved { placed.push((*to, row)) } else { left[*from] = Some(row) }
            }
        }
    }
    let mut rows: Vec<Row> = left.into_iter().flatten().collect();
    placed.sort_by_key(|(to, _)| *to);
    placed.into_iter().for_each(|(to, row)| rows.insert(to, row));
    rows
}

fn without_ids(content: &Content) -> Vec<(String, Value)> {
    let anonymous = |(key, value): (&str, &Value)| {
        let mut value = value.clone();
        if let Value::Rows(rows) = &mut value {
            rows.iter_mut().for_each(|row| row.id.clear());
        }
        (key.to_owned(), value)
    };
    content.iter().map(anonymous).collect()
}

proptest! {
    #[test]
    fn doing_what_changed_to_the_old_gives_the_new(old in content(), edits in edits()) {
        let new = edited(&old, &edits);
        let changes = diff(&old, &new, wushan());
        let result = applied(&old, &changes);
        prop_assert_eq!(without_ids(&result), without_ids(&new));
    }

    #[test]
    fn so_it_is_for_any_two_contents(old in strange_content(), new in strange_content()) {
        let result = applied(&old, &diff(&old, &new, wushan()));
        prop_assert_eq!(without_ids(&result), without_ids(&new));
    }

    #[test]
    fn the_pieces_of_a_text_are_both_texts(old in "[甲乙丙a1 \n]{0,12}", new in "[甲乙丙a1 \n]{0,12}") {
        let (mut before, mut after) = (String::new(), String::new());
        for piece in text_pieces(&old, &new) {
            match piece {
                TextPiece::Same(text) => {
                    before += &text;
                    after += &text;
                }
                TextPiece::Removed(text) => before += &text,
                TextPiece::Added(text) => after += &text,
            }
        }
        prop_assert_eq!((before, after), (old, new));
    }
}

use proptest::prelude::*;

use super::*;
use crate::{
    content::{
        Limit,
        arbitrary::{content, edited, edits, strange_content, wushan},
    },
    edition::diff,
};

fn row(id: &str, name: &str, condition: &str) -> Row {
    let fields = [("name", name), ("condition", condition)].into_iter();
    let fields = fields.filter(|(_, it)| !it.is_empty());
    let fields = fields.map(|(key, it)| (key.to_owned(), Value::Text(it.to_owned()))).collect();
    Row { id: id.to_owned(), fields }
}

fn materials(rows: &[Row]) -> Content {
    Content::new().with("materials", Value::Rows(rows.to_vec()))
}

/// Checks the materials, as `id:name/condition`, and where they conflict.
#[track_caller]
fn check(base: &[Row], mine: &[Row], theirs: &[Row], expected: &str, conflicts: &[Spot]) {
    let [base, mine, theirs] = [base, mine, theirs].map(materials);
    let merged = merge(&base, &mine, &theirs, wushan());
    let rows = merged.content.rows("materials").iter();
    let rows = rows.map(|row| format!("{}:{}/{}", row.id, row.text("name"), row.text("condition")));
    assert_eq!(rows.collect::<Vec<_>>().join(" "), expected);
    let found: Vec<Spot> = merged.conflicts.iter().map(|it| it.spot.clone()).collect();
    assert_eq!(found, conflicts);
}

#[test]
fn what_two_people_changed_at_different_places_is_taken_from_both() {
    let text = |text: &str| Value::Text(text.to_owned());
    let base = Content::new().with("summary", text("旧")).with("contacts.consult", text("12345"));
    let mine = base.clone().with("summary", text("新"));
    let mut theirs = base.clone().with("visits", Value::Number(1));
    theirs.remove("contacts.consult");
    let merged = merge(&base, &mine, &theirs, wushan());
    assert_eq!(merged.conflicts, []);
    let expected = Content::new().with("summary", text("新")).with("visits", Value::Number(1));
    assert_eq!(merged.content, expected);
}

#[test]
fn what_both_changed_differently_waits_for_a_choice_and_mine_stays() {
    let promised =
        |days| Content::new().with("limits.promised", Value::Limit(Limit::working_days(days)));
    let merged = merge(&promised(20), &promised(15), &promised(18), wushan());
    let [base, mine, theirs] =
        [20, 15, 18].map(|days| promised(days).get("limits.promised").cloned());
    let element = "limits.promised".to_owned();
    assert_eq!(merged.conflicts, [Conflict { element, spot: Spot::Whole, base, mine, theirs }]);
    assert_eq!(merged.content, promised(15));
    let mut settled = merged.content;
    merged.conflicts[0].take_theirs(&mut settled);
    assert_eq!(settled, promised(18));
    assert_eq!(merge(&promised(20), &promised(15), &promised(15), wushan()).conflicts, []);
}

#[test]
fn a_row_that_is_still_to_be_filled_stays() {
    let base = [row("r1", "甲", ""), row("r2", "", "")];
    check(&base, &base, &base, "r1:甲/ r2:/", &[]);
    let emptied = [row("r1", "", ""), row("r2", "", "")];
    check(&base, &emptied, &base, "r1:/ r2:/", &[]);
    check(&base, &base, &emptied, "r1:/ r2:/", &[]);
    // Taken apart from both sides until nothing is left, it is gone.
    let both = [row("r1", "甲", "无房")];
    check(&both, &[row("r1", "甲", "")], &[row("r1", "", "无房")], "", &[]);
}

#[test]
fn rows_are_merged_one_by_one_and_field_by_field() {
    let base = [row("r1", "甲", ""), row("r2", "乙", "")];
    let mine = [row("r1", "甲改", ""), row("r2", "乙", "")];
    let theirs = [row("r1", "甲", "无房"), row("r2", "乙", ""), row("r3", "丙", "")];
    check(&base, &mine, &theirs, "r1:甲改/无房 r2:乙/ r3:丙/", &[]);
    let theirs = [row("r1", "甲另改", ""), row("r2", "乙", "")];
    let field = Spot::Field { row: "r1".into(), field: "name".into() };
    check(&base, &mine, &theirs, "r1:甲改/ r2:乙/", &[field]);
}

#[test]
fn a_row_that_one_took_away_and_the_other_changed_waits_for_a_choice() {
    let base = [row("r1", "甲", ""), row("r2", "乙", "")];
    let [without, changed] =
        [vec![row("r2", "乙", "")], vec![row("r1", "甲改", ""), row("r2", "乙", "")]];
    check(&base, &without, &base, "r2:乙/", &[]);
    check(&base, &base, &without, "r2:乙/", &[]);
    check(&base, &changed, &without, "r1:甲改/ r2:乙/", &[Spot::Row("r1".into())]);
    check(&base, &without, &changed, "r2:乙/", &[Spot::Row("r1".into())]);
}

#[test]
fn two_new_rows_that_were_given_one_id_are_both_kept() {
    let base = [row("r1", "甲", "")];
    let [mine, theirs] = ["我的", "他的"].map(|name| [row("r1", "甲", ""), row("r2", name, "")]);
    check(&base, &mine, &theirs, "r1:甲/ r2:他的/ r3:我的/", &[]);
    check(&base, &mine, &mine, "r1:甲/ r2:我的/", &[]);
}

#[test]
fn an_order_that_both_changed_differently_waits_for_a_choice() {
    let [one, two, three] = ["甲", "乙", "丙"].map(|name| row(name, name, ""));
    let order = |rows: [&Row; 3]| rows.map(Row::clone);
    let base = order([&one, &two, &three]);
    let mine = order([&two, &one, &three]);
    let theirs = order([&one, &three, &two]);
    check(&base, &mine, &base, "乙:乙/ 甲:甲/ 丙:丙/", &[]);
    check(&base, &base, &theirs, "甲:甲/ 丙:丙/ 乙:乙/", &[]);
    check(&base, &mine, &theirs, "乙:乙/ 甲:甲/ 丙:丙/", &[Spot::Order]);
    let merged = merge(&materials(&base), &materials(&mine), &materials(&theirs), wushan());
    let mut settled = merged.content;
    merged.conflicts[0].take_theirs(&mut settled);
    assert_eq!(settled, materials(&theirs));
}

#[test]
fn a_row_taken_away_and_brought_again_is_kept_beside_one_that_they_added() {
    let base = [row("r1", "甲", ""), row("r2", "乙", "")];
    let mine = [row("r2", "乙", ""), row("r3", "甲", "无房")];
    let theirs = [row("r1", "甲", ""), row("r2", "乙", ""), row("r3", "丙", "")];
    check(&base, &mine, &theirs, "r2:乙/ r3:丙/ r4:甲/无房", &[]);
    let [base, mine, theirs] = [&base[..], &mine, &theirs].map(materials);
    check_nothing_is_lost(&base, &mine, &theirs).unwrap();
}

/// What stands at the place of a conflict.
fn at(content: &Content, conflict: &Conflict) -> Option<Value> {
    let rows = content.rows(&conflict.element);
    let row = |id: &str| rows.iter().find(|row| row.id == *id);
    match &conflict.spot {
        Spot::Whole => content.get(&conflict.element).cloned(),
        Spot::Row(id) => row(id).map(one),
        Spot::Field { row: id, field } => row(id)?.fields.get(field).cloned(),
        Spot::Order => None,
    }
}

proptest! {
    #[test]
    fn what_only_one_changed_is_taken_whole(base in strange_content(), edits in edits()) {
        let mine = edited(&base, &edits);
        for (mine, theirs, expected) in [(&mine, &base, &mine), (&base, &mine, &mine), (&mine, &mine, &mine)] {
            let merged = merge(&base, mine, theirs, wushan());
            prop_assert_eq!(&merged.conflicts, &[]);
            prop_assert_eq!(&merged.content, expected);
        }
    }

    #[test]
    fn nothing_that_either_changed_is_lost(base in content(), mine in edits(), theirs in edits()) {
        let [mine, theirs] = [mine, theirs].map(|edits| edited(&base, &edits));
        check_nothing_is_lost(&base, &mine, &theirs)?;
    }

    #[test]
    fn who_comes_second_does_not_matter_where_nothing_conflicts(
        base in content(),
        mine in edits(),
        theirs in edits(),
    ) {
        let [mine, theirs] = [mine, theirs].map(|edits| edited(&base, &edits));
        let [one, other] = [(&mine, &theirs), (&theirs, &mine)].map(|(a, b)| merge(&base, a, b, wushan()));
        prop_assert_eq!(one.conflicts.len(), other.conflicts.len());
        if one.conflicts.is_empty() {
            prop_assert_eq!(said(&one.content), said(&other.content));
        }
    }
}

/// What a content says, whatever the order and the ids of its rows.
fn said(content: &Content) -> Vec<(String, Vec<String>)> {
    let said = content.iter().map(|(key, value)| {
        let mut parts = match value {
            Value::Rows(rows) => rows.iter().map(|row| format!("{:?}", row.fields)).collect(),
            value => vec![format!("{value:?}")],
        };
        parts.sort();
        (key.to_owned(), parts)
    });
    said.collect()
}

fn check_nothing_is_lost(
    base: &Content,
    mine: &Content,
    theirs: &Content,
) -> Result<(), TestCaseError> {
    let merged = merge(base, mine, theirs, wushan());
    for conflict in &merged.conflicts {
        prop_assert_ne!(&conflict.mine, &conflict.theirs);
        if conflict.spot != Spot::Order {
            prop_assert_eq!(&at(&merged.content, conflict), &conflict.mine);
        }
        let mut settled = merged.content.clone();
        conflict.take_theirs(&mut settled);
        if conflict.spot != Spot::Order {
            prop_assert_eq!(&at(&settled, conflict), &conflict.theirs);
        }
    }
    let is_open = |key: &str| merged.conflicts.iter().any(|it| it.element == *key);
    for change in [diff(base, mine, wushan()), diff(base, theirs, wushan())].concat() {
        let key = change.element.as_str();
        match change.difference {
            crate::edition::Difference::Value { after, .. } if !is_open(key) => {
                prop_assert_eq!(merged.content.get(key), after.as_ref());
            }
            crate::edition::Difference::Rows(rows) if !is_open(key) => {
                check_rows_are_there(merged.content.rows(key), base.rows(key), &rows)?;
            }
            _ => {}
        }
    }
    Ok(())
}

/// A row that the diff knows by what it says, under another id, is for a merge one that is gone
/// and a new one.
fn check_rows_are_there(
    rows: &[Row],
    base: &[Row],
    changes: &[crate::edition::RowChange],
) -> Result<(), TestCaseError> {
    use crate::edition::RowChange;
    let find = |id: &str| rows.iter().find(|row| row.id == *id);
    let is_there = |row: &Row| rows.iter().any(|it| it.fields == row.fields);
    for change in changes {
        match change {
            RowChange::Added { row, .. } => prop_assert!(is_there(row), "{row:?}"),
            RowChange::Removed { row, .. } => prop_assert_eq!(find(&row.id), None),
            RowChange::Kept { row, from, .. } if base[*from].id != row.id => {
                prop_assert!(is_there(row), "{row:?}");
                prop_assert_eq!(find(&base[*from].id), None);
            }
            RowChange::Kept { row, fields, .. } => {
                for field in fields {
                    let value = find(&row.id).and_then(|row| row.fields.get(&field.field));
                    prop_assert_eq!(value, field.after.as_ref());
                }
            }
        }
    }
    Ok(())
}

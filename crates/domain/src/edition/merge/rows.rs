use std::collections::{BTreeMap, BTreeSet};

use super::{Conflict, Spot, either, one};
use crate::content::{Row, Value, next_row_id};

/// Returns the rows of a list that can be merged by ids; an absent one has none.
pub(super) fn as_rows(value: Option<&Value>) -> Option<&[Row]> {
    let rows = match value {
        None => return Some(&[]),
        Some(Value::Rows(rows)) => rows,
        Some(_) => return None,
    };
    let ids: BTreeSet<&str> = ids(rows).collect();
    (ids.len() == rows.len()).then_some(rows)
}

pub(super) fn merge(
    element: &str,
    base: &[Row],
    mine: &[Row],
    theirs: &[Row],
) -> (Vec<Row>, Vec<Conflict>) {
    let mine = with_own_ids(base, mine, theirs);
    let sides = [base, &mine, theirs];
    let mut rows: BTreeMap<&str, Row> = BTreeMap::new();
    let mut conflicts = Vec::new();
    let mut seen = BTreeSet::new();
    for id in [&mine, theirs, base].into_iter().flat_map(ids).filter(|id| seen.insert(*id)) {
        let (row, found) = merge_row(element, sides.map(|rows| find(rows, id)));
        rows.extend(row.map(|row| (id, row)));
        conflicts.extend(found);
    }
    let is_common = |id: &&str| sides.iter().all(|rows| find(rows, id).is_some());
    let [was, ours, others]: [Vec<&str>; 3] =
        sides.map(|rows| ids(rows).filter(is_common).collect());
    let (order, is_conflict) = either(&was, &ours, &others);
    if is_conflict {
        let [base, mine, theirs] = sides.map(|rows| Some(Value::Rows(rows.to_vec())));
        let element = element.to_owned();
        conflicts.push(Conflict { element, spot: Spot::Order, base, mine, theirs });
    }
    let (first, second) = if *order == ours { (&mine[..], theirs) } else { (theirs, &mine[..]) };
    let order = interleaved(first, second, |id| rows.contains_key(id));
    (order.iter().filter_map(|id| rows.remove(id)).collect(), conflicts)
}

/// Puts a row in, or takes it away.
pub(super) fn put(rows: &mut Vec<Row>, id: &str, value: Option<Value>) {
    let Some(Value::Rows(theirs)) = value else {
        rows.retain(|row| row.id != id);
        return;
    };
    for row in theirs {
        match rows.iter_mut().find(|it| it.id == row.id) {
            Some(it) => *it = row,
            None => rows.push(row),
        }
    }
}

pub(super) fn put_field(rows: &mut [Row], id: &str, field: &str, value: Option<Value>) {
    let Some(row) = rows.iter_mut().find(|row| row.id == id) else { return };
    match value {
        Some(value) => drop(row.fields.insert(field.to_owned(), value)),
        None => drop(row.fields.remove(field)),
    }
}

/// Puts the rows into the order of another list.
pub(super) fn order(rows: &mut Vec<Row>, like: Option<&Value>) {
    let Some(Value::Rows(like)) = like else { return };
    let order = interleaved(like, rows, |id| find(rows, id).is_some());
    let ordered = order.into_iter().filter_map(|id| find(rows, id).cloned()).collect();
    *rows = ordered;
}

fn merge_row(
    element: &str,
    [base, mine, theirs]: [Option<&Row>; 3],
) -> (Option<Row>, Vec<Conflict>) {
    let conflict = |spot, base, mine, theirs| Conflict {
        element: element.to_owned(),
        spot,
        base,
        mine,
        theirs,
    };
    let (Some(ours), Some(others)) = (mine, theirs) else {
        let (row, is_conflict) = either(base, mine, theirs);
        let id = mine.or(theirs).map(|row| row.id.clone());
        let [base, mine, theirs] = [base, mine, theirs].map(|row| row.map(one));
        let conflict = id.map(|id| conflict(Spot::Row(id), base, mine, theirs));
        return (row.cloned(), conflict.filter(|_| is_conflict).into_iter().collect());
    };
    let mut merged = Row { id: ours.id.clone(), fields: BTreeMap::new() };
    let mut conflicts = Vec::new();
    let sides = [base, Some(ours), Some(others)];
    let keys: BTreeSet<&String> = sides.iter().flatten().flat_map(|it| it.fields.keys()).collect();
    for key in keys {
        let values = sides.map(|row| row?.fields.get(key));
        let (value, is_conflict) = either(values[0], values[1], values[2]);
        merged.fields.extend(value.map(|value| (key.clone(), value.clone())));
        if is_conflict {
            let [base, mine, theirs] = values.map(Option::<&Value>::cloned);
            let spot = Spot::Field { row: ours.id.clone(), field: key.clone() };
            conflicts.push(conflict(spot, base, mine, theirs));
        }
    }
    // A row that either left without anything is one that is still to be filled.
    let was_filled = !ours.fields.is_empty() && !others.fields.is_empty();
    let is_gone = was_filled && merged.fields.is_empty() && conflicts.is_empty();
    ((!is_gone).then_some(merged), conflicts)
}

/// Returns my rows, those that are new under an id that theirs gave to another row renumbered.
fn with_own_ids(base: &[Row], mine: &[Row], theirs: &[Row]) -> Vec<Row> {
    let mut result = mine.to_vec();
    for at in 0..result.len() {
        let row = &result[at];
        let is_new = find(base, &row.id).is_none();
        let other = find(theirs, &row.id).filter(|it| is_new && it.fields != row.fields);
        if other.is_some() {
            let taken = [base, theirs, &result].into_iter().flat_map(ids);
            result[at].id = next_row_id(taken);
        }
    }
    result
}

/// Returns the ids of `first` in their order, and each of `second` after the one it follows there.
fn interleaved<'a>(
    first: &'a [Row],
    second: &'a [Row],
    is_left: impl Fn(&str) -> bool,
) -> Vec<&'a str> {
    let mut order: Vec<&str> = ids(first).filter(|id| is_left(id)).collect();
    let mut next = 0;
    for id in ids(second).filter(|id| is_left(id)) {
        match order.iter().position(|it| *it == id) {
            Some(at) => next = at + 1,
            None => {
                order.insert(next, id);
                next += 1;
            }
        }
    }
    order
}

fn find<'a>(rows: &'a [Row], id: &str) -> Option<&'a Row> {
    rows.iter().find(|row| row.id == id)
}

fn ids(rows: &[Row]) -> impl Iterator<Item = &str> {
    rows.iter().map(|row| row.id.as_str())
}

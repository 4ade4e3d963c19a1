use std::collections::{BTreeSet, HashMap};

use crate::{
    content::{Row, Value},
    standard::Element,
};

/// 子表一行的变化；行的位置从 0 数起。
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RowChange {
    Added {
        row: Row,
        to: usize,
    },
    Removed {
        row: Row,
        from: usize,
    },
    /// The row as it is now, with what it says otherwise; or it only moved.
    Kept {
        row: Row,
        from: usize,
        to: usize,
        /// Among the rows that stayed it stands elsewhere; one that others were put before did not.
        is_moved: bool,
        fields: Vec<FieldChange>,
    },
}

/// 一行里一列的变化。
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldChange {
    pub field: String,
    pub before: Option<Value>,
    pub after: Option<Value>,
}

impl RowChange {
    pub fn row(&self) -> &Row {
        match self {
            RowChange::Added { row, .. }
            | RowChange::Removed { row, .. }
            | RowChange::Kept { row, .. } => row,
        }
    }

    /// Tells whether nothing about the row is another but its place.
    pub fn is_only_moved(&self) -> bool {
        matches!(self, RowChange::Kept { fields, .. } if fields.is_empty())
    }
}

pub(super) fn diff(old: &[Row], new: &[Row], element: Option<&Element>) -> Vec<RowChange> {
    let pairs = matched(old, new, element);
    let stayed = longest_rising(&pairs.iter().flatten().copied().collect::<Vec<_>>());
    let mut changes = Vec::new();
    for (to, (row, from)) in new.iter().zip(&pairs).enumerate() {
        let Some(from) = *from else {
            changes.push(RowChange::Added { row: row.clone(), to });
            continue;
        };
        let is_moved = !stayed.contains(&from);
        let fields = fields(&old[from], row, element);
        if is_moved || !fields.is_empty() {
            changes.push(RowChange::Kept { row: row.clone(), from, to, is_moved, fields });
        }
    }
    let kept: BTreeSet<usize> = pairs.into_iter().flatten().collect();
    let gone = old.iter().enumerate().filter(|(from, _)| !kept.contains(from));
    changes.extend(gone.map(|(from, row)| RowChange::Removed { row: row.clone(), from }));
    changes
}

/// Returns for each new row which old row it was: by id, else by all its fields, else by
/// the element's first field, which names it.
fn matched(old: &[Row], new: &[Row], element: Option<&Element>) -> Vec<Option<usize>> {
    let mut pairs = vec![None; new.len()];
    let mut free: Vec<bool> = vec![true; old.len()];
    let mut by_id: HashMap<&str, usize> = HashMap::new();
    for (from, row) in old.iter().enumerate() {
        by_id.entry(&row.id).or_insert(from);
    }
    for (row, pair) in new.iter().zip(&mut pairs) {
        *pair = by_id.remove(row.id.as_str());
        if let Some(from) = *pair {
            free[from] = false;
        }
    }
    let name = element.and_then(|element| Some(element.fields.first()?.key.as_str()));
    let named = |row: &Row| name.and_then(|name| row.fields.get(name)).cloned();
    let says_the_same = |a: &Row, b: &Row| a.fields == b.fields;
    let is_named_so = |a: &Row, b: &Row| named(a).is_some() && named(a) == named(b);
    for is_same in [&says_the_same as &dyn Fn(&Row, &Row) -> bool, &is_named_so] {
        for (row, pair) in new.iter().zip(&mut pairs).filter(|(_, pair)| pair.is_none()) {
            *pair = (0..old.len()).find(|from| free[*from] && is_same(&old[*from], row));
            if let Some(from) = *pair {
                free[from] = false;
            }
        }
    }
    pairs
}

/// Returns the fields that differ, in the order of the standard, what it lacks at the end.
fn fields(old: &Row, new: &Row, element: Option<&Element>) -> Vec<FieldChange> {
    let known = element.map_or(&[][..], |element| &element.fields);
    let place = |key: &str| known.iter().position(|field| field.key == key).unwrap_or(known.len());
    let mut keys: Vec<&String> = old.fields.keys().chain(new.fields.keys()).collect();
    keys.sort_by_key(|key| (place(key), *key));
    keys.dedup();
    let change = |key: &String| {
        let (before, after) = (old.fields.get(key), new.fields.get(key));
        let change =
            FieldChange { field: key.clone(), before: before.cloned(), after: after.cloned() };
        (before != after).then_some(change)
    };
    keys.into_iter().filter_map(change).collect()
}

/// Returns the members of a longest rising subsequence: the rows that need not be called moved.
fn longest_rising(places: &[usize]) -> BTreeSet<usize> {
    // The index, in `places`, of the smallest end of a rising run of each length.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(places.len());
    for (at, place) in places.iter().enumerate() {
        let length = ends.partition_point(|end| places[*end] < *place);
        before.push(length.checked_sub(1).map(|it| ends[it]));
        match ends.get_mut(length) {
            Some(end) => *end = at,
            None => ends.push(at),
        }
    }
    let back = std::iter::successors(ends.last().copied(), |at| before[*at]);
    back.map(|at| places[at]).collect()
}

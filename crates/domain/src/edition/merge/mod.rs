//! Two people's changes of one content, put together.

mod rows;

use crate::{
    content::{Content, Row, Value},
    edition::diff::keys,
    standard::Standard,
};

/// 合并的结果：两边改的都在，改得不一样的等人选定。
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merged {
    /// What both say; where they conflict, what is mine.
    pub content: Content,
    pub conflicts: Vec<Conflict>,
}

/// 冲突：同一处两边都改了，改得不一样。
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    pub element: String,
    pub spot: Spot,
    /// What stood there before either; a row is a list of one, absent is `None`.
    pub base: Option<Value>,
    pub mine: Option<Value>,
    pub theirs: Option<Value>,
}

/// 冲突在要素的哪里。
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Spot {
    Whole,
    /// One side took the row away, the other changed it.
    Row(String),
    Field {
        row: String,
        field: String,
    },
    /// Both put the rows into another order.
    Order,
}

/// Lays what I made of `base` and what they made of it together, element by element, and
/// lists row by row, by the ids of the rows.
///
/// What one side changed is taken. A new row of mine whose id they gave to another row
/// gets an id of its own.
pub fn merge(base: &Content, mine: &Content, theirs: &Content, standard: &Standard) -> Merged {
    let mut merged = Merged { content: Content::new(), conflicts: Vec::new() };
    for key in keys(&[base, mine, theirs], standard) {
        let sides = [base, mine, theirs].map(|content| content.get(key));
        match sides.map(rows::as_rows) {
            [Some(base), Some(mine), Some(theirs)] => {
                let (rows, conflicts) = rows::merge(key, base, mine, theirs);
                merged.content.put(key, Value::Rows(rows));
                merged.conflicts.extend(conflicts);
            }
            _ => merged.lay(key, sides),
        }
    }
    merged
}

impl Merged {
    fn lay(&mut self, key: &str, [base, mine, theirs]: [Option<&Value>; 3]) {
        let (value, is_conflict) = either(base, mine, theirs);
        if let Some(value) = value {
            self.content.put(key, value.clone());
        }
        if is_conflict {
            let [base, mine, theirs] = [base, mine, theirs].map(Option::<&Value>::cloned);
            let conflict =
                Conflict { element: key.to_owned(), spot: Spot::Whole, base, mine, theirs };
            self.conflicts.push(conflict);
        }
    }
}

impl Conflict {
    /// Gives up mine for theirs at the place of the conflict, and nowhere else.
    pub fn take_theirs(&self, content: &mut Content) {
        let theirs = self.theirs.clone();
        if self.spot == Spot::Whole {
            match theirs {
                Some(value) => content.put(&self.element, value),
                None => drop(content.remove(&self.element)),
            }
            return;
        }
        let mut rows = content.rows(&self.element).to_vec();
        match &self.spot {
            Spot::Whole => {}
            Spot::Row(id) => rows::put(&mut rows, id, theirs),
            Spot::Field { row, field } => rows::put_field(&mut rows, row, field, theirs),
            Spot::Order => rows::order(&mut rows, theirs.as_ref()),
        }
        content.put(&self.element, Value::Rows(rows));
    }
}

/// Returns what is left of two changes of one thing, and whether they conflict.
fn either<T: PartialEq>(base: T, mine: T, theirs: T) -> (T, bool) {
    if mine == theirs || theirs == base {
        return (mine, false);
    }
    if mine == base { (theirs, false) } else { (mine, true) }
}

fn one(row: &Row) -> Value {
    Value::Rows(vec![row.clone()])
}

#[cfg(test)]
mod tests;

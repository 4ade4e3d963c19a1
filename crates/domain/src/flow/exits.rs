//! 下一环节, as it is written in a row: 「条件→环节；条件→环节」.

use crate::text::fold_width;

/// What stands between a condition and the step that it leads to.
const ARROWS: [&str; 8] = ["-->", "->", "=>", "→", "➔", "➡", "⇒", "⟶"];

/// 写出来的一个去向。
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct WrittenExit {
    /// 条件; empty where the row leads on in any case.
    pub label: String,
    /// The name of a step.
    pub target: String,
}

/// Reads the exits of a row; nothing written is no exit, which means the next row.
pub fn read_exits(text: &str) -> Vec<WrittenExit> {
    text.split(['；', ';', '\n'])
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .map(read_exit)
        .collect()
}

fn read_exit(part: &str) -> WrittenExit {
    let first = ARROWS.iter().filter_map(|arrow| Some((part.find(arrow)?, arrow.len()))).min();
    let (label, target) = match first {
        Some((at, length)) => (&part[..at], &part[at + length..]),
        None => ("", part),
    };
    WrittenExit { label: label.trim().to_owned(), target: target.trim().to_owned() }
}

/// Writes exits as [`read_exits`] reads them.
pub fn exits_text(exits: &[WrittenExit]) -> String {
    let written = exits.iter().filter(|exit| !exit.target.is_empty()).map(|exit| {
        if exit.label.is_empty() {
            exit.target.clone()
        } else {
            format!("{}→{}", exit.label, exit.target)
        }
    });
    written.collect::<Vec<_>>().join("；")
}

/// Returns the text with every exit to the step `old` leading to its new name; `None` if there is none.
pub fn renamed(text: &str, old: &str, new: &str) -> Option<String> {
    let mut exits = read_exits(text);
    let mut is_changed = false;
    for exit in exits.iter_mut().filter(|exit| is_same_name(&exit.target, old)) {
        new.trim().clone_into(&mut exit.target);
        is_changed = true;
    }
    is_changed.then(|| exits_text(&exits))
}

/// Compares names as people type them: width and spaces at the ends do not matter.
pub(super) fn is_same_name(one: &str, other: &str) -> bool {
    one.trim() == other.trim() || fold_width(one).trim() == fold_width(other).trim()
}

//! SQL lives in `store` and nowhere else.

use super::{Complaint, Tree, rust_text::RustText};

const WAY_OUT: &str = "give `store` a function for it, in words of the domain";

/// The only crates that may hold SQL: the store, and this rule's own tests.
const HOMES: &[&str] = &["crates/store/", "crates/xtask/"];

pub(super) fn check(tree: &Tree) -> Vec<Complaint> {
    let elsewhere =
        || tree.files().filter(|(path, _)| !HOMES.iter().any(|home| path.starts_with(home)));
    let scripts = elsewhere().filter(|(path, _)| path.ends_with(".sql")).map(|(path, _)| {
        Complaint::refusal(path, 1, "a file of SQL outside `store`".to_owned(), WAY_OUT)
    });
    let literals =
        elsewhere().filter(|(path, _)| path.ends_with(".rs")).flat_map(|(path, source)| {
            let strings = RustText::read(source).strings;
            strings.into_iter().filter_map(move |(line, text)| {
                let kind = kind_of_sql(&text)?;
                let reason = format!("SQL outside `store` ({kind})");
                Some(Complaint::refusal(path, line, reason, WAY_OUT))
            })
        });
    scripts.chain(literals).collect()
}

/// Names the statement that `text` looks like, if it looks like one.
fn kind_of_sql(text: &str) -> Option<&'static str> {
    let text = text.to_ascii_lowercase().replace("\\n", " ");
    let words: Vec<&str> = text.split_whitespace().map(|it| it.trim_start_matches('(')).collect();
    let follows = |first: &str, second: &str, within: usize| {
        let starts = words.iter().enumerate().filter(|(_, it)| **it == first);
        starts
            .into_iter()
            .any(|(at, _)| words[at + 1..].iter().take(within).any(|it| *it == second))
    };
    match () {
        () if follows("select", "from", usize::MAX) => Some("select … from"),
        () if follows("insert", "into", 3) => Some("insert into"),
        () if follows("update", "set", 4) => Some("update … set"),
        () if follows("delete", "from", 1) => Some("delete from"),
        () => None,
    }
}

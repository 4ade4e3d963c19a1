//! A file has one purpose; a function fits a screen.

use super::{
    Complaint, Tree,
    rust_text::{RustText, is_word},
};

const GOOD_FILE: usize = 400;
const LONGEST_FILE: usize = 600;
const LONGEST_TESTS: usize = 800;
const LONGEST_FUNCTION: usize = 60;

pub(super) fn check(tree: &Tree) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    for (path, source) in tree.files() {
        if path.ends_with(".rs") || path.ends_with(".js") {
            complaints.extend(file(path, source));
        }
        if path.ends_with(".rs") {
            complaints.extend(functions(path, source));
        }
    }
    complaints
}

fn file(path: &str, source: &str) -> Option<Complaint> {
    let n_lines = source.lines().count();
    let is_tests = path.ends_with("/tests.rs");
    let (good, longest) =
        if is_tests { (LONGEST_TESTS, LONGEST_TESTS) } else { (GOOD_FILE, LONGEST_FILE) };
    let reason = |limit| format!("{n_lines} lines, more than {limit}");
    let way_out = "split it by purpose";
    if n_lines > longest {
        return Some(Complaint::refusal(path, 1, reason(longest), way_out));
    }
    (n_lines > good).then(|| Complaint::warning(path, 1, reason(good), way_out))
}

fn functions(path: &str, source: &str) -> Vec<Complaint> {
    let text = RustText::read(source);
    let starts =
        text.code.match_indices("fn ").filter(|(at, _)| !text.code[..*at].ends_with(is_word));
    starts
        .filter_map(|(at, _)| {
            let name: String = text.code[at + 3..].chars().take_while(|it| is_word(*it)).collect();
            let end = end_of_function(&text.code, at)?;
            let (first, last) = (text.line_of(at), text.line_of(end));
            let n_lines = last - first + 1;
            let reason = format!("`{name}` has {n_lines} lines, more than {LONGEST_FUNCTION}");
            let way_out = "give its parts names and functions of their own";
            (n_lines > LONGEST_FUNCTION).then(|| Complaint::refusal(path, first, reason, way_out))
        })
        .collect()
}

/// Returns the offset of the closing brace of the function at `start`, if it has a body.
fn end_of_function(code: &str, start: usize) -> Option<usize> {
    let mut braces = 0;
    let mut others = 0;
    for (offset, it) in code[start..].char_indices() {
        match it {
            '{' => braces += 1,
            '}' => braces -= 1,
            '(' | '[' => others += 1,
            ')' | ']' => others -= 1,
            ';' if braces == 0 && others == 0 => return None,
            _ => continue,
        }
        if it == '}' && braces == 0 {
            return Some(start + offset);
        }
    }
    None
}

//! Boxes to tick: 「☑是 □否」「行政许可（√） 行政确认（ ）」.

const TICKED: [char; 10] = ['☑', '☒', '■', '√', '✓', '✔', '◉', '✅', '🗹', '🗸'];
const OPEN: [char; 7] = ['□', '☐', '○', '▢', '◻', '⬜', '▫'];

/// An option is no longer than this; a box before a longer text is only a bullet.
const LONGEST: usize = 40;

/// The options of a text that is a choice.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Choice {
    pub(super) ticked: Vec<String>,
    pub(super) open: Vec<String>,
}

/// Reads a text as a choice of options with boxes, if it is one.
pub(super) fn choice(text: &str) -> Option<Choice> {
    if !text.contains(TICKED) && !text.contains(OPEN) && !text.contains(['(', '（', '[', '【']) {
        return None;
    }
    let text = in_boxes(text);
    let n_marks = text.chars().filter(|c| is_mark(*c)).count();
    if n_marks == 1 && text.trim().chars().all(|c| TICKED.contains(&c)) {
        return Some(Choice { ticked: vec!["是".into()], open: Vec::new() });
    }
    let options = options(&text, text.trim_start().starts_with(is_mark));
    let fits = |it: &(bool, &str)| !it.1.is_empty() && it.1.chars().count() <= LONGEST;
    let any_ticked = options.iter().any(|it| it.0);
    // A lone empty circle or box in a text is a sign of its own.
    if n_marks == 0 || !options.iter().all(fits) || (!any_ticked && n_marks < 2) {
        return None;
    }
    let mut choice = Choice::default();
    for (is_ticked, option) in options {
        let side = if is_ticked { &mut choice.ticked } else { &mut choice.open };
        side.push(option.to_owned());
    }
    Some(choice)
}

fn is_mark(c: char) -> bool {
    TICKED.contains(&c) || OPEN.contains(&c)
}

/// Writes 「[√]」「（√）」「[ ]」「（ ）」「□√」 as one mark.
fn in_boxes(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let inner = &rest[c.len_utf8()..];
        let close = match c {
            '[' => Some(']'),
            '（' => Some('）'),
            '(' => Some(')'),
            '【' => Some('】'),
            _ => None,
        };
        let boxed = close.and_then(|close| inner.split_once(close));
        if let Some((inside, after)) = boxed
            && let Some(mark) = in_brackets(inside)
        {
            out.push(mark);
            rest = after;
        } else if OPEN.contains(&c) && inner.starts_with(TICKED) {
            rest = inner;
        } else {
            out.push(c);
            rest = inner;
        }
    }
    out
}

fn in_brackets(inside: &str) -> Option<char> {
    let mut chars = inside.chars().filter(|c| !c.is_whitespace());
    match (chars.next(), chars.next()) {
        (None, None) if !inside.is_empty() => Some('□'),
        (Some(c), None) if TICKED.contains(&c) => Some('☑'),
        _ => None,
    }
}

/// Cuts a text into its options, each with whether it is ticked.
fn options(text: &str, leads: bool) -> Vec<(bool, &str)> {
    let mut options = Vec::new();
    let mut from = 0;
    let mut mark = None;
    for (at, c) in text.char_indices().filter(|(_, c)| is_mark(*c)) {
        let before = trimmed(&text[from..at]);
        if leads {
            if let Some(mark) = mark {
                options.push((mark, before));
            }
            mark = Some(TICKED.contains(&c));
        } else {
            options.push((TICKED.contains(&c), before));
        }
        from = at + c.len_utf8();
    }
    let last = trimmed(&text[from..]);
    match mark {
        Some(mark) if leads => options.push((mark, last)),
        _ if !last.is_empty() => options.push((false, last)),
        _ => {}
    }
    options
}

fn trimmed(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '、' | '；' | ';' | '，' | ','))
}

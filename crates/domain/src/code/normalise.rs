use crate::text::fold_width;

/// 规整后的编码，以及改动了什么
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Normalised {
    pub text: String,
    /// What was changed, in words; empty for a code that was well written.
    pub changes: Vec<String>,
}

/// Writes a code the way that schemes do: half-width, upper case, `-` between its parts.
///
/// The regulation prints the separator as 「一」, and people copy it so.
pub fn normalise(text: &str) -> Normalised {
    // Nearly every code is well written, and each is looked at by several rules.
    if text.bytes().all(|byte| byte.is_ascii_graphic() && !byte.is_ascii_lowercase()) {
        return Normalised { text: text.to_owned(), changes: Vec::new() };
    }
    let mut changes = Vec::new();
    let mut current = text.to_owned();
    let mut step = |done: String, words: &str, current: &mut String| {
        if done != *current {
            changes.push(words.to_owned());
            *current = done;
        }
    };
    let bare = current.chars().filter(|c| !is_blank(*c)).collect();
    step(bare, "去掉了空格", &mut current);
    step(fold_width(&current), "全角字符改成了半角", &mut current);
    let joined = current.chars().map(|c| if is_dash(c) { '-' } else { c }).collect();
    step(joined, "分隔符改成了“-”", &mut current);
    step(current.to_ascii_uppercase(), "小写字母改成了大写", &mut current);
    Normalised { text: current, changes }
}

fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}')
}

/// Everything that is printed where a hyphen is meant: 一, dashes, the minus sign.
fn is_dash(c: char) -> bool {
    matches!(
        c,
        '一' | '\u{2010}'
            ..='\u{2015}' | '\u{2212}' | '\u{2500}' | '\u{30fc}' | '\u{fe58}' | '\u{fe63}'
    )
}

use std::fmt;

/// 文号规则，如 `深审核准〔{年}〕{序号}号`。
///
/// By GB/T 9704-2012 7.2.5: the year is whole and stands in 〔〕, the number has no 第 before it
/// and no zeros. Numbers begin with 1 each year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NumberRule {
    before: String,
    between: String,
    after: String,
}

/// 文号规则里的问题。
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NumberFault {
    #[error("文号规则里要有一个 {{年}} 和一个 {{序号}}，年在前，例如 深审核准〔{{年}}〕{{序号}}号")]
    Marks,
    #[error("{{年}} 和 {{序号}} 两边不能紧挨着数字，不然两个号会写成一样")]
    Digits,
    #[error("序号前不写“第”（GB/T 9704），例如 深审核准〔{{年}}〕{{序号}}号")]
    Ordinal,
    #[error("文号规则要在 60 个字以内，写在一行里")]
    Long,
}

const YEAR: &str = "{年}";
const SERIAL: &str = "{序号}";

impl NumberRule {
    /// Reads a rule as people type it; brackets around the year become 〔〕.
    pub fn parse(text: &str) -> Result<NumberRule, NumberFault> {
        let text = text.trim().replace('｛', "{").replace('｝', "}");
        if text.chars().count() > 60 || text.chars().any(char::is_control) {
            return Err(NumberFault::Long);
        }
        let (before, rest) = text.split_once(YEAR).ok_or(NumberFault::Marks)?;
        let (between, after) = rest.split_once(SERIAL).ok_or(NumberFault::Marks)?;
        if [before, between, after].iter().any(|it| it.contains(['{', '}'])) {
            return Err(NumberFault::Marks);
        }
        let (before, between) = bracketed(before, between);
        let touches = |text: &str| text.ends_with(is_digit) || text.starts_with(is_digit);
        let is_close = between.is_empty() || touches(&between);
        if is_close || before.ends_with(is_digit) || after.starts_with(is_digit) {
            return Err(NumberFault::Digits);
        }
        if between.ends_with('第') {
            return Err(NumberFault::Ordinal);
        }
        Ok(NumberRule { before, between, after: after.to_owned() })
    }

    /// Returns a document's number.
    pub fn number(&self, year: i32, serial: u32) -> String {
        format!("{}{year}{}{serial}{}", self.before, self.between, self.after)
    }

    /// Returns how the number will read, `×` for what is not known before it is given.
    pub fn number_to_come(&self, year: i32) -> String {
        format!("{}{year}{}×{}", self.before, self.between, self.after)
    }
}

impl fmt::Display for NumberRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{YEAR}{}{SERIAL}{}", self.before, self.between, self.after)
    }
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || ('０'..='９').contains(&c)
}

/// Writes whatever brackets stand around the year as 〔〕.
fn bracketed(before: &str, between: &str) -> (String, String) {
    let opened = before.strip_suffix(['(', '（', '[', '［', '【', '〔', '﹝']);
    let closed = between.strip_prefix([')', '）', ']', '］', '】', '〕', '﹞']);
    match (opened, closed) {
        (Some(before), Some(between)) => (format!("{before}〔"), format!("〕{between}")),
        _ => (before.to_owned(), between.to_owned()),
    }
}

use std::fmt;

use time::Date;

use crate::{
    numerals::{in_words, is_numeral, read_number},
    text::fold_width,
};

/// 条号：第十二条、第十二条之一，照人写的样子读和写。
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ArticleNumber {
    article: u16,
    /// 之一 is 1; 0 without.
    inserted: u16,
}

/// 一条法律条文。
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Article {
    pub number: ArticleNumber,
    pub text: String,
    /// Where it came into force or went out of it apart from its law.
    pub effective_on: Option<Date>,
    pub repealed_on: Option<Date>,
}

impl ArticleNumber {
    /// Reads a number that stands alone, with or without 第 and 条.
    pub fn parse(text: &str) -> Option<ArticleNumber> {
        let text: String = fold_width(text).split_whitespace().collect();
        let text = if text.starts_with('第') { text } else { format!("第{text}条") };
        let (number, length) = leading(&text)?;
        (length == text.len()).then_some(number)
    }

    /// Returns every article that a text such as 第八条、第九条第二款 names.
    pub fn all_in(text: &str) -> Vec<ArticleNumber> {
        let text: String = fold_width(text).split_whitespace().collect();
        let starts = text.match_indices('第').filter_map(|(at, _)| leading(&text[at..]));
        let mut found = Vec::new();
        for (number, _) in starts {
            if !found.contains(&number) {
                found.push(number);
            }
        }
        found
    }

    /// Returns the number as a database keeps and sorts it.
    pub fn to_int(self) -> i64 {
        i64::from(self.article) * 1_000 + i64::from(self.inserted)
    }

    /// Reads what [`ArticleNumber::to_int`] returns; `None` for a number that it never does.
    pub fn from_int(number: i64) -> Option<ArticleNumber> {
        let article = u16::try_from(number / 1_000).ok().filter(|it| *it > 0)?;
        Some(ArticleNumber { article, inserted: u16::try_from(number % 1_000).ok()? })
    }
}

impl fmt::Display for ArticleNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "第{}条", in_words(self.article))?;
        if self.inserted > 0 {
            write!(f, "之{}", in_words(self.inserted))?;
        }
        Ok(())
    }
}

impl Article {
    /// Tells whether this wording holds on a day; it does no more on the day of its repeal.
    pub fn is_in_force(&self, on: Date) -> bool {
        self.effective_on.is_none_or(|it| it <= on) && self.repealed_on.is_none_or(|it| on < it)
    }
}

/// Takes a text of several articles apart: each begins a line with its number. What stands before
/// the first one, such as a heading, is no article's.
pub fn read_articles(text: &str) -> Vec<(ArticleNumber, String)> {
    let mut articles: Vec<(ArticleNumber, String)> = Vec::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let folded = fold_width(line);
        // Folding changes how long a character is, never how many there are.
        match leading(&folded) {
            Some((number, length)) => {
                let n_chars = folded[..length].chars().count();
                let rest: String = line.chars().skip(n_chars).collect();
                articles.push((number, rest.trim_matches(separators).to_owned()));
            }
            None if is_heading(&folded) => {}
            None => {
                if let Some((_, text)) = articles.last_mut() {
                    if !text.is_empty() {
                        text.push('\n');
                    }
                    text.push_str(line);
                }
            }
        }
    }
    articles
}

fn separators(c: char) -> bool {
    c.is_whitespace() || matches!(c, ':' | '：')
}

/// 第二章 总则 and the like stand between articles.
fn is_heading(line: &str) -> bool {
    let Some(rest) = line.strip_prefix('第') else { return false };
    let after = rest.trim_start_matches(is_numeral);
    after.len() < rest.len() && after.starts_with(['编', '章', '节'])
}

/// Reads a number at the head of a text, and says how many bytes it took.
fn leading(text: &str) -> Option<(ArticleNumber, usize)> {
    let rest = text.strip_prefix('第')?;
    let (number, after) = rest.split_once('条')?;
    let article = read_number(number)?;
    let taken = text.len() - after.len();
    let Some(inserted) = after.strip_prefix('之') else {
        return Some((ArticleNumber { article, inserted: 0 }, taken));
    };
    let end = inserted.find(|c| !is_numeral(c)).unwrap_or(inserted.len());
    match read_number(&inserted[..end]).filter(|it| *it < 1_000) {
        Some(number) => {
            let taken = text.len() - inserted.len() + end;
            Some((ArticleNumber { article, inserted: number }, taken))
        }
        None => Some((ArticleNumber { article, inserted: 0 }, taken)),
    }
}

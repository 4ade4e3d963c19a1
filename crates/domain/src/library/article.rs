use std::fmt;

use time::Date;

use crate::text::fold_width;

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

const DIGITS: [char; 10] = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
const UNITS: [(char, u16); 3] = [('千', 1000), ('百', 100), ('十', 10)];

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
    let after = rest.trim_start_matches(|c| digit(c).is_some() || unit(c).is_some());
    after.len() < rest.len() && after.starts_with(['编', '章', '节'])
}

/// Reads a number at the head of a text, and says how many bytes it took.
fn leading(text: &str) -> Option<(ArticleNumber, usize)> {
    let rest = text.strip_prefix('第')?;
    let (number, after) = rest.split_once('条')?;
    let article = read(number)?;
    let taken = text.len() - after.len();
    let Some(inserted) = after.strip_prefix('之') else {
        return Some((ArticleNumber { article, inserted: 0 }, taken));
    };
    let is_of_number = |c: char| digit(c).is_some() || unit(c).is_some();
    let end = inserted.find(|c| !is_of_number(c)).unwrap_or(inserted.len());
    match read(&inserted[..end]).filter(|it| *it < 1_000) {
        Some(number) => {
            let taken = text.len() - inserted.len() + end;
            Some((ArticleNumber { article, inserted: number }, taken))
        }
        None => Some((ArticleNumber { article, inserted: 0 }, taken)),
    }
}

fn digit(c: char) -> Option<u16> {
    match c {
        '0'..='9' => Some(c as u16 - '0' as u16),
        '零' => Some(0),
        '两' => Some(2),
        c => DIGITS.iter().position(|it| *it == c).and_then(|at| u16::try_from(at).ok()),
    }
}

fn unit(c: char) -> Option<u16> {
    UNITS.iter().find(|(it, _)| *it == c).map(|(_, unit)| *unit)
}

/// Reads 十二, 一百零八, 一〇八 and 12.
fn read(text: &str) -> Option<u16> {
    let (mut total, mut last, mut has_unit) = (0_u16, None, false);
    for c in text.chars() {
        match (digit(c), unit(c)) {
            (Some(digit), _) if has_unit => last = Some(digit),
            (Some(digit), _) => {
                last = Some(last.unwrap_or(0_u16).checked_mul(10)?.checked_add(digit)?);
            }
            (None, Some(unit)) => {
                total = total.checked_add(last.take().unwrap_or(1).checked_mul(unit)?)?;
                has_unit = true;
            }
            (None, None) => return None,
        }
    }
    let number = total.checked_add(last.unwrap_or(0))?;
    (number > 0 && number < 10_000).then_some(number)
}

fn in_words(number: u16) -> String {
    let (mut words, mut rest, mut skipped) = (String::new(), number, false);
    for (name, unit) in UNITS {
        let n = rest / unit;
        rest %= unit;
        if n == 0 {
            skipped = !words.is_empty() && rest > 0;
            continue;
        }
        if skipped {
            words.push('零');
        }
        skipped = false;
        if n > 1 || unit > 10 || !words.is_empty() {
            words.push(DIGITS[usize::from(n)]);
        }
        words.push(name);
    }
    if rest > 0 {
        if skipped {
            words.push('零');
        }
        words.push(DIGITS[usize::from(rest)]);
    }
    words
}

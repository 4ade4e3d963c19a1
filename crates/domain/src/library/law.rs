use std::collections::{BTreeMap, BTreeSet};

use time::Date;

use super::{Article, ArticleNumber};
use crate::{
    content::{Content, Row, keys},
    text::fold_width,
};

/// 法律法规。
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Law {
    /// 名称，全称，不带书名号。
    pub title: String,
    /// 文号。
    pub number: Option<String>,
    pub issuer: Option<String>,
    /// A code of the list `law_kind`.
    pub kind: Option<String>,
    pub effective_on: Option<Date>,
    pub repealed_on: Option<Date>,
    pub articles: Vec<Article>,
}

/// 登记法律法规的毛病。
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LawFault {
    #[error("写上名称，全称，200 个字以内")]
    Title,
    #[error("废止日期早于施行日期，核对这两个日期")]
    Dates,
}

/// 引用：设定依据的一行指的是哪部法的哪几条。
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Citation<'a> {
    pub title: &'a str,
    pub number: &'a str,
    pub clause: &'a str,
}

/// 某一天看，文库里有的法律法规。
#[derive(Debug, Clone)]
pub struct Laws {
    /// The day on which what is cited has to be in force.
    pub on: Date,
    by_key: BTreeMap<String, Vec<Law>>,
}

impl Law {
    /// Returns the title as [`law_key`] writes it, by which citations find the law.
    pub fn key(&self) -> String {
        law_key(&self.title)
    }

    /// Tells whether the law holds on a day; it does no more on the day of its repeal.
    pub fn is_in_force(&self, on: Date) -> bool {
        self.effective_on.is_none_or(|it| it <= on) && self.repealed_on.is_none_or(|it| on < it)
    }

    pub fn faults(&self) -> Vec<LawFault> {
        let length = self.title.chars().count();
        let has_title = !self.key().is_empty() && length <= 200;
        let in_order = self.effective_on.zip(self.repealed_on).is_none_or(|(from, to)| from <= to);
        let faults = [(!has_title, LawFault::Title), (!in_order, LawFault::Dates)];
        faults.into_iter().filter(|(is_so, _)| *is_so).map(|(_, fault)| fault).collect()
    }

    /// Returns the wordings of an article, each of its own time.
    pub fn articles_of(&self, number: ArticleNumber) -> impl Iterator<Item = &Article> {
        self.articles.iter().filter(move |it| it.number == number)
    }
}

impl<'a> Citation<'a> {
    /// Reads a row of 设定依据.
    pub fn of(row: &'a Row) -> Citation<'a> {
        Citation { title: row.text("law"), number: row.text("number"), clause: row.text("clause") }
    }

    /// Returns the title as [`law_key`] writes it; empty where the row names no law.
    pub fn key(&self) -> String {
        law_key(self.title)
    }

    /// Returns the articles that the row names, each once.
    pub fn articles(&self) -> Vec<ArticleNumber> {
        ArticleNumber::all_in(self.clause)
    }
}

impl Laws {
    pub fn new(on: Date, laws: Vec<Law>) -> Laws {
        let mut by_key: BTreeMap<String, Vec<Law>> = BTreeMap::new();
        for law in laws {
            by_key.entry(law.key()).or_default().push(law);
        }
        Laws { on, by_key }
    }

    /// Returns the law that a citation means: of several of one title the one of its number, else
    /// one that is in force, else the newest.
    pub fn find(&self, citation: Citation<'_>) -> Option<&Law> {
        let laws = self.by_key.get(&citation.key())?;
        let number = number_key(citation.number);
        let is_named = |law: &Law| law.number.as_deref().map(number_key).as_ref() == Some(&number);
        laws.iter().max_by_key(|law| (is_named(law), law.is_in_force(self.on), law.effective_on))
    }
}

/// Returns the title as it is compared: without 《》, spaces and a remark on which wording it is.
pub fn law_key(title: &str) -> String {
    let folded: String = fold_width(title).split_whitespace().collect();
    let bare = folded.replace(['《', '》', '〈', '〉', '<', '>'], "");
    let remark = bare.strip_suffix(')').and_then(|it| it.rsplit_once('('));
    match remark {
        Some((title, remark)) if remark.contains(['修', '年', '号']) => title.to_lowercase(),
        _ => bare.to_lowercase(),
    }
}

/// Returns a 文号 as it is compared: 国办函〔2016〕108号 is 国办函\[2016\] 108 号.
pub fn number_key(number: &str) -> String {
    let folded: String = fold_width(number).split_whitespace().collect();
    folded.replace(['〔', '[', '【'], "(").replace(['〕', ']', '】'], ")").to_lowercase()
}

/// Returns the laws that items cite, each once, with their articles as far as the items give them.
pub fn cited<'a>(contents: impl IntoIterator<Item = &'a Content>) -> Vec<Law> {
    let mut laws: BTreeMap<(String, String), Law> = BTreeMap::new();
    for row in contents.into_iter().flat_map(|it| it.rows(keys::BASIS)) {
        let citation = Citation::of(row);
        if citation.key().is_empty() || citation.title.chars().count() > 200 {
            continue;
        }
        let key = (citation.key(), number_key(citation.number));
        let law = laws.entry(key).or_insert_with(|| named_in(row));
        let articles = citation.articles();
        // The text of a row that names several articles is none of theirs alone.
        let text = if articles.len() == 1 { row.text("text") } else { "" };
        let known: BTreeSet<ArticleNumber> = law.articles.iter().map(|it| it.number).collect();
        for number in articles.into_iter().filter(|it| !known.contains(it)) {
            let text = text.to_owned();
            law.articles.push(Article { number, text, effective_on: None, repealed_on: None });
        }
    }
    laws.into_values().collect()
}

fn named_in(row: &Row) -> Law {
    let filled = |field: &str| {
        let text = row.text(field).trim();
        (!text.is_empty()).then(|| text.to_owned())
    };
    let title: String = row.text("law").trim().trim_matches(['《', '》']).to_owned();
    Law {
        title,
        number: filled("number"),
        issuer: filled("issuer"),
        kind: row.codes("kind").first().cloned(),
        effective_on: match row.fields.get("effective_on") {
            Some(crate::content::Value::Date { date }) => Some(*date),
            _ => None,
        },
        repealed_on: None,
        articles: Vec::new(),
    }
}

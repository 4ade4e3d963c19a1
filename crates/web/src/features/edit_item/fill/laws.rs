//! An entry of 设定依据 is filled from the laws that are kept, down to the article.

use askama::Template;
use domain::library::{Article, ArticleNumber};
use store::{KeptLaw, LawFilter};
use time::Date;

use super::{
    A_PAGE, Asked, Saving,
    pages::{ArticleLine, LawLine, LawPage, LawsPage},
};
use crate::{error::WebError, extract::Query, links::Link};

/// Articles that are shown at once.
const ARTICLES: usize = 100;

pub(super) async fn page(asked: &Asked<'_>, query: &Query) -> Result<String, WebError> {
    if let Some(id) = query.number("law")? {
        return law_page(asked, query, id).await;
    }
    // Who has asked nothing yet is shown the law that the row cites.
    let cited = asked.row().map_or("", |row| row.text("law"));
    let words = match query.first("asked") {
        Some(_) => query.first("q").unwrap_or_default(),
        None => cited,
    };
    let filter = LawFilter { words, ..LawFilter::default() };
    let mut laws = asked.app.store.laws(&filter, A_PAGE as i64 + 1).await?;
    let has_more = laws.len() > A_PAGE;
    laws.truncate(A_PAGE);
    let (around, today) = (asked.around(words), asked.app.clock.today());
    let laws = laws.into_iter().map(|law| LawLine::of(law, around.here.clone(), today)).collect();
    Ok(LawsPage { bench: asked.bench(), around, laws, has_more }.render()?)
}

async fn law_page(asked: &Asked<'_>, query: &Query, id: i64) -> Result<String, WebError> {
    let kept = asked.app.store.law(id).await?.ok_or(WebError::NotFound)?;
    let (words, today) = (query.first("words").unwrap_or_default(), asked.app.clock.today());
    let around = asked.around(query.first("q").unwrap_or_default());
    let found = kept.law.articles.iter().filter(|it| has_words(it, words));
    let mut articles: Vec<ArticleLine> = found.map(|it| ArticleLine::of(id, it, today)).collect();
    let has_more = articles.len() > ARTICLES;
    articles.truncate(ARTICLES);
    let law = LawLine::of(kept, around.here.clone(), today);
    let words = words.to_owned();
    Ok(LawPage { bench: asked.bench(), around, law, words, articles, has_more }.render()?)
}

fn has_words(article: &Article, words: &str) -> bool {
    words.split_whitespace().all(|word| {
        ArticleNumber::parse(word) == Some(article.number) || article.text.contains(word)
    })
}

/// Fills the row from what was chosen: `5` is a law, `5.9000.2020-01-01` an article of it, in the
/// wording of that day.
pub(super) async fn put(asked: &Asked<'_>, revision: i64, entry: &str) -> Result<Saving, WebError> {
    let mut parts = entry.splitn(2, '.');
    let id = parts.next().and_then(|it| it.parse().ok()).ok_or(WebError::NotFound)?;
    let KeptLaw { law, .. } = asked.app.store.law(id).await?.ok_or(WebError::NotFound)?;
    let article = match parts.next() {
        Some(named) => {
            let mut articles = law.articles.iter();
            Some(articles.find(|it| article_name(it) == named).ok_or(WebError::NotFound)?)
        }
        None => None,
    };
    asked.puts(revision, &[()], |(), row| law.cite(article, row)).await
}

fn article_name(article: &Article) -> String {
    let since = article.effective_on.map(|it| it.to_string()).unwrap_or_default();
    format!("{}.{since}", article.number.to_int())
}

/// Says since when something is not in force, or from when it will be.
fn stop(from: Option<Date>, to: Option<Date>, today: Date) -> Option<String> {
    match (from, to) {
        (_, Some(to)) if to <= today => Some(format!("{to} 废止")),
        (Some(from), _) if today < from => Some(format!("{from} 起施行")),
        _ => None,
    }
}

impl LawLine {
    fn of(kept: KeptLaw, here: Link, today: Date) -> LawLine {
        LawLine {
            link: here.with("law", &kept.id.to_string()),
            stop: stop(kept.law.effective_on, kept.law.repealed_on, today),
            kept,
        }
    }
}

impl ArticleLine {
    fn of(law: i64, article: &Article, today: Date) -> ArticleLine {
        ArticleLine {
            entry: format!("{law}.{}", article_name(article)),
            stop: stop(article.effective_on, article.repealed_on, today),
            article: article.clone(),
        }
    }
}

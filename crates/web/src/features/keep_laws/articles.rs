//! The articles of a law: pasted as they stand in its text, corrected, taken away.

use axum::{extract::State, response::Response};
use domain::library::{self, Article, ArticleNumber, Shelf, read_articles};
use serde::Deserialize;
use store::KeptLaw;

use super::{form, known, law_page};
use crate::{
    AppState,
    error::WebError,
    extract::{Form, Path, Query},
    layout::refused,
    links,
    session::SignedIn,
};

/// What is typed of articles.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    pub(super) text: String,
    pub(super) effective_on: String,
    pub(super) repealed_on: String,
    /// The number of the article to take away; nothing else is done then.
    pub(super) remove: String,
    /// The draft from which one came, if from one.
    pub(super) back: String,
}

impl Typed {
    /// Returns the form filled with an article, to be corrected.
    pub(super) fn of(kept: &KeptLaw, number: &str) -> Typed {
        let number = ArticleNumber::parse(number);
        let Some(article) = number.and_then(|it| kept.law.articles_of(it).last()) else {
            return Typed::default();
        };
        Typed {
            text: format!("{}　{}", article.number, article.text),
            effective_on: article.effective_on.map(|it| it.to_string()).unwrap_or_default(),
            repealed_on: article.repealed_on.map(|it| it.to_string()).unwrap_or_default(),
            ..Typed::default()
        }
    }

    fn articles(&self) -> Result<Vec<Article>, &'static str> {
        let days = (form::day(&self.effective_on), form::day(&self.repealed_on));
        let (Ok(effective_on), Ok(repealed_on)) = days else {
            return Err(form::NOT_A_DAY);
        };
        let read = read_articles(&self.text).into_iter();
        let article = |(number, text)| Article { number, text, effective_on, repealed_on };
        let articles: Vec<Article> = read.map(article).collect();
        match articles.is_empty() {
            true => Err("没有认出一条。每条另起一行，从“第几条”写起"),
            false => Ok(articles),
        }
    }
}

/// `POST /workbench/laws/{law}/articles`
///
/// Whoever may add fills in what is not there; what is there is changed by who may change it.
pub(super) async fn submit(
    State(app): State<AppState>,
    session: SignedIn,
    Path(id): Path<i64>,
    Form(typed): Form<Typed>,
) -> Result<Response, WebError> {
    let kept = known(&app, id).await?;
    let may_change = library::may_change(&session.officer);
    let mut tx = app.store.begin().await?;
    let back = typed.back.clone();
    match ArticleNumber::parse(&typed.remove).filter(|_| may_change) {
        Some(number) => tx.remove_article(id, number).await?,
        None => match typed.articles() {
            Ok(articles) => tx.put_articles(id, &articles, may_change).await?,
            Err(fault) => {
                drop(tx);
                let query = Query::default();
                let page = law_page(&app, &session, kept, &query, (typed, fault)).await?;
                return refused(page);
            }
        },
    }
    tx.mark_using(Shelf::Laws, &kept.law.key()).await?;
    tx.commit().await?;
    Ok(links::law(&id).with("back", &back).redirect())
}

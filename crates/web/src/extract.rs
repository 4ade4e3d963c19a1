//! Extractors that answer with our pages when an address is not sound.

use std::convert::Infallible;

use axum::{
    extract::{FromRequest, FromRequestParts, Request},
    http::request::Parts,
};
use serde::de::DeserializeOwned;
use time::{Date, macros::format_description};

use crate::error::WebError;

#[expect(clippy::disallowed_types, reason = "the one place that wraps them")]
mod inner {
    use axum::{
        extract::{
            Form, FromRequest, FromRequestParts, Path, Query, Request,
            rejection::{FormRejection, PathRejection},
        },
        http::request::Parts,
    };
    use serde::de::DeserializeOwned;

    pub(super) async fn path<S, T>(parts: &mut Parts, state: &S) -> Result<T, PathRejection>
    where
        S: Send + Sync,
        T: DeserializeOwned + Send,
    {
        Path::from_request_parts(parts, state).await.map(|Path(it)| it)
    }

    pub(super) async fn form<S, T>(request: Request, state: &S) -> Result<T, FormRejection>
    where
        S: Send + Sync,
        T: DeserializeOwned,
    {
        Form::from_request(request, state).await.map(|Form(it)| it)
    }

    /// Text that is not sound is replaced on the way, so that this never fails.
    pub(super) fn pairs(parts: &Parts) -> Vec<(String, String)> {
        Query::try_from_uri(&parts.uri).map(|Query(it)| it).unwrap_or_default()
    }
}

/// 路径里的参数。One that is no sound text is answered with our 404.
pub(crate) struct Path<T>(pub(crate) T);

impl<S: Send + Sync, T: DeserializeOwned + Send> FromRequestParts<S> for Path<T> {
    type Rejection = WebError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Path<T>, WebError> {
        inner::path(parts, state).await.map(Path).map_err(|_| WebError::NotFound)
    }
}

/// 查询参数：一个名称可以出现多次。
#[derive(Debug, Clone, Default)]
pub(crate) struct Query {
    pairs: Vec<(String, String)>,
}

impl Query {
    /// Returns the first value of `key`, without the space around it.
    pub(crate) fn first(&self, key: &str) -> Option<&str> {
        let value = self.pairs.iter().find(|(it, _)| it == key).map(|(_, value)| value.trim());
        value.filter(|value| !value.is_empty())
    }

    /// Returns the day that `key` names, and refuses what is no day.
    pub(crate) fn day(&self, key: &str) -> Result<Option<Date>, WebError> {
        let read = |text: &str| Date::parse(text, format_description!("[year]-[month]-[day]"));
        let day = |text: &str| read(text).map_err(|_| WebError::NotADay(text.to_owned()));
        self.first(key).map(day).transpose()
    }

    /// Returns the whole number that `key` has, and refuses what is none.
    pub(crate) fn number(&self, key: &'static str) -> Result<Option<i64>, WebError> {
        let read = |text: &str| text.parse().map_err(|_| WebError::unreadable(key, text));
        self.first(key).map(read).transpose()
    }

    /// Returns every value of `key`, each once.
    pub(crate) fn all(&self, key: &str) -> Vec<String> {
        let mut values: Vec<String> = Vec::new();
        for (_, value) in self.pairs.iter().filter(|(it, _)| it == key) {
            let value = value.trim();
            if !value.is_empty() && values.iter().all(|it| it != value) {
                values.push(value.to_owned());
            }
        }
        values
    }

    /// Refuses every parameter that is not `known`: an answer for machines must not
    /// leave out silently what was asked for. A page ignores what it does not know.
    pub(crate) fn only(&self, known: &[&str]) -> Result<(), WebError> {
        match self.pairs.iter().find(|(key, _)| !known.contains(&key.as_str())) {
            Some((key, _)) => Err(WebError::UnknownParameter(key.clone())),
            None => Ok(()),
        }
    }
}

impl<S: Sync> FromRequestParts<S> for Query {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Query, Infallible> {
        Ok(Query { pairs: inner::pairs(parts) })
    }
}

/// 表单。`Form<Vec<(String, String)>>` takes any fields, in their order.
pub(crate) struct Form<T>(pub(crate) T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Form<T> {
    type Rejection = WebError;

    async fn from_request(request: Request, state: &S) -> Result<Form<T>, WebError> {
        inner::form(request, state).await.map(Form).map_err(|_| WebError::BadForm)
    }
}

//! Extractors that answer with our pages when an address is not sound.

use std::convert::Infallible;

use axum::{
    extract::{FromRequestParts, rejection::PathRejection},
    http::request::Parts,
};

use crate::error::WebError;

#[expect(clippy::disallowed_types, reason = "the one place that wraps it")]
mod inner {
    use super::*;

    #[derive(FromRequestParts)]
    #[from_request(via(axum::extract::Path), rejection(WebError))]
    pub(crate) struct Path<T>(pub(crate) T);

    /// Reads the pairs of a query; what is not sound UTF-8 is replaced, so this never fails.
    pub(super) fn pairs(parts: &Parts) -> Vec<(String, String)> {
        axum::extract::Query::try_from_uri(&parts.uri).map(|it| it.0).unwrap_or_default()
    }
}

pub(crate) use inner::Path;

impl From<PathRejection> for WebError {
    fn from(_: PathRejection) -> WebError {
        WebError::NotFound
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

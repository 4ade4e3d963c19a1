//! The map of the site: every path, and who may go there.

use axum::{
    Router,
    middleware::{from_fn, from_fn_with_state},
    routing::MethodRouter,
};
use domain::people::Duty;
use tower_http::{catch_panic::CatchPanicLayer, compression::CompressionLayer};

use crate::{
    AppState,
    error::{self, WebError},
    headers, kept, observe, session,
};

/// Who may open a place. What a visitor may do there is the domain's to say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Who {
    Anyone,
    /// An officer with one of these duties; with any, if none is named.
    Officer(&'static [Duty]),
    /// Whoever reaches the listener for operators; a place on that one's map alone.
    Operator,
}

pub(crate) struct Map {
    state: AppState,
    router: Router<AppState>,
    places: Vec<(&'static str, Who)>,
}

impl Map {
    pub(crate) fn new(state: AppState) -> Map {
        Map { state, router: Router::new(), places: Vec::new() }
    }

    pub(crate) fn place(
        mut self,
        path: &'static str,
        who: Who,
        methods: MethodRouter<AppState>,
    ) -> Map {
        let methods = match who {
            Who::Officer(duties) => {
                methods.layer(from_fn_with_state((self.state.clone(), duties), session::gate))
            }
            Who::Anyone | Who::Operator => methods,
        };
        self.router = self.router.route(path, methods);
        self.places.push((path, who));
        self
    }

    /// Puts the house around the places; the last layer is the outermost.
    pub(crate) fn into_router(self) -> Router {
        self.router
            .fallback(|| async { WebError::NotFound })
            .method_not_allowed_fallback(|| async { WebError::MethodNotAllowed })
            .layer(from_fn(headers::tag))
            .layer(CatchPanicLayer::custom(error::after_panic))
            .layer(from_fn_with_state(self.state.clone(), error::show))
            .layer(CompressionLayer::new())
            .layer(from_fn(headers::secure))
            .layer(from_fn_with_state(self.state.clone(), kept::answer))
            .layer(from_fn_with_state(self.state.clone(), observe::observe))
            .with_state(self.state)
    }

    #[cfg(test)]
    pub(crate) fn places(&self) -> &[(&'static str, Who)] {
        &self.places
    }
}

//! The site: pages for the public, later for officers.
//!
//! One folder under `features` for each thing that a person can do. A feature
//! depends on the files beside this one, never on another feature.
//!
//! Architecture invariant: the portal reads publications, and the index that is
//! made of them, and nothing else of the store.

pub mod jobs;

mod areas;
mod assets;
mod clock;
mod error;
mod extract;
mod features;
mod follow;
mod headers;
mod layout;
mod links;
mod map;
mod origin;
#[cfg(test)]
mod testkit;
mod words;
mod xml;

use std::{future::Future, io, sync::Arc};

use axum::Router;
use domain::{region::RegionCode, standard::Standards};
use search::Index;
use store::Store;
use tokio::net::TcpListener;

pub use self::{
    clock::Clock,
    follow::{FollowError, catch_up, follow},
    origin::{NotAnOrigin, Origin},
};

/// 站点的全部状态。Cheap to clone: every request has its own.
#[derive(Clone)]
pub struct AppState {
    pub store: Store,
    pub index: Index,
    pub standards: Arc<Standards>,
    pub clock: Clock,
    pub settings: Arc<Settings>,
    areas: Arc<areas::Areas>,
}

/// 站点设置。
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// Every page says that its data is for show.
    pub demo: bool,
    /// The region of a page whose address names none; else the first that has items.
    pub region: Option<RegionCode>,
    /// 站点名称; else the region's own, such as 武山县政务服务.
    pub site_name: Option<String>,
    /// 对外的地址; else that by which a visitor came.
    pub public_url: Option<Origin>,
}

impl AppState {
    pub fn new(
        store: Store,
        index: Index,
        standards: Arc<Standards>,
        clock: Clock,
        settings: Settings,
    ) -> AppState {
        let (settings, areas) = (Arc::new(settings), Arc::default());
        AppState { store, index, standards, clock, settings, areas }
    }

    /// Searches off the threads that answer requests.
    async fn search(&self, query: search::Query) -> Result<search::Results, error::WebError> {
        let index = self.index.clone();
        Ok(tokio::task::spawn_blocking(move || index.search(&query)).await??)
    }
}

pub fn app(state: AppState) -> Router {
    features::map(map::Map::new(state)).into_router()
}

/// Serves until `shutdown` is done, while the index follows the publications.
pub async fn serve(
    listener: TcpListener,
    state: AppState,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    let following = tokio::spawn(follow(state.clone()));
    let served = axum::serve(listener, app(state)).with_graceful_shutdown(shutdown).await;
    following.abort();
    served
}

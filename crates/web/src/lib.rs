//! The site: the portal for the public, the workbench for officers.
//!
//! One folder under `features` for each thing that a person can do. A feature
//! depends on the files beside this one, never on another feature.
//!
//! Architecture invariant: the portal reads publications, and the index that is
//! made of them, and nothing else of the store.

pub mod accounts;
pub mod jobs;

mod addresses;
mod approvals;
mod areas;
mod assets;
mod attaching;
mod changes;
mod clock;
mod controls;
mod downloads;
mod editions;
mod error;
mod extract;
mod features;
mod files;
mod follow;
mod headers;
mod keeping;
mod kept;
mod layout;
mod links;
mod map;
mod markdown;
mod observe;
mod office;
mod opening;
mod origin;
mod overview;
mod refusals;
mod session;
#[cfg(test)]
mod testkit;
mod uploads;
mod uses;
mod words;
mod workflow;
mod xml;

use std::{
    future::Future,
    io,
    net::SocketAddr,
    ops::Deref,
    sync::Arc,
    time::{Duration, Instant},
};

use axum::Router;
use domain::{
    region::RegionCode,
    standard::{Standard, Standards},
};
use search::Index;
use store::Store;
use tokio::{net::TcpListener, sync::watch};

pub use self::{
    clock::Clock,
    files::{Files, FilesError, Flaw},
    follow::{FollowError, catch_up, follow},
    origin::{Elsewhere, NotAnAddress, NotAnOrigin, Origin},
    workflow::Step,
};

/// 站点的全部状态。Every request holds it several times over: one count goes up, not one for
/// each of its parts.
#[derive(Clone)]
pub struct AppState(Arc<Shared>);

/// What the site is made of.
#[derive(Clone)]
pub struct Shared {
    pub store: Store,
    pub index: Index,
    pub files: Files,
    pub standards: Arc<Standards>,
    pub clock: Clock,
    pub settings: Arc<Settings>,
    areas: Arc<areas::Areas>,
    addresses: Arc<addresses::Parts>,
    pages: Arc<kept::Pages>,
    metrics: Arc<observe::Metrics>,
    following: Arc<follow::Progress>,
    passwords: session::Passwords,
    limits: session::Limits,
}

/// 站点监听的地方。
#[derive(Debug)]
pub struct Listeners {
    pub public: TcpListener,
    /// Where the figures are read; nowhere if there is none.
    pub operators: Option<TcpListener>,
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
    /// 讲解视频的地址; the sign-in page says nothing of one where there is none.
    pub guide_video: Option<Elsewhere>,
}

impl AppState {
    pub fn new(
        store: Store,
        index: Index,
        files: Files,
        standards: Arc<Standards>,
        clock: Clock,
        settings: Settings,
    ) -> AppState {
        let settings = Arc::new(settings);
        let (areas, addresses, pages) = (Arc::default(), Arc::default(), Arc::default());
        let metrics = Arc::new(observe::Metrics::new(clock.now()));
        let following = Arc::new(follow::Progress::new(clock.now()));
        AppState(Arc::new(Shared {
            store,
            index,
            files,
            standards,
            clock,
            settings,
            areas,
            addresses,
            pages,
            metrics,
            following,
            passwords: session::Passwords::default(),
            limits: session::Limits::default(),
        }))
    }

    /// The same site at another time.
    #[cfg(test)]
    fn at(&self, now: time::OffsetDateTime) -> AppState {
        AppState(Arc::new(Shared { clock: Clock::Fixed(now), ..Shared::clone(self) }))
    }

    /// A record under a standard that this program lacks still shows, by the national one.
    fn standard(&self, name: &str) -> &Standard {
        self.standards.get(name).unwrap_or_else(|| self.standards.national())
    }

    /// Searches off the threads that answer requests.
    async fn search(&self, query: search::Query) -> Result<search::Results, error::WebError> {
        let (index, metrics) = (self.index.clone(), self.metrics.clone());
        let search = move || {
            let begun = Instant::now();
            let found = index.search(&query);
            metrics.searched(begun.elapsed());
            found
        };
        Ok(tokio::task::spawn_blocking(search).await??)
    }
}

impl Deref for AppState {
    type Target = Shared;

    fn deref(&self) -> &Shared {
        &self.0
    }
}

pub fn app(state: AppState) -> Router {
    features::map(map::Map::new(state)).into_router()
}

/// Serves until `shutdown` is done, while the index follows the publications and jobs go on.
///
/// Then it takes no one in any more, lets the requests that run be answered, for `patience`
/// at most, and ends the following of the index and the jobs at a commit.
pub async fn serve(
    listeners: Listeners,
    state: AppState,
    patience: Duration,
    shutdown: impl Future<Output = ()>,
) -> io::Result<()> {
    let (stop, stopping) = watch::channel(false);
    let following = tokio::spawn(follow(state.clone(), stopping.clone()));
    let asking = tokio::spawn(follow::follow_queries(state.clone(), stopping.clone()));
    let settling = tokio::spawn(follow::settle(state.clone(), stopping.clone()));
    let working = tokio::spawn(jobs::work::work(state.clone(), stopping.clone()));
    let operators = features::for_operators(map::Map::new(state.clone())).into_router();
    let serving = async {
        tokio::try_join!(
            serve_at(Some(listeners.public), app(state), stopping.clone()),
            serve_at(listeners.operators, operators, stopping.clone()),
        )
    };
    let stopped = async {
        shutdown.await;
        stop.send_replace(true);
        tokio::time::sleep(patience).await;
    };
    let served = tokio::select! {
        served = serving => served.map(|_| ()),
        () = stopped => {
            tracing::warn!(?patience, "requests were left unanswered at the end");
            Ok(())
        }
    };
    stop.send_replace(true);
    let ending = [
        (following, "following of the index"),
        (settling, "settling of the index"),
        (asking, "following of the queries"),
        (working, "work on jobs"),
    ];
    for (task, what) in ending {
        if let Err(error) = task.await {
            tracing::error!(%error, "the {what} did not end by itself");
        }
    }
    served
}

async fn serve_at(
    listener: Option<TcpListener>,
    router: Router,
    mut stopping: watch::Receiver<bool>,
) -> io::Result<()> {
    let Some(listener) = listener else { return Ok(()) };
    let told = async move {
        // An error says that nobody is left to tell.
        let _ = stopping.wait_for(|stop| *stop).await;
    };
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    axum::serve(listener, service).with_graceful_shutdown(told).await
}

#[cfg(test)]
mod tests;

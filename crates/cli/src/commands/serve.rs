use std::{sync::Arc, time::Duration};

use anyhow::Context;
use search::Index;
use store::Store;
use time::OffsetDateTime;
use tokio::{
    net::TcpListener,
    signal::unix::{Signal, SignalKind, signal},
};
use web::{
    AppState, Clock, Listeners, Settings,
    accounts::{self, FirstPassword},
};

use super::say;
use crate::{Done, lock::Lock, place::Place, settings::ListenArgs};

/// What to do where the folder is served already.
pub(crate) const WAY_OUT: &str = "先停下它，或用 --data 另指一个数据目录";

/// How long the requests that run when the site stops may take. `TimeoutStopSec` of
/// `deploy/shixiang.service` is longer.
const PATIENCE: Duration = Duration::from_secs(20);

/// How long connections to the database may take to end, once nothing is asked any more.
const CLOSING: Duration = Duration::from_secs(5);

#[derive(clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    listen: ListenArgs,
}

pub(crate) async fn run(place: &Place, args: Args) -> anyhow::Result<Done> {
    let lock = place.serving(WAY_OUT)?;
    serve(place, lock, &args.listen, false).await
}

/// Serves the folder that is held until interrupted, and says where.
pub(crate) async fn serve(
    place: &Place,
    _held: Lock,
    listen: &ListenArgs,
    demo: bool,
) -> anyhow::Result<Done> {
    let (listen, metrics_listen) = place.settings.listen(listen);
    let store = place.store().await?;
    let index = index(place, &store).await?;
    let standards = Arc::new(place.standards()?);
    let settings = Settings {
        demo,
        region: place.home_region()?,
        site_name: place.settings.site_name.clone(),
        public_url: place.public_url()?,
        guide_video: place.guide_video()?,
    };
    let files = place.files()?;
    let state = AppState::new(store.clone(), index, files, standards, Clock::System, settings);
    state.prepare().await?;
    tell_first_administrator(&store).await?;
    let mut signals = Signals::new()?;
    let public = bind(&listen, "--listen").await?;
    let operators = match metrics_listen {
        Some(address) => Some(bind(&address, "--metrics-listen").await?),
        None => None,
    };
    say(format_args!("已打开：http://{}", public.local_addr()?))?;
    if let Some(operators) = &operators {
        say(format_args!("运行指标：http://{}/metrics", operators.local_addr()?))?;
    }
    let stopped = async move {
        signals.next().await;
        eprintln!(
            "正在停止：等在办的请求答完，最多 {} 秒；再发一次信号立即结束",
            PATIENCE.as_secs()
        );
        tokio::spawn(async move {
            signals.next().await;
            eprintln!("没有等完，立即结束");
            std::process::exit(1);
        });
    };
    web::serve(Listeners { public, operators }, state, PATIENCE, stopped).await?;
    if tokio::time::timeout(CLOSING, store.close()).await.is_err() {
        tracing::warn!("connections to the database were still in use at the end");
    }
    Ok(Done::Whole)
}

/// A database without accounts gets one, whose password is told here and nowhere else.
#[expect(clippy::disallowed_methods, reason = "the command line is where the clock is read")]
async fn tell_first_administrator(store: &Store) -> anyhow::Result<()> {
    let first = accounts::first_administrator(store, OffsetDateTime::now_utc()).await?;
    let Some(FirstPassword { account, password, .. }) = first else { return Ok(()) };
    say(format_args!("第一个管理员账号 {account}，初始密码 {password}；只显示这一次，登录以后要改"))
}

/// Opens the index; one of other data, such as those before a restore, is begun anew.
async fn index(place: &Place, store: &Store) -> anyhow::Result<Index> {
    let index = place.index()?;
    let (indexed, published) = (index.seq(), store.last_publication().await?);
    if indexed <= published {
        return Ok(index);
    }
    tracing::warn!(indexed, published, "the index is of other data and is built anew");
    drop(index);
    place.new_index()
}

async fn bind(address: &str, flag: &str) -> anyhow::Result<TcpListener> {
    let bound = TcpListener::bind(address).await;
    bound.with_context(|| format!("不能在 {address} 监听；换一个端口：{flag} 127.0.0.1:0"))
}

/// What asks the site to stop: a service manager, or the keyboard.
struct Signals {
    terminate: Signal,
    interrupt: Signal,
}

impl Signals {
    fn new() -> anyhow::Result<Signals> {
        let on = |kind| signal(kind).context("收不到停止信号");
        Ok(Signals {
            terminate: on(SignalKind::terminate())?,
            interrupt: on(SignalKind::interrupt())?,
        })
    }

    async fn next(&mut self) {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
        }
    }
}

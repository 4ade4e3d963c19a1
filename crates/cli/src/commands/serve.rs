use std::sync::Arc;

use anyhow::Context;
use tokio::net::TcpListener;
use web::{AppState, Clock, Settings};

use super::say;
use crate::{Done, place::Place};

#[derive(clap::Args)]
pub(crate) struct Args {
    /// 监听地址
    #[arg(long, default_value = "127.0.0.1:8080", env = "SHIXIANG_LISTEN", value_name = "ADDR")]
    pub(crate) listen: String,
}

pub(crate) async fn run(place: &Place, args: Args) -> anyhow::Result<Done> {
    serve(place, &args.listen, false).await
}

/// Serves until interrupted, and says where.
pub(crate) async fn serve(place: &Place, listen: &str, demo: bool) -> anyhow::Result<Done> {
    let store = place.store().await?;
    let index = place.index()?;
    let standards = Arc::new(place.standards()?);
    web::catch_up(&store, &index, &standards).await?;
    let settings = Settings {
        demo,
        region: place.home_region()?,
        site_name: place.settings.site_name.clone(),
        public_url: place.public_url()?,
    };
    let listener = TcpListener::bind(listen)
        .await
        .with_context(|| format!("不能在 {listen} 监听；换一个端口：--listen 127.0.0.1:0"))?;
    say(format_args!("已打开：http://{}", listener.local_addr()?))?;
    let state = AppState::new(store.clone(), index, standards, Clock::System, settings);
    web::serve(listener, state, stopped()).await?;
    store.close().await;
    Ok(Done::Whole)
}

async fn stopped() {
    let mut terminate =
        tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()).ok();
    let terminated = async {
        match &mut terminate {
            Some(signal) => {
                signal.recv().await;
            }
            None => std::future::pending().await,
        }
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        () = terminated => {}
    }
}

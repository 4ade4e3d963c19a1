use std::{fs, sync::Arc};

use anyhow::Context;

use super::{say, say_json};
use crate::{Done, place::Place};

#[derive(clap::Args)]
pub(crate) struct Args {
    #[arg(long)]
    json: bool,
}

#[derive(serde::Serialize)]
struct Answer {
    publications: u64,
}

pub(crate) async fn run(place: &Place, args: Args) -> anyhow::Result<Done> {
    let _held = place.serving("站点自己会跟上公布；一定要重建，先停下它")?;
    let store = place.existing_store().await?;
    let standards = Arc::new(place.standards()?);
    let dir = place.data().join("index");
    if dir.exists() {
        fs::remove_dir_all(&dir).with_context(|| format!("删不掉旧的检索库 {}", dir.display()))?;
    }
    let publications = web::catch_up(&store, &place.index()?, &standards).await?;
    if args.json {
        say_json(&Answer { publications })?;
    } else {
        say(format_args!("检索库已按 {publications} 条公布重建"))?;
    }
    Ok(Done::Whole)
}

use std::sync::Arc;

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
    /// Items that queries know.
    items: usize,
}

/// Items taken in one step.
const BATCH: u32 = 1_000;

pub(crate) async fn run(place: &Place, args: Args) -> anyhow::Result<Done> {
    let _held = place.serving("站点自己会跟上公布；一定要重建，先停下它")?;
    let store = place.existing_store().await?;
    let standards = Arc::new(place.standards()?);
    let publications = web::catch_up(&store, &place.new_index()?, &standards).await?;
    store.forget_queries().await?;
    let today = web::Clock::System.today();
    let mut items = 0;
    while let Some(taken) = store.follow_queries(&standards, today, BATCH).await? {
        items += taken;
    }
    if args.json {
        say_json(&Answer { publications, items })?;
    } else {
        say(format_args!("检索库已按 {publications} 条公布重建，综合查询已按 {items} 项事项重建"))?;
    }
    Ok(Done::Whole)
}

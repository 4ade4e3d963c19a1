use store::Saving;
use web::Clock;

use super::{say, say_json};
use crate::{Done, place::Place};

#[derive(clap::Args)]
pub(crate) struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(clap::Subcommand)]
enum What {
    /// 把现行事项引用的法律法规收进文库；已有的不动，收来的标为未核对
    Gather {
        #[arg(long)]
        json: bool,
    },
}

#[derive(serde::Serialize)]
struct Answer {
    gathered: usize,
}

pub(crate) async fn run(place: &Place, args: Args) -> anyhow::Result<Done> {
    let What::Gather { json } = args.what;
    let store = place.existing_store().await?;
    let saving = Saving { by: domain::people::OfficerId(0), at: Clock::System.now() };
    let gathered = store.gather_laws(&place.standards()?, saving).await?;
    if json {
        say_json(&Answer { gathered })?;
    } else {
        say(format_args!("收进 {gathered} 部法律法规，标为未核对"))?;
    }
    Ok(Done::Whole)
}

use store::{Verdict, Wrong};

use super::{say, say_json};
use crate::{Done, place::Place};

#[derive(clap::Args)]
pub(crate) struct Args {
    #[arg(long)]
    json: bool,
}

#[derive(serde::Serialize)]
struct Answer {
    events: i64,
    publications: i64,
    wrong: Vec<String>,
}

pub(crate) async fn run(place: &Place, args: Args) -> anyhow::Result<Done> {
    let verdict = place.existing_store().await?.verify().await?;
    let wrong = lines(&verdict);
    let whole = wrong.is_empty();
    if args.json {
        let (events, publications) = (verdict.n_events, verdict.n_publications);
        say_json(&Answer { events, publications, wrong })?;
    } else {
        say(format_args!(
            "流转记录 {} 条，公布 {} 条，{}",
            verdict.n_events,
            verdict.n_publications,
            if whole { "完好" } else { "有问题：" }
        ))?;
        for line in wrong {
            say(line)?;
        }
    }
    Ok(if whole { Done::Whole } else { Done::InPart })
}

/// Says each row that does not fit.
pub(crate) fn lines(verdict: &Verdict) -> Vec<String> {
    let line = |it: &Wrong| format!("表 {} 第 {} 行：{}", it.table, it.seq, it.detail);
    verdict.wrong.iter().map(line).collect()
}

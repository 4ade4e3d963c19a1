use store::{Verdict, Wrong};

use super::{say, say_json};
use crate::{Done, census, place::Place};

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
    index: Option<census::Compared>,
}

pub(crate) async fn run(place: &Place, args: Args) -> anyhow::Result<Done> {
    let store = place.existing_store().await?;
    let verdict = store.verify().await?;
    let index = census::compare(place, &store).await?;
    let wrong = lines(&verdict);
    let whole = wrong.is_empty() && index.as_ref().is_none_or(|it| it.wrong.is_empty());
    if args.json {
        let (events, publications) = (verdict.n_events, verdict.n_publications);
        say_json(&Answer { events, publications, wrong, index })?;
    } else {
        say(format_args!(
            "流转记录 {} 条，公布 {} 条，{}",
            verdict.n_events,
            verdict.n_publications,
            if wrong.is_empty() { "完好" } else { "有问题：" }
        ))?;
        wrong.iter().try_for_each(say)?;
        if let Some(index) = index {
            print_index(&index)?;
        }
    }
    Ok(if whole { Done::Whole } else { Done::InPart })
}

/// Says each row that does not fit.
pub(crate) fn lines(verdict: &Verdict) -> Vec<String> {
    let line = |it: &Wrong| format!("表 {} 第 {} 行：{}", it.table, it.seq, it.detail);
    verdict.wrong.iter().map(line).collect()
}

fn print_index(index: &census::Compared) -> anyhow::Result<()> {
    let census::Compared { seq, items, behind, wrong } = index;
    let state = match (wrong.is_empty(), *behind) {
        (true, 0) => "与公布相符".to_owned(),
        (true, behind) => format!("与公布相符，还差后面的 {behind} 条，打开站点时补上"),
        (false, _) => "与公布不符，请运行 shixiang reindex 重建：".to_owned(),
    };
    say(format_args!("检索库记到第 {seq} 条公布，有 {items} 项，{state}"))?;
    wrong.iter().try_for_each(say)
}

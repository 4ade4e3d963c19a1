use store::{Verdict, Wrong};

use super::{say, say_json};
use crate::{Done, census, kept, place::Place};

#[derive(clap::Args)]
pub(crate) struct Args {
    #[arg(long)]
    json: bool,
}

#[derive(serde::Serialize)]
struct Answer {
    events: i64,
    publications: i64,
    files: u64,
    wrong: Vec<String>,
    index: Option<census::Compared>,
}

pub(crate) async fn run(place: &Place, args: Args) -> anyhow::Result<Done> {
    let store = place.existing_store().await?;
    let verdict = store.verify().await?;
    let files = kept::check(place, &store).await?;
    let index = census::compare(place, &store).await?;
    let wrong = lines(&verdict);
    let whole = wrong.is_empty()
        && files.wrong.is_empty()
        && index.as_ref().is_none_or(|it| it.wrong.is_empty());
    if args.json {
        say_json(&Answer {
            events: verdict.n_events,
            publications: verdict.n_publications,
            files: files.n_files,
            wrong: [wrong, files.wrong].concat(),
            index,
        })?;
    } else {
        say(format_args!(
            "流转记录 {} 条，公布 {} 条，{}",
            verdict.n_events,
            verdict.n_publications,
            if wrong.is_empty() { "完好" } else { "有问题：" }
        ))?;
        wrong.iter().try_for_each(say)?;
        print_files(&files, place)?;
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

/// Says how it stands with the files that were brought, if there are any.
pub(crate) fn print_files(files: &kept::Checked, place: &Place) -> anyhow::Result<()> {
    if files.n_files == 0 {
        return Ok(());
    }
    say(files.summary())?;
    files.wrong.iter().try_for_each(say)?;
    files.way_out(place).iter().try_for_each(say)
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

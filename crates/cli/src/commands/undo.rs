use anyhow::{Context, bail};
use domain::{item::ImportId, people::Actor};
use store::ImportState;
use time::OffsetDateTime;

use super::{say, say_json};
use crate::{Done, place::Place};

#[derive(clap::Args)]
pub(crate) struct Args {
    /// 导入的编号，默认最近一次
    import: Option<i64>,
    #[arg(long)]
    json: bool,
}

#[derive(serde::Serialize)]
struct Answer {
    import: i64,
    removed: u64,
    restored: u64,
    kept: Vec<(String, String)>,
}

#[expect(clippy::disallowed_methods, reason = "the command line is where the clock is read")]
pub(crate) async fn run(place: &Place, args: Args) -> anyhow::Result<Done> {
    let store = place.existing_store().await?;
    let import = match args.import {
        Some(id) => store.import(ImportId(id)).await?,
        None => store.last_import().await?,
    };
    let import = import.context("没有这一次导入")?;
    if import.state == ImportState::Undone {
        bail!("导入 {}（{}）已经撤销过", import.id, import.source);
    }
    let standards = place.standards()?;
    let now = OffsetDateTime::now_utc();
    let undone =
        web::jobs::import::undo(&store, import.id, &standards, &Actor::operator(), now).await?;
    let whole = undone.kept.is_empty();
    if args.json {
        let web::jobs::import::Undone { removed, restored, kept } = undone;
        say_json(&Answer { import: import.id.0, removed, restored, kept })?;
    } else {
        say(format_args!(
            "已撤销导入 {}（{}）：收回 {} 项，恢复原样 {} 项",
            import.id, import.source, undone.removed, undone.restored
        ))?;
        for (row, why) in &undone.kept {
            say(format_args!("{row}：{why}"))?;
        }
    }
    Ok(if whole { Done::Whole } else { Done::InPart })
}

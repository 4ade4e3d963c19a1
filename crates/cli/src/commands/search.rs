use std::sync::Arc;

use ::search::{Piece, Query, SearchError};
use domain::region::RegionCode;
use web::FollowError;

use super::{say, say_json};
use crate::{Done, place::Place};

#[derive(clap::Args)]
pub(crate) struct Args {
    /// 要找的话
    words: Vec<String>,
    #[arg(long, value_name = "CODE")]
    region: Option<RegionCode>,
    #[arg(long, default_value_t = 10, value_name = "N")]
    limit: usize,
    #[arg(long)]
    json: bool,
}

#[derive(serde::Serialize)]
struct Answer {
    total: usize,
    hits: Vec<Line>,
}

#[derive(serde::Serialize)]
struct Line {
    code: String,
    name: String,
    body: String,
    kind: String,
    region: String,
}

pub(crate) async fn run(place: &Place, args: Args) -> anyhow::Result<Done> {
    let store = place.existing_store().await?;
    let standards = Arc::new(place.standards()?);
    let index = place.index()?;
    match web::catch_up(&store, &index, &standards).await {
        // Whoever writes to it, a site or another search, brings it up to date.
        Err(FollowError::Search(SearchError::Locked { .. })) => {}
        caught_up => drop(caught_up?),
    }
    let query = Query {
        words: args.words.join(" "),
        region: args.region,
        limit: args.limit,
        ..Query::default()
    };
    let results = index.search(&query)?;
    let name = |title: &[Piece]| title.iter().map(|piece| piece.text.as_str()).collect::<String>();
    let hits: Vec<Line> = results
        .hits
        .iter()
        .map(|hit| Line {
            code: hit.code.clone(),
            name: name(&hit.title),
            body: hit.card.body.clone(),
            kind: hit.card.kind.clone(),
            region: hit.region.to_string(),
        })
        .collect();
    if args.json {
        say_json(&Answer { total: results.total, hits })?;
        return Ok(Done::Whole);
    }
    say(format_args!("找到 {} 项", results.total))?;
    for hit in hits {
        say(format_args!("{}　{}　{}　{}", hit.code, hit.name, hit.body, hit.kind))?;
    }
    Ok(Done::Whole)
}

use domain::{
    code::{Explanation, Lookup, Scheme, best_first, explain},
    region::{RegionCode, regions},
    standard::{KIND_LIST, Standard, Standards},
};

use super::{say, say_json};
use crate::{Done, place::Place};

#[derive(clap::Args)]
pub(crate) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(clap::Subcommand)]
enum Command {
    /// 说明编码的每一段
    Explain {
        code: String,
        #[arg(long)]
        json: bool,
    },
}

/// What a standard's own lists say of a segment.
struct Lists<'a>(&'a Standard);

impl Lookup for Lists<'_> {
    fn label(&self, list: &str, code: &str) -> Option<String> {
        let list = self.0.list(list)?;
        let by_letters = || {
            let lettered = list.entries.iter().filter(|_| list.id == KIND_LIST);
            lettered.into_iter().find(|entry| !entry.letters.is_empty() && entry.letters == code)
        };
        list.code(code).or_else(by_letters).map(|entry| entry.label.clone())
    }

    fn region(&self, code: &RegionCode) -> Option<String> {
        regions::full_name(code)
    }
}

pub(crate) fn run(place: &Place, args: Args) -> anyhow::Result<Done> {
    let Command::Explain { code, json } = args.command;
    let standards = place.standards()?;
    let readings = readings(&code, &standards);
    if json {
        say_json(&readings)?;
    } else {
        for (at, reading) in readings.iter().enumerate() {
            if at > 0 {
                say("")?;
            }
            print(reading, readings.len() > 1)?;
        }
    }
    let sound = readings
        .iter()
        .any(|it| it.explanation.fits && it.explanation.all_faults().next().is_none());
    Ok(if sound { Done::Whole } else { Done::InPart })
}

/// A reading, and the standards whose lists give it.
#[derive(serde::Serialize)]
struct Reading {
    by: Vec<String>,
    #[serde(flatten)]
    explanation: Explanation,
}

/// Reads a code by every standard. Standards that inherit a scheme may have other
/// lists: of each scheme, the readings with the fewest faults are kept.
fn readings(code: &str, standards: &Standards) -> Vec<Reading> {
    let mut by_standard = Vec::new();
    for standard in standards.iter() {
        let schemes: Vec<&Scheme> = standard.schemes.iter().collect();
        by_standard.push((&standard.title, explain(code, &schemes, &Lists(standard))));
    }
    let all = best_first(by_standard.iter().flat_map(|(_, it)| it.clone()).collect());
    let n_faults = |it: &Explanation| it.all_faults().count();
    let mut kept: Vec<Reading> = Vec::new();
    for explanation in &all {
        let same_scheme = all.iter().filter(|it| it.scheme == explanation.scheme);
        let fewest = same_scheme.map(n_faults).min();
        let known = kept.iter().any(|it| it.explanation == *explanation);
        if known || fewest != Some(n_faults(explanation)) {
            continue;
        }
        let by = by_standard.iter().filter(|(_, readings)| readings.contains(explanation));
        let by = by.map(|(title, _)| (*title).clone()).collect();
        kept.push(Reading { by, explanation: explanation.clone() });
    }
    kept
}

fn print(reading: &Reading, name_standards: bool) -> anyhow::Result<()> {
    let explanation = &reading.explanation;
    let verdict = if explanation.fits { "" } else { "（不合此规则，最接近）" };
    say(format_args!("{}{verdict}", explanation.title))?;
    say(format_args!("来源：{}", explanation.source))?;
    if name_standards {
        say(format_args!("代码表：{}", reading.by.join("、")))?;
    }
    for change in &explanation.changes {
        say(format_args!("注意：{change}"))?;
    }
    for segment in &explanation.segments {
        let meaning = match (&segment.meaning, segment.explained) {
            (Some(meaning), _) => meaning.as_str(),
            (None, true) => "",
            (None, false) => "（没有来源说明这一段）",
        };
        say(format_args!("  {:<20} {}　{meaning}", segment.text, segment.name))?;
        for fault in &segment.faults {
            say(format_args!("  {:<20} 错误：{fault}", ""))?;
        }
    }
    for fault in &explanation.faults {
        say(format_args!("错误：{fault}"))?;
    }
    Ok(())
}

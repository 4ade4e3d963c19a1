use domain::{
    code::{Explanation, Lookup, Scheme, best_first, credit, explain},
    region::{RegionCode, regions},
    standard::{KIND_LIST, Standard},
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
    let mut explanations: Vec<Explanation> = Vec::new();
    let mut asked: Vec<&str> = Vec::new();
    for standard in standards.iter() {
        let own =
            |scheme: &&Scheme| standard.id == "national" || !asked.contains(&scheme.id.as_str());
        let schemes: Vec<&Scheme> = standard.schemes.iter().filter(own).collect();
        explanations.extend(explain(&code, &schemes, &Lists(standard)));
        asked.extend(standard.schemes.iter().map(|scheme| scheme.id.as_str()));
    }
    let explanations = best_first(explanations);
    let fits = explanations.first().is_some_and(|it| it.fits);
    if json {
        say_json(&explanations)?;
    } else {
        for (at, explanation) in explanations.iter().take(3).enumerate() {
            if at > 0 {
                say("")?;
            }
            print(explanation)?;
        }
    }
    let sound = fits && explanations[0].all_faults().next().is_none();
    Ok(if sound { Done::Whole } else { Done::InPart })
}

fn print(explanation: &Explanation) -> anyhow::Result<()> {
    let verdict = if explanation.fits { "" } else { "（不合此规则，最接近）" };
    say(format_args!("{}{verdict}", explanation.title))?;
    say(format_args!("来源：{}", explanation.source))?;
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
    if explanation.segments.is_empty() {
        for fault in credit::faults(&explanation.code) {
            say(format_args!("错误：{fault}"))?;
        }
    }
    Ok(())
}

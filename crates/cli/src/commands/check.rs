use std::collections::BTreeMap;

use domain::{
    checks::{self, Subject},
    edition::Edition,
    finding::{Finding, Severity},
    region::RegionCode,
};
use store::Selection;

use super::{say, say_json};
use crate::{Done, place::Place};

const PAGE: u32 = 500;

#[derive(clap::Args)]
pub(crate) struct Args {
    #[arg(long, value_name = "CODE")]
    region: Option<RegionCode>,
    #[arg(long, value_name = "NAME")]
    body: Option<String>,
    #[arg(long)]
    json: bool,
}

#[derive(serde::Serialize)]
struct Line<'a> {
    code: Option<&'a str>,
    name: &'a str,
    body: &'a str,
    findings: &'a [Finding],
}

pub(crate) async fn run(place: &Place, args: Args) -> anyhow::Result<Done> {
    let store = place.existing_store().await?;
    let standards = place.standards()?;
    let selection = Selection { region: args.region, body: args.body, code: None };
    let today = web::Clock::System.today();
    let mut totals: BTreeMap<String, (u64, Severity)> = BTreeMap::new();
    let (mut n_items, mut n_found, mut after) = (0_u64, 0_u64, None);
    loop {
        let page = store.current_page(&selection, after, PAGE).await?;
        let Some((last, _)) = page.last() else { break };
        after = Some(*last);
        let records: Vec<_> = page.iter().map(|(_, it)| &it.record).collect();
        let around = store.around(&records, today).await?;
        for (_, edition) in &page {
            let Edition { record, .. } = edition;
            let standard = standards.get(&record.standard).unwrap_or(standards.national());
            let findings = checks::run(&Subject { record, standard, surroundings: &around });
            n_items += 1;
            n_found += u64::from(!findings.is_empty());
            for finding in &findings {
                let total = totals.entry(finding.rule.clone()).or_insert((0, finding.severity));
                *total = (total.0 + 1, total.1.max(finding.severity));
            }
            report(record, &findings, args.json)?;
        }
    }
    if !args.json {
        say(format_args!("检查 {n_items} 项，其中 {n_found} 项有问题"))?;
        for (rule, (count, severity)) in totals {
            let word = if severity == Severity::Error { "错误" } else { "提醒" };
            say(format_args!("  {rule} {word} {count}"))?;
        }
    }
    Ok(Done::Whole)
}

fn report(
    record: &domain::item::ItemRecord,
    findings: &[Finding],
    json: bool,
) -> anyhow::Result<()> {
    if findings.is_empty() {
        return Ok(());
    }
    let (code, name, body) = (record.code.as_deref(), record.name(), record.body.name.as_str());
    if json {
        return say_json(&Line { code, name, body, findings });
    }
    say(format_args!("{}　{name}　{body}", code.unwrap_or("（无编码）")))?;
    for finding in findings {
        say(format_args!("  [{}] {}。{}", finding.rule, finding.message, finding.mend))?;
    }
    Ok(())
}

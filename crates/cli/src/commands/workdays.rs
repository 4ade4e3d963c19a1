use anyhow::Context;
use domain::calendar::Calendar;
use time::{Date, macros::format_description};

use super::{say, say_json};
use crate::Done;

#[derive(clap::Args)]
pub(crate) struct Args {
    /// 起算日，当天不计，如 2026-09-28
    date: String,
    /// 工作日数，如 +20
    days: String,
    #[arg(long)]
    json: bool,
}

#[derive(serde::Serialize)]
struct Answer {
    from: String,
    working_days: u32,
    date: String,
    weekday: &'static str,
}

pub(crate) fn run(args: Args) -> anyhow::Result<Done> {
    let format = format_description!("[year]-[month]-[day]");
    let from = Date::parse(&args.date, format)
        .with_context(|| format!("“{}”不是日期，请写成 2026-09-28 的样子", args.date))?;
    let days: u32 = args
        .days
        .trim_start_matches('+')
        .parse()
        .with_context(|| format!("“{}”不是天数，请写成 +20 的样子", args.days))?;
    let end = Calendar::shipped().add_working_days(from, days)?;
    let weekday = ["一", "二", "三", "四", "五", "六", "日"]
        [usize::from(end.weekday().number_days_from_monday())];
    let date = end.format(format)?;
    if args.json {
        say_json(&Answer { from: args.date, working_days: days, date, weekday })?;
    } else {
        say(format_args!("{date}（星期{weekday}）"))?;
    }
    Ok(Done::Whole)
}

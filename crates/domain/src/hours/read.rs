use time::{Time, Weekday};

use super::{OpenSpan, Rule, WEEK};
use crate::text::fold_width;

/// What may stand before the hours and says nothing more.
const LEADS: &[&str] = &[
    "对外办公时间",
    "对外服务时间",
    "窗口办公时间",
    "办公时间",
    "工作时间",
    "服务时间",
    "受理时间",
    "办理时间",
    "时间",
    "中午不休息",
    "午间不休息",
];

/// Days off, of which the calendar knows already.
const DAYS_OFF: &[&str] = &[
    "国家法定节假日",
    "国家法定假日",
    "法定节假日",
    "法定假日",
    "国家节假日",
    "节假日",
    "双休日",
    "周六、周日",
    "周六周日",
    "周六日",
    "周末",
    "和",
    "及",
    "与",
    "、",
    ",",
];

const OFF: &[&str] = &["除外", "不办公", "不上班", "休息", "放假"];

const WORKING_DAYS: &[&str] = &["每个工作日", "法定工作日", "国家工作日", "工作日"];

const WEEK_WORDS: &[&str] = &["星期", "礼拜", "周"];

const DAY_NAMES: [&str; 5] = ["一", "二", "三", "四", "五"];

const DASHES: &[&str] = &["——", "--", "-", "–", "—", "－", "~", "至", "到"];

const MARKS: &[&str] = &[",", ";", ":", "。", ".", "、", "(", ")", "/", "|", "为"];

const MORNING: &[&str] = &["上午", "早上", "早"];

const AFTERNOON: &[&str] = &["下午", "午后", "晚上"];

/// Returns who is open when, if every character of the text is understood.
pub(super) fn rules(text: &str) -> Option<Vec<Rule>> {
    let text: String = fold_width(text).chars().filter(|c| !c.is_whitespace()).collect();
    let mut reader = Reader { rest: &text };
    let mut rules: Vec<Rule> = Vec::new();
    // Spans may stand before the days: 9:00-12:00（工作日）.
    let mut ahead: Vec<OpenSpan> = Vec::new();
    while !reader.rest.is_empty() {
        if reader.days_off() || reader.any(MARKS) || reader.any(LEADS) {
            continue;
        }
        if let Some(days) = reader.days() {
            rules.push(Rule { days, spans: std::mem::take(&mut ahead) });
            continue;
        }
        let span = reader.span()?;
        rules.last_mut().map_or(&mut ahead, |rule| &mut rule.spans).push(span);
    }
    (ahead.is_empty() && are_sound(&rules)).then_some(rules)
}

fn are_sound(rules: &[Rule]) -> bool {
    let mut days: Vec<Weekday> = rules.iter().flat_map(|rule| rule.days.clone()).collect();
    let n_days = days.len();
    days.sort_by_key(|day| day.number_from_monday());
    days.dedup();
    let follow = |spans: &[OpenSpan]| spans.windows(2).all(|two| two[0].to <= two[1].from);
    let is_sound = |rule: &Rule| !rule.spans.is_empty() && follow(&rule.spans);
    !rules.is_empty() && days.len() == n_days && rules.iter().all(is_sound)
}

#[derive(Clone)]
struct Reader<'a> {
    rest: &'a str,
}

impl Reader<'_> {
    /// Steps over the first of the words that stands here.
    fn any(&mut self, words: &[&str]) -> bool {
        let rest = words.iter().find_map(|word| self.rest.strip_prefix(word));
        rest.inspect(|rest| self.rest = rest).is_some()
    }

    fn days_off(&mut self) -> bool {
        let mut ahead = self.clone();
        while ahead.any(DAYS_OFF) {}
        let is_off = ahead.rest.len() < self.rest.len() && ahead.any(OFF);
        if is_off {
            *self = ahead;
        }
        is_off
    }

    /// Reads 工作日, 周一至周五, 星期一、三、五.
    fn days(&mut self) -> Option<Vec<Weekday>> {
        if self.any(WORKING_DAYS) {
            return Some(WEEK.to_vec());
        }
        let mut ahead = self.clone();
        ahead.any(&["每"]);
        if !ahead.any(WEEK_WORDS) {
            return None;
        }
        let mut days = vec![ahead.day()?];
        loop {
            let mut further = ahead.clone();
            let is_range = further.any(DASHES);
            if !is_range {
                further.any(&["、", ",", "和", "及"]);
            }
            further.any(WEEK_WORDS);
            let Some(day) = further.day() else { break };
            let first = if is_range { days[days.len() - 1] + 1 } else { day };
            if first > day {
                return None;
            }
            days.extend(first..=day);
            ahead = further;
        }
        *self = ahead;
        Some(days.into_iter().map(|day| WEEK[day]).collect())
    }

    /// Returns the place of a day in the working week.
    fn day(&mut self) -> Option<usize> {
        let at = DAY_NAMES.iter().position(|name| self.rest.starts_with(name))?;
        self.any(&[DAY_NAMES[at]]);
        Some(at)
    }

    fn span(&mut self) -> Option<OpenSpan> {
        let is_afternoon = self.half_of_day();
        let from = self.time(is_afternoon)?;
        if !self.any(DASHES) {
            return None;
        }
        let to_half = self.half_of_day().or(is_afternoon);
        let to = self.time(to_half)?;
        (from < to).then_some(OpenSpan { from, to })
    }

    /// Reads 上午 or 下午: whether the hours are those after noon.
    fn half_of_day(&mut self) -> Option<bool> {
        let half = if self.any(MORNING) {
            Some(false)
        } else if self.any(AFTERNOON) {
            Some(true)
        } else {
            None
        };
        if half.is_some() {
            self.any(&[":"]);
        }
        half
    }

    /// Reads 8:30, 8点30分, 9时, 2点半.
    fn time(&mut self, is_afternoon: Option<bool>) -> Option<Time> {
        let hour = self.number()?;
        let minute = if self.any(&[":"]) {
            let minute = self.number()?;
            self.any(&[":00"]);
            minute
        } else if self.any(&["时", "点"]) {
            self.minutes_in_words()
        } else {
            return None;
        };
        let hour = match is_afternoon {
            Some(true) if hour < 12 => hour + 12,
            Some(false) if hour > 12 => return None,
            _ => hour,
        };
        Time::from_hms(hour, minute, 0).ok()
    }

    fn minutes_in_words(&mut self) -> u8 {
        if self.any(&["半"]) {
            return 30;
        }
        let mut ahead = self.clone();
        match ahead.number() {
            Some(minute) => {
                ahead.any(&["分"]);
                *self = ahead;
                minute
            }
            None => {
                self.any(&["整"]);
                0
            }
        }
    }

    /// Reads a number of one or two digits.
    fn number(&mut self) -> Option<u8> {
        let n = self.rest.bytes().take_while(u8::is_ascii_digit).count();
        let number = (1..=2).contains(&n).then(|| self.rest[..n].parse().ok())??;
        self.rest = &self.rest[n..];
        Some(number)
    }
}

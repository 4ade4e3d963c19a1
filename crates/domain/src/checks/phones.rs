use super::{Rule, Subject, wording::quoted};
use crate::{
    content::keys,
    finding::{Finding, Severity},
    text::fold_width,
};

/// 电话。
pub(super) const RULE: Rule = Rule {
    id: "Q8",
    title: "咨询电话和监督电话都有、不相同、写全区号",
    severity: Severity::Warning,
    parameters: &[],
    check,
};

fn check(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let keys = [keys::CONSULT, keys::COMPLAINT];
    let blank = keys.map(|key| subject.is_blank(key));
    if blank == [false, false] {
        check_different(subject, found);
    }
    for (key, other) in [(keys[0], keys[1]), (keys[1], keys[0])] {
        let label = subject.label(key);
        if !subject.is_blank(key) {
            check_full(subject, key, found);
        } else if subject.lacks_unrequired(key) && !subject.is_blank(other) {
            let message = format!("有{}，没有{label}", subject.label(other));
            found.push(RULE.finding(key, message, format!("填写“{label}”")));
        }
    }
}

fn check_different(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let [consult, complaint] = [keys::CONSULT, keys::COMPLAINT];
    if plain(&subject.shown(consult)) != plain(&subject.shown(complaint)) {
        return;
    }
    let (consult, other) = (subject.label(consult), subject.label(complaint));
    found.push(RULE.finding(
        complaint,
        format!("{consult}和{other}都是{}", quoted(&subject.shown(complaint))),
        format!("把{other}改为受理监督投诉的另一个电话"),
    ));
}

fn check_full(subject: &Subject<'_>, key: &str, found: &mut Vec<Finding>) {
    let shown = subject.shown(key);
    let plain = plain(&shown);
    let runs: Vec<&str> = digit_runs(&plain).collect();
    if runs.iter().any(|run| is_full(run)) {
        return;
    }
    let (label, shown) = (subject.label(key), quoted(&shown));
    let longest = runs.iter().map(|run| run.replace('-', "").len()).max().unwrap_or(0);
    let (message, mend) = match longest {
        0..3 => (format!("{label}{shown}里没有电话号码"), "写明带区号的电话号码，如 0938-3421234"),
        3..=6 => (
            format!("{label}{shown}不是完整号码，外地拨不通"),
            "在短号前加上区号，如 0938-12345，或另写一个座机号码",
        ),
        _ => (format!("{label}{shown}没有区号或位数不对"), "写成“区号-号码”，如 0938-3421234"),
    };
    found.push(RULE.finding(key, message, mend));
}

/// Writes a number in one way: half-width, no spaces, one plain dash where there is any sign.
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in fold_width(text).trim().chars().filter(|c| !c.is_whitespace()) {
        let is_sign =
            matches!(c, '-' | '(' | ')' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{2500}');
        match c {
            _ if !is_sign => plain.push(c),
            _ if plain.ends_with('-') => {}
            _ => plain.push('-'),
        }
    }
    plain
}

fn digit_runs(plain: &str) -> impl Iterator<Item = &str> {
    let is_other = |c: char| !c.is_ascii_digit() && c != '-';
    plain.split(is_other).map(|run| run.trim_matches('-')).filter(|run| !run.is_empty())
}

/// An area code with a number or a hotline, a mobile number, or a 400 or 800 number.
fn is_full(run: &str) -> bool {
    let digits = run.replace('-', "");
    let (area, number) = match run.split_once('-') {
        Some((area, rest)) => (area, rest.split('-').next().unwrap_or_default()),
        None => run.split_at(run.len().min(if run.starts_with("01") || run.starts_with("02") {
            3
        } else {
            4
        })),
    };
    let has_area = area.starts_with('0') && matches!(area.len(), 3 | 4) && number.len() >= 5;
    let is_mobile = digits.starts_with('1') && digits.len() == 11;
    let is_nationwide =
        ["400", "800"].iter().any(|it| digits.starts_with(it)) && digits.len() == 10;
    has_area || is_mobile || is_nationwide
}

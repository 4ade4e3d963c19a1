use super::{Rule, Subject};
use crate::{
    content::{Limit, LimitUnit, keys},
    finding::{Finding, Severity},
};

/// 承诺时限 ≤ 法定时限。
pub(super) const RULE: Rule = Rule {
    id: "Q2",
    title: "承诺时限不长于法定时限",
    severity: Severity::Error,
    parameters: &[],
    check,
};

fn check(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let content = &subject.record.content;
    let (Some(promised), Some(statutory)) = (content.promised_limit(), content.statutory_limit())
    else {
        return;
    };
    if is_longer(promised, statutory) {
        found.push(RULE.finding(
            keys::PROMISED_LIMIT,
            format!("承诺 {promised} 长于法定 {statutory}"),
            format!("把承诺时限改为不长于 {statutory}，或核对法定时限"),
        ));
    }
}

/// Compares like units as they are, and unlike ones only as closely as their lengths are known.
fn is_longer(promised: Limit, statutory: Limit) -> bool {
    match (in_months(promised), in_months(statutory)) {
        (Some(promised), Some(statutory)) => return promised > statutory,
        _ if promised.unit == statutory.unit => return promised.amount > statutory.amount,
        _ => {}
    }
    match (calendar_days(promised), calendar_days(statutory)) {
        (Some((shortest, _)), Some((_, longest))) => shortest > longest,
        _ => promised.in_working_days() > statutory.in_working_days(),
    }
}

fn in_months(limit: Limit) -> Option<u64> {
    match limit.unit {
        LimitUnit::Month => Some(u64::from(limit.amount)),
        LimitUnit::Year => Some(u64::from(limit.amount) * 12),
        _ => None,
    }
}

/// Returns how many days a limit may last at least and at most: a month has 28 to 31.
fn calendar_days(limit: Limit) -> Option<(u64, u64)> {
    let amount = u64::from(limit.amount);
    let (shortest, longest) = match limit.unit {
        LimitUnit::Day => (1, 1),
        LimitUnit::Month => (28, 31),
        LimitUnit::Year => (365, 366),
        _ => return None,
    };
    Some((amount * shortest, amount * longest))
}

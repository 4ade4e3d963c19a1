use super::{Rule, Subject};
use crate::{
    content::keys,
    finding::{Finding, Severity},
};

/// 收费写全。
pub(super) const RULE: Rule = Rule {
    id: "Q7",
    title: "收费的写明依据、项目和网上支付，不收费的不写",
    severity: Severity::Warning,
    parameters: &[],
    check,
};

fn check(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    match subject.record.content.flag(keys::CHARGED) {
        Some(true) => charged(subject, found),
        Some(false) => free(subject, found),
        None => {}
    }
}

fn charged(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let rows = subject.record.content.rows(keys::FEES);
    let basis_in_rows =
        !rows.is_empty() && rows.iter().all(|row| !subject.is_blank_field(row, "basis"));
    for key in [keys::FEE_BASIS, keys::FEES, keys::ONLINE_PAYMENT] {
        let elsewhere = key == keys::FEE_BASIS && basis_in_rows;
        if subject.lacks_unrequired(key) && !elsewhere {
            let label = subject.label(key);
            let message = format!("收费事项没有写“{label}”");
            found.push(RULE.finding(key, message, format!("填写“{label}”")));
        }
    }
}

fn free(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let content = &subject.record.content;
    let mend = "改正“是否收费”，或删去这一项";
    if content.flag(keys::ONLINE_PAYMENT) == Some(true) {
        let message = "不收费，却写着支持网上支付".to_owned();
        found.push(RULE.finding(keys::ONLINE_PAYMENT, message, mend));
    }
    if !content.rows(keys::FEES).is_empty() {
        let message = format!("不收费，却列了收费项目：{}", subject.shown(keys::FEES));
        found.push(RULE.finding(keys::FEES, message, mend));
    }
}

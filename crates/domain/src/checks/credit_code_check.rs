use super::{Rule, Subject};
use crate::{
    code::{
        Meaning,
        credit::{self, CreditVerdict},
    },
    finding::{Finding, Severity},
};

/// 统一社会信用代码校验。
pub(super) const RULE: Rule = Rule {
    id: "Q15b",
    title: "统一社会信用代码经得起校验",
    severity: Severity::Error,
    parameters: &[],
    check,
};

fn check(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let parsed = subject.parsed_code();
    let inside = parsed.as_ref().and_then(|(scheme, parsed)| {
        let field = scheme.fields().find(|field| field.meaning == Meaning::CreditCode)?;
        parsed.get(&field.key)
    });
    let own = subject.record.body.credit_code.as_deref();
    if let Some(code) = own {
        examine("body.credit_code", "实施主体的", code, found);
    }
    let same = own.is_some_and(|own| credit::examine(own).code == inside.unwrap_or_default());
    if let Some(code) = inside.filter(|_| !same) {
        examine("item.code", "事项编码里的", code, found);
    }
}

fn examine(place: &str, whose: &str, code: &str, found: &mut Vec<Finding>) {
    let examined = credit::examine(code);
    let code = &examined.code;
    if !examined.changes.is_empty() {
        let message = format!("{whose}统一社会信用代码写得不规范：{}", examined.changes.join("、"));
        found.push(warned(RULE.finding(place, message, format!("改为 {code}"))));
    }
    let register = "核对统一社会信用代码证书后更正";
    found.push(match examined.verdict {
        CreditVerdict::Valid => return,
        CreditVerdict::WrongCheck { expected } => RULE.finding(
            place,
            format!("{whose}统一社会信用代码 {code} 校验不符：末位应为 {expected}"),
            register,
        ),
        CreditVerdict::Temporary => warned(RULE.finding(
            place,
            format!("{whose}代码 {code} 是临时代码（TE 开头），没有校验位"),
            "取得正式的统一社会信用代码后更换",
        )),
        CreditVerdict::Malformed { reason } => {
            let named = if reason.contains(code) { String::new() } else { format!(" {code} ") };
            warned(RULE.finding(place, format!("{whose}代码{named}不合规则：{reason}"), register))
        }
    });
}

/// Old catalogues are full of such codes, and people can follow the guide all the same.
fn warned(finding: Finding) -> Finding {
    Finding { severity: Severity::Warning, ..finding }
}

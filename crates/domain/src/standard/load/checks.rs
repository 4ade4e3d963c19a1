//! `checks.toml`: how strict each check is here, and with what it works.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use super::Source;
use crate::{
    checks::{self, Holds, Parameter},
    standard::{CheckSetting, ParameterValue, Place, Standard, StandardFault, Strictness},
};

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct Checks {
    check: Vec<Spanned<RawCheck>>,
}

/// A check as written: what an extending standard leaves out stays as inherited.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawCheck {
    id: String,
    severity: Option<Strictness>,
    kinds: Option<Vec<String>>,
    #[serde(default)]
    with: BTreeMap<String, ParameterValue>,
}

pub(super) fn load(source: &Source<'_>, standard: &mut Standard) -> Result<(), StandardFault> {
    let mut written = BTreeMap::new();
    for raw in source.parse::<Checks>()?.check {
        let at = raw.span().start;
        let raw = raw.into_inner();
        written.insert(raw.id.clone(), at);
        lay_over(raw, standard).map_err(|why| source.fault(at, why))?;
    }
    for setting in standard.checks.values() {
        let at = written.get(&setting.id).copied();
        validate(setting, standard).map_err(|why| match at {
            Some(at) => source.fault(at, why),
            None => source.fault(0, format!("继承来的{why}；请在这个文件里重写这条检查")),
        })?;
    }
    Ok(())
}

fn lay_over(raw: RawCheck, standard: &mut Standard) -> Result<(), String> {
    let rule = checks::rule(&raw.id).ok_or_else(|| format!("没有检查 {}", raw.id))?;
    for (name, value) in &raw.with {
        let parameter = rule.parameters.iter().find(|it| it.name == name);
        let parameter = parameter.ok_or_else(|| unknown_parameter(rule, name))?;
        let is_number = matches!(value, ParameterValue::Number(_));
        if is_number != (parameter.holds == Holds::Number) {
            let wanted = if is_number { "[\"…\"] 一组字样" } else { "一个数" };
            return Err(format!("检查 {} 的 {name} 应是{wanted}", rule.id));
        }
    }
    let id = raw.id.clone();
    let setting = standard
        .checks
        .entry(id.clone())
        .or_insert_with(|| CheckSetting { id, ..CheckSetting::default() });
    setting.strictness = raw.severity.or(setting.strictness);
    if let Some(kinds) = raw.kinds {
        setting.kinds = kinds;
    }
    setting.parameters.extend(raw.with);
    Ok(())
}

fn unknown_parameter(rule: &checks::Rule, name: &str) -> String {
    let known: Vec<&str> = rule.parameters.iter().map(|it| it.name).collect();
    match known.as_slice() {
        [] => format!("检查 {} 没有参数，不能写 {name}", rule.id),
        known => format!("检查 {} 没有参数 {name}；可以写 {}", rule.id, known.join("、")),
    }
}

/// Checks what a setting names against the standard as it has become.
fn validate(setting: &CheckSetting, standard: &Standard) -> Result<(), String> {
    let id = &setting.id;
    let is_kind = |code: &&String| standard.kinds().iter().any(|it| it.code == **code);
    if let Some(kind) = setting.kinds.iter().find(|code| !is_kind(code)) {
        return Err(format!("检查 {id} 的 kinds 用了没有的事项类型 {kind}"));
    }
    for Parameter { name, holds } in checks::rule(id).map_or(&[][..], |rule| rule.parameters) {
        let unknown = setting.words(name).iter().find(|word| !is_known(word, *holds, standard));
        if let Some(word) = unknown {
            return Err(format!("检查 {id} 的 {name} 用了规范里没有的“{word}”"));
        }
    }
    Ok(())
}

fn is_known(word: &str, holds: Holds, standard: &Standard) -> bool {
    let in_list = |list: Option<&String>| {
        list.and_then(|id| standard.list(id)).is_none_or(|list| list.code(word).is_some())
    };
    match holds {
        Holds::Number | Holds::Words => true,
        Holds::Codes(element) => in_list(standard.element(element).and_then(|it| it.list.as_ref())),
        Holds::FieldCodes(element, field) => {
            let field = standard.element(element).and_then(|it| it.field(field));
            in_list(field.and_then(|it| it.list.as_ref()))
        }
        Holds::Places => {
            let place: Place = word.parse().expect("parsing a place never fails");
            standard.check_place(&place).is_ok()
        }
    }
}

//! 检查: the rules that an item must keep, one file a rule.
//!
//! A rule names elements, never a concrete kind, region or code: those are
//! parameters in a standard's `checks.toml`, where a rule can also be made
//! stricter, milder or put off.

mod cited_law_in_force;
mod cited_law_known;
mod code_form;
mod code_matches_item;
mod code_unique;
mod conditions_proofs_in_materials;
mod credit_code_check;
mod enough_faq;
mod enough_steps;
mod fees_complete;
mod flow_leads_somewhere;
mod flow_sound;
mod flow_staffed;
mod flow_within_limits;
mod full_online_without_visits;
mod immediate_agrees;
mod immediate_words_agree;
mod in_person_or_proxy;
mod no_catch_all_materials;
mod no_visit_by_post;
mod objects_agree_with_themes;
mod outcome_kind_agrees;
mod outcome_sample;
mod parent_in_catalogue;
mod phones;
mod placeholder_text;
mod promised_within_statutory;
mod required_filled;
mod rule;
mod steps_described;
mod survey_takes_time;
mod value_fits_element;
mod visits_reason;
mod wording;

pub use self::rule::{Around, Holds, Parameter, Rule, Subject, Surroundings};
use crate::{
    finding::{Finding, Severity},
    standard::Strictness,
};

static ALL: [Rule; 32] = [
    required_filled::RULE,
    value_fits_element::RULE,
    immediate_agrees::RULE,
    promised_within_statutory::RULE,
    outcome_kind_agrees::RULE,
    outcome_sample::RULE,
    visits_reason::RULE,
    no_visit_by_post::RULE,
    full_online_without_visits::RULE,
    fees_complete::RULE,
    phones::RULE,
    objects_agree_with_themes::RULE,
    enough_faq::RULE,
    enough_steps::RULE,
    no_catch_all_materials::RULE,
    steps_described::RULE,
    placeholder_text::RULE,
    immediate_words_agree::RULE,
    survey_takes_time::RULE,
    in_person_or_proxy::RULE,
    conditions_proofs_in_materials::RULE,
    cited_law_in_force::RULE,
    cited_law_known::RULE,
    flow_leads_somewhere::RULE,
    flow_sound::RULE,
    flow_staffed::RULE,
    flow_within_limits::RULE,
    code_form::RULE,
    credit_code_check::RULE,
    code_matches_item::RULE,
    parent_in_catalogue::RULE,
    code_unique::RULE,
];

/// Returns every rule, in the order in which findings are shown.
pub fn all() -> &'static [Rule] {
    &ALL
}

pub fn rule(id: &str) -> Option<&'static Rule> {
    ALL.iter().find(|rule| rule.id == id)
}

/// Returns all that is wrong with an item at once, as strictly as its standard asks.
pub fn run(subject: &Subject<'_>) -> Vec<Finding> {
    let mut all = Vec::new();
    for rule in all_that_look_at(subject) {
        let from = all.len();
        (rule.check)(subject, &mut all);
        let severity = match subject.standard.check(rule.id).and_then(|it| it.strictness) {
            Some(Strictness::Error) => Severity::Error,
            Some(Strictness::Warning) => Severity::Warning,
            Some(Strictness::Off) | None => continue,
        };
        all[from..].iter_mut().for_each(|finding| finding.severity = severity);
    }
    all
}

fn all_that_look_at<'a>(subject: &'a Subject<'_>) -> impl Iterator<Item = &'static Rule> + 'a {
    ALL.iter().filter(|rule| {
        subject.standard.check(rule.id).is_none_or(|setting| {
            let of_kind = setting.kinds.is_empty() || setting.kinds.contains(&subject.record.kind);
            setting.strictness != Some(Strictness::Off) && of_kind
        })
    })
}

#[cfg(test)]
mod tests;

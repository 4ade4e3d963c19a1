//! What the text of one segment says.

use super::{CodeField, Meaning, Parsed, Scheme, credit};
use crate::region::{RegionCode, regions};

/// 解释编码时可查的名称：代码表、区划、机构
pub trait Lookup {
    /// Returns the label of `code` in a list of the standard; a kind is found by its code or
    /// by its letters.
    fn label(&self, list: &str, code: &str) -> Option<String>;

    fn region(&self, code: &RegionCode) -> Option<String> {
        regions::full_name(code)
    }

    /// Returns the township for which the last two of these eight digits are registered.
    fn township(&self, _area: &str) -> Option<String> {
        None
    }

    fn body_by_letters(&self, _area: &str, _letters: &str) -> Option<String> {
        None
    }

    fn body_by_credit_code(&self, _code: &str) -> Option<String> {
        None
    }
}

/// 只有代码表的查询
pub struct Labels<F>(pub F);

impl<F: Fn(&str, &str) -> Option<String>> Lookup for Labels<F> {
    fn label(&self, list: &str, code: &str) -> Option<String> {
        (self.0)(list, code)
    }
}

/// What is known of a segment's text.
#[derive(Default)]
pub(super) struct Said {
    pub(super) meaning: Option<String>,
    pub(super) explained: bool,
    pub(super) faults: Vec<String>,
}

pub(super) fn read(
    field: &CodeField,
    text: &str,
    whole: (&Scheme, &Parsed),
    lookup: &dyn Lookup,
) -> Said {
    let mut said = match field.meaning {
        Meaning::Plain => Said { explained: true, ..Said::default() },
        Meaning::Unexplained => Said::default(),
        Meaning::Label => label(field, text, lookup),
        Meaning::CreditCode => credit_code(text, lookup),
        Meaning::Region2 | Meaning::Region12 => region(text, lookup),
        Meaning::Region6 => region6(text, lookup),
        Meaning::Region8 => region8(text, lookup),
        Meaning::Authority if text == "00" => Said::says("国家目录"),
        Meaning::Authority => region(text, lookup).then(|name| format!("{name}目录")),
        Meaning::BodyLetters => body_letters(text, whole, lookup),
        Meaning::MainItem => Said::says(format!("第 {text} 号主项")),
        Meaning::SubItem => sub_item(text),
        Meaning::Serial => serial(field, text),
    };
    said.faults.extend(field.check.into_iter().flat_map(|check| check.faults(text)));
    said
}

impl Said {
    fn says(meaning: impl Into<String>) -> Said {
        Said { meaning: Some(meaning.into()), explained: true, faults: Vec::new() }
    }

    fn fault(words: String) -> Said {
        Said { meaning: None, explained: true, faults: vec![words] }
    }

    fn then(self, words: impl FnOnce(String) -> String) -> Said {
        Said { meaning: self.meaning.map(words), ..self }
    }
}

/// A value that a list lacks is a fault; one that only the rule's own labels lack is unexplained,
/// because those were gathered from codes in use.
fn label(field: &CodeField, text: &str, lookup: &dyn Lookup) -> Said {
    if let Some(label) = field.labels.get(text) {
        return Said::says(label);
    }
    let Some(list) = &field.list else { return Said::default() };
    match lookup.label(list, text) {
        Some(label) => Said::says(label),
        None => Said::fault(format!("“{text}”不在本规范的{}代码表中", field.name)),
    }
}

fn credit_code(text: &str, lookup: &dyn Lookup) -> Said {
    let body = lookup.body_by_credit_code(text);
    let valid = || credit::faults(text).is_empty().then(|| "校验位正确".to_owned());
    Said { meaning: body.or_else(valid), explained: true, faults: Vec::new() }
}

fn region(text: &str, lookup: &dyn Lookup) -> Said {
    match RegionCode::parse(text) {
        Err(error) => Said::fault(error.to_string()),
        Ok(code) => match lookup.region(&code) {
            Some(name) => Said::says(name),
            None => Said::fault(format!("区划代码 {code} 不在行政区划表中")),
        },
    }
}

/// A code keeps the region of the day it was given, so an unknown one is no fault.
fn region6(text: &str, lookup: &dyn Lookup) -> Said {
    let known = RegionCode::parse(text).ok().and_then(|code| lookup.region(&code));
    match known {
        Some(name) => Said::says(name),
        None => Said::says("现行行政区划表中没有（可能是已调整的区划）"),
    }
}

fn region8(text: &str, lookup: &dyn Lookup) -> Said {
    let (national, township) = text.split_at(text.len().min(6));
    let place = region(national, lookup);
    if township == "00" {
        let own = match national {
            _ if national.ends_with("0000") => "省本级",
            _ if national.ends_with("00") => "市本级",
            _ => "区县本级",
        };
        return place.then(|name| format!("{name}（{own}）"));
    }
    match lookup.township(text) {
        Some(name) => place.then(|above| above + &name),
        None => {
            let mut said = place.then(|name| format!("{name}所辖乡镇（街道）"));
            said.faults.push(format!("乡镇两位“{township}”没有登记是哪个乡镇"));
            said
        }
    }
}

fn body_letters(text: &str, whole: (&Scheme, &Parsed), lookup: &dyn Lookup) -> Said {
    let (scheme, parsed) = whole;
    let area = scheme.fields().find(|field| field.meaning == Meaning::Region8);
    let area = area.and_then(|field| parsed.get(&field.key)).unwrap_or_default();
    Said { meaning: lookup.body_by_letters(area, text), explained: true, faults: Vec::new() }
}

fn sub_item(text: &str) -> Said {
    match (text, text.parse::<u32>()) {
        ("00Y", _) => Said::says("主项，下设子项"),
        (_, Ok(0)) => Said::says("主项，不分子项"),
        (_, Ok(n)) => Said::says(format!("第 {n} 个子项")),
        _ => Said::fault(format!("子项“{text}”应为三位数字，主项有子项时为 00Y")),
    }
}

fn serial(field: &CodeField, text: &str) -> Said {
    match text.parse::<u64>() {
        Ok(0) => Said::fault(format!("{}从 1 起，不能全是 0", field.name)),
        Ok(n) => Said::says(format!("第 {n} 项")),
        Err(_) => Said::fault(format!("{}“{text}”应是数字", field.name)),
    }
}

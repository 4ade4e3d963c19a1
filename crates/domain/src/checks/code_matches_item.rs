use super::{Rule, Subject};
use crate::{
    code::{CodeField, Meaning, Parsed, Scheme, normalise},
    content::keys,
    finding::{Finding, Severity},
    region::RegionCode,
    standard::KIND_LIST,
};

/// 编码各段与事项相符。
pub(super) const RULE: Rule = Rule {
    id: "Q15c",
    title: "编码里的主体、层级、类型、区划、目录与事项填写的一致",
    severity: Severity::Warning,
    parameters: &[],
    check,
};

/// What the code says, and what the item says instead.
struct Difference {
    element: &'static str,
    what: String,
    in_code: String,
    in_item: String,
}

fn check(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let Some((scheme, parsed)) = subject.parsed_code() else { return };
    let segments = scheme.fields().filter_map(|field| {
        let text = parsed.get(&field.key)?;
        segment(field, text, subject)
    });
    for difference in segments.chain(catalogue(scheme, &parsed, subject)) {
        let Difference { element, what, in_code, in_item } = difference;
        found.push(RULE.finding(
            element,
            format!("编码里的{what}是 {in_code}，事项填的是 {in_item}"),
            format!("核对后更正编码，或把{what}改为 {in_code}"),
        ));
    }
}

fn segment(field: &CodeField, text: &str, subject: &Subject<'_>) -> Option<Difference> {
    let body = &subject.record.body;
    let differs = |element, own: &str| {
        let own = normalise(own).text;
        (own != text).then(|| Difference {
            element,
            what: field.name.clone(),
            in_code: text.to_owned(),
            in_item: own,
        })
    };
    match field.meaning {
        Meaning::CreditCode => differs("body.credit_code", body.credit_code.as_deref()?),
        Meaning::BodyLetters => differs("body.letters", body.letters.as_deref()?),
        Meaning::Region8 | Meaning::Region12 => region(field, text, subject),
        Meaning::Label => label(field, text, subject),
        _ => None,
    }
}

/// A code's region may be the county of the township that the item belongs to.
fn region(field: &CodeField, text: &str, subject: &Subject<'_>) -> Option<Difference> {
    let county = RegionCode::parse(text.get(..6)?).ok()?;
    let own = subject.record.region;
    (!county.contains(&own)).then(|| Difference {
        element: "region.code",
        what: field.name.clone(),
        in_code: county.to_string(),
        in_item: own.to_string(),
    })
}

fn label(field: &CodeField, text: &str, subject: &Subject<'_>) -> Option<Difference> {
    let standard = subject.standard;
    let list = field.list.as_deref()?;
    if list == KIND_LIST {
        let kind = standard.kinds().iter().find(|it| it.code == text || it.letters == text)?;
        let own = &subject.record.kind;
        return (kind.code != *own).then(|| Difference {
            element: "item.kind",
            what: field.name.clone(),
            in_code: kind.label.clone(),
            in_item: standard.kind_label(own).to_owned(),
        });
    }
    let element = standard.element(keys::LEVEL).filter(|it| it.list.as_deref() == Some(list))?;
    let own = subject.record.content.codes(&element.key);
    (!own.is_empty() && !own.iter().any(|code| code == text)).then(|| Difference {
        element: keys::LEVEL,
        what: field.name.clone(),
        in_code: standard.label(list, text).to_owned(),
        in_item: subject.shown(&element.key),
    })
}

/// Compares the basic code inside with the one that the item claims.
fn catalogue(scheme: &Scheme, parsed: &Parsed, subject: &Subject<'_>) -> Option<Difference> {
    let of = |meaning| scheme.fields().find(move |field| field.meaning == meaning);
    let first = of(Meaning::Authority)?;
    let last = of(Meaning::SubItem)?;
    let in_code = parsed.between(&first.key, &last.key)?;
    let own = normalise(subject.record.content.text(keys::CATALOGUE_CODE)).text;
    (!own.is_empty() && own != in_code).then(|| Difference {
        element: keys::CATALOGUE_CODE,
        what: subject.label(keys::CATALOGUE_CODE).to_owned(),
        in_code: in_code.to_owned(),
        in_item: own,
    })
}

//! What changed in a publication, in words: the changes that people feel first, the
//! rest counted.

use domain::{
    content::{Row, Value, keys, show_single},
    edition::{Difference, ElementChange, RowChange},
    publication::{PublicItem, changes},
    standard::{Element, Standard},
};

use crate::words;

/// Phrases that a line takes.
const MOST: usize = 3;

/// A longer value is only said to have changed.
const LONGEST: usize = 16;

/// What decides whether and how one goes there.
const FELT_FIRST: &[&str] = &[
    keys::NAME,
    keys::PROMISED_LIMIT,
    keys::MATERIALS,
    keys::VISITS,
    keys::CHARGED,
    keys::FEES,
    keys::WINDOWS,
    keys::ONLINE,
    keys::CONDITIONS,
    keys::STATUTORY_LIMIT,
    keys::STEPS,
    keys::CONSULT,
];

/// Says what changed; `None` if nothing that the public sees did.
pub(crate) fn in_words(
    before: &PublicItem,
    after: &PublicItem,
    standard: &Standard,
) -> Option<String> {
    let mut changes = changes(before, after, standard);
    let place = |change: &ElementChange| {
        FELT_FIRST.iter().position(|key| *key == change.element).unwrap_or(FELT_FIRST.len())
    };
    changes.sort_by_key(place);
    let mut phrases: Vec<String> = Vec::new();
    let (old, new) = (&before.item.body.name, &after.item.body.name);
    if old != new {
        phrases.push(format!("实施主体由{old}改为{new}"));
    }
    phrases.extend(changes.iter().map(|change| phrase(change, standard)));
    let n_more = phrases.len().saturating_sub(MOST);
    phrases.truncate(MOST);
    if n_more > 0 {
        phrases.push(format!("另有 {}变化", words::counted(n_more, "处")));
    }
    (!phrases.is_empty()).then(|| phrases.join("；"))
}

fn phrase(change: &ElementChange, standard: &Standard) -> String {
    let element = standard.element(&change.element);
    let label = element.map_or(change.element.as_str(), |element| element.label.as_str());
    match &change.difference {
        Difference::Rows(rows) => {
            let unit = if change.element == keys::MATERIALS { "份" } else { "项" };
            format!("{label}{}", rows_phrase(rows, unit, element))
        }
        Difference::Value { before: Some(_), after: None } => format!("不再写明{label}"),
        Difference::Value { before, after } => {
            let [before, after] = [before, after]
                .map(|it| it.as_ref().and_then(|value| short(value, element?, standard)));
            match (change.element.as_str(), before, after) {
                (keys::CHARGED, _, Some(is)) => {
                    if is == "是" { "改为收费" } else { "改为不收费" }.into()
                }
                (keys::ONLINE, _, Some(is)) => {
                    if is == "是" { "可以网上办了" } else { "不能再网上办" }.into()
                }
                (_, Some(before), Some(after)) => {
                    format!("{label}由{before}改为{}", after.trim_end())
                }
                (_, None, Some(after)) => format!("{label}改为{}", after.trim_end()),
                _ => format!("{label}有修改"),
            }
        }
    }
}

fn rows_phrase(rows: &[RowChange], unit: &str, element: Option<&Element>) -> String {
    let (mut added, mut removed, mut n_changed) = (Vec::new(), Vec::new(), 0);
    for change in rows {
        match change {
            RowChange::Added { row, .. } => added.push(row),
            RowChange::Removed { row, .. } => removed.push(row),
            RowChange::Kept { .. } => n_changed += 1,
        }
    }
    let rows = [("增加", added), ("减少", removed)].into_iter();
    let rows = rows.filter(|(_, rows)| !rows.is_empty()).map(|(verb, rows)| {
        format!("{verb} {}{}", words::counted(rows.len(), unit), names(&rows, element))
    });
    let changed = (n_changed > 0).then(|| format!("有 {}修改", words::counted(n_changed, unit)));
    rows.chain(changed).collect::<Vec<_>>().join("，")
}

/// Returns a value in a few words, or nothing where it takes more.
fn short(value: &Value, element: &Element, standard: &Standard) -> Option<String> {
    let words = match value {
        Value::Limit(limit) => words::limit(*limit),
        Value::Number(n) if element.key == keys::VISITS => words::visits(*n),
        Value::Number(n) if !element.unit.is_empty() => words::counted(n, &element.unit),
        value => words::joined(&show_single(value, element.shape(), standard)),
    };
    let is_short = words.chars().count() <= LONGEST && !words.contains('\n');
    is_short.then(|| parted(&words))
}

/// Parts a number from the words before and after it.
fn parted(words: &str) -> String {
    let is_latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    let space = |is_needed: bool| if is_needed { " " } else { "" };
    let (first, last) = (words.chars().next(), words.chars().last());
    format!("{}{words}{}", space(is_latin(first)), space(is_latin(last)))
}

/// Names one row or two, if their names are short.
fn names(rows: &[&Row], element: Option<&Element>) -> String {
    let name = |row: &Row| {
        let fields = element.map_or(&[][..], |element| &element.fields);
        let mut texts = fields.iter().map(|field| row.text(&field.key));
        texts.find(|text| !text.is_empty()).map(str::to_owned)
    };
    let names: Vec<String> = rows.iter().copied().filter_map(name).collect();
    let is_short = names.len() <= 2 && names.iter().all(|name| name.chars().count() <= LONGEST);
    if is_short && !names.is_empty() { format!("：{}", names.join("、")) } else { String::new() }
}

#[cfg(test)]
mod tests {
    use domain::content::{Content, Limit};

    use super::*;
    use crate::testkit::{full_record, public, standards};

    #[track_caller]
    fn check(change: impl FnOnce(Content) -> Content, expected: Option<&str>) {
        let standards = standards();
        let standard = standards.get("wushan").unwrap();
        let mut record = full_record();
        let before = public(record.clone(), standard);
        record.content = change(record.content);
        let told = in_words(&before, &public(record, standard), standard);
        assert_eq!(told.map(|it| it.replace('\u{a0}', " ")).as_deref(), expected);
    }

    fn without_first_material(mut content: Content) -> Content {
        let Some(Value::Rows(mut rows)) = content.remove(keys::MATERIALS) else { panic!() };
        rows.remove(0);
        content.with(keys::MATERIALS, Value::Rows(rows))
    }

    #[test]
    fn what_people_feel_is_said_with_both_values() {
        let promised = |days| Value::Limit(Limit::working_days(days));
        check(|it| it, None);
        check(
            |it| it.with(keys::PROMISED_LIMIT, promised(15)),
            Some("承诺时限由 20 个工作日改为 15 个工作日"),
        );
        check(
            |it| it.with(keys::PROMISED_LIMIT, Value::Limit(Limit::IMMEDIATE)),
            Some("承诺时限由 20 个工作日改为即办"),
        );
        check(
            |it| it.with(keys::VISITS, Value::Number(0)),
            Some("到办事现场次数由 1 次改为不用跑"),
        );
        check(without_first_material, Some("申请材料减少 1 份：登记申请书"));
        check(|it| it.with(keys::CHARGED, Value::Flag(true)), Some("改为收费"));
        check(|it| it.with(keys::ONLINE, Value::Flag(false)), Some("不能再网上办"));
        check(
            |it| it.with(keys::CONSULT, Value::Text("12345".into())),
            Some("咨询电话由 0938-0000000 改为 12345"),
        );
    }

    #[test]
    fn a_long_text_is_only_said_to_have_changed() {
        let long = "在武山县成立协会、学会、商会、研究会，先到县民政局登记，再刻章开户。";
        check(|it| it.with(keys::SUMMARY, Value::Text(long.into())), Some("一句话说明有修改"));
        check(
            |mut it| {
                it.remove(keys::SUMMARY);
                it
            },
            Some("不再写明一句话说明"),
        );
    }

    #[test]
    fn three_changes_are_said_and_the_rest_counted() {
        let text = |text: &str| Value::Text(text.into());
        check(
            |it| {
                without_first_material(it)
                    .with(keys::VISITS, Value::Number(0))
                    .with(keys::CHARGED, Value::Flag(true))
                    .with(keys::SUMMARY, text("新的说明"))
                    .with(keys::PREREQUISITE, text("没有了"))
            },
            Some(
                "申请材料减少 1 份：登记申请书；到办事现场次数由 1 次改为不用跑；改为收费；另有 2 处变化",
            ),
        );
    }

    #[test]
    fn what_the_public_does_not_see_is_no_change() {
        check(|it| it.with("internal_note", Value::Text("别的话".into())), None);
    }
}

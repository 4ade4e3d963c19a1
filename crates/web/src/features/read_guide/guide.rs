use domain::{
    calendar::Calendar,
    content::{Value, keys, show_value},
    publication::PublicItem,
    region::regions,
    standard::{Element, Standard},
};
use time::Date;

use super::{
    answers::{
        Answer, Appeal, Can, Cost, Due, How, Law, Long, Material, Outcome, Question, WebAddress,
        Where,
    },
    sheet::Sheet,
};
use crate::{
    links::{self, Area, Link},
    words,
};

/// 办事指南：what is published of an item, in the order in which people ask.
///
/// A function of the publication, its standard, the days and the calendar.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Guide {
    pub(super) name: String,
    pub(super) summary: Option<String>,
    pub(super) kind: String,
    pub(super) code: Option<String>,
    pub(super) body: String,
    pub(super) body_link: Link,
    pub(super) theme: Option<(String, Link)>,
    pub(super) edition: u32,
    /// Since when it is in force, in words.
    pub(super) from: String,
    pub(super) facts: Vec<KeyFact>,
    pub(super) can: Answer<Can>,
    pub(super) need: Answer<Vec<Material>>,
    pub(super) long: Answer<Long>,
    pub(super) cost: Answer<Cost>,
    pub(super) place: Answer<Where>,
    pub(super) how: Answer<How>,
    pub(super) result: Answer<Vec<Outcome>>,
    pub(super) appeal: Answer<Appeal>,
    pub(super) law: Answer<Vec<Law>>,
    pub(super) faq: Answer<Vec<Question>>,
    /// All else that is public.
    pub(super) more: Vec<Entry>,
    /// A catalogue's row and no more: none of the questions has an answer.
    pub(super) is_bare: bool,
}

/// The day that a guide is for, and the day on which it is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Days {
    pub(super) guide: Date,
    pub(super) today: Date,
}

impl Days {
    pub(super) fn of(today: Date) -> Days {
        Days { guide: today, today }
    }

    /// Tells whether the guide is for the day on which it is read.
    pub(super) fn is_today(self) -> bool {
        self.guide == self.today
    }
}

/// 要点。
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct KeyFact {
    pub(super) term: &'static str,
    pub(super) value: String,
    pub(super) unit: String,
    pub(super) note: String,
}

/// 一项信息，逐行。
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) label: String,
    pub(super) lines: Vec<String>,
}

/// More than these do not leave room for the rest of two printed pages.
const MANY_MATERIALS: usize = 8;

/// A note longer than this would break the row of key facts.
const LONGEST_NOTE: usize = 18;

/// Elements that the answers tell; everything else stands under 其他信息.
pub(super) const TOLD: &[&str] = &[
    keys::NAME,
    keys::SUMMARY,
    keys::OBJECTS,
    keys::CONDITIONS,
    keys::REFUSED,
    keys::PREREQUISITE,
    keys::SITUATIONS,
    "quota",
    keys::MATERIALS,
    keys::STATUTORY_LIMIT,
    keys::STATUTORY_NOTE,
    keys::PROMISED_LIMIT,
    keys::PROMISED_NOTE,
    keys::SPECIAL_PROCEDURES,
    keys::CHARGED,
    keys::FEE_BASIS,
    keys::FEES,
    keys::WINDOWS,
    keys::CONSULT,
    keys::COMPLAINT,
    keys::VISITS,
    keys::VISITS_REASON,
    keys::ONLINE,
    keys::ONLINE_ADDRESS,
    keys::ONLINE_DEPTH,
    keys::ONLINE_PAYMENT,
    "online.platform",
    "online.unsuitable",
    "online.booking",
    "online.booking_address",
    keys::HANDLING_FORMS,
    "handling.scope",
    "handling.cross_province",
    "handling.express",
    "handling.terminal",
    "handling.elderly",
    "contacts.consult_other",
    "contacts.complaint_other",
    keys::PROCEDURE,
    "procedure.offline",
    "procedure.online",
    keys::STEPS,
    "progress.query",
    "progress.publicity",
    keys::OUTCOMES,
    keys::APPEAL_REVIEW,
    keys::APPEAL_LITIGATION,
    keys::BASIS,
    keys::FAQ,
];

impl Guide {
    pub(super) fn of(
        item: &PublicItem,
        standard: &Standard,
        days: Days,
        calendar: &Calendar,
    ) -> Guide {
        let sheet = Sheet { item, standard };
        let record = &item.item;
        let area = Area::Within(record.region);
        let mut guide = Guide {
            name: sheet.words(keys::NAME).unwrap_or_else(|| "未命名的事项".to_owned()),
            summary: sheet.words(keys::SUMMARY),
            kind: standard.kind_label(&record.kind).to_owned(),
            code: record.code.clone(),
            body: record.body.name.clone(),
            body_link: links::department(area, &record.body.name),
            theme: theme(sheet, area),
            edition: item.edition,
            from: words::full_date(item.from),
            facts: Vec::new(),
            can: Can::read(sheet),
            need: Material::read(sheet),
            long: Long::read(sheet, days, calendar),
            cost: Cost::read(sheet),
            place: Where::read(sheet, days, calendar),
            how: How::read(sheet),
            result: Outcome::read(sheet),
            appeal: Appeal::read(sheet),
            law: Law::read(sheet),
            faq: Question::read(sheet),
            more: more(sheet),
            is_bare: false,
        };
        guide.facts = guide.key_facts(sheet);
        guide.is_bare = guide.has_no_answer();
        guide
    }

    /// Returns the questions that the page answers, with the anchors of their sections.
    pub(super) fn contents(&self, has_versions: bool) -> Vec<(&'static str, &'static str)> {
        let bare = self.is_bare;
        [
            ("can", "能不能办", self.can.is_shown() && !bare),
            ("need", "要带什么", self.need.is_shown() && !bare),
            ("long", "要多久", self.long.is_shown() && !bare),
            ("cost", "收不收费", self.cost.is_shown() && !bare),
            ("where", "在哪办、何时办", self.place.is_shown() && !bare),
            ("how", "怎么办", self.how.is_shown() && !bare),
            ("result", "拿到什么", self.result.is_shown() && !bare),
            ("appeal", "不服怎么办", self.appeal.is_shown() && !bare),
            ("law", "法律依据", self.law.is_shown() && !bare),
            ("faq", "常见问题", self.faq.is_shown() && !bare),
            ("more", if bare { "已公布的信息" } else { "其他信息" }, bare || !self.more.is_empty()),
            ("versions", "版本", has_versions),
        ]
        .into_iter()
        .filter_map(|(id, title, is_shown)| is_shown.then_some((id, title)))
        .collect()
    }

    /// Whether the list takes smaller type, so that the printed guide stays on two pages.
    pub(super) fn has_many_materials(&self) -> bool {
        self.need.told().is_some_and(|materials| materials.len() > MANY_MATERIALS)
    }

    /// Says in a line or two what a search engine may show below the name.
    pub(super) fn description(&self) -> String {
        let facts = self.facts.iter().map(|fact| match fact.unit.as_str() {
            "" => format!("{}：{}", fact.term, fact.value),
            unit => format!("{} {}", fact.term, words::counted(&fact.value, unit)),
        });
        let facts: Vec<String> = facts.collect();
        let summary = self.summary.as_deref().unwrap_or(&self.name);
        let ending = if summary.ends_with('。') { "" } else { "。" };
        let what = format!("{summary}{ending}{}，{}", self.body, self.kind);
        if facts.is_empty() {
            format!("{what}。")
        } else {
            format!("{what}。{}。", facts.join("，"))
        }
    }

    /// Where one applies on the web, if the guide says so.
    pub(super) fn apply_link(&self) -> Option<&str> {
        match self.place.told()?.address.as_ref()? {
            WebAddress::Link(link) => Some(link),
            WebAddress::Words(_) => None,
        }
    }

    fn has_no_answer(&self) -> bool {
        self.need.told().is_none()
            && self.long.told().is_none()
            && self.cost.told().is_none()
            && self.place.told().is_none()
            && self.how.told().is_none()
            && self.law.told().is_none()
            && self.can.told().is_none_or(|can| can.conditions.is_empty())
    }

    fn key_facts(&self, sheet: Sheet<'_>) -> Vec<KeyFact> {
        let facts = [
            limit_fact(sheet),
            visits_fact(sheet),
            self.cost.told().map(|cost| plain("收费", cost.in_short(), cost_note(cost))),
            self.need.told().map(|materials| material_fact(materials)),
            self.place.told().and_then(place_fact),
        ];
        facts.into_iter().flatten().collect()
    }
}

fn plain(term: &'static str, value: String, note: String) -> KeyFact {
    let note = if note.chars().count() <= LONGEST_NOTE { note } else { String::new() };
    KeyFact { term, value, unit: String::new(), note }
}

fn limit_fact(sheet: Sheet<'_>) -> Option<KeyFact> {
    let content = &sheet.item.item.content;
    let (promised, statutory) = (content.promised_limit(), content.statutory_limit());
    let limit = promised.or(statutory)?;
    let term = if promised.is_some() { "承诺时限" } else { "法定时限" };
    let note = match (promised, statutory) {
        (Some(_), Some(statutory)) => format!("法定 {}", words::limit(statutory)),
        _ => String::new(),
    };
    if limit.is_immediate() {
        return Some(plain(term, words::limit(limit), note));
    }
    let unit = limit.unit.suffix().to_owned();
    Some(KeyFact { term, value: limit.amount.to_string(), unit, note })
}

fn visits_fact(sheet: Sheet<'_>) -> Option<KeyFact> {
    let n_visits = sheet.item.item.content.number(keys::VISITS)?;
    if n_visits <= 0 {
        return Some(plain("到现场", words::visits(n_visits), String::new()));
    }
    let reason = sheet.words(keys::VISITS_REASON).unwrap_or_default();
    let fact = plain("到现场", n_visits.to_string(), reason.trim_end_matches('。').to_owned());
    Some(KeyFact { unit: "次".to_owned(), ..fact })
}

fn cost_note(cost: &Cost) -> String {
    match cost.fees.as_slice() {
        [fee] => fee.name.clone(),
        [] => String::new(),
        fees => format!("{}收费项目", words::counted(fees.len(), "个")),
    }
}

fn material_fact(materials: &[Material]) -> KeyFact {
    let n_exempt = materials.iter().filter(|it| it.is_exempt).count();
    let n_brought = materials.len() - n_exempt;
    let note = match n_exempt {
        0 => String::new(),
        n => format!("另 {}免提交", words::counted(n, "份")),
    };
    KeyFact { term: "材料", value: n_brought.to_string(), unit: "份".to_owned(), note }
}

fn place_fact(place: &Where) -> Option<KeyFact> {
    let window = place.windows.first();
    let note = window.and_then(|it| it.name.clone().or_else(|| it.address.clone()));
    let value = match (window.is_some(), place.is_online) {
        (true, true) => "窗口或网上",
        (true, false) => "到窗口",
        (false, true) => "网上办",
        (false, false) => return None,
    };
    Some(plain("在哪办", value.to_owned(), note.unwrap_or_default()))
}

fn theme(sheet: Sheet<'_>, area: Area) -> Option<(String, Link)> {
    let themes = [keys::PERSON_THEMES, keys::ENTERPRISE_THEMES].map(|key| sheet.labels(key));
    let first = themes.into_iter().flatten().next()?;
    let link = links::search(area).with("theme", &first);
    Some((first, link))
}

/// Walks the standard, so that nothing public is ever left out of the guide.
fn more(sheet: Sheet<'_>) -> Vec<Entry> {
    let record = &sheet.item.item;
    let entry = |element: &Element| {
        let lines = lines(sheet, element, sheet.value(&element.key)?);
        (!lines.is_empty()).then(|| Entry { label: element.label.clone(), lines })
    };
    let elements = sheet.standard.elements().iter();
    let others = elements.filter(|it| it.public && !TOLD.contains(&it.key.as_str()));
    let place = regions::full_name(&record.region).unwrap_or_else(|| record.region.to_string());
    let facts = [
        ("实施主体", vec![record.body.name.clone()]),
        ("实施主体代码", record.body.credit_code.iter().cloned().collect()),
        ("所在地区", vec![place]),
        ("上级事项编码", record.parent.iter().cloned().collect::<Vec<_>>()),
    ];
    let facts = facts.into_iter().filter(|(_, lines)| !lines.is_empty());
    let facts = facts.map(|(label, lines)| Entry { label: label.to_owned(), lines });
    facts.chain(others.filter_map(entry)).collect()
}

fn lines(sheet: Sheet<'_>, element: &Element, value: &Value) -> Vec<String> {
    let shown = show_value(value, element, sheet.standard);
    let unit = if matches!(value, Value::Number(_)) { element.unit.as_str() } else { "" };
    let lines = shown.lines().filter_map(|line| sheet.present(line));
    lines.map(|line| if unit.is_empty() { line } else { words::counted(line, unit) }).collect()
}

impl Due {
    /// Returns the day of acceptance and the day by which it is done.
    pub(super) fn dates(&self) -> Option<(&str, &str)> {
        match self {
            Due::On { accepted, done } => Some((accepted, done)),
            _ => None,
        }
    }

    pub(super) fn unknown_year(&self) -> Option<i32> {
        match self {
            Due::Unknown { year } => Some(*year),
            _ => None,
        }
    }
}

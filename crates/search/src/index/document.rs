use domain::{
    content::{Content, Row, keys, show_single},
    item::{ItemId, ItemRecord},
    publication::PublicItem,
    region::RegionCode,
    standard::Standard,
};
use serde::{Deserialize, Serialize};

use super::{
    columns::{self, Traits},
    schema::{Document, Fields, OWN},
};
use crate::{
    Card,
    words::{Bag, Measure, code_key, whole_name},
};

/// What can be shown of a passage need not be longer than this.
const LONGEST_PASSAGE: usize = 300;

/// How the parts of an item count: its names first, then what is said of it.
const NAME: Measure = Measure { weight: 6.0, usual: 24.0, bend: 0.6 };
const EVERYDAY_NAME: Measure = Measure { weight: 5.0, usual: 6.0, bend: 0.3 };
const CATALOGUE_NAME: Measure = Measure { weight: 3.0, usual: 16.0, bend: 0.5 };
const BODY: Measure = Measure { weight: 4.0, usual: 9.0, bend: 0.0 };
const MATERIALS: Measure = Measure { weight: 4.0, usual: 60.0, bend: 0.3 };
const OUTCOMES: Measure = Measure { weight: 2.0, usual: 20.0, bend: 0.3 };
const SUMMARY: Measure = Measure { weight: 2.0, usual: 60.0, bend: 0.3 };
const CONDITIONS: Measure = Measure { weight: 1.0, usual: 300.0, bend: 0.0 };

/// What is kept of an item to show it among the results.
#[derive(Serialize, Deserialize)]
pub(super) struct Shown {
    pub(super) code: String,
    pub(super) region: RegionCode,
    pub(super) card: Card,
    /// Texts in which the words may have been found; the first tells best what the item is.
    pub(super) passages: Vec<String>,
}

/// Makes the document of a published item.
pub(super) fn document(
    fields: &Fields,
    id: ItemId,
    item: &PublicItem,
    standard: &Standard,
) -> Document {
    let record = &item.item;
    let mut doc = Document::default();
    doc.add_i64(fields.item, id.0);
    add_codes(&mut doc, fields, record.code.as_deref(), &record.content);
    add_names(&mut doc, fields, &record.content);
    let kind = standard.kind_label(&record.kind);
    add_texts(&mut doc, fields, record, kind);
    add_regions(&mut doc, fields, record.region);
    let frequent = record.content.flag(keys::FREQUENT) == Some(true);
    doc.add_bool(fields.frequent, frequent);
    doc.add_text(fields.department, &record.body.name);
    doc.add_text(fields.traits, traits(&record.content, standard, kind, frequent).to_text());
    doc.add_u64(fields.position, record.position.map_or(u64::MAX, u64::from));
    let name_length = record.content.name().chars().filter(|c| c.is_alphanumeric()).count();
    doc.add_u64(fields.name_length, name_length.try_into().unwrap_or(u64::MAX));

    let passages = passages(&record.content);
    let shown = Shown {
        code: record.code.clone().unwrap_or_default(),
        region: record.region,
        card: card(item, standard),
        passages: passages.iter().map(|it| it.chars().take(LONGEST_PASSAGE).collect()).collect(),
    };
    let shown = serde_json::to_string(&shown).expect("what is shown holds only strings as keys");
    doc.add_text(fields.shown, shown);
    doc
}

fn add_codes(doc: &mut Document, fields: &Fields, own: Option<&str>, content: &Content) {
    if let Some(key) = own.and_then(code_key) {
        doc.add_text(fields.code, key);
    }
    let others = [keys::CATALOGUE_CODE, "code.local", "code.national", "code.handling_item"];
    for key in others.iter().filter_map(|element| code_key(content.text(element))) {
        doc.add_text(fields.other_codes, key);
    }
}

fn add_names(doc: &mut Document, fields: &Fields, content: &Content) {
    let everyday = content.text(keys::DAILY_NAMES).split(['、', '，', ',', '；', ';', '\n']);
    let everyday = everyday.chain([content.text(keys::SHORT_NAME)]).map(str::trim);
    let everyday: Vec<&str> = everyday.filter(|name| !name.is_empty()).collect();
    let mut names = Bag::default();
    names.add_names(segments(content.name()), NAME);
    names.add_names(everyday.iter().copied(), EVERYDAY_NAME);
    names.add_names([content.text(keys::CATALOGUE_NAME)].into_iter(), CATALOGUE_NAME);
    doc.add_text(fields.names, names.into_text());
    let mut sounds = Bag::default();
    for name in everyday.into_iter().chain([content.name()]) {
        sounds.add_sounds(name);
        doc.add_text(fields.whole_names, whole_name(name));
    }
    doc.add_text(fields.sounds, sounds.into_text());
}

/// Returns a name, and its parts inside and outside brackets: 「（续期）」 alone tells what the
/// item is about.
fn segments(name: &str) -> impl Iterator<Item = &str> {
    let brackets = ['(', '（', ')', '）'];
    let parts = name.split(brackets).filter(move |it| !it.is_empty() && name.contains(brackets));
    [name].into_iter().chain(parts)
}

fn add_texts(doc: &mut Document, fields: &Fields, record: &ItemRecord, kind: &str) {
    let content = &record.content;
    let mut bag = Bag::default();
    let mut add = |text: &str, measure| bag.add_texts([text].into_iter(), measure);
    add(&record.body.name, BODY);
    add(&texts(content.rows(keys::MATERIALS), "name"), MATERIALS);
    add(&texts(content.rows(keys::OUTCOMES), "name"), OUTCOMES);
    add(&texts(content.rows(keys::SITUATIONS), "name"), OUTCOMES);
    add(content.text(keys::SUMMARY), SUMMARY);
    add(content.text(keys::CONDITIONS), CONDITIONS);
    add(kind, CONDITIONS);
    doc.add_text(fields.texts, bag.into_text());
}

fn add_regions(doc: &mut Document, fields: &Fields, own: RegionCode) {
    doc.add_text(fields.region, columns::region_text(own));
    doc.add_text(fields.regions, format!("{OWN}{own}"));
    let mut region = Some(own);
    while let Some(code) = region {
        doc.add_text(fields.regions, code.to_string());
        region = code.parent();
    }
}

fn traits(content: &Content, standard: &Standard, kind: &str, frequent: bool) -> Traits {
    let own = |labels: Vec<&str>| labels.into_iter().map(str::to_owned).collect();
    let person = labels(content, keys::PERSON_THEMES, standard);
    let enterprise = labels(content, keys::ENTERPRISE_THEMES, standard);
    let mut themes: Vec<&str> = person.iter().chain(&enterprise).copied().collect();
    themes.sort_unstable();
    themes.dedup();
    let objects = labels(content, keys::OBJECTS, standard);
    let labels = [vec![kind], themes, person, enterprise, objects].map(own);
    Traits { labels, frequent }
}

/// Returns the chosen labels; two codes with one label are one.
fn labels<'a>(content: &'a Content, element: &str, standard: &'a Standard) -> Vec<&'a str> {
    let list = standard.element(element).and_then(|element| element.list.as_deref());
    let codes = content.codes(element).iter();
    let mut labels: Vec<&str> =
        codes.map(|code| list.map_or(code.as_str(), |list| standard.label(list, code))).collect();
    labels.sort_unstable();
    labels.dedup();
    labels
}

fn passages(content: &Content) -> Vec<String> {
    let rows = |key, field| texts(content.rows(key), field);
    let passages = [
        content.text(keys::SUMMARY).to_owned(),
        content.text(keys::CONDITIONS).to_owned(),
        rows(keys::SITUATIONS, "name"),
        rows(keys::OUTCOMES, "name"),
        rows(keys::MATERIALS, "name"),
        content.text(keys::DAILY_NAMES).to_owned(),
    ];
    passages.into_iter().filter(|passage| !passage.trim().is_empty()).collect()
}

fn texts(rows: &[Row], field: &str) -> String {
    let texts = rows.iter().map(|row| row.text(field)).filter(|text| !text.is_empty());
    texts.collect::<Vec<_>>().join("、")
}

fn card(item: &PublicItem, standard: &Standard) -> Card {
    let record = &item.item;
    let content = &record.content;
    Card {
        name: content.name().to_owned(),
        body: record.body.name.clone(),
        kind: standard.kind_label(&record.kind).to_owned(),
        promised: content.promised_limit(),
        statutory: content.statutory_limit(),
        visits: content.number(keys::VISITS),
        charged: content.flag(keys::CHARGED),
        fee: fee(content, standard),
        place: place(content),
        summary: content.text(keys::SUMMARY).to_owned(),
    }
}

/// Says the first fee, and how many there are; nothing where nothing is charged.
fn fee(content: &Content, standard: &Standard) -> Option<String> {
    if content.flag(keys::CHARGED) == Some(false) {
        return None;
    }
    let amount = standard.element(keys::FEES).and_then(|element| element.field("amount"));
    let texts = content.rows(keys::FEES).iter().filter_map(|row| {
        let amount = row.fields.get("amount").zip(amount);
        let amount = amount.map(|(value, field)| show_single(value, field.shape(), standard));
        amount.or_else(|| Some(row.text("standard").to_owned()).filter(|text| !text.is_empty()))
    });
    first_of(texts.collect(), "项")
}

fn place(content: &Content) -> Option<String> {
    let places = content.rows(keys::WINDOWS).iter().filter_map(|row| {
        let texts = [row.text("name"), row.text("address")];
        texts.into_iter().find(|text| !text.is_empty()).map(str::to_owned)
    });
    let online = content.flag(keys::ONLINE) == Some(true);
    first_of(places.collect(), "处").or_else(|| online.then(|| "网上办理".to_owned()))
}

fn first_of(mut texts: Vec<String>, unit: &str) -> Option<String> {
    texts.dedup();
    match texts.as_slice() {
        [] => None,
        [only] => Some(only.clone()),
        [first, ..] => Some(format!("{first}，等 {} {unit}", texts.len())),
    }
}

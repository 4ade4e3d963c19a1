use domain::{
    content::keys,
    item::{ItemRecord, cell_text},
    standard::{Element, Fact, Place, Standard, ValueKind},
};

/// The columns at the left that stay in sight: code and name.
pub(super) const N_LEADING: u32 = 2;

/// The item's own data, under headers that every standard reads back.
const FACTS: [(Fact, &str, u32); 9] = [
    (Fact::Kind, "事项类型", 14),
    (Fact::BodyName, "实施主体", 24),
    (Fact::BodyCreditCode, "统一社会信用代码", 22),
    (Fact::BodyLetters, "部门业务代码", 14),
    (Fact::RegionCode, "区划代码", 12),
    (Fact::RegionName, "区划名称", 12),
    (Fact::Parent, "主项编码", 24),
    (Fact::Position, "排序", 8),
    (Fact::EffectiveOn, "生效日期", 12),
];

/// A column of a catalogue.
#[derive(Debug, Clone)]
pub(super) struct Column {
    pub(super) label: String,
    pub(super) place: Place,
    pub(super) width: u32,
    pub(super) is_number: bool,
}

#[derive(Debug, Clone)]
pub(super) struct Columns {
    columns: Vec<Column>,
    /// Whether elements are shown that the public does not see.
    for_officers: bool,
}

impl Columns {
    /// Returns code, name, facts, then every public element of any of the standards.
    pub(super) fn of(standards: &[&Standard]) -> Columns {
        let fact = |(fact, label, width): (Fact, &str, u32)| Column {
            label: label.to_owned(),
            place: Place::Fact(fact),
            width,
            is_number: fact == Fact::Position,
        };
        let code = fact((Fact::Code, "事项编码", 26));
        let mut columns = Columns { columns: vec![code], for_officers: false };
        let elements = || standards.iter().flat_map(|it| it.elements()).filter(|it| it.public);
        elements().filter(|it| it.key == keys::NAME).for_each(|it| columns.add(it));
        columns.columns.extend(FACTS.map(fact));
        elements().for_each(|it| columns.add(it));
        columns
    }

    /// Returns the columns that an officer chose, in that order; what no standard has is left out.
    pub(super) fn chosen(places: &[Place], standards: &[&Standard]) -> Columns {
        let mut columns = Columns { columns: Vec::new(), for_officers: true };
        let facts = || std::iter::once((Fact::Code, "事项编码", 26)).chain(FACTS);
        for place in places {
            match place {
                Place::Fact(wanted) => columns.columns.extend(
                    facts().filter(|(fact, ..)| fact == wanted).map(|(_, label, width)| Column {
                        label: label.to_owned(),
                        place: place.clone(),
                        width,
                        is_number: *wanted == Fact::Position,
                    }),
                ),
                Place::Element(key) => {
                    let element = standards.iter().find_map(|standard| standard.element(key));
                    element.into_iter().for_each(|element| columns.add(element));
                }
                Place::RowNumber | Place::Field(..) | Place::Unit(_) => {}
            }
        }
        columns
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Column> {
        self.columns.iter()
    }

    /// Returns what a row says of `item`, cell by cell.
    pub(super) fn texts<'a>(
        &'a self,
        item: &'a ItemRecord,
        standard: &'a Standard,
    ) -> impl Iterator<Item = (&'a Column, String)> {
        let shown = move |column: &Column| match &column.place {
            Place::Element(key) if !self.for_officers => {
                standard.element(key).is_some_and(|it| it.public)
            }
            _ => true,
        };
        self.iter().map(move |column| match shown(column) {
            true => (column, cell_text(item, &column.place, standard)),
            false => (column, String::new()),
        })
    }

    fn add(&mut self, element: &Element) {
        let place = Place::Element(element.key.clone());
        if self.columns.iter().any(|it| it.place == place) {
            return;
        }
        // Two elements of the same label would be read back as one.
        let is_taken = self.columns.iter().any(|it| it.label == element.label);
        let label = if is_taken { element.key.clone() } else { element.label.clone() };
        let width = width(element).max(2 * u32::try_from(label.chars().count()).unwrap_or(0) + 2);
        let is_number = element.kind == ValueKind::Number;
        self.columns.push(Column { label, place, width, is_number });
    }
}

/// Width in characters, a Chinese one counting two.
fn width(element: &Element) -> u32 {
    match element.kind {
        ValueKind::Flag | ValueKind::Number => 8,
        ValueKind::Date | ValueKind::Limit | ValueKind::Money => 12,
        ValueKind::Codes => 16,
        ValueKind::Text => 32,
        ValueKind::Rows => 48,
    }
}

use std::collections::BTreeMap;

use super::{
    Cell, CellValue, Columns, Given, Mapping, Proposal, RawData, RawRow, Rejection, Trace,
    Unplaced,
    columns::{Recognised, header_unit},
    lists::{column_of_table, nested, plain, read_lines, said, texts},
};
use crate::{
    code::Parsed,
    content::{Content, LimitUnit, Value, number_rows, read_field, read_rows, read_value},
    finding::Finding,
    item::{BodyRef, ItemRecord},
    region::RegionCode,
    standard::{Element, Fact, KIND_LIST, Place, Standard, ValueKind},
    text::fold_width,
};

/// 命令行或上传页说定的，盖过文件里的。
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Defaults {
    pub region: Option<RegionCode>,
    pub body: Option<String>,
}

/// 导入的规则：一个规范、一份映射、一组默认值。
#[derive(Debug, Clone, Copy)]
pub struct Intake<'a> {
    pub standard: &'a Standard,
    pub mapping: &'a Mapping,
    pub defaults: &'a Defaults,
}

/// What a row was read as.
struct Read {
    record: ItemRecord,
    given: Option<BTreeMap<String, Given>>,
    findings: Vec<Finding>,
}

/// What names a thing is no longer than this; a longer text stands in the wrong column.
const LONGEST_NAME: usize = 1_000;
const LONGEST_CODE: usize = 100;

const KEEP_ONE: &str = "留下对的一处，再导入";

impl Read {
    fn refuse_overlong(self) -> Result<Read, String> {
        let record = &self.record;
        let code = record.code.as_deref().unwrap_or_default();
        for (what, text, longest) in [
            ("事项名称", record.name(), LONGEST_NAME),
            ("实施主体名称", &record.body.name, LONGEST_CODE),
            ("事项编码", code, LONGEST_CODE),
            ("事项类型", &record.kind, LONGEST_CODE),
        ] {
            let length = text.chars().count();
            if length > longest {
                return Err(format!(
                    "{what}有 {length} 字，最多 {longest} 字；请检查列是不是错了位"
                ));
            }
        }
        Ok(self)
    }
}

/// A row while it is being read.
#[derive(Default)]
struct Reading {
    facts: BTreeMap<Fact, String>,
    content: Content,
    given: BTreeMap<String, Given>,
    /// Columns of rows elements, to be put together when all cells are read.
    columns: BTreeMap<String, BTreeMap<String, Vec<Option<Value>>>>,
    /// Units of limits that have a column of their own.
    units: BTreeMap<String, LimitUnit>,
    findings: Vec<Finding>,
}

impl Intake<'_> {
    /// Reads a row as an item.
    pub fn read(&self, row: RawRow) -> Result<Proposal, Rejection> {
        let RawRow { number, place, data, trace } = row;
        let read = match data {
            RawData::Broken(reason) => Err(reason),
            RawData::Record(record) => self.whole(*record),
            RawData::Cells(cells) => self.cells(&cells, &trace),
        };
        match read.and_then(Read::refuse_overlong) {
            Ok(Read { record, given, findings }) => {
                Ok(Proposal { number, place, record, given, findings })
            }
            Err(reason) => Err(Rejection { number, place, reason }),
        }
    }

    fn whole(&self, mut record: ItemRecord) -> Result<Read, String> {
        if record.name().trim().is_empty() {
            return Err("没有事项名称（content.name）".into());
        }
        if let Some(region) = self.defaults.region {
            record.region = region;
        }
        Ok(Read { record, given: None, findings: Vec::new() })
    }

    fn cells(&self, cells: &[Cell], trace: &Trace) -> Result<Read, String> {
        let mut reading = Reading::default();
        let columns = Columns::new(self.standard, self.mapping);
        let places = cells.iter().filter_map(|cell| match columns.recognise(&cell.header) {
            Recognised::Place(place) => Some((cell, place)),
            Recognised::Ignored | Recognised::Unknown => None,
        });
        let (units, others): (Vec<_>, Vec<_>) =
            places.partition(|(_, place)| matches!(place, Place::Unit(_)));
        for (cell, place) in units.into_iter().chain(others) {
            reading.take(cell, place, columns, self.standard);
        }
        reading.join_columns();
        let record = self.record(&mut reading)?;
        let is_placed = |cell: &Cell| {
            columns.place(&cell.header).is_some() && !self.standard.is_blank(&plain(&cell.value))
        };
        let sources = cells.iter().zip(&trace.sources).filter(|(cell, _)| is_placed(cell));
        reading.findings.extend(sources.filter_map(|(_, source)| source.finding()));
        reading.findings.extend(trace.unplaced.iter().map(Unplaced::finding));
        Ok(Read { record, given: Some(reading.given), findings: reading.findings })
    }

    fn record(&self, reading: &mut Reading) -> Result<ItemRecord, String> {
        let name = reading.content.name().to_owned();
        if name.is_empty() {
            return Err("没有事项名称".into());
        }
        let code = reading.facts.remove(&Fact::Code).filter(|code| !self.standard.is_blank(code));
        let parsed = code.as_deref().and_then(|code| {
            self.standard.schemes.iter().find_map(|scheme| scheme.parse(code).ok())
        });
        let kind = match reading.facts.remove(&Fact::Kind) {
            Some(text) => self.kind(&text),
            None => parsed
                .as_ref()
                .and_then(|parsed| parsed.get("kind"))
                .map(|code| self.kind(code))
                .ok_or("没有事项类型，编码里也看不出来；请补一列“事项类型”")?,
        };
        let body = self.body(reading, parsed.as_ref())?;
        let region = self.region(reading, parsed.as_ref().and_then(|it| it.get("area")))?;
        let parent = reading.facts.remove(&Fact::Parent).filter(|it| !self.standard.is_blank(it));
        let parent = parent.or_else(|| self.standard.parent_code(code.as_deref()?));
        let position = reading.facts.remove(&Fact::Position).and_then(|it| it.trim().parse().ok());
        let date = self.standard.element("basis").and_then(|it| it.field("effective_on"));
        let effective_on =
            reading.facts.remove(&Fact::EffectiveOn).and_then(|text| {
                match read_field(&text, date?, self.standard) {
                    Some(Value::Date { date }) => Some(date),
                    _ => None,
                }
            });
        Ok(ItemRecord {
            standard: self.standard.id.clone(),
            region,
            body,
            code,
            kind,
            parent,
            position,
            effective_on,
            content: std::mem::take(&mut reading.content),
        })
    }

    /// Returns the code of a kind, or the text itself: the checks tell of an unknown one.
    fn kind(&self, text: &str) -> String {
        let known = self.standard.list(KIND_LIST).and_then(|list| list.read(text));
        known.map_or_else(|| text.trim().to_owned(), |code| code.code.clone())
    }

    fn body(&self, reading: &mut Reading, code: Option<&Parsed>) -> Result<BodyRef, String> {
        let in_code = |key: &str| code.and_then(|code| code.get(key)).map(str::to_owned);
        let blank = |text: &String| !self.standard.is_blank(text);
        let named = reading.facts.remove(&Fact::BodyName).filter(blank);
        let name = self
            .defaults
            .body
            .clone()
            .or(named)
            .ok_or("没有实施主体；请补一列“实施主体”，或用 --body 说明整个文件是哪个单位的")?;
        let registered = self.mapping.body(&name);
        let credit_code = reading.facts.remove(&Fact::BodyCreditCode).filter(blank);
        let own_letters = reading.facts.remove(&Fact::BodyLetters).filter(blank);
        Ok(BodyRef {
            credit_code: registered
                .and_then(|it| it.credit_code.clone())
                .or(credit_code)
                .or_else(|| in_code("credit_code")),
            letters: registered
                .and_then(|it| it.letters.clone())
                .or(own_letters)
                .or_else(|| in_code("letters")),
            name,
        })
    }

    fn region(&self, reading: &mut Reading, area: Option<&str>) -> Result<RegionCode, String> {
        let code = reading.facts.remove(&Fact::RegionCode);
        let code = code.filter(|text| !self.standard.is_blank(text));
        let in_file = match code.as_deref() {
            Some(text) => Some(RegionCode::parse(text.trim()).map_err(|err| err.to_string())),
            None => area
                .and_then(|area| area.get(..6))
                .map(|area| RegionCode::parse(area).map_err(|err| err.to_string())),
        };
        match (self.defaults.region, in_file) {
            (Some(chosen), Some(Ok(found))) if found != chosen => {
                reading.findings.push(Finding::warning(
                    "I3",
                    "region.code",
                    format!("文件里的区划代码 {found} 与指定的 {chosen} 不一致，按指定的归入"),
                    format!("核对后把文件里的区划代码改为 {chosen}"),
                ));
                Ok(chosen)
            }
            (Some(chosen), _) => Ok(chosen),
            (None, Some(found)) => found,
            (None, None) => Err("没有区划代码；请补一列“区划代码”，或用 --region 说明".into()),
        }
    }
}

impl Reading {
    fn take(&mut self, cell: &Cell, place: &Place, columns: Columns<'_>, standard: &Standard) {
        match place {
            Place::RowNumber => {}
            Place::Fact(fact) => {
                let mut text = plain(&cell.value);
                if fact.is_code() {
                    text = fold_width(&text);
                }
                if !standard.is_blank(&text) {
                    self.facts.entry(*fact).or_insert(text);
                }
            }
            Place::Unit(key) => {
                if let Some(unit) = LimitUnit::read(&plain(&cell.value)) {
                    self.units.insert(key.clone(), unit);
                }
            }
            Place::Element(key) => {
                if let Some(element) = standard.element(key) {
                    self.take_element(cell, element, columns, standard);
                }
            }
            Place::Field(key, field) => {
                let Some(element) = standard.element(key) else { return };
                let Some(field) = element.field(field) else { return };
                let cells = match column_of_table(&cell.value, element, field, columns) {
                    Some(texts) => texts.map(|text| read_field(text, field, standard)).collect(),
                    None => read_lines(&texts(&cell.value), element, field, standard),
                };
                self.columns.entry(key.clone()).or_default().insert(field.key.clone(), cells);
            }
        }
    }

    fn take_element(
        &mut self,
        cell: &Cell,
        element: &Element,
        columns: Columns<'_>,
        standard: &Standard,
    ) {
        let key = &element.key;
        if element.kind != ValueKind::Rows {
            let own_unit = self.units.get(key).copied();
            let unit = own_unit.unwrap_or_else(|| header_unit(&cell.header));
            let text = match element.kind {
                ValueKind::Codes => texts(&cell.value).join("\n"),
                _ => plain(&cell.value),
            };
            let value = read_value(&text, element, unit, standard);
            self.given.insert(key.clone(), Given::Whole);
            match (value, self.content.get(key)) {
                (Some(value), None) => self.content.put(key, value),
                (Some(value), Some(first)) if *first != value => {
                    let message = format!("“{}”写了两次，后一次没有导入：“{text}”", element.label);
                    self.findings.push(Finding::warning("I5", key, message, KEEP_ONE.into()));
                }
                _ => {}
            }
            return;
        }
        if let CellValue::Table(table) = &cell.value {
            self.findings.extend(columns.lost_columns(table, element));
        }
        let (rows, fields) = match &cell.value {
            CellValue::Table(table) => nested(table, element, columns, standard),
            CellValue::List(lines) => said(read_rows(&lines.join("\n"), element, standard)),
            CellValue::Text(text) => said(read_rows(text, element, standard)),
        };
        self.given.insert(key.clone(), Given::Fields(fields));
        self.content.put(key, Value::Rows(rows));
    }

    /// Puts the columns of rows elements together, line by line.
    fn join_columns(&mut self) {
        for (key, columns) in std::mem::take(&mut self.columns) {
            let length = columns.values().map(Vec::len).max().unwrap_or(0);
            let mut rows = vec![BTreeMap::new(); length];
            for (field, cells) in &columns {
                for (row, value) in rows.iter_mut().zip(cells) {
                    if let Some(value) = value {
                        row.insert(field.clone(), value.clone());
                    }
                }
            }
            self.given.insert(key.clone(), Given::Fields(columns.keys().cloned().collect()));
            self.content.put(&key, Value::Rows(number_rows(rows)));
        }
    }
}

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::{Check, credit};

/// 编码规则：一种编码由哪几段组成
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scheme {
    pub id: String,
    pub title: String,
    /// The document that the rule is taken from.
    pub source: String,
    /// Whether the standard gives out codes by this rule.
    #[serde(default)]
    pub issues: bool,
    /// The scheme of the item that this one's item is part of: its code comes before the serial.
    #[serde(default)]
    pub part_of: Option<String>,
    /// A check over the whole code.
    pub check: Option<Check>,
    pub segments: Vec<Segment>,
}

/// 编码的一段：固定字符，或一个取值
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "RawSegment")]
pub enum Segment {
    Literal(String),
    Field(CodeField),
}

/// 编码中取值的一段
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeField {
    pub key: String,
    pub name: String,
    pub min: usize,
    pub max: usize,
    pub alphabet: Alphabet,
    pub meaning: Meaning,
    /// The code list of the standard that explains the value.
    pub list: Option<String>,
    /// Labels that no code list of the standard holds.
    pub labels: BTreeMap<String, String>,
    pub check: Option<Check>,
}

/// 一段编码可用的字符
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Alphabet {
    Digits,
    Letters,
    Alnum,
    Credit,
    Characters(String),
}

/// 一段编码说的是什么
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Meaning {
    /// The name of the segment says all.
    Plain,
    /// The label of a code list.
    Label,
    CreditCode,
    /// Two digits of a province.
    Region2,
    /// Six digits; may be of a region that is no more, as in a credit code.
    Region6,
    /// The county rule: six national digits and two that are registered for the township.
    Region8,
    Region12,
    /// Whose catalogue: 00 the nation's, else a province's two digits.
    Authority,
    /// Letters that are registered for a body in the region of the same code.
    BodyLetters,
    MainItem,
    /// 000 no sub-items, 00Y a main item with sub-items, else the sub-item's number.
    SubItem,
    Serial,
    /// No source says what it is.
    Unexplained,
}

impl Scheme {
    /// Checks what the file's form alone can not: that codes can be read back and issued.
    pub fn validate(&self) -> Result<(), String> {
        let fault = |words: String| Err(format!("编码规则 {}：{words}", self.id));
        if self.id.is_empty() || self.segments.is_empty() {
            return fault("要写明 id，并至少有一段".to_owned());
        }
        let mut keys = BTreeSet::new();
        let mut after_variable = None;
        for segment in &self.segments {
            let Segment::Field(field) = segment else {
                after_variable = None;
                continue;
            };
            if !keys.insert(field.key.as_str()) {
                return fault(format!("有两段都叫 {}", field.key));
            }
            if let Some(before) = after_variable {
                return fault(format!("{before} 长度不定，它和 {} 之间要有分隔符", field.key));
            }
            after_variable = (field.min != field.max).then_some(&field.key);
        }
        self.validate_meanings().or_else(fault)
    }

    pub fn fields(&self) -> impl Iterator<Item = &CodeField> {
        self.segments.iter().filter_map(|segment| match segment {
            Segment::Field(field) => Some(field),
            Segment::Literal(_) => None,
        })
    }

    pub fn field(&self, key: &str) -> Option<&CodeField> {
        self.fields().find(|field| field.key == key)
    }

    /// Returns the segment that numbers the codes of one scope.
    pub fn serial(&self) -> Option<&CodeField> {
        self.fields().find(|field| field.meaning == Meaning::Serial)
    }

    fn validate_meanings(&self) -> Result<(), String> {
        if self.part_of.is_some() && self.serial().is_none() {
            return Err("写了 part_of，就要有一段流水号（meaning = \"serial\"）".to_owned());
        }
        let has = |meaning| self.fields().any(|field| field.meaning == meaning);
        if has(Meaning::BodyLetters) && !has(Meaning::Region8) {
            return Err("部门字母只在区划内唯一，所以还要有一段 meaning = \"region8\"".to_owned());
        }
        if !self.issues {
            return Ok(());
        }
        let Some(Segment::Field(last)) = self.segments.last() else {
            return Err("要发放编码，最后一段应是流水号".to_owned());
        };
        if last.meaning != Meaning::Serial || last.alphabet != Alphabet::Digits {
            return Err("要发放编码，最后一段应是数字流水号（meaning = \"serial\"）".to_owned());
        }
        if last.min != last.max || last.max > 9 {
            return Err("要发放编码，流水号的位数应固定，且不超过 9 位".to_owned());
        }
        Ok(())
    }
}

impl CodeField {
    /// Says why `text` can not stand in this segment, if it can not.
    pub fn misfit(&self, text: &str) -> Option<String> {
        let length = text.chars().count();
        if length < self.min || length > self.max {
            return Some(format!("{}应为 {}，“{text}”是 {length} 位", self.name, self.words()));
        }
        let odd = text.chars().find(|c| !self.alphabet.contains(*c))?;
        Some(format!("{}应为 {}，不该有“{odd}”", self.name, self.words()))
    }

    /// Returns what the segment demands in words: `4 位数字`.
    pub fn words(&self) -> String {
        let length = match (self.min, self.max) {
            (min, max) if min == max => format!("{min} 位"),
            (min, max) => format!("{min} 至 {max} 位"),
        };
        length + &self.alphabet.words()
    }
}

impl Alphabet {
    pub fn contains(&self, c: char) -> bool {
        match self {
            Alphabet::Digits => c.is_ascii_digit(),
            Alphabet::Letters => c.is_ascii_uppercase(),
            Alphabet::Alnum => c.is_ascii_digit() || c.is_ascii_uppercase(),
            Alphabet::Credit => credit::ALPHABET.contains(c),
            Alphabet::Characters(characters) => characters.contains(c),
        }
    }

    fn words(&self) -> String {
        match self {
            Alphabet::Digits => "数字".to_owned(),
            Alphabet::Letters => "大写字母".to_owned(),
            Alphabet::Alnum => "数字或大写字母".to_owned(),
            Alphabet::Credit => "信用代码字符（不用 I、O、S、V、Z）".to_owned(),
            Alphabet::Characters(characters) => format!("字符（限 {characters}）"),
        }
    }
}

/// A segment as it is written, before its parts are found to belong together.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawSegment {
    literal: Option<String>,
    key: Option<String>,
    name: Option<String>,
    length: Option<usize>,
    min: Option<usize>,
    max: Option<usize>,
    alphabet: Option<NamedAlphabet>,
    characters: Option<String>,
    meaning: Option<Meaning>,
    list: Option<String>,
    #[serde(default)]
    labels: BTreeMap<String, String>,
    check: Option<Check>,
}

#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "snake_case")]
enum NamedAlphabet {
    Digits,
    Letters,
    Alnum,
    Credit,
}

impl TryFrom<RawSegment> for Segment {
    type Error = String;

    fn try_from(raw: RawSegment) -> Result<Segment, String> {
        match &raw.literal {
            None => raw.into_field().map(Segment::Field),
            Some(_) if raw.key.is_some() => Err("一段不能既有 literal 又有 key".to_owned()),
            Some(text) if is_code_text(text) => Ok(Segment::Literal(text.clone())),
            Some(text) => Err(format!("literal“{text}”应是半角字符，不用小写字母")),
        }
    }
}

impl RawSegment {
    fn into_field(self) -> Result<CodeField, String> {
        let key = self.key.ok_or("一段要写 literal，或写 key")?;
        let of = |words: &str| format!("{key} {words}");
        let (min, max) = match (self.length, self.min, self.max) {
            (Some(length), None, None) => (length, length),
            (None, Some(min), Some(max)) => (min, max),
            _ => return Err(of("的长度要写 length，或同时写 min 和 max")),
        };
        if min == 0 || min > max || max > 64 {
            return Err(of("的长度应在 1 至 64 之间，min 不大于 max"));
        }
        let alphabet = match (self.alphabet, self.characters) {
            (Some(named), None) => named.into(),
            (None, Some(text)) if is_code_text(&text) => Alphabet::Characters(text),
            _ => return Err(of("要写 alphabet，或写 characters（半角字符，不用小写字母）")),
        };
        let has_labels = self.list.is_some() || !self.labels.is_empty();
        let default = if has_labels { Meaning::Label } else { Meaning::Plain };
        let meaning = self.meaning.unwrap_or(default);
        if has_labels != (meaning == Meaning::Label) {
            return Err(of("有 list 或 labels 时 meaning 才是 label，反之亦然"));
        }
        let name = self.name.ok_or_else(|| of("要写 name"))?;
        let field = CodeField {
            key: key.clone(),
            name,
            min,
            max,
            alphabet,
            meaning,
            list: self.list,
            labels: self.labels,
            check: self.check,
        };
        match field.labels.keys().find_map(|value| field.misfit(value)) {
            Some(misfit) => Err(of(&format!("的 labels：{misfit}"))),
            None => Ok(field),
        }
    }
}

impl From<NamedAlphabet> for Alphabet {
    fn from(named: NamedAlphabet) -> Alphabet {
        match named {
            NamedAlphabet::Digits => Alphabet::Digits,
            NamedAlphabet::Letters => Alphabet::Letters,
            NamedAlphabet::Alnum => Alphabet::Alnum,
            NamedAlphabet::Credit => Alphabet::Credit,
        }
    }
}

/// Codes are compared in their normalised form, so a rule may only name such characters.
fn is_code_text(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_graphic() && !c.is_ascii_lowercase())
}

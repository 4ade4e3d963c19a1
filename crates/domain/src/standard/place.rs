use std::{fmt, str::FromStr};

/// 一项数据在事项里的位置：表头、表单格、映射文件都用它说话。
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// 序号 of the row in a list; nothing is kept of it.
    RowNumber,
    Fact(Fact),
    Element(String),
    /// A field of a rows element: `materials[].name`.
    Field(String, String),
    /// The unit of a limit that has a column of its own: `limits.promised.unit`.
    Unit(String),
}

/// 不属于内容、而属于事项本身的数据。
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fact {
    Code,
    Kind,
    Parent,
    Position,
    EffectiveOn,
    BodyName,
    BodyCreditCode,
    BodyLetters,
    RegionCode,
    RegionName,
}

impl Fact {
    pub const ALL: [(Fact, &'static str); 10] = [
        (Fact::Code, "item.code"),
        (Fact::Kind, "item.kind"),
        (Fact::Parent, "item.parent"),
        (Fact::Position, "item.position"),
        (Fact::EffectiveOn, "item.effective_on"),
        (Fact::BodyName, "body.name"),
        (Fact::BodyCreditCode, "body.credit_code"),
        (Fact::BodyLetters, "body.letters"),
        (Fact::RegionCode, "region.code"),
        (Fact::RegionName, "region.name"),
    ];

    pub fn title(self) -> &'static str {
        match self {
            Fact::Code => "事项编码",
            Fact::Kind => "事项类型",
            Fact::Parent => "上级事项编码",
            Fact::Position => "排序",
            Fact::EffectiveOn => "生效日期",
            Fact::BodyName => "实施主体",
            Fact::BodyCreditCode => "统一社会信用代码",
            Fact::BodyLetters => "部门业务代码",
            Fact::RegionCode => "行政区划代码",
            Fact::RegionName => "行政区划",
        }
    }

    /// Tells whether it is made of letters and digits, whose width means nothing.
    pub fn is_code(self) -> bool {
        matches!(
            self,
            Fact::Code
                | Fact::Parent
                | Fact::Position
                | Fact::BodyCreditCode
                | Fact::BodyLetters
                | Fact::RegionCode
        )
    }
}

impl FromStr for Place {
    type Err = std::convert::Infallible;

    fn from_str(text: &str) -> Result<Place, Self::Err> {
        if text == "row_number" {
            return Ok(Place::RowNumber);
        }
        if let Some((fact, _)) = Fact::ALL.iter().find(|(_, name)| *name == text) {
            return Ok(Place::Fact(*fact));
        }
        if let Some(element) = text.strip_suffix(".unit") {
            return Ok(Place::Unit(element.into()));
        }
        Ok(match text.split_once("[].") {
            Some((element, field)) => Place::Field(element.into(), field.into()),
            None => Place::Element(text.into()),
        })
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Place::RowNumber => f.write_str("row_number"),
            Place::Fact(fact) => {
                f.write_str(Fact::ALL.iter().find(|(it, _)| it == fact).map_or("", |it| it.1))
            }
            Place::Element(key) => f.write_str(key),
            Place::Field(key, field) => write!(f, "{key}[].{field}"),
            Place::Unit(key) => write!(f, "{key}.unit"),
        }
    }
}

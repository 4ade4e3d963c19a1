//! Items to be found: a builder and a dozen of them. All of it is made up for the tests.

use std::collections::BTreeMap;

use domain::{
    content::{Content, Limit, Row, Value, keys, number_rows},
    item::{BodyRef, ItemId, ItemRecord},
    publication::{Notice, PublicItem, Publication},
    region::RegionCode,
    standard::Standards,
};
use time::macros::date;

use crate::Index;

/// One item in the making.
pub(super) struct Sample {
    record: ItemRecord,
}

pub(super) fn item(code: &str, body: &str, name: &str) -> Sample {
    let record = ItemRecord {
        standard: "national".into(),
        region: RegionCode::parse("620524").unwrap(),
        body: BodyRef { name: body.into(), credit_code: None, letters: None },
        code: Some(code.into()),
        kind: "20".into(),
        parent: None,
        position: None,
        effective_on: None,
        content: Content::new().with(keys::NAME, Value::Text(name.into())),
    };
    Sample { record }
}

impl Sample {
    pub(super) fn with(mut self, key: &str, value: Value) -> Sample {
        self.record.content.put(key, value);
        self
    }

    pub(super) fn text(self, key: &str, text: &str) -> Sample {
        self.with(key, Value::Text(text.into()))
    }

    pub(super) fn codes(self, key: &str, codes: &[&str]) -> Sample {
        self.with(key, Value::Codes(codes.iter().map(|it| (*it).to_owned()).collect()))
    }

    /// A list of rows, each with one text.
    pub(super) fn rows(self, key: &str, field: &str, texts: &[&str]) -> Sample {
        self.with(key, Value::Rows(rows(field, texts)))
    }

    pub(super) fn frequent(self) -> Sample {
        self.with(keys::FREQUENT, Value::Flag(true))
    }

    pub(super) fn kind(mut self, kind: &str) -> Sample {
        self.record.kind = kind.into();
        self
    }

    pub(super) fn region(mut self, region: &str) -> Sample {
        self.record.region = RegionCode::parse(region).unwrap();
        self
    }

    pub(super) fn position(mut self, position: u32) -> Sample {
        self.record.position = Some(position);
        self
    }

    pub(super) fn standard(mut self, standard: &str) -> Sample {
        self.record.standard = standard.into();
        self
    }

    /// Publishes it as the item `id`.
    pub(super) fn published(self, seq: i64, id: i64) -> Publication {
        Publication { seq, item: ItemId(id), notice: Notice::Published(self.public()) }
    }

    pub(super) fn withdrawn(self, seq: i64, id: i64) -> Publication {
        let reason = "依据已废止".to_owned();
        let notice = Notice::Withdrawn {
            item: self.public(),
            reason,
            on: time::macros::date!(2026 - 11 - 20),
        };
        Publication { seq, item: ItemId(id), notice }
    }

    fn public(self) -> PublicItem {
        PublicItem {
            edition: 1,
            from: date!(2026 - 03 - 02),
            standard_hash: String::new(),
            item: self.record,
        }
    }
}

fn rows(field: &str, texts: &[&str]) -> Vec<Row> {
    let row = |text: &&str| BTreeMap::from([(field.to_owned(), Value::Text((*text).to_owned()))]);
    number_rows(texts.iter().map(row).collect())
}

pub(super) fn standards() -> Standards {
    Standards::shipped().unwrap()
}

pub(super) const POLICE: &str = "武山县公安局";
pub(super) const CIVIL: &str = "武山县民政局";
pub(super) const LABOUR: &str = "武山县人力资源和社会保障局";
pub(super) const MARKET: &str = "武山县市场监督管理局";
pub(super) const TOWN: &str = "城关镇人民政府";

/// The county's catalogue; items are numbered from 1 in this order.
pub(super) fn catalogue() -> Vec<Publication> {
    let numbers = 1..;
    let samples = people().into_iter().chain(work_and_trade());
    numbers.zip(samples).map(|(at, sample)| sample.published(at, at)).collect()
}

fn people() -> Vec<Sample> {
    vec![
        item("62052400GA-QR-0012", POLICE, "居民身份证补领")
            .kind("07")
            .position(1)
            .frequent()
            .text(keys::DAILY_NAMES, "身份证丢了、补办身份证")
            .text(keys::SUMMARY, "居民身份证丢失的，应当申请补领，本人到场采集指纹和人像。")
            .codes(keys::OBJECTS, &["1"])
            .codes(keys::PERSON_THEMES, &["090"])
            .with(keys::PROMISED_LIMIT, Value::Limit(Limit::working_days(60)))
            .with(keys::VISITS, Value::Number(1))
            .rows(keys::WINDOWS, "name", &["任一派出所户籍窗口"]),
        item("62052400GA-QR-0013", POLICE, "临时居民身份证办理")
            .kind("07")
            .position(2)
            .text(keys::SUMMARY, "在领到证件以前急需使用的，可以申领临时居民身份证。")
            .codes(keys::OBJECTS, &["1"])
            .codes(keys::PERSON_THEMES, &["090"]),
        item("62052400GA-QR-0020", POLICE, "出生登记")
            .kind("07")
            .position(3)
            .frequent()
            .text(keys::DAILY_NAMES, "上户口，新生儿落户")
            .rows(keys::MATERIALS, "name", &["出生医学证明", "父母的居民户口簿"])
            .codes(keys::OBJECTS, &["1"])
            .codes(keys::PERSON_THEMES, &["010", "005"]),
        item("62052400MZ-QR-0001", CIVIL, "结婚登记")
            .kind("07")
            .position(1)
            .frequent()
            .text(keys::DAILY_NAMES, "领结婚证")
            .text(keys::CONDITIONS, "双方自愿。\n男年满二十二周岁，女年满二十周岁。")
            .rows(keys::OUTCOMES, "name", &["结婚证"])
            .codes(keys::OBJECTS, &["1"])
            .codes(keys::PERSON_THEMES, &["060"]),
        item("62052400MZ-XK-0001", CIVIL, "社会团体成立登记")
            .kind("01")
            .position(2)
            .text(keys::CATALOGUE_CODE, "000111001000")
            .codes(keys::OBJECTS, &["4"])
            .codes(keys::ENTERPRISE_THEMES, &["005"]),
        item("62052400MZ-GF-0002", CIVIL, "城乡居民最低生活保障金给付")
            .kind("05")
            .position(3)
            .text(keys::SHORT_NAME, "低保")
            .text(keys::CONDITIONS, "家庭人均收入低于当地最低生活保障标准。")
            .codes(keys::OBJECTS, &["1"])
            .codes(keys::PERSON_THEMES, &["085"]),
    ]
}

fn work_and_trade() -> Vec<Sample> {
    vec![
        item("62052400RS-GG-0001", LABOUR, "社会保障卡申领")
            .position(1)
            .text(keys::DAILY_NAMES, "办社保卡")
            .rows(keys::MATERIALS, "name", &["居民身份证"])
            .codes(keys::OBJECTS, &["1"])
            .codes(keys::PERSON_THEMES, &["085", "090"]),
        item("62052400RS-GG-0002", LABOUR, "企业职工参保登记")
            .position(2)
            .codes(keys::OBJECTS, &["2"])
            .codes(keys::ENTERPRISE_THEMES, &["035"]),
        item("62052400SC-XK-0001", MARKET, "食品经营许可")
            .kind("01")
            .position(1)
            .text(keys::DAILY_NAMES, "开饭馆、开小吃店")
            .text(keys::CATALOGUE_NAME, "食品（含保健食品）经营许可")
            .rows(keys::OUTCOMES, "name", &["食品经营许可证"])
            .codes(keys::OBJECTS, &["1", "2"])
            .codes(keys::PERSON_THEMES, &["040"])
            .codes(keys::ENTERPRISE_THEMES, &["010"]),
        item("62052400SC-XK-0002", MARKET, "企业登记注册")
            .kind("01")
            .position(2)
            .text(keys::DAILY_NAMES, "办营业执照")
            .codes(keys::OBJECTS, &["2"])
            .codes(keys::ENTERPRISE_THEMES, &["005"]),
        item("62052401CG-GG-0001", TOWN, "高龄津贴申请")
            .region("620524100")
            .position(1)
            .codes(keys::OBJECTS, &["1"])
            .codes(keys::PERSON_THEMES, &["085"]),
        item("11440000006939756B2440101007000", "广东省民政厅", "社会团体注销登记")
            .standard("unknown-here")
            .kind("01")
            .region("440000")
            .codes(keys::OBJECTS, &["4"])
            .codes(keys::ENTERPRISE_THEMES, &["005"]),
    ]
}

pub(super) fn filled() -> Index {
    let index = Index::in_memory().unwrap();
    index.apply(&catalogue(), &standards()).unwrap();
    index
}

//! What a notice says, in the order in which people ask.

use domain::{
    content::{Row, keys, show_single, show_value},
    publication::PublicItem,
    standard::{Field, Standard},
};

use crate::write::guide::quantities;

#[derive(Clone, Copy)]
pub(super) struct Words<'a> {
    pub(super) item: &'a PublicItem,
    pub(super) standard: &'a Standard,
}

/// 一份材料
pub(super) struct Material {
    pub(super) name: String,
    pub(super) form: String,
    pub(super) source: String,
    pub(super) remarks: String,
}

impl Words<'_> {
    /// Whose item it is, and which edition of it was told.
    pub(super) fn head(&self) -> String {
        let record = &self.item.item;
        let (year, month, day) = self.item.from.to_calendar_date();
        let month = u8::from(month);
        let mut words = vec![record.body.name.clone()];
        words.extend(record.code.clone());
        let edition = self.item.edition;
        words.push(format!("第 {edition} 版，{year} 年 {month} 月 {day} 日起生效"));
        words.join("　")
    }

    pub(super) fn before_materials(&self) -> Vec<(&'static str, String)> {
        let said = [
            ("谁可以办", self.text(keys::OBJECTS)),
            ("申请条件", self.text(keys::CONDITIONS)),
            ("先办", self.text(keys::PREREQUISITE)),
        ];
        present(said)
    }

    pub(super) fn materials(&self) -> Vec<Material> {
        let Some(element) = self.standard.element(keys::MATERIALS) else { return Vec::new() };
        let rows = self.item.item.content.rows(keys::MATERIALS).iter();
        let material = |row: &Row| {
            let told = |key: &str| self.field(keys::MATERIALS, row, key);
            let remarks = ["necessity", "condition", "issuer", "signature", "filling_note", "note"];
            let remarks = remarks.into_iter().filter_map(|key| {
                let field = element.field(key).filter(|it| !self.is_ordinary(it, row))?;
                let text = told(key);
                (!text.is_empty()).then(|| format!("{}：{text}", field.label))
            });
            let form = [told("form"), quantities(row)];
            Material {
                name: told("name"),
                form: form.into_iter().filter(|it| !it.is_empty()).collect::<Vec<_>>().join("\n"),
                source: told("source"),
                remarks: remarks.collect::<Vec<_>>().join("；").replace("。；", "；"),
            }
        };
        rows.map(material).filter(|it| !it.name.is_empty()).collect()
    }

    pub(super) fn after_materials(&self) -> Vec<(&'static str, String)> {
        let said = [
            ("要多久", self.limits()),
            ("收不收费", self.fees()),
            ("在哪办", self.windows()),
            ("网上办", self.text(keys::ONLINE_ADDRESS)),
            ("拿到什么", self.text(keys::OUTCOMES)),
            ("电话", self.phones()),
        ];
        present(said)
    }

    /// Whether a code is the list's first, by which lists name the ordinary case: no remark.
    fn is_ordinary(&self, field: &Field, row: &Row) -> bool {
        let list = field.list.as_deref().and_then(|list| self.standard.list(list));
        let first = list.and_then(|list| list.entries.first());
        first.is_some_and(|first| row.codes(&field.key) == [first.code.as_str()])
    }

    fn limits(&self) -> String {
        let content = &self.item.item.content;
        let promised = content.promised_limit().map(|limit| match limit.is_immediate() {
            true => "材料齐全的，当场办结".to_owned(),
            false => format!("受理后 {limit}内办结"),
        });
        let statutory = content.statutory_limit().map(|limit| match limit.is_immediate() {
            true => "法定为当场办结".to_owned(),
            false => format!("法定期限是 {limit}"),
        });
        let said: Vec<String> = promised.into_iter().chain(statutory).collect();
        if said.is_empty() {
            // A limit in other words than a number of days.
            return self.text(keys::PROMISED_LIMIT);
        }
        said.join("，")
    }

    fn fees(&self) -> String {
        match self.item.item.content.flag(keys::CHARGED) {
            Some(false) => "不收费".to_owned(),
            _ => self.text(keys::FEES),
        }
    }

    fn windows(&self) -> String {
        let rows = self.item.item.content.rows(keys::WINDOWS).iter();
        let line = |row: &Row| {
            let told = ["address", "name", "hours", "phone"];
            let told = told.map(|key| self.field(keys::WINDOWS, row, key));
            told.into_iter().filter(|it| !it.is_empty()).collect::<Vec<_>>().join("；")
        };
        rows.map(line).filter(|it| !it.is_empty()).collect::<Vec<_>>().join("\n")
    }

    fn phones(&self) -> String {
        let phones = [("咨询", keys::CONSULT), ("监督", keys::COMPLAINT)].map(|(label, key)| {
            let phone = self.text(key);
            if phone.is_empty() { phone } else { format!("{label} {phone}") }
        });
        phones.into_iter().filter(|it| !it.is_empty()).collect::<Vec<_>>().join("；")
    }

    /// Returns a public element in words; 无 says nothing.
    fn text(&self, key: &str) -> String {
        let element = self.standard.element(key).filter(|element| element.public);
        let value = element.zip(self.item.item.content.get(key));
        self.present(value.map(|(element, value)| show_value(value, element, self.standard)))
    }

    fn field(&self, element: &str, row: &Row, key: &str) -> String {
        let field = self.standard.element(element).and_then(|it| it.field(key));
        let value = field.filter(|it| it.public).zip(row.fields.get(key));
        self.present(value.map(|(field, value)| show_single(value, field.shape(), self.standard)))
    }

    fn present(&self, text: Option<String>) -> String {
        text.filter(|text| !self.standard.is_blank(text)).unwrap_or_default()
    }
}

fn present<const N: usize>(said: [(&'static str, String); N]) -> Vec<(&'static str, String)> {
    said.into_iter().filter(|(_, text)| !text.is_empty()).collect()
}

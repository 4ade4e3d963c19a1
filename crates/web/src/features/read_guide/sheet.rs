use domain::{
    content::{Row, Value, show_single},
    publication::PublicItem,
    standard::Standard,
};

use crate::words;

/// The published content, read so that nothing is shown which says nothing.
///
/// Words such as 无 and 详见附件 are the standard's blank words; here they are absent.
#[derive(Clone, Copy)]
pub(super) struct Sheet<'a> {
    pub(super) item: &'a PublicItem,
    pub(super) standard: &'a Standard,
}

/// One row of a list, with the words of its fields.
#[derive(Clone, Copy)]
pub(super) struct SheetRow<'a> {
    sheet: Sheet<'a>,
    element: &'a str,
    row: &'a Row,
}

impl<'a> Sheet<'a> {
    pub(super) fn value(&self, key: &str) -> Option<&'a Value> {
        self.item.item.content.get(key)
    }

    pub(super) fn flag(&self, key: &str) -> Option<bool> {
        self.item.item.content.flag(key)
    }

    /// Returns an element in words, joined for the eye.
    pub(super) fn words(&self, key: &str) -> Option<String> {
        let shape = self.standard.element(key)?.shape();
        let shown = show_single(self.value(key)?, shape, self.standard);
        self.present(&shown)
    }

    /// Returns the lines of a text, without blank ones and without the numbers before them.
    pub(super) fn lines(&self, key: &str) -> Vec<String> {
        self.split(&self.words(key).unwrap_or_default())
    }

    /// Returns the labels of the codes of an element.
    pub(super) fn labels(&self, key: &str) -> Vec<String> {
        let Some(list) = self.standard.element(key).and_then(|it| it.list.as_deref()) else {
            return Vec::new();
        };
        let codes = self.item.item.content.codes(key).iter();
        codes.filter_map(|code| self.present(self.standard.label(list, code))).collect()
    }

    pub(super) fn rows(&self, element: &'a str) -> Vec<SheetRow<'a>> {
        let rows = self.item.item.content.rows(element).iter();
        let rows = rows.map(|row| SheetRow { sheet: *self, element, row });
        rows.filter(SheetRow::says_something).collect()
    }

    /// Whether the standard demands any of these of the item's kind, so that their
    /// absence is worth a word.
    pub(super) fn asks(&self, keys: &[&str]) -> bool {
        let record = &self.item.item;
        let elements = keys.iter().filter_map(|key| self.standard.element(key));
        elements
            .into_iter()
            .any(|element| self.standard.requires(element, &record.kind, &record.content))
    }

    pub(super) fn present(&self, text: &str) -> Option<String> {
        let text = text.trim();
        (!self.standard.is_blank(text)).then(|| words::joined(text))
    }

    pub(super) fn split(&self, text: &str) -> Vec<String> {
        let lines: Vec<&str> = text.lines().map(str::trim).filter(|it| !it.is_empty()).collect();
        let bare: Vec<&str> = lines.iter().map(|line| without_number(line)).collect();
        let numbered = lines.iter().zip(&bare).all(|(line, bare)| line.len() != bare.len());
        let chosen = if numbered && lines.len() > 1 { bare } else { lines };
        chosen.into_iter().filter_map(|line| self.present(line)).collect()
    }
}

impl SheetRow<'_> {
    /// Returns a field in words, `None` where it says nothing.
    pub(super) fn words(&self, field: &str) -> Option<String> {
        let standard = self.sheet.standard;
        let shape = standard.element(self.element)?.field(field)?.shape();
        self.sheet.present(&show_single(self.row.fields.get(field)?, shape, standard))
    }

    pub(super) fn text(&self, field: &str) -> String {
        self.words(field).unwrap_or_default()
    }

    pub(super) fn row(&self) -> &Row {
        self.row
    }

    pub(super) fn flag(&self, field: &str) -> bool {
        self.row.fields.get(field) == Some(&Value::Flag(true))
    }

    /// Whether a code is the list's first entry, by which lists name the ordinary case.
    pub(super) fn is_ordinary(&self, field: &str) -> bool {
        let element = self.sheet.standard.element(self.element);
        let list = element.and_then(|it| it.field(field)).and_then(|it| it.list.as_deref());
        let first =
            list.and_then(|it| self.sheet.standard.list(it)).and_then(|it| it.entries.first());
        self.row.codes(field).iter().all(|code| first.is_some_and(|first| first.code == *code))
    }

    fn says_something(&self) -> bool {
        self.row.fields.keys().any(|field| self.words(field).is_some())
    }
}

/// Takes away `1.`, `（一）`, `一、`, `①` and the like from the head of a line.
fn without_number(line: &str) -> &str {
    const NUMERALS: &str = "一二三四五六七八九十";
    const CIRCLED: &str = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳";
    if let Some(rest) = line.strip_prefix(|c| CIRCLED.contains(c)) {
        return rest.trim_start();
    }
    let opened = line.strip_prefix(['（', '(']);
    let rest = opened.unwrap_or(line);
    let is_numeral = |c: char| c.is_ascii_digit() || NUMERALS.contains(c);
    let tail = rest.trim_start_matches(is_numeral);
    if tail.len() == rest.len() {
        return line;
    }
    let tail = match opened {
        Some(_) => tail.strip_prefix(['）', ')']).map(|tail| tail.trim_start_matches(['、', '.'])),
        None => tail.strip_prefix(['、', '.', '．', '）', ')']),
    };
    // 1.5 万元 is an amount, not the first of a list.
    match tail {
        Some(tail) if !tail.starts_with(|c: char| c.is_ascii_digit()) => tail.trim_start(),
        _ => line,
    }
}

#[cfg(test)]
mod tests {
    use super::without_number;

    #[test]
    fn the_number_of_a_line_is_taken_away_and_an_amount_is_not() {
        for (line, expected) in [
            ("1.年满十八周岁", "年满十八周岁"),
            ("（一）有固定的住所", "有固定的住所"),
            ("(2) 有章程", "有章程"),
            ("三、有资金", "有资金"),
            ("①身份证", "身份证"),
            ("12．材料", "材料"),
            ("1.5 万元以上的资金", "1.5 万元以上的资金"),
            ("30 日内办结", "30 日内办结"),
            ("一个家庭一份", "一个家庭一份"),
            ("（自然人）", "（自然人）"),
        ] {
            assert_eq!(without_number(line), expected);
        }
    }
}

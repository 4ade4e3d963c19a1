//! The building blocks of a chapter.

use domain::{
    content::{Row, Value, show_value},
    standard::{Element, Field, ValueKind},
};

use super::{
    Align, BODY, Border, Cell, Guide, HEADING, LABEL, Page, Paragraph, SMALL, SMALL_LABEL, Table,
};

impl<'a> Guide<'a> {
    /// Ends a chapter: its heading and what was said, or nothing where nothing was.
    pub(super) fn end_chapter(&mut self, heading: &str) {
        if self.blocks.is_empty() {
            return;
        }
        let heading = Paragraph::of(heading, HEADING).style("Heading2").keep_next();
        self.document.push(heading.space(240, 80));
        for block in std::mem::take(&mut self.blocks) {
            self.document.push(block);
        }
    }

    pub(super) fn paragraph(&mut self, text: &str) {
        self.blocks.push(Paragraph::of(text, BODY).space(0, 40).into());
    }

    /// Says 「标签：」 and the text; a text of several lines starts below its label.
    pub(super) fn labelled(&mut self, label: &str, text: &str) {
        let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty()).peekable();
        let Some(first) = lines.next() else { return };
        let head = Paragraph::of(&format!("{label}："), LABEL);
        if lines.peek().is_none() {
            self.blocks.push(head.run(first, BODY).space(0, 40).into());
            return;
        }
        self.blocks.push(head.keep_next().space(0, 20).into());
        self.numbered(std::iter::once(first).chain(lines));
    }

    /// Lists lines under numbers, unless they bring their own.
    pub(super) fn numbered<'t>(&mut self, lines: impl Iterator<Item = &'t str>) {
        let lines: Vec<&str> = lines.collect();
        let bare = lines.len() > 1 && !lines.iter().any(|line| has_number(line));
        for (at, line) in lines.into_iter().enumerate() {
            let paragraph = match bare {
                true => Paragraph::of(&format!("{}．{line}", at + 1), BODY).hanging(360),
                false => Paragraph::of(line, BODY),
            };
            self.blocks.push(paragraph.space(0, 20).into());
        }
    }

    /// Says an element under its own label.
    pub(super) fn say(&mut self, key: &str) {
        let Some((element, value)) = self.take(key) else { return };
        match value {
            Value::Rows(rows) => self.rows_table(element, rows),
            value => {
                let text = show_value(value, element, self.standard);
                let unit = match value {
                    Value::Number(_) => format!(" {}", element.unit),
                    _ => String::new(),
                };
                self.labelled(&element.label, format!("{text}{unit}").trim_end());
            }
        }
    }

    /// Says whatever of a section was not said yet.
    pub(super) fn rest_of(&mut self, section: &str) {
        let standard = self.standard;
        for element in standard.elements().iter().filter(|it| it.section == section) {
            self.say(&element.key);
        }
    }

    /// A table of the columns that any row fills.
    pub(super) fn rows_table(&mut self, element: &'a Element, rows: &[Row]) {
        let filled = |field: &&Field| rows.iter().any(|row| row.fields.contains_key(&field.key));
        let fields: Vec<&Field> =
            element.fields.iter().filter(|it| it.public).filter(filled).collect();
        let share = |field: &&Field| match field.kind {
            ValueKind::Text if field.required => 4,
            ValueKind::Text => 3,
            _ => 2,
        };
        let shares: Vec<u32> = fields.iter().map(share).collect();
        let labels: Vec<&str> = fields.iter().map(|field| field.label.as_str()).collect();
        let cells = |row: &Row| fields.iter().map(|field| self.show_field(row, field)).collect();
        let texts: Vec<Vec<String>> = rows.iter().map(cells).collect();
        self.table(&shares, &labels, &texts);
    }

    pub(super) fn table(&mut self, shares: &[u32], labels: &[&str], rows: &[Vec<String>]) {
        if labels.is_empty() {
            return;
        }
        if !self.blocks.is_empty() {
            self.blocks.push(Paragraph::hairline().space(0, 60).keep_next().into());
        }
        let mut table = Table::new(shares, Page::A4.text_width(), Border::Grid).row_height(360);
        let label = |it: &&str| Cell::text(it, SMALL_LABEL, Align::Center).shaded();
        table.header(labels.iter().map(label).collect());
        for row in rows {
            table.row(row.iter().map(|text| Cell::text(text, SMALL, Align::Left)).collect());
        }
        self.blocks.push(table.into());
        self.blocks.push(Paragraph::hairline().space(0, 80).into());
    }
}

/// Tells whether a line brings its own number: 「1.」「（一）」「第一，」「①」.
fn has_number(line: &str) -> bool {
    let line = line.trim_start_matches(['(', '（', '第']);
    let n = line
        .chars()
        .take_while(|c| c.is_ascii_digit() || "一二三四五六七八九十".contains(*c))
        .count();
    let after = line.chars().nth(n);
    let marked = after.is_some_and(|c| ".．、)），,:：步条".contains(c));
    n > 0 && marked || line.starts_with(|c| ('①'..='⑳').contains(&c))
}

//! What is said of text and cells, beside them.

use quick_xml::events::BytesStart;

use super::{MAX_SPAN, Parser, symbols};

/// A part whose text is not part of what is said.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) enum Skipped {
    ParagraphProperties,
    RunProperties,
    ControlProperties,
    /// Other properties, deleted and moved text, readings over characters, and the
    /// second copy that old programs read.
    #[default]
    Other,
}

impl Skipped {
    pub(super) fn of(name: &str) -> Option<Skipped> {
        Some(match name {
            "pPr" => Skipped::ParagraphProperties,
            "rPr" => Skipped::RunProperties,
            "sdtPr" => Skipped::ControlProperties,
            "sectPr" | "tblPr" | "tblGrid" | "tblPrEx" | "trPrChange" | "tcPrChange" | "del"
            | "moveFrom" | "Fallback" | "instrText" | "delInstrText" | "rt" | "sdtEndPr" => {
                Skipped::Other
            }
            _ => return None,
        })
    }
}

/// The run that is being read.
#[derive(Debug, Default)]
pub(super) struct Run {
    is_hidden: bool,
    /// In half points; 0 where that is not said.
    pub(super) size: u32,
    /// Its letters are pictures.
    font: Option<symbols::Font>,
}

/// A content control.
#[derive(Debug, Default)]
pub(super) struct Control {
    in_content: bool,
    /// What stands in it is only 「单击此处输入文字」, or was taken already.
    is_silent: bool,
    /// It is a check box, which shows this.
    mark: Option<char>,
}

pub(super) fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = tag.attributes().flatten().find(|it| it.key.local_name().as_ref() == name);
    found.map(|it| it.value.to_string())
}

/// Tells whether a switch is on: it is, where it has no value.
fn is_on(tag: &BytesStart<'_>) -> bool {
    attribute(tag, "val").is_none_or(|it| !matches!(it.as_str(), "0" | "false" | "off"))
}

fn mark(checked: bool) -> char {
    if checked { '☑' } else { '□' }
}

impl Parser {
    /// Takes what is said in a part that is skipped.
    pub(super) fn look_at(&mut self, name: &str, tag: &BytesStart<'_>) {
        if name.ends_with("PrChange") {
            self.skipped = Skipped::Other;
        }
        match (self.skipped, name) {
            (Skipped::ParagraphProperties, "del" | "moveFrom") => self.mark_deleted = true,
            (Skipped::RunProperties, "vanish") => self.run.is_hidden = is_on(tag),
            (Skipped::RunProperties, "rFonts") => {
                let font = attribute(tag, "ascii").or_else(|| attribute(tag, "hAnsi"));
                self.run.font = font.as_deref().and_then(symbols::Font::named);
            }
            (Skipped::RunProperties, "sz") => {
                self.run.size = attribute(tag, "val").and_then(|it| it.parse().ok()).unwrap_or(0);
            }
            (Skipped::ControlProperties, _) => {
                let Some(control) = self.controls.last_mut() else { return };
                match name {
                    "showingPlcHdr" => control.is_silent = is_on(tag),
                    "checkbox" => control.mark = Some(mark(false)),
                    "checked" if control.mark.is_some() => control.mark = Some(mark(is_on(tag))),
                    _ => {}
                }
            }
            _ => {}
        }
    }

    /// Notes what is said of a table's cells, and of controls and symbols in the text.
    pub(super) fn property(&mut self, name: &str, tag: &BytesStart<'_>) {
        match name {
            "sdt" => self.controls.push(Control::default()),
            "sdtContent" => {
                if let Some(control) = self.controls.last_mut() {
                    control.in_content = true;
                }
            }
            "sym" => {
                let font = attribute(tag, "font").as_deref().and_then(symbols::Font::named);
                let code = attribute(tag, "char").and_then(|it| u32::from_str_radix(&it, 16).ok());
                if let Some(c) = code.and_then(char::from_u32) {
                    self.push(font.map_or(c, |font| font.character(c)));
                }
            }
            "checkBox" => self.old_box = Some(false),
            "default" | "checked" if self.old_box.is_some() => self.old_box = Some(is_on(tag)),
            "trPr" => self.in_row_properties = true,
            _ => self.cell_property(name, tag),
        }
    }

    fn cell_property(&mut self, name: &str, tag: &BytesStart<'_>) {
        let Some(open) = self.tables.last_mut() else { return };
        let value = || attribute(tag, "val");
        let number = || value().and_then(|it| it.parse().ok()).unwrap_or(1).clamp(1, MAX_SPAN);
        let continues = || value().is_none_or(|it| it == "continue");
        match (name, &mut open.cell) {
            ("gridBefore", None) => open.next_column = number(),
            ("gridSpan", Some(cell)) => cell.span = number(),
            ("vMerge", Some(cell)) => cell.continues = continues(),
            ("hMerge", Some(_)) => open.joins_left = continues(),
            _ => {}
        }
    }

    pub(super) fn end_property(&mut self, name: &str) {
        match name {
            "sdt" => {
                self.controls.pop();
            }
            "trPr" => self.in_row_properties = false,
            "checkBox" => {
                if let Some(checked) = self.old_box.take() {
                    self.push(mark(checked));
                }
            }
            _ => {}
        }
    }

    /// Takes text, if it is seen.
    pub(super) fn say(&mut self, text: &str) {
        if self.skipping > 0 {
            return;
        }
        if !self.in_text {
            self.canvas.say(text);
            return;
        }
        if self.run.is_hidden {
            return;
        }
        self.size = self.size.max(self.run.size);
        let special = |it: &&mut Control| it.in_content && (it.is_silent || it.mark.is_some());
        if let Some(control) = self.controls.iter_mut().find(special) {
            if let Some(mark) = control.mark.take() {
                self.text.push(mark);
                control.is_silent = true;
            }
            return;
        }
        match self.run.font {
            Some(font) => self.text.extend(text.chars().map(|c| font.character(c))),
            None => self.text.push_str(text),
        }
    }

    pub(super) fn push(&mut self, c: char) {
        if !self.run.is_hidden {
            self.text.push(c);
        }
    }
}

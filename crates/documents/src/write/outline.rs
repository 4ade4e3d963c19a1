//! What a package says, as text that a test can compare.

use std::io::{Cursor, Read};

use quick_xml::{Reader, events::Event};
use zip::ZipArchive;

/// Returns a part of a package as text.
pub(super) fn part(bytes: &[u8], name: &str) -> String {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

/// Returns a Word document's text: a line a paragraph; a row as `| cell | cell |`;
/// a table in a cell in square brackets.
pub(super) fn word(bytes: &[u8]) -> String {
    let xml = part(bytes, "word/document.xml");
    let mut reader = Reader::from_str(&xml);
    let mut outline = Outline::default();
    loop {
        match reader.read_event().unwrap() {
            Event::Start(tag) if tag.name().as_ref() == "w:instrText" => {
                reader.read_to_end(tag.name()).unwrap();
            }
            Event::Start(tag) => outline.start(tag.name().as_ref()),
            Event::Empty(tag) if tag.name().as_ref() == "w:br" => outline.say("⏎"),
            // One among a paragraph's properties is only a place to stop at.
            Event::Empty(tag)
                if tag.name().as_ref() == "w:tab" && tag.attributes().next().is_none() =>
            {
                outline.say("⇥");
            }
            Event::Empty(tag) if tag.name().as_ref() == "w:pageBreakBefore" => outline.say("⇟"),
            Event::Text(text) => outline.say(&text.xml10_content()),
            Event::GeneralRef(entity) => outline.say(match &*entity {
                "lt" => "<",
                "gt" => ">",
                "amp" => "&",
                "apos" => "'",
                "quot" => "\"",
                other => panic!("an entity that is not XML's own: {other}"),
            }),
            Event::End(tag) => outline.end(tag.name().as_ref()),
            Event::Eof => return outline.text.trim().to_owned(),
            _ => {}
        }
    }
}

#[derive(Default)]
struct Outline {
    text: String,
    depth: usize,
    n_paragraphs: usize,
}

impl Outline {
    fn say(&mut self, text: &str) {
        self.text.push_str(text);
    }

    fn start(&mut self, name: &str) {
        match name {
            "w:tbl" => self.depth += 1,
            "w:tr" if self.depth > 1 => self.say("["),
            "w:tr" => self.say("|"),
            "w:tc" => {
                self.n_paragraphs = 0;
                self.say(" ");
            }
            "w:p" if self.depth > 0 => {
                self.n_paragraphs += 1;
                let mark = if self.n_paragraphs > 1 { "／" } else { "" };
                self.say(mark);
            }
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "w:tbl" => {
                self.depth -= 1;
                // The paragraph that ends a cell with a table in it says nothing.
                self.n_paragraphs = 0;
            }
            "w:tr" if self.depth > 1 => self.say("]"),
            "w:tr" => self.say("\n"),
            "w:tc" if self.depth > 1 => self.say(","),
            "w:tc" => self.say(" |"),
            "w:p" if self.depth == 0 => self.say("\n"),
            _ => {}
        }
    }
}

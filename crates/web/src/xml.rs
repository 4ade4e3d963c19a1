//! XML for machines: elements written in turn, with text made fit for XML 1.0.

use std::{borrow::Cow, io};

use quick_xml::{
    Writer,
    events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event},
};

/// A document under construction.
pub(crate) struct Xml {
    writer: Writer<Vec<u8>>,
    root: &'static str,
}

impl Xml {
    pub(crate) fn begin(root: &'static str, namespace: &str) -> io::Result<Xml> {
        let mut writer = Writer::new(Vec::new());
        writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
        let start = BytesStart::new(root).with_attributes([("xmlns", namespace)]);
        writer.write_event(Event::Start(start))?;
        Ok(Xml { writer, root })
    }

    pub(crate) fn end(mut self) -> io::Result<Vec<u8>> {
        self.close(self.root)?;
        Ok(self.writer.into_inner())
    }

    pub(crate) fn open(&mut self, name: &str) -> io::Result<()> {
        self.writer.write_event(Event::Start(BytesStart::new(name)))
    }

    pub(crate) fn close(&mut self, name: &str) -> io::Result<()> {
        self.writer.write_event(Event::End(BytesEnd::new(name)))
    }

    pub(crate) fn text(&mut self, name: &str, text: &str) -> io::Result<()> {
        self.open(name)?;
        self.writer.write_event(Event::Text(BytesText::new(&legible(text))))?;
        self.close(name)
    }

    pub(crate) fn empty(&mut self, name: &str, attributes: &[(&str, &str)]) -> io::Result<()> {
        let legible: Vec<_> = attributes.iter().map(|(key, text)| (*key, legible(text))).collect();
        let attributes = legible.iter().map(|(key, text)| (*key, text.as_ref()));
        let element = BytesStart::new(name).with_attributes(attributes);
        self.writer.write_event(Event::Empty(element))
    }
}

/// What XML 1.0 can not hold shows as □, as in the documents.
fn legible(text: &str) -> Cow<'_, str> {
    let is_legal = |c: char| !matches!(c, '\0'..='\x08' | '\x0b' | '\x0c' | '\x0e'..='\x1f' | '\u{fffe}' | '\u{ffff}');
    match text.chars().all(is_legal) {
        true => Cow::Borrowed(text),
        false => text.chars().map(|c| if is_legal(c) { c } else { '□' }).collect(),
    }
}

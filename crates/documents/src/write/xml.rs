//! An XML element as a value, and its text made fit for XML 1.0.

use std::{
    borrow::Cow,
    io::{self, Write},
};

use quick_xml::{
    Writer,
    events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event},
};

/// An element under construction.
#[derive(Debug, Clone)]
pub(super) struct Element {
    name: &'static str,
    attributes: Vec<(&'static str, Cow<'static, str>)>,
    children: Vec<Node>,
}

#[derive(Debug, Clone)]
enum Node {
    Element(Element),
    Text(String),
}

/// Starts an element.
pub(super) fn el(name: &'static str) -> Element {
    Element { name, attributes: Vec::new(), children: Vec::new() }
}

impl Element {
    pub(super) fn attr(mut self, name: &'static str, value: impl Into<Cow<'static, str>>) -> Self {
        self.attributes.push((name, value.into()));
        self
    }

    /// Adds a numeric attribute.
    pub(super) fn number(self, name: &'static str, value: u32) -> Self {
        self.attr(name, value.to_string())
    }

    pub(super) fn child(mut self, child: Element) -> Self {
        self.children.push(Node::Element(child));
        self
    }

    pub(super) fn children(mut self, children: impl IntoIterator<Item = Element>) -> Self {
        self.children.extend(children.into_iter().map(Node::Element));
        self
    }

    /// Adds text; what XML can not hold shows as □.
    pub(super) fn text(mut self, text: &str) -> Self {
        self.children.push(Node::Text(legible(text).into_owned()));
        self
    }

    pub(super) fn write<W: Write>(&self, out: &mut Writer<W>) -> io::Result<()> {
        let attributes = self.attributes.iter().map(|(name, value)| (*name, value.as_ref()));
        let start = BytesStart::new(self.name).with_attributes(attributes);
        if self.children.is_empty() {
            return out.write_event(Event::Empty(start));
        }
        out.write_event(Event::Start(start))?;
        for child in &self.children {
            match child {
                Node::Element(element) => element.write(out)?,
                Node::Text(text) => out.write_event(Event::Text(BytesText::new(text)))?,
            }
        }
        out.write_event(Event::End(BytesEnd::new(self.name)))
    }

    /// Returns the element as the bytes of a whole file.
    pub(super) fn to_file(&self) -> Vec<u8> {
        let mut out = Writer::new(Vec::new());
        declare(&mut out)
            .and_then(|()| self.write(&mut out))
            .expect("writing to memory does not fail");
        out.into_inner()
    }
}

/// Writes the declaration that opens every part of a package.
pub(super) fn declare<W: Write>(out: &mut Writer<W>) -> io::Result<()> {
    out.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), Some("yes"))))
}

/// Shows each character that XML 1.0 can not hold as □, so that its loss is seen.
pub(crate) fn legible(text: &str) -> Cow<'_, str> {
    if !text.contains(is_illegal) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.replace(is_illegal, "□"))
}

fn is_illegal(c: char) -> bool {
    matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}')
}

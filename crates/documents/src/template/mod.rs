//! 模板: a Word document with fields, checked so that it can run nothing, and filled.
//!
//! A field is typed as `{{事项名称}}`. What a field means is the domain's to say; here it is
//! found, however Word cuts it into runs, and replaced. All else stays as it is, part by part.

mod fault;
mod package;
mod piece;
mod safety;
mod walk;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

pub use self::fault::TemplateFault;
use self::{package::Part, piece::Pieces};

/// 模板。
#[derive(Debug)]
pub struct Template {
    parts: Vec<TemplatePart>,
    marks: Vec<Mark>,
}

/// 模板里的一处字段。
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// What stands between the braces.
    pub text: String,
    /// Where, for people: 「正文第 3 段」.
    pub place: String,
    /// The row of a table that it stands in, for telling which fields share one.
    pub row: Option<usize>,
    /// The row holds a picture, of which there can not be two.
    pub row_has_picture: bool,
}

/// What a field is filled with, by what stands between its braces.
pub type Fillings = BTreeMap<String, Filling>;

/// 字段里填什么。
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Filling {
    /// A text; its lines stay lines.
    Text(String),
    /// A value for each row: the row of the table is repeated for them.
    Column(Vec<String>),
}

/// 填好的文书的一行：一段，或者表格的一行。
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Line {
    Paragraph(String),
    Row(Vec<String>),
}

#[derive(Debug)]
enum TemplatePart {
    AsIs(Part),
    Filled { name: String, pieces: Pieces, is_main: bool },
}

impl Template {
    /// Reads a template, or says all that is wrong with it.
    pub fn read(bytes: &[u8]) -> Result<Template, Vec<TemplateFault>> {
        let package = package::read(bytes).map_err(|fault| vec![fault])?;
        let mut faults = package.faults();
        let (mut parts, mut marks) = (Vec::new(), Vec::new());
        for part in package.parts {
            let Some(xml) = part.xml() else {
                parts.push(TemplatePart::AsIs(part));
                continue;
            };
            faults.extend(safety::faults(&part.name, xml));
            match walk::story(xml) {
                Ok(Some(title)) => match piece::read(xml, title, &mut marks) {
                    Ok(pieces) => {
                        let is_main = part.name == package.main;
                        parts.push(TemplatePart::Filled { name: part.name, pieces, is_main });
                    }
                    Err(found) => faults.extend(found),
                },
                Ok(None) => parts.push(TemplatePart::AsIs(part)),
                Err(reason) => faults
                    .push(TemplateFault::Broken { reason: format!("{}：{reason}", part.name) }),
            }
        }
        if faults.is_empty() { Ok(Template { parts, marks }) } else { Err(faults) }
    }

    /// Returns the fields in their order.
    pub fn marks(&self) -> &[Mark] {
        &self.marks
    }

    /// Returns the document with its fields filled; one without a filling is left empty.
    pub fn fill(&self, fillings: &Fillings) -> Vec<u8> {
        let parts = self.parts.iter().map(|part| match part {
            TemplatePart::AsIs(part) => (part.name.as_str(), part.bytes.clone()),
            TemplatePart::Filled { name, pieces, .. } => {
                (name.as_str(), pieces.fill(fillings).into_bytes())
            }
        });
        package::write(parts)
    }

    /// Returns the words of the filled document's main text, to be looked at before it is issued.
    pub fn preview(&self, fillings: &Fillings) -> Vec<Line> {
        let main = self.parts.iter().find_map(|part| match part {
            TemplatePart::Filled { pieces, is_main: true, .. } => Some(pieces),
            _ => None,
        });
        let text = main.map(|pieces| pieces.fill(fillings)).unwrap_or_default();
        walk::read(&text).map(|story| story.lines()).unwrap_or_default()
    }
}

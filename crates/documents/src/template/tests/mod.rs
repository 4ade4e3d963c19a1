mod filling;
mod hostile;

use super::*;

const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";

/// A Word file with a text, and whatever else a test adds or changes.
struct Docx {
    parts: Vec<(String, Vec<u8>)>,
    root: String,
    document: String,
    overrides: String,
}

impl Docx {
    fn of(body: &str) -> Docx {
        let document = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?><w:document xmlns:w=\"{W}\" \
             xmlns:w14=\"http://schemas.microsoft.com/office/word/2010/wordml\" \
             xmlns:r=\"{OFFICE}\" xmlns:v=\"urn:schemas-microsoft-com:vml\" \
             xmlns:o=\"urn:schemas-microsoft-com:office:office\" \
             xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" \
             xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\">\
             <w:body>{body}</w:body></w:document>"
        );
        let root = format!(
            "<Relationship Id=\"rId1\" Type=\"{OFFICE}/officeDocument\" Target=\"word/document.xml\"/>"
        );
        let overrides = main_type(
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
        );
        let parts = vec![("word/document.xml".to_owned(), document.into_bytes())];
        Docx { parts, root, document: String::new(), overrides }
    }

    fn part(mut self, name: &str, bytes: impl Into<Vec<u8>>) -> Docx {
        self.parts.push((name.to_owned(), bytes.into()));
        self
    }

    /// Lets the document lead to a part.
    fn leads(mut self, kind: &str, target: &str, more: &str) -> Docx {
        let kind = if kind.contains(':') { kind.to_owned() } else { format!("{OFFICE}/{kind}") };
        let n = self.document.matches("Id=").count() + 1;
        self.document +=
            &format!("<Relationship Id=\"r{n}\" Type=\"{kind}\" Target=\"{target}\" {more}/>");
        self
    }

    fn main_type(mut self, kind: &str) -> Docx {
        self.overrides = main_type(kind);
        self
    }

    fn bytes(self) -> Vec<u8> {
        let types = format!(
            "<Types xmlns=\"{PACKAGE}/content-types\"><Default Extension=\"xml\" \
             ContentType=\"application/xml\"/><Default Extension=\"rels\" \
             ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
             <Default Extension=\"png\" ContentType=\"image/png\"/>{}</Types>",
            self.overrides
        );
        let relations = |inner: &str| {
            format!("<Relationships xmlns=\"{PACKAGE}/relationships\">{inner}</Relationships>")
        };
        let head = [
            ("[Content_Types].xml", types),
            ("_rels/.rels", relations(&self.root)),
            ("word/_rels/document.xml.rels", relations(&self.document)),
        ];
        let head = head.into_iter().map(|(name, text)| (name, text.into_bytes()));
        let rest = self.parts.iter().map(|(name, bytes)| (name.as_str(), bytes.clone()));
        package::write(head.chain(rest))
    }

    fn read(self) -> Result<Template, Vec<TemplateFault>> {
        Template::read(&self.bytes())
    }
}

fn main_type(kind: &str) -> String {
    format!("<Override PartName=\"/word/document.xml\" ContentType=\"{kind}\"/>")
}

fn p(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}

/// Returns the text of a part of a file.
fn part_of(bytes: &[u8], name: &str) -> String {
    let package = package::read(bytes).unwrap();
    let part = package.parts.into_iter().find(|it| it.name == name).unwrap();
    String::from_utf8(part.bytes).unwrap()
}

fn text(text: &str) -> Filling {
    Filling::Text(text.to_owned())
}

fn column(cells: &[&str]) -> Filling {
    Filling::Column(cells.iter().map(|it| (*it).to_owned()).collect())
}

fn fillings<const N: usize>(pairs: [(&str, Filling); N]) -> Fillings {
    pairs.into_iter().map(|(key, filling)| (key.to_owned(), filling)).collect()
}

//! What a document would run, fetch or show beside its text.

use quick_xml::{
    NsReader,
    events::{BytesStart, Event},
};

use super::{
    TemplateFault,
    package::{attribute, leads_out},
    walk::is_word,
};

/// Fields that only count pages. All others fetch, run or change by themselves.
const HARMLESS: [&str; 3] = ["PAGE", "NUMPAGES", "SECTIONPAGES"];

/// Says what a part holds that a template may not hold.
pub(super) fn faults(name: &str, xml: &str) -> Vec<TemplateFault> {
    let mut scan = Scan { name, faults: Vec::new(), codes: Vec::new() };
    let mut reader = NsReader::from_str(xml);
    loop {
        match reader.read_resolved_event() {
            Ok((space, Event::Start(tag) | Event::Empty(tag))) => {
                scan.element(&tag, is_word(&space));
            }
            Ok((_, Event::DocType(_) | Event::PI(_))) => {
                scan.add(TemplateFault::Declared { part: name.into() });
            }
            Ok((_, Event::Text(text))) => scan.code(&text.xml10_content()),
            Ok((_, Event::CData(text))) => scan.code(&text),
            // A letter written as a reference can not hide what the code is.
            Ok((_, Event::GeneralRef(_))) => scan.code("&"),
            Ok((space, Event::End(tag))) if is_word(&space) => {
                if tag.local_name().as_ref() == "instrText" {
                    scan.is_code(false);
                }
            }
            Ok((_, Event::Eof)) => {
                scan.end();
                break;
            }
            Ok(_) => {}
            Err(err) => {
                scan.add(TemplateFault::Broken { reason: format!("{name}：{err}") });
                break;
            }
        }
    }
    scan.faults
}

struct Scan<'a> {
    name: &'a str,
    faults: Vec<TemplateFault>,
    /// The codes of the fields that are open, the innermost last.
    codes: Vec<Code>,
}

#[derive(Default)]
struct Code {
    text: String,
    /// The text of the code is being read.
    is_open: bool,
    /// The code is whole; what follows is the result.
    is_whole: bool,
}

impl Scan<'_> {
    /// Adds a fault, each once.
    fn add(&mut self, fault: TemplateFault) {
        if !self.faults.contains(&fault) {
            self.faults.push(fault);
        }
    }

    fn element(&mut self, tag: &BytesStart<'_>, is_word: bool) {
        let part = || self.name.to_owned();
        let name = tag.local_name();
        let fault = match name.as_ref() {
            "object" | "OLEObject" | "OLELink" => Some(TemplateFault::Embedded { part: part() }),
            "control" | "ocx" => Some(TemplateFault::Control { part: part() }),
            "entryMacro" | "exitMacro" | "vbaProject" => {
                Some(TemplateFault::Macro { part: part() })
            }
            "altChunk" | "subDoc" | "attachedTemplate" | "mailMerge" | "externalContent" => {
                Some(TemplateFault::Included { part: part(), what: name.as_ref().to_owned() })
            }
            "commentReference" | "commentRangeStart" => {
                Some(TemplateFault::Commented { part: part() })
            }
            "ins" | "del" | "moveFrom" | "moveTo" | "cellIns" | "cellDel" | "rPrChange"
            | "pPrChange" | "tblPrChange" | "sectPrChange" | "numberingChange"
                if is_word =>
            {
                Some(TemplateFault::Tracked { place: part() })
            }
            _ => None,
        };
        fault.into_iter().for_each(|it| self.add(it));
        self.addresses(tag);
        if is_word {
            self.field(tag);
        }
    }

    /// Old drawings name files in attributes, past the list of relations.
    fn addresses(&mut self, tag: &BytesStart<'_>) {
        for found in tag.attributes() {
            let Ok(found) = found else {
                let reason = format!("{}：属性写错了", self.name);
                return self.add(TemplateFault::Broken { reason });
            };
            if !matches!(found.key.local_name().as_ref(), "src" | "href" | "althref") {
                continue;
            }
            if leads_out(&found.value) {
                let (part, target) = (self.name.to_owned(), found.value.into_owned());
                self.add(TemplateFault::External { part, target });
            }
        }
    }

    fn field(&mut self, tag: &BytesStart<'_>) {
        match tag.local_name().as_ref() {
            "fldSimple" => {
                let code = attribute(tag, "instr").unwrap_or_default();
                self.judge(&code);
            }
            "instrText" | "delInstrText" => {
                if self.codes.is_empty() {
                    self.codes.push(Code::default());
                }
                self.is_code(true);
            }
            "fldChar" => match attribute(tag, "fldCharType").as_deref() {
                Some("begin") => {
                    // A field within the code of another one makes that code at opening.
                    if self.codes.last().is_some_and(|it| !it.is_whole) {
                        let code = self.codes.last().map(|it| it.text.clone()).unwrap_or_default();
                        self.refuse(&format!("{}{{…}}", code.trim()));
                    }
                    self.codes.push(Code::default());
                }
                Some("separate") => self.code_is_whole(),
                Some("end") => {
                    self.code_is_whole();
                    self.codes.pop();
                }
                _ => {}
            },
            _ => {}
        }
    }

    fn code_is_whole(&mut self) {
        let Some(code) = self.codes.last_mut().filter(|it| !it.is_whole) else { return };
        code.is_whole = true;
        let text = code.text.clone();
        self.judge(&text);
    }

    /// A code that never ends is judged as well.
    fn end(&mut self) {
        for code in std::mem::take(&mut self.codes).into_iter().filter(|it| !it.is_whole) {
            self.judge(&code.text);
        }
    }

    fn is_code(&mut self, is_open: bool) {
        if let Some(code) = self.codes.last_mut() {
            code.is_open = is_open;
        }
    }

    fn code(&mut self, text: &str) {
        if let Some(code) = self.codes.last_mut().filter(|it| it.is_open) {
            code.text.push_str(text);
            if code.is_whole {
                // A code that goes on after its end, or without a beginning.
                let text = code.text.clone();
                self.judge(&text);
            }
        }
    }

    fn judge(&mut self, code: &str) {
        let word = code.trim().split(|c: char| c.is_whitespace() || c == '\\').next();
        let word = word.unwrap_or_default().to_uppercase();
        if !HARMLESS.contains(&word.as_str()) {
            self.refuse(code.trim());
        }
    }

    fn refuse(&mut self, code: &str) {
        let code: String = code.chars().take(60).collect();
        self.add(TemplateFault::Runs { place: self.name.to_owned(), code });
    }
}

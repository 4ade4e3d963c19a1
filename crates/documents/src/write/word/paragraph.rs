use super::{
    super::xml::{Element, el},
    Picture,
    contents::anchor,
};

/// 字体和字号；西文、中文用同一种字体。
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) struct Font<'a> {
    pub(in super::super) name: &'a str,
    pub(in super::super) half_points: u32,
    bold: bool,
}

impl<'a> Font<'a> {
    pub(in super::super) const fn new(name: &'a str, half_points: u32) -> Font<'a> {
        Font { name, half_points, bold: false }
    }

    pub(in super::super) const fn bold(self) -> Font<'a> {
        Font { bold: true, ..self }
    }

    /// The properties of a run in this font, under `name`.
    pub(in super::super) fn properties(self) -> Element {
        let name = self.name.to_owned();
        let fonts = el("w:rFonts")
            .attr("w:ascii", name.clone())
            .attr("w:eastAsia", name.clone())
            .attr("w:hAnsi", name.clone())
            .attr("w:cs", name);
        let bold = self.bold.then(|| el("w:b"));
        el("w:rPr")
            .child(fonts)
            .children(bold)
            .child(el("w:sz").number("w:val", self.half_points))
            .child(el("w:szCs").number("w:val", self.half_points))
    }
}

/// 对齐
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Align {
    Left,
    Center,
}

/// A paragraph under construction.
#[derive(Debug, Clone)]
pub(in super::super) struct Paragraph {
    style: Option<&'static str>,
    align: Align,
    new_page: bool,
    keep_next: bool,
    before: u32,
    after: u32,
    /// Exact height of the line; 0 for what the font needs.
    height: u32,
    indent: u32,
    hanging: u32,
    break_words: bool,
    runs: Vec<Element>,
    mark: Option<Element>,
    /// What a table of contents leads to.
    bookmark: Option<usize>,
}

impl Paragraph {
    pub(in super::super) fn new() -> Paragraph {
        Paragraph {
            style: None,
            align: Align::Left,
            new_page: false,
            keep_next: false,
            before: 0,
            after: 0,
            height: 0,
            indent: 0,
            hanging: 0,
            break_words: false,
            runs: Vec::new(),
            mark: None,
            bookmark: None,
        }
    }

    /// Returns a paragraph of one run.
    pub(in super::super) fn of(text: &str, font: Font<'_>) -> Paragraph {
        Paragraph::new().run(text, font)
    }

    /// Returns a paragraph that takes next to no height, where the format asks for one.
    pub(in super::super) fn hairline() -> Paragraph {
        let mut paragraph = Paragraph::new();
        paragraph.height = 20;
        paragraph.mark = Some(el("w:rPr").child(el("w:sz").number("w:val", 2)));
        paragraph
    }

    pub(in super::super) fn run(mut self, text: &str, font: Font<'_>) -> Paragraph {
        self.break_words |= has_long_word(text);
        self.mark = Some(font.properties());
        if !text.is_empty() {
            self.runs.push(el("w:r").child(font.properties()).children(pieces(text)));
        }
        self
    }

    /// Adds a run that holds a drawing.
    pub(in super::super) fn drawing(mut self, run: Element) -> Paragraph {
        self.runs.push(run);
        self
    }

    /// Adds a field that Word computes, such as PAGE.
    pub(super) fn field(mut self, code: &str, font: Font<'_>) -> Paragraph {
        let run = || el("w:r").child(font.properties());
        let mark = |kind: &'static str| run().child(el("w:fldChar").attr("w:fldCharType", kind));
        let code = el("w:instrText").attr("xml:space", "preserve").text(&format!(" {code} "));
        let shown = el("w:t").text("1");
        let begun = [mark("begin"), run().child(code), mark("separate")];
        self.runs.extend(begun);
        self.runs.extend([run().child(shown), mark("end")]);
        self
    }

    /// Adds a picture, `width` times `height` twentieths of a point.
    pub(in super::super) fn picture(
        mut self,
        picture: &Picture,
        width: u32,
        height: u32,
    ) -> Paragraph {
        self.runs.push(picture.run(width, height));
        self
    }

    pub(in super::super) fn style(mut self, id: &'static str) -> Paragraph {
        self.style = Some(id);
        self
    }

    /// Marks the paragraph as what entry `bookmark` of a table of contents leads to.
    pub(in super::super) fn bookmark(mut self, bookmark: usize) -> Paragraph {
        self.bookmark = Some(bookmark);
        self
    }

    pub(in super::super) fn align(mut self, align: Align) -> Paragraph {
        self.align = align;
        self
    }

    pub(in super::super) fn on_new_page(mut self, yes: bool) -> Paragraph {
        self.new_page = yes;
        self
    }

    pub(in super::super) fn keep_next(mut self) -> Paragraph {
        self.keep_next = true;
        self
    }

    /// Leaves room above and below, in twentieths of a point.
    pub(in super::super) fn space(mut self, before: u32, after: u32) -> Paragraph {
        (self.before, self.after) = (before, after);
        self
    }

    /// Hangs the first line out by `width`, for a number or a label.
    pub(in super::super) fn hanging(mut self, width: u32) -> Paragraph {
        (self.indent, self.hanging) = (width, width);
        self
    }

    fn properties(&self) -> Element {
        let flag = |on: bool, name: &'static str| on.then(|| el(name));
        let mut spacing =
            el("w:spacing").number("w:before", self.before).number("w:after", self.after);
        if self.height > 0 {
            spacing = spacing.number("w:line", self.height).attr("w:lineRule", "exact");
        }
        let indent = (self.indent > 0)
            .then(|| el("w:ind").number("w:left", self.indent).number("w:hanging", self.hanging));
        let align = match self.align {
            Align::Left => "left",
            Align::Center => "center",
        };
        el("w:pPr")
            .children(self.style.map(|id| el("w:pStyle").attr("w:val", id)))
            .children(flag(self.keep_next, "w:keepNext"))
            .children(flag(self.new_page, "w:pageBreakBefore"))
            .children(self.break_words.then(|| el("w:wordWrap").attr("w:val", "0")))
            .child(spacing)
            .children(indent)
            .child(el("w:jc").attr("w:val", align))
            .children(self.mark.clone())
    }
}

impl From<Paragraph> for Element {
    fn from(paragraph: Paragraph) -> Element {
        let bookmark = |at: usize| {
            let id = at.to_string();
            let start = el("w:bookmarkStart").attr("w:id", id.clone()).attr("w:name", anchor(at));
            (start, el("w:bookmarkEnd").attr("w:id", id))
        };
        let (start, end) = paragraph.bookmark.map(bookmark).unzip();
        let properties = el("w:p").child(paragraph.properties());
        properties.children(start).children(paragraph.runs).children(end)
    }
}

/// Turns text into a run's content; line ends and tabs become Word's own.
fn pieces(text: &str) -> Vec<Element> {
    let mut pieces = Vec::new();
    for (at, line) in text.lines().enumerate() {
        if at > 0 {
            pieces.push(el("w:br"));
        }
        for (at, piece) in line.split('\t').enumerate() {
            if at > 0 {
                pieces.push(el("w:tab"));
            }
            if !piece.is_empty() {
                pieces.push(el("w:t").attr("xml:space", "preserve").text(piece));
            }
        }
    }
    pieces
}

/// Tells whether a word (a code, an address on the web) is too long to be kept in one line.
fn has_long_word(text: &str) -> bool {
    text.split(|c: char| !c.is_ascii_graphic()).any(|word| word.len() > 16)
}

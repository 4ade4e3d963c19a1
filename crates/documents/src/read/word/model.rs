//! What stands in a document, as far as a form may be made of it.

/// What stands in a document, one after the other.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Block {
    Paragraph(String),
    Table(Table),
    Shape(Box<Shape>),
    /// A flowchart made of shapes: a header, and a step a line.
    Flow(Vec<Vec<String>>),
}

#[derive(Debug, Default, Clone, PartialEq)]
pub(super) struct Table {
    pub(super) rows: Vec<Vec<Cell>>,
}

#[derive(Debug, Default, Clone, PartialEq)]
pub(super) struct Cell {
    /// The grid column where it begins, and how many it covers.
    pub(super) column: usize,
    pub(super) span: usize,
    /// It belongs to the cell above, which has the text.
    pub(super) continues: bool,
    pub(super) text: String,
    pub(super) tables: Vec<Table>,
    pub(super) shapes: Vec<Shape>,
    /// The flowchart that its shapes make.
    pub(super) flow: Option<Vec<Vec<String>>>,
}

/// A drawn shape: a text box, a symbol of a flowchart, or a line between two.
#[derive(Debug, Default, Clone, PartialEq)]
pub(super) struct Shape {
    pub(super) id: String,
    /// The preset geometry, or the kind of a VML shape: `flowChartDecision`, `t110`.
    pub(super) geometry: String,
    pub(super) is_text_box: bool,
    pub(super) is_line: bool,
    /// The shapes that a line is glued to.
    pub(super) from: Option<String>,
    pub(super) to: Option<String>,
    /// Has an arrow where it begins, and where it ends.
    pub(super) arrows: (bool, bool),
    pub(super) area: Area,
    pub(super) flipped: (bool, bool),
    /// In degrees, clockwise.
    pub(super) turned: f64,
    /// The points of an outline of its own, as shares of its width and height.
    pub(super) outline: Vec<Point>,
    /// Where a preset line bends, as shares of its width or height, as far as that is said.
    pub(super) bends: Vec<f64>,
    pub(super) blocks: Vec<Block>,
    /// How large each paragraph is written, in half points; 0 where that is not said.
    pub(super) sizes: Vec<u32>,
}

/// To the right, and down.
pub(super) type Point = (f64, f64);

/// Where a shape is, in whatever unit its neighbours are in.
#[derive(Debug, Default, Clone, Copy, PartialEq)]
pub(super) struct Area {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) width: f64,
    pub(super) height: f64,
}

impl Shape {
    /// The text in it, a line a paragraph.
    pub(super) fn text(&self) -> String {
        let mut lines = Vec::new();
        for block in &self.blocks {
            match block {
                Block::Paragraph(text) => lines.push(text.clone()),
                Block::Shape(shape) => lines.push(shape.text()),
                Block::Table(_) | Block::Flow(_) => {}
            }
        }
        lines.retain(|line| !line.is_empty());
        lines.join("\n")
    }

    /// Its outline does not come back to where it began, and nothing is written in it.
    pub(super) fn is_open(&self) -> bool {
        self.outline.len() > 1
            && self.outline.first() != self.outline.last()
            && self.blocks.is_empty()
    }
}

impl Cell {
    pub(super) fn is_blank(&self) -> bool {
        self.text.is_empty() && self.tables.is_empty() && self.flow.is_none()
    }

    /// Adds a line of text.
    pub(super) fn say(&mut self, line: &str) {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        self.text.push_str(line);
    }

    /// Takes what stands in text boxes as its own.
    pub(super) fn unbox(&mut self) {
        for shape in std::mem::take(&mut self.shapes) {
            for block in flattened(shape) {
                match block {
                    Block::Table(table) => self.tables.push(table),
                    Block::Paragraph(text) => self.say(&text),
                    Block::Shape(_) | Block::Flow(_) => {}
                }
            }
        }
        for row in self.tables.iter_mut().flat_map(|table| &mut table.rows) {
            row.iter_mut().for_each(Cell::unbox);
        }
    }
}

/// The paragraphs and tables in a text box, and in those in it.
pub(super) fn flattened(shape: Shape) -> Vec<Block> {
    let mut out = Vec::new();
    for block in shape.blocks {
        match block {
            Block::Shape(inner) => out.extend(flattened(*inner)),
            Block::Table(mut table) => {
                table.rows.iter_mut().flatten().for_each(Cell::unbox);
                out.push(Block::Table(table));
            }
            Block::Paragraph(_) | Block::Flow(_) => out.push(block),
        }
    }
    out
}

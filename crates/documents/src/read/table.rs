//! What all tables share: title lines, a header row, rows under it.

use domain::intake::{Cell, CellValue, RawData};

use super::{HeaderUse, ReadError, ReadOptions, options::squeeze};

/// How far down a header row is looked for.
pub(super) const HEADER_DEPTH: usize = 30;

/// 表头：每一列叫什么。
#[derive(Debug, Clone)]
pub(super) struct Header {
    columns: Vec<Column>,
    /// The rows that make it up, as they stand, to know them when they are repeated.
    rows: Vec<Vec<String>>,
    /// 实施主体 from a title line, for the rows that do not name it.
    body: Option<String>,
}

#[derive(Debug, Clone)]
struct Column {
    title: String,
    known: bool,
}

/// A header, and where the rows under it begin.
pub(super) struct Found {
    pub(super) header: Header,
    pub(super) below: usize,
}

/// Why there is no header.
#[derive(Debug, Clone)]
pub(super) enum Missing {
    Header(Vec<String>),
    Name(Vec<String>),
}

/// Finds the header among the first lines of a table: the line with 事项名称
/// and the most headers that are known.
///
/// `above` are title lines that stand outside of the table.
pub(super) fn find_header(
    lines: &[Vec<String>],
    above: &[String],
    options: &ReadOptions,
) -> Result<Found, Missing> {
    let lines = &lines[..lines.len().min(HEADER_DEPTH)];
    let mut best = (false, 0, 0);
    for (at, line) in lines.iter().enumerate() {
        let (named, n_known) = rate(line, options);
        if (named, n_known) > (best.0, best.1) {
            best = (named, n_known, at);
        }
    }
    let (named, n_known, at) = best;
    let Some(line) = lines.get(at).filter(|_| n_known > 0) else {
        let first = lines.iter().find(|line| line.iter().any(|cell| !cell.trim().is_empty()));
        return Err(Missing::Header(first.map(|line| titles(line)).unwrap_or_default()));
    };
    if n_known < 2 && titles(line).len() > 1 {
        return Err(Missing::Header(titles(line)));
    }
    if !named {
        return Err(Missing::Name(titles(line)));
    }
    let mut header = Header::new(line, options);
    let mut below = at + 1;
    if let Some(under) = lines.get(below).filter(|under| continues(line, under, options)) {
        header.lay_under(under, options);
        below += 1;
    }
    let inside = lines[..at].iter().flatten();
    header.body = above.iter().chain(inside).find_map(|line| options.titled_body(line));
    Ok(Found { header, below })
}

/// Tells how much a line looks like a header: whether it has 事项名称, and how many are known.
pub(super) fn rate(line: &[String], options: &ReadOptions) -> (bool, usize) {
    let uses = line.iter().filter(|it| !it.trim().is_empty());
    let uses: Vec<HeaderUse> = uses.map(|it| options.header_use(&clean_header(it))).collect();
    let n_known = uses.iter().filter(|it| **it != HeaderUse::Unknown).count();
    (uses.contains(&HeaderUse::Name), n_known)
}

/// Tells whether `under` is the second line of a header of two: 时限 over 法定时限 and 承诺时限.
fn continues(line: &[String], under: &[String], options: &ReadOptions) -> bool {
    let named = line.iter().position(|it| options.header_use(&clean_header(it)) == HeaderUse::Name);
    let filled = || under.iter().map(|it| clean_header(it)).filter(|it| !it.is_empty());
    let beside_name = named.and_then(|at| under.get(at)).is_none_or(|it| it.trim().is_empty());
    beside_name && filled().count() >= 2 && filled().all(|it| options.knows(&it))
}

impl Header {
    fn new(line: &[String], options: &ReadOptions) -> Header {
        let columns = line.iter().map(|text| Column::new(text, options)).collect();
        Header { columns, rows: vec![line.to_vec()], body: None }
    }

    fn lay_under(&mut self, under: &[String], options: &ReadOptions) {
        for (at, text) in under.iter().enumerate().filter(|(_, text)| !text.trim().is_empty()) {
            self.columns.resize_with(self.columns.len().max(at + 1), Column::blank);
            self.columns[at] = Column::new(text, options);
        }
        self.rows.push(under.to_vec());
    }

    /// Gives the title of a column to the columns beside it that its cell covers.
    pub(super) fn spread(&mut self, text: &str, at: usize, span: usize) {
        let title = clean_header(text);
        if self.columns.get(at).is_none_or(|it| it.title != title) {
            return;
        }
        for column in self.columns.iter_mut().skip(at + 1).take(span.saturating_sub(1)) {
            if column.title.is_empty() {
                *column = Column { title: title.clone(), known: false };
            }
        }
    }

    /// The office of the whole list, as a line above it says.
    pub(super) fn set_body(&mut self, body: &str) {
        self.body = Some(body.to_owned());
    }

    pub(super) fn body(&self) -> Option<&str> {
        self.body.as_deref()
    }

    pub(super) fn width(&self) -> usize {
        self.columns.len()
    }

    pub(super) fn titles(&self) -> Vec<String> {
        let titles = self.columns.iter().map(|it| it.title.clone());
        titles.filter(|it| !it.is_empty()).collect()
    }

    pub(super) fn knows(&self, at: usize) -> bool {
        self.columns.get(at).is_some_and(|it| it.known)
    }

    pub(super) fn title(&self, at: usize) -> String {
        match self.columns.get(at) {
            Some(column) if !column.title.is_empty() => column.title.clone(),
            _ => format!("第 {} 列", at + 1),
        }
    }

    /// Reads a line under the header. A blank line, the header once more and
    /// the totals line (共 n 项) are nothing.
    pub(super) fn read(&self, values: Vec<CellValue>) -> Option<RawData> {
        if self.is_no_row(&values) {
            return None;
        }
        let mut cells = Vec::with_capacity(values.len() + 1);
        for (at, value) in values.into_iter().enumerate() {
            // A blank cell says that there is nothing, if it is known of what.
            if self.knows(at) || !is_blank(&value) {
                cells.push(Cell { header: self.title(at), value: tidied(value) });
            }
        }
        cells.extend(self.body.as_deref().map(body_cell));
        Some(RawData::Cells(cells))
    }

    pub(super) fn is_no_row(&self, values: &[CellValue]) -> bool {
        let mut filled: Vec<(usize, &str)> = Vec::new();
        for (at, value) in values.iter().enumerate().filter(|(_, value)| !is_blank(value)) {
            let CellValue::Text(text) = value else { return false };
            filled.push((at, text.trim()));
        }
        let repeats = |row: &Vec<String>| {
            let same = |(at, text): &(usize, &str)| {
                row.get(*at).is_some_and(|it| clean_header(it) == clean_header(text))
            };
            filled.len() > 1 && filled.iter().all(same)
        };
        filled.is_empty()
            || self.rows.iter().any(repeats)
            || filled.iter().all(|(_, text)| *text == filled[0].1) && is_total(filled[0].1)
    }
}

impl Column {
    fn new(text: &str, options: &ReadOptions) -> Column {
        let title = clean_header(text);
        Column { known: !title.is_empty() && options.knows(&title), title }
    }

    fn blank() -> Column {
        Column { title: String::new(), known: false }
    }
}

impl Missing {
    /// Turns into an error; `place` is empty where the file is one table.
    pub(super) fn at(self, place: &str) -> ReadError {
        let place = place.to_owned();
        match self {
            Missing::Header(found) => ReadError::NoHeader { place, found },
            Missing::Name(found) => ReadError::NoName { place, found },
        }
    }

    /// Says why a table was left out, among others that were read.
    pub(super) fn note(&self, place: &str) -> String {
        match self {
            Missing::Header(_) => format!("{place}没有认得的表头，没有读"),
            Missing::Name(_) => format!("{place}缺少“事项名称”一列，没有读"),
        }
    }
}

/// 实施主体 as a title line gives it; it comes last, so that a row's own goes before.
pub(super) fn body_cell(body: &str) -> Cell {
    Cell { header: "实施主体".into(), value: CellValue::Text(body.to_owned()) }
}

/// Returns a header as it is matched and shown: Chinese without spaces and line breaks.
pub(super) fn clean_header(text: &str) -> String {
    let text = text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    match text.is_ascii() {
        true => text.split_whitespace().collect::<Vec<_>>().join(" "),
        false => squeeze(text),
    }
}

pub(super) fn text_value(text: String) -> CellValue {
    CellValue::Text(text)
}

pub(super) fn is_blank(value: &CellValue) -> bool {
    match value {
        CellValue::Text(text) => text.trim().is_empty(),
        CellValue::List(list) => list.iter().all(|text| text.trim().is_empty()),
        CellValue::Table(rows) => rows.is_empty(),
    }
}

pub(super) fn tidied(value: CellValue) -> CellValue {
    match value {
        CellValue::Text(text) if text.contains('\r') => {
            CellValue::Text(text.replace("\r\n", "\n").replace('\r', "\n").trim().to_owned())
        }
        CellValue::Text(text) if text.trim().len() < text.len() => {
            CellValue::Text(text.trim().to_owned())
        }
        value => value,
    }
}

fn titles(line: &[String]) -> Vec<String> {
    line.iter().map(|it| clean_header(it)).filter(|it| !it.is_empty()).collect()
}

/// 「共 12 项：其中行政许可 3 项；…」 and 「合计」.
pub(super) fn is_total(text: &str) -> bool {
    let text = squeeze(text);
    match text.strip_prefix(['共', '计']).or_else(|| text.strip_prefix("合计")) {
        Some(rest) => {
            let rest = rest.trim_start_matches(|c: char| c.is_numeric() || matches!(c, ':' | '：'));
            rest.is_empty() || rest.starts_with('项')
        }
        None => false,
    }
}

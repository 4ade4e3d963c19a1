//! 表二: labels and values, side by side or one over the other.

use domain::intake::Sureness;

use super::{
    answers::Answers,
    labels::{Label, Labels, is_like_a_label},
    layout,
    model::{Cell, Table},
};
use crate::read::table::is_total;

/// Reads what a table says of its item, or of several that stand in it side by side.
pub(super) fn read(table: &Table, place: &str, labels: &Labels) -> Vec<Answers> {
    if let Some(columns) = item_columns(table, labels) {
        return columns.iter().map(|at| read_column(table, *at, place, labels)).collect();
    }
    let mut sheet = Sheet { labels, place, said: Answers::default(), waiting: None };
    sheet.rows(&table.rows, 0, 0);
    sheet.end_waiting();
    vec![sheet.said]
}

/// A sheet while it is read.
struct Sheet<'a> {
    labels: &'a Labels,
    place: &'a str,
    said: Answers,
    /// A label that fills its row; its value is in the next.
    waiting: Option<(Label, String)>,
}

impl Sheet<'_> {
    /// Reads rows, without the first `skip` cells of each.
    fn rows(&mut self, rows: &[Vec<Cell>], from: usize, skip: usize) {
        let mut at = 0;
        while at < rows.len() {
            let continues = |row: &&Vec<Cell>| row.get(skip).is_some_and(|cell| cell.continues);
            let n = 1 + rows[at + 1..].iter().take_while(continues).count();
            let begins = rows[at].get(skip).is_some_and(|cell| !cell.continues);
            at += match n > 1 && begins && rows[at].len() > skip + 1 {
                true => self.group(&rows[at..at + n], from + at, skip),
                false => self.row(&rows[at..], from + at, skip),
            };
        }
    }

    fn spot(&self, row: usize, at: usize) -> String {
        format!("{} 第 {} 行第 {} 格", self.place, row + 1, at + 1)
    }

    /// Reads rows that share one cell at their left.
    fn group(&mut self, group: &[Vec<Cell>], from: usize, skip: usize) -> usize {
        let cell = &group[0][skip];
        let place = self.spot(from, skip);
        let beside = |row: &Vec<Cell>| row.iter().skip(skip + 1).filter(|it| !it.continues).count();
        let labelled = |row: &Vec<Cell>| {
            let first = row.get(skip + 1).filter(|cell| !cell.continues);
            first.is_some_and(|cell| self.says_its_own(cell, beside(row)))
        };
        let known = self.labels.known(&cell.text);
        let n_labelled = group.iter().filter(|row| labelled(row)).count();
        let is_heading = match &known {
            Some(_) => group.len() > 1 && group[1..].iter().all(labelled),
            None => n_labelled > 0,
        };
        if is_heading {
            if known.is_none() {
                self.said.leave_heading(&place, &cell.text);
            }
            self.rows(group, from, skip + 1);
            return group.len();
        }
        let guess = || self.labels.guessed(&cell.text);
        let label = known.or_else(guess).unwrap_or_else(|| self.labels.unknown(&cell.text));
        if group.iter().all(|row| beside(row) <= 1) {
            self.lines(label, group, &place, skip);
            return group.len();
        }
        let lines: Vec<Vec<String>> =
            group.iter().map(|row| layout::texts(&row[(skip + 1).min(row.len())..])).collect();
        if lines[0].iter().any(|it| self.labels.known(it).is_some()) {
            self.said.put(label, &place, layout::inner_table(&trimmed(lines)));
        } else {
            let line = |row: &Vec<String>| {
                row.iter().filter(|it| !it.is_empty()).cloned().collect::<Vec<_>>().join(" ")
            };
            let text = lines.iter().map(line).collect::<Vec<_>>().join("\n");
            self.said.put_text(label, &place, &text, self.labels);
        }
        group.len()
    }

    /// Tells whether a cell is a label of its own, or has one in it.
    fn says_its_own(&self, cell: &Cell, n_beside: usize) -> bool {
        match self.labels.known(&cell.text) {
            Some(_) => n_beside > 1,
            None => !self.labels.pairs(&cell.text).is_empty(),
        }
    }

    /// Takes the cells beside a merged label, one a row, as its value.
    fn lines(&mut self, label: Label, group: &[Vec<Cell>], place: &str, skip: usize) {
        let cells = || group.iter().filter_map(|row| row.get(skip + 1)).filter(|it| !it.continues);
        let mut filled = cells().filter(|it| !it.is_blank());
        match (filled.next(), filled.next()) {
            (Some(only), None) => self.said.put_cell(label, place, only, self.labels),
            _ => {
                let lines: Vec<&str> = cells().map(|cell| cell.text.as_str()).collect();
                for table in cells().flat_map(|cell| &cell.tables) {
                    self.said.leave(place, &layout::words(table));
                }
                self.said.put_text(label, place, lines.join("\n").trim(), self.labels);
            }
        }
    }

    /// Reads the first of these rows, with those under it that belong to it.
    fn row(&mut self, rows: &[Vec<Cell>], from: usize, skip: usize) -> usize {
        let row = rows[0].iter().enumerate().skip(skip);
        let spots: Vec<(usize, &Cell)> = row.filter(|(_, cell)| !cell.continues).collect();
        if let [(at, cell)] = spots.as_slice() {
            self.alone(cell, &self.spot(from, *at), from);
            return 1;
        }
        self.end_waiting();
        if let Some(n) = self.under_headers(&spots, &rows[1..], from, skip) {
            return 1 + n;
        }
        self.walk(&spots, from);
        1
    }

    /// Reads a cell that is alone in its row.
    fn alone(&mut self, cell: &Cell, place: &str, row: usize) {
        if let Some(label) = self.labels.known(&cell.text).filter(|_| cell.tables.is_empty()) {
            self.end_waiting();
            self.waiting = Some((label, place.to_owned()));
            return;
        }
        if self.in_one(cell, place) {
            self.end_waiting();
            return;
        }
        if let Some((label, _)) = self.waiting.take() {
            let near = Label { sureness: Sureness::Guessed, ..label };
            self.said.put_cell(near, place, cell, self.labels);
            return;
        }
        if !cell.tables.is_empty() {
            self.inside(cell, place);
            return;
        }
        if let Some(lines) = &cell.flow {
            self.said.put_flow(place, lines);
        }
        let is_title = row < 3 && self.labels.options.is_title(&cell.text);
        if !is_title && !is_total(&cell.text) {
            self.said.leave_heading(place, &cell.text);
        }
    }

    /// Reads a cell with labels and values in it.
    fn in_one(&mut self, cell: &Cell, place: &str) -> bool {
        let mut pairs = self.labels.pairs(&cell.text);
        pairs.extend(self.labels.headed(&cell.text).filter(|_| pairs.is_empty()));
        let Some(last) = pairs.pop() else { return false };
        for pair in pairs {
            self.said.put_text(pair.label, place, &pair.text, self.labels);
        }
        // A table under 「申请材料：」 is its value.
        if last.text.is_empty() && !cell.tables.is_empty() {
            let value = Cell { tables: cell.tables.clone(), ..Cell::default() };
            self.said.put_cell(last.label, place, &value, self.labels);
        } else {
            self.said.put_text(last.label, place, &last.text, self.labels);
            for table in &cell.tables {
                self.said.leave(place, &layout::words(table));
            }
        }
        true
    }

    /// Reads the tables in a cell that has no label as part of this one.
    fn inside(&mut self, cell: &Cell, place: &str) {
        self.said.leave_heading(place, &cell.text);
        for table in &cell.tables {
            for inner in read(table, &format!("{place}内"), self.labels) {
                self.said.answers.extend(inner.answers);
                self.said.unplaced.extend(inner.unplaced);
            }
        }
    }

    /// Reads labels that stand over their values: the rows of a list, or one row.
    fn under_headers(
        &mut self,
        spots: &[(usize, &Cell)],
        below: &[Vec<Cell>],
        from: usize,
        skip: usize,
    ) -> Option<usize> {
        // Ours have each value beside its label, even where it reads like one itself.
        if self.labels.as_written {
            return None;
        }
        let known = |(_, cell): &(usize, &Cell)| self.labels.known(&cell.text);
        let headers: Vec<Label> = spots.iter().map(known).collect::<Option<_>>()?;
        let places: Vec<_> =
            headers.iter().map(|it| self.labels.options.place(&it.header)).collect();
        if (1..places.len()).any(|at| places[..at].contains(&places[at])) {
            return None;
        }
        let columns: Vec<usize> = spots.iter().map(|(_, cell)| cell.column).collect();
        let fits = |row: &&Vec<Cell>| {
            let cells = || row.iter().skip(skip);
            cells().map(|cell| cell.column).eq(columns.iter().copied())
                && cells().next().is_some_and(|it| !self.is_label(&it.text))
        };
        let titles: Vec<String> = headers.iter().map(|it| it.header.clone()).collect();
        if let Some(list) = self.labels.options.list_of(&titles) {
            let label = self.labels.known(list)?;
            let rows: Vec<&Vec<Cell>> = below.iter().take_while(fits).collect();
            let lines = rows.iter().map(|row| layout::texts(&row[skip..]));
            let head: Vec<Cell> = spots.iter().map(|(_, cell)| (*cell).clone()).collect();
            let lines = trimmed(std::iter::once(layout::texts(&head)).chain(lines).collect());
            let value = layout::inner_table(&lines);
            self.said.put(label, &self.spot(from, spots[0].0), value);
            return Some(rows.len());
        }
        let values = below.first().filter(fits)?;
        for (at, (label, cell)) in headers.into_iter().zip(&values[skip..]).enumerate() {
            let near = Label { sureness: Sureness::Guessed, ..label };
            let place = self.spot(from + 1, skip + at);
            self.said.put_cell(near, &place, cell, self.labels);
        }
        Some(1)
    }

    fn is_label(&self, text: &str) -> bool {
        self.labels.known(text).is_some() || self.labels.guessed(text).is_some()
    }

    /// Reads a row as label, value, label, value …
    fn walk(&mut self, spots: &[(usize, &Cell)], row: usize) {
        let mut at = 0;
        while let Some((number, cell)) = spots.get(at) {
            let place = self.spot(row, *number);
            let rest = &spots[at + 1..];
            at += 1 + if cell.is_blank() {
                0
            } else if let Some(label) = self.labels.known(&cell.text) {
                self.labelled(label, &place, rest, row)
            } else if self.in_one(cell, &place) {
                0
            } else {
                self.unlabelled(cell, &place, rest, row)
            };
        }
    }

    /// Takes the value beside a label; returns how many cells that was.
    fn labelled(
        &mut self,
        label: Label,
        place: &str,
        rest: &[(usize, &Cell)],
        row: usize,
    ) -> usize {
        let known = |it: Option<&(usize, &Cell)>| {
            it.is_some_and(|(_, cell)| self.labels.known(&cell.text).is_some())
        };
        let is_odd = rest.len().is_multiple_of(2);
        match rest {
            [] => {
                self.end_waiting();
                self.waiting = Some((label, place.to_owned()));
                0
            }
            // 时限 over 法定时限 and 承诺时限: a heading before a label.
            [_, _, ..] if is_odd && known(rest.first()) => 0,
            [(_, blank), (number, cell), ..]
                if is_odd && blank.is_blank() && !cell.is_blank() && !known(rest.get(1)) =>
            {
                let near = Label { sureness: Sureness::Guessed, ..label };
                let place = self.spot(row, *number);
                self.said.put_cell(near, &place, cell, self.labels);
                2
            }
            [(number, cell), ..] => {
                let place = self.spot(row, *number);
                self.said.put_cell(label, &place, cell, self.labels);
                1
            }
        }
    }

    /// Reads a cell that is no known label; returns how many cells beside it were its value.
    fn unlabelled(
        &mut self,
        cell: &Cell,
        place: &str,
        rest: &[(usize, &Cell)],
        row: usize,
    ) -> usize {
        let Some((number, next)) = rest.first() else {
            match cell.tables.is_empty() {
                true => self.said.leave(place, &cell.text),
                false => self.inside(cell, place),
            }
            return 0;
        };
        if self.labels.known(&next.text).is_some() || !self.labels.pairs(&next.text).is_empty() {
            self.said.leave_heading(place, &cell.text);
            return 0;
        }
        let label = self
            .labels
            .guessed(&cell.text)
            .or_else(|| is_like_a_label(&cell.text).then(|| self.labels.unknown(&cell.text)));
        let Some(label) = label else {
            self.said.leave(place, &cell.text);
            return 0;
        };
        let place = self.spot(row, *number);
        self.said.put_cell(label, &place, next, self.labels);
        1
    }

    /// A label under which nothing came says that there is nothing.
    fn end_waiting(&mut self) {
        if let Some((label, place)) = self.waiting.take() {
            self.said.put_text(label, &place, "", self.labels);
        }
    }
}

/// Takes the blank cells off the head of lines that begin at a later column.
fn trimmed(mut lines: Vec<Vec<String>>) -> Vec<Vec<String>> {
    let blank = |line: &Vec<String>| line.iter().take_while(|it| it.is_empty()).count();
    let n = lines.first().map_or(0, blank);
    for line in &mut lines {
        line.drain(..n.min(line.len()));
    }
    lines
}

/// Returns the columns of the items that stand side by side, where several do: each row is
/// a label and a value for each.
fn item_columns(table: &Table, labels: &Labels) -> Option<Vec<usize>> {
    let spots = |row: &'_ Vec<Cell>| row.iter().filter(|it| !it.continues).count();
    let is_label = |cell: &Cell| labels.known(&cell.text).is_some();
    let labelled = |row: &&Vec<Cell>| row.first().is_some_and(|it| !it.continues && is_label(it));
    let rows: Vec<&Vec<Cell>> = table.rows.iter().filter(labelled).collect();
    let named = |row: &&&Vec<Cell>| labels.known(&row[0].text).is_some_and(|it| it.is_name);
    let names = rows.iter().find(named)?;
    let is_plain = |row: &&&Vec<Cell>| !row[1..].iter().any(|it| it.continues || is_label(it));
    let alike = rows.iter().filter(|row| spots(row) == spots(names)).filter(is_plain).count();
    let filled = names[1..].iter().all(|it| !it.text.is_empty());
    let fits =
        names.len() >= 3 && filled && is_plain(&names) && alike >= 3 && 2 * alike > rows.len();
    fits.then(|| names[1..].iter().map(|it| it.column).collect())
}

fn read_column(table: &Table, column: usize, place: &str, labels: &Labels) -> Answers {
    let mut said = Answers::default();
    for (row, cells) in table.rows.iter().enumerate() {
        let covers = |cell: &&Cell| (cell.column..cell.column + cell.span).contains(&column);
        let (Some(first), Some(at)) = (cells.first(), cells.iter().position(|it| covers(&it)))
        else {
            continue;
        };
        let place = format!("{place} 第 {} 行第 {} 格", row + 1, at + 1);
        if at == 0 {
            said.leave_heading(&place, &first.text);
            continue;
        }
        let guess = || labels.guessed(&first.text);
        let label = labels.known(&first.text).or_else(guess);
        let label = label.unwrap_or_else(|| labels.unknown(&first.text));
        said.put_cell(label, &place, &cells[at], labels);
    }
    said
}

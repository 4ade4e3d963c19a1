//! 表二: labels and values, side by side.

use domain::intake::Cell as Answer;

use super::{
    layout,
    parse::{Cell, Table},
};
use crate::read::{
    HeaderUse, ReadOptions,
    table::{Missing, body_cell, clean_header, is_blank, text_value},
};

/// Reads the sheets of a table: one, or several where Word has joined them.
pub(super) fn read(
    table: &Table,
    place: &str,
    above: &[String],
    options: &ReadOptions,
) -> Result<Vec<(String, Vec<Answer>)>, Missing> {
    let inside = table.rows.iter().take(3).filter(|row| row.len() == 1).flatten();
    let titles = above.iter().chain(inside.map(|cell| &cell.text));
    let body = titles.filter_map(|line| options.titled_body(line)).next_back();

    let mut sheets: Vec<Vec<Answer>> = vec![Vec::new()];
    for group in groups(&table.rows) {
        let answers = group_answers(group, options);
        let first = sheets.first().and_then(|sheet| sheet.first()).map(|it| it.header.clone());
        let begins_anew = answers.first().is_some_and(|it| first.as_ref() == Some(&it.header));
        match sheets.last_mut() {
            Some(sheet) if !begins_anew => sheet.extend(answers),
            _ => sheets.push(answers),
        }
    }
    sheets.retain(|sheet| sheet.iter().any(|answer| !is_blank(&answer.value)));
    let named = |answer: &Answer| options.header_use(&answer.header) == HeaderUse::Name;
    if !sheets.iter().flatten().any(named) {
        return Err(Missing::Name(sheets.concat().into_iter().map(|it| it.header).collect()));
    }
    let n_sheets = sheets.len();
    let placed = sheets.into_iter().enumerate().map(|(at, mut sheet)| {
        sheet.extend(body.as_deref().map(body_cell));
        let place = match n_sheets {
            1 => place.to_owned(),
            _ => format!("{place}（第 {} 个事项）", at + 1),
        };
        (place, sheet)
    });
    Ok(placed.collect())
}

/// Rows that share one cell at their left.
fn groups(rows: &[Vec<Cell>]) -> impl Iterator<Item = &[Vec<Cell>]> {
    rows.chunk_by(|_, next| next.first().is_some_and(|cell| cell.continues))
}

fn group_answers(group: &[Vec<Cell>], options: &ReadOptions) -> Vec<Answer> {
    let single = |rows: &[Vec<Cell>]| rows.iter().flat_map(|row| answers(row, options)).collect();
    let Some(label) = group.first().and_then(|row| row.first()) else { return Vec::new() };
    let header = clean_header(&label.text);
    if group.len() == 1 || !options.knows(&header) {
        return single(group);
    }
    let beside = |row: &Vec<Cell>| row.iter().skip(1).filter(|it| !it.continues).count();
    let labelled = |row: &Vec<Cell>| {
        row.len() > 2 && row.get(1).is_some_and(|cell| options.knows(&clean_header(&cell.text)))
    };
    if group.iter().all(|row| beside(row) == 1) {
        let lines: Vec<&str> =
            group.iter().filter_map(|row| Some(row.get(1)?.text.as_str())).collect();
        return vec![Answer { header, value: text_value(lines.join("\n").trim().to_owned()) }];
    }
    if group[1..].iter().all(labelled) {
        return single(group);
    }
    let lines: Vec<Vec<String>> = group.iter().map(|row| layout::texts(&row[1..])).collect();
    vec![Answer { header, value: layout::inner_table(&lines) }]
}

/// Reads a row as label, value, label, value …; 「备注：…」 in one cell is both.
fn answers(row: &[Cell], options: &ReadOptions) -> Vec<Answer> {
    let mut answers = Vec::new();
    let mut cells = row.iter().filter(|cell| !cell.continues).peekable();
    let is_known = |cell: &Cell| options.knows(&clean_header(&cell.text));
    while let Some(cell) = cells.next() {
        let header = clean_header(&cell.text);
        let Some(next) = cells.peek() else {
            if let Some((label, text)) = cell.text.split_once(['：', ':'])
                && options.knows(&clean_header(label))
            {
                let value = text_value(text.trim().to_owned());
                answers.push(Answer { header: clean_header(label), value });
            }
            continue;
        };
        // 时限 over 法定时限 and 承诺时限: a heading before a label.
        if header.is_empty() || (!is_known(cell) && is_known(next)) {
            continue;
        }
        answers.push(Answer { header, value: layout::value(next) });
        cells.next();
    }
    answers
}

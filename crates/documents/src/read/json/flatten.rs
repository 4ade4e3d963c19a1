use std::collections::HashMap;

use domain::intake::{Cell, CellValue};
use serde_json::Number;

use super::value::Json;

/// Columns times rows of a list of objects; more is no list of anything.
const MAX_LIST_CELLS: usize = 200_000;
/// Beyond it a floating-point number no longer holds every digit.
const MAX_EXACT: f64 = 9_007_199_254_740_992.0;

/// Flattens an object to cells under paths: `AUDIT_ITEM.task_name`.
///
/// A list of objects becomes a column a member, `AUDIT_MATERIAL[].material_name`,
/// with one value a row, so that the columns can be put together line by line.
pub(super) fn cells(object: &Json) -> Result<Vec<Cell>, String> {
    let mut cells = Vec::new();
    walk("", object, &mut cells)?;
    Ok(cells)
}

fn walk(path: &str, json: &Json, cells: &mut Vec<Cell>) -> Result<(), String> {
    match json {
        Json::Null => {}
        Json::Object(members) => {
            for (key, member) in members {
                walk(&joined(path, key), member, cells)?;
            }
        }
        Json::List(list) => {
            let rows: Vec<&Json> = list.iter().filter(|it| matches!(it, Json::Object(_))).collect();
            if !rows.is_empty() {
                columns(path, &rows, cells)?;
            }
            let mut texts = Vec::new();
            for json in list.iter().filter(|it| !matches!(it, Json::Object(_) | Json::Null)) {
                texts.push(scalar(path, json)?);
            }
            if !texts.is_empty() {
                cells.push(Cell { header: path.to_owned(), value: CellValue::List(texts) });
            }
        }
        single => {
            let value = CellValue::Text(scalar(path, single)?);
            cells.push(Cell { header: path.to_owned(), value });
        }
    }
    Ok(())
}

fn columns(path: &str, rows: &[&Json], cells: &mut Vec<Cell>) -> Result<(), String> {
    let mut columns: Vec<(String, Vec<String>)> = Vec::new();
    let mut at_path: HashMap<String, usize> = HashMap::new();
    for (number, row) in rows.iter().enumerate() {
        let mut members = Vec::new();
        members_of(&format!("{path}[]"), row, &mut members)?;
        for (member, text) in members {
            let at = *at_path.entry(member.clone()).or_insert(columns.len());
            if at == columns.len() {
                if (at + 1) * rows.len() > MAX_LIST_CELLS {
                    return Err(format!(
                        "{path} 所在的列表太大，或者各行的字段各不相同；请检查导出的程序"
                    ));
                }
                columns.push((member, vec![String::new(); rows.len()]));
            }
            let cell = &mut columns[at].1[number];
            if !cell.is_empty() && !text.is_empty() {
                cell.push('、');
            }
            cell.push_str(&text);
        }
    }
    let columns = columns.into_iter();
    cells.extend(columns.map(|(header, texts)| Cell { header, value: CellValue::List(texts) }));
    Ok(())
}

/// Flattens a row of a list; lists inside it are joined to one text.
fn members_of(path: &str, json: &Json, out: &mut Vec<(String, String)>) -> Result<(), String> {
    match json {
        Json::Null => {}
        Json::Object(members) => {
            for (key, member) in members {
                members_of(&joined(path, key), member, out)?;
            }
        }
        Json::List(list) => {
            for json in list {
                match json {
                    Json::Object(_) => members_of(&format!("{path}[]"), json, out)?,
                    other => members_of(path, other, out)?,
                }
            }
        }
        single => out.push((path.to_owned(), scalar(path, single)?)),
    }
    Ok(())
}

fn scalar(path: &str, json: &Json) -> Result<String, String> {
    Ok(match json {
        Json::Null | Json::Object(_) => String::new(),
        Json::Bool(true) => "是".into(),
        Json::Bool(false) => "否".into(),
        Json::Text(text) => text.trim().replace("\r\n", "\n"),
        Json::Number(number) => number_text(number).ok_or_else(|| {
            format!("{path} 的数字 {number} 位数太多，已经不准；请给编码加上双引号")
        })?,
        Json::List(list) => {
            let texts: Result<Vec<String>, String> =
                list.iter().map(|it| scalar(path, it)).collect();
            texts?.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join("、")
        }
    })
}

fn number_text(number: &Number) -> Option<String> {
    match number.as_f64() {
        Some(float) if number.is_f64() => (float.abs() < MAX_EXACT).then(|| format!("{float}")),
        _ => Some(number.to_string()),
    }
}

fn joined(path: &str, key: &str) -> String {
    match path {
        "" => key.to_owned(),
        path => format!("{path}.{key}"),
    }
}

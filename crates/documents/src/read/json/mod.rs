//! JSON and JSON Lines: an object an item.

mod exchange;
mod flatten;
mod value;

#[cfg(test)]
mod tests;

use std::io::Read;

use domain::{intake::RawData, item::ItemRecord};
use serde_json::error::Category;

use self::value::Json;
use super::{
    Entry, Opened, ReadError, ReadOptions, SourceInfo, SourceKind, bytes_words,
    encoding::{Charset, Text},
    error::io_words,
    lines::{Line, Lines},
    table::Missing,
    too_long,
};

/// Opens a JSON document: a list of objects, one object, or `{"data": […]}`.
pub(super) fn open_whole(text: Text, options: &ReadOptions) -> Result<Opened, ReadError> {
    let charset = text.charset;
    let limits = options.limits;
    let mut bytes = Vec::new();
    text.into_reader().take(limits.whole_bytes + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > limits.whole_bytes {
        let part = "JSON 要整个放进内存，这个文件".to_owned();
        return Err(ReadError::TooLarge { part, limit: bytes_words(limits.whole_bytes) });
    }
    // A file cut inside a character is told as cut, not as wrong bytes.
    let ends = bytes.len().saturating_sub(3)..=bytes.len();
    let text = ends.rev().find_map(|end| charset.decode(&bytes[..end]));
    let text = text.ok_or(ReadError::Encoding)?;
    let document: Json = serde_json::from_str(&text).map_err(|err| {
        let reason = syntax_words(&err);
        ReadError::Json { line: err.line(), column: column(&text, &err), reason }
    })?;
    let objects = objects(document);

    let keys = |json: &Json| json.keys().map(str::to_owned).collect::<Vec<_>>();
    if let Some(first) = objects.first()
        && objects.iter().all(|json| !exchange::is_record(json) && !knows_any(json, options))
    {
        return Err(Missing::Header(keys(first)).at(""));
    }
    let source = source(SourceKind::Json, charset);
    let items = objects.into_iter().enumerate().map(move |(at, json)| {
        let data = match json.size() > limits.row_bytes {
            true => RawData::Broken(too_long(limits.row_bytes)),
            false => read_object(json),
        };
        (format!("第 {} 条", at + 1), data)
    });
    Ok(Opened { source, items: Box::new(items.map(Entry::from)) })
}

/// Opens JSON Lines; only a line at a time is in memory.
pub(super) fn open_lines(text: Text, options: &ReadOptions) -> Opened {
    let charset = text.charset;
    let row_bytes = options.limits.row_bytes;
    let lines = Lines::new(text.into_reader(), row_bytes);
    let mut failed = false;
    let items = lines.zip(1..).map_while(move |(line, number): (_, u64)| {
        if failed {
            return None;
        }
        failed = line.is_err();
        let data = match line {
            Ok(Line::Bytes(bytes)) => read_line(&bytes, charset),
            Ok(Line::TooLong) => Some(RawData::Broken(too_long(row_bytes))),
            Err(err) => Some(RawData::Broken(format!("从这一行起没有读到：{}", io_words(&err)))),
        };
        Some(data.map(|data| (format!("第 {number} 行"), data)))
    });
    Opened {
        source: source(SourceKind::JsonLines, charset),
        items: Box::new(items.flatten().map(Entry::from)),
    }
}

fn read_line(bytes: &[u8], charset: Charset) -> Option<RawData> {
    if bytes.trim_ascii().is_empty() {
        return None;
    }
    let Some(text) = charset.decode(bytes) else {
        return Some(RawData::Broken(format!("这一行{}", charset.wrong_bytes())));
    };
    // A sound item of ours is read in one pass; what is wrong with another is told by its parts.
    if let Ok(record) = serde_json::from_str::<ItemRecord>(&text) {
        return Some(RawData::Record(Box::new(record)));
    }
    Some(match serde_json::from_str::<Json>(&text) {
        Ok(json) => read_object(json),
        Err(err) => RawData::Broken(format!("第 {} 列{}", column(&text, &err), syntax_words(&err))),
    })
}

fn read_object(json: Json) -> RawData {
    if !matches!(json, Json::Object(_)) {
        return RawData::Broken("不是一个 JSON 对象；一个事项要写成 {…}".into());
    }
    let read = match exchange::is_record(&json) {
        true => exchange::read(json).map(|record| RawData::Record(Box::new(record))),
        false => flatten::cells(&json).map(RawData::Cells),
    };
    read.unwrap_or_else(RawData::Broken)
}

fn objects(document: Json) -> Vec<Json> {
    match document {
        Json::List(list) => list,
        Json::Object(mut members) => {
            let is_data = |(key, value): &(String, Json)| key == "data" && value.is_list();
            match members.iter().position(is_data) {
                Some(at) => objects(members.swap_remove(at).1),
                None => vec![Json::Object(members)],
            }
        }
        other => vec![other],
    }
}

fn knows_any(json: &Json, options: &ReadOptions) -> bool {
    match flatten::cells(json) {
        Ok(cells) => cells.iter().any(|cell| options.knows(&cell.header)),
        // It is told as a broken row.
        Err(_) => true,
    }
}

fn source(kind: SourceKind, charset: Charset) -> SourceInfo {
    SourceInfo {
        kind,
        encoding: Some(charset.label()),
        tables: Vec::new(),
        headers: Vec::new(),
        notes: Vec::new(),
    }
}

/// Returns the column in characters, as an editor counts; serde counts bytes.
fn column(text: &str, err: &serde_json::Error) -> usize {
    let line = text.split('\n').nth(err.line().saturating_sub(1)).unwrap_or_default();
    let before = line.char_indices().take_while(|(at, _)| *at < err.column());
    before.count().max(1)
}

fn syntax_words(err: &serde_json::Error) -> String {
    const WORDS: [(&str, &str); 9] = [
        ("trailing comma", "多了一个逗号"),
        ("trailing characters", "起有多余的内容"),
        ("key must be a string", "的键没有用双引号括起来"),
        ("expected `:`", "缺少冒号"),
        ("expected `,`", "缺少逗号或右括号"),
        ("control character", "有没有转义的换行或控制字符"),
        ("invalid escape", "的反斜杠转义不对"),
        ("number", "的数字写得不对"),
        ("recursion limit", "嵌套太深"),
    ];
    if err.classify() == Category::Eof {
        return "就断了，内容不完整".into();
    }
    let message = err.to_string();
    let words = WORDS.iter().find(|(theirs, _)| message.contains(theirs));
    words.map_or("起不合 JSON 的写法", |(_, ours)| ours).to_owned()
}

use domain::{
    intake::{Cell, CellValue, RawData},
    item::ItemRecord,
};

/// The input's headers, and where each stands.
pub(super) struct Headers(Vec<String>);

impl Headers {
    pub(super) fn new(headers: &[String]) -> Headers {
        Headers(headers.to_vec())
    }

    /// Puts a row's cells under their headers; the last text holds all that has none.
    pub(super) fn arrange(&self, data: &RawData) -> Vec<String> {
        let mut texts = vec![String::new(); self.0.len()];
        let mut used = vec![false; self.0.len()];
        let mut others = Vec::new();
        for (header, text) in pairs(data) {
            // Where two columns bear the same header, cells come in their order.
            match (0..self.0.len()).find(|at| !used[*at] && self.0[*at] == header) {
                Some(at) => {
                    used[at] = true;
                    texts[at] = text;
                }
                None if text.is_empty() => {}
                None => others.push(format!("{header}：{text}")),
            }
        }
        texts.push(others.join("\n"));
        texts
    }
}

fn pairs(data: &RawData) -> Vec<(String, String)> {
    match data {
        RawData::Cells(cells) => cells.iter().map(pair).collect(),
        RawData::Record(record) => record_pairs(record),
        RawData::Broken(_) => Vec::new(),
    }
}

fn pair(cell: &Cell) -> (String, String) {
    let text = match &cell.value {
        CellValue::Text(text) => text.clone(),
        CellValue::List(list) => list.join("、"),
        CellValue::Table(rows) => {
            let line = |row: &Vec<(String, String)>| {
                let cells = row.iter().map(|(header, text)| format!("{header}：{text}"));
                cells.collect::<Vec<_>>().join("；")
            };
            rows.iter().map(line).collect::<Vec<_>>().join("\n")
        }
    };
    (cell.header.clone(), text)
}

/// An item in the exchange form: by what it is found again, then the whole line.
fn record_pairs(record: &ItemRecord) -> Vec<(String, String)> {
    let line = serde_json::to_string(record).expect("a record holds only strings as keys");
    let pairs = [
        ("事项编码", record.code.clone().unwrap_or_default()),
        ("事项名称", record.name().to_owned()),
        ("实施主体", record.body.name.clone()),
        ("区划代码", record.region.to_string()),
        ("原行", line),
    ];
    pairs.map(|(header, text)| (header.to_owned(), text)).into()
}

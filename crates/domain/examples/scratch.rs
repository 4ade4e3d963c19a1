use domain::{
    checks::{self, Subject},
    intake::*,
    standard::Standards,
};
use std::collections::{BTreeMap, BTreeSet};
fn main() {
    let all = Standards::shipped().unwrap();
    let which = std::env::args().nth(1).unwrap();
    let show = std::env::args().nth(2);
    let std_ = all.get(&which).unwrap();
    let mapping = Mapping::default();
    let defaults = Defaults::default();
    let intake = Intake { standard: std_, mapping: &mapping, defaults: &defaults };
    let mut rows: Vec<Vec<Cell>> = vec![];
    if which == "guangdong" {
        for line in
            std::fs::read_to_string("/work/shared/data/guangdong/items.jsonl").unwrap().lines()
        {
            let v: serde_json::Value = serde_json::from_str(line).unwrap();
            let mut cells = vec![];
            for (k, v) in v.as_object().unwrap() {
                let value = match v {
                    serde_json::Value::String(s) => CellValue::Text(s.clone()),
                    serde_json::Value::Array(a) => CellValue::List(
                        a.iter().map(|x| x.as_str().unwrap_or("").to_owned()).collect(),
                    ),
                    serde_json::Value::Null => continue,
                    v => CellValue::Text(v.to_string()),
                };
                cells.push(Cell { header: k.clone(), value });
            }
            rows.push(cells);
        }
    } else {
        let text = std::fs::read_to_string("/work/shared/data/sichuan-qianfeng/items.csv").unwrap();
        let text = text.trim_start_matches('\u{feff}');
        let mut lines = text.lines();
        let head: Vec<String> = lines.next().unwrap().split(',').map(str::to_owned).collect();
        for l in lines {
            let mut f = vec![];
            let mut cur = String::new();
            let mut q = false;
            for c in l.chars() {
                match c {
                    '"' => q = !q,
                    ',' if !q => f.push(std::mem::take(&mut cur)),
                    c => cur.push(c),
                }
            }
            f.push(cur);
            rows.push(
                head.iter()
                    .zip(f)
                    .map(|(h, v)| Cell { header: h.clone(), value: CellValue::Text(v) })
                    .collect(),
            );
        }
    }
    let n = rows.len();
    let mut records = vec![];
    let mut intake_findings = BTreeMap::<String, usize>::new();
    let mut rejected = 0;
    let mut unknown = BTreeSet::new();
    let cols = Columns::new(std_, &mapping);
    for (i, cells) in rows.into_iter().enumerate() {
        for c in &cells {
            if cols.is_unknown(&c.header) {
                unknown.insert(c.header.clone());
            }
        }
        match intake.read(RawRow {
            number: i as u64 + 1,
            place: format!("第 {} 行", i + 1),
            data: RawData::Cells(cells),
        }) {
            Ok(p) => {
                for f in &p.findings {
                    *intake_findings
                        .entry(format!("{} {} {}", f.rule, f.element, f.message))
                        .or_default() += 1;
                }
                records.push(p.record);
            }
            Err(r) => {
                rejected += 1;
                println!("REJ {} {}", r.place, r.reason);
            }
        }
    }
    println!("rows {n} rejected {rejected} unknown {unknown:?}");
    println!("intake findings: {}", intake_findings.values().sum::<usize>());
    for (k, v) in intake_findings.iter().take(10) {
        println!("  {v} {k}");
    }
    let codes: BTreeSet<String> = records.iter().filter_map(|r| r.code.clone()).collect();
    let mut count = BTreeMap::<(String, String, String), usize>::new();
    let mut clean = 0;
    let start = std::time::Instant::now();
    for r in &records {
        let found = checks::run(&Subject { record: r, standard: std_, surroundings: &codes });
        if found.is_empty() {
            clean += 1;
        }
        for f in found {
            if show.as_deref() == Some(f.rule.as_str()) {
                println!(
                    "{:?} [{}] {} | {} → {}",
                    f.severity,
                    r.name(),
                    f.element,
                    f.message,
                    f.mend
                );
            }
            *count
                .entry((f.rule.clone(), f.element.clone(), format!("{:?}", f.severity)))
                .or_default() += 1;
        }
    }
    println!("clean {clean} in {:?}", start.elapsed());
    for (k, v) in count {
        println!("{v:6} {} {} {}", k.0, k.1, k.2);
    }
}

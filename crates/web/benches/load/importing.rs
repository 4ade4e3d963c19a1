//! Import with the index, the catalogue as a workbook, and what lies on the disk afterwards.

use std::{
    thread,
    time::{Duration, Instant},
};

use crate::{
    Outcome,
    catalogue::Shapes,
    client::{self, Request},
    figures::{megabytes, millis, print},
    program::{Program, Site, size_of},
};

const PART: &str = "导入与导出";

/// What the site says of an index that has nothing left to put together.
const IN_ORDER: &str = "shixiang_index_segments_scattered 0\n";

/// `limit` is how many bare lines are inserted in a second.
pub(crate) fn measure(
    program: &Program,
    shapes: &Shapes,
    n_items: usize,
    limit: f64,
) -> Outcome<()> {
    let file = program.folder().join("items.jsonl");
    let file = file.to_str().ok_or("the folder's name is no text")?;
    // As in a county: the site is open, and its index follows while the import runs.
    let Site { server, operators } = program.serve_watched()?;
    let started = Instant::now();
    let imported = program.run(&["import", file, "--standard", "wushan", "--publish"])?;
    let last = shapes.code(n_items - 1);
    let search = Request::plain(&format!("/search?region=all&q={last}"));
    while !contains(&client::fetch(&server.address, &search)?, &format!("/items/{last}")) {
        thread::sleep(Duration::from_millis(20));
    }
    let found = started.elapsed();
    let metrics = Request::plain("/metrics");
    while !contains(&client::fetch(&operators, &metrics)?, IN_ORDER) {
        thread::sleep(Duration::from_millis(20));
    }
    let in_order = started.elapsed() - found;
    drop(server);
    for (what, time) in [("导入、检查并公布", imported), ("导入到全部能检索", found)]
    {
        let per_second = n_items as f64 / time.as_secs_f64();
        let limit = format!("{limit:.0} 行/秒（{:.3}）", per_second / limit);
        print(PART, what, &format!("{per_second:.0} 行/秒"), &limit);
    }
    print(PART, "此后检索库理好", &millis(in_order), "");
    let database = std::fs::metadata(program.data().join("shixiang.db"))?.len();
    print(PART, "数据库", &megabytes(database), "");
    print(PART, "检索库", &megabytes(size_of(&program.data().join("index"))?), "");
    let workbook = program.folder().join("catalogue.xlsx");
    let workbook = workbook.to_str().ok_or("the folder's name is no text")?;
    let exported = program.run(&["export", "catalogue.xlsx", "--out", workbook])?;
    print(PART, "导出全部目录（Excel）", &millis(exported), "");
    Ok(())
}

fn contains(page: &[u8], words: &str) -> bool {
    page.windows(words.len()).any(|it| it == words.as_bytes())
}

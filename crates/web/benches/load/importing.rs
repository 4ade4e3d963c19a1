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
    program::{Program, size_of},
};

const PART: &str = "导入与导出";

pub(crate) fn measure(program: &Program, shapes: &Shapes, n_items: usize) -> Outcome<()> {
    let file = program.folder().join("items.jsonl");
    let file = file.to_str().ok_or("the folder's name is no text")?;
    // As in a county: the site is open, and its index follows while the import runs.
    let server = program.serve()?;
    let started = Instant::now();
    let imported = program.run(&["import", file, "--standard", "wushan", "--publish", "--json"])?;
    let last = Request::plain(&format!("/search?region=all&q={}", shapes.code(n_items - 1)));
    while !contains(&client::fetch(&server.address, &last)?, "找到 1 项") {
        thread::sleep(Duration::from_millis(20));
    }
    let found = started.elapsed();
    drop(server);
    let per_second = |time: Duration| format!("{:.0} 行/秒", n_items as f64 / time.as_secs_f64());
    print(PART, "导入、检查并公布（同时建检索库）", &per_second(imported), "");
    print(PART, "导入到全部能检索", &per_second(found), "raw");
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

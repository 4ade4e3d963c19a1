//! The index, held against the publications.

use std::fs;

use super::support::{Office, demo};

/// An office with the catalogue of 武山县 or with `n` items of 前锋区, and its index.
fn indexed(n: Option<usize>) -> Office {
    let office = Office::new();
    match n {
        None => drop(office.import(&[&demo("wushan/items.jsonl"), "--publish"])),
        Some(n) => {
            let all = fs::read_to_string(demo("qianfeng/items.csv")).unwrap();
            let some: Vec<&str> = all.lines().take(n + 1).collect();
            let file = office.file("items.csv", some.join("\n"));
            office.import(&[&file, "--standard", "sichuan", "--publish"]);
        }
    }
    office.serve().kill();
    office
}

/// Gives `office` the index of another one.
fn with_index_of(office: &Office, other: &Office) {
    let index = office.path("data/index");
    fs::remove_dir_all(&index).unwrap();
    fs::create_dir(&index).unwrap();
    for file in fs::read_dir(other.path("data/index")).unwrap() {
        let file = file.unwrap();
        fs::copy(file.path(), index.join(file.file_name())).unwrap();
    }
}

#[test]
fn an_index_that_follows_agrees_and_one_that_lags_is_told() {
    let office = indexed(None);
    office.run(&["verify"]).check(0, &["完好", "记到第 63 条公布，有 63 项，与公布相符\n"]);
    office.run(&["undo"]).check(0, &["收回 63 项"]);
    office.run(&["verify"]).check(0, &["有 63 项", "还差后面的 63 条"]);
    office.run(&["search", "身份证"]).check(0, &["找到 0 项"]);
    office.run(&["verify", "--json"]).check(0, &[r#""seq":126,"items":0,"behind":0"#]);
}

#[test]
fn an_index_of_another_catalogue_is_found_out() {
    let office = indexed(None);
    office.run(&["undo"]).check(0, &["收回 63 项"]);
    with_index_of(&office, &indexed(Some(100)));
    office.run(&["verify"]).check(2, &["与公布不符", "reindex", "多出 74 项"]);

    let office = indexed(Some(80));
    with_index_of(&office, &indexed(None));
    office.run(&["verify"]).check(2, &["与公布不符", "检索库里没有 51", "多出"]);
    let office = indexed(Some(20));
    with_index_of(&office, &indexed(Some(40)));
    office.run(&["verify"]).check(2, &["记到第 40 条，公布记录只有 20 条"]);
    office.run(&["reindex"]).check(0, &["20 条"]);
    office.run(&["verify"]).check(0, &["有 20 项，与公布相符"]);
}

//! The index, held against the publications.

use std::{collections::BTreeMap, fs, path::PathBuf};

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
fn a_broken_index_is_told_and_left_as_it_is() {
    let office = indexed(None);
    let dir = office.path("data/index");
    let files = || -> BTreeMap<PathBuf, Vec<u8>> {
        let files = fs::read_dir(&dir).unwrap().map(|it| it.unwrap().path());
        files.map(|it| (it.clone(), fs::read(it).unwrap())).collect()
    };
    let (damaged, mut bytes) =
        files().into_iter().find(|(it, _)| it.extension().is_some_and(|it| it == "idx")).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(damaged, bytes).unwrap();

    let before = files();
    for _ in 0..2 {
        office.run(&["verify"]).check(2, &["流转记录 63 条", "与公布不符", "坏了", "reindex"]);
        assert!(files() == before, "the verification has changed what it looked at");
    }
    office.run(&["reindex"]).check(0, &["63 条"]);
    office.run(&["verify"]).check(0, &["有 63 项，与公布相符"]);
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

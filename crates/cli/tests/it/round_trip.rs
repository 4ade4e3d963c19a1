//! Nothing is lost between a file, the catalogue and the file given back.

use super::support::{Office, counts, demo};

fn with_wushan() -> Office {
    let office = Office::new();
    let answer = office.import(&[&demo("wushan/items.jsonl"), "--publish"]);
    assert_eq!(counts(&answer)[4], 0, "{answer}");
    office
}

#[test]
fn a_county_catalogue_comes_in_again_unchanged_and_undone_keeps_its_codes() {
    let office = Office::new();
    let file = demo("qianfeng/items.csv");
    let args = [file.as_str(), "--standard", "sichuan", "--publish"];

    let first = office.import(&args);
    assert_eq!(counts(&first), [1135, 1135, 0, 0, 0]);
    assert_eq!(first["new_bodies"].as_array().unwrap().len(), 34);
    let codes = office.export("items.jsonl", &[]);

    assert_eq!(counts(&office.import(&args)), [1135, 0, 0, 1135, 0]);
    office.run(&["undo", "--json"]).check(0, &[r#""removed":0"#]);

    let import = first["import"].to_string();
    office.run(&["undo", &import, "--json"]).check(0, &[r#""removed":1135"#]);
    office.run(&["export", "items.jsonl", "--out", "none"]).check(0, &["已导出 0 项"]);
    assert_eq!(counts(&office.import(&args)), [1135, 1135, 0, 0, 0]);
    assert_eq!(office.export("items.jsonl", &[]), codes);
    office.run(&["verify"]).check(0, &["完好"]);
}

#[test]
fn codes_that_were_issued_are_taken_up_again_after_an_undo() {
    let office = Office::new();
    let file = office.file(
        "民政.csv",
        "事项名称,事项类型,实施主体,部门代码,区划代码\n\
         社会团体变更登记,行政许可,武山县民政局,MZ,620524\n\
         高龄津贴给付,便民服务事项,武山县民政局,MZ,620524\n\
         社会团体注销登记,行政许可,武山县民政局,MZ,620524\n",
    );
    let args = [file.as_str(), "--standard", "wushan", "--publish"];
    assert_eq!(counts(&office.import(&args)), [3, 3, 0, 0, 0]);
    let codes = |office: &Office| {
        let text = String::from_utf8(office.export("items.jsonl", &[])).unwrap();
        let item = |line: &str| serde_json::from_str::<serde_json::Value>(line).unwrap();
        text.lines().map(|line| item(line)["code"].to_string()).collect::<Vec<_>>()
    };
    let issued = codes(&office);
    assert_eq!(
        issued,
        [r#""62052400MZ-XK-0001""#, r#""62052400MZ-BM-0001""#, r#""62052400MZ-XK-0002""#]
    );
    office.run(&["undo"]).check(0, &["收回 3 项"]);
    assert_eq!(counts(&office.import(&args)), [3, 3, 0, 0, 0]);
    assert_eq!(codes(&office), issued);
}

#[test]
fn the_exchange_file_of_one_office_is_that_of_the_next() {
    let office = with_wushan();
    let sent = office.export("items.jsonl", &[]);
    let next = Office::new();
    let file = next.file("items.jsonl", &sent);
    assert_eq!(counts(&next.import(&[&file, "--publish"]))[4], 0);
    assert!(next.export("items.jsonl", &[]) == sent, "the exchange file changed on its way");
}

#[test]
fn the_forms_come_back_from_word_as_the_items_they_were() {
    let office = with_wushan();
    let body = ["--body", "武山县民政局"];
    for form in ["table1.docx", "table2.docx"] {
        let bytes = office.export(form, &body);
        assert!(bytes == office.export(form, &body), "{form} is not the same twice");
        let file = office.file(form, bytes);
        let n_items =
            office.import(&[&file, "--standard", "wushan", "--region", "620524", "--publish"]);
        let [read, _, updated, unchanged, rejected] = counts(&n_items);
        assert_eq!((updated, rejected), (0, 0), "{form}: {n_items}");
        assert!(read > 0 && unchanged == read, "{form}: {n_items}");
    }
}

#[test]
fn catalogues_come_back_from_excel_as_the_items_they_were() {
    let office = with_wushan();
    for format in ["catalogue.xlsx", "catalogue.csv"] {
        let file = office.file(format, office.export(format, &[]));
        let answer = office.import(&[&file, "--standard", "wushan", "--publish"]);
        let [read, _, _, unchanged, _] = counts(&answer);
        assert_eq!(read, unchanged, "{format}: {answer}");
    }
}

#[test]
fn a_dry_run_tells_all_and_writes_nothing() {
    let office = Office::new();
    let file = demo("wushan/items.jsonl");
    let tried = office.import(&[&file, "--publish", "--dry-run"]);
    assert!(counts(&tried)[1] >= 60, "{tried}");
    office.run(&["export", "items.jsonl", "--out", "none"]).check(0, &["已导出 0 项"]);
    assert_eq!(counts(&office.import(&[&file, "--publish"])), counts(&tried));
}

#[test]
fn the_report_repeats_every_row_with_its_reason() {
    let office = Office::new();
    let file = office.file(
        "items.csv",
        "事项名称,事项类型,实施主体,部门代码,区划代码\n\
         ,行政许可,武山县民政局,MZ,620524\n\
         收养登记,行政确认,武山县民政局,MZ,620524\n",
    );
    let report = office.path("report.xlsx").display().to_string();
    let answer = office.run(&["import", &file, "--standard", "wushan", "--report", &report]);
    answer.check(2, &["退回 1"]);
    let size = std::fs::metadata(&report).unwrap().len();
    assert!(size > 4_000, "a workbook of {size} bytes");
}

//! A copy of everything, and everything back from it.

use std::{
    fs::{self, Permissions},
    os::unix::fs::PermissionsExt,
};

use serde_json::Value;

use super::support::{Answer, Office, counts, demo};

/// An office with a catalogue, of which some was changed and taken back, and its own standards.
fn at_work(office: Office) -> Office {
    let own = office.path("data/standards/lilliput");
    fs::create_dir_all(&own).unwrap();
    let standard = "id = \"lilliput\"\ntitle = \"小人国\"\nextends = \"wushan\"\n";
    fs::write(own.join("standard.toml"), standard).unwrap();
    let answer = office.import(&[&demo("wushan/items.jsonl"), "--publish"]);
    assert_eq!(counts(&answer)[1], 63, "{answer}");
    let more = office.file(
        "民政.csv",
        "事项名称,事项类型,实施主体,部门代码,区划代码\n\
         社会团体变更登记,行政许可,武山县民政局,MZ,620524\n\
         高龄津贴给付,便民服务事项,武山县民政局,MZ,620524\n",
    );
    for _ in 0..2 {
        office.import(&[&more, "--standard", "wushan", "--publish"]);
        office.run(&["undo"]).check(0, &["收回 2 项"]);
    }
    office
}

fn backup(office: &Office) -> String {
    let file = office.path("备份.zip").display().to_string();
    office.run(&["backup", &file]).check(0, &["已备份", "事项 65 个", "规范文件 1 个"]);
    file
}

/// What a backup holds besides where and when it was made.
fn told(office: &Office) -> Value {
    let file = office.path("again.zip").display().to_string();
    let answer = office.run(&["backup", &file, "--force", "--json"]);
    let mut told: Value = serde_json::from_str(&answer.out).unwrap();
    for key in ["made_at", "engine"] {
        told.as_object_mut().unwrap().remove(key).unwrap();
    }
    told
}

#[test]
fn a_backup_is_its_owner_s_to_read() {
    let office = at_work(Office::new());
    office.file("备份.zip.part", "left by a backup that was killed");
    fs::set_permissions(office.path("备份.zip.part"), Permissions::from_mode(0o644)).unwrap();
    let file = backup(&office);
    assert_eq!(fs::metadata(file).unwrap().permissions().mode() & 0o777, 0o600);
    told(&office);
    let again = fs::metadata(office.path("again.zip")).unwrap();
    assert_eq!(again.permissions().mode() & 0o777, 0o600);
}

#[test]
fn a_county_moves_to_the_machine_of_the_province_and_back() {
    let county = at_work(Office::new());
    let file = backup(&county);
    let (items, all) = (county.export("items.jsonl", &[]), told(&county));

    let province = Office::on_postgres();
    province.run(&["restore", &file]).check(0, &["事项 65 个", "校验完好"]);
    assert!(province.export("items.jsonl", &[]) == items, "items changed on their way");
    assert_eq!(told(&province), all);
    let file = backup(&province);

    let again = Office::new();
    again.run(&["restore", &file, "--json"]).check(0, &[r#""items":65"#, r#""wrong":[]"#]);
    assert!(again.export("items.jsonl", &[]) == items, "items changed on their way");
    assert_eq!(told(&again), all);

    // Its standards came along, and codes go on where they were.
    let answer = again.run(&["check", "--json"]);
    answer.check(0, &[]);
    let more = again.file(
        "民政.csv",
        "事项名称,事项类型,实施主体,部门代码,区划代码\n\
         社会团体注销登记,行政许可,武山县民政局,MZ,620524\n",
    );
    let answer = again.import(&[&more, "--standard", "lilliput", "--publish"]);
    assert_eq!(counts(&answer), [1, 1, 0, 0, 0]);
    again.run(&["search", "身份证"]).check(0, &["找到"]);
    again.run(&["verify"]).check(0, &["完好"]);
}

#[test]
fn a_copy_made_while_an_import_runs_is_whole() {
    for office in [Office::new(), Office::on_postgres()] {
        let file = demo("qianfeng/items.csv");
        let mut import = office.command();
        import.args(["import", &file, "--standard", "sichuan", "--publish"]);
        let mut import = import.stdout(std::process::Stdio::null()).spawn().unwrap();
        let mut n_items = Vec::new();
        while import.try_wait().unwrap().is_none() {
            let copy = office.path("copy.zip").display().to_string();
            let made = office.run(&["backup", &copy, "--force"]);
            if made.err.contains("还没有数据") {
                continue;
            }
            made.check(0, &["已备份"]);
            let other = Office::new();
            let answer = other.run(&["restore", &copy, "--json"]);
            answer.check(0, &[r#""wrong":[]"#]);
            let answer: Value = serde_json::from_str(&answer.out).unwrap();
            assert_eq!(answer["items"], answer["publications"], "{answer}");
            n_items.push(answer["items"].as_u64().unwrap());
        }
        assert!(n_items.is_sorted(), "{n_items:?}");
        office.run(&["export", "items.jsonl", "--out", "all"]).check(0, &["1135 项"]);
    }
}

#[test]
fn a_backup_that_is_there_is_kept_unless_forced() {
    let office = at_work(Office::new());
    let file = office.file("备份.zip", "kept");
    office.run(&["backup", &file]).check(1, &["备份.zip 已经有了", "--force"]);
    assert_eq!(fs::read(&file).unwrap(), b"kept");
    office.run(&["backup", &file, "--force"]).check(0, &["已备份"]);
    Office::new().run(&["restore", &file]).check(0, &["校验完好"]);
    let missing = office.path("nowhere/备份.zip").display().to_string();
    office.run(&["backup", &missing]).check(1, &["写不了备份文件"]);
    Office::new().run(&["backup", "备份.zip"]).check(1, &["还没有数据"]);
}

#[test]
fn only_an_empty_place_is_restored_into() {
    let office = at_work(Office::new());
    let file = backup(&office);
    let before = office.export("items.jsonl", &[]);
    office.run(&["restore", &file]).check(1, &["已经有内容", "事项 65 行", "--data"]);
    assert!(office.export("items.jsonl", &[]) == before);

    let own = Office::new();
    let folder = own.path("data/standards/blefuscu");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("standard.toml"), "id = \"blefuscu\"\ntitle = \"不来夫斯古\"\n").unwrap();
    own.run(&["restore", &file]).check(1, &["已经有别的规范（1 个文件）", "移走"]);
    own.run(&["export", "items.jsonl", "--out", "none"]).check(1, &["还没有数据"]);

    let served = Office::new();
    let site = served.serve();
    let who = format!("进程 {}（shixiang serve）", site.pid());
    served.run(&["restore", &file]).check(1, &[&who, "先停下它"]);
    site.kill();
    served.run(&["restore", &file]).check(0, &["校验完好"]);
    served.serve();
    served.run(&["search", "身份证"]).check(0, &["找到"]);
}

#[test]
fn a_broken_or_foreign_file_restores_nothing() {
    let office = at_work(Office::new());
    let whole = fs::read(backup(&office)).unwrap();
    let mut changed = whole.clone();
    changed[whole.len() / 3] ^= 1;
    let check = |bytes: &[u8], words: &[&str]| {
        let empty = Office::new();
        let file = empty.file("备份.zip", bytes);
        empty.run(&["restore", &file]).check(1, words);
        let none: Answer = empty.run(&["export", "items.jsonl", "--out", "none"]);
        none.check(1, &["还没有数据"]);
    };
    check(&whole[..whole.len() / 2], &["备份.zip", "不完整或已损坏", "另一份备份"]);
    check(&changed, &["备份.zip", "不完整或已损坏"]);
    check(&fs::read(demo("wushan/items.jsonl")).unwrap(), &["不是事项的备份文件"]);
    check(b"", &["空的"]);
    Office::new().run(&["restore", "nothing.zip"]).check(1, &["nothing.zip"]);
}

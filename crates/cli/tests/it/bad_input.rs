//! Bad input: one clear sentence, exit 1 or 2, nothing lost.

use std::{fs, io::Write, os::unix::process::CommandExt, process::Command};

use super::support::{Answer, Office, counts, demo};

const HEAD: &str = "事项名称,事项类型,实施主体,部门代码,区划代码\n";
const ROW: &str = "收养登记,行政确认,武山县民政局,MZ,620524\n";

#[track_caller]
fn check(name: &str, bytes: impl AsRef<[u8]>, status: i32, words: &[&str]) {
    let office = Office::new();
    let file = office.file(name, bytes);
    office.run(&["import", &file, "--standard", "wushan"]).check(status, words);
}

#[test]
fn an_empty_file_is_told() {
    check("items.csv", "", 1, &["空"]);
}

#[test]
fn a_binary_under_a_text_name_is_told_for_what_it_is() {
    check("items.csv", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 1, &["PNG"]);
}

#[test]
fn an_old_word_file_is_asked_for_as_docx() {
    let mut file = cfb::CompoundFile::create(std::io::Cursor::new(Vec::new())).unwrap();
    file.create_stream("WordDocument").unwrap().write_all(b"old words").unwrap();
    check("表二.doc", file.into_inner().into_inner(), 1, &[".docx"]);
}

#[test]
fn a_file_without_a_name_column_is_told_which_it_lacks() {
    check("items.csv", "类别,单位\n行政许可,民政局\n", 1, &["事项名称"]);
}

#[test]
fn an_unknown_standard_is_told_with_those_there_are() {
    let office = Office::new();
    let file = office.file("items.csv", format!("{HEAD}{ROW}"));
    office.run(&["import", &file, "--standard", "atlantis"]).check(1, &["atlantis", "wushan"]);
}

#[test]
fn a_broken_standard_is_refused_with_file_and_line() {
    let office = Office::new();
    let folder = office.path("data/standards/wushan");
    fs::create_dir_all(&folder).unwrap();
    let text = "[[element]]\nkey = \"name\"\nlabel = \"事项名称\"\ncolour = \"red\"\n";
    fs::write(folder.join("elements.toml"), text).unwrap();
    let file = office.file("items.csv", format!("{HEAD}{ROW}"));
    let answer = office.run(&["import", &file, "--standard", "wushan"]);
    answer.check(1, &["wushan/elements.toml", "第 4 行", "colour"]);
}

#[test]
fn a_code_used_twice_in_one_file_is_returned_and_the_rest_comes_in() {
    let office = Office::new();
    let head = "事项名称,事项编码,事项类型,实施主体,区划代码\n";
    let rows = "收养登记,62052400MZ-QR-0007,行政确认,武山县民政局,620524\n\
                解除收养登记,62052400MZ-QR-0007,行政确认,武山县民政局,620524\n";
    let file = office.file("items.csv", format!("{head}{rows}"));
    let answer = office.run(&["import", &file, "--standard", "wushan", "--json"]);
    answer.check(2, &["62052400MZ-QR-0007", "已经出现"]);
    assert_eq!(counts(&serde_json::from_str(&answer.out).unwrap()), [2, 1, 0, 0, 1]);
}

#[test]
fn a_code_of_another_body_is_returned() {
    let office = Office::new();
    let head = "事项名称,事项编码,事项类型,实施主体,区划代码\n";
    let one = "收养登记,62052400MZ-QR-0007,行政确认,武山县民政局,620524\n";
    let other = "收养登记,62052400MZ-QR-0007,行政确认,武山县司法局,620524\n";
    let args = ["--standard", "wushan"];
    let file = office.file("one.csv", format!("{head}{one}"));
    assert_eq!(counts(&office.import(&[&[file.as_str()], &args[..]].concat()))[1], 1);
    let file = office.file("other.csv", format!("{head}{other}"));
    let answer = office.run(&[&["import", file.as_str()], &args[..]].concat());
    answer.check(2, &["退回 1"]);
}

#[test]
fn a_row_of_ten_megabytes_is_returned_and_the_rest_comes_in() {
    let office = Office::new();
    let long = format!("{},行政确认,武山县民政局,MZ,620524\n", "长".repeat(3_500_000));
    let file = office.file("items.csv", format!("{HEAD}{ROW}{long}"));
    let answer = office.run(&["import", &file, "--standard", "wushan", "--json"]);
    answer.check(2, &["1 MB"]);
    let counted = counts(&serde_json::from_str(&answer.out).unwrap());
    assert_eq!((counted[0], counted[1], counted[4]), (2, 1, 1));
}

#[test]
fn wrong_bytes_in_a_row_are_returned_and_the_rest_comes_in() {
    let office = Office::new();
    let mut bytes = format!("{HEAD}{ROW}").into_bytes();
    bytes.extend("坏".as_bytes());
    bytes.extend(b"\xff\xfe\xff,x,x,MZ,620524\n");
    let file = office.file("items.csv", &bytes);
    let answer = office.run(&["import", &file, "--standard", "wushan", "--json"]);
    answer.check(2, &["UTF-8"]);
    let counted = counts(&serde_json::from_str(&answer.out).unwrap());
    assert_eq!((counted[0], counted[1], counted[4]), (2, 1, 1));
}

#[test]
fn a_folder_that_may_not_be_written_is_told() {
    let office = Office::new();
    let folder = office.path("closed");
    fs::create_dir(&folder).unwrap();
    let binary = office.path("shixiang");
    fs::copy(env!("CARGO_BIN_EXE_shixiang"), &binary).unwrap();
    let open = |path: &std::path::Path, mode| {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    };
    open(&office.path(""), 0o755);
    open(&folder, 0o555);
    let file = office.file("items.csv", format!("{HEAD}{ROW}"));
    let mut command = Command::new(&binary);
    command.args(["import", &file, "--standard", "wushan", "--data"]).arg(&folder);
    command.current_dir("/");
    if is_root() {
        command.uid(65534).gid(65534);
    }
    Answer::of(command.output().unwrap()).check(1, &["不能写", "--data"]);
}

#[test]
fn a_full_disk_is_told_and_what_was_written_stays() {
    if !is_root() {
        panic!("要在 4 MB 的 tmpfs 上写满磁盘，请用 root 运行，或运行 cargo xtask test");
    }
    let office = Office::new();
    let disk = office.path("disk");
    fs::create_dir(&disk).unwrap();
    let disk = Disk::mount(&disk);
    let mut rows = String::from(HEAD);
    for n in 0..20_000 {
        rows += &format!("演示事项{n},行政确认,武山县民政局,MZ,620524\n");
    }
    let file = office.file("items.csv", rows);
    let data = disk.0.display().to_string();
    let run = |args: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_shixiang"));
        Answer::of(command.args(args).args(["--data", &data]).output().unwrap())
    };
    run(&["import", &file, "--standard", "wushan", "--publish"]).check(1, &["磁盘已满"]);
    fs::remove_file(disk.0.join("ballast")).unwrap();
    run(&["verify"]).check(0, &["完好"]);
}

/// A small file system of its own, taken down when dropped; it holds some
/// ballast that can be thrown off to make room.
struct Disk(std::path::PathBuf);

impl Disk {
    fn mount(path: &std::path::Path) -> Disk {
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", "size=24m", "none"])
            .arg(path)
            .status()
            .unwrap();
        assert!(mounted.success(), "tmpfs 挂不上");
        let mut ballast = fs::File::create(path.join("ballast")).unwrap();
        ballast.write_all(&vec![1; 4 << 20]).unwrap();
        Disk(path.to_owned())
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(&self.0).status();
    }
}

fn is_root() -> bool {
    let id = Command::new("id").arg("-u").output().unwrap();
    id.stdout.starts_with(b"0\n")
}

#[test]
fn a_serial_that_has_run_out_leaves_the_item_as_a_draft_with_a_way_out() {
    let office = Office::new();
    let head = "事项名称,事项编码,事项类型,实施主体,部门代码,区划代码\n";
    let last = "收养登记,62052400MZ-QR-9999,行政确认,武山县民政局,MZ,620524\n";
    let next = "解除收养登记,,行政确认,武山县民政局,MZ,620524\n";
    let file = office.file("items.csv", format!("{head}{last}{next}"));
    let answer = office.run(&["import", &file, "--standard", "wushan", "--publish", "--json"]);
    answer.check(0, &["流水号已用到 9999"]);
}

#[test]
fn the_demo_catalogue_is_read_whole() {
    let office = Office::new();
    let answer = office.import(&[&demo("wushan/items.jsonl"), "--dry-run"]);
    assert_eq!(counts(&answer)[4], 0, "{answer}");
}

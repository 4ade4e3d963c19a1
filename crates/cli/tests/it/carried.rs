//! Files that officers bring, through a backup and back.

use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
    sync::atomic::{AtomicBool, Ordering},
    thread,
};

use documents::backup::{About, BackupReader, BackupWriter};
use domain::{
    approval::Answers,
    people::{OfficerId, Scope},
};
use serde_json::{Value, json};
use store::{HelpDocument, NewApproval, NewApprovalTemplate, Saving};
use time::macros::{date, datetime};
use web::Files;

use super::{
    clerk::{Clerk, open_account, with_store},
    support::{Office, counts, demo},
};

const PDF: &[u8] = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n";
const TEMPLATE: &[u8] = include_bytes!("../../../../demo/approvals/reply.docx");
const DOCUMENT: &[u8] = b"PK\x03\x04 a document as it was issued";
const CODE: &str = "62052400MZ-XK-0001";

/// Where something is had, and the bytes that are had there.
type Had = BTreeMap<String, Vec<u8>>;

/// An office whose published item has a blank form, a template and a document that was issued.
fn with_files(office: Office) -> (Office, Had) {
    office.import(&[&demo("wushan/items.jsonl"), "--publish"]);
    open_account(&office);
    let site = office.serve();
    let clerk = Clerk::sign_in(&site);
    let (reference, link) = clerk.attach("申请表.pdf", PDF);
    site.kill();
    refer(&office, &reference);
    let mut had = with_approvals(&office);
    had.insert(link, PDF.to_vec());
    let (hash, name) = reference.strip_prefix("file:").unwrap().split_once('/').unwrap();
    had.insert(format!("/items/{CODE}/files/{hash}/{name}"), PDF.to_vec());
    check_had(&office, &had);
    (office, had)
}

/// Publishes the item anew, with a blank form.
fn refer(office: &Office, reference: &str) {
    let all = fs::read_to_string(demo("wushan/items.jsonl")).unwrap();
    let mut item: Value = serde_json::from_str(all.lines().next().unwrap()).unwrap();
    assert_eq!(item["code"], CODE);
    item["content"]["materials"][0]["blank_form"] = json!(reference);
    let file = office.file("with-a-form.jsonl", item.to_string());
    let answer = office.import(&[&file, "--publish"]);
    assert_eq!(counts(&answer)[2], 1, "{answer}");
}

/// Keeps a template, a document and a help document, and returns where they are had.
fn with_approvals(office: &Office) -> Had {
    let files = Files::in_folder(&office.path("data/files")).unwrap();
    let saving = Saving { by: OfficerId(0), at: datetime!(2026-03-02 01:00 UTC) };
    with_store(office, async |store| {
        let hash = files.put(TEMPLATE.to_vec()).await.unwrap();
        let issued = files.put(DOCUMENT.to_vec()).await.unwrap();
        let mut tx = store.begin().await.unwrap();
        let item = tx.items_by_code(&[CODE]).await.unwrap().remove(0);
        let edition = tx.current_editions(&[item.id]).await.unwrap().remove(0);
        let template = NewApprovalTemplate {
            item: item.id,
            title: "批复",
            outcome: None,
            number_rule: "武〔{年}〕{序号}号",
            hash: &hash,
            file_name: "批复.docx",
            size_bytes: TEMPLATE.len() as i64,
        };
        let template = tx.add_approval_template(template, saving).await.unwrap();
        let document = NewApproval {
            template,
            body: item.body,
            edition: edition.id,
            title: "批复",
            number: "武〔2026〕1号",
            issued_on: date!(2026 - 03 - 02),
            answers: &Answers::new(),
            template_hash: &hash,
            hash: &issued,
            size_bytes: DOCUMENT.len() as i64,
            request: "a-request-of-an-office",
        };
        let document = tx.add_approval(document, saving).await.unwrap();
        let help =
            HelpDocument { title: "怎么填".into(), text: "照样表填。".into(), position: 0 };
        tx.keep(Scope::Everywhere, &help, saving).await.unwrap();
        tx.commit().await.unwrap();
        Had::from([
            (format!("/workbench/templates/{}/file", template.0), TEMPLATE.to_vec()),
            (format!("/workbench/approvals/{}/file", document.0), DOCUMENT.to_vec()),
        ])
    })
}

#[track_caller]
fn check_had(office: &Office, had: &Had) {
    let site = office.serve();
    let clerk = Clerk::sign_in(&site);
    for (path, expected) in had {
        let (status, bytes) = clerk.get(path);
        assert_eq!(status, 200, "{path}");
        assert!(bytes == *expected, "{path} gives other bytes");
    }
    let (_, page) = clerk.get("/workbench/help-documents");
    assert!(String::from_utf8(page).unwrap().contains("怎么填"));
}

fn backup(office: &Office) -> String {
    let file = office.path("备份.zip").display().to_string();
    office.run(&["backup", &file, "--force"]).check(0, &["上传的文件 3 个"]);
    file
}

/// Returns where a file with these bytes lies.
fn place_of(office: &Office, bytes: &[u8]) -> PathBuf {
    let folders = fs::read_dir(office.path("data/files")).unwrap();
    let files = folders.flat_map(|it| fs::read_dir(it.unwrap().path()).unwrap());
    let mut paths = files.map(|it| it.unwrap().path());
    paths.find(|it| fs::read(it).unwrap() == bytes).expect("a file has these bytes")
}

fn name_of(path: &Path) -> String {
    path.file_name().unwrap().to_str().unwrap().to_owned()
}

#[test]
fn every_file_comes_back_with_the_same_bytes() {
    let (county, had) = with_files(Office::new());
    let file = backup(&county);
    let province = Office::on_postgres();
    province.run(&["restore", &file]).check(0, &["校验完好", "上传的文件 3 个，完好"]);
    check_had(&province, &had);
    let file = backup(&province);
    let again = Office::new();
    again.run(&["restore", &file, "--json"]).check(0, &[r#""files":3"#, r#""wrong":[]"#]);
    check_had(&again, &had);
    again.run(&["verify"]).check(0, &["上传的文件 3 个，完好"]);
}

#[test]
fn a_file_that_was_changed_or_is_gone_is_named_with_the_rows_that_need_it() {
    let (office, _) = with_files(Office::new());
    let file = backup(&office);
    let (form, reply) = (place_of(&office, PDF), place_of(&office, TEMPLATE));
    let mut changed = PDF.to_vec();
    changed[3] ^= 1;
    fs::write(&form, &changed).unwrap();
    let said = format!("文件 {} 内容变了，用到它的：附件 ", name_of(&form));
    let verified = office.run(&["verify"]);
    verified
        .check(2, &["上传的文件 3 个，有问题", &said, "（申请表.pdf）", "从备份恢复出的 files"]);
    fs::remove_file(&reply).unwrap();
    let gone = format!("文件 {} 不在，用到它的：审批文书模板 ", name_of(&reply));
    office.run(&["verify", "--json"]).check(2, &[&said, &gone, r#""files":3"#]);

    // A backup is made of what there is, and says what is not.
    let poor = office.path("poor.zip").display().to_string();
    let made = office.run(&["backup", &poor]);
    made.check(2, &["上传的文件 1 个", "备份里缺 2 个", &said, &gone]);
    Office::new().run(&["restore", &poor]).check(2, &["两条链完好", &name_of(&form), "不在"]);

    // The backup from before has them still.
    let before = Office::new();
    before.run(&["restore", &file]).check(0, &["校验完好"]);
    for path in [&form, &reply] {
        let place = path.strip_prefix(office.path("data")).unwrap();
        fs::copy(before.path("data").join(place), path).unwrap();
    }
    office.run(&["verify"]).check(0, &["上传的文件 3 个，完好"]);
}

#[test]
fn a_data_folder_without_any_of_its_files_may_be_the_wrong_one() {
    let (office, _) = with_files(Office::new());
    fs::remove_dir_all(office.path("data/files")).unwrap();
    office.run(&["verify"]).check(2, &["一个好的也没有", "--data", "data/files"]);
}

#[test]
fn a_backup_made_while_files_are_brought_lacks_none_that_its_rows_name() {
    for office in [Office::new(), Office::on_postgres()] {
        let (office, _) = with_files(office);
        let site = office.serve();
        let clerk = Clerk::sign_in(&site);
        let is_done = AtomicBool::new(false);
        let mut n_files = Vec::new();
        thread::scope(|scope| {
            scope.spawn(|| {
                for n in 0..60 {
                    clerk.attach("说明.txt", format!("第{n}份说明").repeat(5_000).as_bytes());
                }
                is_done.store(true, Ordering::Relaxed);
            });
            while !is_done.load(Ordering::Relaxed) || n_files.is_empty() {
                let copy = office.path("copy.zip").display().to_string();
                office.run(&["backup", &copy, "--force"]).check(0, &["已备份"]);
                let answer = Office::new().run(&["restore", &copy, "--json"]);
                answer.check(0, &[r#""wrong":[]"#]);
                let answer: Value = serde_json::from_str(&answer.out).unwrap();
                n_files.push(answer["files"].as_u64().unwrap());
            }
        });
        assert!(n_files.is_sorted(), "{n_files:?}");
    }
}

/// Writes what the program wrote before backups held files: without them, and without the
/// column that came with them.
fn as_of_old(backup: &str, old: &Path) {
    let mut reader = BackupReader::open(Path::new(backup), 6).unwrap();
    let manifest = reader.manifest().clone();
    let mut writer = BackupWriter::new(fs::File::create(old).unwrap());
    for table in &manifest.tables {
        let known = table.columns.iter().filter(|it| *it != "file_hash");
        let columns: Vec<&str> = known.map(String::as_str).collect();
        writer.table(&table.name, &columns).unwrap();
        for row in reader.rows(table).unwrap() {
            writer.row(&row.unwrap()[..columns.len()]).unwrap();
        }
    }
    for file in manifest.files.iter().filter(|it| it.kept_hash().is_none()) {
        writer.file(&file.path, &reader.file(file).unwrap()).unwrap();
    }
    writer.finish(About { form: 5, ..manifest.about }).unwrap();
}

fn copy_folder(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?.path();
        let to = to.join(name_of(&entry));
        if entry.is_dir() {
            copy_folder(&entry, &to)?;
        } else {
            fs::copy(&entry, &to)?;
        }
    }
    Ok(())
}

#[test]
fn a_backup_from_before_files_were_carried_is_restored_and_says_what_to_copy() {
    let (office, had) = with_files(Office::new());
    let old = office.path("old.zip");
    as_of_old(&backup(&office), &old);
    let other = Office::new();
    let restored = other.run(&["restore", &old.display().to_string()]);
    restored
        .check(2, &["两条链完好", "较早的程序", "没有上传的文件", "缺 3 个", "shixiang verify"]);
    copy_folder(&office.path("data/files"), &other.path("data/files")).unwrap();
    other.run(&["verify"]).check(0, &["上传的文件 3 个，完好"]);
    check_had(&other, &had);

    // Where no row needs a file, nothing is missing.
    let plain = Office::new();
    plain.import(&[&demo("wushan/items.jsonl"), "--publish"]);
    let file = plain.path("plain.zip");
    plain.run(&["backup", &file.display().to_string()]).check(0, &["上传的文件 0 个"]);
    as_of_old(&file.display().to_string(), &old);
    Office::new().run(&["restore", &old.display().to_string()]).check(0, &["校验完好"]);
}

use std::{fs, path::Path};

use domain::content::keys;

use super::sample::{POLICE, catalogue, filled, item, standards};
use crate::{Index, Query, SearchError, index::directory};

fn total(index: &Index, words: &str) -> usize {
    index.search(&Query { words: words.to_owned(), ..Query::default() }).unwrap().total
}

/// Makes an index on disk with the whole catalogue, and closes it.
fn on_disk(dir: &Path) {
    let index = Index::open(dir).unwrap();
    index.apply(&catalogue(), &standards()).unwrap();
}

#[test]
fn an_item_published_again_is_replaced() {
    let index = filled();
    let again = item("62052400GA-QR-0012", POLICE, "居民身份证遗失补领");
    index.apply(&[again.published(13, 1)], &standards()).unwrap();
    assert_eq!((index.seq(), total(&index, "")), (13, 12));
    assert_eq!(total(&index, "遗失"), 1);
    assert_eq!(total(&index, "采集指纹"), 0);
}

#[test]
fn a_withdrawn_item_never_shows() {
    let index = filled();
    let make = || item("62052400MZ-QR-0001", POLICE, "结婚登记");
    index.apply(&[make().withdrawn(13, 4)], &standards()).unwrap();
    assert_eq!((index.seq(), total(&index, "")), (13, 11));
    assert_eq!(total(&index, "结婚"), 0);
    assert_eq!(total(&index, "62052400MZ-QR-0001"), 0);

    let both = [make().published(14, 4), make().withdrawn(15, 4)];
    index.apply(&both, &standards()).unwrap();
    assert_eq!(total(&index, "结婚"), 0);

    let back = [make().withdrawn(16, 4), make().published(17, 4)];
    index.apply(&back, &standards()).unwrap();
    assert_eq!(total(&index, "结婚"), 1);
}

#[test]
fn the_same_publications_twice_do_no_harm() {
    let index = filled();
    let newer = item("62052400GA-QR-0012", POLICE, "居民身份证遗失补领");
    index.apply(&[newer.published(13, 1)], &standards()).unwrap();
    index.apply(&catalogue(), &standards()).unwrap();
    assert_eq!((index.seq(), total(&index, "")), (13, 12));
    assert_eq!(total(&index, "遗失"), 1, "an old publication came back");
    index.apply(&[], &standards()).unwrap();
    assert_eq!(index.seq(), 13);
}

#[test]
fn an_index_that_is_opened_again_goes_on_where_it_was() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("not/yet/there");
    assert_eq!(Index::open(&path).unwrap().seq(), 0);
    on_disk(&path);
    let index = Index::open(&path).unwrap();
    assert_eq!((index.seq(), total(&index, "结婚")), (12, 1));
}

#[test]
fn merging_small_commits_keeps_the_last_publication() {
    let dir = tempfile::tempdir().unwrap();
    let index = Index::open(dir.path()).unwrap();
    for publication in catalogue() {
        index.apply(&[publication], &standards()).unwrap();
    }
    assert_eq!((index.seq(), total(&index, "")), (12, 12));
    drop(index);
    let index = Index::open(dir.path()).unwrap();
    assert_eq!((index.seq(), total(&index, "")), (12, 12));
}

#[test]
fn a_broken_or_older_index_begins_anew_and_leaves_other_files_alone() {
    fn check(how: &str, harm: impl Fn(&Path)) {
        let dir = tempfile::tempdir().unwrap();
        on_disk(dir.path());
        fs::write(dir.path().join("notes.txt"), "kept").unwrap();
        harm(dir.path());
        let index = Index::open(dir.path()).unwrap();
        assert_eq!((index.seq(), total(&index, "")), (0, 0), "{how}");
        index.apply(&catalogue(), &standards()).unwrap();
        assert_eq!((index.seq(), total(&index, "结婚")), (12, 1), "{how}");
        assert_eq!(fs::read_to_string(dir.path().join("notes.txt")).unwrap(), "kept");
    }
    check("garbage for meta.json", |dir| fs::write(dir.join("meta.json"), "garbage").unwrap());
    check("an empty meta.json", |dir| fs::write(dir.join("meta.json"), "").unwrap());
    check("another schema", |dir| edit_meta(dir, "\"whole_names\"", "\"nicknames\""));
    check("an older form", |dir| edit_meta(dir, &directory::payload(12), "0/12"));
    check("garbage for .managed.json", |dir| fs::write(dir.join(".managed.json"), "{").unwrap());
    check("a lost segment file", |dir| fs::remove_file(segment_file(dir, "store")).unwrap());
    check("a cut segment file", |dir| fs::write(segment_file(dir, "term"), "").unwrap());
    check("a changed byte", |dir| {
        let file = segment_file(dir, "fast");
        let mut bytes = fs::read(&file).unwrap();
        bytes[10] ^= 0xff;
        fs::write(file, bytes).unwrap();
    });
}

#[test]
fn a_second_writer_is_told_why_it_must_wait() {
    let dir = tempfile::tempdir().unwrap();
    let first = Index::open(dir.path()).unwrap();
    let second = Index::open(dir.path()).unwrap();
    first.apply(&catalogue()[..6], &standards()).unwrap();

    let refused = second.apply(&catalogue(), &standards()).unwrap_err();
    assert!(matches!(refused, SearchError::Locked { .. }), "{refused}");
    assert!(refused.to_string().contains("正被另一个进程使用"), "{refused}");

    let reader = Index::open(dir.path()).unwrap();
    assert_eq!((reader.seq(), total(&reader, "结婚")), (6, 1));

    drop(first);
    second.apply(&catalogue(), &standards()).unwrap();
    assert_eq!((second.seq(), total(&second, "")), (12, 12));
}

#[test]
fn a_directory_that_can_not_be_is_named() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("file");
    fs::write(&file, "not a directory").unwrap();
    let refused = Index::open(&file.join("index")).err().unwrap();
    assert!(matches!(refused, SearchError::Directory { .. }), "{refused}");
}

#[test]
fn clones_share_one_index_and_can_be_asked_at_once() {
    let index = filled();
    let clone = index.clone();
    let renamed =
        item("62052400GA-QR-0012", POLICE, "居民身份证遗失补领").text(keys::SUMMARY, "本人申请");
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| assert_eq!(total(&index, "结婚"), 1));
        }
        scope.spawn(|| clone.apply(&[renamed.published(13, 1)], &standards()).unwrap());
    });
    assert_eq!((index.seq(), total(&index, "遗失")), (13, 1));
}

fn edit_meta(dir: &Path, old: &str, new: &str) {
    let file = dir.join("meta.json");
    let meta = fs::read_to_string(&file).unwrap();
    assert!(meta.contains(old), "meta.json has no {old}");
    fs::write(file, meta.replace(old, new)).unwrap();
}

fn segment_file(dir: &Path, extension: &str) -> std::path::PathBuf {
    let files = fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().path());
    let mut files = files.filter(|path| path.extension().is_some_and(|it| it == extension));
    files.next().unwrap()
}

#[test]
fn what_this_process_wrote_is_not_read_through_again_unless_it_changed() {
    let dir = tempfile::tempdir().unwrap();
    on_disk(dir.path());
    let known = || fs::read_to_string(dir.path().join("sound.txt")).unwrap();
    let file = segment_file(dir.path(), "fast");
    let name = file.file_name().unwrap().to_string_lossy().into_owned();
    assert!(known().contains(&name), "{name} is not noted in\n{}", known());
    fs::remove_file(dir.path().join("sound.txt")).unwrap();
    assert_eq!(total(&Index::open(dir.path()).unwrap(), ""), 12);
    assert!(known().contains(&name), "{name} was read through and is not noted");
}

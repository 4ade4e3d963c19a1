//! What people type over the demo catalogue, and what they must find.

use std::{fs, path::PathBuf, sync::LazyLock};

use domain::{
    item::{ItemId, ItemRecord},
    publication::{Notice, PublicItem, Publication},
};
use time::macros::date;

use super::sample::standards;
use crate::{Hit, Index, Query};

const FIRST: usize = 3;

static DEMO: LazyLock<Index> = LazyLock::new(demo);

fn demo() -> Index {
    let lines = read("../../demo/wushan/items.jsonl");
    let published = |(seq, line): (i64, &str)| {
        let record: ItemRecord = serde_json::from_str(line).unwrap();
        let item = PublicItem {
            edition: 1,
            from: date!(2026 - 03 - 02),
            standard_hash: String::new(),
            item: record,
        };
        Publication { seq, item: ItemId(seq), notice: Notice::Published(item) }
    };
    let publications: Vec<Publication> = (1..).zip(lines.lines()).map(published).collect();
    let index = Index::in_memory().unwrap();
    index.apply(&publications, &standards()).unwrap();
    index
}

fn read(path: &str) -> String {
    fs::read_to_string(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

fn first(words: &str) -> Vec<Hit> {
    let query = Query { words: words.to_owned(), limit: FIRST, ..Query::default() };
    DEMO.search(&query).unwrap().hits
}

#[test]
fn everyday_words_find_their_items_among_the_first_three() {
    let queries = read("golden/queries.tsv");
    let queries = queries.lines().filter(|line| !line.starts_with('#'));
    let mut missed = Vec::new();
    for line in queries {
        let (words, codes) = line.split_once('\t').unwrap();
        let found = first(words);
        for code in codes.split(' ').filter(|code| found.iter().all(|hit| hit.code != *code)) {
            let names: Vec<&str> = found.iter().map(|hit| hit.card.name.as_str()).collect();
            missed.push(format!("{words}: {code} is not among {names:?}"));
        }
    }
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}

#[test]
fn an_identity_card_is_found_however_it_is_written() {
    for words in ["身份证", "sfz", "ｓｆｚ", "shenfenzheng", "身份正", "身份證", "身分证"]
    {
        let found = first(words);
        let names: Vec<&str> = found.iter().map(|hit| hit.card.name.as_str()).collect();
        assert_eq!(names.len(), FIRST, "{words}");
        assert!(names.iter().all(|name| name.contains("居民身份证")), "{words}: {names:?}");
        assert!(found[0].title.iter().any(|piece| piece.marked), "{words}: nothing is marked");
    }
}

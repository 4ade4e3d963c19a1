use super::sample::{POLICE, filled, item, standards};
use crate::{Index, Query};

fn codes(index: &Index, query: &Query) -> Vec<String> {
    index.search(query).unwrap().hits.into_iter().map(|hit| hit.code).collect()
}

#[test]
fn what_is_asked_again_is_answered_alike_until_something_is_published() {
    let index = filled();
    for words in ["身份证", "", "sfz"] {
        let query = Query { words: words.into(), ..Query::default() };
        let first = index.search(&query).unwrap();
        assert_eq!(index.search(&query).unwrap(), first, "{words:?}");
    }
    let asked = Query { words: "身份证".into(), ..Query::default() };
    let before = codes(&index, &asked);
    let new = item("62052400GA-QR-0099", POLICE, "身份证").published(13, 99);
    index.apply(&[new], &standards()).unwrap();
    let after = codes(&index, &asked);
    assert_eq!(after[0], "62052400GA-QR-0099");
    assert_eq!(after.len(), before.len() + 1);
}

#[test]
fn a_later_page_of_what_was_asked_before_is_not_cut_short() {
    let index = Index::in_memory().unwrap();
    let many = (1..=150).map(|at| item(&format!("GA-{at}"), POLICE, "居住证").published(at, at));
    index.apply(&many.collect::<Vec<_>>(), &standards()).unwrap();
    let page = |offset: usize| Query { words: "居住证".into(), offset, ..Query::default() };
    assert_eq!(codes(&index, &page(0)).len(), 20);
    let last = codes(&index, &page(140));
    assert_eq!(last.len(), 10);
    let all: Vec<String> = (0..150).step_by(20).flat_map(|at| codes(&index, &page(at))).collect();
    let mut different = all.clone();
    different.sort();
    different.dedup();
    assert_eq!((all.len(), different.len()), (150, 150));
}

#[test]
fn many_at_once_are_all_answered() {
    let index = filled();
    let words = ["身份证", "结婚", "sfz", "", "开饭馆", "登记"];
    let expected: Vec<Vec<String>> = words
        .iter()
        .map(|words| codes(&index, &Query { words: (*words).into(), ..Query::default() }))
        .collect();
    std::thread::scope(|scope| {
        for _ in 0..32 {
            scope.spawn(|| {
                for (words, expected) in words.iter().zip(&expected) {
                    let query = Query { words: (*words).into(), ..Query::default() };
                    assert_eq!(&codes(&index, &query), expected, "{words:?}");
                }
            });
        }
    });
}

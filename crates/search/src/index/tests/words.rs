use super::sample::{filled, item, standards};
use crate::{Index, Query};

fn asked(words: &str) -> Query {
    Query { words: words.to_owned(), ..Query::default() }
}

fn codes(index: &Index, query: &Query) -> Vec<String> {
    index.search(query).unwrap().hits.into_iter().map(|hit| hit.code).collect()
}

#[test]
fn what_people_type_finds_what_they_mean() {
    let index = filled();
    let check = |words: &str, first: &[&str]| {
        let found = codes(&index, &asked(words));
        let found: Vec<&str> = found.iter().take(3).map(String::as_str).collect();
        assert!(found.starts_with(first), "{words}: {found:?}");
    };
    check("身份证丢了", &["62052400GA-QR-0012", "62052400GA-QR-0013"]);
    check("补办身份证", &["62052400GA-QR-0012"]);
    check("临时身份证", &["62052400GA-QR-0013"]);
    check("上户口", &["62052400GA-QR-0020"]);
    check("新生儿", &["62052400GA-QR-0020"]);
    check("结婚证", &["62052400MZ-QR-0001"]);
    check("低保", &["62052400MZ-GF-0002"]);
    check("开饭馆要办什么证", &["62052400SC-XK-0001"]);
    check("食品经营许可证", &["62052400SC-XK-0001"]);
    check("营业执照", &["62052400SC-XK-0002"]);
    check("社保卡", &["62052400RS-GG-0001"]);
    check("市场监督管理局 食品", &["62052400SC-XK-0001", "62052400SC-XK-0002"]);
    check("出生医学证明", &["62052400GA-QR-0020"]);
}

#[test]
fn a_lone_character_beside_words_finds_nothing_by_itself() {
    let index = filled();
    let check = |words: &str, total: usize| {
        assert_eq!(index.search(&asked(words)).unwrap().total, total, "{words}");
    };
    check("证", 3);
    check("犇羴鱻加油站 证", 0);
    check("结婚 证", 1);
}

#[test]
fn short_queries_find_names_wherever_the_dictionary_cuts_them() {
    let index = filled();
    let check = |words: &str, first: &str| {
        assert_eq!(
            codes(&index, &asked(words)).first().map(String::as_str),
            Some(first),
            "{words}"
        );
    };
    check("婚", "62052400MZ-QR-0001");
    check("龄津", "62052401CG-GG-0001");
    check("体成立", "62052400MZ-XK-0001");
}

#[test]
fn width_case_and_spaces_do_not_matter() {
    let index = Index::in_memory().unwrap();
    let etc = item("62052400JT-GG-0001", "武山县交通运输局", "ＥＴＣ设备注销");
    index.apply(&[etc.published(1, 1)], &standards()).unwrap();
    for words in ["etc", "ＥＴＣ", "Etc 注销", "　etc　"] {
        assert_eq!(codes(&index, &asked(words)), ["62052400JT-GG-0001"], "{words}");
    }
}

#[test]
fn a_code_finds_its_item_first() {
    let index = filled();
    let check = |words: &str, first: &[&str]| {
        let found = codes(&index, &asked(words));
        assert!(
            found.iter().map(String::as_str).collect::<Vec<_>>().starts_with(first),
            "{words}: {found:?}"
        );
    };
    check("62052400MZ-XK-0001", &["62052400MZ-XK-0001"]);
    check("62052400mz一xk一0001", &["62052400MZ-XK-0001"]);
    check("62052400MZXK0001", &["62052400MZ-XK-0001"]);
    check("62052400SC-XK", &["62052400SC-XK-0001", "62052400SC-XK-0002"]);
    check("11440000006939756B2440101007000", &["11440000006939756B2440101007000"]);
    check("11440000006939756B", &["11440000006939756B2440101007000"]);
    check("000111001000", &["62052400MZ-XK-0001"]);
    check("99999999XX-XK-0001", &[]);
}

#[test]
fn no_words_find_everything_in_the_order_of_the_catalogue() {
    let results = filled().search(&Query { limit: 5, ..asked(" 　") }).unwrap();
    assert_eq!(results.total, 12);
    let found: Vec<&str> = results.hits.iter().map(|hit| hit.code.as_str()).collect();
    let frequent_first = [
        "62052400GA-QR-0012",
        "62052400GA-QR-0020",
        "62052400MZ-QR-0001",
        "62052401CG-GG-0001",
        "11440000006939756B2440101007000",
    ];
    assert_eq!(found, frequent_first);
}

#[test]
fn pages_follow_each_other() {
    let index = filled();
    let all = codes(&index, &Query { limit: 100, ..asked("") });
    let mut leafed = Vec::new();
    for offset in (0..15).step_by(5) {
        leafed.extend(codes(&index, &Query { offset, limit: 5, ..asked("") }));
    }
    assert_eq!(leafed, all);
    let counted = index.search(&Query { limit: 0, ..asked("") }).unwrap();
    assert_eq!((counted.total, counted.hits.len()), (12, 0));
    let far = index.search(&Query { offset: usize::MAX, limit: usize::MAX, ..asked("") }).unwrap();
    assert_eq!((far.total, far.hits.len()), (12, 0));
}

#[test]
fn nonsense_finds_nothing() {
    let index = filled();
    for words in ["犇羴鱻", "qwertyuiop", "！？（）", "\"", "\u{0}", "😀"] {
        let results = index.search(&asked(words)).unwrap();
        assert_eq!((results.total, results.hits.len()), (0, 0), "{words:?}");
    }
}

#[test]
fn nothing_typed_is_read_as_a_query_language() {
    let index = filled();
    let check = |words: &str, found: bool| {
        let results = index.search(&asked(words)).unwrap();
        let begins: String = words.chars().take(40).collect();
        assert_eq!(results.total > 0, found, "{begins:?}");
    };
    check("AND ( \" *", false);
    check("name:结婚", true);
    check("+结婚 -登记", true);
    check("结婚~9^99 OR [* TO *]", true);
    check("结婚\\", true);
    check("{\"words\":\"结婚\"}", true);
    check("62052400.*", false);
    check("(((((((((((((((((((((", false);
    check(&"结婚".repeat(5_000), true);
    check(&"结婚 登记 ( \" * ".repeat(1_000), true);
    check(&"1".repeat(10_000), false);
}

#[test]
fn a_hit_says_what_a_person_asks_first() {
    let results = filled().search(&asked("身份证 补领")).unwrap();
    let hit = &results.hits[0];
    let card = &hit.card;
    assert_eq!((card.name.as_str(), card.kind.as_str()), ("居民身份证补领", "行政确认"));
    assert_eq!(card.promised.map(|it| it.to_string()).as_deref(), Some("60个工作日"));
    assert_eq!((card.visits, card.place.as_deref()), (Some(1), Some("任一派出所户籍窗口")));
    let marked = |pieces: &[crate::Piece]| {
        let marked = pieces.iter().filter(|piece| piece.marked);
        marked.map(|piece| piece.text.clone()).collect::<Vec<_>>()
    };
    assert_eq!(marked(&hit.title), ["身份证补领"]);
    assert_eq!(marked(&hit.snippet), ["身份证", "补领"]);
    assert!(hit.score > results.hits[1].score);
}

#[test]
fn a_snippet_comes_from_where_the_words_stand() {
    let results = filled().search(&asked("二十二周岁")).unwrap();
    let text: String = results.hits[0].snippet.iter().map(|piece| piece.text.as_str()).collect();
    assert_eq!(text, "双方自愿。 男年满二十二周岁，女年满二十周岁。");
}

use tantivy::tokenizer::{TokenStream, Tokenizer};

use super::{GramTokenizer, Typed, WordTokenizer, code_key};

fn tokens(mut tokenizer: impl Tokenizer, text: &str) -> Vec<(String, String)> {
    let mut stream = tokenizer.token_stream(text);
    let mut found = Vec::new();
    while stream.advance() {
        let token = stream.token();
        found.push((token.text.clone(), text[token.offset_from..token.offset_to].to_owned()));
    }
    found
}

#[test]
fn long_words_are_found_by_the_words_inside_them() {
    let found = tokens(WordTokenizer, "机动车驾驶证补领");
    let words: Vec<&str> = found.iter().map(|(word, _)| word.as_str()).collect();
    for word in ["机动车", "驾驶", "驾驶证"] {
        assert!(words.contains(&word), "{word} is not among {words:?}");
    }
}

#[test]
fn width_and_case_are_folded_and_places_are_those_of_the_original() {
    let found = tokens(WordTokenizer, "办理（ＥＴＣ）卡");
    assert!(found.contains(&("etc".into(), "ＥＴＣ".into())), "{found:?}");
    let found = tokens(GramTokenizer, "İＡ证");
    assert!(found.contains(&("a证".into(), "Ａ证".into())), "{found:?}");
}

#[test]
fn a_query_is_cut_into_its_telling_words() {
    fn check(text: &str, words: &[&str]) {
        assert_eq!(Typed::read(text).words, words, "{text}");
    }
    check("身份证丢了怎么办", &["身份", "身份证", "丢"]);
    check("我要办理", &["我要", "办理"]);
    check("社保卡  社保卡", &["社保", "社保卡"]);
    check("AND ( \" *", &["and"]);
    check("（）！", &[]);
}

#[test]
fn codes_are_recognised_however_they_are_written() {
    fn check(text: &str, key: Option<&str>) {
        assert_eq!(Typed::read(text).code.as_deref(), key, "{text}");
    }
    check("62052400MZ-XK-0001", Some("62052400MZXK0001"));
    check(" ６２０５２４００mz一xk一0001 ", Some("62052400MZXK0001"));
    check("62052400MZ-", Some("62052400MZ"));
    check("11440000006939756B2440101007000", Some("11440000006939756B2440101007000"));
    check("12345", None);
    check("身份证12345678", None);
    check("abcdefgh", None);
    assert_eq!(code_key("一件事"), None);
}

#[test]
fn a_very_long_query_is_cut_short() {
    let typed = Typed::read(&"婚姻登记养老保险".repeat(1_300));
    assert!(typed.words.len() <= 32);
    assert!(typed.pieces.iter().map(Vec::len).sum::<usize>() <= 200);
}

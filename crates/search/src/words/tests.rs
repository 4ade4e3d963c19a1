use tantivy::tokenizer::{TokenStream, Tokenizer};

use super::{Bag, BagTokenizer, Folded, Measure, Typed, code_key, cut, grams, whole_name};

const MEASURE: Measure = Measure { weight: 3.0, usual: 4.0, bend: 0.5 };

/// Reads a bag as the index does: each word with how often it comes.
fn read(bag: Bag) -> Vec<(String, usize)> {
    let text = bag.into_text();
    let mut tokenizer = BagTokenizer;
    let mut stream = tokenizer.token_stream(&text);
    let mut found: Vec<(String, usize)> = Vec::new();
    while stream.advance() {
        match found.last_mut().filter(|(word, _)| *word == stream.token().text) {
            Some((_, times)) => *times += 1,
            None => found.push((stream.token().text.clone(), 1)),
        }
    }
    found.sort();
    found
}

fn times(bag: Bag, word: &str) -> usize {
    read(bag).iter().find(|(it, _)| it == word).map_or(0, |(_, times)| *times)
}

#[test]
fn long_words_are_found_by_the_words_inside_them() {
    let words: Vec<&str> = cut("机动车驾驶证补领").into_iter().map(|(word, ..)| word).collect();
    for word in ["机动车", "驾驶", "驾驶证"] {
        assert!(words.contains(&word), "{word} is not among {words:?}");
    }
}

#[test]
fn width_case_and_traditional_forms_are_folded_and_places_are_those_of_the_original() {
    fn check(text: &str, folded: &str) {
        assert_eq!(Folded::new(text).text(), folded, "{text}");
    }
    check("（ＥＴＣ）卡", "(etc)卡");
    check("İＡ证", "İa证");
    check("居民身份證補領", "居民身份证补领");
    check("開飯館、辦營業執照", "开饭馆、办营业执照");
    check("𠮷𫝊", "𠮷𫝊");
    let folded = Folded::new("İＡ證");
    assert_eq!(&"İＡ證"[folded.bytes(1..3)], "Ａ證");
    assert_eq!(whole_name("《居民 身份證》"), "居民身份证");
}

#[test]
fn neighbours_on_both_sides_of_a_mark_are_no_pair() {
    let chars: Vec<char> = "甲乙、丙".chars().collect();
    let grams: Vec<String> = grams(&chars).into_iter().map(|(gram, ..)| gram).collect();
    assert_eq!(grams, ["甲", "甲乙", "乙", "丙"]);
}

#[test]
fn a_word_counts_by_its_part_and_less_in_a_longer_text() {
    fn check(texts: &[&str], expected: usize) {
        let mut bag = Bag::default();
        bag.add_names(texts.iter().copied(), MEASURE);
        assert_eq!(times(bag, "结婚"), expected, "{texts:?}");
    }
    check(&["结婚登记"], 3);
    check(&["结婚"], 4);
    check(&["结婚登记和离婚登记的档案"], 2);
    check(&["结婚登记", "登记结婚"], 3);
    check(&["离婚登记"], 0);
    let mut both = Bag::default();
    both.add_names(["结婚登记"].into_iter(), MEASURE);
    both.add_texts(["结婚登记"].into_iter(), MEASURE);
    assert_eq!(times(both, "结婚"), 6);
}

#[test]
fn longer_texts_keep_no_lone_characters() {
    let mut bag = Bag::default();
    bag.add_texts(["证和结婚证"].into_iter(), MEASURE);
    let words: Vec<String> = read(bag).into_iter().map(|(word, _)| word).collect();
    assert!(words.contains(&"结婚证".to_owned()), "{words:?}");
    assert!(words.iter().all(|word| word.chars().count() > 1), "{words:?}");
}

#[test]
fn names_are_known_by_their_sound() {
    let mut bag = Bag::default();
    bag.add_sounds("身份证");
    let tokens: Vec<String> = read(bag).into_iter().map(|(token, _)| token).collect();
    for token in ["shen", "shen fen", "fen zheng", "SF", "FZ", "SFZ"] {
        assert!(tokens.contains(&token.to_owned()), "{token} is not among {tokens:?}");
    }
}

#[test]
fn letters_may_stand_for_syllables_or_for_initials() {
    fn check(letters: &str, expected: &[&str]) {
        let typed = Typed::read(letters);
        let spelt = typed.sounds.iter().map(|sound| sound.spelling.syllables.join(" "));
        assert_eq!(spelt.collect::<Vec<_>>(), expected, "{letters}");
    }
    check("sfz", &["s f z"]);
    check("ＳＦＺ", &["s f z"]);
    check("shenfenzheng", &["shen fen zheng", "s h e n f e n z h e n g"]);
    check("xian", &["xian", "x i a n"]);
    check("shenfenzh", &["shen fen", "s h e n f e n z h"]);
    check("身份正", &["shen fen zheng"]);
    check("sfz补办", &["s f z", "bu ban"]);
    check("证", &[]);
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
    assert!(typed.parts.len() <= 32 + 2 * 24, "{}", typed.parts.len());
}

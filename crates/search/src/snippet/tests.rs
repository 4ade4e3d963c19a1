use super::{Marks, best, whole};
use crate::{Piece, words::Typed};

/// Writes marked pieces in 【】.
fn drawn(pieces: &[Piece]) -> String {
    let piece = |it: &Piece| if it.marked { format!("【{}】", it.text) } else { it.text.clone() };
    pieces.iter().map(piece).collect()
}

fn typed(words: &str) -> Typed {
    Typed::read(words)
}

#[test]
fn words_in_a_name_are_marked() {
    fn check(name: &str, asked: &str, expected: &str) {
        assert_eq!(drawn(&whole(name, &Marks::of(&typed(asked)))), expected, "{name} / {asked}");
    }
    check("居民身份证补领", "身份 身份证", "居民【身份证】补领");
    check("居民身份证补领", "身份证 补领", "居民【身份证补领】");
    check("ＥＴＣ卡办理", "etc", "【ＥＴＣ】卡办理");
    check("结婚登记", "婚", "结【婚】登记");
    check("结婚登记", "婚 登记", "结婚【登记】");
    check("<b>证</b>", "b", "<【b】>证</【b】>");
    check("", "证", "");
    check("结婚登记", "", "结婚登记");
}

#[test]
fn what_sounds_as_it_was_typed_is_marked() {
    fn check(name: &str, asked: &str, expected: &str) {
        assert_eq!(drawn(&whole(name, &Marks::of(&typed(asked)))), expected, "{name} / {asked}");
    }
    check("居民身份证补领", "sfz", "居民【身份证】补领");
    check("居民身份证补领", "shenfenzheng", "居民【身份证】补领");
    check("居民身份证补领", "身份正", "居民【身份证】补领");
    check("居民身份證補領", "身份证", "居民【身份證】補領");
    check("银行卡", "yinhang", "【银行】卡");
    let passage = [String::from("是否准予，以书面答复。")];
    assert_eq!(drawn(&best(&passage, &Marks::of(&typed("sf")))), "是否准予，以书面答复。");
}

#[test]
fn the_passage_with_most_words_is_shown_from_its_sentence_on() {
    let filling = "申请人应当年满十八周岁并且具有完全民事行为能力。".repeat(4);
    let texts = [
        "本人申请。".to_owned(),
        format!("{filling}身份证遗失的，先申报丢失再申请补领。{filling}"),
    ];
    let passage = drawn(&best(&texts, &Marks::of(&typed("身份证 补领"))));
    assert!(passage.starts_with("…【身份证】遗失的，先申报丢失再申请【补领】。"), "{passage}");
    assert!(passage.ends_with('…'), "{passage}");
}

#[test]
fn without_a_hit_the_first_text_is_begun() {
    let long = "一二三四五六七八九十".repeat(10);
    let passage = drawn(&best(&[long.clone(), "别的".into()], &Marks::of(&typed("没有"))));
    assert_eq!(passage, format!("{}…", long.chars().take(60).collect::<String>()));
    assert_eq!(drawn(&best(&[], &Marks::of(&typed("没有")))), "");
}

#[test]
fn lines_become_one() {
    let passage = drawn(&best(&["年满十八周岁\n户籍在本县".into()], &Marks::of(&typed("户籍"))));
    assert_eq!(passage, "年满十八周岁 【户籍】在本县");
}

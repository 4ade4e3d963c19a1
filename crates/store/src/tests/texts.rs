use domain::content::{Value, keys};

use super::{
    db::Db,
    sample::{add_item, body_of, code, coded, office, record},
};

on_both!(odd_texts_come_back_as_they_went_in, a_name_of_ten_thousand_characters_is_kept);

const ODD: &[&str] = &[
    "单引号 ' 双引号 \" 反斜线 \\ 分号 ; -- 注释",
    "%_*?$1 $2 :name @p ${x} {0}",
    "换行\n回车\r制表\t空格　全角空格\u{a0}不断行",
    "\u{feff}字节序标记，零宽\u{200b}空格，控制符\u{1}\u{1f}\u{7f}\u{85}",
    "生僻字𠮷𡈽龘，部首⼈，兼容字﨑，表情👩‍👩‍👧‍👦🏳️‍🌈",
    "组合 e\u{301} 与 é，从右到左 \u{202e}文字\u{202c}，私用区 \u{e000}\u{f8ff}\u{10fffd}",
    "NULL",
    "null",
    "''",
    "0",
    " 前后空格 ",
];

async fn odd_texts_come_back_as_they_went_in(db: Db) {
    for (n, text) in (1..).zip(ODD) {
        let mut record = coded(text, &code(n));
        record.body = office(text, None);
        record.content.put(keys::REMARKS, Value::Text((*text).into()));
        let live = db.published(&record).await;
        assert_eq!(live.record, record, "{text}");
        let shown = db.store.public_item(&code(n)).await.unwrap().unwrap();
        assert_eq!(shown.notice.item().item, record, "{text}");
        let mut tx = db.store.begin().await.unwrap();
        let body = body_of(&mut tx, &record).await;
        assert_eq!(body.body.name, *text);
        assert_eq!(tx.items_by_name(body.id, &[text]).await.unwrap()[0].name, *text);
    }
    assert_eq!(db.store.verify().await.unwrap().wrong, []);
}

/// Characters as a book has them, hard to press together.
fn long_name() -> String {
    let mut state = 1_u32;
    let mut next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        char::from_u32(0x4e00 + (state >> 8) % 20_000).unwrap()
    };
    (0..10_000).map(|_| next()).collect()
}

async fn a_name_of_ten_thousand_characters_is_kept(db: Db) {
    let name = long_name();
    let live = db.published(&coded(&name, &code(1))).await;
    assert_eq!(live.record.name(), name);
    let shown = db.store.public_item(&code(1)).await.unwrap().unwrap();
    assert_eq!(shown.notice.item().item.name(), name);

    let mut tx = db.store.begin().await.unwrap();
    let body = body_of(&mut tx, &record("")).await;
    let alike = format!("{name}二");
    add_item(&mut tx, &coded(&alike, &code(2))).await.unwrap();
    let found = tx.items_by_name(body.id, &[&name]).await.unwrap();
    assert_eq!(found.iter().map(|it| it.id).collect::<Vec<_>>(), [live.item]);
}

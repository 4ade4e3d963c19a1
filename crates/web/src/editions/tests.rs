use domain::{
    content::{Limit, Row, Value, keys},
    edition::Edition,
    item::{EditionId, ItemId, ItemRecord},
    standard::Operation,
};

use super::*;
use crate::testkit::{full_record, standards};

fn edition(record: ItemRecord) -> Edition {
    let standards = standards();
    let standard = standards.get("wushan").unwrap();
    Edition::draft(EditionId(2), ItemId(1), 2, Operation::Change, record, standard)
}

fn side(pieces: &[Piece]) -> String {
    let piece = |piece: &Piece| match piece {
        Piece::Same(text) => text.clone(),
        Piece::Gone(text) => format!("[-{text}-]"),
        Piece::New(text) => format!("[+{text}+]"),
        Piece::Note(text) => format!("({text})"),
        Piece::Break => " / ".to_owned(),
    };
    pieces.iter().map(piece).collect::<String>().replace('\u{a0}', " ")
}

/// Says what a change of the full record shows: label and tags, then each pair.
#[track_caller]
fn check(change: impl FnOnce(&mut ItemRecord), expected: &[&str]) {
    let standards = standards();
    let mut record = full_record();
    let old = edition(record.clone());
    change(&mut record);
    let comparison = Comparison::of(&old, &edition(record), standards.get("wushan").unwrap());
    let mut told = Vec::new();
    for it in &comparison.changed {
        let tags: Vec<&str> = it.tags.iter().map(|(_, tag)| tag.as_str()).collect();
        told.push(format!("{}：{}", it.label, tags.join("，")).replace('\u{a0}', " "));
        let pairs = it.pairs.iter();
        told.extend(pairs.map(|it| format!("{} → {}", side(&it.before), side(&it.after))));
    }
    assert_eq!(told, expected);
}

fn materials(record: &mut ItemRecord, change: impl FnOnce(&mut Vec<Row>)) {
    let Some(Value::Rows(mut rows)) = record.content.remove(keys::MATERIALS) else { panic!() };
    change(&mut rows);
    record.content.put(keys::MATERIALS, Value::Rows(rows));
}

#[test]
fn a_value_is_shown_whole_and_a_text_by_words() {
    check(|_| {}, &[]);
    let promised = Value::Limit(Limit::working_days(15));
    check(
        |it| it.content.put(keys::PROMISED_LIMIT, promised),
        &["承诺时限：修改", "[-20 个工作日-] → [+15 个工作日+]"],
    );
    let conditions = Value::Text("1.有 30 个以上的个人会员\n2.有固定的住所".into());
    check(
        |it| it.content.put(keys::CONDITIONS, conditions),
        &[
            "受理条件：修改",
            "1.有 [-50-] 个以上的个人会员\n2.有固定的住所 → 1.有 [+30+] 个以上的个人会员\n2.有固定的住所",
        ],
    );
}

#[test]
fn what_was_not_there_and_what_is_no_more_are_called_so() {
    check(
        |it| {
            it.content.remove(keys::PREREQUISITE);
            it.content.put("z.unknown", Value::Text("别的".into()));
        },
        &[
            "先办事项：删去",
            "[-取得业务主管单位的批准文件-] → (（没有填）)",
            "z.unknown：新增",
            "(（没有填）) → [+别的+]",
        ],
    );
}

#[test]
fn rows_are_added_changed_moved_and_taken_away() {
    check(
        |it| {
            materials(it, |rows| {
                rows.swap(0, 2);
                rows[2].fields.insert("originals".into(), Value::Number(2));
                rows.remove(1);
                let fields = [("name".to_owned(), Value::Text("章程草案".into()))];
                rows.push(Row { id: "r9".into(), fields: fields.into() });
            });
        },
        &[
            "申请材料：新增 1 行，修改 1 行，移动 1 行，删去 1 行",
            "第 3 行　身份证明 → 第 1 行　身份证明　(↑ 上移 2 行)",
            "(登记申请书) / (原件份数　)[-1-] → (登记申请书) / (原件份数　)[+2+]",
            "(（没有这一行）) → [+章程草案+]",
            "[-场所使用权证明；必要性 非必要；何时需要 租用场所的；复印件份数 2-] → (（没有这一行）)",
        ],
    );
}

#[test]
fn what_identifies_an_item_is_compared_too() {
    check(
        |it| it.body.name = "武山县社会事务局".into(),
        &["实施主体：修改", "[-武山县民政局-] → [+武山县社会事务局+]"],
    );
    check(
        |it| it.parent = Some("上级编码".into()),
        &["上级事项：新增", "(（没有填）) → [+上级编码+]"],
    );
}

#[test]
fn all_that_is_written_is_told_once() {
    let standards = standards();
    let mut record = full_record();
    record.content.put("z.unknown", Value::Text("别的".into()));
    let edition = edition(record);
    let chapters = chapters(&edition, standards.get("wushan").unwrap());
    let mut told: Vec<&str> =
        chapters.iter().flat_map(|it| &it.told).map(|it| it.key.as_str()).collect();
    told.retain(|key| !key.is_empty());
    told.sort_unstable();
    let written: Vec<&str> = edition.record.content.iter().map(|(key, _)| key).collect();
    assert_eq!(told, written);
    assert_eq!(chapters.last().unwrap().title, "现行规范里没有的");
}

//! Delimited text, its encodings, and rows that are too large or broken.

use encoding_rs::GB18030;

use super::{outline, read, sample};
use crate::read::SourceKind;

const TABLE: &str = "事项名称,事项类型,备注\n低保,行政给付,甲\n婚姻登记,行政确认,乙\n";

fn check(name: &str, text: impl AsRef<[u8]>, expected: &[&str]) {
    assert_eq!(outline(&read(name, text).1), expected, "{name}");
}

fn utf16(text: &str, little: bool) -> Vec<u8> {
    let bytes = |unit: u16| if little { unit.to_le_bytes() } else { unit.to_be_bytes() };
    std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(bytes).collect()
}

#[test]
fn every_encoding_gives_the_same_rows() {
    let expected = [
        "第 2 行: 事项名称=低保 | 事项类型=行政给付 | 备注=甲",
        "第 3 行: 事项名称=婚姻登记 | 事项类型=行政确认 | 备注=乙",
    ];
    let with_bom = [b"\xef\xbb\xbf", TABLE.as_bytes()].concat();
    let tabs = TABLE.replace(',', "\t");
    for (bytes, encoding) in [
        (TABLE.as_bytes().to_vec(), "UTF-8"),
        (with_bom, "UTF-8"),
        (utf16(TABLE, true), "UTF-16"),
        (utf16(&tabs, false), "UTF-16"),
        (GB18030.encode(TABLE).0.into_owned(), "GB18030"),
        (GB18030.encode(&TABLE.replace(',', ";")).0.into_owned(), "GB18030"),
        (TABLE.replace('\n', "\r\n").into_bytes(), "UTF-8"),
        (TABLE.replace('\n', "\r").into_bytes(), "UTF-8"),
        (tabs.into_bytes(), "UTF-8"),
    ] {
        let (source, rows) = read("事项.csv", bytes);
        assert_eq!((source.kind, source.encoding), (SourceKind::Csv, Some(encoding)));
        assert_eq!(source.headers, ["事项名称", "事项类型", "备注"]);
        assert_eq!(outline(&rows), expected);
        assert_eq!(rows.iter().map(|row| row.number).collect::<Vec<_>>(), [1, 2]);
    }
}

#[test]
fn wrong_bytes_spoil_their_row_only() {
    let mut bytes = GB18030.encode(TABLE).0.into_owned();
    bytes.extend_from_slice(b"\xb5\xcd\xff\xff,x\n");
    bytes.extend_from_slice(&GB18030.encode("收养登记,行政确认,丙\n").0);
    let rows = outline(&read("事项.csv", bytes).1);
    assert_eq!(rows.len(), 4);
    assert!(rows[2].starts_with("第 4 行! 第 1 列有不是 GB18030 编码的字节；"), "{}", rows[2]);
    assert_eq!(rows[3], "第 5 行: 事项名称=收养登记 | 事项类型=行政确认 | 备注=丙");
}

#[test]
fn wrong_bytes_far_down_a_utf8_file_spoil_their_row_only() {
    let mut bytes = b"\xe4\xba\x8b\xe9\xa1\xb9\xe5\x90\x8d\xe7\xa7\xb0,remark\n".to_vec();
    let line = format!("低保,{}\n", "文".repeat(300));
    for _ in 0..3000 {
        bytes.extend_from_slice(line.as_bytes());
    }
    bytes.extend_from_slice(b"\xb5\xcd\xb1\xa3,x\n");
    bytes.extend_from_slice("收养登记,x\n".as_bytes());
    let (source, rows) = read("事项.csv", bytes);
    assert_eq!((source.encoding, rows.len()), (Some("UTF-8"), 3002));
    assert!(outline(&rows[3000..3001])[0].starts_with("第 3002 行! 第 1 列有不是 UTF-8"));
    assert_eq!(outline(&rows[3001..]), ["第 3003 行: 事项名称=收养登记 | remark=x"]);
}

#[test]
fn quoted_cells_hold_line_breaks_and_quotes() {
    check(
        "事项.csv",
        "事项名称,设定依据\n低保,\"《办法》\r\n第三条\"\n 婚姻登记 , \"称\"\"甲\"\"\" \n",
        &[
            "第 2 行: 事项名称=低保 | 设定依据=《办法》⏎第三条",
            "第 3 行: 事项名称=婚姻登记 | 设定依据=称\"甲\"",
        ],
    );
}

#[test]
fn title_lines_totals_blank_lines_and_repeated_headers_are_no_rows() {
    check(
        "目录.csv",
        "武山县民政局政务服务事项内容目录,,\n共 2 项：其中行政给付 2 项,,\n\n\
         序号,事 项 名 称,部门\n1,低保,\n,,\n序号,事项名称,部门\n2,特困供养,县残联\n合计,,\n",
        &[
            "第 5 行: 序号=1 | 事项名称=低保 | 部门= | 实施主体=武山县民政局",
            "第 8 行: 序号=2 | 事项名称=特困供养 | 部门=县残联 | 实施主体=武山县民政局",
        ],
    );
}

#[test]
fn a_header_of_two_lines_is_one_header() {
    check(
        "事项.csv",
        "事项名称,时限,,备注\n,法定时限,承诺时限,\n低保,60,30,\n",
        &["第 3 行: 事项名称=低保 | 法定时限=60 | 承诺时限=30 | 备注="],
    );
}

#[test]
fn a_row_with_more_cells_than_the_header_is_told() {
    let rows = outline(&read("事项.csv", "事项名称,备注\n低保,甲,乙\n低保,,,\n低保\n").1);
    assert!(rows[0].starts_with("第 2 行! 这一行有 3 格，表头只有 2 列"), "{}", rows[0]);
    assert_eq!(rows[1..], ["第 3 行: 事项名称=低保 | 备注=", "第 4 行: 事项名称=低保"]);
}

#[test]
fn a_quote_without_partner_costs_its_own_line() {
    let rows = outline(&read("事项.csv", "事项名称,备注\n低保,\"甲\n婚姻登记,乙\n收养,丙\n").1);
    assert!(rows[0].starts_with("第 2 行! 这一行有一个引号没有配对"), "{}", rows[0]);
    assert_eq!(
        rows[1..],
        ["第 3 行: 事项名称=婚姻登记 | 备注=乙", "第 4 行: 事项名称=收养 | 备注=丙"]
    );

    let rows = outline(&read("事项.csv", "事项名称,备注\n低保,\"甲\n婚姻,\"乙\"\n收养,丙\n").1);
    assert_eq!(rows.len(), 3, "{rows:?}");
    assert_eq!(rows[1..], ["第 3 行: 事项名称=婚姻 | 备注=乙", "第 4 行: 事项名称=收养 | 备注=丙"]);
}

#[test]
fn a_row_of_ten_megabytes_is_told_and_the_next_one_read() {
    let (half, long) = ("长".repeat(1_750_000), "长".repeat(3_500_000));
    for row in [format!("低保,{long}"), format!("低保,\"{half}\n{half}\"")] {
        let rows = outline(&read("事项.csv", format!("事项名称,备注\n{row}\n收养,乙\n")).1);
        assert_eq!(rows.len(), 2);
        assert!(rows[0].starts_with("第 2 行! 这一行超过 1 MB，没有读"), "{}", rows[0]);
        assert_eq!(rows[1], "第 3 行: 事项名称=收养 | 备注=乙");
    }
    let lines = format!("{{\"事项名称\":\"{long}\"}}\n{{\"事项名称\":\"收养\"}}\n");
    let rows = outline(&read("事项.jsonl", lines).1);
    assert!(rows[0].starts_with("第 1 行! 这一行超过 1 MB，没有读"), "{}", rows[0]);
    assert_eq!(rows[1..], ["第 2 行: 事项名称=收养"]);
}

#[test]
fn a_county_catalogue_is_read() {
    let options = super::ReadOptions::new(
        super::STANDARDS.get("sichuan").unwrap(),
        &domain::intake::Mapping::default(),
    );
    let (source, rows) = super::read_with("items.csv", &sample("qianfeng.csv"), &options).unwrap();
    assert_eq!(source.headers.len(), 8);
    assert_eq!(rows.len(), 4);
    let first = outline(&rows[..1]).remove(0);
    assert!(
        first.starts_with("第 2 行: department=区经信局 | main_item=未分类 | name=企业投资"),
        "{first}"
    );
}

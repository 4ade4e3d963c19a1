//! Whatever the bytes, a file is read or refused; nothing panics, no row is lost.

use proptest::prelude::*;

use super::{options, outline, read_with, sample};
use crate::read::records::{Record, Records};

const NAMES: [&str; 6] = ["a.csv", "a.jsonl", "a.json", "a.xlsx", "a.xls", "a.docx"];
/// What begins a file of each kind, so that bytes reach its reader.
const BEGINNINGS: [&[u8]; 7] = [
    b"",
    "事项名称,备注\n".as_bytes(),
    b"\xff\xfe",
    "{\"事项名称\":\"低保\"}\n".as_bytes(),
    b"[{\"name\":",
    b"PK\x03\x04",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
];

fn survives(name: &str, bytes: &[u8]) {
    if let Err(err) = read_with(name, bytes, &options()) {
        assert!(!err.to_string().is_empty());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_bytes_never_panic(
        bytes in proptest::collection::vec(any::<u8>(), 0..600),
        name in proptest::sample::select(&NAMES[..]),
        beginning in proptest::sample::select(&BEGINNINGS[..]),
    ) {
        survives(name, &[beginning, &bytes].concat());
    }

    #[test]
    fn a_damaged_file_never_panics(
        file in proptest::sample::select(&["list.xls", "list.ods", "guangdong.jsonl", "guangxi.json"][..]),
        cut in 0.0..1.0_f64,
        damage in proptest::collection::vec((0.0..1.0_f64, any::<u8>()), 0..4),
    ) {
        let mut bytes = sample(file);
        for (at, byte) in damage {
            let at = (at * bytes.len() as f64) as usize;
            bytes[at] = byte;
        }
        survives(file, &bytes);
        bytes.truncate((cut * bytes.len() as f64) as usize);
        survives(file, &bytes);
    }

    /// What a well-known writer writes is read back as it was.
    #[test]
    fn records_are_read_as_the_csv_crate_writes_them(
        rows in proptest::collection::vec(proptest::collection::vec("[a,\"\n 中;]{0,6}", 2..5), 1..6)
    ) {
        let mut writer = csv::WriterBuilder::new().flexible(true).quote_style(csv::QuoteStyle::Always).from_writer(Vec::new());
        for row in &rows {
            writer.write_record(row).unwrap();
        }
        let bytes = writer.into_inner().unwrap();
        let read: Vec<Vec<String>> = Records::new(bytes.as_slice(), b',', 1 << 20)
            .map(|record| match record.unwrap() {
                Record::Fields(fields) => {
                    fields.into_iter().map(|it| String::from_utf8(it).unwrap()).collect()
                }
                other => panic!("{other:?}"),
            })
            .collect();
        prop_assert_eq!(read, rows);
    }

    /// Each line that is not blank is a row, whatever quotes are left open.
    #[test]
    fn no_line_is_lost_to_an_open_quote(lines in proptest::collection::vec("[甲乙][甲\" ]{0,5}", 1..8)) {
        let text = format!("事项名称\n{}\n", lines.join("\n"));
        let rows = outline(&read_with("a.csv", text.as_bytes(), &options()).unwrap().1);
        prop_assert_eq!(rows.len(), lines.len());
    }
}

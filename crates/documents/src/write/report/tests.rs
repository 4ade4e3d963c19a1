use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use domain::intake::{Cell, CellValue, RawData, RawRow, Trace};

use super::{OTHER, PLACE, REASON, RESULT, Report, ReportSummary};
use crate::write::{Written, samples};

fn cell(header: &str, text: &str) -> Cell {
    Cell { header: header.into(), value: CellValue::Text(text.into()) }
}

fn row(number: u64, data: RawData) -> RawRow {
    RawRow { number, place: format!("第 {} 行", number + 1), data, trace: Trace::default() }
}

fn summary() -> ReportSummary {
    ReportSummary {
        source: "民政局.csv".into(),
        standard: "武山县".into(),
        counts: vec![("读入".into(), 4), ("退回".into(), 1)],
        unknown_columns: vec!["领导批示".into()],
        new_bodies: vec!["武山县民政局（MZ）".into()],
        remarks: Vec::new(),
    }
}

fn report(headers: &[&str], rows: &[(RawRow, &str, &str)]) -> (Vec<u8>, Written) {
    let headers: Vec<String> = headers.iter().map(|it| (*it).to_owned()).collect();
    let mut report = Report::new(Cursor::new(Vec::new()), &headers).unwrap();
    for (row, outcome, reason) in rows {
        report.row(row, outcome, reason).unwrap();
    }
    let (out, written) = report.finish(&summary()).unwrap();
    (out.into_inner(), written)
}

fn sheets(bytes: &[u8]) -> Vec<(String, Vec<Vec<String>>)> {
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
    let text = |cell: &Data| cell.to_string();
    let names = workbook.sheet_names();
    let sheet = |name: String| {
        let range = workbook.worksheet_range(&name).unwrap();
        (name, range.rows().map(|row| row.iter().map(text).collect()).collect())
    };
    names.into_iter().map(sheet).collect()
}

fn sample() -> Vec<(RawRow, &'static str, &'static str)> {
    let good = RawData::Cells(vec![
        cell("事项名称", "甲"),
        cell("类型", "行政许可"),
        cell("领导批示", "同意"),
    ]);
    let table = vec![vec![
        ("材料名称".to_owned(), "申请书".to_owned()),
        ("份数".to_owned(), "1".to_owned()),
    ]];
    let listed = RawData::Cells(vec![
        cell("事项名称", "乙"),
        Cell {
            header: "主题".into(), value: CellValue::List(vec!["婚姻".into(), "养老".into()])
        },
        Cell { header: "申请材料".into(), value: CellValue::Table(table) },
    ]);
    let record = RawData::Record(Box::new(samples::bare("BM", "1", "丙（示例）")));
    vec![
        (row(1, good), "导入", ""),
        (
            row(2, listed),
            "有问题",
            "承诺时限“快办”读不懂，已按原样保留。改为时限，如 20个工作日、即办",
        ),
        (row(3, RawData::Broken("引号没有配对".into())), "退回", "引号没有配对"),
        (row(4, record), "未变", ""),
    ]
}

#[test]
fn a_report_begins_with_what_became_of_the_whole() {
    let (bytes, written) = report(&["事项名称"], &sample());
    assert_eq!(written, Written { rows: 4, cut_cells: 0 });
    let sheets = sheets(&bytes);
    let names: Vec<&str> = sheets.iter().map(|it| it.0.as_str()).collect();
    assert_eq!(names, ["汇总", "明细"]);
    let expected = [
        ["项目", "内容"],
        ["文件", "民政局.csv"],
        ["规范", "武山县"],
        ["读入", "4"],
        ["退回", "1"],
        [
            "没有认出的列",
            "领导批示：没有导入。要导入的，在映射文件的 [columns] 里写明它指向哪个要素",
        ],
        ["新增的实施主体", "武山县民政局（MZ）"],
    ];
    assert_eq!(sheets[0].1, expected);
}

#[test]
fn a_report_repeats_each_row_under_its_headers() {
    let (bytes, _) = report(&["事项名称", "类型", "类型"], &sample());
    let rows = &sheets(&bytes)[1].1;
    let check = |at: usize, expected: [&str; 7]| assert_eq!(rows[at], expected);
    check(0, ["导入结果", "原因", "位置", "事项名称", "类型", "类型", "其他"]);
    check(1, ["导入", "", "第 2 行", "甲", "行政许可", "", "领导批示：同意"]);
    let reason = "承诺时限“快办”读不懂，已按原样保留。改为时限，如 20个工作日、即办";
    let others = "主题：婚姻、养老\n申请材料：材料名称：申请书；份数：1";
    check(2, ["有问题", reason, "第 3 行", "乙", "", "", others]);
    check(3, ["退回", "引号没有配对", "第 4 行", "", "", "", ""]);
    assert_eq!(rows[4][3], "丙（示例）");
    assert!(rows[4][6].contains(r#"原行：{"standard":"wushan""#), "{}", rows[4][6]);
}

#[test]
fn a_report_imported_again_takes_in_none_of_its_own_columns() {
    let standards = samples::standards();
    for standard in standards.iter() {
        for header in [RESULT, REASON, PLACE, OTHER] {
            assert_eq!(standard.header(header).flatten(), None, "{header} 在 {}", standard.id);
        }
    }
}

#[test]
fn cells_under_the_same_header_keep_their_order() {
    let data = RawData::Cells(vec![cell("类型", "一"), cell("类型", "二"), cell("类型", "三")]);
    let (bytes, _) = report(&["类型", "类型"], &[(row(1, data), "导入", "")]);
    assert_eq!(sheets(&bytes)[1].1[1], ["导入", "", "第 2 行", "一", "二", "类型：三"]);
}

#[test]
fn a_report_written_twice_is_the_same_file() {
    assert_eq!(report(&["事项名称"], &sample()), report(&["事项名称"], &sample()));
}

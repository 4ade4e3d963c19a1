use calamine::{Data, ExcelDateTime, ExcelDateTimeType};
use rust_xlsxwriter::{ExcelDateTime as Day, Format, Workbook};

use super::cell;
use crate::read::{
    SourceKind,
    tests::{options, outline, read, read_with, refusal, sample},
};

fn book(fill: impl FnOnce(&mut Workbook)) -> Vec<u8> {
    let mut workbook = Workbook::new();
    fill(&mut workbook);
    workbook.save_to_buffer().unwrap()
}

#[test]
fn old_excel_and_opendocument_give_the_same_rows() {
    let expected = |sheet: &str| {
        [
            format!(
                "{sheet} 第 4 行: 序号=1 | 事项编码=62052400MZ-XK-0001 | 事项名称=社会团体成立登记（示例） | 事项类型=行政许可 | 承诺时限（工作日）=20 | 生效日期=2026-03-02 | 实施主体=武山县民政局"
            ),
            format!(
                "{sheet} 第 5 行: 序号=2 | 事项编码=62052400MZ-BM-0001 | 事项名称=最低生活保障咨询（示例） | 事项类型=便民服务事项 | 承诺时限（工作日）=0.5 | 生效日期=2026-03-02 | 实施主体=武山县民政局"
            ),
            format!(
                "{sheet} 第 7 行: 序号=3 | 事项编码=62052400MZ-BM-0002 | 事项名称=老年人优待证⏎办理（示例） | 事项类型=便民服务事项 | 承诺时限（工作日）=3 | 生效日期=2026-03-02 | 实施主体=武山县民政局"
            ),
        ]
    };
    for (name, kind) in [("list.xls", SourceKind::Xls), ("list.ods", SourceKind::Ods)] {
        let (source, rows) = read("a.csv", sample(name));
        assert_eq!((source.kind, source.tables), (kind, vec!["list".to_owned()]));
        assert_eq!(outline(&rows), expected("list"));
    }
}

#[test]
fn every_sheet_with_a_header_is_read_and_the_others_are_told() {
    let bytes = book(|book| {
        let date = Format::new().set_num_format("yyyy-mm-dd");
        let sheet = book.add_worksheet().set_name("目录").unwrap();
        sheet.merge_range(0, 0, 0, 3, "武山县民政局政务服务事项内容目录", &Format::new()).unwrap();
        sheet.write_row(2, 1, ["事项名称", "承诺时限", "生效日期", "网办"]).unwrap();
        sheet.merge_range(3, 1, 4, 1, "低保", &Format::new()).unwrap();
        sheet.write(3, 2, 20.0).unwrap();
        sheet.write_with_format(3, 3, Day::from_ymd(2026, 3, 2).unwrap(), &date).unwrap();
        sheet.write(3, 4, true).unwrap();
        sheet.write(4, 2, 0.1 + 0.2).unwrap();
        sheet.write(4, 6, "旁注").unwrap();
        let second = book.add_worksheet().set_name("续").unwrap();
        second.write_row(0, 0, ["名称", "备注"]).unwrap();
        second.write_row(1, 0, ["收养", "乙"]).unwrap();
        book.add_worksheet().set_name("填表说明").unwrap().write(0, 0, "请逐项填写").unwrap();
        book.add_worksheet()
            .set_name("代码")
            .unwrap()
            .set_hidden(true)
            .write(0, 0, "名称")
            .unwrap();
        book.add_worksheet();
    });
    let (source, rows) = read("a.xlsx", bytes);
    assert_eq!(source.tables, ["目录", "续"]);
    assert_eq!(
        source.notes,
        ["工作表“代码”是隐藏的，没有读", "工作表“填表说明”没有认得的表头，没有读"]
    );
    assert_eq!(
        outline(&rows),
        [
            "目录 第 4 行: 事项名称=低保 | 承诺时限=20 | 生效日期=2026-03-02 | 网办=是 | 实施主体=武山县民政局",
            "目录 第 5 行: 事项名称= | 承诺时限=0.3 | 生效日期= | 第 7 列=旁注 | 实施主体=武山县民政局",
            "续 第 2 行: 名称=收养 | 备注=乙",
        ]
    );
    assert_eq!(rows[2].number, 3);
}

#[test]
fn a_code_that_the_spreadsheet_cut_is_told() {
    let bytes = book(|book| {
        let sheet = book.add_worksheet();
        sheet.write_row(0, 0, ["事项名称", "事项编码", "某数"]).unwrap();
        sheet.write(1, 0, "低保").unwrap();
        sheet.write(1, 1, 1.144e30).unwrap();
        sheet.write(2, 0, "收养").unwrap();
        sheet.write(2, 2, 1.144e30).unwrap();
    });
    let rows = outline(&read("a.xlsx", bytes).1);
    assert!(
        rows[0].starts_with("Sheet1 第 2 行! “事项编码”的数字 1.144e30 位数太多"),
        "{}",
        rows[0]
    );
    assert_eq!(rows[1], "Sheet1 第 3 行: 事项名称=收养 | 事项编码= | 某数=1.144e30");
}

#[test]
fn a_workbook_without_a_name_column_is_refused() {
    let bytes = book(|book| {
        book.add_worksheet().write(0, 0, "填表说明").unwrap();
        let sheet = book.add_worksheet().set_name("目录").unwrap();
        sheet.write_row(0, 0, ["事项编码", "事项类型", "甲"]).unwrap();
    });
    let refusal = refusal("a.xlsx", bytes);
    assert!(
        refusal
            .starts_with("工作表“目录”缺少“事项名称”一列，现有的表头是：事项编码、事项类型、甲；"),
        "{refusal}"
    );
}

#[test]
fn one_far_cell_does_not_fill_the_memory() {
    let bytes = book(|book| {
        let sheet = book.add_worksheet();
        sheet.write_row(0, 0, ["事项名称", "备注"]).unwrap();
        sheet.write(1, 0, "低保").unwrap();
        sheet.write(1_048_575, 16_383, "远").unwrap();
    });
    let (_, rows) = read("a.xlsx", bytes);
    assert_eq!(outline(&rows)[1], "Sheet1 第 1048576 行: 事项名称= | 备注= | 第 16384 列=远");
}

#[test]
fn a_workbook_of_too_many_cells_is_refused() {
    let bytes = book(|book| {
        let sheet = book.add_worksheet();
        sheet.write_row(0, 0, ["事项名称", "备注"]).unwrap();
        for row in 1..100 {
            sheet.write(row, 0, "同一段很长的话".repeat(400)).unwrap();
        }
    });
    let mut options = options();
    options.limits.cells = 500;
    let err = read_with("a.xlsx", &bytes, &options).err().unwrap().to_string();
    assert!(err.starts_with("文件里的单元格展开后超过"), "{err}");
    assert!(read_with("a.xlsx", &bytes, &super::super::tests::options()).is_ok());
}

#[test]
fn repeated_cells_of_an_ods_are_counted_before_they_are_laid_out() {
    let check = |rows: &str, refused: bool| {
        let xml = format!("<table:table>{rows}</table:table>");
        assert_eq!(super::check_repeats(xml.as_bytes(), &options()).is_err(), refused, "{rows}");
    };
    let cell =
        r#"<table:table-cell office:value-type="float" table:number-columns-repeated="16000"/>"#;
    let far = r#"<table:table-row table:number-rows-repeated="1048576"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>"#;
    check(far, false);
    check(&format!("<table:table-row>{cell}</table:table-row>"), false);
    check(
        &format!(r#"<table:table-row table:number-rows-repeated="1000">{cell}</table:table-row>"#),
        true,
    );
    check(
        &format!(
            "<table:table-row>{cell}</table:table-row>{far}<table:table-row>{cell}</table:table-row>"
        ),
        true,
    );
}

#[test]
fn cells_read_as_a_person_sees_them() {
    let check = |data: Data, expected: &str| assert_eq!(cell::text(&data).text, expected);
    let at = |value, kind| Data::DateTime(ExcelDateTime::new(value, kind, false));
    check(Data::Float(20.0), "20");
    check(Data::Float(-0.5), "-0.5");
    check(Data::Float(123_456_789_012_345.0), "123456789012345");
    check(Data::Int(7), "7");
    check(at(46083.0, ExcelDateTimeType::DateTime), "2026-03-02");
    check(at(46083.375, ExcelDateTimeType::DateTime), "2026-03-02 09:00");
    check(at(0.375, ExcelDateTimeType::DateTime), "09:00");
    check(at(1.5, ExcelDateTimeType::TimeDelta), "36:00");
    check(Data::DateTimeIso("2026-03-02T00:00:00".into()), "2026-03-02");
    check(Data::DateTimeIso("2026-03-02T09:30:00".into()), "2026-03-02 09:30");
    check(Data::DateTimeIso("2026-03-02".into()), "2026-03-02");
    check(Data::DurationIso("PT09H30M00S".into()), "09:30");
    check(Data::Bool(false), "否");
}

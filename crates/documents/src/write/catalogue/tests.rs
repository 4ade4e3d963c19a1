use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use domain::{
    content::{Value, keys},
    intake::{Cell, CellValue, Defaults, Intake, Mapping, RawData, RawRow, Trace},
    item::ItemRecord,
    standard::{Place, Standard, Standards},
};

use super::{CatalogueCsv, CatalogueXlsx, catalogue_csv, columns::Columns};
use crate::write::{Written, outline, samples};

fn all(standards: &Standards) -> Vec<&Standard> {
    standards.iter().collect()
}

fn items() -> Vec<ItemRecord> {
    vec![samples::registration(), samples::bare("DL", "62052400GS-DL-0003", "年报代办（示例）")]
}

fn csv(items: &[ItemRecord]) -> Vec<u8> {
    let standards = samples::standards();
    let standard = samples::wushan(&standards);
    catalogue_csv(Vec::new(), &[standard], items.iter().map(|item| (item, standard))).unwrap()
}

fn xlsx(items: &[ItemRecord]) -> (Vec<u8>, Written) {
    let standards = samples::standards();
    let standard = samples::wushan(&standards);
    let mut catalogue = CatalogueXlsx::new(Cursor::new(Vec::new()), &[standard]).unwrap();
    for item in items {
        catalogue.item(item, standard).unwrap();
    }
    let (out, written) = catalogue.finish().unwrap();
    (out.into_inner(), written)
}

/// Returns the sheet as rows of text.
fn sheet(bytes: &[u8]) -> Vec<Vec<Data>> {
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
    let range = workbook.worksheet_range("目录").unwrap();
    range.rows().map(<[Data]>::to_vec).collect()
}

/// Returns the cells of the CSV under their headers, as a reader of ours hands them on.
fn raw_rows(bytes: &[u8]) -> Vec<RawRow> {
    let text = std::str::from_utf8(bytes).unwrap().strip_prefix('\u{feff}').unwrap();
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let headers: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    let row = |(at, record): (usize, Result<csv::StringRecord, csv::Error>)| {
        let record = record.unwrap();
        let cell = |(header, text): (&String, &str)| Cell {
            header: header.clone(),
            value: CellValue::Text(text.trim().to_owned()),
        };
        let cells = headers.iter().zip(record.iter()).map(cell).collect();
        RawRow {
            number: at as u64 + 1,
            place: format!("第 {} 行", at + 2),
            data: RawData::Cells(cells),
            trace: Trace::default(),
        }
    };
    reader.records().enumerate().map(row).collect()
}

fn read_back(bytes: &[u8]) -> Vec<ItemRecord> {
    let standards = samples::standards();
    let (mapping, defaults) = (Mapping::default(), Defaults::default());
    let standard = samples::wushan(&standards);
    let intake = Intake { standard, mapping: &mapping, defaults: &defaults };
    raw_rows(bytes).into_iter().map(|row| intake.read(row).unwrap().record).collect()
}

#[test]
fn every_header_is_known_to_every_standard_that_has_the_element() {
    let standards = samples::standards();
    for standard in all(&standards) {
        for column in Columns::of(&[standard]).iter() {
            let place = standard.header(&column.label);
            assert_eq!(place, Some(Some(&column.place)), "{} 在 {}", column.label, standard.id);
        }
    }
}

#[test]
fn columns_of_several_standards_are_the_union_of_their_public_elements() {
    let standards = samples::standards();
    let columns = Columns::of(&all(&standards));
    let labels: Vec<&str> = columns.iter().map(|it| it.label.as_str()).collect();
    assert_eq!(labels[..4], ["事项编码", "事项名称", "事项类型", "实施主体"]);
    for element in all(&standards).iter().flat_map(|it| it.elements()) {
        let n = columns.iter().filter(|it| it.place.to_string() == element.key).count();
        assert_eq!(n, usize::from(element.public), "{}", element.key);
    }
    let mut unique = labels.clone();
    unique.sort_unstable();
    unique.dedup();
    assert_eq!(unique.len(), labels.len());
}

#[test]
fn csv_opens_in_excel_and_is_rfc_4180() {
    let bytes = csv(&items());
    let text = std::str::from_utf8(&bytes).unwrap();
    assert!(text.starts_with("\u{feff}事项编码,事项名称,事项类型,实施主体,"), "{text}");
    assert!(
        text.contains("\r\n62052400MZ-XK-0001,社会团体成立登记（示例）,行政许可,武山县民政局,"),
        "{text}"
    );
    assert!(text.contains(
        ",\"有规范的名称和相应的组织机构。\n有固定的住所。\n有合法的资产和经费来源。\","
    ));
    assert_eq!(text.matches("\r\n").count(), 3);
}

#[test]
fn csv_read_back_is_what_was_written() {
    let back = read_back(&csv(&items()));
    let item = &items()[0];
    assert_eq!(back[0].code, item.code);
    assert_eq!((&back[0].kind, &back[0].body, back[0].position), (&item.kind, &item.body, Some(1)));
    for key in [
        keys::NAME,
        keys::OBJECTS,
        keys::CONDITIONS,
        keys::STATUTORY_LIMIT,
        keys::CHARGED,
        keys::BASIS,
    ] {
        assert_eq!(back[0].content.get(key), item.content.get(key), "{key}");
    }
}

#[test]
fn a_cell_that_begins_like_a_formula_is_text_and_reads_back_as_it_was() {
    for text in ["=1+1", "+86 938 0000000", "-x", "@SUM(A1)", "＝A1", "=HYPERLINK(\"x\",\"y\")"] {
        let mut item = samples::bare("BM", "1", text);
        item.content.put(keys::REMARKS, Value::Text(format!("{text}\n第二行")));
        let bytes = csv(std::slice::from_ref(&item));
        for row in raw_text(&bytes) {
            let begins = |cell: &String| cell.starts_with(['=', '+', '-', '@', '＝']);
            assert!(!row.iter().any(begins), "{row:?}");
        }
        let back = &read_back(&bytes)[0];
        assert_eq!(back.content, item.content);
    }
}

/// Returns the cells of the CSV as another program sees them.
fn raw_text(bytes: &[u8]) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(bytes);
    reader.records().map(|it| it.unwrap().iter().map(str::to_owned).collect()).collect()
}

#[test]
fn a_workbook_has_text_as_text_and_numbers_as_numbers() {
    let (bytes, written) = xlsx(&items());
    assert_eq!(written, Written { rows: 2, cut_cells: 0 });
    let rows = sheet(&bytes);
    let at = |label: &str| rows[0].iter().position(|it| *it == Data::String(label.into())).unwrap();
    assert_eq!(rows[1][0], Data::String("62052400MZ-XK-0001".into()));
    assert_eq!(rows[1][at("区划代码")], Data::String("620524".into()));
    assert_eq!(rows[1][at("排序")], Data::Float(1.0));
    assert_eq!(rows[1][at("到办事现场次数")], Data::Float(1.0));
    assert_eq!(rows[1][at("承诺时限")], Data::String("20个工作日".into()));
    assert_eq!(rows[2][at("承诺时限")], Data::Empty);
}

#[test]
fn a_workbook_keeps_its_header_in_sight_and_can_be_filtered() {
    let (bytes, _) = xlsx(&items());
    let xml = outline::part(&bytes, "xl/worksheets/sheet1.xml");
    assert!(xml.contains(r#"<pane xSplit="2" ySplit="1" topLeftCell="C2" activePane="bottomRight" state="frozen"/>"#), "{xml}");
    assert!(xml.contains(r#"<autoFilter ref="A1:"#));
    assert!(xml.contains(r#"<col min="1" max="1" width="26" customWidth="1"/>"#));
}

#[test]
fn nothing_that_an_item_says_breaks_a_workbook() {
    let mut item = samples::bare("BM", "1", "=1+1<&>\u{0}_x000D_ _x0041 甲");
    item.content.put(keys::REMARKS, Value::Text("长".repeat(40_000)));
    let (bytes, written) = xlsx(&[item]);
    assert_eq!(written, Written { rows: 1, cut_cells: 1 });
    let rows = sheet(&bytes);
    assert_eq!(rows[1][1], Data::String("=1+1<&>□_x000D_ _x0041 甲".into()));
    let remarks = rows[1].iter().find_map(|it| match it {
        Data::String(text) if text.starts_with("长长") => Some(text),
        _ => None,
    });
    let remarks = remarks.unwrap();
    assert!(remarks.chars().count() < 32_767 && remarks.ends_with("全文见 items.jsonl）"));
}

#[test]
fn a_catalogue_written_twice_is_the_same_file() {
    assert_eq!(csv(&items()), csv(&items()));
    assert_eq!(xlsx(&items()).0, xlsx(&items()).0);
}

#[test]
fn an_officer_s_list_has_the_columns_that_were_chosen() {
    let standards = samples::standards();
    let standard = samples::wushan(&standards);
    let private = standard.elements().iter().find(|it| !it.public).unwrap();
    let mut item = samples::bare("DL", "62052400GS-DL-0003", "年报代办（示例）");
    item.content.put(&private.key, Value::Text("只给办理人员看".into()));
    let chosen = ["name", "item.code", "no.such_element", private.key.as_str(), "body.name"];
    let places: Vec<Place> = chosen.iter().map(|it| it.parse().unwrap()).collect();

    let mut list = CatalogueCsv::chosen(Vec::new(), &places, &[standard]).unwrap();
    list.item(&item, standard).unwrap();
    let text = String::from_utf8(list.finish().unwrap()).unwrap();
    let lines: Vec<&str> = text.trim_start_matches('\u{feff}').lines().collect();
    assert_eq!(lines[0], format!("事项名称,事项编码,{},实施主体", private.label));
    let body = &item.body.name;
    assert_eq!(lines[1], format!("年报代办（示例）,62052400GS-DL-0003,只给办理人员看,{body}"));

    let out = Cursor::new(Vec::new());
    let mut list = CatalogueXlsx::chosen(out, &places, &[standard]).unwrap();
    list.item(&item, standard).unwrap();
    let rows = sheet(&list.finish().unwrap().0.into_inner());
    let shown: Vec<String> = rows[1].iter().map(ToString::to_string).collect();
    assert_eq!(shown, lines[1].split(',').collect::<Vec<_>>());
}

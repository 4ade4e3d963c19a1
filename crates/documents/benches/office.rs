//! What `cargo xtask bench documents` measures, a part at a time, beside its rivals:
//! `office data N ROWS FOLDER` writes what the rivals are given, `office sheets N FOLDER`
//! draws as many 表二, `office catalogue ROWS FOLDER` and `office plain ROWS FOLDER` write a
//! workbook of ten columns, ours and that of plain `rust_xlsxwriter`, `office layout N` places
//! as many charts of sixty nodes. Each prints the seconds, the last those of the slowest chart.

#![expect(clippy::print_stdout, reason = "it is what a bench is for")]
#![expect(clippy::unwrap_used, reason = "a bench has nobody to tell but the one who runs it")]

use std::{
    fs::{self, File},
    io::BufWriter,
    path::Path,
    time::{Duration, Instant},
};

use documents::write::{CatalogueXlsx, form_docx};
use domain::{
    content::Row,
    flow::{Flow, drawing::Drawing},
    item::{ItemRecord, cell_text, form_text},
    standard::{Form, Place, Standard, Standards},
};
use rust_xlsxwriter::Workbook;

/// As in the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// The columns of the workbook.
const COLUMNS: [&str; 10] = [
    "item.code",
    "name",
    "item.kind",
    "body.name",
    "region.name",
    "service.objects",
    "limits.statutory",
    "limits.promised",
    "conditions",
    "contacts.consult",
];

/// The symbols of a large chart.
const NODES: usize = 60;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|it| it != "--bench").collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let standards = Standards::shipped().unwrap();
    let standard = standards.get("wushan").unwrap();
    match arguments[..] {
        ["data", n, rows, folder] => data(standard, number(n), number(rows), folder.as_ref()),
        ["sheets", n, folder] => sheets(standard, number(n), folder.as_ref()),
        ["catalogue", rows, folder] => catalogue(standard, number(rows), folder.as_ref()),
        ["plain", rows, folder] => plain(standard, number(rows), folder.as_ref()),
        ["layout", n] => layout(number(n)),
        _ => println!(
            "say: data N ROWS FOLDER, sheets N FOLDER, catalogue ROWS FOLDER, plain ROWS FOLDER, \
             layout N"
        ),
    }
}

fn number(text: &str) -> usize {
    text.parse().unwrap()
}

fn items(n: usize) -> impl Iterator<Item = ItemRecord> {
    (1..=n).map(|at| {
        let line = format!(
            r#"{{"standard":"wushan","region":"620524","body":{{"name":"武山县民政局","letters":"MZ"}},
            "code":"62052400MZ-XK-{at:04}","kind":"XK","content":{{"name":"社会团体成立登记（第 {at} 项）",
            "body.office":"社会组织管理股","service.objects":["6"],
            "basis":[{{"id":"r1","law":"社会团体登记管理条例","number":"国务院令第 250 号","clause":"第九条",
                "text":"申请成立社会团体，应当经其业务主管单位审查同意，由发起人向登记管理机关申请登记。"}}],
            "conditions":"有规范的名称和相应的组织机构。\n有固定的住所。\n有合法的资产和经费来源。",
            "materials":[
                {{"id":"r1","name":"社会团体成立登记申请书","form":["1"],"quantity":1,"source":["10"]}},
                {{"id":"r2","name":"业务主管单位的批准文件","form":["1"],"quantity":1,"source":["20"]}},
                {{"id":"r3","name":"章程草案","form":["1"],"quantity":2,"source":["10"]}}],
            "procedure":"申请人提交材料。\n窗口受理岗核对材料。\n审查岗审查。\n决定岗作出决定。",
            "limits.statutory":{{"limit":60,"unit":"day"}},"limits.promised":{{"limit":20,"unit":"working_day"}},
            "fees.charged":false,
            "windows":[{{"id":"r1","address":"武山县政务服务中心二楼","hours":"周一至周五 08:30—12:00"}}],
            "contacts.consult":"0938-0000000","contacts.complaint":"0938-0000001",
            "outcomes":[{{"id":"r1","name":"社会团体法人登记证书","validity":"五年"}}],
            "remarks":"按年度检查的要求办理。"}}}}"#
        );
        serde_json::from_str(&line).unwrap()
    })
}

fn form(standard: &Standard) -> &Form {
    standard.form("table2").unwrap()
}

fn places() -> Vec<Place> {
    COLUMNS.iter().map(|it| it.parse().unwrap()).collect()
}

/// Writes the sheets' labels and values, and the workbook's cells, as JSON.
fn data(standard: &Standard, n: usize, rows: usize, folder: &Path) {
    let form = form(standard);
    let sheet = |item: ItemRecord| -> Vec<(String, String)> {
        let cells = form.cells.iter();
        cells.map(|cell| (cell.label.clone(), form_text(&item, cell, standard))).collect()
    };
    let sheets: Vec<_> = items(n).map(sheet).collect();
    fs::write(folder.join("sheets.json"), serde_json::to_vec(&sheets).unwrap()).unwrap();
    let cells: Vec<Vec<String>> = cells(standard, rows).collect();
    fs::write(folder.join("rows.json"), serde_json::to_vec(&cells).unwrap()).unwrap();
}

fn cells(standard: &Standard, rows: usize) -> impl Iterator<Item = Vec<String>> {
    let places = places();
    items(rows)
        .map(move |item| places.iter().map(|place| cell_text(&item, place, standard)).collect())
}

fn sheets(standard: &Standard, n: usize, folder: &Path) {
    let items: Vec<ItemRecord> = items(n).collect();
    // Files are made, as a rival makes its own: to write over old ones waits for the disk.
    let folder = folder.join(format!("ours-{}", std::process::id()));
    fs::create_dir(&folder).unwrap();
    let start = Instant::now();
    for (at, item) in items.iter().enumerate() {
        let one = std::slice::from_ref(item);
        let bytes = form_docx(form(standard), standard, one, &item.body.name, "武山县");
        fs::write(folder.join(format!("{at}.docx")), bytes).unwrap();
    }
    println!("{:.4}", start.elapsed().as_secs_f64());
}

/// Places charts of sixty nodes: a condition after every third step, half of its other exits
/// back to a step before.
fn layout(n: usize) {
    let mut chance = fastrand::Rng::with_seed(20_261_126);
    let mut slowest = Duration::ZERO;
    for _ in 0..n {
        let flow = flow(&mut chance);
        assert_eq!(flow.nodes.len(), NODES);
        let start = Instant::now();
        std::hint::black_box(Drawing::of(&flow));
        slowest = slowest.max(start.elapsed());
    }
    println!("{:.5}", slowest.as_secs_f64());
}

fn flow(chance: &mut fastrand::Rng) -> Flow {
    // The start and the end are nodes too.
    let last = NODES - 2;
    let row = |at: usize| {
        let mut row = format!(r#"{{"id":"r{at}","name":"第{at}步，审查申请材料""#);
        if at.is_multiple_of(4) && at < last {
            let other = match chance.bool() {
                true => chance.usize(1..at),
                false => chance.usize(at + 1..=last),
            };
            let (on, other) = (at + 1, format!("第{other}步，审查申请材料"));
            row += &format!(
                r#","shape":["condition"],"next":"符合→第{on}步，审查申请材料；不符合→{other}""#
            );
        }
        serde_json::from_str(&(row + "}")).unwrap()
    };
    let rows: Vec<Row> = (1..=last).map(row).collect();
    Flow::of(&rows).unwrap()
}

fn catalogue(standard: &Standard, rows: usize, folder: &Path) {
    let items: Vec<ItemRecord> = items(rows).collect();
    let start = Instant::now();
    let out = BufWriter::new(File::create(folder.join("ours.xlsx")).unwrap());
    let mut catalogue = CatalogueXlsx::chosen(out, &places(), &[standard]).unwrap();
    for item in &items {
        catalogue.item(item, standard).unwrap();
    }
    catalogue.finish().unwrap();
    println!("{:.4}", start.elapsed().as_secs_f64());
}

/// The same texts as they stand, without anything of ours around them.
fn plain(standard: &Standard, rows: usize, folder: &Path) {
    let rows: Vec<Vec<String>> = cells(standard, rows).collect();
    let start = Instant::now();
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet_with_constant_memory().unwrap();
    for (row, cells) in (0_u32..).zip(&rows) {
        for (column, text) in (0_u16..).zip(cells) {
            sheet.write_string(row, column, text).unwrap();
        }
    }
    workbook.save(folder.join("plain.xlsx")).unwrap();
    println!("{:.4}", start.elapsed().as_secs_f64());
}

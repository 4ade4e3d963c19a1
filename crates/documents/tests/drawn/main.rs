//! A flow that is drawn as Word shapes is read as the same flow: as it was written, without the
//! glue between its lines and shapes, and after LibreOffice opened it and saved it again.

#![expect(clippy::unwrap_used, reason = "what goes wrong here is a test that fails")]

mod flows;
mod office;
mod package;

use std::{collections::BTreeMap, fs, path::Path, sync::LazyLock};

use documents::{
    read::{ReadOptions, open},
    write::flow_docx,
};
use domain::{
    content::{Row, keys},
    flow::{Flow, Symbol},
    intake::{Cell, CellValue, Defaults, Intake, Mapping, RawData},
    item::ItemRecord,
    standard::{Standard, Standards},
};

static STANDARDS: LazyLock<Standards> =
    LazyLock::new(|| Standards::shipped().expect("the shipped standards are right"));

fn standard() -> &'static Standard {
    STANDARDS.get("wushan").expect("it is shipped")
}

fn written(item: &ItemRecord) -> Vec<u8> {
    flow_docx(std::slice::from_ref(item), standard(), "权力运行流程图", None)
}

/// Reads the one item of a file, as if somebody had said of what kind it is.
fn read(file: &Path) -> ItemRecord {
    let (mapping, region) = (Mapping::default(), "620524".parse().ok());
    let options = ReadOptions::new(standard(), &mapping);
    let rows = open(file, &options).unwrap_or_else(|err| panic!("{}：{err}", file.display()));
    let mut rows: Vec<_> = rows.collect();
    assert_eq!(rows.len(), 1, "{}: {rows:?}", file.display());
    let mut row = rows.remove(0);
    if let RawData::Cells(cells) = &mut row.data {
        let value = CellValue::Text("行政许可".into());
        cells.push(Cell { header: "事项类型".into(), value });
    }
    let defaults = Defaults { region, body: Some("武山县民政局".into()) };
    let intake = Intake { standard: standard(), mapping: &mapping, defaults: &defaults };
    intake.read(row).unwrap_or_else(|why| panic!("{}：{why:?}", file.display())).record
}

/// What a drawing says of a flow: its symbols and its lines, in an order of their own.
fn told(item: &ItemRecord) -> Vec<String> {
    let flow = Flow::of(item.content.rows(keys::STEPS)).expect("there are steps");
    let bare = |name: &str| name.split_whitespace().collect::<String>();
    let nodes = flow.nodes.iter().map(|node| {
        let is_step = node.symbol == Symbol::Step;
        let limit = node.limit.filter(|_| is_step).map(|it| it.to_string()).unwrap_or_default();
        let post = Some(node.post.as_str()).filter(|_| is_step).unwrap_or_default();
        format!("{:?} {} {post} {limit}", node.symbol, bare(&node.name))
    });
    let name = |at: usize| bare(&flow.nodes[at].name);
    let exits = flow
        .exits
        .iter()
        .map(|it| format!("{} —{}→ {}", name(it.from), bare(&it.label), name(it.to)));
    let mut told: Vec<String> = nodes.chain(exits).collect();
    told.sort();
    told
}

/// What differs between an item and what was read of its file.
fn difference(item: &ItemRecord, file: &Path) -> Vec<String> {
    let (before, after) = (told(item), told(&read(file)));
    let lost = before.iter().filter(|it| !after.contains(it)).map(|it| format!("lost: {it}"));
    let new = after.iter().filter(|it| !before.contains(it)).map(|it| format!("new: {it}"));
    lost.chain(new).collect()
}

/// Writes the files of items that `change` makes, and tells what of each is read otherwise.
fn check(items: &[ItemRecord], change: impl Fn(Vec<u8>) -> Vec<u8>) {
    let folder = tempfile::tempdir().unwrap();
    let mut faults = BTreeMap::new();
    for item in items {
        let file = folder.path().join("flow.docx");
        fs::write(&file, change(written(item))).unwrap();
        let difference = difference(item, &file);
        if !difference.is_empty() {
            faults.insert(item.name().to_owned(), difference);
        }
    }
    assert!(faults.is_empty(), "{} of {}: {faults:#?}", faults.len(), items.len());
}

#[test]
fn a_chart_is_read_as_the_flow_that_it_was_drawn_of() {
    check(&flows::of_demo(), |docx| docx);
    check(&flows::random(0..200), |docx| docx);
}

#[test]
fn lines_that_are_glued_to_nothing_are_read_by_where_they_run() {
    let alone = |docx: Vec<u8>| package::changed(&docx, |xml| without_table(&without_glue(xml)));
    check(&flows::of_demo(), alone);
    check(&flows::random(0..200), alone);
}

/// Takes out what lines are glued to.
fn without_glue(xml: &str) -> String {
    let parts = xml.split("<a:stCxn ").flat_map(|it| it.split("<a:endCxn "));
    let parts = parts.enumerate().map(|(nth, part)| match nth {
        0 => part,
        _ => part.split_once("/>").expect("an empty element").1,
    });
    parts.collect()
}

/// Takes out 岗位说明 with its heading, so that only the chart tells who does what.
fn without_table(xml: &str) -> String {
    let (before, rest) = xml.split_once("<w:tbl>").expect("a table follows the chart");
    let (_, after) = rest.split_once("</w:tbl>").expect("it ends");
    format!("{}{after}", before.replace("岗位说明", ""))
}

#[test]
fn the_table_after_the_chart_says_who_does_what_and_by_what_right() {
    let item = flows::with_all_of_a_post();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("flow.docx");
    fs::write(&file, written(&item)).unwrap();
    let fields = ["name", "post", "officer", "duty", "limit", "basis"];
    let said = |item: &ItemRecord| -> Vec<Vec<String>> {
        let of_row = |row: &Row| {
            let value = |key: &str| row.fields.get(key).map(|it| format!("{it:?}"));
            fields.iter().map(|key| value(key).unwrap_or_default()).collect()
        };
        let mut said: Vec<_> = item.content.rows(keys::STEPS).iter().map(of_row).collect();
        // The rows of a chart stand as it is drawn.
        said.sort();
        said
    };
    assert_eq!(said(&read(&file)), said(&item));
}

#[test]
fn what_libreoffice_opened_and_saved_has_the_same_shapes_and_is_the_same_flow() {
    let mut items = flows::of_demo();
    items.extend(flows::random(200..212));
    let folder = tempfile::tempdir().unwrap();
    let files: Vec<_> = (0..items.len()).map(|at| format!("{at}.docx")).collect();
    for (item, file) in items.iter().zip(&files) {
        fs::write(folder.path().join(file), written(item)).unwrap();
    }
    let saved = office::converted(folder.path(), &files, "docx");
    let mut faults = BTreeMap::new();
    for (item, file) in items.iter().zip(&files) {
        let shapes = |path: &Path| package::shapes(&fs::read(path).unwrap());
        let (before, after) = (shapes(&folder.path().join(file)), shapes(&saved.join(file)));
        let mut fault = difference(item, &saved.join(file));
        if before != after {
            fault.push(format!("shapes {before:?} became {after:?}"));
        }
        if !fault.is_empty() {
            faults.insert(item.name().to_owned(), fault);
        }
    }
    assert!(faults.is_empty(), "{} of {}: {faults:#?}", faults.len(), items.len());
}

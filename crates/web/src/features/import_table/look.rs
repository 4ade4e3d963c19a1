//! What would become of a file: its columns, and the first of its rows with their findings.

use std::collections::{BTreeMap, BTreeSet};

use askama::Template;
use documents::read::RowReader;
use domain::{
    finding::{Finding, Severity},
    intake::{CellValue, Columns, RawData, RawRow},
    standard::{Fact, Place, Standard},
};
use store::Outcome;

use super::origins::Origin;
use crate::{
    AppState,
    error::WebError,
    jobs::import::{
        self, RowReport,
        upload::{Upload, UploadError},
    },
    layout::Bench,
    links,
    session::Session,
};

/// Rows that are tried; a trial keeps other writers waiting as long as it takes.
const TRIED: usize = 200;

/// Rows that are shown with their cells.
const SHOWN: usize = 50;

#[derive(Template)]
#[template(path = "import_table/look.html")]
pub(super) struct LookPage {
    pub(super) bench: Bench,
    upload: Upload,
    standard_title: String,
    preview: Preview,
    places: Vec<Choice>,
}

/// 预览。
pub(super) struct Preview {
    n_rows: u64,
    n_tried: u64,
    kind: &'static str,
    columns: Vec<Column>,
    rows: Vec<Row>,
    counts: BTreeMap<&'static str, usize>,
    notes: Vec<String>,
}

/// One column of the file, and where it leads.
struct Column {
    header: String,
    /// The place it leads to; empty where it is left out.
    place: String,
    is_unknown: bool,
    example: String,
}

/// One place that a column may lead to.
struct Choice {
    place: String,
    title: String,
}

struct Row {
    place: String,
    outcome: &'static str,
    is_refused: bool,
    name: String,
    reason: Option<String>,
    findings: Vec<Finding>,
    origins: Vec<Origin>,
}

impl Preview {
    /// Tries the first rows of a file and writes nothing.
    pub(super) async fn of(
        app: &AppState,
        session: &Session,
        upload: &Upload,
    ) -> Result<Result<Preview, UploadError>, WebError> {
        let (opened, rows) = match upload.open(app).await {
            Ok(opened) => opened,
            Err(error) => return Ok(Err(error)),
        };
        let source = rows.source().clone();
        let (first, n_rows) = tokio::task::spawn_blocking(move || first_of(rows)).await?;
        let request = upload.request(app, &opened, &session.actor);
        let request = import::Request { dry_run: true, ..request };
        let mut reports = Vec::new();
        let tried = first.clone().into_iter();
        import::run(&app.store, tried, request, |_, report| reports.push(report.clone())).await?;
        let columns = Columns::new(opened.standard, &opened.mapping);
        let mut counts = BTreeMap::new();
        for report in &reports {
            *counts.entry(outcome_word(report)).or_default() += 1;
        }
        let intake = opened.intake();
        let rows = first.iter().zip(&reports).take(SHOWN).map(|(row, report)| {
            let read = intake.read(row.clone()).ok();
            let origins = Origin::all(row, read.as_ref(), &columns, opened.standard);
            Row::of(row, report, origins)
        });
        Ok(Ok(Preview {
            n_rows,
            n_tried: reports.len() as u64,
            kind: source.kind.label(),
            columns: columns_of(&first, &columns),
            rows: rows.collect(),
            counts,
            notes: source.notes,
        }))
    }
}

fn first_of(mut rows: Box<dyn RowReader>) -> (Vec<RawRow>, u64) {
    let first: Vec<RawRow> = rows.by_ref().take(TRIED).collect();
    let n_rows = first.len() as u64 + rows.count() as u64;
    (first, n_rows)
}

/// Returns the headers of the rows in their order, each with the first value under it.
fn columns_of(rows: &[RawRow], columns: &Columns<'_>) -> Vec<Column> {
    let mut found: Vec<Column> = Vec::new();
    let mut seen = BTreeSet::new();
    for row in rows {
        let RawData::Cells(cells) = &row.data else { continue };
        for cell in cells {
            let example = example(&cell.value);
            if seen.insert(cell.header.clone()) {
                found.push(Column {
                    header: cell.header.clone(),
                    place: columns.place(&cell.header).map(Place::to_string).unwrap_or_default(),
                    is_unknown: columns.is_unknown(&cell.header),
                    example,
                });
            } else if !example.is_empty()
                && let Some(column) = found.iter_mut().find(|it| it.header == cell.header)
                && column.example.is_empty()
            {
                column.example = example;
            }
        }
    }
    found
}

fn example(value: &CellValue) -> String {
    let text = match value {
        CellValue::Text(text) => text.clone(),
        CellValue::List(list) => list.join("、"),
        CellValue::Table(rows) => format!("{} 行的子表", rows.len()),
    };
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.chars().count() {
        0..=30 => line,
        _ => line.chars().take(30).chain(['…']).collect(),
    }
}

impl Row {
    fn of(row: &RawRow, report: &RowReport, origins: Vec<Origin>) -> Row {
        Row {
            place: row.place.clone(),
            outcome: outcome_word(report),
            is_refused: report.outcome == Outcome::Rejected,
            name: name_of(row),
            reason: report.reason.clone(),
            findings: report.findings.clone(),
            origins,
        }
    }

    fn n_guessed(&self) -> usize {
        self.origins.iter().filter(|it| it.is_guessed()).count()
    }
}

fn name_of(row: &RawRow) -> String {
    match &row.data {
        RawData::Record(record) => record.name().to_owned(),
        RawData::Cells(cells) => {
            let named = cells.iter().find(|it| it.header.contains("名称"));
            named.map(|it| example(&it.value)).unwrap_or_default()
        }
        RawData::Broken(_) => String::new(),
    }
}

fn outcome_word(report: &RowReport) -> &'static str {
    match report.outcome {
        Outcome::Imported => "新增",
        Outcome::Updated => "更新",
        Outcome::Unchanged => "未变",
        Outcome::Rejected => "退回",
    }
}

impl LookPage {
    pub(super) fn new(bench: Bench, app: &AppState, upload: Upload, preview: Preview) -> LookPage {
        let standard = app.standard(&upload.standard);
        let places = places(standard);
        let standard_title = standard.title.clone();
        LookPage { bench, upload, standard_title, preview, places }
    }

    fn n_unknown(&self) -> usize {
        self.preview.columns.iter().filter(|it| it.is_unknown).count()
    }

    fn is_error(&self, finding: &Finding) -> bool {
        finding.severity == Severity::Error
    }
}

/// Facts that a column may be led to; the region's name follows from its code.
const FACTS: [Fact; 9] = [
    Fact::Code,
    Fact::Kind,
    Fact::Parent,
    Fact::Position,
    Fact::EffectiveOn,
    Fact::BodyName,
    Fact::BodyCreditCode,
    Fact::BodyLetters,
    Fact::RegionCode,
];

/// Returns where a column may lead: facts of the item, elements, fields of lists.
fn places(standard: &Standard) -> Vec<Choice> {
    let facts = FACTS.map(|fact| Choice {
        place: Place::Fact(fact).to_string(),
        title: fact.title().to_owned(),
    });
    let elements = standard.elements().iter().flat_map(|element| {
        let whole = Choice { place: element.key.clone(), title: element.label.clone() };
        let fields = element.fields.iter().map(|field| Choice {
            place: Place::Field(element.key.clone(), field.key.clone()).to_string(),
            title: format!("{}：{}", element.label, field.label),
        });
        std::iter::once(whole).chain(fields)
    });
    facts.into_iter().chain(elements).collect()
}

//! 导入: rows in, items out, each row accounted for.
//!
//! A chunk of rows is one unit of work: load, decide, record, commit. What was
//! committed stays when a later chunk fails, and the import says how far it came.

mod chunk;
pub mod convert;
mod plan;
mod target;
mod undo;
pub(crate) mod upload;

use std::{
    collections::{BTreeSet, HashMap},
    panic,
};

use domain::{
    finding::Finding,
    intake::{Columns, Defaults, Intake, Mapping, Proposal, RawData, RawRow, Rejection},
    item::{BodyRef, ImportId},
    people::Actor,
    region::RegionCode,
    standard::{Standard, Standards},
};
use store::{Body, ImportState, JobId, Outcome, Store, StoreError, Tx};
use time::OffsetDateTime;
use tokio::{
    sync::mpsc,
    task::{JoinHandle, spawn_blocking},
};

pub use self::undo::{Undone, undo};

/// Rows that are written together.
const CHUNK: usize = 1_000;

/// How often a chunk is tried that another writer is in the way of.
const TRIES: u32 = 5;

/// 一次导入的要求。
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// The file's name, for the record.
    pub source: &'a str,
    pub standards: &'a Standards,
    /// What a table's rows are read by; an exchange file's rows name their own.
    pub standard: &'a Standard,
    pub mapping: &'a Mapping,
    pub defaults: &'a Defaults,
    /// Publish as it is (基线) instead of leaving drafts.
    pub publish: bool,
    /// Do all of it, report it, and write nothing.
    pub dry_run: bool,
    pub actor: &'a Actor,
    pub now: OffsetDateTime,
}

/// 一行的结果，报告里的一行。
#[derive(Debug, Clone, PartialEq)]
pub struct RowReport {
    pub number: u64,
    pub place: String,
    pub outcome: Outcome,
    pub code: Option<String>,
    /// Why it was rejected.
    pub reason: Option<String>,
    pub findings: Vec<Finding>,
}

/// 一次导入的总数。
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Summary {
    pub import: Option<ImportId>,
    pub read: u64,
    pub imported: u64,
    pub updated: u64,
    pub unchanged: u64,
    pub rejected: u64,
    /// Rows with findings.
    pub warned: u64,
    pub new_bodies: Vec<(RegionCode, BodyRef)>,
    /// Headers that nothing is known of; their columns were not brought in.
    pub unknown_columns: BTreeSet<String>,
}

/// The state of an import under way.
struct Run<'a> {
    request: Request<'a>,
    import: ImportId,
    /// The job whose progress is written with each chunk.
    job: Option<JobId>,
    /// Bodies met so far; the file's are few, its rows many.
    bodies: HashMap<(RegionCode, String), Body>,
    summary: Summary,
}

/// Brings rows in, telling `observe` of each row and what became of it.
pub async fn run(
    store: &Store,
    rows: impl Iterator<Item = RawRow> + Send + 'static,
    request: Request<'_>,
    observe: impl FnMut(&RawRow, &RowReport),
) -> Result<Summary, StoreError> {
    let mut tx = store.begin().await?;
    let import = begin(&mut tx, request).await?;
    let run = Run::new(request, import, None);
    // A dry run does all of it in the one unit of work that it throws away.
    match request.dry_run {
        true => run.all(store, Some(tx), rows, observe).await,
        false => {
            tx.commit().await?;
            run.all(store, None, rows, observe).await
        }
    }
}

/// Notes that an import begins, and what its mapping registers.
pub(crate) async fn begin(tx: &mut Tx, request: Request<'_>) -> Result<ImportId, StoreError> {
    let import = tx.start_import(request.source, &request.standard.id, request.now).await?;
    for (township, digits) in request.mapping.townships() {
        tx.register_township(township, digits).await?;
    }
    Ok(import)
}

/// Goes on with an import that has begun, after the last row that it has noted, and writes the
/// progress of its job with each chunk.
pub(crate) async fn go_on(
    store: &Store,
    job: JobId,
    import: ImportId,
    rows: impl Iterator<Item = RawRow> + Send + 'static,
    request: Request<'_>,
) -> Result<Summary, StoreError> {
    let noted = store.last_import_row(import).await?;
    let rows = rows.skip_while(move |row| row.number <= noted);
    Run::new(request, import, Some(job)).all(store, None, rows, |_, _| {}).await
}

/// A row, and what was understood of it.
struct ReadRow {
    row: RawRow,
    read: Result<Proposal, Rejection>,
}

/// Reads the next rows of the file while the last ones are written.
fn read_ahead(
    mut rows: impl Iterator<Item = RawRow> + Send + 'static,
    request: Request<'_>,
) -> (mpsc::Receiver<Vec<ReadRow>>, JoinHandle<()>) {
    let (give, chunks) = mpsc::channel(1);
    let standard = request.standard.clone();
    let (mapping, defaults) = (request.mapping.clone(), request.defaults.clone());
    let reading = spawn_blocking(move || {
        let intake = Intake { standard: &standard, mapping: &mapping, defaults: &defaults };
        let read = |row: RawRow| ReadRow { read: intake.read(row.clone()), row };
        loop {
            let chunk: Vec<ReadRow> = rows.by_ref().take(CHUNK).map(read).collect();
            // Nobody waits for more once an import has failed.
            if chunk.is_empty() || give.blocking_send(chunk).is_err() {
                return;
            }
        }
    });
    (chunks, reading)
}

impl<'a> Run<'a> {
    fn new(request: Request<'a>, import: ImportId, job: Option<JobId>) -> Run<'a> {
        let summary = Summary { import: Some(import), ..Summary::default() };
        Run { request, import, job, bodies: HashMap::new(), summary }
    }

    async fn all(
        mut self,
        store: &Store,
        mut trial: Option<Tx>,
        rows: impl Iterator<Item = RawRow> + Send + 'static,
        mut observe: impl FnMut(&RawRow, &RowReport),
    ) -> Result<Summary, StoreError> {
        let (mut chunks, reading) = read_ahead(rows, self.request);
        while let Some(chunk) = chunks.recv().await {
            self.note_columns(&chunk);
            let reports = match &mut trial {
                Some(tx) => self.chunk(tx, &chunk).await?,
                None => self.committed(store, &chunk).await?,
            };
            for (read, report) in chunk.iter().zip(&reports) {
                self.summary.count(report);
                observe(&read.row, report);
            }
        }
        if let Err(broken) = reading.await {
            panic::resume_unwind(broken.into_panic());
        }
        if trial.is_none() {
            let mut tx = store.begin().await?;
            tx.set_import_state(self.import, ImportState::Done).await?;
            tx.commit().await?;
        }
        Ok(self.summary)
    }

    async fn count_in_job(&self, tx: &mut Tx, reports: &[RowReport]) -> Result<(), StoreError> {
        let Some(job) = self.job else { return Ok(()) };
        let n_rejected = reports.iter().filter(|it| it.outcome == Outcome::Rejected).count();
        let (n, n_rejected) = (reports.len() as u64, n_rejected as u64);
        tx.count_steps(job, n, n_rejected, self.request.now).await
    }
}

impl Run<'_> {
    /// Writes a chunk, and again where another writer's step was in its way.
    async fn committed(
        &mut self,
        store: &Store,
        rows: &[ReadRow],
    ) -> Result<Vec<RowReport>, StoreError> {
        let n_bodies = self.summary.new_bodies.len();
        let mut n_tries = 0;
        loop {
            let mut tx = store.begin().await?;
            let written = match self.chunk(&mut tx, rows).await {
                Ok(reports) => match self.count_in_job(&mut tx, &reports).await {
                    Ok(()) => tx.commit().await.map(|()| reports),
                    Err(err) => Err(err),
                },
                Err(err) => Err(err),
            };
            n_tries += 1;
            match written {
                Err(StoreError::Collided | StoreError::Taken { .. }) if n_tries < TRIES => {
                    self.bodies.clear();
                    self.summary.new_bodies.truncate(n_bodies);
                }
                written => return written,
            }
        }
    }

    fn note_columns(&mut self, rows: &[ReadRow]) {
        let columns = Columns::new(self.request.standard, self.request.mapping);
        for row in rows {
            let RawData::Cells(cells) = &row.row.data else { continue };
            for cell in cells {
                let known = self.summary.unknown_columns.contains(&cell.header);
                if !known && columns.is_unknown(&cell.header) {
                    self.summary.unknown_columns.insert(cell.header.clone());
                }
            }
        }
    }
}

impl Summary {
    fn count(&mut self, report: &RowReport) {
        self.read += 1;
        match report.outcome {
            Outcome::Imported => self.imported += 1,
            Outcome::Updated => self.updated += 1,
            Outcome::Unchanged => self.unchanged += 1,
            Outcome::Rejected => self.rejected += 1,
        }
        if !report.findings.is_empty() {
            self.warned += 1;
        }
    }
}

//! An import that was begun in the browser: its file, how it is read, and the job that it is.

use std::{collections::BTreeMap, io::Write};

use documents::read::{self, ReadError, ReadOptions, RowReader};
use domain::{
    intake::{Defaults, Intake, Mapping},
    item::ImportId,
    people::{Actor, Scope},
    region::RegionCode,
    standard::Standard,
};
use serde::{Deserialize, Serialize};
use store::{Job, JobId, Order, StoreError};
use tempfile::NamedTempFile;
use tokio::task::spawn_blocking;

use super::{
    Request, begin,
    convert::{self, ConvertError},
    go_on,
};
use crate::{AppState, FilesError};

/// What kind of job this is.
pub(crate) const KIND: &str = "import";

/// 上传的表格和读法。
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Upload {
    /// Under which the bytes are kept.
    pub(crate) hash: String,
    pub(crate) name: String,
    pub(crate) standard: String,
    pub(crate) region: Option<RegionCode>,
    /// The body whose items they all are.
    pub(crate) body: Option<String>,
    /// Headers that a person led elsewhere: header to place, empty to leave out.
    pub(crate) columns: BTreeMap<String, String>,
    pub(crate) publish: bool,
}

/// What a job of this kind is to do.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Ordered {
    #[serde(flatten)]
    pub(crate) upload: Upload,
    pub(crate) import: i64,
}

/// Why an upload can not be read.
#[derive(Debug, thiserror::Error)]
pub(crate) enum UploadError {
    #[error("没有规范“{0}”")]
    NoStandard(String),
    #[error("文件已经不在，请重新上传")]
    Gone,
    #[error("{0}")]
    Mapping(String),
    #[error("{0}")]
    Unreadable(#[from] ReadError),
    #[error(transparent)]
    Unconverted(#[from] ConvertError),
    #[error(transparent)]
    Files(#[from] FilesError),
    #[error("写不了临时文件：{0}")]
    Io(#[from] std::io::Error),
}

/// A file opened to be read, which is there as long as this is.
pub(crate) struct Opened<'a> {
    pub(crate) standard: &'a Standard,
    pub(crate) mapping: Mapping,
    pub(crate) defaults: Defaults,
    _file: NamedTempFile,
}

impl Opened<'_> {
    /// The rules by which its rows are read.
    pub(crate) fn intake(&self) -> Intake<'_> {
        Intake { standard: self.standard, mapping: &self.mapping, defaults: &self.defaults }
    }
}

impl Upload {
    /// Opens the file as the upload says that it is to be read.
    pub(crate) async fn open<'a>(
        &self,
        app: &'a AppState,
    ) -> Result<(Opened<'a>, Box<dyn RowReader>), UploadError> {
        let standard = app.standards.get(&self.standard);
        let standard = standard.ok_or_else(|| UploadError::NoStandard(self.standard.clone()))?;
        let columns = self.columns.clone();
        let mapping = Mapping::of_columns(columns, standard).map_err(UploadError::Mapping)?;
        let file = self.file(app).await?;
        let rows = read::open(file.path(), &ReadOptions::new(standard, &mapping))?;
        let defaults = Defaults { region: self.region, body: self.body.clone() };
        Ok((Opened { standard, mapping, defaults, _file: file }, rows))
    }

    async fn file(&self, app: &AppState) -> Result<NamedTempFile, UploadError> {
        let bytes = app.files.get(&self.hash).await?.ok_or(UploadError::Gone)?;
        // A reader tells some kinds of file by their names.
        let ending = self.name.rsplit_once('.').map_or(String::new(), |(_, it)| format!(".{it}"));
        let mut file = tempfile::Builder::new().suffix(&ending).tempfile()?;
        file.write_all(&bytes)?;
        Ok(file)
    }

    /// Takes the .docx that an old Word document is converted to in its place.
    pub(crate) async fn converted(
        self,
        app: &AppState,
        what: &'static str,
    ) -> Result<Upload, UploadError> {
        let file = self.file(app).await?;
        let converting = move || convert::to_docx(file.path(), what);
        let docx = spawn_blocking(converting).await.map_err(std::io::Error::other)??;
        Ok(Upload { hash: app.files.put(docx).await?, ..self })
    }

    pub(crate) fn request<'a>(
        &'a self,
        app: &'a AppState,
        opened: &'a Opened<'_>,
        actor: &'a Actor,
    ) -> Request<'a> {
        Request {
            source: &self.name,
            standards: &app.standards,
            standard: opened.standard,
            mapping: &opened.mapping,
            defaults: &opened.defaults,
            publish: self.publish,
            dry_run: false,
            actor,
            now: app.clock.now(),
        }
    }
}

/// Orders the import of a file of so many rows.
pub(crate) async fn order(
    app: &AppState,
    upload: &Upload,
    opened: &Opened<'_>,
    n_rows: u64,
    actor: &Actor,
) -> Result<JobId, StoreError> {
    let request = upload.request(app, opened, actor);
    let mut tx = app.store.begin().await?;
    let import = begin(&mut tx, request).await?;
    let ordered = Ordered { upload: upload.clone(), import: import.0 };
    let what = serde_json::to_string(&ordered).expect("an upload holds only strings as keys");
    let order = Order { kind: KIND, what: &what, by: actor.id, now: request.now };
    let job = tx.add_counted_job(order, n_rows, &upload.hash).await?;
    tx.commit().await?;
    Ok(job)
}

/// Goes on with a job of this kind until it has ended.
pub(crate) async fn work(app: &AppState, job: &Job) -> Result<(), StoreError> {
    match bring_in(app, job).await? {
        Ok(()) => Ok(()),
        Err(why) => {
            let mut tx = app.store.begin().await?;
            tx.give_up(job, &why, app.clock.now()).await?;
            tx.commit().await
        }
    }
}

async fn bring_in(app: &AppState, job: &Job) -> Result<Result<(), String>, StoreError> {
    let Ok(Ordered { upload, import }) = serde_json::from_str(&job.what) else {
        return Ok(Err("这个版本的程序不认识这种任务，请用较新的版本".to_owned()));
    };
    let officer = app.store.officer(Scope::Everywhere, job.by).await?;
    let Some(officer) = officer.filter(|it| !it.is_closed) else {
        return Ok(Err("下达任务的账号已停用".to_owned()));
    };
    let (opened, rows) = match upload.open(app).await {
        Ok(opened) => opened,
        Err(error) => return Ok(Err(error.to_string())),
    };
    let actor = officer.actor();
    let request = upload.request(app, &opened, &actor);
    go_on(&app.store, job.id, ImportId(import), rows, request).await.map(|_| Ok(()))
}

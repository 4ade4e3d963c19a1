//! 导入: a table is brought, looked at with its columns and findings, and then taken in.

mod look;
mod origins;

use askama::Template;
use axum::{
    extract::{DefaultBodyLimit, Multipart, State},
    response::{Html, IntoResponse, Response},
    routing::{get, post},
};
use documents::read::ReadError;
use domain::{
    office::Office,
    people::{Duty, Scope},
    region::RegionCode,
};
use store::OfficeFilter;

use self::look::{LookPage, Preview};
use crate::{
    AppState,
    downloads::{Brought, brought},
    error::WebError,
    extract::Form,
    jobs::import::upload::{self, Upload, UploadError},
    layout::{self, Bench, Room},
    links,
    map::{Map, Who},
    session::{Session, SignedIn},
};

const WHO: Who = Who::Officer(&[Duty::Editor, Duty::Administrator]);

/// More offices than these are not offered one by one: they are named.
const MOST_OFFERED: u32 = 200;

/// The largest file that is taken.
const LARGEST: usize = 64 << 20;

pub(crate) fn places(map: Map) -> Map {
    let bring = get(show).post(bring).layer(DefaultBodyLimit::max(LARGEST));
    let map = map.place("/workbench/import", WHO, bring);
    let map = map.place("/workbench/import/look", WHO, post(look));
    map.place("/workbench/import/begin", WHO, post(begin))
}

#[derive(Template)]
#[template(path = "import_table/page.html")]
struct Page {
    bench: Bench,
    choices: Choices,
    fault: Option<String>,
}

/// What may be chosen for a file.
struct Choices {
    standards: Vec<(String, String)>,
    /// The standard by which the offices here wrote last.
    usual: Option<String>,
    /// Names of offices to choose of; of a province's thousands, none.
    offered: Vec<String>,
    region: Option<RegionCode>,
    /// The whole file is of the one office that the officer has.
    own: Option<Office>,
    may_publish: bool,
}

async fn show(State(app): State<AppState>, session: SignedIn) -> Result<Html<String>, WebError> {
    Ok(Html(page(&app, &session, None).await?.render()?))
}

/// `POST /workbench/import`: keeps the file and shows what would become of it.
async fn bring(
    State(app): State<AppState>,
    session: SignedIn,
    form: Multipart,
) -> Result<Response, WebError> {
    let Brought { fields, file } = brought(form).await?;
    let Some((name, bytes)) = file else {
        let fault = "没有选文件，或者文件是空的。请选一个表格再上传。".to_owned();
        return refused(&app, &session, fault).await;
    };
    let read = match read(&app, &session, &fields).await? {
        Ok(read) => read,
        Err(fault) => return refused(&app, &session, fault).await,
    };
    let hash = app.files.put(bytes).await.map_err(WebError::internal)?;
    note(&app, &session, &hash).await?;
    shown(&app, &session, Upload { hash, name, ..read }).await
}

/// `POST /workbench/import/look`: the same file, with columns led elsewhere.
async fn look(
    State(app): State<AppState>,
    session: SignedIn,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, WebError> {
    match read_again(&app, &session, &fields).await? {
        Ok(upload) => shown(&app, &session, upload).await,
        Err(fault) => refused(&app, &session, fault).await,
    }
}

/// `POST /workbench/import/begin`: the job begins.
async fn begin(
    State(app): State<AppState>,
    session: SignedIn,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, WebError> {
    let upload = match read_again(&app, &session, &fields).await? {
        Ok(upload) => upload,
        Err(fault) => return refused(&app, &session, fault).await,
    };
    let (opened, rows) = match upload.open(&app).await {
        Ok(opened) => opened,
        Err(error) => return refused(&app, &session, error.to_string()).await,
    };
    let counting = tokio::task::spawn_blocking(move || rows.count() as u64);
    let n_rows = counting.await?;
    let job = upload::order(&app, &upload, &opened, n_rows, &session.actor).await?;
    Ok(links::job(&job).redirect())
}

async fn shown(app: &AppState, session: &Session, upload: Upload) -> Result<Response, WebError> {
    let mut upload = upload;
    let mut preview = Preview::of(app, session, &upload).await;
    if let Ok(Err(UploadError::Unreadable(ReadError::OldWord(what)))) = &preview {
        // From here on the file is what it was converted to.
        upload = match upload.converted(app, what).await {
            Ok(upload) => upload,
            Err(error) => return refused(app, session, told(&error)).await,
        };
        note(app, session, &upload.hash).await?;
        preview = Preview::of(app, session, &upload).await;
    }
    match preview {
        Ok(Ok(preview)) => {
            let bench = Bench::new(app, session, Room::Items);
            let page = LookPage::new(bench, app, upload, preview);
            Ok(Html(page.render()?).into_response())
        }
        Ok(Err(error)) => refused(app, session, told(&error)).await,
        Err(error) => Err(error),
    }
}

/// Notes that the officer has brought a file, which a form names by its hash from here on.
async fn note(app: &AppState, session: &Session, hash: &str) -> Result<(), WebError> {
    let mut tx = app.store.begin().await?;
    tx.note_brought(session.actor.id, hash, app.clock.now()).await?;
    Ok(tx.commit().await?)
}

fn told(error: &UploadError) -> String {
    format!("{error}。没有写入什么。")
}

async fn refused(app: &AppState, session: &Session, fault: String) -> Result<Response, WebError> {
    let page = page(app, session, Some(fault)).await?;
    layout::refused(page)
}

/// Reads how a file is to be read that the form names. To name one is no proof that one has it:
/// a file that another brought is as one that is not there.
async fn read_again(
    app: &AppState,
    session: &Session,
    fields: &[(String, String)],
) -> Result<Result<Upload, String>, WebError> {
    let upload = match read(app, session, fields).await? {
        Ok(upload) => upload,
        Err(fault) => return Ok(Err(fault)),
    };
    let is_own = app.store.has_brought(session.actor.id, &upload.hash).await?;
    Ok(if is_own { Ok(upload) } else { Err(told(&UploadError::Gone)) })
}

/// Reads how a file is to be read, or why it can not be. What lies outside the officer's scope
/// is not taken: the one office of a clerk's scope is theirs whatever the form says.
async fn read(
    app: &AppState,
    session: &Session,
    fields: &[(String, String)],
) -> Result<Result<Upload, String>, WebError> {
    let value = |key: &str| {
        let found = fields.iter().find(|(it, _)| it == key);
        found.map(|(_, value)| value.trim()).unwrap_or_default()
    };
    let choices = Choices::of(app, session).await?;
    let region = RegionCode::parse(value("region")).ok().or(choices.region);
    let body = match (choices.own, value("body")) {
        (Some(own), _) => Some(own),
        (None, "") => None,
        (None, name) => match named(app, session, name, region).await? {
            Ok(office) => Some(office),
            Err(fault) => return Ok(Err(fault)),
        },
    };
    let columns = fields.iter().filter_map(|(key, place)| {
        let header = key.strip_prefix("column:")?;
        (place != "?").then(|| (header.to_owned(), place.clone()))
    });
    Ok(Ok(Upload {
        hash: value("hash").to_owned(),
        name: value("name").to_owned(),
        standard: value("standard").to_owned(),
        region: body.as_ref().map(|it| it.region).or(region),
        body: body.map(|it| it.body.name),
        columns: columns.collect(),
        publish: choices.may_publish && value("publish") == "1",
    }))
}

/// Returns the office of that name, in the region that is written where several have the name.
async fn named(
    app: &AppState,
    session: &Session,
    name: &str,
    region: Option<RegionCode>,
) -> Result<Result<Office, String>, WebError> {
    let filter = OfficeFilter { name: Some(name.to_owned()), ..OfficeFilter::default() };
    let mut found = app.store.offices(session.actor.scope, &filter, MOST_OFFERED).await?;
    if found.len() > 1 {
        found.retain(|it| Some(it.region) == region);
    }
    Ok(match (found.pop(), found.is_empty()) {
        (Some(office), true) => Ok(office),
        _ => Err(format!(
            "您管的范围里没有单位“{name}”，或者有几个同名的。请写登记的全称，同名的写明地区代码。"
        )),
    })
}

async fn page(app: &AppState, session: &Session, fault: Option<String>) -> Result<Page, WebError> {
    let bench = Bench::new(app, session, Room::Items).with_icons(&["file-import"]);
    Ok(Page { bench, choices: Choices::of(app, session).await?, fault })
}

impl Choices {
    async fn of(app: &AppState, session: &Session) -> Result<Choices, WebError> {
        let scope = session.actor.scope;
        let region = match scope {
            Scope::Body(_) => None,
            Scope::Region(code) => Some(code),
            Scope::Everywhere => app.settings.region,
        };
        let any = OfficeFilter::default();
        let mut offices = app.store.offices(scope, &any, MOST_OFFERED + 1).await?;
        if offices.len() > MOST_OFFERED as usize {
            offices.clear();
        }
        let is_own = matches!(scope, Scope::Body(_));
        Ok(Choices {
            standards: app.standards.iter().map(|it| (it.id.clone(), it.title.clone())).collect(),
            usual: app.store.last_standard(scope).await?,
            offered: offices.iter().map(|it| it.body.name.clone()).collect(),
            own: offices.into_iter().next().filter(|_| is_own),
            region,
            may_publish: session.officer.has_duty(Duty::Administrator),
        })
    }

    fn is_usual(&self, standard: &str) -> bool {
        self.usual.as_deref() == Some(standard)
    }
}

#[cfg(test)]
mod tests;

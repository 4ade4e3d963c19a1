//! 导入: a table is brought, looked at with its columns and findings, and then taken in.

mod look;

use askama::Template;
use axum::{
    extract::{DefaultBodyLimit, Multipart, State},
    http::StatusCode,
    response::{Html, IntoResponse, Redirect, Response},
    routing::{get, post},
};
use domain::{
    people::{Duty, Scope},
    region::RegionCode,
};
use store::Body;

use self::look::{LookPage, Preview};
use crate::{
    AppState,
    error::WebError,
    extract::Form,
    jobs::import::upload::{self, Upload, UploadError},
    layout::{Bench, Room},
    links,
    map::{Map, Who},
    session::{Session, SignedIn},
};

const WHO: Who = Who::Officer(&[Duty::Editor, Duty::Administrator]);

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
    bodies: Vec<Body>,
    region: Option<RegionCode>,
    /// The whole file is of the one body that the officer has.
    own_body: bool,
    may_publish: bool,
}

async fn show(State(app): State<AppState>, session: SignedIn) -> Result<Html<String>, WebError> {
    Ok(Html(page(&app, &session, None).await?.render()?))
}

/// `POST /workbench/import`: keeps the file and shows what would become of it.
async fn bring(
    State(app): State<AppState>,
    session: SignedIn,
    mut form: Multipart,
) -> Result<Response, WebError> {
    let mut fields = Vec::new();
    let mut brought = None;
    while let Some(field) = form.next_field().await.map_err(|_| WebError::TooLarge)? {
        let name = field.name().unwrap_or_default().to_owned();
        match name.as_str() {
            "file" => {
                let name = field.file_name().unwrap_or_default().to_owned();
                let bytes = field.bytes().await.map_err(|_| WebError::TooLarge)?;
                brought = Some((name, bytes));
            }
            _ => fields.push((name, field.text().await.map_err(|_| WebError::BadForm)?)),
        }
    }
    let Some((name, bytes)) = brought.filter(|(_, bytes)| !bytes.is_empty()) else {
        let fault = "没有选文件，或者文件是空的。请选一个表格再上传。".to_owned();
        return refused(&app, &session, fault).await;
    };
    let hash = app.files.put(bytes.to_vec()).await.map_err(WebError::internal)?;
    let upload = Upload { hash, name, ..read(&app, &session, &fields).await? };
    shown(&app, &session, upload).await
}

/// `POST /workbench/import/look`: the same file, with columns led elsewhere.
async fn look(
    State(app): State<AppState>,
    session: SignedIn,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, WebError> {
    let upload = read(&app, &session, &fields).await?;
    shown(&app, &session, upload).await
}

/// `POST /workbench/import/begin`: the job begins.
async fn begin(
    State(app): State<AppState>,
    session: SignedIn,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, WebError> {
    let upload = read(&app, &session, &fields).await?;
    let (opened, rows) = match upload.open(&app).await {
        Ok(opened) => opened,
        Err(error) => return refused(&app, &session, error.to_string()).await,
    };
    let counting = tokio::task::spawn_blocking(move || rows.count() as u64);
    let n_rows = counting.await?;
    let job = upload::order(&app, &upload, &opened, n_rows, &session.actor).await?;
    Ok(Redirect::to(&links::job(&job).to_string()).into_response())
}

async fn shown(app: &AppState, session: &Session, upload: Upload) -> Result<Response, WebError> {
    match Preview::of(app, session, &upload).await {
        Ok(Ok(preview)) => {
            let bench = Bench::new(app, session, Room::Items);
            let page = LookPage::new(bench, app, upload, preview);
            Ok(Html(page.render()?).into_response())
        }
        Ok(Err(error)) => refused(app, session, told(&error)).await,
        Err(error) => Err(error),
    }
}

fn told(error: &UploadError) -> String {
    format!("{error}。没有写入什么。")
}

async fn refused(app: &AppState, session: &Session, fault: String) -> Result<Response, WebError> {
    let page = page(app, session, Some(fault)).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page.render()?)).into_response())
}

/// Reads how a file is to be read. What lies outside the officer's scope is not taken: the
/// one body of a clerk's scope is theirs whatever the form says.
async fn read(
    app: &AppState,
    session: &Session,
    fields: &[(String, String)],
) -> Result<Upload, WebError> {
    let value = |key: &str| {
        let found = fields.iter().find(|(it, _)| it == key);
        found.map(|(_, value)| value.trim()).unwrap_or_default()
    };
    let choices = Choices::of(app, session).await?;
    let body = match (choices.own_body, value("body")) {
        (true, _) => choices.bodies.first(),
        (false, "") => None,
        (false, id) => {
            let chosen = choices.bodies.iter().find(|it| it.id.to_string() == id);
            Some(chosen.ok_or(WebError::NotFound)?)
        }
    };
    let region = RegionCode::parse(value("region")).ok().or(choices.region);
    let columns = fields.iter().filter_map(|(key, place)| {
        let header = key.strip_prefix("column:")?;
        (place != "?").then(|| (header.to_owned(), place.clone()))
    });
    Ok(Upload {
        hash: value("hash").to_owned(),
        name: value("name").to_owned(),
        standard: value("standard").to_owned(),
        region: body.map(|it| it.region).or(region),
        body: body.map(|it| it.body.name.clone()),
        columns: columns.collect(),
        publish: choices.may_publish && value("publish") == "1",
    })
}

async fn page(app: &AppState, session: &Session, fault: Option<String>) -> Result<Page, WebError> {
    let bench = Bench::new(app, session, Room::Items).with_icons(&["file-import"]);
    Ok(Page { bench, choices: Choices::of(app, session).await?, fault })
}

impl Choices {
    async fn of(app: &AppState, session: &Session) -> Result<Choices, WebError> {
        let scope = session.actor.scope;
        let (own_body, region) = match scope {
            Scope::Body(_) => (true, None),
            Scope::Region(code) => (false, Some(code)),
            Scope::Everywhere => (false, app.settings.region),
        };
        let bodies = app.store.kept_bodies(scope).await?;
        let open = bodies.into_iter().filter(|it| it.closed_on.is_none());
        Ok(Choices {
            standards: app.standards.iter().map(|it| (it.id.clone(), it.title.clone())).collect(),
            usual: app.store.last_standard(scope).await?,
            bodies: open.map(|it| it.body).collect(),
            region,
            own_body,
            may_publish: session.officer.has_duty(Duty::Administrator),
        })
    }

    fn is_usual(&self, standard: &str) -> bool {
        self.usual.as_deref() == Some(standard)
    }
}

#[cfg(test)]
mod tests;

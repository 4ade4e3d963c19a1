//! What was found, as a file.

use std::{collections::HashSet, io::Cursor};

use axum::{extract::State, response::Response};
use documents::write::{
    CatalogueCsv, CatalogueXlsx, Office, flow_docx, flow_of, form_docx, pack_docx, pack_zip,
    posts_docx,
};
use domain::{
    edition::Edition,
    item::{ItemId, ItemRecord},
    people::Scope,
    query::Query as Question,
    region::regions,
    standard::{Place, Standard},
};
use store::Selection;

use super::{Asked, table};
use crate::{
    AppState,
    downloads::{DOCX, XLSX, file},
    error::WebError,
    extract::Query,
    session::{Session, SignedIn},
};

/// Items of one file; the command line writes larger ones.
const MOST: usize = 20_000;

/// Editions that are read together.
const AT_ONCE: usize = 200;

/// 文件的样子。
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    Xlsx,
    Csv,
    OfOffice(Paper),
}

/// What an office hands over of its own items.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Paper {
    /// 表一、表二: a form of the standard.
    Form(&'static str, &'static str),
    Pack,
    PackZip,
    Flow,
    Posts,
}

impl Format {
    fn read(text: &str) -> Option<Format> {
        Some(match text {
            "xlsx" => Format::Xlsx,
            "csv" => Format::Csv,
            "table1" => Format::OfOffice(Paper::Form("table1", "表一")),
            "table2" => Format::OfOffice(Paper::Form("table2", "表二")),
            "pack" => Format::OfOffice(Paper::Pack),
            "pack.zip" => Format::OfOffice(Paper::PackZip),
            "flow" => Format::OfOffice(Paper::Flow),
            "posts" => Format::OfOffice(Paper::Posts),
            _ => return None,
        })
    }

    fn media_type(self) -> &'static str {
        match self {
            Format::Xlsx => XLSX,
            Format::Csv => "text/csv; charset=utf-8",
            Format::OfOffice(Paper::PackZip) => "application/zip",
            Format::OfOffice(_) => DOCX,
        }
    }
}

impl Paper {
    /// What the file is called after the office's name.
    fn name(self) -> String {
        match self {
            Paper::Form(_, title) => format!("{title}.docx"),
            Paper::Pack => "政务服务事项汇编.docx".into(),
            Paper::PackZip => "政务服务事项汇编.zip".into(),
            Paper::Flow => "权力运行流程图.docx".into(),
            Paper::Posts => "岗位说明.docx".into(),
        }
    }

    /// Writes it of these items, which are of one body; in words why it can not be.
    fn write(self, office: &Office<'_>) -> Result<Vec<u8>, String> {
        let Office { standard, items, .. } = *office;
        let is_of_steps = matches!(self, Paper::Flow | Paper::Posts);
        if is_of_steps && !items.iter().any(|it| flow_of(it).is_some()) {
            return Err("查到的事项没有填办理环节，画不出流程图".into());
        }
        Ok(match self {
            Paper::Form(id, title) => {
                let form = standard.form(id);
                let form = form.ok_or_else(|| format!("{}没有{title}", standard.title))?;
                form_docx(form, standard, items, office.body, office.region)
            }
            Paper::Pack => pack_docx(office),
            Paper::PackZip => pack_zip(office),
            Paper::Flow => flow_docx(items, standard, "权力运行流程图", None),
            Paper::Posts => posts_docx(items, standard, "岗位说明"),
        })
    }
}

/// `GET /workbench/query/export`
pub(super) async fn download(
    State(app): State<AppState>,
    session: SignedIn,
    query: Query,
) -> Result<Response, WebError> {
    let text = query.first("format").unwrap_or("xlsx");
    let format = Format::read(text).ok_or_else(|| WebError::unreadable("format", text))?;
    let asked = Asked::of_address(&app, &session, &query).await?;
    let question = match &asked.question {
        Ok(question) => question,
        Err(faults) => return Err(WebError::NotExported(faults.join("；"))),
    };
    let scope = session.actor.scope;
    let Some(items) = table::all(&app, scope, question, MOST).await? else {
        let why = format!("查到的多于 {MOST} 项，请加条件，或者请管理员在服务器上用 export 命令");
        return Err(WebError::NotExported(why));
    };
    if items.is_empty() {
        return Err(WebError::NotExported("没有查到事项，没有可导出的".into()));
    }
    let (bytes, name) = match format {
        Format::Xlsx => (xlsx(&app, scope, &items, &asked).await?, "查询结果.xlsx".to_owned()),
        Format::Csv => (csv(&app, scope, &items, &asked).await?, "查询结果.csv".to_owned()),
        Format::OfOffice(paper) => of_office(&app, &session, &items, question, paper).await?,
    };
    file(bytes, &name, format.media_type())
}

/// The name leads, then what is shown.
fn places(asked: &Asked<'_>) -> Vec<Place> {
    let name = Place::Element(domain::content::keys::NAME.to_owned());
    let others = asked.shown().into_iter().filter(|it| *it != name);
    std::iter::once(name.clone()).chain(others).collect()
}

async fn xlsx(
    app: &AppState,
    scope: Scope,
    items: &[ItemId],
    asked: &Asked<'_>,
) -> Result<Vec<u8>, WebError> {
    let out = Cursor::new(Vec::new());
    let list = CatalogueXlsx::chosen(out, &places(asked), &[asked.standard]);
    let mut list = list.map_err(WebError::internal)?;
    for items in items.chunks(AT_ONCE) {
        for edition in current(app, scope, items).await? {
            let standard = app.standard(&edition.record.standard);
            list.item(&edition.record, standard).map_err(WebError::internal)?;
        }
    }
    let (out, _) = list.finish().map_err(WebError::internal)?;
    Ok(out.into_inner())
}

async fn csv(
    app: &AppState,
    scope: Scope,
    items: &[ItemId],
    asked: &Asked<'_>,
) -> Result<Vec<u8>, WebError> {
    let list = CatalogueCsv::chosen(Vec::new(), &places(asked), &[asked.standard]);
    let mut list = list.map_err(WebError::internal)?;
    for items in items.chunks(AT_ONCE) {
        for edition in current(app, scope, items).await? {
            let standard = app.standard(&edition.record.standard);
            list.item(&edition.record, standard).map_err(WebError::internal)?;
        }
    }
    list.finish().map_err(WebError::internal)
}

async fn current(app: &AppState, scope: Scope, items: &[ItemId]) -> Result<Vec<Edition>, WebError> {
    let found = app.store.found(scope, items).await?;
    Ok(found.into_iter().map(|it| it.current).collect())
}

/// Writes what an office hands over, of one body's items in the body's own order.
async fn of_office(
    app: &AppState,
    session: &Session,
    items: &[ItemId],
    question: &Question,
    paper: Paper,
) -> Result<(Vec<u8>, String), WebError> {
    let first = app.store.found(session.actor.scope, &items[..1]).await?.pop();
    let first = first.ok_or(WebError::NotFound)?;
    let of_first = Question { body: Some(first.body), ..question.clone() };
    let of_first = table::all(app, session.actor.scope, &of_first, MOST).await?;
    if of_first.map_or(0, |it| it.len()) != items.len() {
        let why = "这是一个单位的文件，查到的有几个单位的，请先选定一个单位".to_owned();
        return Err(WebError::NotExported(why));
    }
    let body = app.store.body_by_id(first.body).await?.ok_or(WebError::NotFound)?;
    let standard = app.standard(&first.current.record.standard).clone();
    let wanted: HashSet<ItemId> = items.iter().copied().collect();
    let records = in_order(app, &body, &wanted, &standard).await?;
    let name = body.body.name.clone();
    let write = move || {
        let region = regions::name(&body.region).unwrap_or_default();
        let (body, items) = (body.body.name.as_str(), records.as_slice());
        paper.write(&Office { body, region, standard: &standard, items })
    };
    let bytes = tokio::task::spawn_blocking(write).await?.map_err(WebError::NotExported)?;
    Ok((bytes, format!("{name}{}", paper.name())))
}

/// Returns those of a body's items that are wanted; what is withdrawn stands on no form.
async fn in_order(
    app: &AppState,
    body: &store::Body,
    wanted: &HashSet<ItemId>,
    standard: &Standard,
) -> Result<Vec<ItemRecord>, WebError> {
    let selection =
        Selection { region: Some(body.region), body: Some(body.body.name.clone()), code: None };
    let mut records = Vec::new();
    let mut after = None;
    loop {
        let page = app.store.current_page(&selection, after, AT_ONCE as u32).await?;
        let Some((last, _)) = page.last() else { return Ok(records) };
        after = Some(*last);
        let of_form = |edition: &Edition| {
            wanted.contains(&edition.item) && edition.record.standard == standard.id
        };
        let page = page.into_iter().map(|(_, edition)| edition).filter(of_form);
        records.extend(page.map(|it| it.record));
    }
}

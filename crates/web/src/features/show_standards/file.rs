//! A standard as a workbook, for whoever fills in items by it: elements, dictionaries, routes.

use axum::{extract::State, response::Response};
use documents::write::{List, lists_xlsx};
use domain::standard::{Element, Field, Standard};

use super::{kind_word, required_words, routes};
use crate::{
    AppState,
    downloads::{XLSX, file},
    error::WebError,
    extract::Path,
};

/// `GET /help/standards/{standard}`
pub(super) async fn download(
    State(app): State<AppState>,
    Path(id): Path<String>,
) -> Result<Response, WebError> {
    let standard = app.standards.get(&id).ok_or(WebError::NotFound)?;
    let bytes = lists_xlsx(&standard.title, &lists(standard)).map_err(WebError::internal)?;
    file(bytes, &format!("{}.xlsx", standard.title), XLSX)
}

pub(super) fn lists(standard: &Standard) -> [List; 3] {
    let columns = [("部分", 16), ("要素", 30), ("种类", 8), ("何时必填", 30), ("公开", 8)];
    let dictionary = [("字典", 24), ("怎么填", 60)];
    let elements = List {
        name: "要素",
        columns: columns.into_iter().chain(dictionary).collect(),
        rows: standard.elements().iter().flat_map(|it| rows(it, standard)).collect(),
    };
    let entries = standard.lists().iter().flat_map(|list| {
        list.entries.iter().map(|it| vec![list.title.clone(), it.code.clone(), it.label.clone()])
    });
    let entries = List {
        name: "字典",
        columns: vec![("字典", 28), ("代码", 12), ("名称", 50)],
        rows: entries.collect(),
    };
    let of_routes = routes(standard).into_iter().map(|it| vec![it.kinds, it.operations, it.desks]);
    let routes = List {
        name: "审核路线",
        columns: vec![("事项类型", 40), ("操作", 30), ("环节", 50)],
        rows: of_routes.collect(),
    };
    [elements, entries, routes]
}

/// An element, and under it the columns of its rows.
fn rows(element: &Element, standard: &Standard) -> Vec<Vec<String>> {
    let section = standard.sections.iter().find(|it| it.id == element.section);
    let section = section.map(|it| it.title.clone()).unwrap_or_default();
    let title = |list: Option<&str>| {
        let known = list.and_then(|id| standard.list(id));
        known.map(|it| it.title.clone()).unwrap_or_default()
    };
    let public = |is_public: bool| if is_public { "公开" } else { "不公开" }.to_owned();
    let field = |it: &Field| {
        vec![
            section.clone(),
            format!("{}：{}", element.label, it.label),
            kind_word(it.kind).to_owned(),
            if it.required { "必填".to_owned() } else { String::new() },
            public(element.public && it.public),
            title(it.list.as_deref()),
            it.help.clone(),
        ]
    };
    let own = vec![
        section.clone(),
        element.label.clone(),
        kind_word(element.kind).to_owned(),
        required_words(&element.required, standard),
        public(element.public),
        title(element.list.as_deref()),
        element.help.clone(),
    ];
    std::iter::once(own).chain(element.fields.iter().map(field)).collect()
}

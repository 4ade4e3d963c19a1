//! 规范: the standards in force, their elements and dictionaries, and what uses them.

mod file;
#[cfg(test)]
mod tests;

use askama::Template;
use axum::{extract::State, response::Html, routing::get};
use domain::{
    people::Duty,
    standard::{CodeList, Element, KIND_LIST, Required, Standard, ValueKind},
};

use crate::{
    AppState,
    error::WebError,
    extract::Path,
    layout::{Bench, Room},
    links::{self, Link},
    map::{Map, Who},
    session::SignedIn,
};

const WHO: Who = Who::Officer(&[Duty::Administrator, Duty::Supervisor]);

pub(crate) fn places(map: Map) -> Map {
    let map = map.place("/workbench/standards", WHO, get(list));
    let map = map.place("/workbench/standards/{standard}", WHO, get(show));
    map.place("/help/standards/{standard}", Who::Anyone, get(file::download))
}

#[derive(Template)]
#[template(path = "show_standards/list.html")]
struct ListPage {
    bench: Bench,
    standards: Vec<Line>,
}

struct Line {
    link: Link,
    title: String,
    source: String,
    n_elements: usize,
    n_kinds: usize,
    desks: String,
    hash: String,
}

#[derive(Template)]
#[template(path = "show_standards/standard.html")]
struct StandardPage {
    bench: Bench,
    file: Link,
    title: String,
    source: String,
    sections: Vec<Section>,
    lists: Vec<ListView>,
    routes: Vec<RouteView>,
}

struct Section {
    title: String,
    elements: Vec<ElementView>,
}

struct ElementView {
    key: String,
    label: String,
    kind: &'static str,
    required: String,
    is_public: bool,
    list: Option<(String, String)>,
}

struct ListView {
    id: String,
    title: String,
    used_by: String,
    entries: Vec<(String, String)>,
}

struct RouteView {
    operations: String,
    kinds: String,
    desks: String,
}

async fn list(State(app): State<AppState>, session: SignedIn) -> Result<Html<String>, WebError> {
    let bench = Bench::new(&app, &session, Room::Administration);
    let standards = app.standards.iter().map(Line::of).collect();
    Ok(Html(ListPage { bench, standards }.render()?))
}

async fn show(
    State(app): State<AppState>,
    session: SignedIn,
    Path(id): Path<String>,
) -> Result<Html<String>, WebError> {
    let standard = app.standards.get(&id).ok_or(WebError::NotFound)?;
    let sections = standard.sections.iter().map(|section| Section {
        title: section.title.clone(),
        elements: standard
            .elements()
            .iter()
            .filter(|it| it.section == section.id)
            .map(|it| ElementView::of(it, standard))
            .collect(),
    });
    let page = StandardPage {
        bench: Bench::new(&app, &session, Room::Administration),
        file: links::standard_file(&standard.id),
        title: standard.title.clone(),
        source: standard.source.clone(),
        sections: sections.filter(|it| !it.elements.is_empty()).collect(),
        lists: standard.lists().iter().map(|it| ListView::of(it, standard)).collect(),
        routes: routes(standard),
    };
    Ok(Html(page.render()?))
}

impl Line {
    fn of(standard: &Standard) -> Line {
        let desks: Vec<&str> = standard.desks.iter().map(|it| it.title.as_str()).collect();
        Line {
            link: links::standard(&standard.id),
            title: standard.title.clone(),
            source: standard.source.clone(),
            n_elements: standard.elements().len(),
            n_kinds: standard.kinds().len(),
            desks: desks.join(" → "),
            hash: standard.hash.chars().take(12).collect(),
        }
    }
}

impl ElementView {
    fn of(element: &Element, standard: &Standard) -> ElementView {
        let list = element.list.as_deref().and_then(|id| standard.list(id));
        ElementView {
            key: element.key.clone(),
            label: element.label.clone(),
            kind: kind_word(element.kind),
            required: required_words(&element.required, standard),
            is_public: element.public,
            list: list.map(|it| (it.id.clone(), it.title.clone())),
        }
    }
}

impl ListView {
    fn of(list: &CodeList, standard: &Standard) -> ListView {
        let mut used: Vec<&str> = Vec::new();
        for element in standard.elements() {
            let of_field = element.fields.iter().any(|it| it.list.as_deref() == Some(&list.id));
            if element.list.as_deref() == Some(&list.id) || of_field {
                used.push(&element.label);
            }
        }
        if list.id == KIND_LIST {
            used.push("事项类型");
        }
        ListView {
            id: list.id.clone(),
            title: list.title.clone(),
            used_by: used.join("、"),
            entries: list.entries.iter().map(|it| (it.code.clone(), it.label.clone())).collect(),
        }
    }
}

fn routes(standard: &Standard) -> Vec<RouteView> {
    let desk = |id: &String| {
        let known = standard.desks.iter().find(|it| it.id == *id);
        known.map_or_else(|| id.clone(), |it| it.title.clone())
    };
    let route = |it: &domain::standard::ReviewRoute| RouteView {
        operations: it.operations.iter().map(|it| it.label()).collect::<Vec<_>>().join("、"),
        kinds: match it.kinds.is_empty() {
            true => "其余类型".to_owned(),
            false => {
                it.kinds.iter().map(|kind| standard.kind_label(kind)).collect::<Vec<_>>().join("、")
            }
        },
        desks: match it.desks.is_empty() {
            true => "不经审核".to_owned(),
            false => it.desks.iter().map(desk).collect::<Vec<_>>().join(" → "),
        },
    };
    standard.routes.iter().map(route).collect()
}

fn required_words(required: &Required, standard: &Standard) -> String {
    match required {
        Required::Never => String::new(),
        Required::Always => "必填".to_owned(),
        Required::ForKinds(kinds) => {
            let kinds: Vec<&str> = kinds.iter().map(|it| standard.kind_label(it)).collect();
            format!("{}必填", kinds.join("、"))
        }
        Required::When { element, is } => {
            let Some(on) = standard.element(element) else { return String::new() };
            let word = |code: &String| match (code.as_str(), &on.list) {
                ("true", _) => "是".to_owned(),
                ("false", _) => "否".to_owned(),
                (_, Some(list)) => standard.label(list, code).to_owned(),
                _ => code.clone(),
            };
            let words: Vec<String> = is.iter().map(word).collect();
            format!("“{}”为{}时必填", on.label, words.join("、"))
        }
    }
}

fn kind_word(kind: ValueKind) -> &'static str {
    match kind {
        ValueKind::Text => "文字",
        ValueKind::Number => "数",
        ValueKind::Flag => "是否",
        ValueKind::Date => "日期",
        ValueKind::Codes => "选项",
        ValueKind::Limit => "时限",
        ValueKind::Money => "金额",
        ValueKind::Rows => "子表",
    }
}

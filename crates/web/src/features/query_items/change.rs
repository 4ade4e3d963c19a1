//! 批量改要素: which element, what it says from now on, and then a job that reports each item.

use askama::Template;
use axum::{extract::State, http::StatusCode, response::Response};
use domain::{
    content::{keys, unit_name},
    item::ItemId,
    standard::{Element, Standard},
};

use super::{Asked, table, typed::Typed};
use crate::{
    AppState,
    controls::{Control, Input},
    error::WebError,
    extract::Form,
    jobs::changes::{self, Change, NewValue},
    layout::{self, Bench, Room},
    links,
    session::{Session, SignedIn},
};

/// Items that one job changes.
const MOST: usize = 10_000;

#[derive(Template)]
#[template(path = "query_items/change.html")]
struct Page {
    bench: Bench,
    n_items: usize,
    /// What is sent along: ticks, or the question whose whole result it is.
    along: Vec<(String, String)>,
    sections: Vec<(String, Vec<(String, String)>)>,
    chosen: Option<Chosen>,
    fault: Option<String>,
}

struct Chosen {
    key: String,
    title: String,
    help: String,
    is_list: bool,
    input: Input,
}

/// `POST /workbench/query/change`: with ticks or `all`, then with `element`, then with `go`.
pub(super) async fn submit(
    State(app): State<AppState>,
    session: SignedIn,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, WebError> {
    let get = |key: &str| fields.iter().find(|(it, _)| it == key).map(|(_, value)| value.as_str());
    let is_all = get("all") == Some("1");
    let typed = Typed::of_fields(&fields);
    let along = along(&fields, &typed, is_all);
    let items = match is_all {
        true => whole(&app, &session, typed).await?,
        false => Ok(ticked(&fields)),
    };
    let (items, fault) = match items {
        Ok(items) if items.is_empty() => {
            (Vec::new(), Some("没有勾选事项。请回到列表勾选，再点批量改要素。".to_owned()))
        }
        Ok(items) => (items, None),
        Err(why) => (Vec::new(), Some(why)),
    };
    let standard = standard_of(&app, &session, &items).await?;
    let element = get("element").and_then(|key| standard.element(key));
    let element = element.filter(|it| may_change(it));
    if let (Some(element), Some("1"), None) = (element, get("go"), &fault) {
        let value = new_value(element, &fields);
        let change = Change { value: Some(value) };
        let by = session.actor.id;
        let job = changes::order(&app.store, by, &change, &items, app.clock.now()).await?;
        return Ok(links::job(&job).redirect());
    }
    let status = if fault.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let page = Page {
        bench: Bench::new(&app, &session, Room::Query),
        n_items: items.len(),
        along,
        sections: sections(standard),
        chosen: element.map(|it| Chosen::of(it, standard)),
        fault,
    };
    layout::answer(status, page)
}

/// Reads the ticks of this list (`7`) and of the office's (`7.8.9`: item, edition, revision).
fn ticked(fields: &[(String, String)]) -> Vec<ItemId> {
    let ticks = fields.iter().filter(|(key, _)| key == "pick");
    let item = |text: &str| text.split('.').next()?.parse().ok().map(ItemId);
    let mut items: Vec<ItemId> = ticks.filter_map(|(_, text)| item(text)).collect();
    items.sort_unstable();
    items.dedup();
    items
}

/// Returns all that a question finds, or why it is too much.
async fn whole(
    app: &AppState,
    session: &Session,
    typed: Typed,
) -> Result<Result<Vec<ItemId>, String>, WebError> {
    let asked = Asked::of_typed(app, session, typed).await?;
    let question = match &asked.question {
        Ok(question) => question,
        Err(faults) => return Ok(Err(faults.join("；"))),
    };
    let found = table::all(app, session.actor.scope, question, MOST).await?;
    Ok(found.ok_or_else(|| format!("查到的多于 {MOST} 项，请加条件，分几次改")))
}

fn along(fields: &[(String, String)], typed: &Typed, is_all: bool) -> Vec<(String, String)> {
    if is_all {
        let all = std::iter::once(("all".to_owned(), "1".to_owned()));
        return all.chain(typed.pairs()).collect();
    }
    fields.iter().filter(|(key, _)| key == "pick").cloned().collect()
}

async fn standard_of<'a>(
    app: &'a AppState,
    session: &Session,
    items: &[ItemId],
) -> Result<&'a Standard, WebError> {
    let first = &items[..items.len().min(1)];
    let first = app.store.found(session.actor.scope, first).await?;
    Ok(first
        .first()
        .map_or(app.standards.national(), |it| app.standard(&it.current.record.standard)))
}

/// What says which item it is, many can not have alike.
fn may_change(element: &Element) -> bool {
    element.key != keys::NAME && !element.identifying
}

fn new_value(element: &Element, fields: &[(String, String)]) -> NewValue {
    let unit = unit_name(&element.key);
    let own = fields.iter().filter(|(key, _)| *key == element.key || *key == unit);
    NewValue {
        element: element.key.clone(),
        label: element.label.clone(),
        fields: own.cloned().collect(),
    }
}

fn sections(standard: &Standard) -> Vec<(String, Vec<(String, String)>)> {
    let of_section = |section: &domain::standard::Section| {
        let own = standard.elements().iter().filter(|it| it.section == section.id);
        let own = own.filter(|it| may_change(it));
        (section.title.clone(), own.map(|it| (it.key.clone(), it.label.clone())).collect())
    };
    let mut sections: Vec<(String, Vec<(String, String)>)> =
        standard.sections.iter().map(of_section).collect();
    sections.retain(|(_, elements)| !elements.is_empty());
    sections
}

impl Chosen {
    fn of(element: &Element, standard: &Standard) -> Chosen {
        let control = Control::of(&element.key, None, element.shape(), false, standard);
        Chosen {
            key: element.key.clone(),
            title: format!("{}改为", element.label),
            help: element.help.clone(),
            is_list: !element.fields.is_empty(),
            input: Input::plain(&element.key, control),
        }
    }
}

impl Page {
    fn is_chosen(&self, key: &str) -> bool {
        self.chosen.as_ref().is_some_and(|it| it.key == key)
    }
}

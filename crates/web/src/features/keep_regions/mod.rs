//! 乡镇代码: the two digits of each township in its county's own code rule, registered here.

use askama::Template;
use axum::{
    extract::State,
    response::{Html, Response},
    routing::get,
};
use domain::{
    people::{Duty, Scope},
    region::{Level, RegionCode, are_township_digits, regions},
};
use store::{StoreError, Township};

use crate::{
    AppState,
    error::WebError,
    extract::{Form, Query},
    layout::{self, Bench, Room},
    links,
    map::{Map, Who},
    session::{Session, SignedIn},
};

const WHO: Who = Who::Officer(&[Duty::Administrator]);

pub(crate) fn places(map: Map) -> Map {
    map.place("/workbench/regions", WHO, get(show).post(register))
}

#[derive(Template)]
#[template(path = "keep_regions/page.html")]
struct Page {
    bench: Bench,
    county: Option<(RegionCode, &'static str)>,
    townships: Vec<Township>,
    fault: Option<String>,
}

async fn show(
    State(app): State<AppState>,
    session: SignedIn,
    query: Query,
) -> Result<Html<String>, WebError> {
    let asked = query.first("region").and_then(|it| RegionCode::parse(it).ok());
    let county = county(&app, &session, asked);
    Ok(Html(page(&app, &session, county, None).await?.render()?))
}

/// Registers the digits of all townships of a county in one step, or of none.
async fn register(
    State(app): State<AppState>,
    session: SignedIn,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, WebError> {
    let asked = fields.iter().find(|(key, _)| key == "region");
    let asked = asked.and_then(|(_, code)| RegionCode::parse(code).ok());
    let Some(county) = county(&app, &session, asked) else { return Err(WebError::NotFound) };
    let known = app.store.townships(county).await?;
    let mut tx = app.store.begin().await?;
    for township in &known {
        let typed = fields.iter().find(|(key, _)| *key == township.code.to_string());
        let Some(digits) = typed.map(|(_, value)| value.trim()).filter(|it| !it.is_empty()) else {
            continue;
        };
        let why = match are_township_digits(digits) {
            true => match tx.register_township(township.code, digits).await {
                Ok(()) => continue,
                Err(StoreError::Taken { .. }) => "和同县另一个乡镇的重了",
                Err(error) => return Err(error.into()),
            },
            false => "要写两位数字，不能是 00（00 是县本级）",
        };
        drop(tx);
        let fault = format!("{}的代码“{digits}”{why}。没有写入什么。", township.name);
        return layout::refused(page(&app, &session, Some(county), Some(fault)).await?);
    }
    tx.commit().await?;
    Ok(links::regions().with("region", &county.to_string()).redirect())
}

/// Returns the county that is asked for, if the officer has it; else their own, if they have one.
fn county(app: &AppState, session: &Session, asked: Option<RegionCode>) -> Option<RegionCode> {
    let (own, covers): (Option<RegionCode>, _) = match session.actor.scope {
        Scope::Everywhere => (app.settings.region, true),
        Scope::Region(code) => (Some(code), asked.is_none_or(|it| code.contains(&it))),
        Scope::Body(_) => (None, false),
    };
    let chosen = asked.or(own).filter(|_| covers)?;
    (chosen.level() == Level::County).then_some(chosen)
}

async fn page(
    app: &AppState,
    session: &Session,
    county: Option<RegionCode>,
    fault: Option<String>,
) -> Result<Page, WebError> {
    let townships = match county {
        Some(county) => app.store.townships(county).await?,
        None => Vec::new(),
    };
    let bench = Bench::new(app, session, Room::Administration);
    let county = county.map(|code| (code, regions::name(&code).unwrap_or_default()));
    Ok(Page { bench, county, townships, fault })
}

#[cfg(test)]
mod tests {
    use domain::people::{Role, Scope};

    use crate::testkit::{Site, officer};

    #[tokio::test]
    async fn a_county_registers_the_digits_of_its_own_townships() {
        let site = Site::start().await;
        let county = Scope::Region("620524".parse().unwrap());
        let desk = site.officer(officer("county", county, &[Role::Administrator])).await;
        desk.get("/workbench/regions").await.check(200, &["武山县", "城关镇"]);
        let done = desk.post("/workbench/regions", &[("620524100", "01")]).await;
        assert_eq!(done.status, 303, "{}", done.body);
        let page = desk.get("/workbench/regions").await;
        assert_eq!(page.attributes("#t620524100", "value"), ["01"]);
        let twice = desk.post("/workbench/regions", &[("620524101", "01")]).await;
        twice.check(422, &["和同县另一个乡镇的重了"]);
        desk.post("/workbench/regions", &[("620524101", "00")]).await.check(422, &["不能是 00"]);
        let other = [("region", "620525"), ("620525100", "01")];
        assert_eq!(desk.post("/workbench/regions", &other).await.status, 404);
    }
}

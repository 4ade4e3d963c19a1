//! What stands around every page: head, region switch, search field, foot.

mod bench;
mod card;
mod icons;

use std::sync::Arc;

use askama::Template;
use axum::{
    http::StatusCode,
    response::{Html, IntoResponse, Response},
};
use domain::region::RegionCode;
use search::SearchError;

pub(crate) use self::{
    bench::{Bench, Room, libraries},
    card::{CardFact, facts, in_short},
    icons::{Icon, icon},
};
use crate::{
    AppState,
    areas::Place,
    assets,
    error::WebError,
    links::{self, Area, Link},
};

/// 页面的外框。
#[derive(Debug, Clone)]
pub(crate) struct Shell {
    pub(crate) site_name: String,
    pub(crate) is_demo: bool,
    pub(crate) area: Area,
    pub(crate) switch: Switch,
    /// The words in the search field.
    pub(crate) words: String,
    pub(crate) is_home: bool,
    /// Searches do not find everything yet.
    pub(crate) is_rebuilding: bool,
    /// What the page uses beside the frame's own.
    icons: Vec<Icon>,
}

/// 地区切换。
#[derive(Debug, Clone, Default)]
pub(crate) struct Switch {
    pub(crate) below: Arc<[Place]>,
    pub(crate) elsewhere: Arc<[Place]>,
}

/// Answers with a page that says why nothing was done, and has what was typed.
pub(crate) fn refused(page: impl Template) -> Result<Response, WebError> {
    answer(StatusCode::UNPROCESSABLE_ENTITY, page)
}

pub(crate) fn answer(status: StatusCode, page: impl Template) -> Result<Response, WebError> {
    Ok((status, Html(page.render()?)).into_response())
}

impl Shell {
    pub(crate) fn new(app: &AppState, area: Area) -> Result<Shell, SearchError> {
        let mut shell = Shell::without_regions(app);
        shell.area = area;
        shell.site_name = site_name(app, area);
        shell.switch.elsewhere = app.areas.below(None, &app.index)?;
        if let Area::Within(code) = area {
            shell.switch.below = app.areas.below(Some(code), &app.index)?;
        }
        Ok(shell)
    }

    pub(crate) fn for_default_area(app: &AppState) -> Result<Shell, SearchError> {
        Shell::new(app, default_area(app)?)
    }

    /// Returns the frame of a page that must stand even when the index fails.
    pub(crate) fn without_regions(app: &AppState) -> Shell {
        let area = home_area(app);
        Shell {
            site_name: site_name(app, area),
            is_demo: app.settings.demo,
            area,
            switch: Switch::default(),
            words: String::new(),
            is_home: false,
            is_rebuilding: app.following.is_rebuilding(),
            icons: Vec::new(),
        }
    }

    #[cfg(test)]
    pub(crate) fn sample() -> Shell {
        Shell {
            site_name: "武山县政务服务".to_owned(),
            is_demo: false,
            area: Area::read("620524").unwrap(),
            switch: Switch::default(),
            words: String::new(),
            is_home: false,
            is_rebuilding: false,
            icons: Vec::new(),
        }
    }

    pub(crate) fn with_words(self, words: &str) -> Shell {
        Shell { words: words.to_owned(), ..self }
    }

    pub(crate) fn at_home(self) -> Shell {
        Shell { is_home: true, ..self }
    }

    pub(crate) fn with_icons(self, icons: Vec<Icon>) -> Shell {
        Shell { icons, ..self }
    }

    pub(crate) fn sprite(&self) -> String {
        let frame = ["chevron-down", "map-pin", "menu-2"].map(icon);
        icons::sprite(frame.into_iter().chain(self.icons.iter().copied()))
    }

    pub(crate) fn home_link(&self) -> Link {
        links::home(self.area)
    }

    pub(crate) fn search_link(&self) -> Link {
        links::search(self.area)
    }

    pub(crate) fn suggest_link(&self) -> Link {
        links::suggest()
    }

    pub(crate) fn changes_link(&self) -> Link {
        links::changes(self.area, None)
    }

    pub(crate) fn asset(&self, path: &str) -> String {
        assets::address(path)
    }

    pub(crate) fn switch_to(&self, code: &RegionCode) -> Link {
        links::home(Area::Within(*code))
    }

    pub(crate) fn everywhere(&self) -> Link {
        links::home(Area::All)
    }

    pub(crate) fn is_here(&self, place: &Place) -> bool {
        self.area == Area::Within(place.code)
    }
}

/// Returns the area of a page whose address names none, or none that there is.
pub(crate) fn default_area(app: &AppState) -> Result<Area, SearchError> {
    if let Some(region) = app.settings.region {
        return Ok(Area::Within(region));
    }
    let first = app.areas.below(None, &app.index)?.first().map(|place| place.code);
    Ok(first.map_or(Area::All, Area::Within))
}

/// Returns the area that the settings name, known without the index.
fn home_area(app: &AppState) -> Area {
    app.settings.region.map_or(Area::All, Area::Within)
}

/// Returns the name of the site as it is known without the index.
pub(crate) fn home_name(app: &AppState) -> String {
    site_name(app, home_area(app))
}

pub(crate) fn site_name(app: &AppState, area: Area) -> String {
    match (&app.settings.site_name, area) {
        (Some(name), _) => name.clone(),
        (None, Area::All) => "政务服务".to_owned(),
        (None, area) => format!("{}政务服务", area.name()),
    }
}

use std::fmt;

use serde::Deserialize;

use crate::content::{Row, Value};

/// 采集地址编号。
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PlaceId(pub i64);

/// 采集地址：一处办事的地方，和在那里的窗口。
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(default)]
pub struct Place {
    pub name: String,
    pub address: String,
    pub hours: String,
    /// Of the place as a whole; a window's own is in its line.
    pub phone: String,
    /// 怎么去。
    pub traffic: String,
    /// 经度、纬度, as a map gives them: `105.69,34.58`.
    pub coordinates: String,
    /// A line a window: its name, and its phone after a bar if it has one of its own.
    pub windows: String,
}

/// 登记采集地址的毛病。
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PlaceFault {
    #[error("写上名称，100 个字以内")]
    Name,
    #[error("写上地址，到楼层；200 个字以内")]
    Address,
    #[error("坐标写成“经度,纬度”，例如 105.69,34.58")]
    Coordinates,
}

/// The field of a row of 办理窗口 that remembers where its values are from; not public.
const SOURCE: &str = "place";

impl Place {
    /// Takes the space off around what was typed, and a browser's ends of lines.
    pub fn tidied(mut self) -> Place {
        let Place { name, address, hours, phone, traffic, coordinates, windows } = &mut self;
        for text in [name, address, hours, phone, traffic, coordinates, windows] {
            *text = text.trim().replace("\r\n", "\n");
        }
        self
    }

    pub fn faults(&self) -> Vec<PlaceFault> {
        let is_said =
            |text: &str, longest: usize| !text.trim().is_empty() && text.chars().count() <= longest;
        let faults = [
            (!is_said(&self.name, 100), PlaceFault::Name),
            (!is_said(&self.address, 200), PlaceFault::Address),
            (!self.coordinates.is_empty() && self.point().is_none(), PlaceFault::Coordinates),
        ];
        faults.into_iter().filter(|(is_so, _)| *is_so).map(|(_, fault)| fault).collect()
    }

    /// Returns longitude and latitude.
    pub fn point(&self) -> Option<(f64, f64)> {
        let (east, north) = self.coordinates.split_once([',', '，'])?;
        let (east, north): (f64, f64) = (east.trim().parse().ok()?, north.trim().parse().ok()?);
        let is_on_earth = (-180.0..=180.0).contains(&east) && (-90.0..=90.0).contains(&north);
        is_on_earth.then_some((east, north))
    }

    /// Returns the windows, each with its phone.
    pub fn windows(&self) -> impl Iterator<Item = (&str, &str)> {
        let lines = self.windows.lines().map(str::trim).filter(|line| !line.is_empty());
        lines.map(|line| match line.split_once(['|', '｜']) {
            Some((name, phone)) => (name.trim(), phone.trim()),
            None => (line, self.phone.as_str()),
        })
    }

    /// Makes a row one of this place, of a window of it if one is named. What a place does not
    /// speak of, such as a map, stays.
    pub fn fill_as(&self, id: PlaceId, window: &str, row: &mut Row) {
        if !window.is_empty() {
            put(row, "name", window);
        }
        put(row, SOURCE, &id.to_string());
        self.fill(row);
    }

    /// Returns the place from which a row was filled.
    pub fn behind(row: &Row) -> Option<PlaceId> {
        row.text(SOURCE).parse().ok().map(PlaceId)
    }

    /// Writes what the place says over what a row of it says; the row's window stays.
    pub fn fill(&self, row: &mut Row) {
        let phone = self.windows().find(|(name, _)| *name == row.text("name"));
        let phone = phone.map_or(self.phone.as_str(), |(_, phone)| phone).to_owned();
        put(row, "address", &self.address);
        put(row, "hours", &self.hours);
        put(row, "phone", &phone);
        put(row, "traffic", &self.traffic);
    }
}

impl fmt::Display for PlaceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

fn put(row: &mut Row, field: &str, text: &str) {
    let text = text.trim();
    if text.is_empty() {
        row.fields.remove(field);
    } else {
        row.fields.insert(field.to_owned(), Value::Text(text.to_owned()));
    }
}

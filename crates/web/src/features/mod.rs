//! The table of contents of the site.

mod check_health;
mod home;
mod read_guide;
mod search_items;
mod suggest_items;
#[cfg(test)]
mod tests;

use crate::{assets, map::Map};

pub(crate) fn map(map: Map) -> Map {
    let map = home::places(map);
    let map = search_items::places(map);
    let map = suggest_items::places(map);
    let map = read_guide::places(map);
    let map = assets::places(map);
    check_health::places(map)
}

use std::collections::BTreeMap;

use domain::{calendar::Calendar, content::keys, publication::PublicItem};
use time::Date;

use crate::opening::Today;

/// A building is the hall only if so many of the frequent items are done there.
const FEWEST_ITEMS: usize = 2;

/// 办事大厅：where most of the frequent items are done.
pub(super) struct Hall {
    pub(super) address: String,
    /// As the office wrote them, where they do not surely say the hours of today.
    pub(super) hours: String,
    pub(super) today: Option<Today>,
    pub(super) n_items: usize,
    pub(super) n_asked: usize,
}

/// Finds the hall in what the items publish of their windows; no other source names it.
pub(super) fn hall(items: &[PublicItem], today: Date, calendar: &Calendar) -> Option<Hall> {
    let in_hall = |it: &&PublicItem| it.item.content.flag(keys::IN_HALL) == Some(true);
    let mut n_items_at: BTreeMap<&str, usize> = BTreeMap::new();
    for item in items.iter().filter(in_hall) {
        let mut buildings: Vec<&str> = windows(item).map(|(building, _)| building).collect();
        buildings.sort_unstable();
        buildings.dedup();
        for building in buildings {
            *n_items_at.entry(building).or_default() += 1;
        }
    }
    let (address, n_items) = n_items_at.into_iter().max_by_key(|(_, n_items)| *n_items)?;
    if n_items < FEWEST_ITEMS || n_items * 2 <= items.len() {
        return None;
    }
    let hours = hours_at(items, address);
    Some(Hall {
        address: address.to_owned(),
        today: Today::read(hours, today, calendar),
        hours: hours.to_owned(),
        n_items,
        n_asked: items.len(),
    })
}

/// Returns the hours that all windows of the building have; empty where they differ.
fn hours_at<'a>(items: &'a [PublicItem], address: &str) -> &'a str {
    let there = items.iter().flat_map(windows).filter(|(building, _)| *building == address);
    let mut hours = there.map(|(_, hours)| hours);
    let first = hours.next().unwrap_or_default();
    if hours.all(|it| it == first) { first } else { "" }
}

/// Returns the building and the hours of each window that says where it is.
fn windows(item: &PublicItem) -> impl Iterator<Item = (&str, &str)> {
    let rows = item.item.content.rows(keys::WINDOWS).iter();
    let windows = rows.map(|row| (building(row.text("address")), row.text("hours")));
    windows.filter(|(building, _)| !building.is_empty())
}

/// Returns the address up to the storey: 政务服务中心二楼西侧 is in 政务服务中心.
fn building(address: &str) -> &str {
    const NUMERALS: &str = "一二三四五六七八九十";
    let address = address.trim();
    let Some(at) = address.rfind(['楼', '层']) else { return address };
    let is_number = |c: char| c.is_ascii_digit() || NUMERALS.contains(c);
    let storey = address[..at].trim_end();
    let before = storey.trim_end_matches(is_number);
    if before.len() == storey.len() { address } else { before.trim_end() }
}

#[cfg(test)]
mod tests {
    use super::building;

    #[test]
    fn a_building_is_its_address_without_the_storey() {
        for (address, expected) in [
            ("武山县城关镇政务服务中心二楼", "武山县城关镇政务服务中心"),
            ("政务服务中心 3 楼", "政务服务中心"),
            ("政务服务中心3楼西侧", "政务服务中心"),
            ("城关镇解放路1号", "城关镇解放路1号"),
            ("示例路305号5号楼808房", "示例路305号5号楼808房"),
            ("", ""),
        ] {
            assert_eq!(building(address), expected);
        }
    }
}

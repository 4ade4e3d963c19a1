//! All regions of the country that the statistical codes name.
//!
//! Hong Kong, Macau and Taiwan are not in the source and so not here.

use std::sync::OnceLock;

use super::{Region, RegionCode};

/// Returns every region, each after the one that it lies in.
pub fn all() -> impl Iterator<Item = Region> {
    table().iter().map(region)
}

pub fn get(code: &RegionCode) -> Option<Region> {
    let table = table();
    let at = table.binary_search_by_key(code, |row| row.code).ok()?;
    Some(region(&table[at]))
}

pub fn name(code: &RegionCode) -> Option<&'static str> {
    get(code).map(|region| region.name)
}

/// Returns the name with all that lies above it: 甘肃省天水市武山县.
///
/// Names that only hold a place in the codes (市辖区, 省直辖县级行政区划) are left out.
pub fn full_name(code: &RegionCode) -> Option<String> {
    let region = get(code)?;
    let above = region.parent.and_then(|parent| full_name(&parent)).unwrap_or_default();
    if is_placeholder(&region) && !above.is_empty() {
        return Some(above);
    }
    Some(above + region.name)
}

struct Row {
    code: RegionCode,
    name: &'static str,
}

fn region(row: &Row) -> Region {
    Region { code: row.code, name: row.name, parent: row.code.parent(), level: row.code.level() }
}

fn is_placeholder(region: &Region) -> bool {
    region.name == "市辖区" || region.name == "县" || region.name.ends_with("直辖县级行政区划")
}

fn table() -> &'static [Row] {
    static TABLE: OnceLock<Vec<Row>> = OnceLock::new();
    TABLE.get_or_init(|| {
        let text = include_str!("../../../../standards/regions.txt");
        read(text).expect("the shipped table of regions is read by a test")
    })
}

/// Reads the nested lines that the head of the file explains.
fn read(text: &'static str) -> Option<Vec<Row>> {
    let mut rows = Vec::with_capacity(45_000);
    let mut above = 0;
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let depth = line.bytes().take_while(|byte| *byte == b' ').count();
        let unit = [10_000_000, 100_000, 1_000].get(depth)?;
        let mut words = line[depth..].split(' ');
        let (digits, name) = words.next()?.split_at_checked(2)?;
        above = above / (unit * 100) * (unit * 100) + digits.parse::<u32>().ok()? * unit;
        rows.push(Row { code: RegionCode(above), name });
        for word in words {
            let (digits, name) = word.split_at_checked(3)?;
            rows.push(Row { code: RegionCode(above + digits.parse::<u32>().ok()?), name });
        }
    }
    Some(rows)
}

//! An index that can not be served is begun anew by the site itself.

use std::fs;

use super::support::Office;

const DEMO: &str = include_str!("../../../../demo/wushan/items.jsonl");

/// An office that has published so many items of the demo, all of them in its index.
fn office(n_items: usize) -> Office {
    let office = Office::new();
    let lines: Vec<&str> = DEMO.lines().take(n_items).collect();
    let file = office.file("items.jsonl", lines.join("\n"));
    office.import(&[&file, "--standard", "wushan", "--publish"]);
    assert_eq!(office.run(&["reindex"]).status, 0);
    office
}

#[track_caller]
fn is_whole_once_served(office: &Office) {
    office.serve().kill();
    let verdict = office.run(&["verify"]);
    assert_eq!(verdict.status, 0, "{} {}", verdict.out, verdict.err);
}

#[test]
fn an_index_of_data_from_before_a_restore_is_not_served() {
    let (other, office) = (office(5), office(2));
    fs::remove_dir_all(office.path("data/index")).unwrap();
    fs::rename(other.path("data/index"), office.path("data/index")).unwrap();
    assert_ne!(office.run(&["verify"]).status, 0);
    is_whole_once_served(&office);
}

#[test]
fn a_broken_index_is_not_served() {
    let office = office(2);
    let broken = |name: &str| name.ends_with(".idx") || name.ends_with(".store");
    let mut n_broken = 0;
    for entry in fs::read_dir(office.path("data/index")).unwrap() {
        let path = entry.unwrap().path();
        if broken(&path.to_string_lossy()) {
            fs::write(&path, "nonsense").unwrap();
            n_broken += 1;
        }
    }
    assert!(n_broken > 0);
    is_whole_once_served(&office);
}

//! Two processes on one data folder.

use super::support::{Office, counts, demo};

const SERVE: [&str; 3] = ["serve", "--listen", "127.0.0.1:0"];

#[test]
fn a_folder_that_is_served_is_not_served_again_nor_its_index_rebuilt() {
    let office = Office::new();
    let site = office.serve();
    let folder = office.path("data").display().to_string();
    let who = format!("进程 {}（shixiang serve）", site.pid());
    for args in [&SERVE[..], &["demo", "--listen", "127.0.0.1:0"]] {
        office.run(args).check(1, &[&folder, &who, "--data"]);
    }
    office.run(&["reindex"]).check(1, &[&folder, &who, "先停下它"]);
}

#[test]
fn a_killed_site_leaves_no_lock() {
    let office = Office::new();
    office.serve().kill();
    office.run(&["reindex"]).check(0, &["0 条"]);
    office.serve();
}

#[test]
fn a_catalogue_is_brought_in_read_and_given_back_beside_the_site() {
    let office = Office::new();
    let _site = office.serve();
    let answer = office.import(&[&demo("wushan/items.jsonl"), "--publish"]);
    assert_eq!(counts(&answer)[1], 63, "{answer}");
    office.export("items.jsonl", &[]);
    office.run(&["search", "身份证"]).check(0, &["找到"]);
    office.run(&["check", "--json"]).check(0, &[]);
    office.run(&["verify"]).check(0, &["完好"]);
    office.run(&["undo"]).check(0, &["收回 63 项"]);
}

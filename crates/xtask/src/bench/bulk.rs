//! A bulk approval that publishes, beside inserting the rows that it leaves one by one, and how
//! pages answer meanwhile.

use std::{fs, path::Path};

use anyhow::{Context, Result};

use super::load::{bench, text};

pub(super) fn run(root: &Path, n_items: usize) -> Result<()> {
    let folder = root.join("target/bench/bulk");
    if folder.exists() {
        fs::remove_dir_all(&folder).with_context(|| format!("{} stays", folder.display()))?;
    }
    fs::create_dir_all(&folder)?;
    let (catalogue, bare) = (folder.join("catalogue.db"), folder.join("bare.db"));
    let catalogue = text(&catalogue)?;
    let bulk = bench(root, "web", "bulk", &[&n_items.to_string(), catalogue])?;
    let figures: Vec<&str> = bulk.split_whitespace().collect();
    let [seconds, events, publications, beside, home, home_99, tasks, tasks_99] = figures[..]
    else {
        anyhow::bail!("the bench `bulk` should print eight figures, not `{}`", bulk.trim());
    };
    let limit =
        bench(root, "store", "one_by_one", &[catalogue, events, publications, text(&bare)?])?;
    let (took, limit): (f64, f64) = (seconds.parse()?, limit.trim().parse()?);
    let beside: f64 = beside.parse()?;
    println!(
        "{n_items} editions approved and published: {took:.2} s; their {events} events and \
         {publications} publications one by one: {limit:.2} s; {:.2} times",
        took / limit
    );
    println!(
        "beside an open site: {beside:.2} s, {:.2} times; meanwhile the portal's home answers in \
         p50 {home} ms, p99 {home_99} ms, the to-do list in p50 {tasks} ms, p99 {tasks_99} ms",
        beside / limit
    );
    fs::remove_dir_all(&folder).with_context(|| format!("{} stays", folder.display()))
}

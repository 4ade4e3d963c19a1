//! A bulk approval that publishes, beside inserting the rows that it leaves one by one.

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
    let [seconds, events, publications] = bulk.split_whitespace().collect::<Vec<_>>()[..] else {
        anyhow::bail!("the bench `bulk` should print three figures, not `{}`", bulk.trim());
    };
    let limit =
        bench(root, "store", "one_by_one", &[catalogue, events, publications, text(&bare)?])?;
    let (took, limit): (f64, f64) = (seconds.parse()?, limit.trim().parse()?);
    println!(
        "{n_items} editions approved and published: {took:.2} s; their {events} events and \
         {publications} publications one by one: {limit:.2} s; {:.2} times",
        took / limit
    );
    fs::remove_dir_all(&folder).with_context(|| format!("{} stays", folder.display()))
}

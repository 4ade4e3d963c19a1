use std::{
    fs::{self, File},
    io::{self, Write},
    path::{Path, PathBuf},
};

use anyhow::{Context, bail};
use documents::backup::{BackupError, BackupReader, Manifest};
use store::{
    Store,
    backup::{FORM, Row, TABLES},
};

use super::{say, say_json, verify};
use crate::{
    Done,
    place::{Place, STANDARDS, entries},
};

/// Rows written at once.
const BATCH: usize = 100;

#[derive(clap::Args)]
pub(crate) struct Args {
    /// shixiang backup 写出的文件
    file: PathBuf,
    #[arg(long)]
    json: bool,
}

#[derive(serde::Serialize)]
struct Answer<'a> {
    made_at: &'a str,
    program: &'a str,
    engine: &'a str,
    items: u64,
    events: i64,
    publications: i64,
    wrong: Vec<String>,
}

pub(crate) async fn run(place: &Place, args: Args) -> anyhow::Result<Done> {
    let _serving = place.serving("恢复要独占数据目录，先停下它")?;
    place.alone()?;
    let named = || args.file.display().to_string();
    let mut backup = BackupReader::open(&args.file, FORM).with_context(named)?;
    let manifest = backup.manifest().clone();
    backup.check().and_then(|()| check_tables(&manifest)).with_context(named)?;
    refuse_other_standards(place, &manifest, &mut backup)?;

    let store = place.store().await?;
    fill(place, &store, &manifest, &mut backup).await?;
    let verdict = store.verify().await?;
    store.close().await;
    let wrong = verify::lines(&verdict);
    let whole = wrong.is_empty();
    let items = manifest.tables.iter().find(|it| it.name == "item").map_or(0, |it| it.rows);
    if args.json {
        say_json(&Answer {
            made_at: &manifest.about.made_at,
            program: &manifest.about.program,
            engine: &manifest.about.engine,
            items,
            events: verdict.n_events,
            publications: verdict.n_publications,
            wrong,
        })?;
    } else {
        say(format_args!(
            "已恢复 {} 的备份：事项 {items} 个，流转记录 {} 条，公布 {} 条，{}；检索库在下次打开站点时重建",
            manifest.about.made_at,
            verdict.n_events,
            verdict.n_publications,
            if whole { "校验完好" } else { "备份里就有对不上的：" },
        ))?;
        wrong.iter().try_for_each(say)?;
    }
    Ok(if whole { Done::Whole } else { Done::InPart })
}

/// Puts everything in its place; the database's commit comes last and makes it count.
async fn fill(
    place: &Place,
    store: &Store,
    manifest: &Manifest,
    backup: &mut BackupReader,
) -> anyhow::Result<()> {
    let mut restoring = store.restore().await?;
    for (table, part) in TABLES.iter().zip(&manifest.tables) {
        let mut rows = backup.rows(part)?;
        loop {
            let batch: Vec<Row> = rows.by_ref().take(BATCH).collect::<Result<_, _>>()?;
            if batch.is_empty() {
                break;
            }
            restoring.add(table, &batch).await?;
        }
    }
    put_standards(place, manifest, backup).context("规范文件没有写成")?;
    let index = place.data().join("index");
    if index.exists() {
        fs::remove_dir_all(&index)
            .with_context(|| format!("删不掉旧的检索库 {}", index.display()))?;
    }
    Ok(restoring.commit().await?)
}

/// A form says which tables and columns there are.
fn check_tables(manifest: &Manifest) -> Result<(), BackupError> {
    let stored = manifest.tables.iter().map(|it| (&*it.name, it.columns.iter().map(|it| &**it)));
    let known = TABLES.iter().map(|it| (it.name, it.columns.iter().map(|(name, _)| *name)));
    let stored: Vec<(&str, Vec<&str>)> = stored.map(|(name, it)| (name, it.collect())).collect();
    let known: Vec<(&str, Vec<&str>)> = known.map(|(name, it)| (name, it.collect())).collect();
    match stored == known {
        true => Ok(()),
        false => Err(BackupError::Damaged { detail: "表和列与格式不符".to_owned() }),
    }
}

/// Standards of the folder's own would be lost or mixed; the same ones may lie there already,
/// as a restore that was killed leaves them.
fn refuse_other_standards(
    place: &Place,
    manifest: &Manifest,
    backup: &mut BackupReader,
) -> anyhow::Result<()> {
    let root = place.data().join(STANDARDS);
    let there = files_in(&root)?;
    if there.is_empty() {
        return Ok(());
    }
    let mut n_same = 0;
    for file in &manifest.files {
        let path = place.data().join(&file.path);
        n_same += usize::from(fs::read(&path).ok() == Some(backup.file(file)?));
    }
    if n_same == manifest.files.len() && n_same == there.len() {
        return Ok(());
    }
    bail!(
        "{} 里已经有别的规范（{} 个文件），备份只恢复到空的数据目录；换一个目录（--data），或先把它移走",
        root.display(),
        there.len()
    );
}

fn files_in(dir: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    if dir.is_dir() {
        for entry in entries(dir)? {
            match entry.is_dir() {
                true => files.extend(files_in(&entry)?),
                false => files.push(entry),
            }
        }
    }
    Ok(files)
}

/// Writes the standards beside their place, and moves them there whole.
fn put_standards(
    place: &Place,
    manifest: &Manifest,
    backup: &mut BackupReader,
) -> anyhow::Result<()> {
    let root = place.data().join(STANDARDS);
    if manifest.files.is_empty() || !files_in(&root)?.is_empty() {
        return Ok(());
    }
    let beside = place.data().join("restoring");
    if beside.exists() {
        fs::remove_dir_all(&beside)?;
    }
    for file in &manifest.files {
        put(&beside.join(&file.path), &backup.file(file)?)?;
    }
    fs::rename(beside.join(STANDARDS), &root)?;
    fs::remove_dir_all(&beside)?;
    Ok(())
}

fn put(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut file = File::create(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

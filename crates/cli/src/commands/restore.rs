use std::{
    fs::{self, File},
    io::{self, Write},
    path::{Path, PathBuf},
};

use anyhow::{Context, bail};
use documents::backup::{BackupError, BackupReader, FilePart, Manifest, TablePart};
use store::{
    Store,
    backup::{Column, FORM, Row, Table, tables},
};

use super::{say, say_json, verify};
use crate::{
    Done, kept,
    place::{Place, STANDARDS, entries},
};

/// Rows written at once.
const BATCH: usize = 100;

/// The first form that holds the files that officers brought.
const WITH_FILES: u32 = 6;

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
    files: u64,
    wrong: Vec<String>,
}

/// A table of the backup, and which of our columns it has.
type Stored<'a> = (&'static Table, Vec<Column>, &'a TablePart);

pub(crate) async fn run(place: &Place, args: Args) -> anyhow::Result<Done> {
    let _serving = place.serving("恢复要独占数据目录，先停下它")?;
    place.alone()?;
    let named = || args.file.display().to_string();
    let mut backup = BackupReader::open(&args.file, FORM).with_context(named)?;
    let manifest = backup.manifest().clone();
    let stored = backup.check().and_then(|()| stored_tables(&manifest)).with_context(named)?;
    refuse_other_standards(place, &manifest, &mut backup)?;

    let store = place.store().await?;
    fill(place, &store, &manifest, &stored, &mut backup).await?;
    let verdict = store.verify().await?;
    let files = kept::check(place, &store).await?;
    store.close().await;
    let wrong = verify::lines(&verdict);
    let whole = wrong.is_empty();
    let done = if whole && files.wrong.is_empty() { Done::Whole } else { Done::InPart };
    let items = manifest.tables.iter().find(|it| it.name == "item").map_or(0, |it| it.rows);
    if args.json {
        say_json(&Answer {
            made_at: &manifest.about.made_at,
            program: &manifest.about.program,
            engine: &manifest.about.engine,
            items,
            events: verdict.n_events,
            publications: verdict.n_publications,
            files: files.n_files,
            wrong: [wrong, files.wrong].concat(),
        })?;
    } else {
        say(format_args!(
            "已恢复 {} 的备份：事项 {items} 个，流转记录 {} 条，公布 {} 条，{}；检索库在下次打开站点时重建",
            manifest.about.made_at,
            verdict.n_events,
            verdict.n_publications,
            match (whole, done) {
                (true, Done::Whole) => "校验完好",
                (true, Done::InPart) => "两条链完好",
                (false, _) => "备份里就有对不上的：",
            },
        ))?;
        wrong.iter().try_for_each(say)?;
        tell_files(&manifest, &files, place)?;
    }
    Ok(done)
}

fn tell_files(manifest: &Manifest, files: &kept::Checked, place: &Place) -> anyhow::Result<()> {
    if manifest.about.form >= WITH_FILES || files.wrong.is_empty() {
        return verify::print_files(files, place);
    }
    say(format_args!(
        "这份备份是较早的程序做的，里面没有上传的文件（附件、审批文书和模板），缺 {} 个；\
         把原来数据目录里的 files 复制到 {}，再运行 shixiang verify",
        files.wrong.len(),
        place.data().display()
    ))
}

/// Puts everything in its place; the database's commit comes last and makes it count.
async fn fill(
    place: &Place,
    store: &Store,
    manifest: &Manifest,
    stored: &[Stored<'_>],
    backup: &mut BackupReader,
) -> anyhow::Result<()> {
    let mut restoring = store.restore().await?;
    for (table, columns, part) in stored {
        let mut rows = backup.rows(part)?;
        loop {
            let batch: Vec<Row> = rows.by_ref().take(BATCH).collect::<Result<_, _>>()?;
            if batch.is_empty() {
                break;
            }
            restoring.add(table, columns, &batch).await?;
        }
    }
    put_standards(place, manifest, backup).context("规范文件没有写成")?;
    put_files(place, manifest, backup).await.context("上传的文件没有写成")?;
    let index = place.data().join("index");
    if index.exists() {
        fs::remove_dir_all(&index)
            .with_context(|| format!("删不掉旧的检索库 {}", index.display()))?;
    }
    Ok(restoring.commit().await?)
}

/// Finds which tables and columns the backup has: all that there are today, if it is of today.
fn stored_tables(manifest: &Manifest) -> Result<Vec<Stored<'_>>, BackupError> {
    let misfit = || BackupError::Damaged { detail: "表和列与格式不符".to_owned() };
    let mut stored = Vec::new();
    for table in tables() {
        let Some(part) = manifest.tables.iter().find(|it| it.name == table.name) else { continue };
        let columns = table.columns_named(&part.columns).ok_or_else(misfit)?;
        stored.push((table, columns, part));
    }
    let is_known = stored.len() == manifest.tables.len();
    let is_whole = stored.len() == tables().count()
        && stored.iter().all(|(table, columns, _)| columns == table.columns);
    match is_known && (is_whole || manifest.about.form < FORM) {
        true => Ok(stored),
        false => Err(misfit()),
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
    let (mut n_same, mut n_other) = (0, 0);
    for file in standards(manifest) {
        let path = place.data().join(&file.path);
        match fs::read(&path).ok() == Some(backup.file(file)?) {
            true => n_same += 1,
            false => n_other += 1,
        }
    }
    if n_other == 0 && n_same == there.len() {
        return Ok(());
    }
    bail!(
        "{} 里已经有别的规范（{} 个文件），备份只恢复到空的数据目录；换一个目录（--data），或先把它移走",
        root.display(),
        there.len()
    );
}

/// Returns the files of the backup's own standards.
fn standards(manifest: &Manifest) -> impl Iterator<Item = &FilePart> {
    manifest.files.iter().filter(|it| it.kept_hash().is_none())
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
    if standards(manifest).next().is_none() || !files_in(&root)?.is_empty() {
        return Ok(());
    }
    let beside = place.data().join("restoring");
    if beside.exists() {
        fs::remove_dir_all(&beside)?;
    }
    for file in standards(manifest) {
        put(&beside.join(&file.path), &backup.file(file)?)?;
    }
    fs::rename(beside.join(STANDARDS), &root)?;
    fs::remove_dir_all(&beside)?;
    Ok(())
}

/// Keeps the files that officers brought, one in memory at a time. They may be there already:
/// the same bytes lie under the same name, and no row names them before the database's commit.
async fn put_files(
    place: &Place,
    manifest: &Manifest,
    backup: &mut BackupReader,
) -> anyhow::Result<()> {
    let files = place.files()?;
    for file in manifest.files.iter().filter(|it| it.kept_hash().is_some()) {
        files.put_back(backup.file(file)?).await?;
    }
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

use std::{
    fs::{self, File, OpenOptions, Permissions, TryLockError},
    io::{self, BufWriter},
    os::unix::fs::{OpenOptionsExt, PermissionsExt},
    path::{Path, PathBuf},
};

use anyhow::{Context, bail};
use documents::backup::{About, BackupError, BackupWriter, ChainEnd, Manifest};
use store::{
    Engine, Store,
    backup::{FORM, Snapshot, tables},
};
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

use super::{say, say_json};
use crate::{
    Done, kept,
    place::{Place, STANDARDS, entries},
};

/// A backup holds what only officers may see: it is its owner's to read.
const PRIVATE: u32 = 0o600;

#[derive(clap::Args)]
pub(crate) struct Args {
    /// 写到哪个文件，如 备份.zip
    file: PathBuf,
    /// 文件已经有了就盖过它
    #[arg(long)]
    force: bool,
    #[arg(long)]
    json: bool,
}

/// What was made.
#[derive(serde::Serialize)]
struct Made {
    #[serde(flatten)]
    manifest: Manifest,
    /// Files that rows need and that are lost: the backup is without them.
    wrong: Vec<String>,
}

/// A backup being written to a file.
type Writer = BackupWriter<BufWriter<File>>;

/// The file under another name until it is whole; gone if it does not get so far.
struct Part {
    path: PathBuf,
    is_whole: bool,
}

pub(crate) async fn run(place: &Place, args: Args) -> anyhow::Result<Done> {
    let store = place.existing_store().await?;
    if args.file.exists() && !args.force {
        bail!("{} 已经有了；换一个文件名，或加 --force 盖过它", args.file.display());
    }
    let (out, mut part) = Part::create(&args.file)?;
    let made = write(place, &store, out).await.map_err(|err| full_disk(err, &args.file))?;
    part.become_whole(&args.file)
        .with_context(|| format!("备份文件改不成 {}", args.file.display()))?;
    store.close().await;
    match args.json {
        true => say_json(&made)?,
        false => tell(&made, &args.file)?,
    }
    Ok(if made.wrong.is_empty() { Done::Whole } else { Done::InPart })
}

fn tell(made: &Made, file: &Path) -> anyhow::Result<()> {
    let Manifest { tables, files, .. } = &made.manifest;
    let n_rows = |name: &str| tables.iter().find(|it| it.name == name).map_or(0, |it| it.rows);
    let n_kept = files.iter().filter(|it| it.kept_hash().is_some()).count();
    say(format_args!(
        "已备份到 {}：事项 {} 个，版本 {} 个，流转记录 {} 条，公布 {} 条，上传的文件 {n_kept} 个，\
         规范文件 {} 个",
        file.display(),
        n_rows("item"),
        n_rows("edition"),
        n_rows("event"),
        n_rows("publication"),
        files.len() - n_kept
    ))?;
    if !made.wrong.is_empty() {
        say(format_args!(
            "备份里缺 {} 个上传的文件，数据目录（--data）里就没有好的；\
             如果它们在别的目录，从那里再备份一次：",
            made.wrong.len()
        ))?;
    }
    made.wrong.iter().try_for_each(say)
}

/// Writes all that the catalogue is made of, as it is at one moment.
async fn write(place: &Place, store: &Store, out: File) -> anyhow::Result<Made> {
    let mut writer = BackupWriter::new(BufWriter::new(out));
    let mut snapshot = store.snapshot().await?;
    let ends = snapshot.chain_ends().await?;
    for table in tables() {
        let columns: Vec<&str> = table.columns.iter().map(|(name, _)| *name).collect();
        writer.table(table.name, &columns)?;
        let mut last = None;
        loop {
            let page = snapshot.page(table, last.as_ref()).await?;
            for row in &page {
                writer.row(row)?;
            }
            match page.into_iter().next_back() {
                Some(row) => last = Some(row),
                None => break,
            }
        }
    }
    let root = place.data().join(STANDARDS);
    if root.is_dir() {
        add_files(&mut writer, &root, STANDARDS)?;
    }
    let wrong = add_kept(&mut writer, place, store, &mut snapshot).await?;
    let chains = ends.into_iter();
    let chains = chains.map(|it| ChainEnd { chain: it.chain.into(), seq: it.seq, hash: it.hash });
    let (out, manifest) = writer.finish(about(store.engine(), chains.collect())?)?;
    let out = out.into_inner().map_err(io::IntoInnerError::into_error)?;
    out.sync_all()?;
    Ok(Made { manifest, wrong })
}

/// Adds the files that the rows of this moment need, one in memory at a time: each was kept
/// before a row named it. Returns what is wrong with those that are lost.
async fn add_kept(
    writer: &mut Writer,
    place: &Place,
    store: &Store,
    snapshot: &mut Snapshot,
) -> anyhow::Result<Vec<String>> {
    let (mut last, mut wrong) = (String::new(), Vec::new());
    loop {
        let hashes = snapshot.needed_files(&last).await?;
        let Some(end) = hashes.last() else { return Ok(wrong) };
        last.clone_from(end);
        let files = place.files()?;
        for hash in &hashes {
            match files.whole(hash).await {
                Ok(bytes) => writer.kept_file(&bytes)?,
                Err(flaw) => wrong.push(kept::line(store, hash, &flaw).await?),
            }
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "the command line is where the clock is read")]
fn about(engine: Engine, chains: Vec<ChainEnd>) -> anyhow::Result<About> {
    let engine = match engine {
        Engine::Sqlite => "sqlite",
        Engine::Postgres => "postgresql",
    };
    Ok(About {
        form: FORM,
        program: env!("CARGO_PKG_VERSION").to_owned(),
        made_at: OffsetDateTime::now_utc().replace_nanosecond(0)?.format(&Rfc3339)?,
        engine: engine.to_owned(),
        chains,
    })
}

fn add_files(writer: &mut Writer, dir: &Path, path: &str) -> anyhow::Result<()> {
    for entry in entries(dir)? {
        let name = entry.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let path = format!("{path}/{name}");
        if entry.is_dir() {
            add_files(writer, &entry, &path)?;
        } else {
            let bytes = fs::read(&entry).with_context(|| format!("读不了 {}", entry.display()))?;
            writer.file(&path, &bytes)?;
        }
    }
    Ok(())
}

fn full_disk(err: anyhow::Error, file: &Path) -> anyhow::Error {
    let io = match err.downcast_ref::<BackupError>() {
        Some(BackupError::Io(io)) => Some(io),
        _ => err.downcast_ref::<io::Error>(),
    };
    let is_full = io.is_some_and(|it| it.kind() == io::ErrorKind::StorageFull);
    match is_full {
        true => err.context(format!(
            "磁盘已满，没有备份成；腾出空间，或把 {} 写到别的磁盘",
            file.display()
        )),
        false => err.context(format!("没有备份成 {}", file.display())),
    }
}

impl Part {
    fn create(file: &Path) -> anyhow::Result<(File, Part)> {
        let mut name = file.as_os_str().to_owned();
        name.push(".part");
        let path = PathBuf::from(name);
        let mut options = OpenOptions::new();
        let opened = options.write(true).create(true).truncate(false).mode(PRIVATE).open(&path);
        let out = opened.with_context(|| format!("写不了备份文件 {}", path.display()))?;
        match out.try_lock() {
            Err(TryLockError::WouldBlock) => {
                bail!("另一个备份正在写 {}；等它做完，或换一个文件名", path.display())
            }
            // A file system without locks may still hold backups.
            Ok(()) | Err(TryLockError::Error(_)) => {}
        }
        // One that another backup left may have been open to others.
        out.set_permissions(Permissions::from_mode(PRIVATE))?;
        out.set_len(0)?;
        Ok((out, Part { path, is_whole: false }))
    }

    fn become_whole(&mut self, file: &Path) -> io::Result<()> {
        fs::rename(&self.path, file)?;
        self.is_whole = true;
        let folder = file.parent().filter(|it| !it.as_os_str().is_empty());
        File::open(folder.unwrap_or(Path::new(".")))?.sync_all()
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        if !self.is_whole {
            let _ = fs::remove_file(&self.path);
        }
    }
}

//! The locks of a data folder. The system lets go of them when a process ends, however it ends.

use std::{
    fs::{File, OpenOptions, TryLockError},
    io::{Read, Seek, Write},
    path::Path,
    process,
};

use anyhow::{Context, bail};

/// Held by the one process that serves the folder or builds its index.
const SERVING: &str = "serving.lock";

/// Held by all that use the folder's database, or by the one that restores it.
const USING: &str = "using.lock";

/// 数据目录的锁；放手即释放。
pub(crate) struct Lock {
    _file: File,
}

/// What is said of whoever holds a lock.
struct Holder(Option<String>);

impl Lock {
    /// Takes the folder's index, to serve it or to build it.
    pub(crate) fn serving(dir: &Path, command: &str, way_out: &str) -> anyhow::Result<Lock> {
        let mut file = open(dir, SERVING)?;
        if is_taken(file.try_lock())? {
            let holder = Holder::read(&mut file);
            bail!(
                "数据目录 {} 正被{holder}占用，一个目录同时只能开一个站点或重建一次检索库；{way_out}",
                dir.display()
            );
        }
        Ok(Lock::held(file, command))
    }

    /// Uses the folder's database beside others.
    pub(crate) fn beside(dir: &Path, command: &str) -> anyhow::Result<Lock> {
        let mut file = open(dir, USING)?;
        if is_taken(file.try_lock_shared())? {
            let holder = Holder::read(&mut file);
            bail!("数据目录 {} 正由{holder}恢复备份；等它做完再试", dir.display());
        }
        Ok(Lock::held(file, command))
    }

    /// Takes the folder's database alone, to restore it.
    pub(crate) fn alone(dir: &Path, command: &str) -> anyhow::Result<Lock> {
        let mut file = open(dir, USING)?;
        if is_taken(file.try_lock())? {
            let holder = Holder::read(&mut file);
            bail!(
                "数据目录 {} 正在使用，最近打开它的是{holder}；恢复备份要独占目录，等用着它的命令都结束再试",
                dir.display()
            );
        }
        Ok(Lock::held(file, command))
    }

    /// Leaves a note of who we are. It is a courtesy: a full disk must not keep us from serving.
    fn held(mut file: File, command: &str) -> Lock {
        let note = format!("{} shixiang {command}\n", process::id());
        let _ = file.set_len(0).and_then(|()| file.rewind());
        let _ = file.write_all(note.as_bytes());
        Lock { _file: file }
    }
}

impl Holder {
    fn read(file: &mut File) -> Holder {
        let mut note = String::new();
        let read = file.read_to_string(&mut note);
        Holder(read.is_ok().then_some(note))
    }
}

impl std::fmt::Display for Holder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.0.as_deref().and_then(|note| note.trim().split_once(' ')) {
            Some((pid, command)) => write!(f, "进程 {pid}（{command}）"),
            None => f.write_str("另一个进程"),
        }
    }
}

fn open(dir: &Path, name: &str) -> anyhow::Result<File> {
    let path = dir.join(name);
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    options.open(&path).with_context(|| format!("打不开锁文件 {}", path.display()))
}

fn is_taken(locked: Result<(), TryLockError>) -> anyhow::Result<bool> {
    match locked {
        Ok(()) => Ok(false),
        Err(TryLockError::WouldBlock) => Ok(true),
        Err(TryLockError::Error(err)) => Err(err).context("这个文件系统不能加锁；换一个目录"),
    }
}

//! The files that rows need, held against those in the data folder.

use store::Store;
use web::Flaw;

use crate::place::Place;

/// 文件与用到它们的行对照的结果。
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Checked {
    pub(crate) n_files: u64,
    /// What is wrong, a line each.
    pub(crate) wrong: Vec<String>,
}

/// Reads every file that a row needs, one after the other.
pub(crate) async fn check(place: &Place, store: &Store) -> anyhow::Result<Checked> {
    let mut checked = Checked::default();
    let mut last = String::new();
    loop {
        let hashes = store.needed_files(&last).await?;
        let Some(end) = hashes.last() else { return Ok(checked) };
        last.clone_from(end);
        let files = place.files()?;
        for hash in &hashes {
            checked.n_files += 1;
            if let Err(flaw) = files.whole(hash).await {
                checked.wrong.push(line(store, hash, &flaw).await?);
            }
        }
    }
}

/// Says what is wrong with a file, and which rows need it.
pub(crate) async fn line(store: &Store, hash: &str, flaw: &Flaw) -> anyhow::Result<String> {
    let uses = store.file_uses(hash).await?;
    let uses = uses.iter().map(|it| format!("{} {}（{}）", it.title, it.id, it.name));
    let uses = uses.collect::<Vec<_>>().join("、");
    Ok(format!("文件 {hash} {flaw}，用到它的：{uses}"))
}

impl Checked {
    /// Says how many there are, and whether all is well with them.
    pub(crate) fn summary(&self) -> String {
        let state = if self.wrong.is_empty() { "完好" } else { "有问题：" };
        format!("上传的文件 {} 个，{state}", self.n_files)
    }

    /// Says what to do where something is wrong.
    pub(crate) fn way_out(&self, place: &Place) -> Option<String> {
        let folder = place.data().join("files");
        let n = self.wrong.len() as u64;
        match n {
            0 => None,
            n if n == self.n_files => Some(format!(
                "一个好的也没有：数据目录（--data）指对了吗？文件应当在 {}",
                folder.display()
            )),
            _ => Some(format!(
                "把同名的文件从备份恢复出的 files 目录复制到 {}，再校验一次",
                folder.display()
            )),
        }
    }
}

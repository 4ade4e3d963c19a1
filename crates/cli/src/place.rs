//! The data folder: database, index and the standards laid over the shipped ones.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};

use anyhow::{Context, bail};
use domain::{
    region::RegionCode,
    standard::{SourceFile, Standard, Standards},
};
use search::Index;
use store::Store;
use web::{Elsewhere, Files, Origin};

use crate::{lock::Lock, settings::Settings};

/// Where a data folder keeps its own standards.
pub(crate) const STANDARDS: &str = "standards";

pub(crate) struct Place {
    pub(crate) settings: Settings,
    /// What this process was started to do, for others that meet its locks.
    command: String,
    /// Held from the first opening of a database in the folder until we end.
    using: Mutex<Option<Lock>>,
}

impl Place {
    pub(crate) fn new(settings: Settings, command: String) -> Place {
        Place { settings, command, using: Mutex::default() }
    }

    /// The same settings over another data folder.
    pub(crate) fn at(&self, data: PathBuf) -> Place {
        let settings = Settings { data: Some(data), ..self.settings.clone() };
        Place::new(settings, self.command.clone())
    }

    /// The same place, whose site shows `region` first unless the settings say another.
    pub(crate) fn home_in(&self, region: &str) -> Place {
        let home_region = self.settings.home_region.clone().or_else(|| Some(region.to_owned()));
        let settings = Settings { home_region, ..self.settings.clone() };
        Place::new(settings, self.command.clone())
    }

    pub(crate) fn data(&self) -> PathBuf {
        self.settings.data()
    }

    /// Opens the database, making the data folder where it is not there yet.
    pub(crate) async fn store(&self) -> anyhow::Result<Store> {
        if let Some(url) = &self.settings.database {
            return Store::open(url).await.context("打不开数据库");
        }
        let dir = self.data();
        make_writable(&dir)?;
        self.use_beside_others(&dir)?;
        let file = dir.join("shixiang.db");
        let url = format!("sqlite://{}?mode=rwc", file.display());
        Store::open(&url).await.with_context(|| format!("打不开数据库 {}", file.display()))
    }

    /// Opens a database that must be there already.
    pub(crate) async fn existing_store(&self) -> anyhow::Result<Store> {
        let file = self.data().join("shixiang.db");
        if self.settings.database.is_none() && !file.exists() {
            bail!(
                "{} 里还没有数据；先用 shixiang import 导入，或用 --data 指到已有的数据目录",
                self.data().display()
            );
        }
        self.store().await
    }

    /// Takes the folder to serve it or to build its index, which two must not do at once.
    pub(crate) fn serving(&self, way_out: &str) -> anyhow::Result<Lock> {
        let dir = self.data();
        make_writable(&dir)?;
        Lock::serving(&dir, &self.command, way_out)
    }

    /// Takes the folder away from everyone else until we end.
    pub(crate) fn alone(&self) -> anyhow::Result<()> {
        let dir = self.data();
        make_writable(&dir)?;
        let mut using = self.using.lock().unwrap_or_else(PoisonError::into_inner);
        *using = Some(Lock::alone(&dir, &self.command)?);
        Ok(())
    }

    pub(crate) fn index(&self) -> anyhow::Result<Index> {
        let dir = self.data().join("index");
        fs::create_dir_all(&dir).with_context(|| format!("建不了检索库 {}", dir.display()))?;
        Ok(Index::open(&dir)?)
    }

    /// Opens an index with nothing in it, in the place of the one that is there.
    pub(crate) fn new_index(&self) -> anyhow::Result<Index> {
        let dir = self.data().join("index");
        if dir.exists() {
            fs::remove_dir_all(&dir)
                .with_context(|| format!("删不掉旧的检索库 {}", dir.display()))?;
        }
        self.index()
    }

    pub(crate) fn files(&self) -> anyhow::Result<Files> {
        Ok(Files::in_folder(&self.data().join("files"))?)
    }

    /// Returns the shipped standards with those of `DIR/standards` laid over them.
    pub(crate) fn standards(&self) -> anyhow::Result<Standards> {
        let root = self.data().join(STANDARDS);
        let mut files = Vec::new();
        if root.is_dir() {
            for folder in entries(&root)? {
                for file in entries(&folder).unwrap_or_default() {
                    files.extend(overlay_file(&root, &file)?);
                }
            }
        }
        Ok(Standards::with_overlay(files)?)
    }

    pub(crate) fn public_url(&self) -> anyhow::Result<Option<Origin>> {
        let text = self.settings.public_url.as_deref();
        text.map(|text| Origin::parse(text).context("站点对外的地址")).transpose()
    }

    pub(crate) fn guide_video(&self) -> anyhow::Result<Option<Elsewhere>> {
        let text = self.settings.guide_video.as_deref();
        text.map(|text| Elsewhere::parse(text).context("讲解视频的地址")).transpose()
    }

    pub(crate) fn home_region(&self) -> anyhow::Result<Option<RegionCode>> {
        let code = self.settings.home_region.as_deref();
        code.map(|code| RegionCode::parse(code).context("站点默认地区")).transpose()
    }
}

impl Place {
    fn use_beside_others(&self, dir: &Path) -> anyhow::Result<()> {
        let mut using = self.using.lock().unwrap_or_else(PoisonError::into_inner);
        if using.is_none() {
            *using = Some(Lock::beside(dir, &self.command)?);
        }
        Ok(())
    }
}

/// Returns the standard with this id, or says which there are.
pub(crate) fn named<'a>(standards: &'a Standards, id: &str) -> anyhow::Result<&'a Standard> {
    standards
        .get(id)
        .with_context(|| format!("没有规范“{id}”；现有：{}", standards.ids().join("、")))
}

fn overlay_file(root: &Path, file: &Path) -> anyhow::Result<Option<SourceFile>> {
    if file.extension().is_none_or(|it| it != "toml") {
        return Ok(None);
    }
    let path = file.strip_prefix(root).unwrap_or(file).to_string_lossy().into_owned();
    let text = fs::read_to_string(file).with_context(|| format!("读不了规范文件 {path}"))?;
    Ok(Some(SourceFile { path, text }))
}

pub(crate) fn entries(dir: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let entries = fs::read_dir(dir).with_context(|| format!("读不了 {}", dir.display()))?;
    let mut paths: Vec<PathBuf> = entries.filter_map(|it| Some(it.ok()?.path())).collect();
    paths.sort();
    Ok(paths)
}

fn make_writable(dir: &Path) -> anyhow::Result<()> {
    let way_out = "请换一个能写的目录（--data DIR），或改它的权限";
    fs::create_dir_all(dir)
        .with_context(|| format!("建不了数据目录 {}；{way_out}", dir.display()))?;
    tempfile::tempfile_in(dir)
        .with_context(|| format!("数据目录 {} 不能写；{way_out}", dir.display()))?;
    Ok(())
}

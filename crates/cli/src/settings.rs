//! Settings: flags, then `SHIXIANG_*`, then `shixiang.toml` in the working folder.

use std::path::PathBuf;

use anyhow::Context;
use clap::Args;
use serde::Deserialize;

const FILE: &str = "shixiang.toml";
const DATA: &str = "shixiang-data";

#[derive(Debug, Clone, Default, Args, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Settings {
    /// 数据目录，默认 ./shixiang-data
    #[arg(long, env = "SHIXIANG_DATA", global = true, value_name = "DIR")]
    pub(crate) data: Option<PathBuf>,
    /// 数据库地址，默认数据目录里的 SQLite 文件；也可以是 postgres://…
    #[arg(long, env = "SHIXIANG_DATABASE", global = true, value_name = "URL")]
    pub(crate) database: Option<String>,
    /// 站点默认显示的地区，如 620524
    #[arg(long, env = "SHIXIANG_HOME_REGION", global = true, value_name = "CODE")]
    pub(crate) home_region: Option<String>,
    /// 站点名称，默认取地区的名称
    #[arg(long, env = "SHIXIANG_SITE_NAME", global = true, value_name = "NAME")]
    pub(crate) site_name: Option<String>,
    /// 站点对外的地址，如 https://zwfw.example.gov.cn，默认取访问时所用的
    #[arg(long, env = "SHIXIANG_PUBLIC_URL", global = true, value_name = "URL")]
    pub(crate) public_url: Option<String>,
}

impl Settings {
    /// Fills what flags and environment leave open from the settings file.
    pub(crate) fn complete(self) -> anyhow::Result<Settings> {
        let file = match std::fs::read_to_string(FILE) {
            Ok(text) => toml::from_str(&text).with_context(|| format!("设置文件 {FILE}"))?,
            Err(err) if err.kind() == std::io::ErrorKind::NotFound => Settings::default(),
            Err(err) => return Err(err).with_context(|| format!("读不了设置文件 {FILE}")),
        };
        Ok(Settings {
            data: self.data.or(file.data),
            database: self.database.or(file.database),
            home_region: self.home_region.or(file.home_region),
            site_name: self.site_name.or(file.site_name),
            public_url: self.public_url.or(file.public_url),
        })
    }

    pub(crate) fn data(&self) -> PathBuf {
        self.data.clone().unwrap_or_else(|| DATA.into())
    }
}

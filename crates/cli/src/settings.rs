//! Settings: flags, then `SHIXIANG_*`, then the settings file.

use std::{
    io::ErrorKind,
    path::{Path, PathBuf},
};

use anyhow::Context;
use clap::{Args, ValueEnum};
use serde::{Deserialize, Serialize};

const FILE: &str = "shixiang.toml";
const DATA: &str = "shixiang-data";
const LISTEN: &str = "127.0.0.1:8080";

/// What the file may hold. The flags of `serve` alone stand with that command.
#[derive(Debug, Clone, Default, PartialEq, Eq, Args, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Settings {
    /// 设置文件，默认当前文件夹里的 shixiang.toml（有就读）
    #[arg(long, env = "SHIXIANG_CONFIG", global = true, value_name = "FILE")]
    #[serde(skip)]
    pub(crate) config: Option<PathBuf>,
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
    /// 站点对外的地址：协议和主机，不带路径；默认取访问时所用的
    #[arg(long, env = "SHIXIANG_PUBLIC_URL", global = true, value_name = "URL")]
    pub(crate) public_url: Option<String>,
    /// 讲解视频的地址，登录页上给出；默认没有
    #[arg(long, env = "SHIXIANG_GUIDE_VIDEO", global = true, value_name = "URL")]
    pub(crate) guide_video: Option<String>,
    /// 日志记什么：error、warn、info、debug，或分部分写，如 warn,web=info（默认）
    #[arg(long, env = "SHIXIANG_LOG", global = true, value_name = "FILTER")]
    pub(crate) log: Option<String>,
    /// 日志的写法，默认 text
    #[arg(long, env = "SHIXIANG_LOG_FORMAT", global = true, value_enum, value_name = "FORMAT")]
    pub(crate) log_format: Option<LogFormat>,
    #[arg(skip)]
    pub(crate) listen: Option<String>,
    #[arg(skip)]
    pub(crate) metrics_listen: Option<String>,
}

/// 日志的写法：给人看的一行，或者给程序读的 JSON。
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum LogFormat {
    #[default]
    Text,
    Json,
}

/// Where the site is open: flags of the commands that open it.
#[derive(Debug, Clone, Args)]
pub(crate) struct ListenArgs {
    /// 监听地址，默认 127.0.0.1:8080
    #[arg(long, env = "SHIXIANG_LISTEN", value_name = "ADDR")]
    listen: Option<String>,
    /// 运行指标（/metrics）的监听地址，默认不开
    #[arg(long, env = "SHIXIANG_METRICS_LISTEN", value_name = "ADDR")]
    metrics_listen: Option<String>,
}

impl Settings {
    /// Fills what flags and environment leave open from the settings file. One that was named
    /// must be there.
    pub(crate) fn complete(self) -> anyhow::Result<Settings> {
        let path = self.config.clone().unwrap_or_else(|| FILE.into());
        let file = match std::fs::read_to_string(&path) {
            Ok(text) => Settings::parse(&text, &path)?,
            Err(err) if err.kind() == ErrorKind::NotFound && self.config.is_none() => {
                Settings::default()
            }
            Err(err) => {
                return Err(err).with_context(|| format!("读不了设置文件 {}", path.display()));
            }
        };
        Ok(Settings {
            config: self.config,
            data: self.data.or(file.data),
            database: self.database.or(file.database),
            home_region: self.home_region.or(file.home_region),
            site_name: self.site_name.or(file.site_name),
            public_url: self.public_url.or(file.public_url),
            guide_video: self.guide_video.or(file.guide_video),
            log: self.log.or(file.log),
            log_format: self.log_format.or(file.log_format),
            listen: self.listen.or(file.listen),
            metrics_listen: self.metrics_listen.or(file.metrics_listen),
        })
    }

    pub(crate) fn data(&self) -> PathBuf {
        self.data.clone().unwrap_or_else(|| DATA.into())
    }

    /// Returns where the site is open, and where its figures are read, if anywhere.
    pub(crate) fn listen(&self, args: &ListenArgs) -> (String, Option<String>) {
        let listen = args.listen.clone().or_else(|| self.listen.clone());
        let metrics_listen = args.metrics_listen.clone().or_else(|| self.metrics_listen.clone());
        (listen.unwrap_or_else(|| LISTEN.into()), metrics_listen)
    }

    fn parse(text: &str, path: &Path) -> anyhow::Result<Settings> {
        toml::from_str(text).with_context(|| format!("设置文件 {}", path.display()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHIPPED: &str = include_str!("../../../deploy/shixiang.toml");

    /// Takes the mark off every setting that the file shows without setting it.
    fn all_set(text: &str) -> String {
        text.lines()
            .map(|line| {
                line.strip_prefix('#').filter(|it| !it.starts_with(' ')).unwrap_or(line).to_owned()
                    + "\n"
            })
            .collect()
    }

    #[test]
    fn the_shipped_file_explains_every_setting_and_no_other() {
        let path = Path::new("deploy/shixiang.toml");
        Settings::parse(SHIPPED, path).unwrap();
        let shown: toml::Table = toml::from_str(&all_set(SHIPPED)).unwrap();
        let settings = serde_json::to_value(Settings::default()).unwrap();
        let keys: Vec<_> = settings.as_object().unwrap().keys().cloned().collect();
        let mut shown_keys: Vec<_> = shown.keys().cloned().collect();
        shown_keys.sort();
        assert_eq!(shown_keys, keys);
        Settings::parse(&all_set(SHIPPED), path).unwrap();
    }

    #[test]
    fn the_shipped_file_names_the_defaults() {
        let shown = Settings::parse(&all_set(SHIPPED), Path::new("deploy/shixiang.toml")).unwrap();
        assert_eq!(shown.listen.as_deref(), Some(LISTEN));
        assert_eq!(shown.log.as_deref(), Some(crate::logs::FILTER));
        assert_eq!(shown.log_format, Some(LogFormat::default()));
        assert!(SHIPPED.contains(&format!("./{DATA}")));
    }

    #[test]
    fn a_setting_that_does_not_exist_is_refused() {
        let refused = Settings::parse("prot = 8080\n", Path::new("a.toml")).unwrap_err();
        let words = format!("{refused:#}");
        assert!(words.contains("a.toml") && words.contains("prot"), "{words}");
    }
}

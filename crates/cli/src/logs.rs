//! The log, on standard error.

use std::io::{self, IsTerminal};

use anyhow::Context;
use tracing_subscriber::{EnvFilter, fmt};

use crate::settings::{LogFormat, Settings};

/// Faults of everybody, and what the site says of its requests.
pub(crate) const FILTER: &str = "warn,web=info";

/// Starts the log as the settings say.
pub(crate) fn start(settings: &Settings) -> anyhow::Result<()> {
    let text = settings.log.as_deref().unwrap_or(FILTER);
    let filter = EnvFilter::builder().parse(text).with_context(|| {
        format!("日志设置 log = “{text}” 认不出；可以写 error、warn、info，或 {FILTER}")
    })?;
    let log = fmt().with_writer(io::stderr).with_env_filter(filter);
    match settings.log_format.unwrap_or_default() {
        LogFormat::Json => log.json().flatten_event(true).with_span_list(false).init(),
        LogFormat::Text => log.with_ansi(io::stderr().is_terminal()).init(),
    }
    Ok(())
}

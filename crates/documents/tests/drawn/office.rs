//! LibreOffice, which `cargo xtask test provision` installs.

use std::{
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

/// Opens files of a folder, and saves them as another kind in a folder beside them.
pub(crate) fn converted(folder: &Path, files: &[String], kind: &str) -> PathBuf {
    let out = folder.join("saved");
    let profile = format!("-env:UserInstallation=file://{}", folder.join("profile").display());
    let mut office = Command::new("soffice");
    office
        .arg(profile)
        .args(["--headless", "--norestore", "--convert-to", kind, "--outdir"])
        .arg(&out)
        .args(files.iter().map(|it| folder.join(it)))
        .stdin(Stdio::null());
    let done = office.output().expect("LibreOffice is installed: cargo xtask test provision");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    out
}

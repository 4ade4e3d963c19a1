//! What the tests need beside cargo, and how this machine gets it.

use std::{fs, path::Path, process::Command};

use anyhow::{Context, Result, bail};
use sha2::{Digest, Sha256};

use crate::{command, postgres};

/// Something that the tests start, and the Debian packages that bring it.
struct Need {
    what: &'static str,
    is_there: fn() -> bool,
    packages: &'static [&'static str],
}

const NEEDS: &[Need] = &[
    Need { what: "Node.js 18 or later", is_there: node_is_there, packages: &["nodejs"] },
    Need { what: "npm", is_there: || command::answers("npm", "--version"), packages: &["npm"] },
    Need {
        what: "the PostgreSQL server",
        is_there: || postgres::programs().is_some(),
        packages: &["postgresql"],
    },
    Need {
        what: "Chromium",
        is_there: || Path::new("/usr/bin/chromium").exists(),
        packages: &["chromium"],
    },
    Need {
        what: "a font with Chinese",
        is_there: font_is_there,
        packages: &["fontconfig", "fonts-noto-cjk"],
    },
    Need {
        what: "LibreOffice",
        is_there: || command::answers("soffice", "--version"),
        packages: &["libreoffice-writer-nogui", "libreoffice-calc-nogui"],
    },
    Need {
        what: "Python 3 with venv",
        is_there: || command::output("python3", &["-m", "ensurepip", "--version"]).is_some(),
        packages: &["python3-venv"],
    },
    Need {
        what: "the PDF tools",
        is_there: || command::answers("pdfinfo", "-v"),
        packages: &["poppler-utils"],
    },
];

/// Installs what is lacking, or says what to install where this may not.
pub(crate) fn run(root: &Path) -> Result<()> {
    let lacking = lacking();
    if lacking.is_empty() {
        println!("this machine has all programs");
    } else {
        install(&lacking)?;
    }
    install_node_packages(&root.join("e2e"))?;
    install_python_packages(&root.join("e2e"))
}

/// Returns whether the person who started us is root.
pub(crate) fn is_root() -> bool {
    command::output("id", &["-u"]).is_some_and(|it| it.trim() == "0")
}

fn lacking() -> Vec<&'static Need> {
    NEEDS.iter().filter(|it| !(it.is_there)()).collect()
}

fn install(lacking: &[&Need]) -> Result<()> {
    let what = names(lacking);
    let packages: Vec<_> = lacking.iter().flat_map(|it| it.packages).copied().collect();
    if !is_root() || !command::answers("apt-get", "--version") {
        bail!(
            "this machine lacks {what}. On Debian: sudo apt-get install -y --no-install-recommends {}",
            packages.join(" ")
        );
    }
    println!("this machine lacks {what}: installing {}", packages.join(" "));
    command::run(apt().args(["update", "-qq"]))?;
    command::run(apt().args(["install", "-y", "-qq", "--no-install-recommends"]).args(packages))?;
    let still: Vec<_> = lacking.iter().copied().filter(|it| !(it.is_there)()).collect();
    if !still.is_empty() {
        bail!("still lacking after the installation: {}", names(&still));
    }
    Ok(())
}

fn names(needs: &[&Need]) -> String {
    needs.iter().map(|it| it.what).collect::<Vec<_>>().join(", ")
}

fn apt() -> Command {
    let mut apt = Command::new("apt-get");
    apt.env("DEBIAN_FRONTEND", "noninteractive");
    apt
}

/// Brings the packages of the lock file, once for each state of that file.
fn install_node_packages(e2e: &Path) -> Result<()> {
    let lock = e2e.join("package-lock.json");
    let lock = fs::read(&lock).with_context(|| format!("{} can not be read", lock.display()))?;
    let state = hex(&Sha256::digest(lock));
    let stamp = e2e.join("node_modules/.lock-sha256");
    if fs::read_to_string(&stamp).is_ok_and(|it| it == state) {
        println!("the Node packages are those of the lock file");
        return Ok(());
    }
    let mut npm = Command::new("npm");
    npm.args(["ci", "--loglevel=error"])
        .current_dir(e2e)
        .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
    command::run(&mut npm)?;
    fs::write(&stamp, state).with_context(|| format!("{} can not be written", stamp.display()))
}

/// Brings the packages of the list into an environment of their own, once for each state of it.
fn install_python_packages(e2e: &Path) -> Result<()> {
    let list = e2e.join("requirements.txt");
    let state = fs::read(&list).with_context(|| format!("{} can not be read", list.display()))?;
    let state = hex(&Sha256::digest(state));
    let (home, stamp) = (e2e.join(".venv"), e2e.join(".venv/.requirements-sha256"));
    if fs::read_to_string(&stamp).is_ok_and(|it| it == state) {
        println!("the Python packages are those of the list");
        return Ok(());
    }
    command::run(Command::new("python3").args(["-m", "venv", "--clear"]).arg(&home))?;
    let pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r"];
    command::run(Command::new(home.join("bin/python")).args(pip).arg(&list))?;
    fs::write(&stamp, state).with_context(|| format!("{} can not be written", stamp.display()))
}

/// Writes bytes as lower-case hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|it| format!("{it:02x}")).collect()
}

fn node_is_there() -> bool {
    command::output("node", &["--version"])
        .and_then(|it| it.trim_start_matches('v').split('.').next()?.parse::<u32>().ok())
        .is_some_and(|major| major >= 18)
}

fn font_is_there() -> bool {
    command::output("fc-list", &[":lang=zh"]).is_some_and(|it| !it.trim().is_empty())
}

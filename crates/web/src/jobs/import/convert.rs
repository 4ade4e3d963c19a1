//! Old Word documents (.doc, .wps, .rtf) as .docx, by LibreOffice where it is installed.
//!
//! It is a program that we did not write, reading a file that somebody brought: it gets a
//! profile of its own that is gone afterwards, no macros, no network where the system can
//! take it away, and a minute.

use std::{
    fs, io,
    os::unix::process::CommandExt,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::{Mutex, PoisonError},
    thread,
    time::{Duration, Instant},
};

use rustix::process::{Pid, Signal, kill_process_group};
use tempfile::TempDir;

/// How long a conversion may take.
const LONGEST: Duration = Duration::from_secs(60);

/// One at a time: it is the heaviest thing that an upload can ask for.
static TURN: Mutex<()> = Mutex::new(());

/// 旧版 Word 文件转换不了的原因：怎么办。
#[derive(Debug, thiserror::Error)]
pub enum ConvertError {
    #[error(
        "这是{0}，要先转换才能读，而这台机器没有装 LibreOffice；请用 Word 或 WPS 打开，另存为 .docx 再试"
    )]
    NotInstalled(&'static str),
    #[error("这是{0}，LibreOffice 转换不了；请用 Word 或 WPS 打开，另存为 .docx 再试")]
    Failed(&'static str),
    #[error("这是{0}，转换了 60 秒还没有完，已停止；请用 Word 或 WPS 打开，另存为 .docx 再试")]
    TooSlow(&'static str),
    #[error("转换时读写不了临时文件：{0}；请检查磁盘")]
    Io(#[from] io::Error),
}

/// Converts an old document; `what` it is, as the reader of files calls it.
pub fn to_docx(old: &Path, what: &'static str) -> Result<Vec<u8>, ConvertError> {
    convert(old, what, "soffice", LONGEST)
}

fn convert(
    old: &Path,
    what: &'static str,
    program: &str,
    longest: Duration,
) -> Result<Vec<u8>, ConvertError> {
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    let folder = TempDir::new()?;
    let (profile, out) = (folder.path().join("profile"), folder.path().join("out"));
    fs::create_dir_all(profile.join("user"))?;
    fs::write(profile.join("user/registrymodifications.xcu"), PROFILE)?;
    // The name is ours: what somebody called the file is no argument of a command.
    let source = folder.path().join("old.doc");
    fs::copy(old, &source)?;
    let mut child = match start(program, &profile, &out, &source) {
        Err(err) if err.kind() == io::ErrorKind::NotFound => {
            return Err(ConvertError::NotInstalled(what));
        }
        started => started?,
    };
    let ended = wait(&mut child, longest);
    end_all(&child);
    child.wait()?;
    match ended? {
        false => Err(ConvertError::TooSlow(what)),
        true => match fs::read(out.join("old.docx")) {
            Err(err) if err.kind() == io::ErrorKind::NotFound => Err(ConvertError::Failed(what)),
            read => Ok(read?),
        },
    }
}

fn start(program: &str, profile: &Path, out: &Path, source: &Path) -> io::Result<Child> {
    let program = found(program).ok_or(io::ErrorKind::NotFound)?;
    let mut command = match may_leave_the_network() {
        true => {
            let mut command = Command::new("unshare");
            command.args(WITHOUT_NETWORK).arg("--").arg(program);
            command
        }
        false => Command::new(program),
    };
    command
        .arg(format!("-env:UserInstallation=file://{}", profile.display()))
        .args(["--headless", "--norestore", "--nolockcheck", "--convert-to", "docx", "--outdir"])
        .arg(out)
        .arg(source)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .process_group(0)
        .spawn()
}

/// Looks a program up, since one that starts another says nothing of its absence.
fn found(program: &str) -> Option<PathBuf> {
    let folders = ["/usr/bin", "/usr/local/bin", "/opt/libreoffice/program", "/snap/bin"];
    let named = Path::new(program);
    let places = folders.iter().map(|folder| Path::new(folder).join(named));
    places.into_iter().find(|it| it.is_file())
}

const WITHOUT_NETWORK: [&str; 3] = ["--user", "--map-current-user", "--net"];

/// Tells whether the system lets a program be started without a network.
fn may_leave_the_network() -> bool {
    let mut trial = Command::new("unshare");
    trial.args(WITHOUT_NETWORK).args(["--", "true"]);
    trial.stdout(Stdio::null()).stderr(Stdio::null());
    trial.status().is_ok_and(|it| it.success())
}

/// Waits until a child has ended, or is to be ended.
fn wait(child: &mut Child, longest: Duration) -> io::Result<bool> {
    let began = Instant::now();
    while began.elapsed() < longest {
        if child.try_wait()?.is_some() {
            return Ok(true);
        }
        thread::sleep(Duration::from_millis(50));
    }
    Ok(false)
}

/// Ends the child with all that it started.
fn end_all(child: &Child) {
    if let Some(group) = i32::try_from(child.id()).ok().and_then(Pid::from_raw) {
        // Where all have ended already there is nobody to tell.
        kill_process_group(group, Signal::KILL).ok();
    }
}

/// No macros, no links into the net, and a proxy that leads nowhere.
const PROFILE: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>2</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetProxyType" oor:op="fuse"><value>2</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPProxyName" oor:op="fuse"><value>127.0.0.1</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPProxyPort" oor:op="fuse"><value>9</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPSProxyName" oor:op="fuse"><value>127.0.0.1</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPSProxyPort" oor:op="fuse"><value>9</value></prop></item>
</oor:items>
"#;

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    fn file(name: &str) -> PathBuf {
        [env!("CARGO_MANIFEST_DIR"), "../documents/tests/word_in/files", name].iter().collect()
    }

    #[test]
    fn libreoffice_makes_docx_of_old_documents() {
        for (name, what) in [("old_word.doc", "旧版 Word 文件"), ("rich_text.rtf", " RTF 文件")]
        {
            let docx = to_docx(&file(name), what).unwrap_or_else(|err| panic!("{name}：{err}"));
            assert!(docx.starts_with(b"PK"), "{name}");
        }
    }

    #[test]
    fn without_libreoffice_a_person_is_told_what_to_do() {
        let err = convert(&file("old_word.doc"), " RTF 文件", "no-such-office", LONGEST);
        let text = err.unwrap_err().to_string();
        assert!(text.contains("没有装 LibreOffice") && text.contains("另存为 .docx"), "{text}");
    }

    #[test]
    fn a_conversion_that_does_not_end_is_ended_with_its_children() {
        let mut slow = Command::new("sh");
        slow.args(["-c", "(sleep 60; echo alive) & sleep 60"]).process_group(0);
        let mut child = slow.stdout(Stdio::piped()).spawn().unwrap();
        let mut said = child.stdout.take().unwrap();
        assert!(!wait(&mut child, Duration::from_millis(100)).unwrap());
        end_all(&child);
        child.wait().unwrap();
        let mut words = String::new();
        said.read_to_string(&mut words).unwrap();
        assert_eq!(words, "", "nobody is left to say anything");
    }
}

//! Other programs: run them, and say plainly which one failed.

use std::{
    io::{self, BufRead, BufReader, Write},
    process::{Command, ExitStatus, Stdio},
};

use anyhow::{Context, Result, bail};

/// Runs `command` with its output on the terminal.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let status = command.status().with_context(|| cannot_start(command))?;
    succeeded(command, status)
}

/// Runs `command`, shows its standard output as it comes, and returns it.
pub(crate) fn tee(command: &mut Command) -> Result<String> {
    let mut child =
        command.stdout(Stdio::piped()).spawn().with_context(|| cannot_start(command))?;
    let output = child.stdout.take().context("standard output was asked for as a pipe")?;
    let mut seen = String::new();
    for line in BufReader::new(output).split(b'\n') {
        let line = line?;
        let line = String::from_utf8_lossy(&line);
        writeln!(io::stdout(), "{line}")?;
        seen.push_str(&line);
        seen.push('\n');
    }
    let status = child.wait()?;
    succeeded(command, status)?;
    Ok(seen)
}

/// Returns whether `program` can be started at all.
pub(crate) fn answers(program: &str, argument: &str) -> bool {
    output(program, &[argument]).is_some()
}

/// Returns the standard output of a program that ended well.
pub(crate) fn output(program: &str, arguments: &[&str]) -> Option<String> {
    let output = Command::new(program).args(arguments).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

fn succeeded(command: &Command, status: ExitStatus) -> Result<()> {
    if !status.success() {
        bail!("{} failed ({status})", words(command));
    }
    Ok(())
}

fn cannot_start(command: &Command) -> String {
    format!("{} can not be started", words(command))
}

fn words(command: &Command) -> String {
    let mut words = vec![command.get_program().to_string_lossy()];
    words.extend(command.get_args().map(|it| it.to_string_lossy()));
    format!("`{}`", words.join(" "))
}

//! `shixiang`: the one binary. Each command is a file under `commands`.

mod census;
mod commands;
mod kept;
mod lock;
mod logs;
mod place;
mod settings;

use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};

use self::{place::Place, settings::Settings};

/// A third of an import's time went into the system's allocator, a tenth goes into this one.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// 事项：政务服务事项管理系统
#[derive(Parser)]
#[command(name = "shixiang", version, about, disable_help_subcommand = true)]
struct Cli {
    #[command(flatten)]
    settings: Settings,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// 载入演示目录并打开站点
    Demo(commands::demo::Args),
    /// 打开站点
    Serve(commands::serve::Args),
    /// 导入表格：CSV、XLSX、XLS、ODS、JSON、JSON Lines、DOCX（表一、表二）
    Import(commands::import::Args),
    /// 撤销一次导入
    Undo(commands::undo::Args),
    /// 导出：表一、表二、汇编、告知单、办事指南、目录和交换格式
    Export(commands::export::Args),
    /// 检查事项，列出问题
    Check(commands::check::Args),
    /// 按平常的话找事项，与门户所见相同
    Search(commands::search::Args),
    /// 编码的读法
    Code(commands::code::Args),
    /// 推算工作日：shixiang workdays 2026-09-28 +20
    Workdays(commands::workdays::Args),
    /// 账号：开立、列出、重置密码
    Officer(commands::officer::Args),
    /// 文库里的法律法规
    Laws(commands::laws::Args),
    /// 重建检索库
    Reindex(commands::reindex::Args),
    /// 校验流转记录与公布两条链，上传的文件，检索库与公布是否相符
    Verify(commands::verify::Args),
    /// 备份：全部数据和上传的文件写成一个文件，站点不用停
    Backup(commands::backup::Args),
    /// 从备份文件恢复到空的数据目录
    Restore(commands::restore::Args),
}

/// How a command ended: all of it done, or part of it and the rest reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Done {
    Whole,
    InPart,
}

#[tokio::main]
async fn main() -> ExitCode {
    let parsed = Cli::command().try_get_matches().and_then(|matches| {
        let name = matches.subcommand_name().unwrap_or_default().to_owned();
        Ok((name, Cli::from_arg_matches(&matches)?))
    });
    let (name, cli) = match parsed {
        Ok(parsed) => parsed,
        Err(err) => {
            let asked = !err.use_stderr();
            let _ = err.print();
            return if asked { ExitCode::SUCCESS } else { ExitCode::FAILURE };
        }
    };
    match run(cli, name).await {
        Ok(Done::Whole) => ExitCode::SUCCESS,
        Ok(Done::InPart) => ExitCode::from(2),
        Err(err) if is_broken_pipe(&err) => ExitCode::SUCCESS,
        Err(err) => {
            eprintln!("错误：{err:#}");
            ExitCode::FAILURE
        }
    }
}

/// Tells whether the reader of our output has seen enough, as `head` does.
fn is_broken_pipe(err: &anyhow::Error) -> bool {
    let mut causes = err.chain().filter_map(|it| it.downcast_ref::<std::io::Error>());
    causes.any(|it| it.kind() == std::io::ErrorKind::BrokenPipe)
}

async fn run(cli: Cli, name: String) -> anyhow::Result<Done> {
    let settings = cli.settings.complete()?;
    logs::start(&settings)?;
    let place = Place::new(settings, name);
    match cli.command {
        Command::Demo(args) => commands::demo::run(&place, args).await,
        Command::Serve(args) => commands::serve::run(&place, args).await,
        Command::Import(args) => commands::import::run(&place, args).await,
        Command::Undo(args) => commands::undo::run(&place, args).await,
        Command::Export(args) => commands::export::run(&place, args).await,
        Command::Check(args) => commands::check::run(&place, args).await,
        Command::Search(args) => commands::search::run(&place, args).await,
        Command::Code(args) => commands::code::run(&place, args),
        Command::Workdays(args) => commands::workdays::run(args),
        Command::Officer(args) => commands::officer::run(&place, args).await,
        Command::Laws(args) => commands::laws::run(&place, args).await,
        Command::Reindex(args) => commands::reindex::run(&place, args).await,
        Command::Verify(args) => commands::verify::run(&place, args).await,
        Command::Backup(args) => commands::backup::run(&place, args).await,
        Command::Restore(args) => commands::restore::run(&place, args).await,
    }
}

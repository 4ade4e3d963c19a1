use std::{
    fs::{self, File},
    io::{self, BufRead, BufReader, BufWriter, Seek, Write},
    path::{Path, PathBuf},
};

use anyhow::Context;
use documents::{
    read::{self, ReadError, ReadOptions, RowReader},
    write::{Report, ReportSummary},
};
use domain::{
    finding::Severity,
    intake::{Defaults, Mapping, RawRow},
    people::Actor,
    region::RegionCode,
    standard::{Standard, Standards},
};
use store::{Outcome, Store};
use time::OffsetDateTime;
use web::jobs::import::{self, Request, RowReport, Summary, convert};

use super::say;
use crate::{
    Done,
    place::{Place, named},
};

#[derive(clap::Args)]
pub(crate) struct Args {
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// 按哪个规范读
    #[arg(long, default_value = "national", value_name = "S")]
    pub(crate) standard: String,
    /// 归入哪个地区，盖过文件里的
    #[arg(long, value_name = "CODE")]
    region: Option<RegionCode>,
    /// 整个文件是哪个单位的
    #[arg(long, value_name = "NAME")]
    body: Option<String>,
    /// 映射文件（TOML）：columns 一节写 表头 = "要素"，bodies 一节写 单位 = { letters = "MZ" }
    #[arg(long, value_name = "FILE")]
    mapping: Option<PathBuf>,
    /// 作为基线按原样公布
    #[arg(long)]
    publish: bool,
    /// 只试，不写
    #[arg(long)]
    dry_run: bool,
    /// 写出报告：原表各行，加上结果和原因
    #[arg(long, value_name = "OUT.xlsx")]
    report: Option<PathBuf>,
    /// 每写成一批就在标准错误里说一声
    #[arg(long)]
    progress: bool,
    #[arg(long)]
    json: bool,
}

/// The rule by which a returned row's reason is listed among the findings.
const REJECTED: &str = "I0";

/// Rows between two words on how far an import is.
const STRIDE: u64 = 500;

/// What was found in the rows, kept on disk until the counts before it are known.
struct Spool {
    file: BufWriter<File>,
    /// The screen tells only why rows were returned.
    keeps_findings: bool,
    n: u64,
}

#[derive(serde::Serialize)]
struct FoundLine<'a> {
    row: u64,
    place: &'a str,
    code: Option<&'a str>,
    element: &'a str,
    rule: &'a str,
    severity: Severity,
    message: &'a str,
    mend: &'a str,
}

pub(crate) async fn run(place: &Place, args: Args) -> anyhow::Result<Done> {
    if args.report.is_some() && args.files.len() > 1 {
        anyhow::bail!("--report 一次只能报告一个文件，请逐个导入");
    }
    let standards = place.standards()?;
    let standard = named(&standards, &args.standard)?;
    let mapping = match &args.mapping {
        Some(path) => {
            let text = fs::read_to_string(path)
                .with_context(|| format!("读不了映射文件 {}", path.display()))?;
            Mapping::parse(&text, standard)?
        }
        None => Mapping::default(),
    };
    let mut readers = Vec::new();
    for file in &args.files {
        let reader = opened(file, &ReadOptions::new(standard, &mapping))
            .with_context(|| file.display().to_string())?;
        readers.push((file.as_path(), reader));
    }
    let store = place.store().await?;
    let mut total = Summary::default();
    let mut spool = Spool::new(args.json)?;
    let knobs = Knobs { args: &args, standards: &standards, standard, mapping: &mapping };
    for (file, reader) in readers {
        let summary = knobs.file(&store, file, reader, &mut spool).await?;
        add(&mut total, summary);
    }
    store.close().await;
    if args.json {
        spool.print_json(&total)?;
    } else {
        print(&total, args.dry_run, &mut spool)?;
    }
    Ok(if total.rejected == 0 { Done::Whole } else { Done::InPart })
}

/// Opens a file; an old Word document is converted first.
fn opened(file: &Path, options: &ReadOptions) -> anyhow::Result<Box<dyn RowReader>> {
    match read::open(file, options) {
        Err(ReadError::OldWord(what)) => {
            let mut docx = tempfile::Builder::new().suffix(".docx").tempfile()?;
            docx.write_all(&convert::to_docx(file, what)?)?;
            Ok(read::open(docx.path(), options)?)
        }
        opened => Ok(opened?),
    }
}

/// What holds for every file of one command.
struct Knobs<'a> {
    args: &'a Args,
    standards: &'a Standards,
    standard: &'a Standard,
    mapping: &'a Mapping,
}

impl Knobs<'_> {
    #[expect(clippy::disallowed_methods, reason = "the command line is where the clock is read")]
    async fn file(
        &self,
        store: &Store,
        file: &Path,
        reader: Box<dyn RowReader>,
        spool: &mut Spool,
    ) -> anyhow::Result<Summary> {
        let source = file.file_name().unwrap_or(file.as_os_str()).to_string_lossy();
        let mut report = match &self.args.report {
            Some(path) => {
                let out =
                    File::create(path).with_context(|| format!("写不了报告 {}", path.display()))?;
                Some(Report::new(out, &reader.source().headers)?)
            }
            None => None,
        };
        let notes = reader.source().notes.clone();
        let request = Request {
            source: &source,
            standards: self.standards,
            standard: self.standard,
            mapping: self.mapping,
            defaults: &Defaults { region: self.args.region, body: self.args.body.clone() },
            publish: self.args.publish,
            dry_run: self.args.dry_run,
            actor: &Actor::operator(),
            now: OffsetDateTime::now_utc(),
        };
        let mut written: anyhow::Result<()> = Ok(());
        let mut n_done = 0;
        let mut observe = |row: &RawRow, line: &RowReport| {
            n_done += 1;
            if self.args.progress && n_done % STRIDE == 0 {
                self.tell(n_done);
            }
            if written.is_ok() {
                written = spool.take(line).and_then(|()| match &mut report {
                    Some(report) => Ok(report.row(row, outcome_word(line), &reason_text(line))?),
                    None => Ok(()),
                });
            }
        };
        let summary = import::run(store, reader, request, &mut observe).await?;
        written?;
        if let Some(report) = report {
            report.finish(&report_summary(&source, self.standard, &summary, notes))?;
        }
        Ok(summary)
    }
}

impl Knobs<'_> {
    /// Rows are observed when they are saved, and not before.
    fn tell(&self, n_done: u64) {
        let verb = if self.args.dry_run { "已试" } else { "已写入" };
        eprintln!("{verb} {n_done} 行");
    }
}

impl Spool {
    fn new(keeps_findings: bool) -> anyhow::Result<Spool> {
        Ok(Spool { file: BufWriter::new(tempfile::tempfile()?), keeps_findings, n: 0 })
    }

    fn take(&mut self, report: &RowReport) -> anyhow::Result<()> {
        let line = |element, rule, severity, message, mend| FoundLine {
            row: report.number,
            place: &report.place,
            code: report.code.as_deref(),
            element,
            rule,
            severity,
            message,
            mend,
        };
        if let Some(reason) = &report.reason {
            self.put(&line("", REJECTED, Severity::Error, reason, ""))?;
        }
        if !self.keeps_findings {
            self.n += report.findings.len() as u64;
            return Ok(());
        }
        for it in &report.findings {
            self.put(&line(&it.element, &it.rule, it.severity, &it.message, &it.mend))?;
        }
        Ok(())
    }

    fn put(&mut self, line: &FoundLine<'_>) -> anyhow::Result<()> {
        self.n += 1;
        serde_json::to_writer(&mut self.file, line)?;
        Ok(self.file.write_all(b"\n")?)
    }

    fn lines(&mut self) -> anyhow::Result<BufReader<File>> {
        self.file.flush()?;
        let mut file = self.file.get_ref().try_clone()?;
        file.rewind()?;
        Ok(BufReader::new(file))
    }

    /// Prints the counts and, after them, every finding, without holding them all.
    fn print_json(&mut self, total: &Summary) -> anyhow::Result<()> {
        let head = serde_json::json!({
            "import": total.import.map(|it| it.0),
            "read": total.read,
            "imported": total.imported,
            "updated": total.updated,
            "unchanged": total.unchanged,
            "warned": total.warned,
            "rejected": total.rejected,
            "new_bodies": total.new_bodies.iter().map(|(_, body)| body).collect::<Vec<_>>(),
            "unknown_columns": total.unknown_columns,
        });
        let head = head.to_string();
        let mut out = BufWriter::new(io::stdout().lock());
        write!(out, "{},\"findings\":[", head.trim_end_matches('}'))?;
        for (at, line) in self.lines()?.lines().enumerate() {
            write!(out, "{}\n{}", if at == 0 { "" } else { "," }, line?)?;
        }
        writeln!(out, "]}}")?;
        Ok(out.flush()?)
    }
}

/// Returned rows that are told on the screen; a report tells all.
const SHOWN: u64 = 20;

impl Spool {
    fn print_rejected(&mut self, n_rejected: u64) -> anyhow::Result<()> {
        if n_rejected == 0 {
            return Ok(());
        }
        let mut n_shown = 0;
        for line in self.lines()?.lines() {
            let line: serde_json::Value = serde_json::from_str(&line?)?;
            let word = |key: &str| line[key].as_str().unwrap_or_default().to_owned();
            if line["rule"] == REJECTED && n_shown < SHOWN {
                n_shown += 1;
                say(format_args!("退回　{}：{}", word("place"), word("message")))?;
            }
        }
        if n_rejected > SHOWN {
            say(format_args!("还有 {} 行退回，用 --report 写出全部", n_rejected - SHOWN))?;
        }
        Ok(())
    }
}

fn print(total: &Summary, dry_run: bool, spool: &mut Spool) -> anyhow::Result<()> {
    if dry_run {
        say("试导入，什么也没有写入：")?;
    }
    say(format_args!(
        "读入 {} 行：新增 {}，更新 {}，未变 {}，退回 {}；{} 行有问题，共 {} 个",
        total.read,
        total.imported,
        total.updated,
        total.unchanged,
        total.rejected,
        total.warned,
        spool.n
    ))?;
    for (region, body) in &total.new_bodies {
        let letters = body.letters.as_deref().map_or(String::new(), |it| format!("　代码 {it}"));
        let credit = body.credit_code.as_deref().map_or(String::new(), |it| format!("　{it}"));
        say(format_args!("新登记的实施主体：{}（{region}）{letters}{credit}", body.name))?;
    }
    spool.print_rejected(total.rejected)?;
    if !total.unknown_columns.is_empty() {
        let columns: Vec<&str> = total.unknown_columns.iter().map(String::as_str).collect();
        say(format_args!(
            "没有认出的列，内容没有导入：{}；可用 --mapping 指明",
            columns.join("、")
        ))?;
    }
    if let (Some(import), false) = (total.import, dry_run) {
        say(format_args!("这次导入的编号是 {import}；要撤销：shixiang undo {import}"))?;
    }
    Ok(())
}

fn add(total: &mut Summary, one: Summary) {
    total.import = one.import.or(total.import);
    total.read += one.read;
    total.imported += one.imported;
    total.updated += one.updated;
    total.unchanged += one.unchanged;
    total.rejected += one.rejected;
    total.warned += one.warned;
    total.new_bodies.extend(one.new_bodies);
    total.unknown_columns.extend(one.unknown_columns);
}

fn outcome_word(report: &RowReport) -> &'static str {
    match report.outcome {
        Outcome::Rejected => "退回",
        Outcome::Imported if report.findings.is_empty() => "导入",
        Outcome::Imported => "导入，有问题",
        Outcome::Updated if report.findings.is_empty() => "更新",
        Outcome::Updated => "更新，有问题",
        Outcome::Unchanged => "未变",
    }
}

fn reason_text(report: &RowReport) -> String {
    let findings = report.findings.iter().map(|it| format!("{}。{}", it.message, it.mend));
    report.reason.iter().cloned().chain(findings).collect::<Vec<_>>().join("\n")
}

fn report_summary(
    source: &str,
    standard: &Standard,
    summary: &Summary,
    remarks: Vec<String>,
) -> ReportSummary {
    let counts = [
        ("读入", summary.read),
        ("导入", summary.imported),
        ("更新", summary.updated),
        ("未变", summary.unchanged),
        ("退回", summary.rejected),
        ("有问题", summary.warned),
    ];
    ReportSummary {
        source: source.to_owned(),
        standard: standard.title.clone(),
        counts: counts.map(|(label, n)| (label.to_owned(), n)).into(),
        unknown_columns: summary.unknown_columns.iter().cloned().collect(),
        new_bodies: summary.new_bodies.iter().map(|(_, body)| body.name.clone()).collect(),
        remarks,
    }
}

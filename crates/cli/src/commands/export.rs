use std::{
    fs::{self, File},
    io::BufWriter,
    path::PathBuf,
};

use anyhow::{Context, bail};
use documents::write::{
    CatalogueCsv, CatalogueXlsx, FlowPaper, Office, form_docx, guide_docx, notice_docx, pack_docx,
    pack_zip, write_record,
};
use domain::{
    edition::Edition,
    item::ItemRecord,
    publication::PublicItem,
    region::{RegionCode, regions},
    standard::{Standard, Standards},
};
use store::{PageKey, Selection, Store};
use web::Origin;

use super::{
    export_flow::{self, FlowFile},
    say,
};
use crate::{Done, place::Place};

const PAGE: u32 = 500;

#[derive(clap::Args)]
pub(crate) struct Args {
    /// 导出什么
    format: Format,
    #[arg(long, value_name = "PATH")]
    out: PathBuf,
    #[arg(long, value_name = "CODE")]
    region: Option<RegionCode>,
    #[arg(long, value_name = "NAME")]
    body: Option<String>,
    /// 一个事项的编码
    #[arg(long, value_name = "CODE")]
    item: Option<String>,
    /// flow.docx、flow.svg 的纸张：a4、a4-landscape（横放）、a3、a3-landscape。不说的，flow.docx
    /// 用 A4，照图的样子竖放或者横放；flow.svg 和图一样大
    #[arg(long, value_name = "PAPER", value_parser = paper)]
    paper: Option<FlowPaper>,
}

fn paper(name: &str) -> Result<FlowPaper, String> {
    let names = || FlowPaper::ALL.map(FlowPaper::name).join("、");
    FlowPaper::named(name).ok_or_else(|| format!("纸张只有 {}", names()))
}

#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// 表一，一个单位一张
    #[value(name = "table1.docx")]
    Table1,
    /// 表二，一个事项一张
    #[value(name = "table2.docx")]
    Table2,
    /// 办事指南，一个事项一份
    #[value(name = "guide.docx")]
    Guide,
    /// 一次性告知单，一个事项一份，二维码用站点对外的地址
    #[value(name = "notice.docx")]
    Notice,
    /// 一个单位的汇编：目录、表一、全部表二、流程图和岗位说明，一个文件
    #[value(name = "pack.docx")]
    Pack,
    /// 一个单位的表一、全部表二、流程图和岗位说明，一个压缩包
    #[value(name = "pack.zip")]
    PackZip,
    /// 流程图，一个事项一张
    #[value(name = "flow.svg")]
    FlowSvg,
    #[value(name = "flow.png")]
    FlowPng,
    /// 流程模型，BPMN 2.0，带图
    #[value(name = "flow.bpmn")]
    FlowBpmn,
    /// 权力运行流程图和岗位说明，图形可以在 Word、WPS 里改
    #[value(name = "flow.docx")]
    FlowDocx,
    /// 岗位说明
    #[value(name = "posts.docx")]
    Posts,
    #[value(name = "catalogue.xlsx")]
    CatalogueXlsx,
    #[value(name = "catalogue.csv")]
    CatalogueCsv,
    /// 交换格式，可以原样导回
    #[value(name = "items.jsonl")]
    Items,
}

/// The selected items, read page by page.
struct Pages<'a> {
    store: &'a Store,
    selection: Selection,
    after: Option<PageKey>,
}

pub(crate) async fn run(place: &Place, args: Args) -> anyhow::Result<Done> {
    let store = place.existing_store().await?;
    let standards = place.standards()?;
    let selection =
        Selection { region: args.region, body: args.body.clone(), code: args.item.clone() };
    if args.paper.is_some() && !matches!(args.format, Format::FlowDocx | Format::FlowSvg) {
        bail!("--paper 只用于 flow.docx 和 flow.svg");
    }
    let mut pages = Pages { store: &store, selection, after: None };
    let n_items = match args.format {
        Format::Items | Format::CatalogueXlsx | Format::CatalogueCsv => {
            stream(&mut pages, &standards, &args).await?
        }
        Format::Table1 => form(&mut pages, &standards, &args, "table1").await?,
        Format::Table2 => form(&mut pages, &standards, &args, "table2").await?,
        Format::Guide | Format::Notice => {
            published(&mut pages, &standards, &args, place.public_url()?).await?
        }
        Format::Pack | Format::PackZip => pack(&mut pages, &standards, &args).await?,
        Format::FlowSvg => flow(&mut pages, &standards, &args, FlowFile::Svg(args.paper)).await?,
        Format::FlowPng => flow(&mut pages, &standards, &args, FlowFile::Png).await?,
        Format::FlowBpmn => flow(&mut pages, &standards, &args, FlowFile::Bpmn).await?,
        Format::FlowDocx => flow(&mut pages, &standards, &args, FlowFile::Docx(args.paper)).await?,
        Format::Posts => flow(&mut pages, &standards, &args, FlowFile::Posts).await?,
    };
    store.close().await;
    say(format_args!("已导出 {n_items} 项到 {}", args.out.display()))?;
    Ok(Done::Whole)
}

impl Pages<'_> {
    async fn next(&mut self) -> anyhow::Result<Vec<Edition>> {
        let page = self.store.current_page(&self.selection, self.after, PAGE).await?;
        self.after = page.last().map(|(key, _)| *key).or(self.after);
        Ok(page.into_iter().map(|(_, edition)| edition).collect())
    }

    async fn all(&mut self) -> anyhow::Result<Vec<Edition>> {
        let mut all = Vec::new();
        loop {
            let page = self.next().await?;
            if page.is_empty() {
                break;
            }
            all.extend(page);
        }
        if all.is_empty() {
            bail!("没有符合条件的事项；核对 --region、--body、--item");
        }
        Ok(all)
    }

    /// Returns the selected items, which must be of one body: `what` is a body's own.
    async fn of_one_body(&mut self, what: &str) -> anyhow::Result<Vec<ItemRecord>> {
        let editions = self.all().await?;
        let first = &editions[0].record;
        if let Some(other) = editions.iter().find(|it| it.record.body != first.body) {
            bail!(
                "{what} 是一个单位的，选中的有“{}”和“{}”；请用 --body 指明",
                first.body.name,
                other.record.body.name
            );
        }
        Ok(editions.into_iter().map(|it| it.record).collect())
    }
}

async fn stream(pages: &mut Pages<'_>, standards: &Standards, args: &Args) -> anyhow::Result<u64> {
    let file = File::create(&args.out).with_context(|| format!("写不了 {}", args.out.display()))?;
    let out = BufWriter::new(file);
    let known: Vec<&Standard> = used_standards(pages, standards).await?;
    let mut n_items = 0;
    let mut writer = match args.format {
        Format::CatalogueXlsx => Writer::Xlsx(Box::new(CatalogueXlsx::new(out, &known)?)),
        Format::CatalogueCsv => Writer::Csv(Box::new(CatalogueCsv::new(out, &known)?)),
        _ => Writer::Items(out),
    };
    loop {
        let page = pages.next().await?;
        if page.is_empty() {
            break;
        }
        for edition in &page {
            n_items += 1;
            writer.item(&edition.record, standard_of(&edition.record, standards))?;
        }
    }
    writer.finish()?;
    Ok(n_items)
}

enum Writer {
    Xlsx(Box<CatalogueXlsx<BufWriter<File>>>),
    Csv(Box<CatalogueCsv<BufWriter<File>>>),
    Items(BufWriter<File>),
}

impl Writer {
    fn item(&mut self, record: &ItemRecord, standard: &Standard) -> anyhow::Result<()> {
        match self {
            Writer::Xlsx(writer) => writer.item(record, standard)?,
            Writer::Csv(writer) => writer.item(record, standard)?,
            Writer::Items(out) => write_record(out, record)?,
        }
        Ok(())
    }

    fn finish(self) -> anyhow::Result<()> {
        let mut out = match self {
            Writer::Xlsx(writer) => writer.finish()?.0,
            Writer::Csv(writer) => writer.finish()?,
            Writer::Items(out) => out,
        };
        Ok(std::io::Write::flush(&mut out)?)
    }
}

/// Returns the standards of the selected items: their elements are a catalogue's columns.
async fn used_standards<'a>(
    pages: &Pages<'_>,
    standards: &'a Standards,
) -> anyhow::Result<Vec<&'a Standard>> {
    let ids = pages.store.standards_in_use(&pages.selection).await?;
    let used: Vec<&Standard> = ids.iter().filter_map(|id| standards.get(id)).collect();
    Ok(if used.is_empty() { vec![standards.national()] } else { used })
}

async fn form(
    pages: &mut Pages<'_>,
    standards: &Standards,
    args: &Args,
    id: &str,
) -> anyhow::Result<u64> {
    let records = pages.of_one_body(id).await?;
    let first = &records[0];
    let standard = standard_of(first, standards);
    let form =
        standard.form(id).with_context(|| format!("规范“{}”没有表单 {id}", standard.title))?;
    let region = regions::name(&first.region).unwrap_or_default();
    let bytes = form_docx(form, standard, &records, &first.body.name, region);
    write(args, &bytes)?;
    Ok(records.len() as u64)
}

async fn pack(pages: &mut Pages<'_>, standards: &Standards, args: &Args) -> anyhow::Result<u64> {
    let records = pages.of_one_body("汇编").await?;
    let first = &records[0];
    let office = Office {
        body: &first.body.name,
        region: regions::name(&first.region).unwrap_or_default(),
        standard: standard_of(first, standards),
        items: &records,
    };
    let bytes = match args.format {
        Format::PackZip => pack_zip(&office),
        _ => pack_docx(&office),
    };
    write(args, &bytes)?;
    Ok(records.len() as u64)
}

/// Writes what the public is shown of an item: its guide, or the notice to be handed over.
async fn published(
    pages: &mut Pages<'_>,
    standards: &Standards,
    args: &Args,
    public_url: Option<Origin>,
) -> anyhow::Result<u64> {
    let code = args.item.as_deref().context("一个事项一份，请用 --item 指明编码")?;
    pages.selection.code = Some(code.to_owned());
    let published = pages.store.public_item(code).await?;
    let published = published.with_context(|| format!("没有公布过编码为 {code} 的事项"))?;
    let item: &PublicItem = published.notice.item();
    let standard = standard_of(&item.item, standards);
    let bytes = match args.format {
        Format::Notice => {
            let origin =
                public_url.context("告知单上的二维码要写站点对外的地址，请用 --public-url 指明")?;
            notice_docx(item, standard, &origin.guide(code))
        }
        _ => guide_docx(item, standard),
    };
    write(args, &bytes)?;
    Ok(1)
}

async fn flow(
    pages: &mut Pages<'_>,
    standards: &Standards,
    args: &Args,
    file: FlowFile,
) -> anyhow::Result<u64> {
    let editions = pages.all().await?;
    let records: Vec<ItemRecord> = editions.into_iter().map(|it| it.record).collect();
    let standard = standard_of(&records[0], standards);
    let (bytes, n_items) = export_flow::written(file, &records, standard)?;
    write(args, &bytes)?;
    Ok(n_items)
}

fn write(args: &Args, bytes: &[u8]) -> anyhow::Result<()> {
    fs::write(&args.out, bytes).with_context(|| format!("写不了 {}", args.out.display()))
}

fn standard_of<'a>(record: &ItemRecord, standards: &'a Standards) -> &'a Standard {
    standards.get(&record.standard).unwrap_or(standards.national())
}

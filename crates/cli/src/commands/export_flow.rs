//! `export flow.*` and `export posts.docx`: the flow of items, drawn, modelled and told as posts.

use anyhow::{Context, bail};
use documents::write::{
    FlowPaper, Fonts, flow_bpmn, flow_docx, flow_of, flow_png, flow_svg, flow_svg_on, posts_docx,
};
use domain::{item::ItemRecord, standard::Standard};

/// What of a flow is written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum FlowFile {
    Svg(Option<FlowPaper>),
    Png,
    Bpmn,
    Docx(Option<FlowPaper>),
    Posts,
}

/// Returns the bytes, and of how many items they are; a picture and a model are of one item.
pub(super) fn written(
    file: FlowFile,
    records: &[ItemRecord],
    standard: &Standard,
) -> anyhow::Result<(Vec<u8>, u64)> {
    let with_steps: Vec<ItemRecord> =
        records.iter().filter(|it| flow_of(it).is_some()).cloned().collect();
    let Some(first) = with_steps.first() else {
        bail!("选中的事项没有填办理环节，画不出流程图；请先在“办理环节”里逐行写明");
    };
    let n_items = with_steps.len() as u64;
    let title = format!("{}流程图", first.name());
    match file {
        FlowFile::Docx(paper) => {
            Ok((flow_docx(&with_steps, standard, "权力运行流程图", paper), n_items))
        }
        FlowFile::Posts => Ok((posts_docx(&with_steps, standard, "岗位说明"), n_items)),
        FlowFile::Svg(_) | FlowFile::Png | FlowFile::Bpmn if n_items > 1 => {
            bail!("这种文件一个事项一份，选中的有 {n_items} 项；请用 --item 指明编码");
        }
        FlowFile::Svg(_) | FlowFile::Png | FlowFile::Bpmn => {
            let flow = flow_of(first).context("选中的事项没有办理环节")?;
            let bytes = match file {
                FlowFile::Svg(None) => flow_svg(&flow, &title),
                FlowFile::Svg(Some(paper)) => flow_svg_on(&flow, &title, paper),
                FlowFile::Bpmn => flow_bpmn(&flow, &title),
                _ => flow_png(&flow, &title, &Fonts::of_system()?)?,
            };
            Ok((bytes, 1))
        }
    }
}

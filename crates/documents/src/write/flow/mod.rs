//! 流程图 as SVG, PNG, BPMN 2.0 and Word shapes, all of the one layout of `domain::flow`.

mod bpmn;
mod chart;
mod connectors;
mod paper;
mod png;
mod posts;
mod shapes;
mod svg;
#[cfg(test)]
mod tests;

use domain::{
    content::{Row, keys},
    flow::{Flow, Symbol},
    item::ItemRecord,
};

pub(in crate::write) use self::chart::Chart;
pub use self::{
    bpmn::flow_bpmn,
    chart::{flow_docx, posts_docx},
    paper::FlowPaper,
    png::{Fonts, PngError, flow_png},
    svg::{flow_svg, flow_svg_on},
};

/// Returns the flow of an item, if it has steps.
pub fn flow_of(record: &ItemRecord) -> Option<Flow> {
    Flow::of(record.content.rows(keys::STEPS))
}

fn rows_of(record: &ItemRecord) -> &[Row] {
    record.content.rows(keys::STEPS)
}

/// Tells a flow in words, a step a line, for whoever does not see the drawing.
fn told(flow: &Flow) -> String {
    let mut lines = Vec::new();
    for node in &flow.nodes {
        let Some(row) = node.row else { continue };
        let is_second = lines.len() > row;
        if is_second {
            continue;
        }
        let facts = [Some(node.post.clone()), node.limit.map(|it| it.to_string())];
        let facts: Vec<String> = facts.into_iter().flatten().filter(|it| !it.is_empty()).collect();
        let facts = match facts.is_empty() {
            true => String::new(),
            false => format!("（{}）", facts.join("，")),
        };
        let ways: Vec<String> = flow.told(row).iter().map(|(when, to)| way(when, to)).collect();
        let ways = match ways.is_empty() {
            true => String::new(),
            false => format!("：{}", ways.join("；")),
        };
        let end = if node.symbol == Symbol::End { "，结束" } else { "" };
        lines.push(format!("{}. {}{facts}{end}{ways}。", row + 1, node.name));
    }
    lines.join("\n")
}

fn way(when: &str, to: &str) -> String {
    match when {
        "" => format!("到“{to}”"),
        when => format!("{when}，到“{to}”"),
    }
}

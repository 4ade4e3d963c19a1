//! `e2e/flows/ways.json`: the ways through the demo's flows, as `domain::flow` knows them, for the
//! engines that run the same flows as BPMN.

use std::{fmt::Write as _, fs, path::Path};

use anyhow::{Context, Result};
use domain::{content::keys, flow::Flow, item::ItemRecord};

const DEMO: &str = "demo/wushan/items.jsonl";

/// Returns, for each item of the demo that has a flow, the ids of the symbols that each way meets.
pub(super) fn document(root: &Path) -> Result<String> {
    let demo = fs::read_to_string(root.join(DEMO)).with_context(|| DEMO.to_owned())?;
    let mut text = String::from("{");
    for line in demo.lines().filter(|line| !line.trim().is_empty()) {
        let item: ItemRecord = serde_json::from_str(line).with_context(|| DEMO.to_owned())?;
        let flow = Flow::of(item.content.rows(keys::STEPS));
        let (Some(flow), Some(code)) = (flow, item.code) else { continue };
        let comma = if text.len() > 1 { "," } else { "" };
        write!(text, "{comma}\n  \"{code}\": [")?;
        for (nth, way) in flow.ways().iter().enumerate() {
            let ids: Vec<String> = way.iter().map(|node| format!("\"n{node}\"")).collect();
            let comma = if nth > 0 { "," } else { "" };
            write!(text, "{comma}\n    [{}]", ids.join(", "))?;
        }
        text.push_str("\n  ]");
    }
    text.push_str("\n}\n");
    Ok(text)
}

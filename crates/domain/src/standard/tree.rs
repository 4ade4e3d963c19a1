use serde::Deserialize;

use super::{Code, Standard};

/// 梳理树的一部分：一个规范分开来管的一类事项，如行政权力、公共服务。
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TreePart {
    pub title: String,
    /// The `group` of the kinds that it holds.
    pub group: String,
}

impl Standard {
    /// Returns the kinds as an office's tree shows them: part by part, in the list's order.
    ///
    /// A standard that keeps nothing apart has one part without a title.
    pub fn tree(&self) -> Vec<(&str, Vec<&Code>)> {
        if self.tree_parts.is_empty() {
            return vec![("", self.kinds().iter().collect())];
        }
        let of =
            |part: &TreePart| self.kinds().iter().filter(|it| it.group == part.group).collect();
        self.tree_parts.iter().map(|part| (part.title.as_str(), of(part))).collect()
    }

    /// Tells whether items of this kind must sit under a 目录.
    pub fn needs_directory(&self, kind: &str) -> bool {
        self.kinds().iter().any(|it| it.code == kind && it.needs_directory)
    }

    /// Finds what a tree of these parts would hide: a kind that no part holds, or a part
    /// that holds none.
    pub(super) fn tree_fault(&self) -> Option<String> {
        if self.tree_parts.is_empty() {
            return None;
        }
        let held = |kind: &&Code| self.tree_parts.iter().any(|part| part.group == kind.group);
        if let Some(kind) = self.kinds().iter().find(|kind| !held(kind)) {
            return Some(format!(
                "事项类型 {}（group {:?}）不在任何 part 里",
                kind.code, kind.group
            ));
        }
        let empty = |part: &&TreePart| !self.kinds().iter().any(|kind| kind.group == part.group);
        let part = self.tree_parts.iter().find(empty)?;
        Some(format!("没有 group 是 {} 的事项类型", part.group))
    }
}

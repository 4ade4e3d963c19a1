use crate::finding::Finding;

/// 一行的出处：每一格从哪里来、凭什么认的，和放不进任何要素的文字。
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Trace {
    /// One for each cell, in their order; none where place and header of a row say it all.
    pub sources: Vec<CellSource>,
    pub unplaced: Vec<Unplaced>,
}

/// 一格的出处。
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellSource {
    /// Where a person finds it: 「表 1 第 3 行第 2 格」.
    pub place: String,
    /// The label as it stands in the file.
    pub label: String,
    pub sureness: Sureness,
}

/// 把握：凭什么认定一格是哪个要素。
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sureness {
    /// The label is the element's own, as the standard or its forms write it.
    Exact,
    /// The label is another spelling that the standard knows.
    Synonym,
    /// The label is only like one that is known, or stands only near the value.
    Guessed,
}

/// 放不进任何要素的一段文字。
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unplaced {
    pub place: String,
    pub text: String,
}

impl CellSource {
    /// Tells of a guess, which a person has to look at.
    pub(super) fn finding(&self) -> Option<Finding> {
        if self.sureness != Sureness::Guessed {
            return None;
        }
        Some(Finding::warning(
            "I6",
            "",
            format!("{}“{}”是按相近的名称或位置推断的", self.place, shorten(&self.label)),
            "核对这一格放得对不对；不对的，把标签改成要素的名称再导入".into(),
        ))
    }
}

impl Unplaced {
    pub(super) fn finding(&self) -> Finding {
        Finding::warning(
            "I5",
            "",
            format!("{}的文字没有放进任何要素：“{}”", self.place, shorten(&self.text)),
            "有用的，在左边或上边写上要素的名称再导入，或者导入以后补填".into(),
        )
    }
}

/// A text of any length, as far as a finding quotes it.
fn shorten(text: &str) -> String {
    const SHOWN: usize = 200;
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}……（共 {} 字）", &line[..end], line.chars().count()),
        None => line,
    }
}

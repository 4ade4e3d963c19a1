//! The paper that a flow is drawn on.

use domain::flow::drawing::Paper;

use crate::write::word::{Page, TITLE_FONT, height};

/// Twentieths of a point in a point.
const TWIPS: u32 = 20;

/// What the heading above a drawing takes beside its lines, and a little that fonts differ by.
const AROUND: u32 = 990;

/// 流程图的纸张：A4、A3，竖放、横放。
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FlowPaper {
    A4,
    A4Landscape,
    A3,
    A3Landscape,
}

impl FlowPaper {
    pub const ALL: [FlowPaper; 4] =
        [FlowPaper::A4, FlowPaper::A4Landscape, FlowPaper::A3, FlowPaper::A3Landscape];

    /// The name by which a command and an address ask for it.
    pub fn name(self) -> &'static str {
        match self {
            FlowPaper::A4 => "a4",
            FlowPaper::A4Landscape => "a4-landscape",
            FlowPaper::A3 => "a3",
            FlowPaper::A3Landscape => "a3-landscape",
        }
    }

    /// Finds a paper by its name.
    pub fn named(name: &str) -> Option<FlowPaper> {
        FlowPaper::ALL.into_iter().find(|it| it.name() == name)
    }

    pub(super) fn page(self) -> Page {
        match self {
            FlowPaper::A4 => Page::A4,
            FlowPaper::A4Landscape => Page::A4_LANDSCAPE,
            FlowPaper::A3 => Page::A3,
            FlowPaper::A3Landscape => Page::A3_LANDSCAPE,
        }
    }

    /// The room for a drawing below this heading.
    pub(super) fn room(self, heading: &str) -> Paper {
        let page = self.page();
        let heading = height(heading, TITLE_FONT.half_points, page.text_width()) + AROUND;
        let points = |twips: u32| (twips / TWIPS) as i32;
        let left = page.text_height().saturating_sub(heading).max(page.text_height() / 2);
        Paper { width: points(page.text_width()), height: points(left) }
    }

    /// The whole sheet and its least margin, in points.
    pub(super) fn sheet(self) -> (i32, i32, i32) {
        let page = self.page();
        let points = |twips: u32| (twips / TWIPS) as i32;
        (points(page.width), points(page.height), points(page.side.min(page.edge)))
    }
}

//! How much room text takes, near enough to tell what fits on a page.
//!
//! The fonts are the reader's, so nothing here is exact: a full-width character is as wide
//! as the font is high, another one half of that.

/// Height of a line in tenths of the font's height: fonts with tall lines among them.
const LINE: u32 = 14;

/// Returns the width of a text in halves of the font's height.
pub(in super::super) fn half_ems(text: &str) -> u32 {
    text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum()
}

/// Returns the height in twentieths of a point of a text in lines of `width`.
pub(in super::super) fn height(text: &str, half_points: u32, width: u32) -> u32 {
    lines_height(half_ems(text), half_points, width)
}

pub(super) fn lines_height(half_ems: u32, half_points: u32, width: u32) -> u32 {
    let a_line = (width / (half_points * 5).max(1)).max(2);
    // A character that is two wide may not find room at the end.
    let lines = half_ems.div_ceil(a_line - 1).max(1);
    lines * half_points * LINE
}

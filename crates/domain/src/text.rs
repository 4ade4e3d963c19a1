//! Small matters of Chinese text that several rooms share.

/// Folds full-width ASCII and the ideographic space to their half-width forms.
pub fn fold_width(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\u{3000}' => ' ',
            '\u{ff01}'..='\u{ff5e}' => {
                char::from_u32(c as u32 - 0xfee0).expect("the block mirrors ASCII")
            }
            c => c,
        })
        .collect()
}

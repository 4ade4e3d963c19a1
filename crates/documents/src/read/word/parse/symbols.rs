//! Fonts whose letters are pictures: boxes and ticks of forms.

/// A font of pictures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Font {
    Wingdings,
    Wingdings2,
}

impl Font {
    pub(super) fn named(name: &str) -> Option<Font> {
        match name {
            "Wingdings" => Some(Font::Wingdings),
            "Wingdings 2" => Some(Font::Wingdings2),
            _ => None,
        }
    }

    /// Returns the character that a letter of this font shows, if it is one of a form.
    pub(super) fn character(self, c: char) -> char {
        let code = match u32::from(c) {
            code @ 0xf020..=0xf0ff => code - 0xf000,
            code => code,
        };
        match (self, code) {
            (Font::Wingdings, 0x6f | 0x71 | 0x72 | 0xa8) => '□',
            (Font::Wingdings, 0xfe) => '☑',
            (Font::Wingdings, 0xfd) => '☒',
            (Font::Wingdings, 0xfc) => '✓',
            (Font::Wingdings, 0xfb) => '×',
            (Font::Wingdings2, 0xa3 | 0x2a | 0x30) => '□',
            (Font::Wingdings2, 0x52) => '☑',
            (Font::Wingdings2, 0x53 | 0x54) => '☒',
            (Font::Wingdings2, 0x50) => '✓',
            (Font::Wingdings2, 0x4f) => '×',
            _ => c,
        }
    }
}

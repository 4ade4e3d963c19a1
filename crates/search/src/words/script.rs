use std::sync::LazyLock;

use hanconv::RawDictionary;

/// The characters of the Basic Multilingual Plane that may have a simplified form.
const FIRST: u32 = 0x3400;
const LAST: u32 = 0x9fff;

/// Returns the simplified form of a traditional character; any other stays as it is.
///
/// One character for one, so that places hold. Where a traditional character has several
/// simplified ones the first is taken, for texts and for what is typed alike.
pub(super) fn simplified(c: char) -> char {
    static FORMS: LazyLock<Vec<char>> = LazyLock::new(forms);
    let place = (c as u32).checked_sub(FIRST).and_then(|at| usize::try_from(at).ok());
    place.and_then(|at| FORMS.get(at)).copied().unwrap_or(c)
}

fn forms() -> Vec<char> {
    let same = |code: u32| char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER);
    let mut forms: Vec<char> = (FIRST..=LAST).map(same).collect();
    for (from, to) in RawDictionary::TSCharacters.iter() {
        let (Some(from), Some(to)) = (lone(from), lone(to)) else { continue };
        let at = (from as u32).checked_sub(FIRST).and_then(|at| usize::try_from(at).ok());
        if let Some(form) = at.and_then(|at| forms.get_mut(at)) {
            *form = to;
        }
    }
    forms
}

fn lone(text: &str) -> Option<char> {
    let mut chars = text.chars();
    chars.next().filter(|_| chars.next().is_none())
}

use imara_diff::{Algorithm, Diff, InternedInput};

/// 文字的一段：没变，或者被删、被加。
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TextPiece {
    Same(String),
    Removed(String),
    Added(String),
}

/// Cuts two texts into what both say and what only one says, by words: a Chinese character
/// is one, a run of Latin letters or digits is one.
///
/// Texts that share less than a third are shown whole, one after the other: what two
/// sentences have in common by chance helps nobody.
pub fn text_pieces(old: &str, new: &str) -> Vec<TextPiece> {
    let (before, after) = (words(old), words(new));
    let mut input = InternedInput::default();
    input.update_before(before.iter().copied());
    input.update_after(after.iter().copied());
    let hunks = Diff::compute(Algorithm::Myers, &input);
    let mut pieces = Pieces::default();
    let mut at = 0;
    let mut n_same = 0;
    for hunk in hunks.hunks() {
        let [removed, added] =
            [&hunk.before, &hunk.after].map(|it| it.start as usize..it.end as usize);
        pieces.same(&before[at..removed.start]);
        n_same += removed.start - at;
        at = removed.end;
        pieces.replaced(&before[removed], &after[added]);
    }
    pieces.same(&before[at..]);
    n_same += before.len() - at;
    if n_same * 3 < before.len().max(after.len()) {
        pieces = Pieces::default();
        pieces.replaced(&before, &after);
    }
    pieces.0
}

#[derive(Default)]
struct Pieces(Vec<TextPiece>);

impl Pieces {
    fn same(&mut self, words: &[&str]) {
        self.push(words, TextPiece::Same);
    }

    fn replaced(&mut self, before: &[&str], after: &[&str]) {
        self.push(before, TextPiece::Removed);
        self.push(after, TextPiece::Added);
    }

    fn push(&mut self, words: &[&str], piece: fn(String) -> TextPiece) {
        if !words.is_empty() {
            self.0.push(piece(words.concat()));
        }
    }
}

fn words(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let run = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
        let (word, after) = rest.split_at(if run == 0 { first.len_utf8() } else { run });
        words.push(word);
        rest = after;
    }
    words
}

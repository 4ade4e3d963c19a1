use super::{Alphabet, Scheme, Segment};

/// No real code is longer; a longer text is measured by its beginning.
const MEASURED: usize = 120;

impl Scheme {
    /// Counts the characters to change, add or drop until `code` has the scheme's form.
    pub(super) fn distance(&self, code: &[char]) -> usize {
        let slots = self.slots();
        let measured = &code[..code.len().min(MEASURED)];
        let mut row: Vec<usize> = (0..=measured.len()).collect();
        for slot in &slots {
            let mut next = vec![row[0] + slot.skip_cost()];
            for (at, c) in measured.iter().enumerate() {
                let here = row[at] + usize::from(!slot.takes(*c));
                let skipped = row[at + 1] + slot.skip_cost();
                let dropped = next[at] + 1;
                next.push(here.min(skipped).min(dropped));
            }
            row = next;
        }
        row[measured.len()] + code.len() - measured.len()
    }

    fn slots(&self) -> Vec<Slot<'_>> {
        let mut slots = Vec::new();
        for segment in &self.segments {
            match segment {
                Segment::Literal(text) => slots.extend(text.chars().map(Slot::Literal)),
                Segment::Field(field) => {
                    let alphabet = &field.alphabet;
                    let slot = |n| Slot::Field { alphabet, optional: n >= field.min };
                    slots.extend((0..field.max).map(slot));
                }
            }
        }
        slots
    }
}

/// What one character of a code may be.
enum Slot<'a> {
    Literal(char),
    Field { alphabet: &'a Alphabet, optional: bool },
}

impl Slot<'_> {
    fn takes(&self, c: char) -> bool {
        match self {
            Slot::Literal(expected) => *expected == c,
            Slot::Field { alphabet, .. } => alphabet.contains(c),
        }
    }

    fn skip_cost(&self) -> usize {
        usize::from(!matches!(self, Slot::Field { optional: true, .. }))
    }
}

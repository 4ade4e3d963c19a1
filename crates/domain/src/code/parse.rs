use super::{CodeField, Normalised, Scheme, Segment, normalise};

/// 按规则拆开的编码
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parsed {
    code: String,
    changes: Vec<String>,
    pieces: Vec<Piece>,
}

/// 编码从哪一位起与规则不合
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("从第 {at} 位起不合：{reason}")]
pub struct Fault {
    /// Counted from 1 in the normalised code.
    pub at: usize,
    pub reason: String,
}

/// Where the text of one field lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) key: String,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// A code that does not fit, with what could be read of it.
pub(super) struct Misfit {
    pub(super) fault: Fault,
    pub(super) pieces: Vec<Piece>,
}

impl Scheme {
    /// Takes `code` apart after normalising it.
    pub fn parse(&self, code: &str) -> Result<Parsed, Fault> {
        let normalised = normalise(code);
        let chars: Vec<char> = normalised.text.chars().collect();
        let pieces = self.fit(&chars).map_err(|misfit| misfit.fault)?;
        Ok(Parsed::of(normalised, pieces))
    }

    /// Returns all that stands before the serial: the codes that are numbered together.
    pub fn serial_scope<'a>(&self, parsed: &'a Parsed) -> Option<&'a str> {
        let serial = self.serial()?;
        let piece = parsed.pieces.iter().find(|piece| piece.key == serial.key)?;
        Some(&parsed.code[..piece.start])
    }

    pub(super) fn fit(&self, chars: &[char]) -> Result<Vec<Piece>, Misfit> {
        let mut matcher = Matcher { scheme: self, chars, pieces: Vec::new(), furthest: None };
        if matcher.step(0, 0) {
            return Ok(matcher.pieces);
        }
        Err(matcher.furthest.expect("a failed step leaves its reason"))
    }
}

impl Parsed {
    /// Returns the normalised code.
    pub fn code(&self) -> &str {
        &self.code
    }

    /// Returns what normalising changed, in words.
    pub fn changes(&self) -> &[String] {
        &self.changes
    }

    pub fn get(&self, key: &str) -> Option<&str> {
        self.between(key, key)
    }

    /// Returns the text from the start of one field to the end of another, as the 12-digit
    /// basic code inside an implementation code.
    pub fn between(&self, first: &str, last: &str) -> Option<&str> {
        let find = |key: &str| self.pieces.iter().find(|piece| piece.key == key);
        self.code.get(find(first)?.start..find(last)?.end)
    }

    /// Returns every field with its text, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.pieces.iter().map(|piece| (piece.key.as_str(), &self.code[piece.start..piece.end]))
    }

    /// Pieces lie in what has been fitted, which is ASCII, so characters are bytes there.
    pub(super) fn of(normalised: Normalised, pieces: Vec<Piece>) -> Parsed {
        Parsed { code: normalised.text, changes: normalised.changes, pieces }
    }

    pub(super) fn pieces(&self) -> &[Piece] {
        &self.pieces
    }
}

/// Fits segments to characters, the longest first, going back where that fails later.
struct Matcher<'a> {
    scheme: &'a Scheme,
    chars: &'a [char],
    pieces: Vec<Piece>,
    furthest: Option<Misfit>,
}

impl Matcher<'_> {
    fn step(&mut self, segment: usize, start: usize) -> bool {
        let scheme = self.scheme;
        match scheme.segments.get(segment) {
            None if start == self.chars.len() => true,
            None => {
                let rest: String = self.chars[start..].iter().take(20).collect();
                self.miss(start, |_| format!("编码到前一位就应结束，多出“{rest}”"))
            }
            Some(Segment::Literal(text)) => self.literal(text, segment, start),
            Some(Segment::Field(field)) => self.field(field, segment, start),
        }
    }

    fn literal(&mut self, text: &str, segment: usize, start: usize) -> bool {
        for (at, expected) in (start..).zip(text.chars()) {
            if self.chars.get(at) != Some(&expected) {
                return self.miss(at, |it| format!("应为“{expected}”，{}", it.found(at)));
            }
        }
        self.step(segment + 1, start + text.chars().count())
    }

    fn field(&mut self, field: &CodeField, segment: usize, start: usize) -> bool {
        let fitting = |c: &&char| field.alphabet.contains(**c);
        let run = self.chars[start..].iter().take(field.max).take_while(fitting).count();
        if run < field.min {
            let at = start + run;
            return self
                .miss(at, |it| format!("{}应为 {}，{}", field.name, field.words(), it.found(at)));
        }
        for length in (field.min..=run).rev() {
            let end = start + length;
            self.pieces.push(Piece { key: field.key.clone(), start, end });
            if self.step(segment + 1, end) {
                return true;
            }
            self.pieces.pop();
        }
        false
    }

    fn found(&self, at: usize) -> String {
        match self.chars.get(at) {
            Some(c) => format!("这里是“{c}”"),
            None => "这里已没有字符".to_owned(),
        }
    }

    /// Notes the miss if no other came further; always false, for the caller to return.
    fn miss(&mut self, at: usize, reason: impl FnOnce(&Self) -> String) -> bool {
        if self.furthest.as_ref().is_some_and(|misfit| misfit.fault.at > at) {
            return false;
        }
        let reason = reason(self);
        self.furthest =
            Some(Misfit { fault: Fault { at: at + 1, reason }, pieces: self.pieces.clone() });
        false
    }
}

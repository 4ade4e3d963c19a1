//! Rust source, told apart into what the compiler reads, what it keeps as text, and comments.

/// One source file.
#[derive(Default)]
pub(super) struct RustText {
    /// The source with comments and the insides of literals blanked. Lines stay where they are.
    pub(super) code: String,
    /// The string literals, as written, each with the line on which it begins.
    pub(super) strings: Vec<(usize, String)>,
}

impl RustText {
    /// Reads a file that compiles; of any other the result is a guess.
    pub(super) fn read(source: &str) -> Self {
        let mut reader =
            Reader { source: source.chars().collect(), at: 0, line: 1, text: Self::default() };
        while reader.step() {}
        reader.text
    }

    /// Returns the line of the byte at `offset` in the code.
    pub(super) fn line_of(&self, offset: usize) -> usize {
        self.code[..offset].matches('\n').count() + 1
    }
}

struct Reader {
    source: Vec<char>,
    at: usize,
    line: usize,
    text: RustText,
}

impl Reader {
    /// Takes the next piece of the source. Returns false at its end.
    fn step(&mut self) -> bool {
        let Some(here) = self.peek(0) else { return false };
        match (here, self.peek(1)) {
            ('/', Some('/')) => self.skip_line(),
            ('/', Some('*')) => self.skip_block(),
            ('"', _) => self.string(),
            ('\'', _) => self.quote(),
            _ if is_word(here) => self.word(),
            _ => self.keep(),
        }
        true
    }

    fn peek(&self, ahead: usize) -> Option<char> {
        self.source.get(self.at + ahead).copied()
    }

    /// Moves one character on and writes it to the code, or a blank in its place.
    fn take(&mut self, is_code: bool) -> Option<char> {
        let here = self.peek(0)?;
        self.at += 1;
        if here == '\n' {
            self.line += 1;
        }
        self.text.code.push(if is_code || here == '\n' { here } else { ' ' });
        Some(here)
    }

    fn keep(&mut self) {
        self.take(true);
    }

    fn blank(&mut self) -> Option<char> {
        self.take(false)
    }

    fn skip_line(&mut self) {
        while self.peek(0).is_some_and(|it| it != '\n') {
            self.blank();
        }
    }

    fn skip_block(&mut self) {
        let mut depth = 0;
        while let Some(here) = self.peek(0) {
            match (here, self.peek(1)) {
                ('/', Some('*')) => depth += 1,
                ('*', Some('/')) => depth -= 1,
                _ => {
                    self.blank();
                    continue;
                }
            }
            self.blank();
            self.blank();
            if depth == 0 {
                return;
            }
        }
    }

    fn string(&mut self) {
        let line = self.line;
        let mut inside = String::new();
        self.keep();
        while let Some(here) = self.peek(0) {
            if here == '"' {
                self.keep();
                break;
            }
            inside.extend(self.blank());
            if here == '\\' {
                inside.extend(self.blank());
            }
        }
        self.text.strings.push((line, inside));
    }

    fn raw_string(&mut self, n_hashes: usize) {
        let line = self.line;
        let mut inside = String::new();
        (0..=n_hashes).for_each(|_| self.keep());
        while let Some(here) = self.peek(0) {
            if here == '"' && (1..=n_hashes).all(|it| self.peek(it) == Some('#')) {
                (0..=n_hashes).for_each(|_| self.keep());
                break;
            }
            inside.extend(self.blank());
        }
        self.text.strings.push((line, inside));
    }

    /// A character literal, or the mark of a lifetime.
    fn quote(&mut self) {
        let is_escape = self.peek(1) == Some('\\');
        let is_literal = is_escape || self.peek(2) == Some('\'');
        self.keep();
        if !is_literal {
            return;
        }
        if is_escape {
            self.blank();
        }
        self.blank();
        while self.peek(0).is_some_and(|it| it != '\'') {
            self.blank();
        }
        self.keep();
    }

    /// An identifier or a number, or the prefix of a raw string.
    fn word(&mut self) {
        let start = self.at;
        while self.peek(0).is_some_and(is_word) {
            self.keep();
        }
        let word: String = self.source[start..self.at].iter().collect();
        let n_hashes = (0..).take_while(|it| self.peek(*it) == Some('#')).count();
        let is_raw = matches!(word.as_str(), "r" | "br" | "cr");
        if is_raw && self.peek(n_hashes) == Some('"') {
            self.raw_string(n_hashes);
        }
    }
}

/// Returns whether `it` may stand in an identifier.
pub(super) fn is_word(it: char) -> bool {
    it.is_alphanumeric() || it == '_'
}

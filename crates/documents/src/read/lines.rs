use std::io::{self, BufRead};

/// The lines of a stream, none held in memory beyond the limit.
pub(super) struct Lines<R> {
    input: R,
    limit: usize,
}

pub(super) enum Line {
    Bytes(Vec<u8>),
    TooLong,
}

impl<R: BufRead> Lines<R> {
    pub(super) fn new(input: R, limit: usize) -> Lines<R> {
        Lines { input, limit }
    }
}

impl<R: BufRead> Iterator for Lines<R> {
    type Item = io::Result<Line>;

    fn next(&mut self) -> Option<io::Result<Line>> {
        let mut line = Vec::new();
        let (mut started, mut too_long) = (false, false);
        loop {
            let chunk = match self.input.fill_buf() {
                Ok([]) if !started => return None,
                Ok(chunk) => chunk,
                Err(err) if err.kind() == io::ErrorKind::Interrupted => continue,
                Err(err) => return Some(Err(err)),
            };
            started = true;
            let end = chunk.iter().position(|byte| *byte == b'\n');
            let part = &chunk[..end.unwrap_or(chunk.len())];
            too_long |= line.len() + part.len() > self.limit;
            match too_long {
                true => line = Vec::new(),
                false => line.extend_from_slice(part),
            }
            let (used, at_end) = (part.len() + usize::from(end.is_some()), chunk.is_empty());
            self.input.consume(used);
            if end.is_some() || at_end {
                return Some(Ok(if too_long { Line::TooLong } else { Line::Bytes(line) }));
            }
        }
    }
}

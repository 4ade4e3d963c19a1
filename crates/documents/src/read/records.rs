use std::io::{self, BufRead, Read};

/// The records of delimited text.
///
/// The `csv` crate has no bound on a record and takes an open quote to the end
/// of the file. Here a record is bounded, and a quote that is never closed
/// costs its own line only: what follows is read again.
pub(super) struct Records<R> {
    input: R,
    delimiter: u8,
    limit: usize,
    /// Bytes to be read again, before the input.
    again: Vec<u8>,
    again_at: usize,
}

#[derive(Debug, PartialEq, Eq)]
pub(super) enum Record {
    Fields(Vec<Vec<u8>>),
    TooLong,
    /// A quote on this line has no partner.
    OpenQuote,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Start,
    Plain,
    Quoted,
    /// After a quote inside a quoted field: its end, or half of a doubled quote.
    Closing,
    End,
}

impl<R: BufRead> Records<R> {
    pub(super) fn new(input: R, delimiter: u8, limit: usize) -> Records<R> {
        Records { input, delimiter, limit, again: Vec::new(), again_at: 0 }
    }

    fn read_record(&mut self) -> io::Result<Option<Record>> {
        let (mut raw, mut fields, mut field) = (Vec::new(), Vec::new(), Vec::new());
        let mut state = State::Start;
        loop {
            let Some(byte) = self.byte()? else {
                if raw.is_empty() {
                    return Ok(None);
                }
                if state == State::Quoted {
                    return Ok(Some(self.open_quote(&raw)));
                }
                break;
            };
            raw.push(byte);
            let next = step(state, byte, self.delimiter);
            if raw.len() > self.limit && next != State::End {
                self.skip_rest(next)?;
                return Ok(Some(Record::TooLong));
            }
            match (state, next) {
                (_, State::End) => {
                    self.skip_newline_after(byte)?;
                    break;
                }
                (State::Quoted, State::Closing) | (State::Start, State::Quoted | State::Start)
                    if byte != self.delimiter => {}
                (State::Closing, State::Closing) => {}
                (_, State::Start) => fields.push(std::mem::take(&mut field)),
                (State::Closing, State::Plain) if raw.contains(&b'\n') => {
                    return Ok(Some(self.open_quote(&raw)));
                }
                _ => field.push(byte),
            }
            state = next;
        }
        fields.push(field);
        Ok(Some(Record::Fields(fields)))
    }

    /// Puts back everything after the first line, to be read on its own.
    fn open_quote(&mut self, raw: &[u8]) -> Record {
        if let Some(end) = raw.iter().position(|byte| *byte == b'\n') {
            let mut again = raw[end + 1..].to_vec();
            again.extend_from_slice(&self.again[self.again_at..]);
            self.again = again;
            self.again_at = 0;
        }
        Record::OpenQuote
    }

    fn skip_rest(&mut self, mut state: State) -> io::Result<()> {
        while state != State::End {
            let Some(byte) = self.byte()? else { return Ok(()) };
            state = step(state, byte, self.delimiter);
            if state == State::End {
                self.skip_newline_after(byte)?;
            }
        }
        Ok(())
    }

    fn skip_newline_after(&mut self, byte: u8) -> io::Result<()> {
        if byte == b'\r' && self.peek()? == Some(b'\n') {
            self.byte()?;
        }
        Ok(())
    }

    fn peek(&mut self) -> io::Result<Option<u8>> {
        if let Some(byte) = self.again.get(self.again_at) {
            return Ok(Some(*byte));
        }
        loop {
            match self.input.fill_buf() {
                Ok(chunk) => return Ok(chunk.first().copied()),
                Err(err) if err.kind() == io::ErrorKind::Interrupted => {}
                Err(err) => return Err(err),
            }
        }
    }

    fn byte(&mut self) -> io::Result<Option<u8>> {
        let byte = self.peek()?;
        match self.again_at < self.again.len() {
            true => self.again_at += 1,
            false => self.input.consume(usize::from(byte.is_some())),
        }
        Ok(byte)
    }
}

impl<R: Read + BufRead> Iterator for Records<R> {
    type Item = io::Result<Record>;

    fn next(&mut self) -> Option<io::Result<Record>> {
        self.read_record().transpose()
    }
}

fn step(state: State, byte: u8, delimiter: u8) -> State {
    match (state, byte) {
        (State::Quoted, b'"') => State::Closing,
        (State::Quoted, _) | (State::Closing | State::Start, b'"') => State::Quoted,
        (_, byte) if byte == delimiter => State::Start,
        (_, b'\n' | b'\r') => State::End,
        (State::Start, b' ') => State::Start,
        (State::Closing, b' ') => State::Closing,
        _ => State::Plain,
    }
}

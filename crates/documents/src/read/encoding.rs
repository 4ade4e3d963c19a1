use std::{
    borrow::Cow,
    fs::File,
    io::{self, BufReader, Cursor, Read},
};

use encoding_rs::{CoderResult, Decoder, GB18030, UTF_16BE, UTF_16LE};

use super::{HEAD_BYTES, ReadError};

/// The bytes of a text file, and the encoding they are in.
///
/// UTF-16 is turned into UTF-8 on the way. UTF-8 and GB18030 stay bytes until
/// a cell is decoded, so that wrong bytes spoil one row and not the rest.
pub(super) struct Text {
    pub(super) charset: Charset,
    head: Vec<u8>,
    /// What follows the head; `None` when the head is all there is.
    rest: Option<Box<dyn Read + Send>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Charset {
    Utf8,
    Gb18030,
    Utf16,
}

impl Text {
    pub(super) fn new(head: Vec<u8>, file: File) -> Result<Text, ReadError> {
        let is_all = (head.len() as u64) < HEAD_BYTES;
        let utf16 = match head.as_slice() {
            [0xff, 0xfe, ..] => Some(UTF_16LE),
            [0xfe, 0xff, ..] => Some(UTF_16BE),
            _ => None,
        };
        if let Some(encoding) = utf16 {
            let decoder = encoding.new_decoder_with_bom_removal();
            let bytes = BufReader::new(Cursor::new(head).chain(file));
            let mut utf8 = FromUtf16 { bytes, decoder, ready: Vec::new(), given: 0, ended: false };
            let mut head = Vec::new();
            Read::by_ref(&mut utf8).take(HEAD_BYTES).read_to_end(&mut head)?;
            return match head.trim_ascii().is_empty() {
                true => Err(ReadError::Empty),
                false => Ok(Text { charset: Charset::Utf16, head, rest: Some(Box::new(utf8)) }),
            };
        }
        let rest: Option<Box<dyn Read + Send>> = if is_all { None } else { Some(Box::new(file)) };
        if let Some(head) = head.strip_prefix(b"\xef\xbb\xbf") {
            return Ok(Text { charset: Charset::Utf8, head: head.to_vec(), rest });
        }
        let charset = decide(&head).ok_or(ReadError::Encoding)?;
        Ok(Text { charset, head, rest })
    }

    /// Returns the beginning of the file, at most a mebibyte.
    pub(super) fn head(&self) -> &[u8] {
        &self.head
    }

    pub(super) fn into_reader(self) -> BufReader<Box<dyn Read + Send>> {
        let head = Cursor::new(self.head);
        BufReader::new(match self.rest {
            Some(rest) => Box::new(head.chain(rest)),
            None => Box::new(head),
        })
    }
}

impl Charset {
    pub(super) fn label(self) -> &'static str {
        match self {
            Charset::Utf8 => "UTF-8",
            Charset::Gb18030 => "GB18030",
            Charset::Utf16 => "UTF-16",
        }
    }

    /// Decodes strictly: wrong bytes are `None`, never a replacement character.
    pub(super) fn decode(self, bytes: &[u8]) -> Option<Cow<'_, str>> {
        match self {
            Charset::Utf8 => std::str::from_utf8(bytes).ok().map(Cow::Borrowed),
            Charset::Gb18030 => GB18030.decode_without_bom_handling_and_without_replacement(bytes),
            Charset::Utf16 => std::str::from_utf8(bytes)
                .ok()
                .filter(|text| !text.contains(char::REPLACEMENT_CHARACTER))
                .map(Cow::Borrowed),
        }
    }

    pub(super) fn wrong_bytes(self) -> String {
        format!("有不是 {} 编码的字节；请在原来的软件里改正乱码，或者另存为 UTF-8", self.label())
    }
}

/// Decides the encoding of bytes without a mark at their head.
///
/// Where neither encoding fits everything, the one that fits most lines is
/// taken, and the lines that it does not fit are told one by one.
fn decide(bytes: &[u8]) -> Option<Charset> {
    // What is cut in its last character is of its encoding all the same.
    let utf8 = std::str::from_utf8(bytes);
    if utf8.is_ok() || utf8.is_err_and(|err| err.error_len().is_none()) {
        return Some(Charset::Utf8);
    }
    let (mut n_lines, mut n_utf8, mut n_gb18030) = (0, 0, 0);
    for line in bytes.split(|byte| *byte == b'\n').filter(|line| !line.is_ascii()) {
        n_lines += 1;
        n_utf8 += usize::from(Charset::Utf8.decode(line).is_some());
        n_gb18030 += usize::from(Charset::Gb18030.decode(line).is_some());
    }
    if n_utf8 * 2 >= n_lines {
        return Some(Charset::Utf8);
    }
    let mut ends = bytes.len().saturating_sub(3)..=bytes.len();
    let fits = n_gb18030 * 2 >= n_lines
        || ends.any(|end| Charset::Gb18030.decode(&bytes[..end]).is_some());
    fits.then_some(Charset::Gb18030)
}

/// UTF-16 read as UTF-8; what is no UTF-16 becomes a replacement character.
struct FromUtf16<R> {
    bytes: BufReader<R>,
    decoder: Decoder,
    ready: Vec<u8>,
    given: usize,
    ended: bool,
}

impl<R: Read> FromUtf16<R> {
    fn refill(&mut self) -> io::Result<()> {
        let mut chunk = [0; 8192];
        let n = self.bytes.read(&mut chunk)?;
        self.ended = n == 0;
        let room = self.decoder.max_utf8_buffer_length(n).unwrap_or(4 * chunk.len());
        self.ready.resize(room, 0);
        self.given = 0;
        let (result, read, written, _) =
            self.decoder.decode_to_utf8(&chunk[..n], &mut self.ready, self.ended);
        debug_assert!(result == CoderResult::InputEmpty && read == n);
        self.ready.truncate(written);
        Ok(())
    }
}

impl<R: Read> Read for FromUtf16<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        while self.given == self.ready.len() {
            if self.ended {
                return Ok(0);
            }
            self.refill()?;
        }
        let n = out.len().min(self.ready.len() - self.given);
        out[..n].copy_from_slice(&self.ready[self.given..self.given + n]);
        self.given += n;
        Ok(n)
    }
}

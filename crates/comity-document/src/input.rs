//! The text of one record, and its origin. Only this module counts lines and columns.

use crate::pointer::Span;

/// What is kept of an input once its text is dropped: enough to read the text again and to recognise a changed text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Origin {
    /// Which file, as an index into the caller's list.
    pub file: u32,
    /// The line of the file at which the record begins, from 1.
    pub line: u32,
    /// The byte of the file at which the record begins.
    pub offset: u64,
    /// Length of the record's text in bytes.
    pub len: u32,
    /// Fingerprint of the record's text.
    pub fingerprint: u64,
}

/// A whole `.json` file, or one line of an `.ndjson` file.
#[derive(Clone, Copy, Debug)]
pub struct Input<'t> {
    /// The record's text.
    pub text: &'t str,
    /// Where the text came from.
    pub origin: Origin,
}

/// A place in a file, by line and column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// From 1.
    pub line: u32,
    /// From 1, in Unicode scalar values.
    pub column: u32,
    /// From 0, in UTF-8 bytes of the file.
    pub offset: u64,
}

impl<'t> Input<'t> {
    /// A file that holds one record.
    pub fn file(file: u32, text: &'t str) -> Self {
        Self::part(file, 1, 0, text)
    }

    /// One record of a larger file, which begins at this line and byte.
    ///
    /// # Panics
    /// When the text is 4 GiB or longer. Callers limit texts to far less.
    pub fn part(file: u32, line: u32, offset: u64, text: &'t str) -> Self {
        let len = Span::new(0, text.len()).end;
        Self { text, origin: Origin { file, line, offset, len, fingerprint: fingerprint(text) } }
    }

    /// The position, in the file, of a byte of this text. For many bytes of one text, make one [`LineIndex`].
    pub fn position(&self, byte: u32) -> Position {
        LineIndex::of(self.text).position(&self.origin, byte)
    }
}

/// Where the lines of a text begin, and how many characters come before some of its bytes, so that a position costs the
/// same anywhere: a text may be one line of megabytes with a thousand findings in it.
#[derive(Clone, Debug)]
pub struct LineIndex<'t> {
    text: &'t str,
    /// The offset after each newline.
    lines: Vec<usize>,
    /// How many characters begin before the bytes `STRIDE`, `2 * STRIDE`, and so on.
    characters: Vec<usize>,
}

/// The distance in bytes between two kept counts of characters.
const STRIDE: usize = 4096;

impl<'t> LineIndex<'t> {
    /// Scans a text once.
    pub fn of(text: &'t str) -> Self {
        let lines = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1).collect();
        let counts = text.as_bytes().chunks_exact(STRIDE).map(beginnings);
        let characters = counts.scan(0, |sum, count| {
            *sum += count;
            Some(*sum)
        });
        Self { text, lines, characters: characters.collect() }
    }

    /// The position, in its file, of a byte of the text. An offset past the end, or inside a character, counts as the
    /// nearest position before it.
    pub fn position(&self, origin: &Origin, byte: u32) -> Position {
        let mut byte = (byte as usize).min(self.text.len());
        while !self.text.is_char_boundary(byte) {
            byte -= 1;
        }
        let lines = self.lines.partition_point(|start| *start <= byte);
        let start = if lines == 0 { 0 } else { self.lines[lines - 1] };
        let column = self.characters_before(byte) - self.characters_before(start) + 1;
        let narrow = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Position {
            line: origin.line.saturating_add(narrow(lines)),
            column: narrow(column),
            offset: origin.offset + byte as u64,
        }
    }

    fn characters_before(&self, byte: usize) -> usize {
        let whole = byte / STRIDE;
        let known = if whole == 0 { 0 } else { self.characters[whole - 1] };
        known + beginnings(&self.text.as_bytes()[whole * STRIDE..byte])
    }
}

/// The number of bytes that begin a character.
fn beginnings(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0xc0 != 0x80).count()
}

/// FNV-1a over eight bytes at a time. A different fingerprint means that a file changed between two reads; the hash is not
/// for security.
pub fn fingerprint(text: &str) -> u64 {
    const PRIME: u64 = 0x0100_0000_01b3;
    let mix = |hash: u64, word: u64| {
        let hash = (hash ^ word).wrapping_mul(PRIME);
        hash ^ (hash >> 29)
    };
    let (words, rest) = text.as_bytes().as_chunks::<8>();
    let (rows, odd) = words.as_chunks::<4>();
    // Four lanes, so that no multiplication waits for the one before it.
    let mut lanes = [0xcbf2_9ce4_8422_2325 ^ text.len() as u64, 1, 2, 3];
    for row in rows {
        for (lane, word) in lanes.iter_mut().zip(row) {
            *lane = mix(*lane, u64::from_le_bytes(*word));
        }
    }
    let whole = lanes.into_iter().chain(odd.iter().map(|word| u64::from_le_bytes(*word))).fold(0, mix);
    rest.iter().fold(whole, |hash, byte| mix(hash, u64::from(*byte)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(text: &str, byte: u32) -> (u32, u32) {
        let at = Input::file(0, text).position(byte);
        (at.line, at.column)
    }

    #[test]
    fn columns_count_characters_and_lines_count_newlines() {
        assert_eq!(place("", 0), (1, 1));
        assert_eq!(place("\u{feff}{}", 3), (1, 2));
        assert_eq!(place("é𝒳x", 6), (1, 3));
        assert_eq!(place("a\r\nb", 3), (2, 1));
        assert_eq!(place("a\nb\n", 4), (3, 1));
        assert_eq!(place("é", 1), (1, 1), "inside a character");
        assert_eq!(place("é", 9), (1, 2), "past the end");
    }

    /// The kept counts change no position: each byte of a long text is compared with a count from the start.
    #[test]
    fn a_long_text_counts_as_a_short_one() {
        let text = "aé𝒳\r\n\"ع\" ".repeat(400) + &"𝒳".repeat(2_000) + "\nz";
        let places = LineIndex::of(&text);
        let origin = Input::file(0, &text).origin;
        for (byte, _) in text.char_indices().chain([(text.len(), ' ')]) {
            let before = &text[..byte];
            let line = before.matches('\n').count() + 1;
            let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
            let at = places.position(&origin, u32::try_from(byte).expect("a short text"));
            assert_eq!((at.line as usize, at.column as usize, at.offset), (line, column, byte as u64));
        }
    }

    #[test]
    fn a_record_inside_a_file_counts_from_the_file() {
        let at = Input::part(0, 7, 5_000_000_000, "{ \"é\": 1 }").position(5);
        assert_eq!((at.line, at.column, at.offset), (7, 5, 5_000_000_005));
    }

    #[test]
    fn different_texts_have_different_fingerprints() {
        let texts = ["", "a", "b", "aaaaaaaa", "aaaaaaab", "baaaaaaa", "aaaaaaaaa", "aaaaaaaa\0"];
        let prints: std::collections::BTreeSet<u64> = texts.iter().map(|t| fingerprint(t)).collect();
        assert_eq!(prints.len(), texts.len());
    }
}

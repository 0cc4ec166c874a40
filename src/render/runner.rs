//! What GitHub's runner would obey. The runner reads each line that a step prints, on both streams, as a command where
//! the line begins with `::` behind white space, and where `##[` stands anywhere in the line.

use std::io;

/// What the written text is, which decides how a character is escaped in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Syntax {
    /// Text for a person: the escape is visible, as in [`visible`](super::visible).
    Text,
    /// JSON: inside strings, the escape keeps the value.
    Json,
    /// XML, HTML and Markdown: a reference to the character keeps the value.
    Xml,
    /// Workflow commands of our own: each line begins with `::` because the renderer wrote the line so.
    Commands,
}

/// A writer that breaks what the runner would take for a command: the second colon and the bracket are escaped. Where one
/// `write` ends and another begins makes no difference.
#[derive(Debug)]
pub struct RunnerWriter<W> {
    out: W,
    syntax: Syntax,
    line: Line,
    hashes: u8,
}

/// How far a line is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Line {
    /// Nothing but white space so far.
    Blank,
    /// A colon behind white space.
    Colon,
    /// Too far for a command to begin with `::`.
    Text,
}

impl<W: io::Write> RunnerWriter<W> {
    /// A writer at the beginning of a line.
    pub fn new(out: W, syntax: Syntax) -> Self {
        Self { out, syntax, line: Line::Blank, hashes: 0 }
    }

    /// The writer behind this one.
    pub fn get_mut(&mut self) -> &mut W {
        &mut self.out
    }

    /// Reads one byte; says what to write in place of the byte, if the byte would complete the beginning of a command.
    fn escape(&mut self, byte: u8) -> Option<&'static str> {
        let (line, hashes) = (self.line, self.hashes);
        match byte {
            b'\n' | b'\r' => (self.line, self.hashes) = (Line::Blank, 0),
            b'#' => (self.line, self.hashes) = (Line::Text, (hashes + 1).min(2)),
            b' ' | b'\t' if line == Line::Blank => self.hashes = 0,
            b':' if line == Line::Blank => (self.line, self.hashes) = (Line::Colon, 0),
            b' '..=b'~' | b'\t' => (self.line, self.hashes) = (Line::Text, 0),
            // The runner trims all white space of Unicode, and its comparison skips characters without a weight: none of
            // them may part what belongs together. A break too many does no harm.
            _ => {}
        }
        match byte {
            b':' if line == Line::Colon => self.syntax.colon(),
            b'[' if hashes == 2 => Some(self.syntax.bracket()),
            _ => None,
        }
    }
}

impl Syntax {
    fn colon(self) -> Option<&'static str> {
        match self {
            Self::Text => Some("\\u{3a}"),
            Self::Json => Some("\\u003a"),
            Self::Xml => Some("&#58;"),
            Self::Commands => None,
        }
    }

    fn bracket(self) -> &'static str {
        match self {
            Self::Text | Self::Commands => "\\u{5b}",
            Self::Json => "\\u005b",
            Self::Xml => "&#91;",
        }
    }
}

impl<W: io::Write> io::Write for RunnerWriter<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut written = 0;
        for (at, byte) in bytes.iter().enumerate() {
            if let Some(escape) = self.escape(*byte) {
                self.out.write_all(&bytes[written..at])?;
                self.out.write_all(escape.as_bytes())?;
                written = at + 1;
            }
        }
        self.out.write_all(&bytes[written..])?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    fn written(syntax: Syntax, pieces: &[&str]) -> String {
        let mut writer = RunnerWriter::new(Vec::new(), syntax);
        pieces.iter().for_each(|piece| writer.write_all(piece.as_bytes()).expect("memory takes it"));
        String::from_utf8(writer.out).expect("UTF-8")
    }

    #[test]
    fn what_begins_a_command_is_broken() {
        for (text, expected) in [
            ("::error::x", ":\\u{3a}error::x"),
            ("a\n \t::x", "a\n \t:\\u{3a}x"),
            ("a\r::x", "a\r:\\u{3a}x"),
            ("\u{a0}\u{2003}\u{85}::x", "\u{a0}\u{2003}\u{85}:\\u{3a}x"),
            ("\u{34f}:\u{34f}:x", "\u{34f}:\u{34f}\\u{3a}x"),
            (":::x", ":\\u{3a}:x"),
            ("a ##[error]x", "a ##\\u{5b}error]x"),
            ("####[a##[b", "####\\u{5b}a##\\u{5b}b"),
            ("#\u{34f}#\u{ad}[x", "#\u{34f}#\u{ad}\\u{5b}x"),
        ] {
            assert_eq!(written(Syntax::Text, &[text]), expected, "{text:?}");
            let pieces: Vec<String> = text.chars().map(String::from).collect();
            let pieces: Vec<&str> = pieces.iter().map(String::as_str).collect();
            assert_eq!(written(Syntax::Text, &pieces), expected, "{text:?} in pieces");
        }
    }

    #[test]
    fn what_begins_no_command_stays() {
        for text in ["a::b", ": :x", "a:\n:x", "# #[x", "##\n[x", "#[x", "[##", "a: b\n  - c: d"] {
            assert_eq!(written(Syntax::Text, &[text]), text);
        }
        assert_eq!(written(Syntax::Commands, &["::error::a ##[b"]), "::error::a ##\\u{5b}b");
    }
}

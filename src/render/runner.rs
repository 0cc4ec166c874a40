//! GitHub's runner, and how to keep data from commanding it. The runner reads every line that a step prints, on both
//! streams. A line is a command where it begins with `::`, after any white space, or contains `##[`.

use std::io;

/// The syntax of the written text, which decides how a character is escaped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Syntax {
    /// Text for a person: the escape is visible, as [`visible`](super::visible) writes it.
    Text,
    /// JSON: an escape inside a string keeps the value.
    Json,
    /// XML, HTML and Markdown: a character reference keeps the value.
    Xml,
    /// Workflow commands of [`github`](super::github()): a line begins with `::` because the renderer wrote it.
    Commands,
}

/// A writer that escapes the second colon or the bracket of what the runner would take for a command. A command that is
/// split over several calls of `write` is found too.
#[derive(Debug)]
pub struct RunnerWriter<W> {
    out: W,
    syntax: Syntax,
    line: Line,
    hashes: u8,
}

/// The state of the current line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Line {
    /// Nothing but white space so far.
    Blank,
    /// White space and one colon.
    Colon,
    /// Other text, so that `::` no longer begins a command.
    Text,
}

impl<W: io::Write> RunnerWriter<W> {
    /// Wraps a writer that is at the beginning of a line.
    pub fn new(out: W, syntax: Syntax) -> Self {
        Self { out, syntax, line: Line::Blank, hashes: 0 }
    }

    /// The wrapped writer.
    pub fn get_mut(&mut self) -> &mut W {
        &mut self.out
    }

    /// Reads one byte. Returns the replacement of a byte that would complete the beginning of a command.
    fn escape(&mut self, byte: u8) -> Option<&'static str> {
        let (line, hashes) = (self.line, self.hashes);
        match byte {
            b'\n' | b'\r' => (self.line, self.hashes) = (Line::Blank, 0),
            b'#' => (self.line, self.hashes) = (Line::Text, (hashes + 1).min(2)),
            b' ' | b'\t' if line == Line::Blank => self.hashes = 0,
            b':' if line == Line::Blank => (self.line, self.hashes) = (Line::Colon, 0),
            b' '..=b'~' | b'\t' => (self.line, self.hashes) = (Line::Text, 0),
            // The runner trims all of Unicode's white space and compares without zero-weight characters, so other bytes
            // change no state. One escape too many does no harm.
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

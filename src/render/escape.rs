//! Escaping of untrusted text: file names, values, lines of records, and messages that quote them. Characters that a reader
//! cannot see, and those that a terminal would obey, become visible.
//!
//! All output goes through this module: a renderer escapes what it puts into its format, and the command line escapes
//! each line that it prints.

use std::borrow::Cow;
use std::io;

/// A text in one line: hidden characters, and line breaks, become visible.
pub fn visible(text: &str) -> String {
    escaped(text, &[]).into_owned()
}

/// A text of several lines: hidden characters become visible, except for line breaks and tabs.
pub fn visible_lines(text: &str) -> Cow<'_, str> {
    escaped(text, &['\n', '\t'])
}

fn escaped<'t>(text: &'t str, kept: &[char]) -> Cow<'t, str> {
    let harmful = |c: char| is_hidden(c) && !kept.contains(&c);
    if !text.contains(harmful) {
        return text.into();
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            c if !harmful(c) => out.push(c),
            '\n' => out.push_str("\\n"),
            c => out.extend(c.escape_unicode()),
        }
    }
    out.into()
}

/// A text of several lines that will be underlined: each hidden character is replaced by a visible one of as many bytes, so
/// that offsets and columns stay correct.
pub(super) fn stand_ins(text: &str) -> String {
    let stand_in = |c: char| match c.len_utf8() {
        _ if matches!(c, '\n' | '\r' | '\t') || !is_hidden(c) => c,
        1 => '?',
        2 => '\u{bf}',
        3 => char::REPLACEMENT_CHARACTER,
        _ => '\u{1fbc4}',
    };
    text.chars().map(stand_in).collect()
}

/// A writer for JSON that escapes hidden characters. They occur inside strings only, where JSON has escapes, so no value
/// changes.
pub(super) struct JsonWriter<'a>(pub(super) &'a mut dyn io::Write);

impl io::Write for JsonWriter<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        // The serializer writes whole characters.
        let text = std::str::from_utf8(bytes).map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))?;
        self.0.write_all(escaped_json(text).as_bytes())?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

fn escaped_json(json: &str) -> Cow<'_, str> {
    let harmful = |c: char| c != '\n' && is_hidden(c);
    if json.bytes().all(|byte| matches!(byte, b'\n' | b' '..=b'~')) || !json.contains(harmful) {
        return json.into();
    }
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        if harmful(c) {
            out.extend(c.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04x}")));
        } else {
            out.push(c);
        }
    }
    out.into()
}

/// Control characters, line and paragraph separators, characters that change the direction of text, noncharacters, and
/// those that Unicode calls default ignorable: a program that compares text may skip them, and a reader never sees them.
fn is_hidden(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_control();
    }
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}')
        || matches!(c, '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}')
        || matches!(c, '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}')
        || matches!(c, '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
        // Noncharacters, which XML refuses.
        || matches!(c, '\u{fdd0}'..='\u{fdef}')
        || u32::from(c) & 0xfffe == 0xfffe
}

#[cfg(test)]
mod tests {
    use icu_properties::CodePointSetData;
    use icu_properties::props::DefaultIgnorableCodePoint;

    use super::*;

    #[test]
    fn every_ignorable_character_is_hidden() {
        for range in CodePointSetData::new::<DefaultIgnorableCodePoint>().iter_ranges() {
            let shown: Vec<char> = range.filter_map(char::from_u32).filter(|c| !is_hidden(*c)).collect();
            assert_eq!(shown, ['\0'; 0], "an ignorable character would not be seen");
        }
    }

    #[test]
    fn only_a_text_of_several_lines_keeps_its_line_breaks() {
        let text = "a\tb\r\n\u{1b}]0;title\u{7}\u{202e}é";
        assert_eq!(visible(text), "a\\u{9}b\\u{d}\\n\\u{1b}]0;title\\u{7}\\u{202e}é");
        assert_eq!(visible_lines(text), "a\tb\\u{d}\n\\u{1b}]0;title\\u{7}\\u{202e}é");
    }
}

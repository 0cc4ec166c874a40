//! How a text is written, beside what it says.

/// What was seen of the layout while parsing. Nothing is to be made of it where the text has faults.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Layout {
    /// There is no white space between tokens.
    pub compact: bool,
    /// Each entry stands on a line of its own, two spaces further in than its bracket; there is one space behind a colon, a
    /// newline at the end, nothing between two brackets that hold no entry, and no other white space.
    pub indented: bool,
    /// Every string is written as `serde_json` writes it.
    pub plain: bool,
}

/// The white space that belongs between two tokens of an indented text.
#[derive(Clone, Copy)]
pub(super) enum Gap {
    None,
    Space,
    /// A new line so many levels in.
    Line(usize),
}

impl Layout {
    /// Before the first byte, all of it may still be so.
    pub(super) const NEW: Self = Self { compact: true, indented: true, plain: true };

    /// Takes in the white space that was found in a gap.
    pub(super) fn see(&mut self, found: &[u8], gap: Gap) {
        self.compact &= found.is_empty();
        self.indented &= match (gap, found) {
            (Gap::None, []) | (Gap::Space, [b' ']) => true,
            (Gap::Line(depth), [b'\n', spaces @ ..]) => {
                spaces.len() == 2 * depth && spaces.iter().all(|byte| *byte == b' ')
            }
            _ => false,
        };
    }
}

#[cfg(test)]
mod tests {
    use crate::document::{Arena, parse};

    #[test]
    fn the_layout_is_seen_while_parsing() {
        for (text, compact, indented) in [
            ("{}", true, false),
            ("{}\n", false, true),
            (r#"{"a":[1,{"b":[]}]}"#, true, false),
            ("{\n  \"a\": [\n    1,\n    {\n      \"b\": []\n    }\n  ]\n}\n", false, true),
            ("{\n  \"a\": 1\n}", false, false),
            ("{\n  \"a\": [1]\n}\n", false, false),
            ("{\n  \"a\" : 1\n}\n", false, false),
            ("{\n  \"a\":  1\n}\n", false, false),
            ("{\n  \"a\":\t1\n}\n", false, false),
            ("{\r\n  \"a\": 1\r\n}\r\n", false, false),
            ("{\n\t\t\"a\": 1\n}\n", false, false),
            ("{\n  \"a\": 1,\n\n  \"b\": 2\n}\n", false, false),
            ("{\n  \"a\": 1\n  ,\"b\": 2\n}\n", false, false),
            ("{ }\n", false, false),
            ("{\n}\n", false, false),
            ("{\n  }\n", false, false),
            ("{\n  \"a\": [\n    ]\n}\n", false, false),
            ("\n{}\n", false, false),
            ("{}\n\n", false, false),
        ] {
            let arena = Arena::default();
            let document = parse(text, &arena);
            assert!(document.faults.is_empty(), "{text:?}");
            assert_eq!((document.writing.compact, document.writing.indented), (compact, indented), "{text:?}");
        }
    }

    #[test]
    fn a_string_is_plain_as_long_as_no_escape_could_be_spared() {
        for (text, plain) in [
            (r#"["é"]"#, true),
            (r#"["\"\\\n\u0000"]"#, true),
            (r#"["\u00e9"]"#, false),
            (r#"["\/"]"#, false),
            (r#"{"\u0061":1}"#, false),
        ] {
            assert_eq!(parse(text, &Arena::default()).writing.plain, plain, "{text}");
        }
    }
}

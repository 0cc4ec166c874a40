//! How a text is laid out: white space and escapes.

/// The layout of a text, as seen while parsing. It means nothing where the text has faults.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Layout {
    /// There is no white space between tokens.
    pub compact: bool,
    /// Each entry is on a line of its own, indented by two spaces more than its bracket; there is one space after each colon,
    /// a newline at the end, nothing between the brackets of an empty list or object, and no other white space.
    pub indented: bool,
    /// Every string is written as `serde_json` writes strings.
    pub plain: bool,
}

/// The white space between two tokens of an indented text.
#[derive(Clone, Copy)]
pub(super) enum Gap {
    None,
    Space,
    /// A newline, and the indentation of this depth.
    Line(usize),
}

impl Layout {
    /// The layout of an empty text: every property holds until a byte refutes it.
    pub(super) const NEW: Self = Self { compact: true, indented: true, plain: true };

    /// Compares the white space found in a gap with the white space that belongs there.
    #[inline]
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
            assert_eq!((document.layout.compact, document.layout.indented), (compact, indented), "{text:?}");
        }
    }

    #[test]
    fn a_string_is_plain_unless_an_escape_is_superfluous() {
        for (text, plain) in [
            (r#"["é"]"#, true),
            (r#"["\"\\\n\u0000"]"#, true),
            (r#"["\u00e9"]"#, false),
            (r#"["\/"]"#, false),
            (r#"{"\u0061":1}"#, false),
        ] {
            assert_eq!(parse(text, &Arena::default()).layout.plain, plain, "{text}");
        }
    }
}

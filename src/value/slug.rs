//! Short names for entries inside a record.

use super::refusal::{Refusal, slugged};
use super::string_format::{StringFormat, shaped};

/// A short name for an entry inside one record, such as a figure or an office.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Slug(compact_str::CompactString);

impl AsRef<str> for Slug {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl StringFormat for Slug {
    const FORMAT: &'static str = "comity-slug";
    const PATTERN: &'static str = "^[a-z0-9]+(-[a-z0-9]+)*$";
    const EXPECTED: &'static str = "a short name of lower-case letters, digits and hyphens such as `strength-2008`";
    const EXAMPLES: &'static [&'static str] = &["strength-2008"];
    const LENGTH: Option<(u32, u32)> = Some((1, 80));

    fn parse(text: &str) -> Result<Self, Refusal> {
        if text.len() <= 80 && is_slug(text) {
            Ok(Self(text.into()))
        } else {
            let meant = Some(slugged(text)).filter(|slug| slug != text && Self::parse(slug).is_ok());
            Err(Refusal::new(format!("`{text}` cannot be a short name")).meant(meant))
        }
    }
}

/// Whether a text consists of words of `a-z` and `0-9`, joined by single hyphens.
pub(crate) fn is_slug(text: &str) -> bool {
    // No word ends before the text begins. Without a branch for each byte: a check looks at many ids.
    let (mut wrong, mut before) = (0, HYPHEN);
    for byte in text.bytes() {
        let class = CLASSES[usize::from(byte)];
        wrong |= class & (before | OTHER);
        before = class;
    }
    wrong == 0 && before == WORD
}

const WORD: u8 = 0;
const HYPHEN: u8 = 1;
const OTHER: u8 = 2;

/// The class of each byte in a slug.
const CLASSES: [u8; 256] = {
    let mut classes = [OTHER; 256];
    let mut byte = 0;
    while byte < classes.len() {
        match byte.to_le_bytes()[0] {
            b'a'..=b'z' | b'0'..=b'9' => classes[byte] = WORD,
            b'-' => classes[byte] = HYPHEN,
            _ => {}
        }
        byte += 1;
    }
    classes
};

shaped! {
    Slug, "Slug", "A short name for an entry inside this record: lower-case letters, digits and hyphens.";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slug_is_words_and_single_hyphens() {
        for good in ["a", "strength-2008", "0-1"] {
            assert!(is_slug(good), "{good}");
        }
        for bad in ["", "-", "a-", "-a", "a--b", "A", "a_b", "é", "a b"] {
            assert!(!is_slug(bad), "{bad}");
        }
    }
}

//! Ids of records.

use std::borrow::Borrow;
use std::fmt;

use compact_str::CompactString;

use super::refusal::{Refusal, slugged};
use super::slug::is_slug;
use super::string_format::{StringFormat, shaped};
use crate::kind::Kind;

/// The name of a record within its kind. The id of a released record never changes.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id(pub(super) CompactString);

impl AsRef<str> for Id {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl Borrow<str> for Id {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Id {
    /// The id that a record of this name would have: the text itself, or the id that was probably meant.
    pub fn of_name(text: &str) -> Option<String> {
        if Self::parse(text).is_ok() { Some(text.to_owned()) } else { Self::meant(text) }
    }

    /// The id that was probably meant.
    pub fn meant(text: &str) -> Option<String> {
        // Where the field says the kind, a record has only the id.
        let bare = match text.split_once([':', '/']) {
            Some((kind, id)) if Kind::parse(kind).is_some() => id,
            _ => text,
        };
        let id = slugged(bare.trim().trim_end_matches(".json"));
        (id != text && Self::parse(&id).is_ok()).then_some(id)
    }
}

impl StringFormat for Id {
    const FORMAT: &'static str = "comity-id";
    const PATTERN: &'static str = "^[a-z0-9]+(-[a-z0-9]+)*$";
    const EXCEPT: &'static [&'static str] = &RESERVED;
    const EXPECTED: &'static str =
        "an id such as `rabat-seminar-2019`: 3 to 80 small letters from a to z, digits and single hyphens";
    const EXAMPLES: &'static [&'static str] = &["rabat-seminar-2019"];
    const LENGTH: Option<(u32, u32)> = Some((3, 80));

    fn parse(text: &str) -> Result<Self, Refusal> {
        if (3..=80).contains(&text.len()) && is_slug(text) {
            if text.len() > 4 || !RESERVED.contains(&text) {
                return Ok(Self(text.into()));
            }
            let why = format!(
                "`{text}` cannot be the id of a record: on Windows it is the name of a device, and no file can have that name"
            );
            return Err(Refusal::new(why).help("add what tells the record apart, such as a country or a year"));
        }
        Err(Refusal::new(format!("`{text}` cannot be the id of a record")).meant(Self::meant(text)))
    }
}

/// Names that Windows takes for devices, whatever the ending of the file is.
const RESERVED: [&str; 22] = [
    "aux", "con", "nul", "prn", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9", "lpt1", "lpt2",
    "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
];

shaped! {
    Id, "Id", "The name of a record within its kind: 3 to 80 lower-case letters, digits and hyphens. The file of the record has the same name, with .json. The id of a released record never changes.";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_a_slug_of_three_to_eighty() {
        for good in ["abc", "a-b", &"a".repeat(80), "com", "com0", "con-1", "lpt10"] {
            assert!(Id::parse(good).is_ok(), "{good}");
        }
        for bad in [
            "",
            "ab",
            &"a".repeat(81),
            "Abc",
            "a--b",
            "a_b",
            "abc.json",
            "../abc",
            "aux",
            "con",
            "nul",
            "prn",
            "com1",
            "lpt9",
        ] {
            assert!(Id::parse(bad).is_err(), "{bad}");
        }
    }
}

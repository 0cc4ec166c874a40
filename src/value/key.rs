//! Names of records among all records, and references by them: kind and id, written `kind:id`.

use std::fmt;

use compact_str::CompactString;

use super::id::Id;
use super::refusal::{Refusal, nearest};
use super::string_format::{StringFormat, shaped};
use crate::from_text::from_text;
use crate::kind::Kind;

/// The name of a record among all records: its kind and its id, written `kind:id`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    /// The kind.
    pub kind: Kind,
    /// The id within the kind.
    pub id: Id,
}

from_text!(impl for Key, Refusal, |text| AnyRef::parse(text).map(|reference| Self::from(&reference)));

impl From<&AnyRef> for Key {
    fn from(reference: &AnyRef) -> Self {
        Self { kind: reference.kind(), id: Id(reference.id().into()) }
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.kind, self.id)
    }
}

/// A reference to a record of any kind, written `kind:id`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AnyRef {
    text: CompactString,
    kind: Kind,
}

impl AnyRef {
    /// The kind of the record.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// The id of the record within its kind.
    pub fn id(&self) -> &str {
        &self.text[self.kind.name().len() + 1..]
    }
}

impl From<&Key> for AnyRef {
    fn from(key: &Key) -> Self {
        Self { text: key.to_string().into(), kind: key.kind }
    }
}

impl AsRef<str> for AnyRef {
    fn as_ref(&self) -> &str {
        &self.text
    }
}

impl fmt::Debug for AnyRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl StringFormat for AnyRef {
    const FORMAT: &'static str = "comity-ref";
    const PATTERN: &'static str = "^(actor|place|framework|agreement|operation|activity|event|statement|source|theme|survey):[a-z0-9]+(-[a-z0-9]+)*$";
    const EXPECTED: &'static str = "a kind and an id with a colon between, such as `framework:mediterranean-dialogue`";
    const EXAMPLES: &'static [&'static str] = &["framework:mediterranean-dialogue"];

    fn parse(text: &str) -> Result<Self, Refusal> {
        let good = |text: String| Self::parse(&text).is_ok().then_some(text);
        let Some((kind, id)) = text.split_once(':') else {
            let slashed = text.split_once('/').and_then(|(kind, id)| good(format!("{kind}:{id}")));
            let help = format!("write the kind and a colon before it, such as `event:{text}` or `framework:{text}`");
            let refusal = Refusal::new(format!("`{text}` does not say of which kind the record is"));
            return Err(if slashed.is_some() { refusal.meant(slashed) } else { refusal.help(help) });
        };
        let Some(known) = Kind::parse(kind) else {
            let meant = nearest(kind, Kind::ALL.map(Kind::name)).and_then(|kind| good(format!("{kind}:{id}")));
            let refusal = Refusal::new(format!("`{kind}` is no kind of record"));
            let help = format!("the kinds are `{}`", Kind::ALL.map(Kind::name).join("`, `"));
            return Err(if meant.is_some() { refusal.meant(meant) } else { refusal.help(help) });
        };
        match Id::parse(id) {
            Ok(_) => Ok(Self { text: text.into(), kind: known }),
            Err(refusal) => {
                let meant = refusal.meant.as_ref().map(|id| format!("{kind}:{id}"));
                Err(refusal.meant(meant))
            }
        }
    }
}

shaped! {
    AnyRef, "AnyRef", "A reference to a record of any kind: the kind, a colon and the id, as in `event:rabat-seminar-2019`.";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_to_any_kind_names_it() {
        let reference = AnyRef::parse("event:rabat-seminar-2019").expect("a reference");
        assert_eq!((reference.kind(), reference.id()), (Kind::Event, "rabat-seminar-2019"));
        for bad in ["rabat-seminar-2019", "evnt:abc", "event:", "event:ab", "event/abc", "event:abc:def"] {
            assert!(AnyRef::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn the_pattern_of_any_reference_names_every_kind() {
        let kinds = Kind::ALL.map(Kind::name).join("|");
        assert!(AnyRef::PATTERN.starts_with(&format!("^({kinds}):")));
    }
}

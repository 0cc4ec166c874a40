//! Ids, and references by id. A reference of known kind is the bare id; a reference to any kind is `kind:id`.

use std::borrow::{Borrow, Cow};
use std::cmp::Ordering;
use std::fmt;
use std::marker::PhantomData;
use std::str::FromStr;

use compact_str::CompactString;

use super::refusal::{Refusal, nearest, slugged};
use super::text::{Parse, StringFormat, is_slug, shaped};
use crate::kind::{Kind, OfKind};

/// What a record is called within its kind; never changed once released.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id(CompactString);

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
    /// The id that was probably meant.
    pub fn meant(text: &str) -> Option<String> {
        // Where the kind is known, only the id is written.
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
    const EXPECTED: &'static str =
        "an id such as `rabat-seminar-2019`: 3 to 80 small letters from a to z, digits and single hyphens";
    const EXAMPLES: &'static [&'static str] = &["rabat-seminar-2019"];
    const LENGTH: Option<(u32, u32)> = Some((3, 80));

    fn parse(text: &str) -> Result<Self, Refusal> {
        if (3..=80).contains(&text.len()) && is_slug(text) {
            return Ok(Self(text.into()));
        }
        Err(Refusal::new(format!("`{text}` cannot be the id of a record")).meant(Self::meant(text)))
    }
}

/// A record's name among all records, written `kind:id`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    /// The kind.
    pub kind: Kind,
    /// The id within the kind.
    pub id: Id,
}

impl FromStr for Key {
    type Err = Refusal;

    fn from_str(text: &str) -> Result<Self, Refusal> {
        AnyRef::parse(text).map(|reference| Self::from(&reference))
    }
}

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

/// A reference to a record of the kind `T`, written as the bare id.
///
/// The impls are by hand, because a derive would bound `T` too.
pub struct Ref<T> {
    id: Id,
    kind: PhantomData<fn() -> T>,
}

impl<T: OfKind> Ref<T> {
    /// The id referred to.
    pub fn id(&self) -> &Id {
        &self.id
    }

    /// The record referred to.
    pub fn key(&self) -> Key {
        Key { kind: T::KIND, id: self.id.clone() }
    }
}

impl<T> From<Id> for Ref<T> {
    fn from(id: Id) -> Self {
        Self { id, kind: PhantomData }
    }
}

impl<T> fmt::Display for Ref<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.id.fmt(f)
    }
}

impl<T> FromStr for Ref<T> {
    type Err = Refusal;

    fn from_str(text: &str) -> Result<Self, Refusal> {
        Id::parse(text).map(Self::from)
    }
}

impl<T> TryFrom<&str> for Ref<T> {
    type Error = Refusal;

    fn try_from(text: &str) -> Result<Self, Refusal> {
        text.parse()
    }
}

impl<T> TryFrom<String> for Ref<T> {
    type Error = Refusal;

    fn try_from(text: String) -> Result<Self, Refusal> {
        text.parse()
    }
}

impl<T> AsRef<str> for Ref<T> {
    fn as_ref(&self) -> &str {
        self.id.as_ref()
    }
}

impl<T> Borrow<str> for Ref<T> {
    fn borrow(&self) -> &str {
        self.id.as_ref()
    }
}

impl<T> Clone for Ref<T> {
    fn clone(&self) -> Self {
        Self::from(self.id.clone())
    }
}

impl<T> PartialEq for Ref<T> {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl<T> Eq for Ref<T> {}

impl<T> PartialOrd for Ref<T> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<T> Ord for Ref<T> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.id.cmp(&other.id)
    }
}

impl<T> fmt::Debug for Ref<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.id.fmt(f)
    }
}

impl<T> serde::Serialize for Ref<T> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_ref())
    }
}

impl<'de, T> serde::Deserialize<'de> for Ref<T> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(Parse::<Id>(PhantomData)).map(Self::from)
    }
}

impl<T: OfKind> schemars::JsonSchema for Ref<T> {
    fn schema_name() -> Cow<'static, str> {
        let (head, tail) = T::KIND.name().split_at(1);
        format!("{}{tail}Id", head.to_uppercase()).into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let kind = T::KIND.name();
        schemars::json_schema!({
            "description": format!("The id of {} record: the name of its file in data/{kind}, without .json.", T::KIND.with_article()),
            "type": "string", "minLength": 3, "maxLength": 80, "format": Id::FORMAT, "pattern": Id::PATTERN, "x-ref": kind
        })
    }
}

/// A reference to a record of any kind, `kind:id`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AnyRef {
    text: CompactString,
    kind: Kind,
}

impl AnyRef {
    /// The kind referred to.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// The id within the kind.
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
    Id, "Id", "The record's own name: 3 to 80 lower-case letters, digits and hyphens; the same as its file's name without .json; never changed once released.";
    AnyRef, "AnyRef", "A reference to a record of any kind: kind and id with a colon between, as in `event:rabat-seminar-2019`.";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_a_slug_of_three_to_eighty() {
        for good in ["abc", "a-b", &"a".repeat(80)] {
            assert!(Id::parse(good).is_ok(), "{good}");
        }
        for bad in ["", "ab", &"a".repeat(81), "Abc", "a--b", "a_b", "abc.json", "../abc"] {
            assert!(Id::parse(bad).is_err(), "{bad}");
        }
    }

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

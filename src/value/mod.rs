//! Values that are more than JSON's own types: each knows its text, its schema, and what is wrong with a text that is
//! none of it.

pub mod code;
mod country;
mod date;
mod day;
mod keyed;
mod language;
pub mod machine;
mod number;
mod plain;
mod reference;
mod refusal;
mod text;
mod typed;
mod unit;

pub use code::Code;
pub use country::Country;
pub use date::{Edtf, When};
pub use day::{Bounds, Day, Truth};
pub use keyed::{Keyed, List};
pub use language::{Language, Names, Texts};
pub use machine::{Machine, Membership, Status, Step, Steps};
pub use number::{Amount, Latitude, Longitude};
pub(crate) use plain::{Characters, is_common};
pub use reference::{AnyRef, Id, Key, Ref};
pub use refusal::Refusal;
pub(crate) use refusal::{nearest, short, shortened};
pub(crate) use text::is_plain_host;
pub use text::{Format, Shaped, Slug, Text, Url};
pub(crate) use typed::plain_number;
pub use unit::{Measure, Unit};

use comity_document::pointer::Pointer;

/// Every format a schema may name, for the schema check and for its messages.
pub static FORMATS: &[Format] = &[
    Format::of::<Id>(),
    Format::of::<AnyRef>(),
    Format::of::<Edtf>(),
    Format::of::<When>(),
    Format::of::<Language>(),
    Format::of::<Url>(),
    Format::of::<Slug>(),
    Format::of::<Text>(),
    Format::of::<FieldPointer>(),
];

/// The format of that name.
pub fn format(name: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|format| format.name == name)
}

/// A place in the record itself: a JSON Pointer (RFC 6901) below the root.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FieldPointer(Pointer);

impl FieldPointer {
    /// The pointer.
    pub fn pointer(&self) -> &Pointer {
        &self.0
    }
}

impl AsRef<str> for FieldPointer {
    fn as_ref(&self) -> &str {
        self.0.as_str()
    }
}

impl Shaped for FieldPointer {
    const FORMAT: &'static str = "json-pointer";
    const PATTERN: &'static str = "^(/([^/~]|~[01])*)+$";
    const EXPECTED: &'static str = "a place in this record such as `/when` or `/participants/nato`";
    const EXAMPLES: &'static [&'static str] = &["/when", "/participants/nato"];

    fn parse(text: &str) -> Result<Self, Refusal> {
        if text.is_empty() || text == "/" {
            let help = "name the parts of the record one by one, such as `/when`";
            return Err(Refusal::new("this points at the whole record").help(help));
        }
        if let Some(pointer) = Pointer::parse(text) {
            return Ok(Self(pointer));
        }
        let steps = text.trim().trim_start_matches(['#', '$', '.', '/']);
        let steps = if steps.contains('/') { steps.to_owned() } else { steps.replace('.', "/") };
        let meant = Some(format!("/{steps}")).filter(|meant| Pointer::parse(meant).is_some() && meant != "/");
        Err(Refusal::new(format!("`{text}` is not written as a place in this record")).meant(meant))
    }
}

text::shaped! {
    FieldPointer, "Pointer", "A place in this record: the names of the fields on the way, each behind a slash (a JSON Pointer, RFC 6901), such as `/when` or `/participants/nato`.";
}

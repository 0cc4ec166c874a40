//! The values of fields that are more than types of JSON. Each type reads and writes its text, gives its schema, and
//! says what is wrong with a text that it refuses.

mod bound;
pub mod code;
mod collections;
mod country;
mod currency;
mod data_version;
mod date;
mod day;
mod enumerated;
mod folded;
mod garbled;
mod id;
mod key;
mod language;
mod licence;
pub mod lifecycle;
mod measure;
mod number;
mod page;
mod plain;
mod reference;
mod refusal;
mod scale;
mod slug;
mod string_format;
mod text;
mod typed;
mod unit;
mod url;

pub(crate) use bound::{NumberBound, bound};
pub use code::Code;
pub use collections::{CollectionError, MapIter, NonEmptyMap, UniqueList};
pub use country::Country;
pub(crate) use country::capitals::with_capital;
pub(crate) use country::names as country_names;
pub use currency::Currency;
pub use data_version::DataVersion;
pub use date::{Edtf, When};
pub(crate) use date::{OneEnd, day_of_publication, goes_on, is_month, one_end, only_reading};
pub use day::{Bounds, Day, Truth};
pub(crate) use enumerated::enumerated;
pub(crate) use folded::{digits, folded, words_of_name};
pub(crate) use garbled::garbled;
pub use id::Id;
pub use key::{AnyRef, Key};
pub use language::{Language, Names, Texts};
pub use licence::Licence;
pub use lifecycle::{Lifecycle, Membership, Status, Step, Steps, StepsIter};
pub use measure::Measure;
pub use number::{Amount, Latitude, Longitude};
pub(crate) use page::{day_of_copy, host, is_tracking, page, page_of_copy};
pub(crate) use plain::{Characters, ascii_digit, is_common};
pub use reference::Ref;
pub use refusal::Refusal;
pub(crate) use refusal::is_opposite;
pub use refusal::nearest;
pub(crate) use refusal::{cut, short, shortened};
pub(crate) use scale::{scaled, scaled_number, times};
pub use slug::Slug;
pub use string_format::{FormatSpec, StringFormat};
pub use text::{Text, text_or_json};
pub(crate) use typed::{plain_number, thousands};
pub use unit::{Plain, Unit};
pub(crate) use unit::{is_list_of_units, words_among};
pub use url::Url;
pub(crate) use url::{after_scheme, closes_unopened, is_plain_host};

use comity_document::pointer::Pointer;

/// Every format that a schema may name.
pub static FORMATS: &[FormatSpec] = &[
    FormatSpec::of::<Id>(),
    FormatSpec::of::<AnyRef>(),
    FormatSpec::of::<Edtf>(),
    FormatSpec::of::<When>(),
    FormatSpec::of::<Language>(),
    FormatSpec::of::<Url>(),
    FormatSpec::of::<Slug>(),
    FormatSpec::of::<Text>(),
    FormatSpec::of::<FieldPointer>(),
    FormatSpec::of::<DataVersion>(),
    FormatSpec::of::<Licence>(),
];

/// The format with a name.
pub fn format(name: &str) -> Option<&'static FormatSpec> {
    FORMATS.iter().find(|format| format.name == name)
}

/// A place in the record that names it: a JSON Pointer (RFC 6901) to a part of the record.
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

impl StringFormat for FieldPointer {
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
        if matches!(text.trim(), "*" | "all" | "everything" | "whole" | "tout") {
            let help = "name the parts of the record one by one, such as `/when`; the only source of a record shows all of it without `supports`";
            return Err(Refusal::new(format!("`{text}` is no place in this record")).help(help));
        }
        let steps = text.trim().trim_start_matches(['#', '$', '.', '/']);
        let steps = if steps.contains('/') { steps.to_owned() } else { steps.replace('.', "/") };
        let meant = Some(format!("/{steps}")).filter(|meant| Pointer::parse(meant).is_some() && meant != "/");
        Err(Refusal::new(format!("`{text}` is not written as a place in this record")).meant(meant))
    }
}

string_format::shaped! {
    FieldPointer, "Pointer", "A place in this record: the names of the fields that lead to the place, each after a slash (a JSON Pointer, RFC 6901), such as `/when` or `/participants/nato`.";
}

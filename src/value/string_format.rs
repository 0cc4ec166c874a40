//! Strings with a format. A text type implements [`StringFormat`]; its schema, its decoding and its conversions follow
//! from the implementation.

use std::marker::PhantomData;

use serde::de::{Error, Visitor};

use super::refusal::Refusal;

/// A string with a format.
pub trait StringFormat: Sized + AsRef<str> {
    /// The `format` in the schema.
    const FORMAT: &'static str;
    /// The `pattern` in the schema, for programs that do not know the format. The pattern admits every text that
    /// [`parse`](Self::parse) admits.
    const PATTERN: &'static str;
    /// Texts that fit the pattern and do not have the format.
    const EXCEPT: &'static [&'static str] = &[];
    /// The expected text, with an example; it reads well after "expected".
    const EXPECTED: &'static str;
    /// Examples for the schema.
    const EXAMPLES: &'static [&'static str];
    /// The least and the greatest number of characters, where the format limits the number.
    const LENGTH: Option<(u32, u32)> = None;

    /// Reads a text. Both the `format` of the schema and the decoding of the type call this function.
    ///
    /// # Errors
    /// When the text does not have the format. The error says what is wrong with the text, and what was probably meant.
    fn parse(text: &str) -> Result<Self, Refusal>;
}

/// A format for the schema check and for its messages.
#[derive(Debug)]
#[non_exhaustive]
pub struct FormatSpec {
    /// The `format` in the schema.
    pub name: &'static str,
    /// Texts that fit the pattern and do not have the format.
    pub except: &'static [&'static str],
    /// The expected text, with an example.
    pub expected: &'static str,
    /// Why a text does not have the format; `None` for a text that has the format.
    pub refuse: fn(&str) -> Option<Refusal>,
    /// Whether a text has the format.
    pub admit: fn(&str) -> bool,
}

impl FormatSpec {
    /// The format of a text type.
    pub const fn of<T: StringFormat>() -> Self {
        Self {
            name: T::FORMAT,
            except: T::EXCEPT,
            expected: T::EXPECTED,
            refuse: |text| T::parse(text).err(),
            admit: |text| T::parse(text).is_ok(),
        }
    }
}

/// Decodes by [`StringFormat::parse`].
#[derive(Debug)]
pub(crate) struct Parse<T>(pub(crate) PhantomData<T>);

impl<T: StringFormat> Visitor<'_> for Parse<T> {
    type Value = T;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(T::EXPECTED)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        T::parse(text).map_err(E::custom)
    }
}

/// The schema of a text type.
pub(crate) fn schema<T: StringFormat>(about: &str) -> schemars::Schema {
    let mut schema =
        schemars::json_schema!({ "description": about, "type": "string", "format": T::FORMAT, "pattern": T::PATTERN });
    if let Some((fewest, most)) = T::LENGTH {
        schema.insert("minLength".to_owned(), fewest.into());
        schema.insert("maxLength".to_owned(), most.into());
    }
    if !T::EXAMPLES.is_empty() {
        schema.insert("examples".to_owned(), T::EXAMPLES.into());
    }
    schema
}

/// The standard conversions of a text type: `as_str`, `Display`, `FromStr`, `TryFrom<&str>` and `TryFrom<String>`.
macro_rules! text_conversions {
    ($type:ty) => {
        impl $type {
            /// The text as written.
            pub fn as_str(&self) -> &str {
                self.as_ref()
            }
        }

        impl std::fmt::Display for $type {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.as_ref())
            }
        }

        $crate::from_text::from_text!(impl for $type, $crate::value::Refusal, $crate::value::StringFormat::parse);
    };
}
pub(crate) use text_conversions;

/// The conversions, serde and schemars of text types: `shaped! { Type, "SchemaName", "A description."; … }`.
macro_rules! shaped {
    ($($type:ty, $name:literal, $about:literal;)+) => { $(
        $crate::value::string_format::text_conversions!($type);

        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_ref())
            }
        }

        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserializer.deserialize_str($crate::value::string_format::Parse(std::marker::PhantomData))
            }
        }

        impl schemars::JsonSchema for $type {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                $name.into()
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                $crate::value::string_format::schema::<Self>($about)
            }
        }
    )+ };
}
pub(crate) use shaped;

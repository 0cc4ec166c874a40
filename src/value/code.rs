//! Closed lists of codes. One macro writes the type, its text, its schema and its decoding from one list, in which
//! every code carries its meaning: the meaning is what an editor and an error message show.

use super::refusal::{Refusal, nearest};

/// A closed list of codes.
pub trait Code: Copy + Ord + Sized + 'static {
    /// Every code, in the order of the documentation.
    const ALL: &'static [Self];

    /// The code as written.
    fn code(self) -> &'static str;

    /// What it means, in one line.
    fn meaning(self) -> &'static str;

    /// Other words for it, in lower case with hyphens: what people type for this code.
    fn synonyms(self) -> &'static [&'static str] {
        &[]
    }

    /// The code of that text.
    fn parse(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.code() == text)
    }
}

/// `codes! { /// What the list is. Name { /// What the code means. Variant = "code" ["other word"], … } }`
macro_rules! codes {
    ($(#[doc = $about:literal])+ $name:ident { $($(#[doc = $meaning:literal])+ $variant:ident = $code:literal $([$($synonym:literal),+])?,)+ }) => {
        $(#[doc = $about])+
        ///
        /// A minor version may add codes.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum $name {
            $($(#[doc = $meaning])+ $variant,)+
        }

        impl $crate::value::Code for $name {
            const ALL: &'static [Self] = &[$(Self::$variant,)+];

            fn code(self) -> &'static str {
                match self { $(Self::$variant => $code,)+ }
            }

            fn meaning(self) -> &'static str {
                match self { $(Self::$variant => concat!($($meaning),+).trim_ascii(),)+ }
            }

            fn synonyms(self) -> &'static [&'static str] {
                match self { $(Self::$variant => &[$($($synonym),+)?],)+ }
            }

            fn parse(text: &str) -> Option<Self> {
                match text { $($code => Some(Self::$variant),)+ _ => None }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad($crate::value::Code::code(*self))
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::value::Refusal;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                $crate::value::Code::parse(text).ok_or_else(|| $crate::value::code::unknown::<Self>(text))
            }
        }

        impl TryFrom<&str> for $name {
            type Error = $crate::value::Refusal;

            fn try_from(text: &str) -> Result<Self, $crate::value::Refusal> {
                text.parse()
            }
        }

        impl TryFrom<String> for $name {
            type Error = $crate::value::Refusal;

            fn try_from(text: String) -> Result<Self, $crate::value::Refusal> {
                text.parse()
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str($crate::value::Code::code(*self))
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserializer.deserialize_str($crate::value::code::CodeVisitor(std::marker::PhantomData))
            }
        }

        impl schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                $crate::value::code::schema::<Self>(concat!($($about),+).trim_ascii())
            }
        }
    };
}
pub(crate) use codes;

/// Why a text is no code of a list, and the code that was probably meant.
pub(crate) fn unknown<T: Code>(text: &str) -> Refusal {
    let meant = nearest(text, T::ALL.iter().map(|code| code.code()));
    Refusal::new(format!("`{text}` is not a code of this list")).meant(meant.map(str::to_owned))
}

/// Decodes a code; the one place where a text becomes a code.
#[derive(Debug)]
pub(crate) struct CodeVisitor<T>(pub(crate) std::marker::PhantomData<T>);

impl<T: Code> serde::de::Visitor<'_> for CodeVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a code of a closed list")
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<T, E> {
        T::parse(text).ok_or_else(|| E::custom("not a code of this list"))
    }
}

/// The schema of a code list: one `enum`, with what each code means beside it, which editors show.
pub(crate) fn schema<T: Code>(about: &str) -> schemars::Schema {
    let codes: Vec<_> = T::ALL.iter().map(|code| code.code()).collect();
    let meanings: Vec<_> = T::ALL.iter().map(|code| code.meaning()).collect();
    let mut schema = schemars::json_schema!({
        "description": about, "type": "string", "enum": codes, "enumDescriptions": meanings
    });
    let of = |code: &T| (code.code().to_owned(), code.synonyms().into());
    let synonyms: serde_json::Map<String, serde_json::Value> =
        T::ALL.iter().filter(|code| !code.synonyms().is_empty()).map(of).collect();
    if !synonyms.is_empty() {
        schema.insert("x-synonyms".to_owned(), synonyms.into());
    }
    schema
}

//! Closed lists of codes. The macro `codes!` makes the type, its text, its schema and its decoding from one list. Each
//! code has a meaning, which editors and error messages show.

use super::refusal::{Refusal, nearest};

/// A closed list of codes.
pub trait Code: Copy + Ord + Sized + 'static {
    /// Every code, in the order of the documentation.
    const ALL: &'static [Self];

    /// The text of the code.
    fn code(self) -> &'static str;

    /// The meaning of the code, in one line.
    fn meaning(self) -> &'static str;

    /// The code with a text.
    fn parse(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.code() == text)
    }
}

/// Makes a list of codes: `codes! { /// The purpose of the list. Name { /// The meaning of the code. Variant = "code",
/// … } }`.
macro_rules! codes {
    ($(#[doc = $about:literal])+ $name:ident { $($(#[doc = $meaning:literal])+ $variant:ident = $code:literal,)+ }) => {
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

            fn parse(text: &str) -> Option<Self> {
                match text { $($code => Some(Self::$variant),)+ _ => None }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad($crate::value::Code::code(*self))
            }
        }

        $crate::from_text::from_text!(impl for $name, $crate::value::Refusal, |text| {
            $crate::value::Code::parse(text).ok_or_else(|| $crate::value::code::unknown::<Self>(text))
        });

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

/// The refusal of a text that is no code of the list, with the code that was probably meant.
pub(crate) fn unknown<T: Code>(text: &str) -> Refusal {
    let meant = nearest(text, T::ALL.iter().map(|code| code.code()));
    Refusal::new(format!("`{text}` is not a code of this list")).meant(meant.map(str::to_owned))
}

/// Decodes a code.
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

/// The schema of a list of codes: an `enum`, and `enumDescriptions` with the meanings, which editors show.
pub(crate) fn schema<T: Code>(about: &str) -> schemars::Schema {
    let codes: Vec<_> = T::ALL.iter().map(|code| code.code()).collect();
    let meanings: Vec<_> = T::ALL.iter().map(|code| code.meaning()).collect();
    schemars::json_schema!({ "description": about, "type": "string", "enum": codes, "enumDescriptions": meanings })
}

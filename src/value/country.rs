//! Countries: ISO 3166-1 alpha-2, and the user-assigned `XK` for Kosovo.

pub(crate) mod capitals;
pub(crate) mod names;

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::folded;
use super::refusal::{Refusal, nearest};
use super::string_format::{Parse, StringFormat, text_conversions};

/// The code of a country.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Country(&'static str);

/// The user-assigned code that many institutions use for Kosovo. ISO 3166-1 does not define the code.
const KOSOVO: (&str, &str) = ("XK", "Kosovo (user-assigned code)");

impl Country {
    /// Every code with the English short name of the country, sorted by code.
    pub fn all() -> impl Iterator<Item = (&'static str, &'static str)> {
        let mut all: Vec<_> =
            rust_iso3166::ALL.iter().map(|country| (country.alpha2, country.name)).chain([KOSOVO]).collect();
        all.sort_unstable();
        all.into_iter()
    }

    /// The English short name of the country.
    pub fn name(self) -> &'static str {
        if self.0 == KOSOVO.0 {
            KOSOVO.1
        } else {
            rust_iso3166::from_alpha2(self.0).map_or(self.0, |country| country.name)
        }
    }

    /// The country with a code of two or three letters, in any case.
    pub fn of_code(text: &str) -> Option<Self> {
        let code = text.to_ascii_uppercase();
        if code == KOSOVO.0 {
            return Some(Self(KOSOVO.0));
        }
        let country = rust_iso3166::from_alpha2(&code).or_else(|| rust_iso3166::from_alpha3(&code))?;
        Some(Self(country.alpha2))
    }

    /// The code that was probably meant. A text may be a name, in several languages, or a three-letter code.
    fn meant(text: &str) -> Option<&'static str> {
        let lower = text.to_lowercase();
        let code = Self::of_code(text).map(|country| country.0);
        let word = folded(text);
        let called = |name: &str| names::called(name).map(|country| country.0);
        let named = || {
            Self::all()
                .find(|(_, name)| {
                    name.to_lowercase() == lower || name.to_lowercase().starts_with(&format!("{lower} ("))
                })
                .map(|(code, _)| code)
        };
        let of = || word.rsplit_once(" of ").and_then(|(_, name)| called(name.trim_start_matches("the ")));
        let all = || Self::all().map(|(_, name)| name).filter(|name| name.len() > 3);
        let near = || {
            let name = nearest(text, all()).filter(|_| word.len() > 3)?;
            Self::all().find(|(_, known)| *known == name).map(|(code, _)| code)
        };
        code.or_else(|| called(&word)).or_else(named).or_else(of).or_else(near)
    }
}

impl AsRef<str> for Country {
    fn as_ref(&self) -> &str {
        self.0
    }
}

impl StringFormat for Country {
    const FORMAT: &'static str = "iso-3166-1-alpha-2";
    const PATTERN: &'static str = "^[A-Z]{2}$";
    const EXPECTED: &'static str = "the two capital letters of a country (ISO 3166-1), such as `MA` for Morocco";
    const EXAMPLES: &'static [&'static str] = &["MA"];

    fn parse(text: &str) -> Result<Self, Refusal> {
        if text == KOSOVO.0 {
            return Ok(Self(KOSOVO.0));
        }
        if let Some(country) = rust_iso3166::from_alpha2(text).filter(|country| country.alpha2 == text) {
            return Ok(Self(country.alpha2));
        }
        let refusal = Refusal::new(format!("`{text}` is not the code of a country"));
        let Some(code) = Self::meant(text) else { return Err(refusal) };
        let help = format!("did you mean `{code}` ({})?", Self(code).name());
        Err(refusal.meant(Some(code.to_owned())).help(help))
    }
}

text_conversions!(Country);

impl Serialize for Country {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0)
    }
}

impl<'de> Deserialize<'de> for Country {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(Parse(std::marker::PhantomData))
    }
}

impl JsonSchema for Country {
    fn schema_name() -> Cow<'static, str> {
        "Country".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let (codes, names): (Vec<_>, Vec<_>) = Self::all().unzip();
        json_schema!({
            "description": "A country: the two letters of ISO 3166-1, or the user-assigned code XK for Kosovo.",
            "type": "string", "enum": codes, "enumDescriptions": names
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_those_of_iso_and_xk() {
        assert_eq!(Country::all().count(), 250);
        assert_eq!(Country::parse("MA").map(Country::name), Ok("Morocco"));
        assert_eq!(Country::parse("XK").map(|country| country.0), Ok("XK"));
        for (bad, meant) in [
            ("UK", "GB"),
            ("ma", "MA"),
            ("MAR", "MA"),
            ("Morocco", "MA"),
            ("Kosovo", "XK"),
            ("Turkey", "TR"),
            ("Maroc", "MA"),
            ("États-Unis", "US"),
            ("الأردن", "JO"),
            ("Kingdom of Morocco", "MA"),
            ("Morroco", "MA"),
            ("Syria", "SY"),
        ] {
            let why = Country::parse(bad).expect_err(bad);
            assert_eq!(why.meant.as_deref(), Some(meant), "{why}");
        }
        assert!(Country::parse("ZZ").is_err());
    }
}

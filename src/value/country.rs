//! Countries: ISO 3166-1 alpha-2, and the user-assigned `XK` for Kosovo.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::refusal::{Refusal, nearest, slugged};
use super::string_format::{Parse, StringFormat, text_conversions};

/// The code of a country.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Country(&'static str);

/// The user-assigned code that many institutions use for Kosovo. ISO 3166-1 does not define the code.
const KOSOVO: (&str, &str) = ("XK", "Kosovo (user-assigned code)");

/// Names of countries besides their English short names.
#[rustfmt::skip]
const CALLED: &[(&str, &[&str])] = &[
    ("AE", &["emirates", "uae", "emirats-arabes-unis", "emirats", "الإمارات", "الامارات"]),
    ("BE", &["belgique"]), ("BH", &["bahrein", "البحرين"]), ("BO", &["bolivia"]), ("BR", &["bresil"]),
    ("CD", &["dr-congo", "drc"]), ("CH", &["suisse"]), ("CI", &["ivory-coast", "cote-divoire"]), ("CN", &["chine"]),
    ("CZ", &["czech-republic", "tchequie"]), ("DE", &["allemagne", "deutschland", "alemania"]), ("DK", &["danemark"]),
    ("DZ", &["algerie", "argelia", "الجزائر"]), ("EG", &["egypte", "egipto", "مصر"]), ("ES", &["espagne", "espana", "إسبانيا"]),
    ("FR", &["francia", "فرنسا"]), ("GB", &["uk", "great-britain", "britain", "england", "royaume-uni", "بريطانيا"]),
    ("GR", &["grece"]), ("HU", &["hongrie"]), ("IE", &["irlande"]), ("IL", &["إسرائيل"]), ("IQ", &["irak", "العراق"]),
    ("IT", &["italie", "italia", "إيطاليا"]), ("JO", &["jordanie", "jordania", "الأردن"]), ("KP", &["north-korea"]),
    ("KR", &["south-korea", "korea"]), ("KW", &["koweit", "الكويت"]), ("LB", &["liban", "لبنان"]), ("LY", &["libye", "ليبيا"]),
    ("MA", &["maroc", "marruecos", "marokko", "المغرب"]), ("MD", &["moldova"]), ("MK", &["macedonia"]), ("ML", &["مالي"]),
    ("MR", &["mauritanie", "موريتانيا"]), ("NE", &["النيجر"]), ("NL", &["holland", "pays-bas"]), ("NO", &["norvege"]),
    ("PL", &["pologne"]), ("PT", &["البرتغال"]), ("QA", &["قطر"]), ("RO", &["roumanie"]), ("RU", &["russia", "russie", "روسيا"]),
    ("SA", &["arabie-saoudite", "السعودية"]), ("SE", &["suede"]), ("SY", &["syria", "syrie", "سوريا"]), ("TD", &["tchad", "تشاد"]),
    ("TN", &["tunisie", "tunez", "تونس"]), ("TR", &["turkey", "turquie", "turquia", "تركيا"]), ("TZ", &["tanzania"]),
    ("US", &["usa", "u-s", "u-s-a", "us", "america", "united-states", "etats-unis", "estados-unidos", "أمريكا"]),
    ("VA", &["vatican"]), ("VE", &["venezuela"]), ("VN", &["vietnam"]), ("XK", &["kosovo"]),
];

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

    /// The code that was probably meant. A text may be a name, in English, French or Arabic, or a three-letter code.
    fn meant(text: &str) -> Option<&'static str> {
        let lower = text.to_lowercase();
        let upper = text.to_uppercase();
        let three = rust_iso3166::from_alpha3(&upper).map(|country| country.alpha2);
        let word = slugged(text.trim());
        let common =
            || CALLED.iter().find(|(_, names)| names.iter().any(|name| slugged(name) == word)).map(|(code, _)| *code);
        let two = || Self::all().map(|(code, _)| code).find(|code| *code == upper);
        let named = || {
            Self::all()
                .find(|(_, name)| {
                    name.to_lowercase() == lower || name.to_lowercase().starts_with(&format!("{lower} ("))
                })
                .map(|(code, _)| code)
        };
        let of = || word.rsplit_once("-of-").and_then(|(_, name)| Self::meant(name.trim_start_matches("the-")));
        let all = || Self::all().map(|(_, name)| name).filter(|name| name.len() > 3);
        let near = || {
            let name = nearest(text, all()).filter(|_| word.len() > 3)?;
            Self::all().find(|(_, known)| *known == name).map(|(code, _)| code)
        };
        three.or_else(two).or_else(common).or_else(named).or_else(of).or_else(near)
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

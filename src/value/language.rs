//! Languages, and texts by language.

use std::borrow::Cow;
use std::fmt;

use compact_str::CompactString;
use language_tags::LanguageTag;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize};

use super::collections::{MapIter, NonEmptyMap};
use super::refusal::{Refusal, nearest, slugged};
use super::string_format::{StringFormat, shaped};
use super::text::Text;

/// The tag of a language, as in BCP 47: registered with IANA, and in canonical form. `en` sorts before all other tags,
/// because every record has an English name and a reader looks for that name first.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Language(CompactString);

impl Ord for Language {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (self.0 != "en", &self.0).cmp(&(other.0 != "en", &other.0))
    }
}

impl PartialOrd for Language {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl AsRef<str> for Language {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Language {
    /// The canonical form of a registered tag: `he` for `iw`, `pt-BR` for `pt-br`.
    pub fn canonical(text: &str) -> Option<String> {
        let tag = LanguageTag::parse(text).ok()?;
        tag.validate().ok()?;
        tag.canonicalize().ok().map(|tag| tag.to_string())
    }

    /// The tag of a language by the name of the language.
    fn named(word: &str) -> Option<&'static str> {
        const NAMES: [(&str, &[&str]); 14] = [
            ("en", &["english", "anglais", "eng", "inglés", "الإنجليزية", "انجليزي", "إنجليزي"]),
            ("fr", &["french", "français", "fra", "fre", "francés", "الفرنسية", "فرنسي"]),
            ("ar", &["arabic", "arabe", "ara", "árabe", "العربية", "عربي", "عربية"]),
            ("es", &["spanish", "español", "spa", "espagnol", "الإسبانية"]),
            ("it", &["italian", "italiano", "ita", "italien"]),
            ("de", &["german", "deutsch", "ger", "deu", "allemand"]),
            ("nl", &["dutch", "nederlands", "nld", "néerlandais"]),
            ("pt", &["portuguese", "português", "por", "portugais"]),
            ("tr", &["turkish", "türkçe", "tur", "turc"]),
            ("he", &["hebrew", "heb", "hébreu", "עברית"]),
            ("el", &["greek", "ell", "gre", "grec", "ελληνικά"]),
            ("ru", &["russian", "rus", "russe", "русский"]),
            ("zh", &["chinese", "zho", "chi", "chinois", "中文"]),
            ("zgh", &["amazigh", "tamazight", "berber", "berbère"]),
        ];
        let word = slugged(word);
        let named = |known: &&str| slugged(known) == word;
        let exact = NAMES.into_iter().find(|(_, names)| names.iter().any(named));
        let long = || NAMES.iter().flat_map(|(_, names)| *names).copied().filter(|name| name.len() > 4);
        let like = || nearest(&word, long()).filter(|_| word.len() > 4);
        let near = || NAMES.into_iter().zip(std::iter::repeat(like()?)).find(|((_, names), name)| names.contains(name));
        exact.or_else(|| near().map(|(found, _)| found)).map(|(tag, _)| tag)
    }

    /// The tag that was probably meant.
    pub fn meant(text: &str) -> Option<String> {
        let trimmed = text.trim();
        if trimmed != text {
            return Self::parse(trimmed)
                .map(|tag| tag.as_ref().to_owned())
                .or_else(|_| Self::meant(trimmed).ok_or(()))
                .ok();
        }
        if let Some(tag) = Self::named(text) {
            return Some(tag.to_owned());
        }
        let swapped = match text.split_once(['-', '_']) {
            Some((language, "UK")) => format!("{language}-GB"),
            _ => text.replace('_', "-"),
        };
        Self::canonical(&swapped).filter(|tag| tag != text)
    }
}

impl StringFormat for Language {
    const FORMAT: &'static str = "bcp47";
    const PATTERN: &'static str = "^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$";
    const EXPECTED: &'static str = "the code of a language, such as `en`, `fr`, `ar` or `ar-MA` (BCP 47)";
    const EXAMPLES: &'static [&'static str] = &["en", "fr", "ar", "ar-MA"];

    fn parse(text: &str) -> Result<Self, Refusal> {
        // A look-up in the registry takes a microsecond, and nearly all tags are among these.
        let common = matches!(text, "en" | "fr" | "ar" | "es" | "it" | "de" | "nl" | "tr" | "pt");
        // A tag that begins with one letter is for private use, or is from before there was a registry of languages.
        let is_private = text.as_bytes().get(1) == Some(&b'-');
        if common || !is_private && Self::canonical(text).is_some_and(|canonical| canonical == text) {
            return Ok(Self(text.into()));
        }
        let why = match Self::canonical(text) {
            Some(_) if is_private => format!("`{text}` is a private code, which readers do not know"),
            Some(_) => format!("`{text}` is not how the code of this language is written"),
            None => format!("`{text}` is not the code of a language"),
        };
        Err(Refusal::new(why).meant(Self::meant(text)))
    }
}

shaped! {
    Language, "Language", "The tag of a language, as in BCP 47: `en`, `fr`, `ar`, `ar-MA`.";
}

/// Texts by language.
pub type Texts = NonEmptyMap<Language, Text>;

/// Texts by language, one of them in English.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(transparent)]
pub struct Names(Texts);

impl Names {
    /// The texts by language.
    pub fn texts(&self) -> &Texts {
        &self.0
    }

    /// Each language with its text, English first.
    pub fn iter(&self) -> MapIter<'_, Language, Text> {
        self.0.iter()
    }

    /// Drops all texts but the English one.
    pub(crate) fn keep_english(&mut self) {
        self.0.truncate(1);
    }

    /// The English text.
    pub fn english(&self) -> &str {
        self.0.values().next().map_or("", AsRef::as_ref)
    }
}

impl<'a> IntoIterator for &'a Names {
    type Item = (&'a Language, &'a Text);
    type IntoIter = MapIter<'a, Language, Text>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl IntoIterator for Names {
    type Item = (Language, Text);
    type IntoIter = std::vec::IntoIter<(Language, Text)>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl TryFrom<Texts> for Names {
    type Error = Refusal;

    fn try_from(texts: Texts) -> Result<Self, Refusal> {
        if texts.keys().next().is_some_and(|language| language.as_ref() == "en") {
            return Ok(Self(texts));
        }
        Err(Refusal::new("expected an English text under `en`"))
    }
}

impl<'de> Deserialize<'de> for Names {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Texts::deserialize(deserializer)?.try_into().map_err(D::Error::custom)
    }
}

impl JsonSchema for Names {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Names".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let mut schema = Texts::json_schema(generator);
        schema.insert("required".to_owned(), serde_json::json!(["en"]));
        schema
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_is_registered_and_canonical() {
        for good in ["en", "fr", "ar-MA", "zh-Hant", "ber", "zgh", "und"] {
            assert!(Language::parse(good).is_ok(), "{good}");
        }
        for (bad, meant) in [
            ("iw", "he"),
            ("en-UK", "en-GB"),
            ("english", "en"),
            ("FR", "fr"),
            ("ar_MA", "ar-MA"),
            ("zh-cmn", "cmn"),
            ("Français", "fr"),
            ("Englsh", "en"),
            ("العربية", "ar"),
        ] {
            let why = Language::parse(bad).expect_err(bad);
            assert_eq!(why.meant.as_deref(), Some(meant), "{why}");
        }
        for bad in ["", "xx", "x", "e n", "klingon"] {
            assert!(Language::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn english_comes_first_and_must_be_there() {
        let names: Names = serde_json::from_str(r#"{ "ar": "ا", "fr": "b", "en": "a" }"#).expect("names");
        assert_eq!(names.english(), "a");
        assert_eq!(names.texts().keys().map(AsRef::as_ref).collect::<Vec<&str>>(), ["en", "ar", "fr"]);
        assert_eq!(names.iter().map(|(_, text)| text.as_str()).collect::<Vec<_>>(), ["a", "ا", "b"]);
        assert!(serde_json::from_str::<Names>(r#"{ "fr": "b" }"#).is_err());
    }
}

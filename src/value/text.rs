//! Strings with a shape. A text type is one impl of [`StringFormat`]: its schema, its format and its decoding follow from it.

use std::marker::PhantomData;

use serde::de::{Error, Visitor};

use super::refusal::{Refusal, nearest, slugged};

/// A string with a shape.
pub trait StringFormat: Sized + AsRef<str> {
    /// The schema's `format`.
    const FORMAT: &'static str;
    /// The schema's `pattern`, for readers that do not know the format. What `parse` admits it admits.
    const PATTERN: &'static str;
    /// What is expected, with an example; reads well after "expected".
    const EXPECTED: &'static str;
    /// Examples for the schema.
    const EXAMPLES: &'static [&'static str];
    /// Fewest and most characters, where the shape has such a limit.
    const LENGTH: Option<(u32, u32)> = None;

    /// The one function that decides: the schema's format and the type's decoding both call it.
    ///
    /// # Errors
    /// For the person who typed it: what is wrong with this text, and what was probably meant.
    fn parse(text: &str) -> Result<Self, Refusal>;
}

/// What the schema check and the messages are told of a shape.
#[derive(Debug)]
pub struct FormatSpec {
    /// The schema's `format`.
    pub name: &'static str,
    /// What is expected, with an example.
    pub expected: &'static str,
    /// Why a text is refused.
    pub refuse: fn(&str) -> Option<Refusal>,
    /// Whether it is admitted.
    pub admit: fn(&str) -> bool,
}

impl FormatSpec {
    /// The format of a text type.
    pub const fn of<T: StringFormat>() -> Self {
        Self {
            name: T::FORMAT,
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

/// The standard conversions of a text type: `Display`, `FromStr`, `TryFrom<&str>` and `TryFrom<String>`.
macro_rules! text_conversions {
    ($($type:ty),+) => { $(
        impl std::fmt::Display for $type {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.as_ref())
            }
        }

        impl std::str::FromStr for $type {
            type Err = $crate::value::Refusal;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                $crate::value::StringFormat::parse(text)
            }
        }

        impl TryFrom<&str> for $type {
            type Error = $crate::value::Refusal;

            fn try_from(text: &str) -> Result<Self, Self::Error> {
                $crate::value::StringFormat::parse(text)
            }
        }

        impl TryFrom<String> for $type {
            type Error = $crate::value::Refusal;

            fn try_from(text: String) -> Result<Self, Self::Error> {
                $crate::value::StringFormat::parse(&text)
            }
        }
    )+ };
}
pub(crate) use text_conversions;

/// The conversions, serde and schemars of text types: `shaped! { Type, "SchemaName", "What it is."; … }`
macro_rules! shaped {
    ($($type:ty, $name:literal, $about:literal;)+) => { $(
        $crate::value::text::text_conversions!($type);

        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_ref())
            }
        }

        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserializer.deserialize_str($crate::value::text::Parse(std::marker::PhantomData))
            }
        }

        impl schemars::JsonSchema for $type {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                $name.into()
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                $crate::value::text::schema::<Self>($about)
            }
        }
    )+ };
}
pub(crate) use shaped;

/// Words for people: not empty, not only white space.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Text(Box<str>);

impl AsRef<str> for Text {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl StringFormat for Text {
    const FORMAT: &'static str = "comity-text";
    const PATTERN: &'static str = r"\S";
    const EXPECTED: &'static str = "some text; leave the field out if there is none";
    const EXAMPLES: &'static [&'static str] = &[];

    fn parse(text: &str) -> Result<Self, Refusal> {
        if text.chars().all(char::is_whitespace) {
            let help = "write the text, or leave the whole field out";
            return Err(Refusal::new("this text is empty").help(help));
        }
        Ok(Self(text.into()))
    }
}

/// An address on the web: `http` or `https`, with a host.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Url(Box<str>);

impl AsRef<str> for Url {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl StringFormat for Url {
    const FORMAT: &'static str = "uri";
    const PATTERN: &'static str = r"^https?://[^\s/]\S*$";
    const EXPECTED: &'static str = "a web address such as `https://www.nato.int/`";
    const EXAMPLES: &'static [&'static str] = &["https://www.nato.int/"];

    fn parse(text: &str) -> Result<Self, Refusal> {
        let after = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
        if after.is_some_and(is_plain_address) {
            return Ok(Self(text.into()));
        }
        let good = |url: &str| (url != text && Self::parse(url).is_ok()).then(|| url.to_owned());
        let Some(after) = after else {
            let site = text.split(['/', '?']).next().unwrap_or_default();
            let bare = site.contains('.') && !site.contains([':', '@', ' ']);
            let meant = if text.trim() == text { good(&format!("https://{text}")) } else { good(text.trim()) };
            let meant = meant.filter(|_| bare || text.trim() != text);
            let meant = meant.or_else(|| good(address_in(text)?)).or_else(|| good(&mended_scheme(text)?));
            let refusal = Refusal::new(format!("`{text}` does not begin with `https://` or `http://`"));
            return Err(refusal.meant(meant));
        };
        if text.contains(char::is_whitespace) {
            let meant = good(text.trim()).or_else(|| good(&text.trim().replace(' ', "%20")));
            return Err(Refusal::new(format!("`{text}` has a space in it, and an address has none")).meant(meant));
        }
        match url::Url::parse(text) {
            Ok(url) if url.has_host() && !after.starts_with('/') => Ok(Self(text.into())),
            Ok(_) | Err(url::ParseError::EmptyHost) => Err(Refusal::new(format!("`{text}` names no site"))),
            Err(_) => Err(Refusal::new(format!("`{text}` is no address that a browser could open"))),
        }
    }
}

/// The address inside what was copied along with it: `<https://…>`, `[words](https://…)`.
fn address_in(text: &str) -> Option<&str> {
    let (_, rest) = text.split_at(["https://", "http://"].iter().filter_map(|scheme| text.find(scheme)).min()?);
    rest.split(['>', ')', '"', '»', ' ']).next()
}

/// An address whose beginning is mistyped: `htps://…`, `https//…`, `http:/…`.
fn mended_scheme(text: &str) -> Option<String> {
    let (scheme, rest) = text.split_at(text.find([':', ';', '/'])?);
    let scheme = nearest(scheme, ["http", "https"])?;
    Some(format!("{scheme}://{}", rest.trim_start_matches([':', ';', '/'])))
}

/// Whether what follows `https://` is an address beyond doubt, as nearly all are: a host of words in small letters, digits
/// and hyphens, and behind it signs that stand for themselves. All others are judged as browsers judge them.
fn is_plain_address(after: &str) -> bool {
    let (host, rest) = after.split_at(after.find('/').unwrap_or(after.len()));
    is_plain_host(host) && rest.bytes().all(|byte| byte.is_ascii_graphic())
}

/// Whether a host stands as a browser would write it.
pub(crate) fn is_plain_host(host: &str) -> bool {
    let letter = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    let mut words = host.split('.');
    // A last word of digits makes a number of the host, and `xn--` another script.
    words.all(|word| !word.is_empty() && !word.starts_with("xn--") && word.bytes().all(letter))
        && host.rsplit('.').next().is_some_and(|last| last.starts_with(|c: char| c.is_ascii_lowercase()))
}

/// A word that names an entry inside one record, such as a figure or an office.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Slug(compact_str::CompactString);

impl AsRef<str> for Slug {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl StringFormat for Slug {
    const FORMAT: &'static str = "comity-slug";
    const PATTERN: &'static str = "^[a-z0-9]+(-[a-z0-9]+)*$";
    const EXPECTED: &'static str = "a short name of lower-case letters, digits and hyphens such as `strength-2008`";
    const EXAMPLES: &'static [&'static str] = &["strength-2008"];
    const LENGTH: Option<(u32, u32)> = Some((1, 80));

    fn parse(text: &str) -> Result<Self, Refusal> {
        if text.len() <= 80 && is_slug(text) {
            Ok(Self(text.into()))
        } else {
            let meant = Some(slugged(text)).filter(|slug| slug != text && Self::parse(slug).is_ok());
            Err(Refusal::new(format!("`{text}` cannot be a short name")).meant(meant))
        }
    }
}

/// Words of `a-z` and `0-9`, joined by single hyphens.
pub(crate) fn is_slug(text: &str) -> bool {
    let mut before = b'-';
    for byte in text.bytes() {
        if !(byte.is_ascii_lowercase() || byte.is_ascii_digit() || (byte == b'-' && before != b'-')) {
            return false;
        }
        before = byte;
    }
    before != b'-'
}

shaped! {
    Text, "Text", "Words for people.";
    Url, "Url", "An address on the web, beginning with https:// or http://.";
    Slug, "Slug", "A short name for an entry inside this record: lower-case letters, digits and hyphens.";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_is_http_and_has_a_host() {
        for good in ["https://www.nato.int/", "http://libe.ma/x?a=b#c", "https://مثال.example/é", "https://[::1]/"]
        {
            assert!(Url::parse(good).is_ok(), "{good}");
        }
        for bad in [
            "",
            "www.nato.int",
            "ftp://x.org/",
            "https://",
            "https:///x",
            "https://a b/",
            "javascript:alert(1)",
            "HTTPS//x",
        ] {
            assert!(Url::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_mistyped_address_is_mended() {
        for (text, url) in [
            ("<https://www.nato.int/x>", "https://www.nato.int/x"),
            ("[NATO](https://www.nato.int/x)", "https://www.nato.int/x"),
            ("https//www.nato.int/x", "https://www.nato.int/x"),
            ("htps://www.nato.int/x", "https://www.nato.int/x"),
            ("http:/www.nato.int/x", "http://www.nato.int/x"),
            ("www.nato.int", "https://www.nato.int"),
        ] {
            assert_eq!(Url::parse(text).expect_err(text).meant.as_deref(), Some(url));
        }
    }

    proptest::proptest! {
        /// What is taken for an address without asking the library is one for it too.
        #[test]
        fn a_plain_address_is_one_that_a_browser_opens(after in "(xn--|0x|[a-z0-9.-]){1,12}(/[!-~]{0,12})?") {
            let url = format!("https://{after}");
            let theirs = url::Url::parse(&url).is_ok_and(|url| url.has_host());
            proptest::prop_assert!(theirs || !is_plain_address(&after), "{url}");
        }
    }

    #[test]
    fn a_slug_is_words_and_single_hyphens() {
        for good in ["a", "strength-2008", "0-1"] {
            assert!(is_slug(good), "{good}");
        }
        for bad in ["", "-", "a-", "-a", "a--b", "A", "a_b", "é", "a b"] {
            assert!(!is_slug(bad), "{bad}");
        }
    }

    #[test]
    fn a_text_has_something_to_read() {
        assert!(Text::parse("x").is_ok());
        for bad in ["", " ", "\u{a0}\n"] {
            assert!(Text::parse(bad).is_err(), "{bad:?}");
        }
    }
}

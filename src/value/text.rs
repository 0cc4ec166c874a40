//! Words for people.

use std::borrow::Cow;

use super::refusal::Refusal;
use super::string_format::{StringFormat, shaped};

/// Words for people. A text is neither empty nor only white space.
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

shaped! {
    Text, "Text", "Words for people.";
}

/// A JSON value for a person: a text as it is, anything else as JSON.
pub fn text_or_json(value: &serde_json::Value) -> Cow<'_, str> {
    value.as_str().map_or_else(|| value.to_string().into(), Cow::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_has_something_to_read() {
        assert!(Text::parse("x").is_ok());
        for bad in ["", " ", "\u{a0}\n"] {
            assert!(Text::parse(bad).is_err(), "{bad:?}");
        }
    }
}

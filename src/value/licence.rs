//! Licences.

use spdx::Expression;

use super::refusal::Refusal;
use super::string_format::{StringFormat, shaped};
use super::text::Text;

/// A licence, as an SPDX expression: `CC0-1.0`, `CC-BY-4.0 OR ODbL-1.0`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Licence(Box<str>);

impl AsRef<str> for Licence {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl StringFormat for Licence {
    const FORMAT: &'static str = "comity-licence";
    const PATTERN: &'static str = r"^[A-Za-z0-9.:+() -]+$";
    const EXPECTED: &'static str = "a licence by its name in the list of SPDX, such as `CC0-1.0` or `CC-BY-4.0`; leave the field out if there is none";
    const EXAMPLES: &'static [&'static str] = &["CC0-1.0", "CC-BY-4.0", "CC-BY-4.0 OR ODbL-1.0"];

    fn parse(text: &str) -> Result<Self, Refusal> {
        Text::parse(text)?;
        if is_expression(text) {
            return Ok(Self(text.into()));
        }
        Err(Refusal::new(format!("`{text}` is no SPDX expression")).help(format!("write {}", Self::EXPECTED)))
    }
}

/// Whether a text is an expression of licences and exceptions that SPDX lists, with one space between two words.
fn is_expression(text: &str) -> bool {
    let is_sign = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | ':' | '+' | '-' | '(' | ')' | ' ');
    text.chars().all(is_sign) && !text.contains("  ") && text.trim() == text && Expression::parse(text).is_ok()
}

shaped! {
    Licence, "Licence", "A licence, as an SPDX expression, such as `CC0-1.0`.";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_licence_is_an_expression() {
        for good in ["CC0-1.0", "MIT", "(MIT OR Apache-2.0) AND CC-BY-4.0", "GPL-2.0-or-later WITH Bison-exception-2.2"]
        {
            assert!(Licence::parse(good).is_ok(), "{good}");
        }
        for bad in [
            "",
            "nonsense licence",
            "MIT OR",
            "(MIT",
            "MIT)",
            "MIT  OR ISC",
            "CC0-1.0\n",
            "<b>",
            "OR (OR",
            "Nonsense-1.0",
            "CC-0",
        ] {
            assert!(Licence::parse(bad).is_err(), "{bad:?}");
        }
    }
}

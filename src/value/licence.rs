//! Licences.

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
    const PATTERN: &'static str = r"^\(*[A-Za-z0-9.:+-]+\)*( (AND|OR|WITH) \(*[A-Za-z0-9.:+-]+\)*)*$";
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

/// Whether names of licences stand in a text with `AND`, `OR` or `WITH` between two of them, each bracket with its other.
fn is_expression(text: &str) -> bool {
    let mut open = 0_usize;
    for (index, word) in text.split(' ').enumerate() {
        if index % 2 == 1 {
            if !matches!(word, "AND" | "OR" | "WITH") {
                return false;
            }
            continue;
        }
        let name = word.trim_start_matches('(');
        open += word.len() - name.len();
        let bare = name.trim_end_matches(')');
        let Some(left) = open.checked_sub(name.len() - bare.len()) else { return false };
        open = left;
        let is_sign = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | ':' | '+' | '-');
        if bare.is_empty() || !bare.chars().all(is_sign) {
            return false;
        }
    }
    open == 0 && text.split(' ').count() % 2 == 1
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
        for bad in ["", "nonsense licence", "MIT OR", "(MIT", "MIT)", "MIT  OR ISC", "CC0-1.0\n", "<b>", "OR (OR"] {
            assert!(Licence::parse(bad).is_err(), "{bad:?}");
        }
    }
}

//! Numbers with a word that multiplies: `1,5 million`, `100k`, `MEUR`.

use super::typed::plain_number;

/// A word that multiplies a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scale {
    Thousand,
    Million,
    Billion,
}

impl Scale {
    /// The word or the sign in lower case.
    pub(crate) fn of(word: &str) -> Option<Self> {
        match word.trim_end_matches('.') {
            "k" | "thousand" | "thousands" | "mille" | "millier" | "milliers" | "mil" | "ألف" => {
                Some(Self::Thousand)
            }
            "m" | "mn" | "mio" | "mln" | "million" | "millions" | "millón" | "millon" | "millones" | "مليون" => {
                Some(Self::Million)
            }
            "bn" | "billion" | "billions" | "milliard" | "milliards" | "mrd" | "md" | "مليار" => {
                Some(Self::Billion)
            }
            _ => None,
        }
    }

    /// The factor.
    pub(crate) fn factor(self) -> f64 {
        match self {
            Self::Thousand => 1e3,
            Self::Million => 1e6,
            Self::Billion => 1e9,
        }
    }

    /// The factor in words.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Thousand => "a thousand",
            Self::Million => "a million",
            Self::Billion => "a thousand million",
        }
    }
}

/// A number in digits, multiplied; without the digits that only binary fractions have.
pub(crate) fn times(number: &str, factor: f64) -> Option<String> {
    let product = number.parse::<f64>().ok()? * factor;
    let product = (product * 1e6).round() / 1e6;
    (product.abs() < 1e15).then(|| product.to_string())
}

/// The number that is meant by a text such as `1,5 million`, `2m` or `100k euros`, in digits.
pub(crate) fn scaled_number(text: &str) -> Option<String> {
    const UNSURE: [&str; 9] = ["or", "ou", "more", "less", "plus", "moins", "to", "and", "et"];
    let text = text.trim().to_lowercase();
    let text = text.trim_start_matches(['$', '€', '£', ' ']);
    let digits = text.find(char::is_alphabetic).filter(|_| text.len() <= 60)?;
    let (number, words) = text.split_at(digits);
    if !number.starts_with(|c: char| c.is_ascii_digit()) || words.contains(|c: char| c.is_ascii_digit() || c == '+') {
        return None;
    }
    let mut words = words.split_whitespace();
    let scale = Scale::of(words.next()?)?;
    if words.any(|word| UNSURE.contains(&word) || Scale::of(word).is_some()) {
        return None;
    }
    times(&plain_number(number)?, scale.factor())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_with_a_word_that_multiplies_is_written_in_full() {
        for (text, number) in [
            ("1,5 million", "1500000"),
            ("1.5 million", "1500000"),
            ("2m", "2000000"),
            ("100k", "100000"),
            ("2 million euros", "2000000"),
            ("€3.2 million", "3200000"),
            ("1,1 milliard", "1100000000"),
            ("4 ألف", "4000"),
            ("1 500 mille", "1500000"),
        ] {
            assert_eq!(scaled_number(text).as_deref(), Some(number), "{text}");
        }
        for text in [
            "",
            "million",
            "2",
            "2 persons",
            "1.500 million",
            "2-3 million",
            "2 million to 3 million",
            "2 million or more",
            "over 2 million",
            "2 thousand million",
            "5 metres",
            "2m+",
        ] {
            assert_eq!(scaled_number(text), None, "{text}");
        }
    }

    #[test]
    fn a_product_has_no_digits_of_binary_fractions() {
        assert_eq!(times("1.1", 1e6).as_deref(), Some("1100000"));
        assert_eq!(times("0.1", 12.0).as_deref(), Some("1.2"));
        assert_eq!(times("500", 1e-3).as_deref(), Some("0.5"));
        assert_eq!(times("many", 2.0), None);
        assert_eq!(times("1e300", 1e3), None);
    }
}

//! Numbers with a word that multiplies: `1,5 million`, `100k`, `MEUR`.

use super::currency::Currency;
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
            "m" | "mn" | "mio" | "mln" | "million" | "millions" | "millón" | "millones" | "مليون" => {
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

/// A word or a letter that multiplies, with what is multiplied: `million EUR`, `EUR million`, `MEUR`, `k€`.
pub(crate) fn scaled(text: &str) -> Option<(Scale, String)> {
    let text = text.replace("d'", "").replace("d’", "");
    let words: Vec<&str> = text.split_whitespace().filter(|word| !matches!(*word, "of" | "de")).collect();
    let with = |index: usize| Some((index, Scale::of(&words[index].to_lowercase())?));
    if let Some((index, scale)) = (0..words.len()).find_map(with) {
        let rest = words.iter().enumerate().filter(|(other, _)| *other != index).map(|(_, word)| *word);
        return Some((scale, rest.collect::<Vec<_>>().join(" ")));
    }
    // A letter beside a currency: its three capital letters, or its sign.
    let is_money = |rest: &&str| Currency::parse(rest).is_some() || matches!(*rest, "€" | "$" | "£");
    let letters = [("M", Scale::Million), ("m", Scale::Million), ("k", Scale::Thousand), ("K", Scale::Thousand)];
    letters.into_iter().find_map(|(letter, scale)| {
        let text = text.trim();
        let rest = text.strip_prefix(letter).filter(is_money).or_else(|| text.strip_suffix(letter).filter(is_money))?;
        Some((scale, rest.to_owned()))
    })
}

/// The number that is meant by a text such as `1,5 million`, `2m` or `100k euros`, in digits.
pub(crate) fn scaled_number(text: &str) -> Option<String> {
    const UNSURE: [&str; 9] = ["or", "ou", "more", "less", "plus", "moins", "to", "and", "et"];
    let text = text.trim().trim_start_matches(['$', '€', '£', ' ']);
    let is_digit = |c: char| c.is_ascii_digit();
    if text.len() > 60 || !text.starts_with(is_digit) {
        return None;
    }
    let (number, words) = text.split_at(text.rfind(is_digit)? + 1);
    let (scale, rest) = scaled(words)?;
    let is_unsure = |word: &str| UNSURE.contains(&word) || word.contains('+') || Scale::of(word).is_some();
    if rest.to_lowercase().split_whitespace().any(is_unsure) {
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
            ("1.5m EUR", "1500000"),
            ("1.5 M€", "1500000"),
            ("1.5 MEUR", "1500000"),
            ("2 millions d'euros", "2000000"),
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

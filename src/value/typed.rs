//! The number that a person meant, from the text that the person typed.

use super::plain::ascii_digit;
use super::scale::scaled;

/// The number in a text such as `1,800`, `1 800`, `18 persons`, `$18` or `34,26`, written with digits only. `None`
/// where the text has several numbers, a word that multiplies (`2 million`), or a word that makes a bound of the number
/// (`over 40`).
pub(crate) fn plain_number(text: &str) -> Option<String> {
    if text.len() > LONGEST || bound(text).is_some() { None } else { one_number(&in_ascii(text)) }
}

/// The text with the digits and the separators of Arabic as those of English: `١٬٥٠٠` is 1,500.
fn in_ascii(text: &str) -> String {
    let plain = |c: char| match c {
        '٬' | '،' => ',',
        '٫' => '.',
        c => ascii_digit(c).unwrap_or(c),
    };
    text.chars().map(plain).collect()
}

/// The length in bytes of the longest text that may be a number. A longer one was not typed by a person.
const LONGEST: usize = 100;

/// The number in a text, which may be a bound.
fn one_number(text: &str) -> Option<String> {
    const WORDS: [&str; 12] =
        ["mill", "mrd", "bill", "thous", "least", "over", "more", "less", "most", "than", "up to", "plus"];
    let digit = |c: char| c.is_ascii_digit();
    let (start, end) = (text.find(digit)?, text.rfind(digit)? + 1);
    let (before, digits, behind) = (text[..start].trim(), &text[start..end], text[end..].trim());
    let words = format!("{before} {behind}").to_lowercase();
    let counts = WORDS.iter().any(|word| words.contains(word)) || scaled(behind).is_some();
    if counts || before.ends_with(['.', ',', '/']) || behind.contains(['-', '–', '/']) {
        return None;
    }
    let number = grouped(digits)?;
    let bare = number.trim_start_matches('0');
    let zero = if bare.is_empty() || bare.starts_with('.') { "0" } else { "" };
    let sign = if before == "-" { "-" } else { "" };
    Some(format!("{sign}{zero}{bare}"))
}

/// What a person knows of a number, where that is a bound.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum NumberBound {
    AtLeast(String),
    AtMost(String),
    Between(String, String),
}

/// The bound in a text such as `>100`, `100+`, `more than 100`, `up to 50`, `20-30` or `between 20 and 30`.
pub(crate) fn bound(text: &str) -> Option<NumberBound> {
    const LEAST: [&str; 10] =
        [">=", ">", "≥", "more than", "at least", "over", "no less than", "plus de", "au moins", "más de"];
    const MOST: [&str; 9] = ["<=", "<", "≤", "up to", "at most", "no more than", "less than", "jusqu'à", "au plus"];
    if text.len() > LONGEST {
        return None;
    }
    let text = in_ascii(text.trim()).to_lowercase();
    let number = |part: &str| {
        let part = part.trim();
        part.starts_with(|c: char| c.is_ascii_digit()).then(|| one_number(part)).flatten()
    };
    let after = |words: &[&str]| words.iter().find_map(|word| number(text.strip_prefix(word)?));
    let before = |words: &[&str]| words.iter().find_map(|word| number(text.strip_suffix(word)?));
    if let Some(least) = after(&LEAST).or_else(|| before(&["+", "or more", "ou plus"])) {
        return Some(NumberBound::AtLeast(least));
    }
    if let Some(most) = after(&MOST).or_else(|| before(&["or less", "or fewer", "ou moins"])) {
        return Some(NumberBound::AtMost(most));
    }
    let range = ["between ", "from ", "entre ", "de "].iter().find_map(|word| text.strip_prefix(word)).unwrap_or(&text);
    let parts = ["-", "–", " to ", " and ", " à ", " et "].iter().find_map(|between| range.split_once(between));
    let (least, most) = parts.filter(|(_, most)| !most.contains(['-', '–']))?;
    let (least, most) = (number(least)?, number(most)?);
    let is_in_order = least.parse::<f64>().ok()? <= most.parse::<f64>().ok()?;
    is_in_order.then_some(NumberBound::Between(least, most))
}

/// The digits without separators between thousands, and with a point before the fraction.
fn grouped(digits: &str) -> Option<String> {
    let groups: Vec<&str> = digits.split(|c: char| !c.is_ascii_digit()).collect();
    let signs: Vec<char> = digits.chars().filter(|c| !c.is_ascii_digit()).collect();
    let Some(last) = signs.last() else { return Some(digits.to_owned()) };
    let once = signs.iter().filter(|sign| *sign == last).count() == 1;
    let fraction = matches!(last, ',' | '.') && once && (signs.len() > 1 || groups[1].len() != 3);
    let (whole, part) = groups.split_at(groups.len() - usize::from(fraction));
    let between = &signs[..whole.len() - 1];
    let alike = between.iter().all(|sign| *sign == between[0] && ",.'’_ \u{a0}\u{202f}\u{2009}".contains(*sign));
    let thousands = whole.len() == 1 || whole[0].len() <= 3 && whole[1..].iter().all(|group| group.len() == 3);
    // A single point before three digits separates a fraction for some readers and thousands for others.
    let clear = signs != ['.'] || fraction;
    let fraction = part.first().map_or_else(String::new, |part| format!(".{part}"));
    (alike && thousands && clear).then(|| format!("{}{fraction}", whole.concat()))
}

/// The thousands that may be meant by a JSON number with a point before three digits: `12.000`, which is twelve. `None` for any
/// other number.
pub(crate) fn thousands(raw: &str) -> Option<String> {
    let (whole, group) = raw.split_once('.')?;
    let is_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let is_grouped = whole.len() <= 3 && group.len() == 3 && is_digits(whole) && is_digits(group) && whole != "0";
    is_grouped.then(|| format!("{whole}{group}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_point_before_three_digits_may_stand_between_thousands() {
        for (raw, meant) in [
            ("12.000", Some("12000")),
            ("1.234", Some("1234")),
            ("0.500", None),
            ("-5.000", None),
            ("1234.500", None),
            ("1.5", None),
            ("1.500e3", None),
            ("12000", None),
        ] {
            assert_eq!(thousands(raw).as_deref(), meant, "{raw}");
        }
    }

    #[test]
    fn a_number_is_found_in_what_people_type() {
        for (text, number) in [
            ("1,800", "1800"),
            ("1 800", "1800"),
            ("1.000.000", "1000000"),
            ("1'800.5", "1800.5"),
            ("1,800.50", "1800.50"),
            ("18 persons", "18"),
            ("~18", "18"),
            ("about 18", "18"),
            ("18%", "18"),
            ("$18", "18"),
            ("34,26", "34.26"),
            ("-6,58", "-6.58"),
            ("0100", "100"),
            ("00", "0"),
            ("+5", "5"),
            ("٤", "4"),
            ("١٥٠٠", "1500"),
            ("١٬٥٠٠", "1500"),
            ("٣٤٫٢٦", "34.26"),
        ] {
            assert_eq!(plain_number(text).as_deref(), Some(number), "{text}");
        }
        let [n20, n30] = ["20", "30"].map(str::to_owned);
        for text in ["20-30", "20–30", "20 to 30 persons", "between 20 and 30"] {
            assert_eq!(bound(text), Some(NumberBound::Between(n20.clone(), n30.clone())), "{text}");
        }
        for text in [">20", "20+", "more than 20", "au moins 20 personnes"] {
            assert_eq!(bound(text), Some(NumberBound::AtLeast(n20.clone())), "{text}");
        }
        for text in ["<30", "up to 30", "jusqu'à 30", "30 or fewer"] {
            assert_eq!(bound(text), Some(NumberBound::AtMost(n30.clone())), "{text}");
        }
        for text in ["20", "+5", "-6,58", "1 800", "over 2 million", "2019-01-22", "34°15'N", "30-20"] {
            assert_eq!(bound(text), None, "{text}");
        }
        // Texts of a stranger take no more time and no more stack than their length.
        for text in [format!("{}1{}", "1 to ".repeat(10), "+".repeat(40)), format!("5{}", "+".repeat(100_000))] {
            assert_eq!((bound(&text), plain_number(&text)), (None, None), "{text}");
        }
        for text in [
            "",
            "many",
            ">20",
            "20+",
            "2 million",
            "over 40",
            "2019-01-22",
            "12 34",
            "1.800",
            ".5",
            "34°15'N",
            "18-20",
            "40k",
            "1.5m EUR",
            "1.5 M€",
            "1e999",
        ] {
            assert_eq!(plain_number(text), None, "{text}");
        }
    }
}

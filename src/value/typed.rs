//! The number that a person meant, from the text that the person typed.

use super::bound::bound;
use super::plain::ascii_digit;
use super::scale::scaled;

/// The number in a text such as `1,800`, `1 800`, `18 persons`, `$18` or `34,26`, written with digits only. `None`
/// where the text has several numbers, a word that multiplies (`2 million`), or a word that makes a bound of the number
/// (`over 40`).
pub(crate) fn plain_number(text: &str) -> Option<String> {
    if text.len() > LONGEST || bound(text).is_some() { None } else { one_number(&in_ascii(text)) }
}

/// The text with the digits and the separators of Arabic as those of English: `١٬٥٠٠` is 1,500.
pub(super) fn in_ascii(text: &str) -> String {
    let plain = |c: char| match c {
        '٬' | '،' => ',',
        '٫' => '.',
        c => ascii_digit(c).unwrap_or(c),
    };
    text.chars().map(plain).collect()
}

/// The length in bytes of the longest text that may be a number. A longer one was not typed by a person.
pub(super) const LONGEST: usize = 100;

/// The number in a text, which may be a bound.
pub(super) fn one_number(text: &str) -> Option<String> {
    const WORDS: [&str; 23] = [
        "mill", "mrd", "bill", "thous", "hundred", "dozen", "douzaine", "centaine", "lakh", "crore", "ألف", "آلاف",
        "مئات", "year", "week", "least", "over", "more", "less", "most", "than", "up to", "plus",
    ];
    const BOUNDS: [&str; 18] = [
        "under", "below", "above", "fewer", "moins", "menos", "más", "hasta", "min", "max", "minimum", "maximum",
        "أقل", "أكثر", "بين", "not", "half", "demi",
    ];
    let digit = |c: char| c.is_ascii_digit();
    let (start, end) = (text.find(digit)?, text.rfind(digit)? + 1);
    let (before, digits, behind) = (text[..start].trim(), &text[start..end], text[end..].trim());
    let words = format!("{before} {behind}").to_lowercase();
    let mut apart = words.split(|c: char| !c.is_alphanumeric());
    let counts = WORDS.iter().any(|word| words.contains(word))
        || apart.any(|word| BOUNDS.contains(&word))
        // `2½` and `10²`
        || words.contains(|c: char| c.is_numeric() && !digit(c))
        || scaled(behind).is_some();
    if counts || before.ends_with(['.', ',', '/']) || behind.contains(['-', '–', '/']) {
        return None;
    }
    // `34,125 %` is no thousands, since a share has at most a hundred parts, and may be a slip.
    let is_share = ["%", "percent", "per cent", "pour cent", "por ciento"].iter().any(|word| behind.starts_with(word));
    if is_share && digits.rsplit_once(',').is_some_and(|(_, group)| group.len() == 3) {
        return None;
    }
    let number = grouped(digits)?;
    let bare = number.trim_start_matches('0');
    let zero = if bare.is_empty() || bare.starts_with('.') { "0" } else { "" };
    let sign = if before == "-" { "-" } else { "" };
    Some(format!("{sign}{zero}{bare}"))
}

/// The digits without separators between thousands, and with a point before the fraction.
fn grouped(digits: &str) -> Option<String> {
    let groups: Vec<&str> = digits.split(|c: char| !c.is_ascii_digit()).collect();
    let signs: Vec<char> = digits.chars().filter(|c| !c.is_ascii_digit()).collect();
    let Some(last) = signs.last() else { return Some(digits.to_owned()) };
    let once = signs.iter().filter(|sign| *sign == last).count() == 1;
    let is_small = groups[0] == "0" && groups.len() == 2;
    let fraction = matches!(last, ',' | '.') && once && (signs.len() > 1 || is_small || groups[1].len() != 3);
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
            ("0,125", "0.125"),
            ("٤", "4"),
            ("١٥٠٠", "1500"),
            ("١٬٥٠٠", "1500"),
            ("٣٤٫٢٦", "34.26"),
        ] {
            assert_eq!(plain_number(text).as_deref(), Some(number), "{text}");
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
            "perhaps under 30",
        ] {
            assert_eq!(plain_number(text), None, "{text}");
        }
    }
}

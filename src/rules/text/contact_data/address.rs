//! Street addresses: a number before the street, as in French and English, or after it, as in German or with `n°`.

use comity_document::pointer::Span;

use crate::value::is_month;

/// Words before the name of a street.
const BEFORE: [&str; 10] = ["rue", "avenue", "av.", "boulevard", "bd", "blvd", "impasse", "allée", "chemin", "شارع"];
/// Words after the name of a street.
const BEHIND: [&str; 8] = ["street", "st.", "road", "rd.", "avenue", "ave.", "lane", "boulevard"];
/// Signs between a street and its house number.
const ANNOUNCED: [&str; 4] = ["n°", "N°", "nº", "رقم"];

/// The first street address in a text.
pub(crate) fn find(text: &str) -> Option<Span> {
    let text = text.trim_end();
    houses(text).find_map(|(start, end)| {
        let street = street_behind(&text[end..]).map(|length| end + length);
        let end = street.or_else(|| street_before(&text[..start]).then_some(end))?;
        Some(Span::new(start, end))
    })
}

/// Whether a word could be a house number: one to four digits, perhaps a letter after them, and not a year.
fn houses(text: &str) -> impl Iterator<Item = (usize, usize)> {
    let bytes = text.as_bytes();
    let mut at = 0;
    let words = std::iter::from_fn(move || {
        let start = at + bytes[at..].iter().position(u8::is_ascii_digit)?;
        at =
            bytes[start..].iter().position(|byte| !byte.is_ascii_alphanumeric()).map_or(bytes.len(), |end| start + end);
        Some((start, at))
    });
    words.filter(|(start, end)| {
        let word = &text[*start..*end];
        let digits = word.strip_suffix(|c: char| c.is_ascii_lowercase()).unwrap_or(word);
        let apart = *start == 0 || !bytes[start - 1].is_ascii_alphanumeric();
        apart && digits.len() <= 4 && digits.parse::<u16>().is_ok_and(|n| n > 0 && !(1800..2200).contains(&n))
    })
}

/// The end of the street name at the beginning of a text that follows a house number.
fn street_behind(text: &str) -> Option<usize> {
    let rest = text.strip_prefix(',').unwrap_or(text).strip_prefix(' ')?;
    let start = |word: &str| word.as_ptr().addr() - text.as_ptr().addr();
    let end = |word: &str| start(word) + word.trim_end_matches([',', ';', ')', '.']).len();
    let mut words = rest.split_whitespace().skip_while(|word| matches!(*word, "bis" | "ter"));
    let mut before = words.next()?;
    if is_one_of(&BEFORE, before) {
        return Some(end(before));
    }
    for word in words.take(3) {
        // A phrase that goes on without a break is no address: `20 Silk Road states`.
        let closes = end(word) < start(word) + word.len() || end(word) == text.len();
        if !is_name(before) || closes && is_one_of(&BEHIND, word) {
            return is_name(before).then(|| end(word));
        }
        before = word;
    }
    None
}

/// Whether a text ends in a street and a sign before a house number.
fn street_before(text: &str) -> bool {
    let head = text.trim_end();
    let named = |rest: &str| rest.ends_with(char::is_alphabetic);
    let german = ["straße", "strasse"].iter().any(|street| head.strip_suffix(street).is_some_and(named));
    let announced = ANNOUNCED.iter().find_map(|mark| head.strip_suffix(mark)).map(near);
    german || announced.is_some_and(|rest| rest.split_whitespace().any(|word| is_one_of(&BEFORE, word)))
}

/// The end of a text. A street is close to its number, so that the rest need not be read again for every number.
fn near(text: &str) -> &str {
    &text[text.char_indices().rev().nth(60).map_or(0, |(start, _)| start)..]
}

fn is_name(word: &str) -> bool {
    word.starts_with(char::is_uppercase) && !is_month(without_punctuation(word))
}

/// A word without the punctuation after it.
fn without_punctuation(word: &str) -> &str {
    word.trim_end_matches([',', ';', ')'])
}

/// Whether a word is one of these, ignoring case and punctuation after it.
fn is_one_of(words: &[&str], word: &str) -> bool {
    let bare = without_punctuation(word);
    words.iter().any(|known| known.eq_ignore_ascii_case(bare) || known.eq_ignore_ascii_case(bare.trim_end_matches('.')))
}

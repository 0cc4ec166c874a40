//! Telephone numbers: with a country code, in groups of two as in France and the Maghreb, or after a word such as
//! `tel`. A run of digits alone may be a figure, a date or the number of a document.

use comity_document::pointer::Span;

use crate::value::ascii_digit;

/// Words before a telephone number.
const WORDS: [&str; 17] = [
    "tel",
    "tél",
    "phone",
    "telephone",
    "téléphone",
    "telefono",
    "teléfono",
    "fax",
    "gsm",
    "mobile",
    "portable",
    "whatsapp",
    "هاتف",
    "الهاتف",
    "هاتفه",
    "جوال",
    "محمول",
];
/// Words before the number of a document or of a book.
const NUMBERED: [&str; 14] = [
    "isbn",
    "issn",
    "n",
    "no",
    "nr",
    "nº",
    "number",
    "numéro",
    "ref",
    "réf",
    "reference",
    "project",
    "document",
    "رقم",
];

/// The first telephone number in a text.
pub(crate) fn find(text: &str) -> Option<Span> {
    if digits(text) < 6 {
        return None;
    }
    let mut at = 0;
    while let Some(start) = text[at..].find(|c| c == '+' || is_digit(c)).map(|found| at + found) {
        let end = run_end(&text[start..]) + start;
        if end > start && is_number(&text[..start], &text[start..end]) {
            return Some(Span::new(start, end));
        }
        at = end.max(start + 1);
    }
    None
}

/// The number of digits in a text. Nearly all texts are decided here: to count in pieces whose count fits into a byte takes
/// a fifth of reading characters.
fn digits(text: &str) -> usize {
    let bytes = text.as_bytes();
    let next = bytes.get(1..).unwrap_or_default();
    let is_digit = |(byte, next): (&u8, &u8)| byte.is_ascii_digit() || *byte == 0xd9 && matches!(next, 0xa0..=0xa9);
    let count = |(bytes, next): (&[u8], &[u8])| bytes.iter().zip(next).map(|pair| u8::from(is_digit(pair))).sum::<u8>();
    let pieces = bytes.chunks(255).zip(next.chunks(255));
    let last = usize::from(bytes.last().is_some_and(u8::is_ascii_digit));
    last + pieces.map(|pieces| usize::from(count(pieces))).sum::<usize>()
}

/// An ASCII or Arabic digit.
fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || ascii_digit(c).is_some()
}

/// The end of the last digit in the run of digits and separators at the beginning of a text.
fn run_end(text: &str) -> usize {
    let mut end = 0;
    for (at, c) in text.char_indices() {
        if is_digit(c) {
            end = at + c.len_utf8();
        } else if !(matches!(c, ' ' | '.' | '-' | '(' | ')' | '\u{a0}' | '\u{202f}') || c == '+' && at == 0) {
            break;
        }
    }
    end
}

fn is_number(before: &str, run: &str) -> bool {
    if before.ends_with(char::is_alphanumeric) {
        return false;
    }
    let groups: Vec<usize> =
        run.split(|c| !is_digit(c)).map(|group| group.chars().count()).filter(|count| *count > 0).collect();
    let total: usize = groups.iter().sum();
    // Groups of three digits are thousands.
    let thousands = groups[0] <= 3 && groups.len() > 1 && groups[1..].iter().all(|count| *count == 3);
    if run.starts_with('+') {
        return (8..=15).contains(&total) && !(thousands && total < 11);
    }
    if let Some(rest) = run.strip_prefix("00") {
        return (10..=15).contains(&total) && !rest.trim_start().starts_with('0');
    }
    let is_behind = |words: &[&str]| {
        let word = before.trim_end_matches(|c: char| !c.is_alphanumeric()).rsplit(|c: char| !c.is_alphabetic()).next();
        word.is_some_and(|word| word.len() < 20 && words.contains(&word.to_lowercase().as_str()))
    };
    let announced = || is_behind(&WORDS);
    let date = matches!(groups[..], [4, 2 | 4] | [4, 2, 2] | [2, 2, 4]);
    // Without spaces, in the Maghreb and in France: no figure begins with a zero.
    let joined = || {
        let mut digits = run.chars().map(|c| ascii_digit(c).unwrap_or(c));
        groups[..] == [10]
            && digits.next() == Some('0')
            && digits.next().is_some_and(|digit| ('5'..='8').contains(&digit))
    };
    let national = run.starts_with(['0', '\u{660}'])
        && groups.len() >= 3
        && (9..=11).contains(&total)
        && groups[1..groups.len() - 1].iter().all(|count| matches!(count, 2 | 3));
    national || joined() && !is_behind(&NUMBERED) || (6..=15).contains(&total) && !date && !thousands && announced()
}

//! Addresses of houses: a number before a street, as French and English write them, or `n°` behind one.

use comity_document::pointer::Span;

use super::Traits;

/// Words that stand before the name of a street.
const BEFORE: [&str; 10] = ["rue", "avenue", "av.", "boulevard", "bd", "blvd", "impasse", "allée", "chemin", "شارع"];
/// Words that stand behind it.
const BEHIND: [&str; 8] = ["street", "st.", "road", "rd.", "avenue", "ave.", "lane", "boulevard"];
const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// The first address in a text.
pub(super) fn find(text: &str, traits: &Traits) -> Option<Span> {
    if traits.digits == 0 || !traits.spaced {
        return None;
    }
    let marked = text.contains(['°', 'º']) || text.contains("رقم");
    let mut number: Option<(usize, usize)> = None;
    let mut street: Option<usize> = None;
    let mut named = false;
    for (index, word) in text.split_whitespace().enumerate() {
        let start = word.as_ptr().addr() - text.as_ptr().addr();
        let bare = word.trim_matches([',', ';', ':', '(', ')']);
        let end = start + word.trim_end_matches([',', ';', ':', ')', '.']).len();
        if is_house(bare) {
            // German puts it behind, and calls the street by one word.
            let german = text[..start].trim_end().rsplit(' ').next().filter(|word| is_german_street(word));
            if let Some(word) = german {
                return Some(Span::new(word.as_ptr().addr() - text.as_ptr().addr(), end));
            }
            (number, named) = (Some((index, start)), true);
        } else if let Some((at, from)) = number {
            let ends_here = word.len() > bare.len() || text.len() == end || text[end..].starts_with('.');
            match index - at {
                1 if matches!(bare, "bis" | "ter") => number = Some((at + 1, from)),
                1 if is_one_of(&BEFORE, bare) => return Some(Span::new(from, end)),
                2..=4 if named && ends_here && is_one_of(&BEHIND, bare) => return Some(Span::new(from, end)),
                _ => named &= bare.starts_with(char::is_uppercase) && !is_one_of(&MONTHS, bare),
            }
        }
        if marked {
            let house = bare.trim_start_matches(['n', 'N', '°', 'º']);
            let announced = bare.contains(['°', 'º']) && (house.is_empty() || is_house(house)) || bare == "رقم";
            if street.is_some_and(|street| index - street <= 6) && announced {
                let after = &text[start + word.len()..];
                let next = after.split_whitespace().next().filter(|next| house.is_empty() && is_house(next));
                let end = next.map_or(end, |next| next.as_ptr().addr() - text.as_ptr().addr() + next.len());
                return Some(Span::new(start, end));
            }
            street = if is_one_of(&BEFORE, bare) { Some(index) } else { street };
        }
    }
    None
}

/// One to four digits, perhaps a letter behind them, and no year.
fn is_house(word: &str) -> bool {
    let digits = word.strip_suffix(|c: char| c.is_ascii_lowercase()).unwrap_or(word);
    (1..=4).contains(&digits.len())
        && digits.parse::<u16>().is_ok_and(|number| number > 0 && !(1800..2200).contains(&number))
        && digits.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_german_street(word: &str) -> bool {
    word.len() > 8 && ["straße", "strasse"].iter().any(|end| word.ends_with(end))
}

fn is_one_of(words: &[&str], word: &str) -> bool {
    words.iter().any(|known| known.eq_ignore_ascii_case(word))
}

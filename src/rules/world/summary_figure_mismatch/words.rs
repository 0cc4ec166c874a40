//! Numbers in English prose, with what each counts.

use super::number::number;
use crate::query::figures::FigureRange;
use crate::value::{Code as _, Measure, is_month};

/// A number and the noun that it counts.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Mention<'t> {
    /// The number.
    pub(super) number: f64,
    /// The words from the number to the noun.
    pub(super) text: &'t str,
    /// The byte at which the words begin.
    pub(super) start: usize,
    /// Whether the number counts a whole: the noun follows at once, and no word beside says that it is a part.
    pub(super) is_whole: bool,
    noun: String,
    precision: Precision,
}

/// What the words before a number make of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Precision {
    Exact,
    AtLeast,
    AtMost,
    About,
}

impl Mention<'_> {
    /// Whether the noun is a word for what a measure counts.
    pub(super) fn may_count(&self, measure: Measure) -> bool {
        counts(measure, &self.noun)
    }

    /// Whether the number can be a number of a range.
    pub(super) fn agrees(&self, range: &FigureRange) -> bool {
        match self.precision {
            Precision::Exact => range.least <= self.number && self.number <= range.most,
            Precision::AtLeast => self.number <= range.most,
            Precision::AtMost => range.least <= self.number,
            Precision::About => range.least * 0.85 <= self.number && self.number <= range.most * 1.15,
        }
    }

    /// Whether a range excludes the number. A smaller number may count a part of the whole.
    pub(super) fn is_denied_by(&self, range: &FigureRange) -> bool {
        !self.agrees(range) && (self.number > range.most || self.is_whole)
    }
}

/// The nouns for what a measure counts, with a space between two. Nouns for a part, such as the doctors of a hospital's
/// staff, are left out.
fn nouns(measure: Measure) -> &'static str {
    match measure {
        Measure::Participants => {
            "participant participants people persons delegates attendees soldiers troops personnel"
        }
        Measure::Trainees => "trainees students officers participants people persons soldiers personnel cadets",
        Measure::Instructors => "instructors trainers teachers",
        Measure::TroopsDeployed | Measure::TroopsRotated => "troops soldiers men people personnel servicemen",
        Measure::Patients => "patients",
        Measure::Countries => "countries nations states",
        Measure::Members => "members",
        Measure::Ships => "ship ships vessels warships",
        Measure::Aircraft => "aircraft planes",
        Measure::Sorties => "sorties",
        Measure::MissilesDestroyed => "missiles",
        Measure::MunitionsDestroyed => "munitions rounds mines shells",
        Measure::WeaponsDestroyed => "weapons",
        Measure::Projects => "projects",
        // A noun alone does not say that ships were boarded, or what was built; money and days are no things that are
        // counted.
        Measure::MedicalStaff
        | Measure::Facilities
        | Measure::ShipsMonitored
        | Measure::ShipsBoarded
        | Measure::ShipsEscorted
        | Measure::ShipDays
        | Measure::Activities
        | Measure::Budget
        | Measure::Pledged
        | Measure::Spent
        | Measure::DurationPlanned
        | Measure::TargetShare => "",
    }
}

/// Whether a noun is a word for what a measure counts.
fn counts(measure: Measure, noun: &str) -> bool {
    nouns(measure).split(' ').any(|one| one == noun && !noun.is_empty())
}

/// Words between a number and a noun after which the noun is no longer what the number counts.
const BREAKS: [&str; 24] = [
    "a", "an", "and", "are", "as", "at", "by", "for", "from", "had", "has", "have", "in", "is", "of", "on", "or",
    "than", "that", "the", "to", "was", "were", "with",
];

/// Words before a year.
const BEFORE_YEARS: [&str; 14] =
    ["and", "by", "during", "early", "for", "from", "in", "late", "of", "since", "spring", "summer", "to", "until"];

/// A word with the byte at which it begins.
type Word<'t> = (usize, &'t str);

/// Every number of a text that counts something, in digits or in words; no year, date, ordinal or share.
pub(super) fn mentions(text: &str) -> Vec<Mention<'_>> {
    let words: Vec<Word<'_>> = text
        .split(char::is_whitespace)
        .filter(|word| !word.is_empty())
        .map(|word| (word.as_ptr().addr() - text.as_ptr().addr(), word))
        .collect();
    let (mut found, mut index) = (Vec::new(), 0);
    while index < words.len() {
        let Some((number, length)) = number(words[index..].iter().map(|(_, word)| *word)) else {
            index += 1;
            continue;
        };
        found.extend(mention(text, &words, (index, length), number));
        index += length;
    }
    found
}

/// The number that stands at `index` and has so many words, with its noun.
fn mention<'t>(text: &'t str, words: &[Word<'t>], (index, length): (usize, usize), number: f64) -> Option<Mention<'t>> {
    let (start, word) = words[index];
    let before = |back: usize| index.checked_sub(back).map_or("", |at| bare(words[at].1));
    let is_year = word.len() == 4 && (1900.0..=2100.0).contains(&number);
    if is_year && BEFORE_YEARS.contains(&before(1).to_lowercase().as_str()) {
        return None;
    }
    let behind = &words[index + length..];
    let (noun, steps) = noun(behind)?;
    let (last, after) = (behind[steps - 1], behind.get(steps).map_or("", |word| word.1));
    let end = last.0 + last.1.find(bare(last.1)).unwrap_or(0) + bare(last.1).len();
    // `Three of the seven ships`: the figure is the part.
    if before(2).eq_ignore_ascii_case("of") {
        return None;
    }
    let is_part = before(1).eq_ignore_ascii_case("the");
    let is_split = matches!(after, "of" | "from" | "each");
    let precision = precision(&before(2).to_lowercase(), &before(1).to_lowercase());
    Some(Mention {
        number,
        text: &text[start..end],
        start,
        is_whole: steps == 1 && !is_part && !is_split,
        noun,
        precision,
    })
}

/// The noun that one of the next two words is, and whether that is the first or the second.
fn noun(behind: &[Word<'_>]) -> Option<(String, usize)> {
    let is_noun = |word: &str| Measure::ALL.iter().any(|measure| counts(*measure, word));
    for (steps, (_, next)) in (1..=2).zip(behind) {
        let lower = bare(next).to_lowercase();
        if is_noun(&lower) {
            return Some((lower, steps));
        }
        // A word that ends a clause ends what the number counts.
        if BREAKS.contains(&lower.as_str()) || is_month(&lower) || bare(next) != *next {
            return None;
        }
    }
    None
}

fn precision(second: &str, first: &str) -> Precision {
    match (second, first) {
        (_, "over" | "above") | ("more", "than") | ("at", "least") => Precision::AtLeast,
        (_, "under" | "below") | ("less" | "fewer", "than") | ("up", "to") | ("at", "most") => Precision::AtMost,
        (_, "about" | "around" | "some" | "nearly" | "almost" | "roughly" | "approximately") => Precision::About,
        _ => Precision::Exact,
    }
}

/// A word without the marks around it.
fn bare(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_count_the_noun_behind_them() {
        for (text, expected) in [
            ("They trained 40 officers in Rabat.", vec![(40.0, "40 officers", true)]),
            (
                "Over 1,200 troops and three ships took part.",
                vec![(1200.0, "1,200 troops", true), (3.0, "three ships", true)],
            ),
            ("Two hundred soldiers came.", vec![(200.0, "Two hundred soldiers", true)]),
            ("Two hundred and fifty soldiers came.", vec![(250.0, "Two hundred and fifty soldiers", true)]),
            ("Forty Moroccan officers came.", vec![(40.0, "Forty Moroccan officers", false)]),
            ("Three of the seven ships came.", vec![]),
            ("40 officers of the guard came.", vec![(40.0, "40 officers", false)]),
            ("(12 countries)", vec![]),
            (
                "12 countries, 3rd course, 5+5 countries, C-130 aircraft, 50% of ships",
                vec![(12.0, "12 countries", true)],
            ),
            (
                "Since 2009 countries of the Dialogue meet. In 2009 troops came. 2000 troops came.",
                vec![(2000.0, "2000 troops", true)],
            ),
            ("On 22 January officers met. 110 experts had worked for officers.", vec![]),
            ("40, officers", vec![]),
            ("", vec![]),
        ] {
            let found: Vec<_> = mentions(text).into_iter().map(|one| (one.number, one.text, one.is_whole)).collect();
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn words_before_a_number_widen_it() {
        let range = |least, most| FigureRange::new(Some(least), None, Some(most)).expect("a range");
        for (text, least, most, agrees) in [
            ("40 troops", 40.0, 40.0, true),
            ("40 troops", 41.0, 50.0, false),
            ("over 200 troops", 225.0, 225.0, true),
            ("more than 200 troops", 150.0, 150.0, false),
            ("up to 40 troops", 30.0, 30.0, true),
            ("about 40 troops", 42.0, 42.0, true),
            ("about 40 troops", 60.0, 60.0, false),
        ] {
            let found = mentions(text);
            assert_eq!(found[0].agrees(&range(least, most)), agrees, "{text}");
        }
    }
}

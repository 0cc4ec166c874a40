//! What tells two records apart though their names share nearly all words: the initials of a person, the order of two countries, a
//! word such as `military`.

use compact_str::CompactString;

use super::query::Query;
use super::words::{terms, words};
use crate::value::folded;

/// Whether a name may be that of another record than the one that is asked for. `left` are the terms of the name that were not
/// asked for.
pub(super) fn is_other(query: &Query, name: &str, left: &[&str], is_person: bool) -> bool {
    if is_person {
        has_other_initials(&query.terms, name, left) || countries(&query.terms).nth(1).is_some()
    } else {
        left.iter().any(|term| CONTRASTS.contains(term)) || is_turned_round(&query.terms, name)
    }
}

/// Words that tell one body from another with all other words in common.
const CONTRASTS: [&str; 12] = [
    "military",
    "militaire",
    "militar",
    "عسكري",
    "عسكريه",
    "civilian",
    "civil",
    "naval",
    "air",
    "parliamentary",
    "deputy",
    "youth",
];

/// Whether one side has an initial for which the other has neither the letter nor a name: `George H. W. Bush` and `George W. Bush`.
/// An initial may stand for a name.
fn has_other_initials(asked: &[CompactString], name: &str, left: &[&str]) -> bool {
    let has = |initial: &CompactString| words(&folded(name)).iter().any(|word| word == initial);
    let stands_for = |initial: &CompactString| left.iter().any(|name| name.starts_with(initial.as_str()));
    let mut asked_for = asked.iter().filter(|term| is_initial(term));
    asked_for.any(|initial| !stands_for(initial) && !has(initial)) || left.iter().any(|term| is_initial(term))
}

pub(super) fn is_initial(term: &str) -> bool {
    term.len() == 1 && term.starts_with(|c: char| c.is_ascii_lowercase())
}

/// Whether the countries of an embassy come in another order: the embassy of Egypt in France is not that of France in Egypt.
fn is_turned_round(asked: &[CompactString], name: &str) -> bool {
    if !is_mission(asked) || countries(asked).nth(1).is_none() {
        return false;
    }
    let own = terms(&words(&folded(name)));
    countries(&own).ne(countries(asked))
}

/// Whether a name is that of an embassy in the country of which the embassy is asked for: that of Hungary in Morocco is not the
/// embassy of Morocco.
pub(super) fn is_of_another_country(query: &Query, name: &str) -> bool {
    let mut asked = countries(&query.terms);
    let (Some(sender), None) = (asked.next(), asked.next()) else { return false };
    if query.says_where || !is_mission(&query.terms) {
        return false;
    }
    let own = terms(&words(&folded(name)));
    let mut own = countries(&own);
    let (first, second) = (own.next(), own.next());
    first.is_some_and(|first| first != sender) && second.is_some()
}

fn is_mission(terms: &[CompactString]) -> bool {
    terms.iter().any(|term| matches!(term.as_str(), "#embassy" | "#mission"))
}

fn countries(terms: &[CompactString]) -> impl Iterator<Item = &CompactString> {
    terms.iter().filter(|term| term.starts_with('@'))
}

#[cfg(test)]
mod tests {
    use super::{Query, is_of_another_country, is_other};

    #[test]
    fn an_embassy_belongs_to_the_country_that_sends_it() {
        let hungarian = "Embassy of Hungary in Morocco";
        for (asked, other) in [
            ("Ambassade du Maroc", true),
            ("Moroccan Embassy", true),
            ("morocco-embassy", true),
            ("Hungarian embassy", false),
            ("embassy in Morocco", false),
            ("Ambassade de Hongrie au Maroc", false),
            ("embassy", false),
            ("Morocco", false),
        ] {
            let query = Query::of(asked).expect("words");
            assert_eq!(is_of_another_country(&query, hungarian), other, "{asked}");
        }
    }

    #[test]
    fn one_word_or_the_order_of_two_countries_makes_another_record() {
        for (asked, name, left, is_person, other) in [
            ("egypt-embassy-in-france", "Embassy of France in Egypt", &[][..], false, true),
            ("Egyptian embassy in Paris, France", "Embassy of Egypt in France", &[], false, false),
            ("ambassade de France en Égypte", "Embassy of France in Egypt", &[], false, false),
            ("Spain and Portugal border", "Portugal-Spain border", &[], false, false),
            ("NATO International Staff", "NATO International Military Staff", &["military"], false, true),
            ("NATO Defense College", "NATO Defense College in Rome", &["rome"], false, false),
            ("George H. W. Bush", "George W. Bush", &[], true, true),
            ("George Bush", "George W. Bush", &["w"], true, true),
            ("George W. Bush", "George W. Bush", &[], true, false),
            ("J. Stoltenberg", "Jens Stoltenberg", &["jens"], true, false),
            ("Algeria and Morocco", "Mohammed VI of Morocco", &["mohammed", "vi"], true, true),
            ("King of Morocco", "Mohammed VI of Morocco", &["mohammed", "vi"], true, false),
        ] {
            let query = Query::of(asked).expect("words");
            assert_eq!(is_other(&query, name, left, is_person), other, "{asked}: {name}");
        }
    }
}

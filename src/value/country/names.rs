//! Countries by what they and their peoples are called, in English, French, Spanish and Arabic.

use std::sync::LazyLock;

use hashbrown::HashMap;

use super::Country;
use crate::value::StringFormat as _;
use crate::value::folded;

/// Names from Unicode CLDR, and what else people say. A line is a code and its names, with tabs between.
const TABLES: [&str; 2] = [include_str!("names.tsv"), include_str!("called.tsv")];

static CALLED: LazyLock<HashMap<String, Country>> = LazyLock::new(|| {
    let mut called = HashMap::new();
    for line in TABLES.iter().flat_map(|table| table.lines()).filter(|line| !line.starts_with('#')) {
        let mut cells = line.split('\t');
        let Some(country) = cells.next().and_then(|code| Country::parse(code).ok()) else { continue };
        for name in cells {
            let folded = folded(name);
            if let Some(stem) = arabic_stem(&folded) {
                called.entry(stem.to_owned()).or_insert(country);
            }
            called.entry(folded).or_insert(country);
        }
    }
    called
});

/// Every name, folded, with its country.
pub(crate) fn all() -> impl Iterator<Item = (&'static str, Country)> {
    let mut all: Vec<(&str, Country)> = CALLED.iter().map(|(name, country)| (name.as_str(), *country)).collect();
    all.sort_unstable();
    all.into_iter()
}

/// The country of that name, or of the people of that name. The name is [folded].
pub(crate) fn called(name: &str) -> Option<Country> {
    let known = |name: &str| CALLED.get(name).copied();
    let singular = || ["es", "s", "e"].into_iter().find_map(|ending| known(name.strip_suffix(ending)?));
    known(name).or_else(|| singular().filter(|_| name.len() > 4)).or_else(|| known(arabic_stem(name)?))
}

/// An Arabic word without article and ending: `مغرب` of `المغربية`, `تونس` of `تونسي`. None where little is left.
fn arabic_stem(word: &str) -> Option<&str> {
    if word.contains(' ') || !word.starts_with(|c: char| ('\u{620}'..='\u{64a}').contains(&c)) {
        return None;
    }
    let bare = word.strip_prefix("ال").unwrap_or(word);
    let stem = ["يه", "يا", "ي", "ا", "ه"].into_iter().find_map(|ending| bare.strip_suffix(ending)).unwrap_or(bare);
    // `مال` is the stem of Mali and of money.
    (stem.chars().count() >= 3 && stem != "مال").then_some(stem)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn countries_and_peoples_are_known_in_four_languages() {
        for (name, code) in [
            ("Morocco", "MA"),
            ("Moroccan", "MA"),
            ("moroccans", "MA"),
            ("Maroc", "MA"),
            ("marocaine", "MA"),
            ("marocaines", "MA"),
            ("Marruecos", "MA"),
            ("marroquíes", "MA"),
            ("المغرب", "MA"),
            ("المغربية", "MA"),
            ("مغربي", "MA"),
            ("Algérienne", "DZ"),
            ("algériens", "DZ"),
            ("الجزائرية", "DZ"),
            ("الجزائر", "DZ"),
            ("الموريتانية", "MR"),
            ("États-Unis", "US"),
            ("USA", "US"),
            ("الأمريكية", "US"),
            ("UK", "GB"),
            ("Royaume-Uni", "GB"),
            ("Pays-Bas", "NL"),
            ("Dutch", "NL"),
            ("Türkiye", "TR"),
            ("Turkey", "TR"),
            ("التركية", "TR"),
            ("الإيطالية", "IT"),
            ("الفرنسية", "FR"),
            ("Koweït", "KW"),
            ("الكويتية", "KW"),
            ("emirati", "AE"),
            ("الإماراتية", "AE"),
            ("Saudi", "SA"),
            ("السعودية", "SA"),
            ("Côte d’Ivoire", "CI"),
            ("tunecina", "TN"),
            ("Jordanie", "JO"),
            ("الأردنية", "JO"),
            ("Kosovo", "XK"),
            ("nigérien", "NE"),
            ("Nigerian", "NG"),
        ] {
            assert_eq!(
                called(&folded(name)).map(|country| country.as_ref().to_owned()).as_deref(),
                Some(code),
                "{name}"
            );
        }
        for name in ["nato", "marine", "المالية", "rabat", "ru", "", "s", "الخارجية", "mission"] {
            assert_eq!(called(&folded(name)), None, "{name}");
        }
        assert!(all().all(|(name, _)| !name.is_empty()));
    }
}

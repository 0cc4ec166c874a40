//! Countries by their capitals.

use std::sync::LazyLock;

use hashbrown::HashMap;

use super::Country;
use crate::value::{StringFormat as _, folded};

/// A line is a code and the names of the capital, with tabs between.
const TABLE: &str = include_str!("capitals.tsv");

static CAPITALS: LazyLock<HashMap<String, Country>> = LazyLock::new(|| {
    let mut capitals = HashMap::new();
    for line in TABLE.lines().filter(|line| !line.starts_with('#')) {
        let mut cells = line.split('\t');
        let Some(country) = cells.next().and_then(|code| Country::parse(code).ok()) else { continue };
        capitals.extend(cells.map(|name| (folded(name), country)));
    }
    capitals
});

/// The country whose capital has a name. The name is [folded].
pub(crate) fn with_capital(name: &str) -> Option<Country> {
    CAPITALS.get(name).copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::country_names;

    #[test]
    fn a_capital_is_that_of_one_country() {
        for (name, code) in
            [("Rabat", "MA"), ("tunis", "TN"), ("Le Caire", "EG"), ("أنقرة", "TR"), ("Washington, DC", "US")]
        {
            assert_eq!(with_capital(&folded(name)).map(|country| country.to_string()).as_deref(), Some(code), "{name}");
        }
        for name in ["", "MA", "Morocco", "Marrakesh"] {
            assert_eq!(with_capital(&folded(name)).map(|country| country.to_string()), None, "{name}");
        }
        let lines = TABLE.lines().filter(|line| !line.starts_with('#'));
        for (code, capital) in lines.flat_map(|line| line.split('\t').skip(1).map(|name| (&line[..2], folded(name)))) {
            assert_eq!(with_capital(&capital).map(|country| country.to_string()).as_deref(), Some(code), "{capital}");
            let called = country_names::called(&capital);
            assert!(called.is_none_or(|country| country.as_ref() == code), "{capital} is a country, too");
        }
    }
}

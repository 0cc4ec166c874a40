//! Completion of ids while one types: by any name of a record, in any language.

use std::rc::Rc;

use comity::kind::Kind;
use comity::query::names::NameIndex;
use comity::query::search::{SearchHit, search};
use comity::record::Record;
use comity::render::visible;
use inquire::autocompletion::Replacement;
use inquire::{Autocomplete, CustomUserError};

/// How many records are offered at a time.
const OFFERED: usize = 7;

/// Completes the ids of some kinds.
#[derive(Clone)]
pub(super) struct Completion<'a> {
    pub(super) names: Rc<NameIndex<'a>>,
    pub(super) kinds: &'static [Kind],
}

impl Completion<'_> {
    /// The id of a record as the field has it, with its name.
    fn offers(&self, input: &str) -> Vec<String> {
        let text = input.split(SIGN).next().unwrap_or_default().trim();
        if text.len() < 2 {
            return Vec::new();
        }
        let found = search(&self.names, text, self.kinds);
        let id = |key: &comity::Key| if self.kinds.len() == 1 { key.id.as_ref().to_owned() } else { key.to_string() };
        let named = found.iter().filter(|found| !found.in_prose);
        let title = |found: &SearchHit<'_>| {
            found.entry.record.as_deref().and_then(Record::title).unwrap_or(found.text).to_owned()
        };
        named.take(OFFERED).map(|found| format!("{}{SIGN}{}", id(found.key), visible(&title(found)))).collect()
    }
}

/// What stands between an id and its name. No name has it.
const SIGN: &str = "  –  ";

/// The text without the name that completion has put beside an id.
pub(super) fn bare(text: &str) -> &str {
    text.split(SIGN).next().unwrap_or_default().trim()
}

impl Autocomplete for Completion<'_> {
    fn get_suggestions(&mut self, input: &str) -> Result<Vec<String>, CustomUserError> {
        Ok(self.offers(input))
    }

    fn get_completion(&mut self, input: &str, chosen: Option<String>) -> Result<Replacement, CustomUserError> {
        let chosen = chosen.or_else(|| self.offers(input).into_iter().next());
        Ok(chosen.map(|offer| bare(&offer).to_owned()))
    }
}

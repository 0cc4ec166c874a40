//! Records that a text identifies without being their name: by the number of a catalogue, the code of a country, or the address
//! of a page.

use std::cell::OnceCell;

use hashbrown::HashMap;

use crate::dataset::Dataset;
use crate::kind::Kind;
use crate::query::time;
use crate::record::{ActorType, Body, PlaceType, Record};
use crate::value::{Country, Key, NonEmptyMap, StringFormat as _, Url, page};

/// A record with its name.
pub(crate) type Keyed<'a> = (&'a Key, &'a Record);
/// Records by what identifies them; `None` where several have it.
type ByText<'a> = HashMap<String, Option<Keyed<'a>>>;

/// The records of a dataset by what identifies them. Nothing is indexed before something is looked for, and then only the kinds
/// that are asked for.
#[derive(Debug)]
pub(crate) struct Identities<'a> {
    dataset: &'a Dataset,
    numbers: [OnceCell<ByText<'a>>; Kind::ALL.len()],
    countries: [OnceCell<ByText<'a>>; Kind::ALL.len()],
    pages: OnceCell<ByText<'a>>,
}

impl<'a> Identities<'a> {
    /// The identities of the records of a dataset.
    pub(crate) fn of(dataset: &'a Dataset) -> Self {
        Self { dataset, numbers: Default::default(), countries: Default::default(), pages: OnceCell::default() }
    }

    /// The only record of these kinds that a text identifies, and whether that is sure: the code of a country may be an
    /// abbreviation of something else. Withdrawn records are left out.
    pub(crate) fn find(&self, text: &str, kinds: &[Kind]) -> Option<(Keyed<'a>, bool)> {
        let text = text.trim();
        if Url::parse(text).is_ok() {
            let pages =
                kinds.contains(&Kind::Source).then(|| self.pages.get_or_init(|| self.index(Kind::Source, page_of)))?;
            return Some(((*pages.get(&*page(text))?)?, true));
        }
        if is_number(text) {
            let number = text.to_ascii_lowercase();
            let by_number = only(kinds, |kind| {
                self.numbers[kind as usize].get_or_init(|| self.index(kind, numbers_of)).get(&number).copied()
            });
            if let Some(record) = by_number {
                return Some((record, true));
            }
        }
        // Codes of two letters are the abbreviations of too much else.
        let country = Country::of_code(text).filter(|_| text.len() == 3 && is_capital(text))?;
        self.of_country(country, kinds).map(|record| (record, false))
    }

    /// The only record of these kinds that is the country with a code of two capital letters. The letters may be an abbreviation
    /// of something else, and names come first.
    pub(crate) fn of_short_code(&self, text: &str, kinds: &[Kind]) -> Option<Keyed<'a>> {
        self.of_country(Country::of_code(text).filter(|_| text.len() == 2 && is_capital(text))?, kinds)
    }

    /// The only record of these kinds that is a country.
    pub(crate) fn of_country(&self, country: Country, kinds: &[Kind]) -> Option<Keyed<'a>> {
        only(kinds, |kind| {
            self.countries[kind as usize].get_or_init(|| self.index(kind, country_of)).get(country.as_ref()).copied()
        })
    }

    fn index(&self, kind: Kind, texts: fn(&Record) -> Vec<String>) -> ByText<'a> {
        self.dataset.recall_all(|entry| entry.key.as_ref().is_some_and(|key| key.kind == kind));
        let mut index = ByText::new();
        for entry in self.dataset.entries() {
            let Some(key) = entry.key.as_ref().filter(|key| key.kind == kind) else { continue };
            let Some(record) = self.dataset.recall(entry).filter(|record| time::stands(record)) else { continue };
            for text in texts(record) {
                index.entry(text).and_modify(|known| *known = None).or_insert(Some((key, record)));
            }
        }
        index
    }
}

/// The record that is found in one kind alone.
fn only<'a>(kinds: &[Kind], find: impl Fn(Kind) -> Option<Option<Keyed<'a>>>) -> Option<Keyed<'a>> {
    let mut found = kinds.iter().filter_map(|kind| find(*kind));
    found.next().filter(|_| found.next().is_none()).flatten()
}

fn is_capital(code: &str) -> bool {
    code.bytes().all(|byte| byte.is_ascii_uppercase())
}

/// Whether a text may be the number of a catalogue: it has a digit or no small letter, and no space.
fn is_number(text: &str) -> bool {
    let is_no_word = || text.contains(|c: char| c.is_ascii_digit()) || !text.contains(char::is_lowercase);
    !text.is_empty() && !text.contains(char::is_whitespace) && is_no_word()
}

fn numbers_of(record: &Record) -> Vec<String> {
    let all = record.envelope.identifiers.iter().flat_map(NonEmptyMap::iter);
    all.map(|(_, number)| number.as_ref().to_ascii_lowercase()).collect()
}

/// The country that a state, or a place, is.
fn country_of(record: &Record) -> Vec<String> {
    let country = match &record.body {
        Body::Actor(actor) if actor.r#type == ActorType::State => actor.country.as_ref(),
        Body::Place(place) if place.r#type == PlaceType::Country => place.country.as_ref(),
        _ => None,
    };
    country.map(|country| country.as_ref().to_owned()).into_iter().collect()
}

fn page_of(record: &Record) -> Vec<String> {
    let Body::Source(source) = &record.body else { return Vec::new() };
    source.url.iter().map(|url| page(url.as_ref()).into_owned()).collect()
}

//! The record that a text identifies without being its name: the number of a catalogue, the code of a country, the address
//! of a page.

use crate::dataset::{Dataset, Entry};
use crate::kind::Kind;
use crate::query::time;
use crate::record::{ActorType, Body, PlaceType, Record};
use crate::value::{Country, Key, NonEmptyMap, StringFormat as _, Url, page};

/// The only record of these kinds that a text identifies, and whether that is sure: the code of a country may be an
/// abbreviation of something else. Withdrawn records are left out.
pub(crate) fn identified<'a>(dataset: &'a Dataset, text: &str, kinds: &[Kind]) -> Option<(&'a Key, &'a Record, bool)> {
    let text = text.trim();
    let identification = Identification::of(text)?;
    let may_be = |entry: &Entry| entry.key.as_ref().is_some_and(|key| identification.is_for(kinds, key.kind));
    dataset.recall_all(may_be);
    let entries = dataset.entries().iter().filter(|entry| may_be(entry));
    let records = entries.filter_map(|entry| Some((entry.key.as_ref()?, dataset.recall(entry)?)));
    let mut found = records.filter(|(_, record)| time::stands(record) && identification.is_of(record));
    let (key, record) = found.next().filter(|_| found.next().is_none())?;
    let is_sure = !matches!(identification, Identification::Code { country: Some(_), .. });
    Some((key, record, is_sure))
}

/// What a text may be.
enum Identification<'t> {
    /// The address of a page, as [`page`] writes it.
    Page(String),
    Code {
        text: &'t str,
        country: Option<Country>,
    },
}

impl<'t> Identification<'t> {
    /// Codes and numbers of catalogues have a digit or no small letter, and no space.
    fn of(text: &'t str) -> Option<Self> {
        if Url::parse(text).is_ok() {
            return Some(Self::Page(page(text).into_owned()));
        }
        let is_code = !text.is_empty()
            && !text.contains(char::is_whitespace)
            && (text.contains(|c: char| c.is_ascii_digit()) || !text.contains(char::is_lowercase));
        // Codes of two letters are the abbreviations of too much else.
        let country = Country::of_code(text).filter(|_| text.len() == 3);
        is_code.then_some(Self::Code { text, country })
    }

    fn is_for(&self, kinds: &[Kind], kind: Kind) -> bool {
        kinds.contains(&kind) && (kind == Kind::Source || !matches!(self, Self::Page(_)))
    }

    fn is_of(&self, record: &Record) -> bool {
        match (self, &record.body) {
            (Self::Page(wanted), Body::Source(source)) => {
                source.url.as_ref().is_some_and(|url| page(url.as_ref()) == **wanted)
            }
            (Self::Page(_), _) => false,
            (Self::Code { country: Some(country), .. }, Body::Actor(actor))
                if actor.r#type == ActorType::State && actor.country == Some(*country) =>
            {
                true
            }
            (Self::Code { country: Some(country), .. }, Body::Place(place))
                if place.r#type == PlaceType::Country && place.country == Some(*country) =>
            {
                true
            }
            (Self::Code { text, .. }, _) => {
                let mut all = record.envelope.identifiers.iter().flat_map(NonEmptyMap::iter);
                all.any(|(_, number)| number.as_ref().eq_ignore_ascii_case(text))
            }
        }
    }
}

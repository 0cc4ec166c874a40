//! Whether a record may be called exactly like a text, told from its names alone. Most texts that name nothing name nothing
//! anywhere, and to see that takes no index and keeps no record.

use std::collections::HashSet;

use compact_str::CompactString;
#[cfg(feature = "parallel")]
use rayon::prelude::*;

use super::index::{country_of, is_person};
use super::lexicon::{self, is_weak};
use super::names_of;
use super::query::{Query, joined};
use super::words::{terms, words};
use crate::dataset::{Dataset, Entry};
use crate::kind::Kind;
use crate::record::Record;
use crate::value::folded;

/// The texts, by their indices, each with the kinds in which a record may be called exactly so, but for the kind that
/// stands beside the text. Records of other kinds are not called so.
pub(super) fn likely(dataset: &Dataset, texts: &[(&str, Kind)]) -> HashSet<(usize, Kind)> {
    let wanted: Vec<(usize, Wanted)> =
        texts.iter().enumerate().filter_map(|(index, (text, own))| Some((index, Wanted::of(text, *own)?))).collect();
    let of_entry = |entry: &Entry| -> Vec<(usize, Kind)> {
        let Some(key) = &entry.key else { return Vec::new() };
        let wanted: Vec<_> = wanted.iter().filter(|(_, wanted)| wanted.own != key.kind).collect();
        if wanted.is_empty() {
            return Vec::new();
        }
        dataset.peek(entry, |record| {
            let names = record.into_iter().flat_map(names_of).map(|(_, text, _)| text);
            let names: Vec<String> = std::iter::once(key.id.as_ref()).chain(names).map(folded).collect();
            let may_be = wanted.iter().filter(|(_, wanted)| names.iter().any(|name| wanted.may_be(name, record)));
            may_be.map(|(index, _)| (*index, key.kind)).collect()
        })
    };
    #[cfg(feature = "parallel")]
    return dataset.entries().par_iter().flat_map_iter(of_entry).collect();
    #[cfg(not(feature = "parallel"))]
    dataset.entries().iter().flat_map(of_entry).collect()
}

/// A text, as what its namesakes must have.
struct Wanted {
    own: Kind,
    query: Query,
    /// A word that the letters of a namesake contain: one that no phrase stands for.
    telling: Option<CompactString>,
}

impl Wanted {
    fn of(text: &str, own: Kind) -> Option<Self> {
        let query = Query::of(text)?;
        let telling = strong(&query).find(|term| !lexicon::is_term(term)).cloned();
        Some(Self { own, query, telling })
    }

    /// Whether the name, which is [folded], has every term that distinguishes names, or is written with the same letters.
    fn may_be(&self, name: &str, record: Option<&Record>) -> bool {
        let letters = joined(name.to_owned());
        if self.telling.as_ref().is_some_and(|telling| !letters.contains(telling.as_str())) {
            return false;
        }
        let known = terms(&words(name));
        let is_implied = |term: &str| {
            term.strip_prefix('@').is_some_and(|country| is_person(record) || country_of(record) == Some(country))
        };
        letters == self.query.joined || strong(&self.query).all(|term| known.contains(term) || is_implied(term))
    }
}

/// The terms that distinguish names.
fn strong(query: &Query) -> impl Iterator<Item = &CompactString> {
    query.terms.iter().filter(|term| !is_weak(term))
}

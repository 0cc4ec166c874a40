//! Voices: who speaks in the sources of a record. Two texts of one voice are not independent of each other, although neither is
//! a copy of the other.

use std::collections::{BTreeMap, HashSet};

use super::names::names_of;
use super::provenance::{self, CitedSource};
use super::{sides, time};
use crate::dataset::Dataset;
use crate::record::{Actor, Record, Stance};
use crate::value::Ref;

/// The number of voices that report a record. The voice of a source is the side that issued it, or else the agency or the
/// publisher of its text; of a copy, that of the original. An agency or a publisher that bears the name of an issuer among the
/// sources is the voice of that issuer. 0 where a source cannot be read.
pub fn reporting(dataset: &Dataset, record: &Record) -> usize {
    let cited = provenance::cited(dataset, record).unwrap_or_default();
    let reporting = cited.iter().filter(|cited| cited.shows && cited.evidence.stance == Stance::Reports);
    let mut issuers: BTreeMap<&str, &Ref<Actor>> = BTreeMap::new();
    let mut texts: HashSet<String> = HashSet::new();
    for CitedSource { source, root, .. } in reporting {
        if let Some(issuer) = root.issuer.as_ref().or(source.issuer.as_ref()) {
            issuers.insert(issuer.as_ref(), issuer);
        } else {
            texts.insert(str::to_lowercase(root.relays.as_ref().unwrap_or(&root.publisher).as_ref()));
        }
    }
    let names: HashSet<String> = issuers.values().flat_map(|issuer| names(dataset, issuer)).collect();
    let sides: HashSet<String> = issuers.values().map(|issuer| side(dataset, record, issuer)).collect();
    sides.len() + texts.difference(&names).count()
}

/// The side of an issuer; the issuer itself where it may be on several.
fn side(dataset: &Dataset, record: &Record, issuer: &Ref<Actor>) -> String {
    let side = sides::of(dataset, issuer, &time::span(record, dataset.as_of)).and_then(|sides| sides.only());
    side.map_or_else(|| issuer.as_ref().to_owned(), |side| side.to_string())
}

/// How many bodies up the names of an issuer are looked for. The bound ends a circle, which `reference-cycle` reports.
const DEPTH: usize = 16;

/// The names of an issuer and of the bodies that it is a part of on its side, in lower case.
fn names(dataset: &Dataset, issuer: &Ref<Actor>) -> Vec<String> {
    let above = |(_, _, actor): &(_, _, &'_ Actor)| dataset.get(actor.part_of.as_ref()?);
    let bodies = std::iter::successors(dataset.get(issuer), above).take(DEPTH);
    bodies.flat_map(|(_, record, _)| names_of(record)).map(|(_, name, _)| name.to_lowercase()).collect()
}

//! Provenance: the sources of a record, and the sources that those were copied from.

use hashbrown::{HashMap, HashSet};

use super::shown::Shown;
use crate::dataset::{Dataset, Entry};
use crate::record::{Evidence, Record, Source};
use crate::value::{Bounds, Edtf, Ref};

/// One source of a record.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct CitedSource<'a> {
    /// What the source shows of the record.
    pub evidence: &'a Evidence,
    /// Whether the source shows anything of the record.
    pub shows: bool,
    /// The entry of the source.
    pub entry: &'a Entry,
    /// The source.
    pub source: &'a Source,
    /// The first source in the chain of copies that ends with this source; the source itself where it is no copy.
    pub root: &'a Source,
}

/// Every source of a record; `None` where a source, or a source that it was copied from, cannot be read.
pub fn cited<'a>(dataset: &'a Dataset, record: &'a Record) -> Option<Vec<CitedSource<'a>>> {
    let one = |(name, evidence): (&'a Ref<Source>, &'a Evidence)| {
        let (entry, _, source) = dataset.get(name)?;
        let (_, _, root) = dataset.get(root(dataset, name))?;
        let shows = Shown::of(record, evidence).is_any();
        Some(CitedSource { evidence, shows, entry, source, root })
    };
    record.evidence().map(one).collect()
}

/// The independent origins of a record's evidence, each once: the ids of sources that are no copies, and the names of
/// agencies and publishers of which only a relay is on record.
pub fn origins<'a>(dataset: &'a Dataset, record: &'a Record) -> Vec<&'a str> {
    origins_where(dataset, record, |_| true)
}

/// The [`origins`] of the evidence for which `keep` holds.
pub fn origins_where<'a>(dataset: &'a Dataset, record: &'a Record, keep: impl Fn(&Evidence) -> bool) -> Vec<&'a str> {
    let mut ids: Vec<&str> = Vec::new();
    let mut repeated: Vec<&str> = Vec::new();
    // A record may cite ten thousand sources, so each is looked up by hash and compared with at most `TEXTS` others.
    let mut known_ids: HashSet<&str> = HashSet::new();
    let mut known_texts: HashMap<String, Vec<Option<Bounds>>> = HashMap::new();
    for (name, _) in record.evidence().filter(|(_, evidence)| Shown::of(record, evidence).is_any() && keep(evidence)) {
        let root = root(dataset, name);
        let source = dataset.get(root).map(|(.., source)| source);
        match source.and_then(|source| Some((source, source.relays.as_ref()?.as_ref()))) {
            Some((source, relays)) => {
                let days = source.published.as_ref().map(Edtf::bounds);
                let texts = known_texts.entry(str::to_lowercase(relays)).or_default();
                if texts.len() < TEXTS && texts.iter().all(|of| are_apart(*of, days)) {
                    texts.push(days);
                    repeated.push(relays);
                }
            }
            None if known_ids.insert(root.as_ref()) => ids.push(root.as_ref()),
            None => {}
        }
    }
    ids.extend(repeated);
    ids
}

/// The days between two relays of one agency after which they are relays of different texts.
const APART: i32 = 31;
/// The most texts of one agency that count in one record.
const TEXTS: usize = 64;

fn are_apart(a: Option<Bounds>, b: Option<Bounds>) -> bool {
    let apart = |a: Bounds, b: Bounds| a.plus(APART).before(&b).is_definite();
    a.zip(b).is_some_and(|(a, b)| apart(a, b) || apart(b, a))
}

/// The source that a source was first copied from. The bound ends a circle of copies, which `reference-cycle` reports.
pub fn root<'a>(dataset: &'a Dataset, name: &'a Ref<Source>) -> &'a Ref<Source> {
    let origin = |name: &&'a Ref<Source>| dataset.get(name).and_then(|(.., source)| source.derived_from.as_ref());
    std::iter::successors(Some(name), origin).take(16).last().unwrap_or(name)
}

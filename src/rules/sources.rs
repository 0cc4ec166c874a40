//! The sources of a record, and what they go back to: what rules that weigh sources share. Nothing here reports.

use hashbrown::{HashMap, HashSet};

use super::Site;
use crate::dataset::{Dataset, Entry};
use crate::record::{Evidence, Record, Source, Stance};
use crate::value::{Bounds, Edtf, Ref};

/// One source of a record.
#[derive(Clone, Copy, Debug)]
pub(super) struct Told<'a> {
    /// What it shows.
    pub(super) evidence: &'a Evidence,
    /// Its entry.
    pub(super) entry: &'a Entry,
    /// The source.
    pub(super) source: &'a Source,
    /// What it was copied from first, where it is a copy; else itself.
    pub(super) root: &'a Source,
}

impl Told<'_> {
    /// Whether it shows anything: what only says otherwise, or denies, does not.
    pub(super) fn shows(&self) -> bool {
        shows(self.evidence)
    }
}

/// Every source of a record; none at all where one of them, or what it copies, cannot be read.
pub(super) fn told<'a>(site: &Site<'a>) -> Option<Vec<Told<'a>>> {
    let one = |(name, evidence): (&'a Ref<Source>, &'a Evidence)| {
        let (entry, _, source) = site.dataset.get(name)?;
        let (_, _, root) = site.dataset.get(root(site.dataset, name))?;
        Some(Told { evidence, entry, source, root })
    };
    site.record.evidence().map(one).collect()
}

/// What the sources of a record go back to, each once: the ids of sources that are no copies, and the names of agencies
/// and publishers of whom only what others repeat is on record.
pub(crate) fn origins<'a>(dataset: &'a Dataset, record: &'a Record) -> Vec<&'a str> {
    let mut ids: Vec<&str> = Vec::new();
    let mut repeated: Vec<&str> = Vec::new();
    // A record may cite ten thousand sources, so that each is looked up, and held against few.
    let mut known_ids: HashSet<&str> = HashSet::new();
    let mut known_texts: HashMap<String, Vec<Option<Bounds>>> = HashMap::new();
    for (name, _) in record.evidence().filter(|(_, evidence)| shows(evidence)) {
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

/// Days after which what an agency is quoted with is another text.
const APART: i32 = 31;
/// How many texts of one agency are told apart in one record.
const TEXTS: usize = 64;

fn are_apart(a: Option<Bounds>, b: Option<Bounds>) -> bool {
    let apart = |a: Bounds, b: Bounds| a.plus(APART).before(&b).is_definite();
    a.zip(b).is_some_and(|(a, b)| apart(a, b) || apart(b, a))
}

fn shows(evidence: &Evidence) -> bool {
    evidence.stance != Stance::Contradicts && (evidence.supports.is_some() || evidence.says.is_none())
}

/// The source that was there first. A circle is another rule's matter, and ends here.
fn root<'a>(dataset: &'a Dataset, name: &'a Ref<Source>) -> &'a Ref<Source> {
    let origin = |name: &&'a Ref<Source>| dataset.get(name).and_then(|(.., source)| source.derived_from.as_ref());
    std::iter::successors(Some(name), origin).take(16).last().unwrap_or(name)
}

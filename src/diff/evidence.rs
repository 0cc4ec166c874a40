//! The evidence behind one place of a record, and whether it changed.

use comity_document::pointer::Pointer;
use hashbrown::HashSet;
use serde_json::Value;

use crate::lint::PointerSet;
use crate::query::shown::Shown;
use crate::record::{Evidence, Record, Source, Stance};
use crate::value::{FieldPointer, NonEmptyMap, Ref};

/// The most sources that are listed behind one value.
const SOURCES: usize = 20;

/// What one source shows or says of one value.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct SourceEvidence<'a> {
    /// The id of the source.
    pub source: &'a str,
    /// How the source presents the value.
    pub stance: Stance,
    /// The value that the source has instead, where it differs.
    pub says: Option<&'a Value>,
    /// The place in the source.
    pub locator: Option<&'a str>,
    /// The words of the source.
    pub quote: Option<&'a str>,
}

/// The sources of a record with the places that each shows. Made once for a record, whose facts may be thousands.
pub(super) struct Behind<'a> {
    sources: Vec<ShownPlaces<'a>>,
}

struct ShownPlaces<'a> {
    source: &'a str,
    evidence: &'a Evidence,
    /// The places that the source shows; `None` where the only source shows everything.
    shown: Option<PointerSet<'a>>,
    /// The places for which the source has another value.
    said: PointerSet<'a>,
}

impl<'a> Behind<'a> {
    pub(super) fn of(record: &'a Record) -> Self {
        let one = |(source, evidence): (&'a Ref<Source>, &'a Evidence)| {
            let about = Shown::about(record, evidence);
            let is_all = matches!(about, Shown::AllBut(_));
            ShownPlaces {
                source: source.as_ref(),
                evidence,
                shown: (!is_all).then(|| about.places().map(AsRef::as_ref).collect()),
                said: evidence.says.iter().flat_map(NonEmptyMap::keys).map(AsRef::as_ref).collect(),
            }
        };
        Self { sources: record.evidence().map(one).collect() }
    }

    /// The sources that show a value, its whole or a part of it, and those that have another value for the place; the first
    /// [`SOURCES`] of them.
    pub(super) fn value(&self, at: &Pointer) -> Vec<SourceEvidence<'a>> {
        let near = |places: &PointerSet<'_>| places.touch(at.as_str());
        let one = |cited: &ShownPlaces<'a>| {
            let has_other = near(&cited.said);
            let shows = cited.shown.as_ref().map_or(!has_other, near);
            let evidence = cited.evidence;
            let is_near = |place: &Pointer| place.covers(at) || at.covers(place);
            let mut said = evidence.says.iter().filter(|_| has_other).flat_map(NonEmptyMap::iter);
            (shows || has_other).then(|| SourceEvidence {
                source: cited.source,
                stance: evidence.stance,
                says: said.find(|(place, _)| is_near(place.pointer())).map(|(_, value)| value),
                locator: evidence.locator.as_ref().map(AsRef::as_ref),
                quote: evidence.quote.as_ref().map(AsRef::as_ref),
            })
        };
        self.sources.iter().filter_map(one).take(SOURCES).collect()
    }
}

/// The places of a record whose evidence differs between two states. Made once for a record, so that the cost does not
/// grow with the number of its facts.
pub(super) struct EvidenceChange<'a> {
    /// The places at which evidence, or a disagreement, was added, changed or removed.
    touched: PointerSet<'a>,
    /// Whether evidence changed that is behind every fact.
    everywhere: bool,
    /// The places that the earlier state has evidence for.
    shown: PointerSet<'a>,
    /// Whether the only source of the earlier state stands behind everything.
    all_shown: bool,
}

impl<'a> EvidenceChange<'a> {
    pub(super) fn between(before: &'a Record, after: &'a Record) -> Self {
        let mut touched = Touched { only: [before, after].iter().any(|record| is_alone(record)), ..Touched::default() };
        for (source, was) in before.evidence() {
            touched.source(Some(was), own(after, source));
        }
        for (_, is) in after.evidence().filter(|(source, _)| own(before, source).is_none()) {
            touched.source(None, Some(is));
        }
        touched.contested(before, after);
        touched.contested(after, before);
        let mut about = before.evidence().map(|(_, evidence)| Shown::about(before, evidence));
        let all_shown = about.any(|about| matches!(about, Shown::AllBut(_)));
        Self {
            touched: touched.places.into_iter().collect(),
            everywhere: touched.everywhere,
            shown: before.evidence().flat_map(|(_, evidence)| supports(evidence)).collect(),
            all_shown,
        }
    }

    /// Whether a fact had evidence and has the same evidence now.
    pub(super) fn is_the_same(&self, fact: &Pointer) -> bool {
        let near = |places: &PointerSet<'_>| places.touch(fact.as_str());
        !self.everywhere && (self.all_shown || near(&self.shown)) && !near(&self.touched)
    }
}

/// Places whose evidence differs, while they are collected.
#[derive(Default)]
struct Touched<'a> {
    places: Vec<&'a str>,
    everywhere: bool,
    /// Whether one of the two states has a single source, which may stand behind everything.
    only: bool,
}

impl<'a> Touched<'a> {
    /// Compares what one source shows in the two states.
    fn source(&mut self, was: Option<&'a Evidence>, is: Option<&'a Evidence>) {
        if was == is {
            return;
        }
        let both = was.zip(is).filter(|(was, is)| {
            (was.stance, &was.locator, &was.quote) == (is.stance, &is.locator, &is.quote)
                && was.supports.is_some() == is.supports.is_some()
        });
        let said = |evidence: &'a Evidence| evidence.says.iter().flat_map(NonEmptyMap::iter);
        for (evidence, other) in [(was, is), (is, was)] {
            let Some(evidence) = evidence else { continue };
            // Where the words of the source are the same, only the places count that one state has.
            let known: HashSet<&str> = other.filter(|_| both.is_some()).into_iter().flat_map(supports).collect();
            self.places.extend(supports(evidence).filter(|place| !known.contains(place)));
            let values = other.filter(|_| both.is_some()).and_then(|other| other.says.as_ref());
            let new =
                said(evidence).filter(|(place, value)| values.and_then(|values| values.get(*place)) != Some(*value));
            self.places.extend(new.map(|(place, _)| place.as_ref()));
            self.everywhere |= both.is_none() && evidence.supports.is_none() && (self.only || evidence.says.is_none());
        }
    }

    /// Adds the places at which `one` has a disagreement that `other` does not have.
    fn contested(&mut self, one: &'a Record, other: &Record) {
        let known = |place: &FieldPointer| other.envelope.contested.as_ref().and_then(|contested| contested.get(place));
        let all = one.envelope.contested.iter().flat_map(NonEmptyMap::iter);
        self.places
            .extend(all.filter(|(place, outcome)| known(place) != Some(*outcome)).map(|(place, _)| place.as_ref()));
    }
}

fn own<'a>(record: &'a Record, source: &Ref<Source>) -> Option<&'a Evidence> {
    record.envelope.evidence.as_ref().and_then(|evidence| evidence.get(source))
}

/// Whether a record has one source.
fn is_alone(record: &Record) -> bool {
    record.evidence().count() == 1
}

fn supports(evidence: &Evidence) -> impl Iterator<Item = &str> {
    evidence.supports.iter().flat_map(|supports| supports.iter()).map(AsRef::as_ref)
}

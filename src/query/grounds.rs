//! Grounds: how well it is known that something happened, from the sources that report it.

use super::provenance::{self, CitedSource};
use super::voices;
use crate::dataset::Dataset;
use crate::record::{Record, Source, SourceType, Stance};

/// How well a record is known. The classes exclude one another; the first class that fits holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Grounds {
    /// Two origins or more report the record, and two [voices] or more.
    Independent,
    /// One origin reports the record, or one voice in several texts.
    Single,
    /// Every source that reports the record is weak, as [`is_weak`] has it.
    Weak,
    /// No source reports the record; sources announce it, or it follows from what they say.
    Announced,
    /// No source shows the record, or its sources cannot be read.
    Unknown,
}

impl Grounds {
    /// Every class, from the best known to the least known.
    pub const ALL: [Self; 5] = [Self::Independent, Self::Single, Self::Weak, Self::Announced, Self::Unknown];

    /// The code of the class in files for programs.
    pub fn code(self) -> &'static str {
        match self {
            Self::Independent => "independent",
            Self::Single => "single",
            Self::Weak => "weak",
            Self::Announced => "announced",
            Self::Unknown => "unknown",
        }
    }

    /// What is said of the records of the class.
    pub fn definition(self) -> &'static str {
        match self {
            Self::Independent => "reported by two independent sources or more",
            Self::Single => "reported by one source, or by several of one side or publisher",
            Self::Weak => "reported by weak sources alone",
            Self::Announced => "only announced or implied",
            Self::Unknown => "no source shows it",
        }
    }

    /// The class of a record.
    pub fn of(dataset: &Dataset, record: &Record) -> Self {
        let Some(cited) = provenance::cited(dataset, record) else { return Self::Unknown };
        let shown: Vec<&CitedSource<'_>> = cited.iter().filter(|cited| cited.shows).collect();
        let reporting = || shown.iter().filter(|cited| cited.evidence.stance == Stance::Reports);
        if shown.is_empty() {
            Self::Unknown
        } else if reporting().next().is_none() {
            Self::Announced
        } else if reporting().all(|cited| is_weak(cited)) {
            Self::Weak
        } else if are_independent(dataset, record) {
            Self::Independent
        } else {
            Self::Single
        }
    }
}

/// Whether two texts that do not copy each other report the record, from two voices: two pages of one ministry are no more
/// independent of each other than two copies of one page.
fn are_independent(dataset: &Dataset, record: &Record) -> bool {
    let origins = provenance::origins_where(dataset, record, |evidence| evidence.stance == Stance::Reports);
    origins.len() >= 2 && voices::reporting(dataset, record) >= 2
}

/// Whether nobody answers for the text of a source: an encyclopaedia, or a copy, a blog, a post or a video that names no
/// origin. A copy is as good as its original.
pub fn is_weak(cited: &CitedSource<'_>) -> bool {
    is_weak_by_itself(cited.source) && is_weak_by_itself(cited.root)
}

/// Whether a source is weak unless the source that it copies is good.
pub fn is_weak_by_itself(source: &Source) -> bool {
    match source.r#type {
        // The origin of an encyclopaedia's text is another encyclopaedia.
        SourceType::Reference => true,
        SourceType::Mirror => source.relays.is_none(),
        SourceType::Blog | SourceType::Social | SourceType::Video => source.relays.is_none() && source.issuer.is_none(),
        _ => false,
    }
}

/// Whether an archived copy of a source that shows the record is on record.
pub fn is_archived(dataset: &Dataset, record: &Record) -> bool {
    let cited = provenance::cited(dataset, record);
    cited.iter().flatten().any(|cited| cited.shows && cited.source.archived.is_some())
}

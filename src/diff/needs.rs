//! What a change needs before it can be released. The need is computed from the change, never declared by its author.

use std::fmt;

use super::{ChangeStatus, FieldChange, RecordChange};
use crate::dataset::Dataset;
use crate::schema::Class;
use crate::value::{Day, Key};

/// What a change needs before it can be released.
#[derive(Debug)]
#[non_exhaustive]
pub struct ReleaseNeeds<'a> {
    /// What the next release does to those who use the data.
    pub effect: ReleaseEffect,
    /// The version of a release on that day. Releases of the data carry their day (`CalVer`).
    pub version: CalendarVersion,
    /// The ids that are gone and must come back as tombstones, each with the record to use instead, where one is known.
    pub tombstones: Vec<(&'a Key, Option<&'a Key>)>,
}

/// The version of a release of the data: its day, written `2026.01.15`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CalendarVersion(pub Day);

impl fmt::Display for CalendarVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.to_string().replace('-', "."))
    }
}

/// What a release does to those who use the data, from the least to the greatest effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum ReleaseEffect {
    /// No record differs.
    None,
    /// Names, summaries, codes or evidence differ, and no fact.
    Editorial,
    /// Records or facts are new.
    Addition,
    /// A fact that users may have relied on is another one, or a record is withdrawn.
    Correction,
    /// An id that users may have cited is gone.
    Break,
}

impl ReleaseEffect {
    /// The word for it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Editorial => "editorial",
            Self::Addition => "addition",
            Self::Correction => "correction",
            Self::Break => "break",
        }
    }

    /// What the effect means for a user of the data.
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::None => "no record differs, so no release is needed",
            Self::Editorial => "wording, codes or evidence differ, and no fact",
            Self::Addition => "records or facts are new, and every fact is as it was",
            Self::Correction => "a fact is another one, or a record is withdrawn",
            Self::Break => "an id that others may have cited is gone",
        }
    }
}

impl<'a> ReleaseNeeds<'a> {
    pub(super) fn of(records: &[RecordChange<'a>], head: &Dataset) -> Self {
        let is_gone = |key: &Key| head.find(key.into()).is_none();
        let tombstones: Vec<_> = records
            .iter()
            .filter_map(|change| match (change.status, change.renamed_from) {
                (ChangeStatus::Gone, _) => Some((change.key, None)),
                (_, Some(old)) if is_gone(old) => Some((old, Some(change.key))),
                _ => None,
            })
            .collect();
        let most = records.iter().map(effect).max().unwrap_or(ReleaseEffect::None);
        let effect = if tombstones.is_empty() { most } else { ReleaseEffect::Break };
        Self { effect, version: CalendarVersion(head.as_of), tombstones }
    }
}

/// The effect of one record, where no id is gone.
fn effect(change: &RecordChange<'_>) -> ReleaseEffect {
    let of_field = |field: &FieldChange<'_>| match (field.class, &field.before) {
        (Class::Fact, Some(_)) => ReleaseEffect::Correction,
        (Class::Fact, None) => ReleaseEffect::Addition,
        (Class::Coded | Class::Meta, _) => ReleaseEffect::Editorial,
    };
    match change.status {
        ChangeStatus::Added => ReleaseEffect::Addition,
        ChangeStatus::Changed if change.readable => {
            change.fields.iter().map(of_field).max().unwrap_or(ReleaseEffect::Editorial)
        }
        ChangeStatus::Changed | ChangeStatus::Retired | ChangeStatus::Renamed | ChangeStatus::Gone => {
            ReleaseEffect::Correction
        }
    }
}

//! What a change made of a record that a reference names and the dataset lacks: the record has another id now, or was removed.

use std::cell::OnceCell;

use crate::dataset::Dataset;
use crate::diff::Renames;
use crate::lint::Wanted;
use crate::record::Target;
use crate::value::Key;

/// What became of the records of an earlier state.
pub(super) struct Gone<'a> {
    /// The earlier state and the later one; `None` where there is only one.
    states: Option<(&'a Dataset, &'a Dataset)>,
    renames: OnceCell<Renames<'a>>,
}

/// What became of one record.
pub(super) enum Fate<'a> {
    /// Its content has another name.
    Renamed(&'a Key),
    /// Its content is gone, too.
    Removed,
}

impl<'a> Gone<'a> {
    pub(super) fn between(base: Option<&'a Dataset>, head: &'a Dataset) -> Self {
        Self { states: base.map(|base| (base, head)), renames: OnceCell::new() }
    }

    /// What became of the record that is wanted; `None` where the earlier state lacks it, too.
    pub(super) fn fate(&self, wanted: &Wanted) -> Option<Fate<'a>> {
        let (base, head) = self.states?;
        let target = Target { kind: wanted.kind?, id: &wanted.text };
        let before = base.find(target).filter(|_| head.find(target).is_none())?;
        let renames = self.renames.get_or_init(|| Renames::of(base, head));
        let now = renames.later(before.id).and_then(|after| after.key.as_ref());
        Some(now.map_or(Fate::Removed, Fate::Renamed))
    }
}

//! Records that were read, in order. Few records have findings, so findings are kept apart from entries.

use super::read::{Read, set_entry};
use crate::dataset::{Dataset, Entry, EntryId, File, Manifest};
use crate::lint::Finding;
use crate::value::Day;

/// Records that were read, in order, with what was found in them.
#[derive(Debug, Default)]
pub struct ReadList {
    pub(super) entries: Vec<Entry>,
    /// What was found in some records, each with the index of its entry, in order.
    pub(super) found: Vec<(usize, ReadFindings)>,
}

/// What was found in one record, as [`Read`] has it.
#[derive(Debug)]
pub(super) struct ReadFindings {
    pub(super) findings: Vec<Finding>,
    pub(super) alone: Vec<Finding>,
    pub(super) more: usize,
}

impl ReadList {
    /// Adds a record.
    pub fn push(&mut self, Read { entry, findings, alone, more }: Read) {
        if !findings.is_empty() || !alone.is_empty() {
            self.found.push((self.entries.len(), ReadFindings { findings, alone, more }));
        }
        self.entries.push(entry);
    }

    /// Adds the records of another list.
    pub fn append(&mut self, mut other: Self) {
        // An empty list takes a larger one as it is: there may be millions of entries.
        if self.entries.is_empty() && self.entries.capacity() <= other.entries.capacity() {
            *self = other;
            return;
        }
        let before = self.entries.len();
        self.found.extend(other.found.into_iter().map(|(index, found)| (before + index, found)));
        self.entries.append(&mut other.entries);
    }

    /// Makes room for `records` more records, if there is enough memory.
    pub fn reserve(&mut self, records: usize) {
        // A failure is no error: the list then grows step by step.
        let _ = self.entries.try_reserve_exact(records);
    }

    /// The records one by one.
    pub fn into_reads(self) -> impl Iterator<Item = Read> {
        let mut found = self.found.into_iter().peekable();
        self.entries.into_iter().enumerate().map(move |(index, entry)| {
            let (findings, alone, more) = match found.next_if(|(of, _)| *of == index) {
                Some((_, ReadFindings { findings, alone, more })) => (findings, alone, more),
                None => Default::default(),
            };
            Read { entry, findings, alone, more }
        })
    }

    /// The dataset of these records. `files` are the files that hold them, by number.
    pub fn into_dataset(mut self, as_of: Day, manifest: Manifest, files: Vec<File>) -> Dataset {
        // In place: with `into_reads`, millions of entries would be moved.
        let id = |index: usize| EntryId(u32::try_from(index).unwrap_or(u32::MAX));
        for (index, entry) in self.entries.iter_mut().enumerate() {
            entry.id = id(index);
        }
        let (mut findings, mut alone) = (Vec::new(), Vec::new());
        for (index, mut found) in self.found {
            set_entry(id(index), found.findings.iter_mut().chain(&mut found.alone));
            findings.extend(found.findings);
            alone.extend(found.alone);
        }
        Dataset::new(as_of, manifest, files, self.entries).with_findings(findings).with_alone(alone)
    }
}

impl FromIterator<Read> for ReadList {
    fn from_iter<I: IntoIterator<Item = Read>>(reads: I) -> Self {
        let (mut list, reads) = (Self::default(), reads.into_iter());
        list.reserve(reads.size_hint().0);
        reads.for_each(|read| list.push(read));
        list
    }
}

impl FromIterator<Self> for ReadList {
    /// The records of all lists. The memory of each list is freed once its records are moved: there may be millions.
    fn from_iter<I: IntoIterator<Item = Self>>(lists: I) -> Self {
        let lists: Vec<Self> = lists.into_iter().collect();
        let records: usize = lists.iter().map(|list| list.entries.len()).sum();
        let mut lists = lists.into_iter();
        let mut all = lists.next().unwrap_or_default();
        all.reserve(records - all.entries.len());
        lists.for_each(|list| all.append(list));
        all
    }
}

#[cfg(test)]
mod tests {
    use comity_document::input::Input;

    use super::super::{Detail, FileInput, Retention, read_each};
    use super::*;

    fn list(records: usize) -> ReadList {
        let file = File::new("data/a.ndjson", "a.ndjson");
        let inputs: Vec<FileInput<'_>> =
            (1..).take(records).map(|number| FileInput::new(&file, Input::part(0, number, 0, "bad"))).collect();
        read_each(Detail::Everything, Retention::Whole, &inputs).into_iter().collect()
    }

    #[test]
    fn a_large_list_is_taken_as_it_is() {
        let large = list(100);
        let place = large.entries.as_ptr();
        let mut all = ReadList::default();
        all.reserve(1);
        all.append(large);
        assert_eq!((all.entries.len(), all.entries.as_ptr()), (100, place));
    }

    #[test]
    fn what_was_found_stays_with_its_record() {
        let mut all = list(2);
        all.append(list(1));
        all.append([list(0), list(3)].into_iter().collect());
        let lines: Vec<(u32, usize)> =
            all.into_reads().map(|read| (read.entry.origin.line, read.findings.len())).collect();
        assert_eq!(lines, [(1, 1), (2, 1), (1, 1), (1, 1), (2, 1), (3, 1)]);
    }
}

//! The table of names: from a kind and an id to an entry.

use hashbrown::{HashTable, hash_table};

use super::{Entry, EntryId, LinkEnd, Summary};
use crate::parallel;
use crate::record::Target;

/// Entries by kind and id; of two with one name, the first.
#[derive(Debug)]
pub(super) struct Names {
    table: HashTable<EntryId>,
    /// The fingerprint of the name of each entry.
    prints: Vec<u64>,
}

impl Names {
    /// The table, and the entries whose name an earlier entry has, each with that entry.
    pub(super) fn of(entries: &[Entry]) -> (Self, Vec<(EntryId, EntryId)>) {
        let print = |entry: &Entry| entry.key.as_ref().map_or(0, |key| LinkEnd::of(key.into()).name());
        let prints = parallel::in_parts(entries.len(), &|part| entries[part].iter().map(print).collect());
        // A table with room for all entries never takes an entry twice.
        let mut table = HashTable::with_capacity(entries.len());
        let mut repeated = Vec::new();
        for entry in entries.iter().filter(|entry| entry.key.is_some()) {
            let own = prints[entry.id.index()];
            let place_of = |other: &EntryId| place(prints[other.index()]);
            let same = |other: &EntryId| prints[other.index()] == own && entries[other.index()].key == entry.key;
            match table.entry(place(own), same, place_of) {
                hash_table::Entry::Occupied(first) => repeated.push((entry.id, *first.get())),
                hash_table::Entry::Vacant(vacant) => {
                    vacant.insert(entry.id);
                }
            }
        }
        (Self { table, prints }, repeated)
    }

    pub(super) fn find<'a>(&self, target: Target<'_>, entries: &'a [Entry]) -> Option<&'a Entry> {
        let print = LinkEnd::of(target).name();
        let is = |id: &EntryId| {
            let key = entries[id.index()].key.as_ref();
            self.prints[id.index()] == print && key.is_some_and(|key| Target::from(key) == target)
        };
        self.table.find(place(print), is).map(|id| &entries[id.index()])
    }

    /// Looks up the references of a record.
    pub(super) fn resolve(&self, summary: &mut Summary) {
        let entry = |print: u64| self.table.find(place(print), |id| self.prints[id.index()] == print).copied();
        for link in &mut summary.links {
            let mut end = link.end();
            end.resolve(entry);
            link.set_end(end);
        }
    }
}

/// Where the table has a name. A fingerprint lacks its highest bits, by which the table tells entries apart.
fn place(print: u64) -> u64 {
    print.wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

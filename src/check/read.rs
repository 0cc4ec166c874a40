//! One text, read: parsed, decoded, and checked as far as that can be done without the other records.

use std::cell::RefCell;

use comity_document::document::{self, Arena, Node, Value};
use comity_document::input::{Input, Origin};

use crate::dataset::{Coverage, Entry, EntryId, File};
use crate::kind::Kind;
use crate::lint::{DocumentContext, FINDING_LIMIT, Finding, Findings, POINTER, Place, REPORT_LIMIT, TreeIndex};
use crate::record::Record;
use crate::rules::evidence::unsupported_fact;
use crate::rules::file::too_large;
use crate::rules::{self, InputError};
use crate::schema;
use crate::value::{Id, Key, StringFormat};

/// What one input gave. Its entry and its findings are numbered 0 until [`Read::number`].
#[derive(Debug)]
pub struct Read {
    /// The entry.
    pub entry: Entry,
    /// What was found while reading it.
    pub findings: Vec<Finding>,
    /// How many faults more there are: the last finding tells of them, where there are any.
    pub more: usize,
}

/// Whether records keep what they say to people alone, once the rules over one document have read it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProseRetention {
    /// They do: somebody will read them.
    Kept,
    /// They do not: they are only checked, and a third of their size is words.
    Dropped,
}

const HERE: EntryId = EntryId(0);

impl Read {
    /// Gives the entry its index in the dataset.
    #[must_use]
    pub fn number(mut self, id: EntryId) -> Self {
        self.entry.id = id;
        for finding in &mut self.findings {
            finding.entry = id;
            finding.related.iter_mut().for_each(|related| related.entry = id);
        }
        self
    }

    /// Drops what no rule over several records reads, unless it is wanted.
    #[must_use]
    pub fn keeping(mut self, wording: ProseRetention) -> Self {
        if wording == ProseRetention::Dropped {
            self.entry.record.iter_mut().for_each(|record| record.drop_prose());
        }
        self
    }

    fn new(origin: Origin, key: Option<Key>) -> Self {
        let entry = Entry { id: HERE, origin, key, record: None, coverage: Coverage::default(), skipped: None };
        Self { entry, findings: Vec::new(), more: 0 }
    }

    fn skip(mut self, reason: &'static str) -> Self {
        self.entry.skipped = Some(reason);
        self
    }

    /// Keeps the report readable: of thousands of findings in one record the first are told, and the rest counted. A
    /// record that was decoded may be excepted from some of them: those are counted once they are judged.
    fn limited(mut self) -> Self {
        let more = self.findings.len().saturating_sub(FINDING_LIMIT);
        if more > 0 && self.entry.record.is_none() {
            self.findings.truncate(FINDING_LIMIT);
            say_more(format!("{more} more faults in this record are not shown"), &mut self.findings);
            self.more = more;
        }
        self
    }
}

fn say_more(message: String, findings: &mut Vec<Finding>) {
    Findings::new(&too_large::RULE, findings).at(HERE, Place::File, message).help("mend these first, then check again");
}

/// The records of one file, one a line. Of thousands of lines that cannot be read the first are told of, and the rest
/// counted; a line that is no record and has no name is then not even kept, for a file may have millions of them.
#[derive(Debug, Default)]
pub struct Lines {
    /// As they came, so that millions of them are never copied.
    reads: Vec<Vec<Read>>,
    told: usize,
    more: usize,
}

impl Lines {
    /// How much is to be said of the lines that follow.
    pub fn say(&self) -> Detail {
        if self.told < FINDING_LIMIT { Detail::Everything } else { Detail::Little }
    }

    /// Adds what the next lines gave.
    pub fn extend(&mut self, mut reads: Vec<Read>) {
        reads.retain_mut(|read| {
            if read.entry.record.is_none() {
                let room = FINDING_LIMIT - self.told;
                self.more += usize::from(read.findings.len() > room || room == 0);
                read.findings.truncate(room);
                self.told += read.findings.len();
            }
            // No room for findings that are not told.
            read.findings.shrink_to_fit();
            read.entry.key.is_some() || !read.findings.is_empty()
        });
        // Nor for lines that are not kept.
        reads.shrink_to_fit();
        self.reads.push(reads);
    }

    /// All that is kept, and as one finding more how many lines are not told of.
    #[must_use]
    pub fn finish(mut self) -> Vec<Vec<Read>> {
        let is_told = |read: &&mut Read| read.entry.record.is_none() && !read.findings.is_empty();
        let last = self.reads.iter_mut().flatten().rfind(is_told);
        if let Some(read) = last.filter(|_| self.more > 0) {
            say_more(format!("the faults of {} more lines are not shown", self.more), &mut read.findings);
            read.more = self.more;
        }
        self.reads
    }
}

/// How many findings of records that cannot be read are kept of each of so many files: the fewer, the more files there
/// are, so that all of them together have a bound, and a file of bytes that are no records is no way to fill the memory.
pub fn share(files: usize) -> usize {
    const LEAST: usize = 10;
    (10 * REPORT_LIMIT / files.max(1)).clamp(LEAST, FINDING_LIMIT)
}

/// Keeps so many findings of those records of one file that cannot be read, and counts the rest.
pub fn keep_first(parts: &mut [Vec<Read>], most: usize) {
    let mut unread: Vec<&mut Read> = parts.iter_mut().flatten().filter(|read| read.entry.record.is_none()).collect();
    let all: usize = unread.iter().map(|read| read.findings.len() - usize::from(read.more > 0)).sum();
    if all <= most {
        return;
    }
    let (mut room, mut more) = (most, all - most);
    for read in &mut unread {
        if read.more > 0 {
            read.findings.pop();
            more += std::mem::take(&mut read.more);
        }
        read.findings.truncate(room);
        read.findings.shrink_to_fit();
        room -= read.findings.len();
    }
    if let Some(last) = unread.into_iter().rfind(|read| !read.findings.is_empty()) {
        say_more(format!("{more} more faults in this file are not shown"), &mut last.findings);
        last.more = more;
    }
    // A line that has no name, and of which nothing is told, is not even kept.
    let is_told = |read: &Read| read.entry.record.is_some() || read.entry.key.is_some() || !read.findings.is_empty();
    for part in parts {
        part.retain(is_told);
        part.shrink_to_fit();
    }
}

/// How much to say of a record that cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Detail {
    /// All that is wrong with it.
    Everything,
    /// Only that something is.
    Little,
}

/// A file, or a line of one, that cannot be looked at.
pub fn refuse(file: &File, origin: Origin, trouble: &InputError) -> Read {
    let mut read = Read::new(origin, key_of(file));
    rules::over_input_error(trouble, file, HERE, &mut read.findings);
    read.skip(trouble.reason())
}

/// One record: parsed, decoded, and checked as far as that can be done without the others.
pub fn read(file: &File, input: &Input<'_>) -> Read {
    read_and(Detail::Everything, file, input)
}

/// The same, of which less may be said.
pub fn read_and(say: Detail, file: &File, input: &Input<'_>) -> Read {
    ARENA.with_borrow_mut(|arena| {
        arena.clear();
        read_in(arena, say, file, input)
    })
}

thread_local! {
    /// Where the tree of one record lies after that of another.
    static ARENA: RefCell<Arena> = RefCell::default();
}

fn read_in(arena: &Arena, say: Detail, file: &File, input: &Input<'_>) -> Read {
    let document = document::parse(input.text, arena);
    let mut read = Read::new(input.origin, key_of(file));
    rules::over_faults(&document.faults, input.text, HERE, &mut read.findings);
    let Some(root) = &document.root else { return read.skip("not JSON").limited() };
    let Some(kind) = identify(say, file, root, &mut read) else { return read.skip("of no known kind").limited() };
    match Record::decode(kind, root) {
        Ok(record) => {
            debug_assert!(
                schema::admits(kind, root),
                "decoding admits what the schema refuses: {:?}",
                schema::violations(kind, root)
            );
            let faults = !document.faults.is_empty();
            let coverage = unsupported_fact::coverage(&record, root);
            let draft = DocumentContext {
                entry: HERE,
                file,
                text: input.text,
                faults,
                root,
                fields: TreeIndex::of(root),
                record: &record,
                coverage,
                writing: document.layout,
                ordered: false,
            };
            rules::over_document(draft, &mut read.findings);
            read.entry.coverage = coverage;
            read.entry.record = Some(Box::new(record));
        }
        Err(error) => {
            let before = read.findings.len();
            if say == Detail::Everything && !has_long_key(root) {
                rules::over_violations(kind, root, schema::violations(kind, root), HERE, &mut read.findings);
                debug_assert!(read.findings.len() > before, "decoding refuses what the schema admits: {error}");
            }
            if read.findings.len() == before {
                let place = if error.on_key { Place::Key(error.pointer()) } else { Place::Value(error.pointer()) };
                Findings::new(&rules::schema::malformed_value::RULE, &mut read.findings).at(HERE, place, error.message);
            }
        }
    }
    read.limited()
}

/// Whether a list or an object has a key so long that no place in it can be told: everything that is wrong there would
/// repeat the key, so that only the first fault of the record is told.
fn has_long_key(node: &Node<'_>) -> bool {
    let is_large = |value: &Node<'_>| matches!(value.value, Value::Object(_) | Value::Array(_));
    match &node.value {
        Value::Object(members) => members
            .iter()
            .any(|member| member.key.len() > POINTER && is_large(&member.value) || has_long_key(&member.value)),
        Value::Array(items) => items.iter().any(has_long_key),
        _ => false,
    }
}

/// The kind and the id of a record: from its path, else from its own fields.
fn identify(say: Detail, file: &File, root: &Node<'_>, read: &mut Read) -> Option<Kind> {
    let text = |field: &str| root.get(field).and_then(Node::as_str);
    let own_kind = text("kind").and_then(Kind::parse);
    if file.is_lines() {
        read.entry.key = own_kind.zip(text("id").and_then(|id| Id::parse(id).ok())).map(|(kind, id)| Key { kind, id });
        let is_hopeless = say == Detail::Little && own_kind.is_none();
        return if is_hopeless { None } else { rules::over_line(root, HERE, &mut read.findings) };
    }
    let Some(kind) = file.kind else {
        let trouble = InputError::Misplaced("this file lies in no folder of a kind");
        rules::over_input_error(&trouble, file, HERE, &mut read.findings);
        return None;
    };
    if let Some(own) = own_kind.filter(|own| *own != kind) {
        rules::over_kind(own, kind, HERE, &mut read.findings);
        return None;
    }
    if let Some(stem) = file.stem.as_deref() {
        let own = text("id").filter(|id| Id::parse(id).is_ok());
        rules::over_id(own, stem, kind, HERE, &mut read.findings);
    }
    Some(kind)
}

/// The name that a path gives.
fn key_of(file: &File) -> Option<Key> {
    let id = Id::parse(file.stem.as_deref()?).ok()?;
    file.kind.map(|kind| Key { kind, id })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_more_files_there_are_the_less_is_kept_of_each() {
        let file = File::new("data/a.ndjson", "a.ndjson");
        for (files, kept) in [(1, FINDING_LIMIT), (100, FINDING_LIMIT), (1_000, 100), (1_000_000, 10)] {
            let mut lines = Lines::default();
            let bad = (1..=1_500).map(|number| read_and(Detail::Everything, &file, &Input::part(0, number, 0, "bad")));
            lines.extend(bad.collect());
            let mut parts = lines.finish();
            keep_first(&mut parts, share(files));
            let found: Vec<&Finding> = parts.iter().flatten().flat_map(|read| &read.findings).collect();
            assert_eq!(found.len(), kept + 1, "{files}");
            let said = &found[kept].message;
            assert!(
                said.contains(&format!(" {} more ", 1_500 - kept))
                    || said.starts_with(&format!("{} more ", 1_500 - kept)),
                "{said}"
            );
        }
    }

    /// A file of a few mebibytes may have hundreds of thousands of them.
    #[test]
    fn of_lines_that_are_not_told_only_the_names_are_kept() {
        let file = File::new("data/a.ndjson", "a.ndjson");
        let mut lines = Lines::default();
        for number in 1..=2_000 {
            let input = Input::part(0, number, 0, r#"{"kind":"event","id":"abc"}"#);
            lines.extend(vec![read_and(lines.say(), &file, &input)]);
        }
        let reads: Vec<Read> = lines.finish().into_iter().flatten().collect();
        let told: usize = reads.iter().map(|read| read.findings.len()).sum();
        let room: usize = reads.iter().map(|read| read.findings.capacity()).sum();
        assert_eq!((reads.len(), told), (2_000, FINDING_LIMIT + 1));
        assert!(room < 2 * told, "room for {room} findings is kept, and {told} are told");
    }
}

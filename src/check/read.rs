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
                writing: document.writing,
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

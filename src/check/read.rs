//! Reads one text: parses it, decodes the record, and checks what can be checked without other records.

use std::cell::RefCell;

use comity_document::document::{self, Arena, Node, Value};
use comity_document::input::{Input, Origin};

use crate::dataset::{Coverage, Entry, EntryId, File};
use crate::kind::Kind;
use crate::lint::{DocumentContext, FINDING_LIMIT, Finding, Findings, POINTER, Place, TreeIndex};
use crate::policy;
use crate::record::Record;
use crate::rules::evidence::unsupported_fact;
use crate::rules::{self, InputError};
use crate::schema;
use crate::value::{Id, Key, StringFormat};

/// What one input gave. The entry and the findings have the index 0 until [`Read::number`] sets it.
#[derive(Debug)]
pub struct Read {
    /// The entry.
    pub entry: Entry,
    /// What was found while reading it.
    pub findings: Vec<Finding>,
    /// How many more faults there are. If there are any, the last finding gives their number.
    pub more: usize,
}

/// Whether records keep their prose once the rules over one record have read it. Prose is a third of the size of a
/// record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProseRetention {
    /// The records keep it.
    Kept,
    /// The records are only checked, and lose it.
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

    /// Drops prose, which rules over several records never read, unless it is to be kept.
    #[must_use]
    pub fn keeping(mut self, prose: ProseRetention) -> Self {
        if prose == ProseRetention::Dropped {
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

    /// Keeps the first findings of an undecoded record, and counts the rest. Findings of a decoded record are limited
    /// after its exceptions are applied.
    fn limited(mut self) -> Self {
        let more = self.findings.len().saturating_sub(FINDING_LIMIT);
        if more > 0 && self.entry.record.is_none() {
            self.findings.truncate(FINDING_LIMIT);
            push_remainder(format!("{more} more faults in this record are not shown"), &mut self.findings);
            self.more = more;
        }
        self
    }
}

/// Adds the finding that gives the number of findings that are not shown.
pub(super) fn push_remainder(message: String, findings: &mut Vec<Finding>) {
    findings.push(policy::remainder(HERE, message));
}

/// In how much detail a record that cannot be decoded is reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Detail {
    /// Every fault.
    Everything,
    /// One fault.
    Little,
}

/// Reports a file, or a line of a file, that cannot be read.
pub fn refuse(file: &File, origin: Origin, error: &InputError) -> Read {
    let mut read = Read::new(origin, key_of(file));
    rules::over_input_error(error, file, HERE, &mut read.findings);
    read.skip(error.reason())
}

/// Reads one record: parses and decodes the text, and checks what can be checked without other records.
pub fn read(file: &File, input: &Input<'_>) -> Read {
    read_and(Detail::Everything, file, input)
}

/// Like [`read`], in less detail where `detail` says so.
pub fn read_and(detail: Detail, file: &File, input: &Input<'_>) -> Read {
    ARENA.with_borrow_mut(|arena| {
        arena.clear();
        read_in(arena, detail, file, input)
    })
}

thread_local! {
    /// Holds the tree of one record after another.
    static ARENA: RefCell<Arena> = RefCell::default();
}

fn read_in(arena: &Arena, detail: Detail, file: &File, input: &Input<'_>) -> Read {
    let document = document::parse(input.text, arena);
    let mut read = Read::new(input.origin, key_of(file));
    rules::over_faults(&document.faults, input.text, HERE, &mut read.findings);
    let Some(root) = &document.root else { return read.skip("not JSON").limited() };
    let Some(kind) = identify(detail, file, root, &mut read) else { return read.skip("of no known kind").limited() };
    match Record::decode(kind, root) {
        Ok(record) => {
            debug_assert!(
                schema::admits(kind, root),
                "decoding admits what the schema refuses: {:?}",
                schema::violations(kind, root)
            );
            let faults = !document.faults.is_empty();
            let coverage = unsupported_fact::coverage(&record, root);
            let context = DocumentContext {
                entry: HERE,
                file,
                text: input.text,
                faults,
                root,
                fields: TreeIndex::of(root),
                record: &record,
                coverage,
                layout: document.layout,
                ordered: false,
            };
            rules::over_document(context, &mut read.findings);
            read.entry.coverage = coverage;
            read.entry.record = Some(Box::new(record));
        }
        Err(error) => {
            let before = read.findings.len();
            if detail == Detail::Everything && !has_long_key(root) {
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

/// Whether a key is so long that findings cannot name places below it. Every finding below it would repeat the key, so
/// only the first fault of such a record is reported.
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

/// The kind of a record, from its path or else from its own fields. Reports what is wrong with kind and id.
fn identify(detail: Detail, file: &File, root: &Node<'_>, read: &mut Read) -> Option<Kind> {
    let text = |field: &str| root.get(field).and_then(Node::as_str);
    let own_kind = text("kind").and_then(Kind::parse);
    if file.is_lines() {
        read.entry.key = own_kind.zip(text("id").and_then(|id| Id::parse(id).ok())).map(|(kind, id)| Key { kind, id });
        let is_hopeless = detail == Detail::Little && own_kind.is_none();
        return if is_hopeless { None } else { rules::over_line(root, HERE, &mut read.findings) };
    }
    let Some(kind) = file.kind else {
        let error = InputError::Misplaced("this file lies in no folder of a kind");
        rules::over_input_error(&error, file, HERE, &mut read.findings);
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

/// The key that a path gives: kind and id.
fn key_of(file: &File) -> Option<Key> {
    let id = Id::parse(file.stem.as_deref()?).ok()?;
    file.kind.map(|kind| Key { kind, id })
}

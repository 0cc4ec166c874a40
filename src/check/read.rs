//! What reading one text gives, and the decoding of a parsed text.

use std::collections::HashMap;

use comity_document::document::{Document, Node, Value};
use comity_document::input::Origin;
use comity_document::pointer::Span;

use crate::dataset::{Coverage, Entry, EntryId, File, Manifest};
use crate::kind::Kind;
use crate::lint::{FINDING_LIMIT, Finding, Findings, POINTER, Place, TreeIndex, Wanted};
use crate::policy::{self, Policy};
use crate::record::Record;
use crate::rules::{self, InputError, Scope};
use crate::schema;
use crate::value::{Day, Id, Key, StringFormat, nearest};

/// What one input gave. The entry and the findings have the index 0 until [`Read::number`] or [`ReadList::into_dataset`]
/// sets the index.
///
/// [`ReadList::into_dataset`]: super::ReadList::into_dataset
#[derive(Debug)]
pub struct Read {
    /// The entry.
    pub entry: Entry,
    /// What was found while reading it.
    pub findings: Vec<Finding>,
    /// What the rules over the record alone found, where the record is not kept.
    pub alone: Vec<Finding>,
    /// How many more faults there are. If there are any, the last finding gives their number.
    pub more: usize,
}

/// What is kept of a record once the rules over one record have seen it.
#[derive(Debug, Clone, Copy)]
pub enum Retention<'a> {
    /// The whole record.
    Whole,
    /// The record without its prose, which is a third of its size. Rules over several records never read prose.
    WithoutProse,
    /// A summary, for a dataset that is only checked, with these rules. A record about which the summaries leave a
    /// doubt is read again.
    Summary(&'a Checking),
}

/// With what a dataset is going to be checked.
#[derive(Debug)]
pub struct Checking {
    pub(super) as_of: Day,
    pub(super) manifest: Manifest,
    pub(super) scope: Scope,
}

impl Checking {
    /// A check as of a day with a policy; `None` where one of its rules needs whole records.
    pub fn of(as_of: Day, manifest: &Manifest, policy: &Policy) -> Option<Self> {
        let scope = policy.scope();
        (!scope.needs_records()).then(|| Self { as_of, manifest: manifest.clone(), scope })
    }
}

pub(super) const HERE: EntryId = EntryId(0);

/// Up to how many faults of an undecoded record its references are looked at, too.
const FEW_FAULTS: usize = 20;

impl Read {
    /// Gives the entry its index in the dataset.
    #[must_use]
    pub fn number(mut self, id: EntryId) -> Self {
        self.entry.id = id;
        set_entry(id, self.findings.iter_mut().chain(&mut self.alone));
        self
    }

    /// A file, before anything is known of its text.
    pub(super) fn of_file(file: &File, origin: Origin) -> Self {
        let key = key_of(file);
        let (coverage, skipped, references) = (Coverage::default(), None, Box::default());
        let entry = Entry { id: HERE, origin, key, record: None, summary: None, coverage, skipped, references };
        Self { entry, findings: Vec::new(), alone: Vec::new(), more: 0 }
    }

    /// Keeps the first findings of an undecoded record, and counts the rest. Findings of a decoded record are limited
    /// after its exceptions are applied.
    pub(super) fn limited(mut self) -> Self {
        let more = self.findings.len().saturating_sub(FINDING_LIMIT);
        if more > 0 && !self.entry.is_decoded() {
            self.findings.truncate(FINDING_LIMIT);
            push_remainder(format!("{more} more faults in this record are not shown"), &mut self.findings);
            self.more = more;
        }
        self
    }
}

/// Sets the entry of findings in one record.
pub(super) fn set_entry<'a>(id: EntryId, findings: impl Iterator<Item = &'a mut Finding>) {
    for finding in findings {
        finding.entry = id;
        finding.related.iter_mut().for_each(|related| related.entry = id);
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
    let mut read = Read::of_file(file, origin);
    rules::over_input_error(error, file, HERE, &mut read.findings);
    read.entry.skipped = Some(error.reason());
    read
}

/// The record of a parsed text, if it can be decoded. Reports the faults of the text, and why it cannot be decoded.
pub(super) fn decode(
    detail: Detail,
    file: &File,
    text: &str,
    document: &Document<'_>,
    read: &mut Read,
) -> Option<Record> {
    rules::over_faults(&document.faults, text, HERE, &mut read.findings);
    let Some(root) = &document.root else {
        if file.is_lines() {
            read.entry.key = legible_key(text);
        }
        read.entry.skipped = Some("not JSON");
        return None;
    };
    let Some(kind) = identify(detail, file, root, read) else {
        read.entry.skipped = Some("of no known kind");
        return None;
    };
    let error = match Record::decode(kind, root) {
        Ok(record) => {
            debug_assert!(
                schema::admits(kind, root),
                "decoding admits what the schema refuses: {:?}",
                schema::violations(kind, root)
            );
            return Some(record);
        }
        Err(error) => error,
    };
    let out = &mut read.findings;
    if !file.is_lines()
        && (rules::over_likely_kind(root, kind, HERE, out) || rules::over_wrapped(root, kind, text, HERE, out))
    {
        // What belongs in the place of a literal is known once the record stands where it belongs.
        rules::drop_literals(&document.faults, out);
        return None;
    }
    let before = read.findings.len();
    if detail == Detail::Everything && !has_long_key(root) {
        rules::over_violations(kind, root, schema::violations(kind, root), HERE, &mut read.findings);
        debug_assert!(read.findings.len() > before, "decoding refuses what the schema admits: {error}");
        // Who has so many faults to mend is not helped by more.
        if read.findings.len() <= before + FEW_FAULTS {
            let reported = &read.findings[before..];
            let is_reported =
                |wanted: &Wanted| reported.iter().any(|found| found.place == Place::Key(wanted.at.clone()));
            let references = rules::reference::of_tree(kind, root).into_vec();
            read.entry.references = references.into_iter().filter(|wanted| !is_reported(wanted)).collect();
        }
    }
    if read.findings.len() == before {
        let place = if error.on_key { Place::Key(error.pointer()) } else { Place::Value(error.pointer()) };
        Findings::new(&rules::schema::malformed_value::RULE, &mut read.findings).at(HERE, place, error.message);
    }
    if !document.faults.is_empty() {
        let refused = refused(root, &read.findings);
        rules::settle_literals(&document.faults, |literal| refused.get(&literal).copied(), &mut read.findings);
    }
    None
}

/// Where the values stand of which something is said, with the first finding that says it.
fn refused(root: &Node<'_>, findings: &[Finding]) -> HashMap<Span, usize> {
    let tree = TreeIndex::of(root);
    let at = |found: &Finding| if let Place::Value(at) = &found.place { tree.at(at) } else { None };
    let places = findings.iter().enumerate().rev();
    places.filter_map(|(index, found)| Some((at(found)?.span, index))).collect()
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
        read.entry.key = text("kind").zip(text("id")).and_then(|(kind, id)| key_of_words(kind, id));
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
    rules::over_schema(root, kind, HERE, &mut read.findings);
    if let Some(stem) = file.stem.as_deref() {
        let own = text("id").filter(|id| Id::parse(id).is_ok());
        rules::over_id(own, stem, kind, HERE, &mut read.findings);
    }
    Some(kind)
}

/// The key of a line of which the rest cannot be read: what refers to the record is not wrong as well.
fn legible_key(text: &str) -> Option<Key> {
    let written = |field: &str| -> Option<&str> {
        let (_, rest) = text.split_once(&format!("\"{field}\""))?;
        rest.trim_start().strip_prefix(':')?.trim_start().strip_prefix('"')?.split('"').next()
    };
    key_of_words(written("kind")?, written("id")?)
}

/// The key that two words give. A misspelt kind is the one that it is most similar to.
fn key_of_words(kind: &str, id: &str) -> Option<Key> {
    let kind = Kind::parse(kind).or_else(|| Kind::parse(nearest(kind, Kind::ALL.map(Kind::name))?))?;
    Some(Key { kind, id: Id::parse(id).ok()? })
}

/// The key that a path gives: kind and id. Capitals, which no id has, are taken for small letters, so that what refers to the
/// record is not wrong as well.
fn key_of(file: &File) -> Option<Key> {
    let stem = file.stem.as_deref()?;
    let id = Id::parse(stem).or_else(|_| Id::parse(&stem.to_ascii_lowercase())).ok()?;
    file.kind.map(|kind| Key { kind, id })
}

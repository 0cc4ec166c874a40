//! From places to bytes, lines and columns; from changes to edits; then sorted. The only stage that needs texts again: it
//! asks for each once, and keeps what is quoted.

use std::collections::{BTreeMap, BTreeSet};

use comity_document::document::{self, Node, Part, Value};
use comity_document::input::{Places, Position, fingerprint};
use comity_document::pointer::{Pointer, Span};

use crate::dataset::{Coverage, Dataset, Entry};
use crate::finding::{Change, EntryId, Finding, Place};
use crate::fix::{Edit, Edits};
use crate::policy::{Judged, Policy, limited};
use crate::rule::{Rule, Severity};
use crate::value::Key;

/// Everything a renderer may know.
#[derive(Debug, Default)]
pub struct Report {
    /// What was found, sorted by path, place and rule.
    pub diagnostics: Vec<Diagnostic>,
    /// The texts that are quoted.
    pub excerpts: Vec<Excerpt>,
    /// What was checked, and what was not.
    pub summary: Summary,
}

/// The text of one record, to quote from.
#[derive(Debug)]
pub struct Excerpt {
    /// The file it stands in.
    pub path: String,
    /// The line of the file at which it begins.
    pub first_line: u32,
    /// The text.
    pub text: String,
}

/// A finding where a person sees it.
#[derive(Debug)]
pub struct Diagnostic {
    /// The rule.
    pub rule: &'static Rule,
    /// How much it matters.
    pub severity: Severity,
    /// The record, where its name is known.
    pub record: Option<Key>,
    /// What is wrong.
    pub message: String,
    /// What was expected or meant.
    pub help: Option<String>,
    /// Where.
    pub location: Location,
    /// Other places that explain it.
    pub related: Vec<(Location, String)>,
    /// How to mend it.
    pub fix: Option<Edits>,
}

/// A place in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Location {
    /// The file.
    pub path: String,
    /// The place in the record, where it has a pointer.
    pub pointer: Option<Pointer>,
    /// The bytes, and the excerpt they are bytes of; `None` for the file as a whole.
    pub quoted: Option<Quoted>,
}

/// Bytes of an excerpt, and where they stand in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quoted {
    /// Which excerpt.
    pub excerpt: usize,
    /// The bytes of it.
    pub span: Span,
    /// The first of them in the file.
    pub start: Position,
    /// One past the last of them in the file.
    pub end: Position,
}

/// What was checked, and what was not.
#[derive(Debug, Default, Clone)]
pub struct Summary {
    /// Files looked at.
    pub files: usize,
    /// Records decoded or not.
    pub records: usize,
    /// Kinds among them.
    pub kinds: usize,
    /// Rules that ran.
    pub rules: usize,
    /// Findings at level error.
    pub errors: usize,
    /// Findings at level warning.
    pub warnings: usize,
    /// Findings at level note.
    pub notes: usize,
    /// Findings the tool can mend, or has a suggestion for.
    pub fixable: usize,
    /// Files whose content was not checked to the end, and why.
    pub skipped: Vec<(String, &'static str)>,
    /// Rules that did not run.
    pub not_checked: Vec<&'static str>,
    /// Facts with and without evidence.
    pub coverage: Coverage,
}

impl Summary {
    /// Whether a merge is to be blocked.
    pub fn is_clean(&self) -> bool {
        self.errors == 0
    }
}

/// Which records a report speaks of.
pub type Selection<'a> = &'a dyn Fn(&Entry) -> bool;

/// Makes the report. `text` reads an entry's text again; where that fails, or gives another text than was checked, the
/// finding is told without its place.
pub fn locate(
    judged: Vec<Judged>,
    dataset: &Dataset,
    policy: &Policy,
    chosen: Selection<'_>,
    text: &dyn Fn(&Entry) -> Option<String>,
) -> Report {
    let judged: Vec<Judged> =
        judged.into_iter().filter(|judged| dataset.get_entry(judged.finding.entry).is_none_or(chosen)).collect();
    let judged = limited(judged, dataset, policy);
    let texts = Texts::of(&judged, dataset, text);
    let trees: Vec<_> = texts.excerpts.iter().map(|excerpt| document::parse(&excerpt.text).root).collect();
    let places: Vec<_> = texts.excerpts.iter().map(|excerpt| Places::of(&excerpt.text)).collect();
    let locator = Locator { dataset, texts: &texts, trees: &trees, places: &places };
    let mut diagnostics: Vec<Diagnostic> = judged.into_iter().map(|judged| locator.diagnostic(judged)).collect();
    diagnostics.sort_by(|a, b| a.order().cmp(&b.order()));
    let summary = summarise(&diagnostics, dataset, policy, chosen);
    drop((trees, places));
    Report { diagnostics, excerpts: texts.excerpts, summary }
}

fn summarise(diagnostics: &[Diagnostic], dataset: &Dataset, policy: &Policy, chosen: Selection<'_>) -> Summary {
    let entries: Vec<&Entry> = dataset.entries().iter().filter(|entry| chosen(entry)).collect();
    let count = |severity| diagnostics.iter().filter(|diagnostic| diagnostic.severity == severity).count();
    let mut files: Vec<u32> = entries.iter().map(|entry| entry.origin.file).collect();
    files.dedup();
    let kinds: BTreeSet<_> = entries.iter().filter_map(|entry| entry.key.as_ref().map(|key| key.kind)).collect();
    let off = policy.off();
    let mut coverage = Coverage::default();
    entries.iter().for_each(|entry| coverage += entry.coverage);
    Summary {
        files: files.len(),
        records: entries.len(),
        kinds: kinds.len(),
        rules: crate::rules::RULES.len() - off.len(),
        errors: count(Severity::Error),
        warnings: count(Severity::Warning),
        notes: count(Severity::Note),
        fixable: diagnostics.iter().filter(|diagnostic| diagnostic.fix.is_some()).count(),
        skipped: skipped(&entries, dataset),
        not_checked: off.iter().map(|rule| rule.code).collect(),
        coverage,
    }
}

/// Each file once a reason, however many of its lines there are.
fn skipped(entries: &[&Entry], dataset: &Dataset) -> Vec<(String, &'static str)> {
    let reason = |entry: &&Entry| entry.skipped.map(|reason| (dataset.file(entry).path.to_string(), reason));
    let all: BTreeSet<_> = entries.iter().filter_map(reason).collect();
    all.into_iter().collect()
}

impl Diagnostic {
    /// Total, so that two runs are byte-identical.
    fn order(&self) -> impl Ord + '_ {
        let offset = self.location.quoted.map(|quoted| (quoted.start.offset, quoted.end.offset));
        (&self.location.path, offset, self.rule.code, &self.location.pointer, &self.message)
    }
}

/// The texts of all records that findings name.
struct Texts {
    excerpts: Vec<Excerpt>,
    by_entry: BTreeMap<EntryId, usize>,
}

impl Texts {
    fn of(judged: &[Judged], dataset: &Dataset, text: &dyn Fn(&Entry) -> Option<String>) -> Self {
        let named = |finding: &Finding| {
            std::iter::once(finding.entry)
                .chain(finding.related.iter().map(|related| related.entry))
                .collect::<Vec<_>>()
        };
        let mut wanted: Vec<EntryId> = judged.iter().flat_map(|judged| named(&judged.finding)).collect();
        wanted.sort_unstable();
        wanted.dedup();
        let mut texts = Self { excerpts: Vec::new(), by_entry: BTreeMap::new() };
        for id in wanted {
            let Some(entry) = dataset.get_entry(id) else { continue };
            if let Some(text) = text(entry).filter(|text| fingerprint(text) == entry.origin.print) {
                texts.by_entry.insert(id, texts.excerpts.len());
                texts.excerpts.push(Excerpt {
                    path: dataset.file(entry).path.to_string(),
                    first_line: entry.origin.line,
                    text,
                });
            }
        }
        texts
    }
}

struct Locator<'a> {
    dataset: &'a Dataset,
    texts: &'a Texts,
    trees: &'a [Option<Node<'a>>],
    places: &'a [Places<'a>],
}

impl Locator<'_> {
    fn diagnostic(&self, judged: Judged) -> Diagnostic {
        let finding = judged.finding;
        let entry = self.dataset.get_entry(finding.entry);
        Diagnostic {
            rule: finding.rule,
            severity: judged.severity,
            record: entry.and_then(|entry| entry.key.clone()),
            location: self.location(finding.entry, &finding.place),
            related: finding
                .related
                .iter()
                .map(|related| (self.location(related.entry, &related.place), related.message.clone()))
                .collect(),
            fix: finding.fix.and_then(|fix| {
                let edits =
                    fix.changes.iter().map(|change| self.edit(finding.entry, change)).collect::<Option<Vec<_>>>()?;
                Some(Edits { what: fix.what, safe: fix.safe, edits })
            }),
            message: finding.message,
            help: finding.help,
        }
    }

    fn tree(&self, id: EntryId) -> Option<&Node<'_>> {
        self.trees.get(*self.texts.by_entry.get(&id)?)?.as_ref()
    }

    fn location(&self, id: EntryId, place: &Place) -> Location {
        let Some(entry) = self.dataset.get_entry(id) else {
            let path = if let Place::Gone(path) = place { path.to_string() } else { String::new() };
            return Location { path, pointer: None, quoted: None };
        };
        let quoted = self.texts.by_entry.get(&id).and_then(|&excerpt| {
            let text = &self.texts.excerpts[excerpt].text;
            let span = on_characters(text, self.span(id, place)?);
            let position = |byte| self.places[excerpt].position(&entry.origin, byte);
            Some(Quoted { excerpt, span, start: position(span.start), end: position(span.end) })
        });
        Location { path: self.dataset.file(entry).path.to_string(), pointer: place.pointer().cloned(), quoted }
    }

    fn span(&self, id: EntryId, place: &Place) -> Option<Span> {
        match place {
            Place::Gone(_) => None,
            // A line of a file is not the file: its beginning says which line is meant.
            Place::File => self.dataset.file(self.dataset.entry(id)).is_lines().then(|| Span::new(0, 0)),
            Place::Bytes(span) => Some(*span),
            Place::Key(pointer) => self.tree(id)?.locate(pointer, Part::Key),
            Place::Value(pointer) => self.tree(id)?.at(pointer).map(opening),
            Place::Within(pointer, within) => {
                let excerpt = &self.texts.excerpts[*self.texts.by_entry.get(&id)?];
                self.tree(id)?.at(pointer).map(|node| node.inside(*within, &excerpt.text))
            }
        }
    }

    fn edit(&self, id: EntryId, change: &Change) -> Option<Edit> {
        let (span, text) = match change {
            Change::Bytes { at, with } => (*at, with.clone()),
            Change::Rename { at, to } => {
                (self.tree(id)?.locate(at, Part::Key)?, serde_json::Value::from(to.as_str()).to_string())
            }
            Change::Replace { at, with } => (self.tree(id)?.at(at)?.span, with.to_string()),
            Change::Remove { at } => (removal(self.tree(id)?, at)?, String::new()),
        };
        let offset = self.dataset.get_entry(id)?.origin.offset;
        Some(Edit { start: offset + u64::from(span.start), end: offset + u64::from(span.end), text })
    }
}

/// A long value is shown by its opening bracket.
fn opening(node: &Node<'_>) -> Span {
    match node.value {
        Value::Array(_) | Value::Object(_) => Span { end: node.span.start + 1, ..node.span },
        _ => node.span,
    }
}

/// Widens a span to whole characters, and keeps it inside the text: what draws it insists on both.
fn on_characters(text: &str, span: Span) -> Span {
    let down =
        |byte: u32| (0..=(byte as usize).min(text.len())).rev().find(|byte| text.is_char_boundary(*byte)).unwrap_or(0);
    let start = down(span.start);
    let end = (span.end as usize..=text.len()).find(|byte| text.is_char_boundary(*byte)).unwrap_or(text.len());
    Span::new(start, end.max(start))
}

/// The bytes to take out for an entry to vanish, with the comma that goes with it. The last entry of a collection takes
/// the whole field, since an empty collection means nothing.
fn removal(tree: &Node<'_>, at: &Pointer) -> Option<Span> {
    let parent = at.parent()?;
    let last = at.tokens().last()?;
    // The entry, and its neighbours: a list may have thousands of entries that are to leave it.
    let (length, index, span): (usize, usize, &dyn Fn(usize) -> Span) = match &tree.at(&parent)?.value {
        Value::Object(members) => {
            let index = members.iter().position(|member| member.key == *last)?;
            (members.len(), index, &|i| Span { start: members[i].key_span.start, end: members[i].value.span.end })
        }
        Value::Array(items) => (items.len(), last.parse().ok().filter(|i| *i < items.len())?, &|i| items[i].span),
        _ => return None,
    };
    Some(match (length, index + 1 < length) {
        (1, _) => return removal(tree, &parent),
        (_, true) => Span { start: span(index).start, end: span(index + 1).start },
        (_, false) => Span { start: span(index - 1).end, end: span(index).end },
    })
}

#[cfg(test)]
mod tests {
    use comity_document::at;

    use super::*;

    fn without(text: &str, at: &Pointer) -> String {
        let document = document::parse(text);
        let span = removal(document.root.as_ref().expect("JSON"), at).expect("an entry");
        let mut out = text.to_owned();
        out.replace_range(span.range(), "");
        out
    }

    #[test]
    fn an_entry_leaves_with_its_comma_and_an_empty_collection_with_its_field() {
        let text = r#"{ "a": [1, 2, 3], "b": { "c": 1 }, "d": 0 }"#;
        assert_eq!(without(text, &at!["a", "1"]), r#"{ "a": [1, 3], "b": { "c": 1 }, "d": 0 }"#);
        assert_eq!(without(text, &at!["a", "2"]), r#"{ "a": [1, 2], "b": { "c": 1 }, "d": 0 }"#);
        assert_eq!(without(text, &at!["b", "c"]), r#"{ "a": [1, 2, 3], "d": 0 }"#);
        assert_eq!(without(text, &at!["d"]), r#"{ "a": [1, 2, 3], "b": { "c": 1 } }"#);
    }

    #[test]
    fn spans_are_made_to_lie_on_characters() {
        let text = "aé𝒳";
        for (start, end) in [(0, 2), (2, 3), (4, 99), (99, 100), (0, 0)] {
            let span = on_characters(text, Span { start, end });
            assert!(text.get(span.range()).is_some(), "{start}..{end} became {span:?}");
        }
    }
}

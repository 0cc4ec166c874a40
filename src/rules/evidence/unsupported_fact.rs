//! `unsupported-fact`: see the page beside this file.

use comity_document::document::{Node, Value};
use comity_document::pointer::{Pointer, push_token};
use compact_str::CompactString;

use crate::dataset::Coverage;
use crate::kind::Kind;
use crate::lint::{DocumentContext, Findings, Place, PointerSet, Rule};
use crate::record::Record;
use crate::rules::reference::dangling_pointer;
use crate::schema::{self, Class};
use crate::value::NonEmptyMap;

/// The rule.
pub static RULE: Rule = Rule::warning(
    "unsupported-fact",
    "a fact that no evidence points at",
    "nobody could tell from where it is known",
    include_str!("unsupported_fact.md"),
);

/// Every fact: a field of class `fact`, or each entry of one that is an object of entries.
pub fn check(draft: &DocumentContext<'_>, findings: &mut Findings<'_>) {
    // What a source shows is not known while one does not say it, or says it of a place that is not there.
    let several = draft.record.evidence().count() > 1;
    let silent = draft.record.evidence().any(|(_, evidence)| evidence.supports.is_none() && evidence.says.is_none());
    let all = draft.coverage.facts == draft.coverage.evidenced;
    if all || several && silent || !dangling_pointer::all_supported_are_there(draft) {
        return;
    }
    each_fact(draft.record, draft.root, &mut |fact, supported| {
        if let Some(fact) = Pointer::parse(fact).filter(|_| !supported) {
            let message = format!("no source is said to show `{fact}`");
            let name = fact.tokens().last().unwrap_or_default();
            let help = format!("add \"{fact}\" to the `supports` of the source that shows `{name}`");
            findings.at(draft.entry, Place::Key(fact.clone()), message).help(help);
        }
    });
}

/// How many facts a record states, and how many of them evidence points at.
pub fn coverage(record: &Record, root: &Node<'_>) -> Coverage {
    let mut coverage = Coverage::default();
    each_fact(record, root, &mut |_, supported| coverage += Coverage { facts: 1, evidenced: u32::from(supported) });
    coverage
}

/// Calls `visit` with the pointer of every fact, and whether evidence points at it.
fn each_fact(record: &Record, root: &Node<'_>, visit: &mut impl FnMut(&str, bool)) {
    let kind = record.kind();
    // What a catalogue vouches for needs no source of ours.
    let exempt = matches!(kind, Kind::Theme | Kind::Source) || record.envelope.evidence.is_none();
    if exempt {
        return;
    }
    let supported = Supported::of(record);
    let shape = schema::shape(kind);
    let mut next = 0;
    // One buffer for all pointers: a record has dozens of facts, and thousands of records have none that is wanting.
    let mut fact = CompactString::default();
    for member in root.members() {
        let field = shape.field_behind(&mut next, member.key).or_else(|| shape.field(member.key));
        // An identifier leads to the entry that shows it.
        if field.is_none_or(|field| field.class != Some(Class::Fact)) || member.key == "identifiers" {
            continue;
        }
        fact.clear();
        push_token(&mut fact, member.key);
        let Value::Object(entries) = &member.value.value else {
            let shown = supported.shows(&fact);
            visit(&fact, shown);
            continue;
        };
        let length = fact.len();
        for entry in *entries {
            fact.truncate(length);
            push_token(&mut fact, entry.key);
            let shown = supported.shows(&fact);
            visit(&fact, shown);
        }
    }
}

/// What evidence points at.
struct Supported<'a> {
    places: PointerSet<'a>,
    /// Of the only source, which shows everything else: the places at which it has another value.
    otherwise: Option<PointerSet<'a>>,
}

impl<'a> Supported<'a> {
    fn of(record: &'a Record) -> Self {
        let supports = record.evidence().filter_map(|(_, evidence)| evidence.supports.as_ref());
        let places = supports.flat_map(|supports| supports.iter()).map(AsRef::as_ref).collect();
        let mut all = record.evidence().map(|(_, evidence)| evidence);
        let only = all.next().filter(|only| only.supports.is_none() && all.next().is_none());
        let otherwise = only.map(|only| only.says.iter().flat_map(NonEmptyMap::keys).map(AsRef::as_ref).collect());
        Self { places, otherwise }
    }

    /// Whether evidence points at a fact, at what it is part of, or at a part of it.
    fn shows(&self, fact: &str) -> bool {
        self.places.cover(fact)
            || self.places.lie_below(fact)
            || self.otherwise.as_ref().is_some_and(|otherwise| !otherwise.cover(fact))
    }
}

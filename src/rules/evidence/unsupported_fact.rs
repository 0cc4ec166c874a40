//! `unsupported-fact`: see the page beside this file.

use comity_document::document::{Node, Value};
use comity_document::pointer::Pointer;

use crate::dataset::Coverage;
use crate::lint::{DocumentContext, Findings, Place, PointerSet, Rule};
use crate::query::claims;
use crate::query::shown::Shown;
use crate::record::Record;
use crate::rules::reference::dangling_pointer;

/// The rule.
pub static RULE: Rule = Rule::warning(
    "unsupported-fact",
    "a fact that no evidence points at",
    "nobody could tell from where it is known",
    include_str!("unsupported_fact.md"),
);

/// Reports every unsupported fact: a field of class `fact`, or each entry of a field that is a map.
pub fn check(context: &DocumentContext<'_>, findings: &mut Findings<'_>) {
    // While a source does not say what it supports, or names a place that is not there, support is not known.
    let several = context.record.evidence().count() > 1;
    let silent = context.record.evidence().any(|(_, evidence)| evidence.supports.is_none() && evidence.says.is_none());
    let all = context.coverage.facts == context.coverage.evidenced;
    if all || several && silent || !dangling_pointer::all_supported_are_there(context) {
        return;
    }
    each_fact(context.record, context.root, &mut |fact, supported| {
        if let Some(fact) = Pointer::parse(fact).filter(|_| !supported) {
            let message = format!("no source is said to show `{fact}`");
            let name = fact.tokens().last().unwrap_or_default();
            let help = format!("add \"{fact}\" to the `supports` of the source that shows `{name}`");
            findings.at(context.entry, Place::Key(fact.clone()), message).help(help);
        }
    });
}

/// How many facts a record states, and how many of them are supported.
pub fn coverage(record: &Record, root: &Node<'_>) -> Coverage {
    let mut coverage = Coverage::default();
    each_fact(record, root, &mut |_, supported| coverage += Coverage { facts: 1, evidenced: u32::from(supported) });
    coverage
}

/// Calls `visit` with the pointer of every fact, as [`claims::each_fact`] has it, and whether the fact is supported.
fn each_fact(record: &Record, root: &Node<'_>, visit: &mut impl FnMut(&str, bool)) {
    let mut supported = None;
    let fields = root.members().iter().map(|member| {
        let Value::Object(entries) = &member.value.value else { return (member.key, None) };
        (member.key, Some(entries.iter().map(|entry| entry.key)))
    });
    claims::each_fact(record, fields, &mut |fact| {
        visit(fact, supported.get_or_insert_with(|| Supported::of(record)).shows(fact));
    });
}

/// The places that the sources of a record show, each looked up in the time of one.
struct Supported<'a> {
    places: PointerSet<'a>,
    /// The exceptions of the only source, where it shows everything else.
    exceptions: Option<PointerSet<'a>>,
}

impl<'a> Supported<'a> {
    fn of(record: &'a Record) -> Self {
        let shown = || record.evidence().map(|(_, evidence)| Shown::of(record, evidence));
        let places = shown().flat_map(Shown::places).map(AsRef::as_ref).collect();
        let mut only = shown().filter(|shown| matches!(shown, Shown::AllBut(_)));
        let exceptions = only.next().map(|only| only.exceptions().map(AsRef::as_ref).collect());
        Self { places, exceptions }
    }

    /// Whether evidence supports a fact, something above it, or a part of it.
    fn shows(&self, fact: &str) -> bool {
        self.places.touch(fact) || self.exceptions.as_ref().is_some_and(|exceptions| !exceptions.cover(fact))
    }
}

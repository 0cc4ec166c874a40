//! `unsupported-fact`: see the page beside this file.

use comity_document::document::Value;
use comity_document::pointer::Pointer;

use super::places::Places;
use super::{Draft, dangling_pointer};
use crate::dataset::Coverage;
use crate::finding::{Findings, Place};
use crate::kind::Kind;
use crate::rule::Rule;
use crate::schema::{self, Class};
use crate::value::Keyed;

/// The rule.
pub static RULE: Rule = Rule::warning(
    "unsupported-fact",
    "a fact that no evidence points at",
    "nobody could tell from where it is known",
    include_str!("unsupported_fact.md"),
);

/// Every fact: a field of class `fact`, or each entry of one that is an object of entries.
pub fn check(draft: &Draft<'_>, findings: &mut Findings<'_>) {
    // What a source shows is not known while one does not say it, or says it of a place that is not there.
    let several = draft.record.evidence().count() > 1;
    let silent = draft.record.evidence().any(|(_, evidence)| evidence.supports.is_none() && evidence.says.is_none());
    if several && silent || !dangling_pointer::all_supported_are_there(draft) {
        return;
    }
    each_fact(draft, &mut |fact, supported| {
        if !supported {
            let name = fact.tokens().last().unwrap_or_default();
            findings
                .at(draft.entry, Place::Key(fact.clone()), format!("no source is said to show `{fact}`"))
                .help(format!("add \"{fact}\" to the `supports` of the source that shows `{name}`"));
        }
    });
}

/// How many facts a record states, and how many of them evidence points at.
pub fn coverage(draft: &Draft<'_>) -> Coverage {
    let mut coverage = Coverage::default();
    each_fact(draft, &mut |_, supported| coverage += Coverage { facts: 1, evidenced: u32::from(supported) });
    coverage
}

fn each_fact(draft: &Draft<'_>, visit: &mut impl FnMut(&Pointer, bool)) {
    let kind = draft.record.kind();
    // What a catalogue vouches for needs no source of ours.
    let exempt = matches!(kind, Kind::Theme | Kind::Source) || draft.record.envelope.evidence.is_none();
    if exempt {
        return;
    }
    let single = draft.record.evidence().count() == 1;
    // In order, so that each fact is one look-up: a record may have thousands of facts, and of places that support them.
    let mut supports = Places::default();
    let mut otherwise: Option<Places<'_>> = None;
    for (_, evidence) in draft.record.evidence() {
        match &evidence.supports {
            Some(places) => supports.extend(places.iter().map(AsRef::as_ref)),
            // The only source shows everything but what it has otherwise.
            None if single => otherwise = Some(evidence.says.iter().flat_map(Keyed::keys).map(AsRef::as_ref).collect()),
            None => {}
        }
    }
    let supported = |fact: &Pointer| {
        supports.cover(fact)
            || supports.lie_below(fact)
            || otherwise.as_ref().is_some_and(|otherwise| !otherwise.cover(fact))
    };
    let shape = schema::shape(kind);
    for member in draft.root.members() {
        let is_fact = shape.field(&member.key).is_some_and(|field| field.class == Some(Class::Fact));
        // An identifier leads to the entry that shows it.
        if !is_fact || member.key == "identifiers" {
            continue;
        }
        let field = Pointer::root().key(&member.key);
        match &member.value.value {
            Value::Object(entries) => entries.iter().for_each(|entry| {
                let fact = field.clone().key(&entry.key);
                visit(&fact, supported(&fact));
            }),
            _ => visit(&field, supported(&field)),
        }
    }
}

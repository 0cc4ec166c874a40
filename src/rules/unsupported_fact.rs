//! `unsupported-fact`: see the page beside this file.

use std::collections::BTreeSet;

use comity_document::document::Value;
use comity_document::pointer::Pointer;

use super::Draft;
use crate::dataset::Coverage;
use crate::finding::{Findings, Place};
use crate::kind::Kind;
use crate::rule::Rule;
use crate::schema::{self, Class};

/// The rule.
pub static RULE: Rule = Rule::warning(
    "unsupported-fact",
    "a fact that no evidence points at",
    "nobody could tell from where it is known",
    include_str!("unsupported_fact.md"),
);

/// Every fact: a field of class `fact`, or each entry of one that is an object of entries.
pub fn check(draft: &Draft<'_>, findings: &mut Findings<'_>) {
    each_fact(draft, &mut |fact, supported| {
        if !supported {
            let name = fact.tokens().last().unwrap_or_default();
            findings
                .at(draft.entry, Place::Key(fact.clone()), format!("no evidence points at `{fact}`"))
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
    // In order, so that each fact is one look-up: a record may have thousands of facts, and of places that support them.
    let mut supports: BTreeSet<&str> = BTreeSet::new();
    let mut everything = false;
    let single = draft.record.evidence().count() == 1;
    for (_, evidence) in draft.record.evidence() {
        supports.extend(evidence.supports.iter().flat_map(|supports| supports.iter()).map(AsRef::as_ref));
        everything |= single && evidence.supports.is_none() && evidence.says.is_none();
    }
    let supported = |fact: &Pointer| {
        let below = format!("{fact}/");
        let mut above = std::iter::successors(Some(fact.clone()), Pointer::parent);
        everything
            || above.any(|place| supports.contains(place.as_str()))
            || supports.range(below.as_str()..).next().is_some_and(|place| place.starts_with(&below))
    };
    let shape = schema::shape(kind);
    for member in draft.root.members() {
        let is_fact = shape.field(&member.key).is_some_and(|field| field.class == Some(Class::Fact));
        // A number in a catalogue is shown by the catalogue itself.
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

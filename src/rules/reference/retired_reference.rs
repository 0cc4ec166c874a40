//! `retired-reference`: see the page beside this file.

use comity_document::at;
use comity_document::pointer::Pointer;

use super::dangling_reference::names_its_kind;
use crate::dataset::Dataset;
use crate::lint::{Change, Findings, Fix, Fixable, Place, RecordContext, Rule, Screen, SummaryContext};
use crate::record::{Record, Reference, Target};
use crate::value::{AnyRef, FieldPointer, NonEmptyMap};

/// The rule.
pub static RULE: Rule = Rule::error(
    "retired-reference",
    "a reference to a record that was withdrawn",
    "whoever follows it learns only that the record is gone",
    include_str!("retired_reference.md"),
)
.fixed(Fixable::Safe);

/// Doubts a record that refers to a withdrawn one.
pub static SCREEN: Screen = Screen { alone: |_| false, doubts };

fn doubts(kept: &SummaryContext<'_>) -> bool {
    let is_withdrawn = |end| kept.dataset.summary_of(end).is_some_and(|target| target.retired);
    kept.summary.links.iter().any(|link| is_withdrawn(link.end()))
}

/// Checks every reference of a record; of a retired record, only the reference to its replacement.
pub fn check(context: &RecordContext<'_>, findings: &mut Findings<'_>) {
    let withdrawn = context.record.envelope.retired.is_some();
    context.references(&mut |reference, target| {
        let Some((entry, record)) = target.and_then(|entry| Some((entry, context.dataset.recall(entry)?))) else {
            return;
        };
        let Some(retired) = record.envelope.retired.as_ref().filter(|_| is_of_use(&reference, withdrawn)) else {
            return;
        };
        let place = Place::of(&reference.at, reference.on_key);
        let message = format!("the {} `{}` was withdrawn", reference.to.kind, reference.to.id);
        let finding = findings.at(context.entry.id, place, message);
        finding.related(entry.id, at!["retired", "reason"], "the reason");
        let Some(replaced_by) = &retired.replaced_by else {
            finding.help("nothing takes its place: refer to another record, or remove this");
            return;
        };
        let successor = last(context.dataset, replaced_by);
        let help = match refit(context, &reference, successor) {
            Ok(fix) => {
                finding.offer(fix);
                format!("`{}` takes its place", successor.as_ref())
            }
            Err(NoFix::Circle) => {
                "the withdrawn records replace one another in a circle: name one that stands here, and correct `replaced_by`"
                    .to_owned()
            }
            Err(NoFix::Because(reason)) => format!("`{}` takes its place, {reason}", successor.as_ref()),
        };
        finding.help(help);
    });
}

/// A tombstone stays as it was, but its replacement must exist.
fn is_of_use(reference: &Reference<'_>, withdrawn: bool) -> bool {
    !withdrawn || reference.at.field() == Some("retired")
}

/// The end of the chain of replacements.
fn last<'a>(dataset: &'a Dataset, first: &'a AnyRef) -> &'a AnyRef {
    let next = |reference: &AnyRef| -> Option<&'a AnyRef> {
        let (_, record) = dataset.record(reference.into())?;
        record.envelope.retired.as_ref()?.replaced_by.as_ref()
    };
    // Chains are short; the limit ends one that runs in a circle.
    std::iter::successors(Some(first), |reference| next(reference)).take(16).last().unwrap_or(first)
}

/// Why a person must choose the replacement.
enum NoFix {
    /// The withdrawn records name one another.
    Circle,
    /// What stands in the way of the record that takes the place.
    Because(&'static str),
}

/// The change that writes the replacement, or why a person must make it.
fn refit(context: &RecordContext<'_>, reference: &Reference<'_>, successor: &AnyRef) -> Result<Fix, NoFix> {
    let target = Target::from(successor);
    let with_kind = names_its_kind(&reference.at);
    if let Some(reason) = no_end(context.dataset, target) {
        return Err(reason);
    }
    if target.kind != reference.to.kind {
        // What holds of an event need not hold of the framework that took its place.
        let is_possible = "which is of another kind: write it if what stands here holds of it too, or remove this";
        return Err(NoFix::Because(if with_kind {
            is_possible
        } else {
            "but a record of that kind cannot stand here"
        }));
    }
    if context.entry.key.as_ref().is_some_and(|own| Target { kind: own.kind, id: own.id.as_ref() } == target) {
        return Err(NoFix::Because("which is this record itself: remove the reference"));
    }
    let at = reference.at.pointer();
    let parent = at.parent();
    let mut twice = false;
    context.record.references(&mut |other| twice |= other.to == target && other.at.pointer().parent() == parent);
    if twice {
        return Err(NoFix::Because("which stands here already: put the two together"));
    }
    let to = if with_kind { successor.as_ref() } else { successor.id() };
    let changes = if reference.on_key {
        let mut changes = pointers_below(context.record, &at, to);
        changes.push(Change::Rename { at, to: to.to_owned() });
        changes
    } else {
        vec![Change::Replace { at, with: to.into() }]
    };
    Ok(Fix { what: format!("write `{to}`"), changes, safe: true })
}

/// Why the last of a chain of replacements is none that stands.
fn no_end(dataset: &Dataset, last: Target<'_>) -> Option<NoFix> {
    let because = |reason| Some(NoFix::Because(reason));
    let Some(entry) = dataset.find(last) else {
        return because("but there is no such record: correct `replaced_by`");
    };
    let Some(record) = dataset.recall(entry) else { return because("but that cannot be read: mend it first") };
    match &record.envelope.retired.as_ref()?.replaced_by {
        Some(_) => Some(NoFix::Circle),
        None => because("but that was withdrawn as well"),
    }
}

/// To rename a key changes every pointer that names it.
fn pointers_below(record: &Record, key: &Pointer, to: &str) -> Vec<Change> {
    let moved = |place: &FieldPointer| -> Option<String> {
        let below = key.covers(place.pointer()).then(|| &place.pointer().as_str()[key.as_str().len()..])?;
        Some(format!("{}{below}", key.parent()?.key(to)))
    };
    let mut changes = Vec::new();
    let mut value = |at: Pointer, place: &FieldPointer| {
        changes.extend(moved(place).map(|with| Change::Replace { at, with: with.into() }));
    };
    for (source, evidence) in record.evidence() {
        for (index, place) in evidence.supports.iter().flat_map(|supports| supports.iter()).enumerate() {
            value(at!["evidence", source, "supports"].index(index), place);
        }
    }
    for (index, allow) in record.allow().iter().enumerate() {
        allow.at.iter().for_each(|place| value(at!["allow"].index(index).key("at"), place));
    }
    let mut rename = |map: Pointer, place: &FieldPointer| {
        changes.extend(moved(place).map(|to| Change::Rename { at: map.key(place.as_ref()), to }));
    };
    for (source, evidence) in record.evidence() {
        evidence
            .says
            .iter()
            .flat_map(NonEmptyMap::keys)
            .for_each(|place| rename(at!["evidence", source, "says"], place));
    }
    record.envelope.contested.iter().flat_map(NonEmptyMap::keys).for_each(|place| rename(at!["contested"], place));
    record.envelope.unknown.iter().flat_map(NonEmptyMap::keys).for_each(|place| rename(at!["unknown"], place));
    changes
}

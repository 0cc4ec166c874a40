//! `dangling-reference`: see the page beside this file.

use comity_document::pointer::Path;

use crate::dataset::{Dataset, Entry, EntryId};
use crate::kind::Kind;
use crate::lint::{Findings, Fixable, Place, RecordContext, Rule, Screen, SummaryContext, Wanted, WantedForm};
use crate::record::Target;

/// The rule.
pub static RULE: Rule = Rule::fault(
    "dangling-reference",
    "a reference to a record that does not exist",
    "whoever follows it finds nothing",
    include_str!("dangling_reference.md"),
)
.fixed(Fixable::Suggested);

/// Doubts a record with a reference that leads nowhere.
pub static SCREEN: Screen = Screen { alone: |_| false, doubts };

fn doubts(kept: &SummaryContext<'_>) -> bool {
    kept.summary.links.iter().any(|link| link.end().entry().is_none())
}

/// Checks that every reference leads to an entry, decoded or not.
pub fn check(context: &RecordContext<'_>, findings: &mut Findings<'_>) {
    context.references(&mut |reference, target| {
        if target.is_some() {
            return;
        }
        let form = WantedForm::of(reference.on_key, names_its_kind(&reference.at));
        let (text, kind) = (reference.to.id.to_owned(), Some(reference.to.kind));
        report(context.entry.id, &Wanted { text, kind, at: reference.at.pointer(), form }, findings);
    });
}

/// Checks the references of a record that could not be decoded.
pub fn check_undecoded(entry: &Entry, dataset: &Dataset, findings: &mut Findings<'_>) {
    for wanted in entry.undecoded_references() {
        let is_there = |kind| dataset.find(Target { kind, id: &wanted.text }).is_some();
        if wanted.kind.is_some_and(|kind| !is_there(kind)) {
            report(entry.id, wanted, findings);
        }
    }
}

fn report(entry: EntryId, wanted: &Wanted, findings: &mut Findings<'_>) {
    let on_key = matches!(wanted.form, WantedForm::Key | WantedForm::KeyWithKind);
    let place = if on_key { Place::Key(wanted.at.clone()) } else { Place::Value(wanted.at.clone()) };
    let kind = wanted.kind.map_or("record", Kind::name);
    findings.at(entry, place, format!("there is no {kind} `{}`", wanted.text)).want(wanted.clone());
}

/// Whether a reference at this place is written with its kind.
pub(crate) fn names_its_kind(at: &Path<'_>) -> bool {
    matches!(at.field(), Some("under" | "related" | "about" | "distinct_from" | "retired"))
}

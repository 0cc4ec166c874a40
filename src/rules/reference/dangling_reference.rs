//! `dangling-reference`: see the page beside this file.

use comity_document::pointer::Path;

use super::tree;
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

/// Doubts a record with a reference that leads nowhere, or with a source that names a record in a value of its own: the
/// summary keeps the references of the record alone.
pub static SCREEN: Screen = Screen { alone: |context| !tree::said(context.record).is_empty(), doubts };

fn doubts(kept: &SummaryContext<'_>) -> bool {
    kept.summary.links.iter().any(|link| link.end().entry().is_none())
}

/// Checks that every reference leads to an entry, decoded or not.
pub fn check(context: &RecordContext<'_>, findings: &mut Findings<'_>) {
    let mut dangling = Vec::new();
    context.references(&mut |reference, target| {
        if target.is_some() {
            return;
        }
        let form = WantedForm::of(reference.on_key, names_its_kind(&reference.at));
        let (text, kind) = (reference.to.id.to_owned(), Some(reference.to.kind));
        dangling.push(Wanted { text, kind, at: reference.at.pointer(), form });
    });
    dangling.extend(tree::said(context.record).into_iter().filter(|wanted| is_dangling(wanted, context.dataset)));
    report_all(context.entry.id, &dangling.iter().collect::<Vec<_>>(), findings);
}

/// Checks the references of a record that could not be decoded.
pub fn check_undecoded(entry: &Entry, dataset: &Dataset, findings: &mut Findings<'_>) {
    let dangling = entry.undecoded_references().iter().filter(|wanted| is_dangling(wanted, dataset));
    report_all(entry.id, &dangling.collect::<Vec<_>>(), findings);
}

fn is_dangling(wanted: &Wanted, dataset: &Dataset) -> bool {
    wanted.kind.is_some_and(|kind| dataset.find(Target { kind, id: &wanted.text }).is_none())
}

/// Reports references that lead nowhere. What stands in a place of the record is reported where the place is.
fn report_all(entry: EntryId, dangling: &[&Wanted], findings: &mut Findings<'_>) {
    let is_in_place = |wanted: &Wanted| matches!(wanted.form, WantedForm::InPlace { .. });
    let is_same = |one: &Wanted, other: &Wanted| one.text == other.text && one.kind == other.kind;
    for wanted in dangling {
        let is_reported = || dangling.iter().any(|other| !is_in_place(other) && is_same(other, wanted));
        if !is_in_place(wanted) || !is_reported() {
            report(entry, wanted, findings);
        }
    }
}

fn report(entry: EntryId, wanted: &Wanted, findings: &mut Findings<'_>) {
    let on_key = matches!(wanted.form, WantedForm::Key | WantedForm::KeyWithKind | WantedForm::InPlace { .. });
    let place = if on_key { Place::Key(wanted.at.clone()) } else { Place::Value(wanted.at.clone()) };
    let kind = wanted.kind.map_or("record", Kind::name);
    findings.at(entry, place, format!("there is no {kind} `{}`", wanted.text)).want(wanted.clone());
}

/// Whether a reference at this place is written with its kind.
pub(crate) fn names_its_kind(at: &Path<'_>) -> bool {
    matches!(at.field(), Some("under" | "related" | "about" | "distinct_from" | "retired"))
}

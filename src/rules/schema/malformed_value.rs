//! `malformed-value`: see the page beside this file. The schema check reports most of it; this module checks the values
//! that a source has instead (`says`) against the schema of the fields they stand for.

use std::borrow::Cow;

use comity_document::at;
use comity_document::document::{Arena, Member, Node, Value};
use comity_document::pointer::Pointer;
use comity_document::validator::ViolationKind;

use super::complaint::Complaint;
use crate::lint::{
    Change, DocumentContext, Finding, Findings, Fix, Fixable, Place, Rule, TreeIndex, Wanted, WantedForm,
};
use crate::record::Stance;
use crate::rules::time::reversed_interval;
use crate::schema;
use crate::value::{self, NonEmptyMap, StringFormat as _, When};

/// The rule.
pub static RULE: Rule = Rule::fault(
    "malformed-value",
    "not of the shape the field has",
    "programs find records, pages and numbers by how a value is written, and would miss this one",
    include_str!("malformed_value.md"),
)
.fixed(Fixable::Suggested);

/// Checks that a value in `says` could stand in the record: puts it there, and asks the schema. A source that
/// contradicts has no value of its own.
pub fn check(context: &DocumentContext<'_>, findings: &mut Findings<'_>) {
    for (source, evidence) in context.record.evidence() {
        if evidence.stance == Stance::Contradicts && evidence.says.is_some() {
            report_stance(context, source, findings);
        }
        for place in evidence.says.iter().flat_map(NonEmptyMap::keys) {
            let at = at!["evidence", source, "says", place];
            for finding in refusals(context, &at, place.pointer()) {
                report(context, &at, place.pointer(), &finding, findings);
            }
        }
    }
}

fn report_stance(context: &DocumentContext<'_>, source: &impl AsRef<str>, findings: &mut Findings<'_>) {
    let at = at!["evidence", source];
    let stance = at.clone().key("stance");
    findings
        .at(context.entry, stance.clone(), format!("`{}` contradicts, and has a value under `says`", source.as_ref()))
        .help("a source with a value of its own `reports` it; one that `contradicts` names under `supports` what it denies")
        .suggest("write `reports`", Change::Replace { at: stance, with: "reports".into() })
        .related(context.entry, Place::Key(at.key("says")), "the value of its own");
}

/// Why the value at the pointer `at` could not stand at `place`.
pub(crate) fn refusals(context: &DocumentContext<'_>, at: &Pointer, place: &Pointer) -> Vec<Finding> {
    let kind = context.record.kind();
    let mut found = Vec::new();
    let (Some(value), Some(shape)) = (context.fields.at(at), schema::shape(kind).at(place)) else { return found };
    // Most values that sources have are texts of a known format, which needs no schema.
    let formatted = |text: &&str| value::format(shape.format).is_some_and(|format| (format.admit)(text));
    if let Some(text) = value.as_str().filter(formatted) {
        if ends_before_it_begins(shape.format, text) {
            let complaint = Complaint::new(3, &RULE, reversed_interval::message(text));
            let complaint = complaint.help(reversed_interval::HELP.to_owned());
            complaint.report(context.entry, Place::Value(place.clone()), &mut found);
        }
        return found;
    }
    let way: Vec<Cow<'_, str>> = place.tokens().collect();
    let arena = Arena::default();
    let patched = patch(&context.fields, Some(context.root), &way, value, &arena);
    if let Some(patched) = patched {
        let mut violations = schema::violations(kind, &patched);
        // Neighbours were left out on purpose; they are not missing.
        violations.retain(|fault| place.covers(&fault.at) || !matches!(fault.refused, ViolationKind::MissingField(_)));
        super::over_violations(kind, &patched, violations, context.entry, &mut found);
    }
    found.retain(|finding| finding.place.pointer().is_some_and(|found| place.covers(found)));
    found
}

/// Whether a text is an interval whose last day comes before its first.
fn ends_before_it_begins(format: &str, text: &str) -> bool {
    let interval = if format == When::FORMAT && text.contains('/') { When::parse(text).ok() } else { None };
    interval.is_some_and(|when| when.end().before(&when.start()).is_definite())
}

/// A place of the record, and the value that a source has in its place.
struct Said<'a, 'c> {
    context: &'a DocumentContext<'c>,
    at: &'a Pointer,
    place: &'a Pointer,
}

impl Said<'_, '_> {
    /// The place in the value that stands for a place in the record, if it is there.
    fn inside(&self, found: &Pointer) -> Option<Pointer> {
        let below = self.place.covers(found).then(|| &found.as_str()[self.place.as_str().len()..])?;
        Pointer::parse(&format!("{}{below}", self.at)).filter(|inside| self.context.fields.at(inside).is_some())
    }

    fn change(&self, change: &Change) -> Option<Change> {
        Some(match change {
            Change::Replace { at, with } => Change::Replace { at: self.inside(at)?, with: with.clone() },
            // The place itself is the key here, and its last part the key there.
            Change::Rename { at, to } if at == self.place => {
                Change::Rename { at: self.at.clone(), to: self.place.parent()?.key(to).to_string() }
            }
            Change::Rename { at, to } => Change::Rename { at: self.inside(at)?, to: to.clone() },
            Change::Remove { at } => Change::Remove { at: self.inside(at)? },
            Change::Bytes { .. } => return None,
        })
    }

    fn wanted(&self, finding: &Finding) -> Option<Wanted> {
        let wanted = finding.wanted.as_deref()?;
        let is_place = matches!(finding.place, Place::Key(_)) && wanted.at == *self.place;
        let before = self.place.parent().unwrap_or_default().to_string();
        let below = WantedForm::InPlace { before, behind: String::new() };
        let form = if is_place { below } else { wanted.form.clone() };
        Some(Wanted { at: self.inside(&wanted.at)?, form, ..wanted.clone() })
    }
}

/// Reports what is said of the place in the record at the value that the source has.
fn report(
    context: &DocumentContext<'_>,
    at: &Pointer,
    place: &Pointer,
    finding: &Finding,
    findings: &mut Findings<'_>,
) {
    let said = Said { context, at, place };
    let here = match &finding.place {
        Place::Key(found) => said.inside(found).map(Place::Key),
        found => found.pointer().and_then(|found| said.inside(found)).map(Place::Value),
    };
    let here = here.unwrap_or_else(|| Place::Value(at.clone()));
    let reported = findings.at(context.entry, here, finding.message.clone());
    reported.offer(finding.fix.as_ref().and_then(|fix| {
        let changes = fix.changes.iter().map(|change| said.change(change)).collect::<Option<_>>()?;
        Some(Fix { changes, ..fix.clone() })
    }));
    reported.help(finding.help.clone().unwrap_or_else(|| format!("write it as it would stand in `{place}`")));
    said.wanted(finding).into_iter().for_each(|wanted| {
        reported.want(wanted);
    });
}

/// A tree of the value at a place and the objects above it, without neighbours: the value is right or wrong without
/// them, and a record may have thousands.
fn patch<'t, 'a>(
    fields: &TreeIndex<'t>,
    beside: Option<&'t Node<'t>>,
    way: &[Cow<'_, str>],
    value: &Node<'a>,
    arena: &'a Arena,
) -> Option<Node<'a>> {
    let Some((key, rest)) = way.split_first() else { return Some(*value) };
    let below = match beside {
        Some(Node { value: Value::Object(_), .. }) => beside.and_then(|object| fields.get(object, key)),
        Some(_) => return None,
        None => None,
    };
    let value = patch(fields, below, rest, value, arena)?;
    let member = Member { key: arena.text(key), key_span: value.span, value };
    Some(Node { span: value.span, value: Value::Object(arena.members(&[member])) })
}

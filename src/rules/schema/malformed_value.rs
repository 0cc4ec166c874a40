//! `malformed-value`: see the page beside this file. The schema check reports most of it; this module checks the values
//! that a source has instead (`says`) against the schema of the fields they stand for.

use std::borrow::Cow;

use comity_document::at;
use comity_document::document::{Arena, Member, Node, Value};
use comity_document::pointer::Pointer;
use comity_document::validator::ViolationKind;

use crate::lint::{Change, DocumentContext, Finding, Findings, Fix, Fixable, Place, Rule, TreeIndex};
use crate::record::Stance;
use crate::schema;
use crate::value::{self, NonEmptyMap};

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
    let formatted = |text: &str| value::format(shape.format).is_some_and(|format| (format.admit)(text));
    if value.as_str().is_some_and(formatted) {
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

fn report(
    context: &DocumentContext<'_>,
    at: &Pointer,
    place: &Pointer,
    finding: &Finding,
    findings: &mut Findings<'_>,
) {
    let below =
        finding.place.pointer().and_then(|found| place.covers(found).then(|| &found.as_str()[place.as_str().len()..]));
    let inside = below
        .and_then(|below| Pointer::parse(&format!("{at}{below}")))
        .filter(|inside| context.fields.at(inside).is_some());
    let here = inside.unwrap_or_else(|| at.clone());
    let reported = findings.at(context.entry, Place::Value(here.clone()), finding.message.clone());
    reported.offer(finding.fix.as_ref().and_then(|fix| match &fix.changes[..] {
        [Change::Replace { with, .. }] => {
            let change = Change::Replace { at: here, with: with.clone() };
            Some(Fix { changes: vec![change], ..fix.clone() })
        }
        _ => None,
    }));
    reported.help(finding.help.clone().unwrap_or_else(|| format!("write it as it would stand in `{place}`")));
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

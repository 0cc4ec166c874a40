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

/// Checks that a value in `says` could stand in the record: puts it there, and asks the schema. A source that contradicts
/// has no value of its own.
pub fn check(draft: &DocumentContext<'_>, findings: &mut Findings<'_>) {
    for (source, evidence) in draft.record.evidence() {
        if evidence.stance == Stance::Contradicts && evidence.says.is_some() {
            report_stance(draft, source, findings);
        }
        for place in evidence.says.iter().flat_map(NonEmptyMap::keys) {
            let at = at!["evidence", source, "says", place];
            for finding in refusals(draft, &at, place.pointer()) {
                say(draft, &at, place.pointer(), &finding, findings);
            }
        }
    }
}

fn report_stance(draft: &DocumentContext<'_>, source: &impl AsRef<str>, findings: &mut Findings<'_>) {
    let at = at!["evidence", source];
    let stance = at.clone().key("stance");
    findings
        .at(draft.entry, stance.clone(), format!("`{}` contradicts, and has a value under `says`", source.as_ref()))
        .help("a source with a value of its own `reports` it; one that `contradicts` names under `supports` what it denies")
        .suggest("write `reports`", Change::Replace { at: stance, with: "reports".into() })
        .related(draft.entry, Place::Key(at.key("says")), "the value of its own");
}

/// Why the value at one place could not stand at another.
pub(crate) fn refusals(draft: &DocumentContext<'_>, at: &Pointer, place: &Pointer) -> Vec<Finding> {
    let kind = draft.record.kind();
    let mut found = Vec::new();
    let (Some(value), Some(shape)) = (draft.fields.at(at), schema::shape(kind).at(place)) else { return found };
    // Most of what a source says is a text of a known format, for which no schema need be asked.
    let formatted = |text: &str| value::format(shape.format).is_some_and(|format| (format.admit)(text));
    if value.as_str().is_some_and(formatted) {
        return found;
    }
    let way: Vec<Cow<'_, str>> = place.tokens().collect();
    let arena = Arena::default();
    let patched = patch(&draft.fields, Some(draft.root), &way, value, &arena);
    if let Some(patched) = patched {
        let mut violations = schema::violations(kind, &patched);
        // The neighbours that were left out are not missing.
        violations.retain(|fault| place.covers(&fault.at) || !matches!(fault.refused, ViolationKind::MissingField(_)));
        super::over_violations(kind, &patched, violations, draft.entry, &mut found);
    }
    found.retain(|finding| finding.place.pointer().is_some_and(|found| place.covers(found)));
    found
}

fn say(draft: &DocumentContext<'_>, at: &Pointer, place: &Pointer, finding: &Finding, findings: &mut Findings<'_>) {
    let below =
        finding.place.pointer().and_then(|found| place.covers(found).then(|| &found.as_str()[place.as_str().len()..]));
    let inside = below
        .and_then(|below| Pointer::parse(&format!("{at}{below}")))
        .filter(|inside| draft.fields.at(inside).is_some());
    let here = inside.unwrap_or_else(|| at.clone());
    let told = findings.at(draft.entry, Place::Value(here.clone()), finding.message.clone());
    told.offer(finding.fix.as_ref().and_then(|fix| match &fix.changes[..] {
        [Change::Replace { with, .. }] => {
            let change = Change::Replace { at: here, with: with.clone() };
            Some(Fix { changes: vec![change], ..fix.clone() })
        }
        _ => None,
    }));
    told.help(finding.help.clone().unwrap_or_else(|| format!("write it as it would stand in `{place}`")));
}

/// A tree of the value at a place and of the objects on the way there, with nothing beside it: what is wrong with the
/// value is wrong without its neighbours, and a record may have thousands of both.
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
    Some(Node { span: value.span, value: Value::Object(arena.members([member].into_iter())) })
}

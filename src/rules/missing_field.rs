//! `missing-field`: see the page beside this file. The schema says most of it; here stands what depends on another
//! value of the record.

use comity_document::at;
use comity_document::document::Node;
use comity_document::pointer::Pointer;

use super::Draft;
use crate::finding::{EntryId, Finding, Findings};
use crate::kind::Kind;
use crate::record::{Actor, ActorType, Body};
use crate::rule::Rule;
use crate::value::Keyed;

/// The rule.
pub static RULE: Rule = Rule::fault(
    "missing-field",
    "a field that must be there is absent",
    "readers rely on this field in every record of the kind",
    include_str!("missing_field.md"),
);

/// A person's office, the evidence of what has no number elsewhere, and `supports` once there are two sources.
pub fn check(draft: &Draft<'_>, findings: &mut Findings<'_>) {
    let envelope = &draft.record.envelope;
    let mut say = |at: Pointer, message: &str, help: &str| {
        findings.at(draft.entry, at, message).help(help);
    };
    if let Body::Actor(Actor { r#type: ActorType::Person, offices: None, .. }) = &draft.record.body {
        say(
            at![],
            "the field `offices` is missing in this person",
            "`offices`: the public office for which the person is on record",
        );
    }
    let needs_evidence = matches!(draft.record.kind(), Kind::Actor | Kind::Place) && envelope.identifiers.is_none();
    if needs_evidence && envelope.evidence.is_none() {
        let help = "`evidence`: which source shows it; or `identifiers`: its number in a catalogue such as Wikidata";
        say(at![], "the field `evidence` is missing", help);
    }
    if envelope.evidence.as_ref().is_some_and(|evidence| evidence.count() > 1) {
        for (source, evidence) in envelope.evidence.iter().flat_map(Keyed::iter) {
            if evidence.supports.is_none() && evidence.says.is_none() {
                let help =
                    "`supports`: the parts of the record this source shows, such as [\"/when\", \"/participants\"]";
                say(at!["evidence", source], "with several sources, each needs the field `supports`", help);
            }
        }
    }
}

/// A line of an `.ndjson` file has no path that would tell its kind and its id.
pub fn over_line(root: &Node<'_>, kind: Option<Kind>, entry: EntryId, out: &mut Vec<Finding>) {
    let mut say = |field: &str, help: String| {
        Findings::new(&RULE, out)
            .at(entry, at![], format!("the field `{field}` is missing; a line of its own needs it"))
            .help(help);
    };
    if kind.is_none() {
        say("kind", format!("`kind`: one of `{}`", Kind::ALL.map(Kind::name).join("`, `")));
    }
    if root.get("id").is_none() {
        say("id", "`id`: the record's own name, such as `rabat-seminar-2019`".to_owned());
    }
}

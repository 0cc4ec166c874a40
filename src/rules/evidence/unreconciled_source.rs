//! `unreconciled-source`: see the page beside this file.

use std::collections::BTreeSet;

use comity_document::at;
use comity_document::document::Value;
use comity_document::pointer::Pointer;
use serde_json::{Map, Value as Json};

use crate::lint::{DocumentContext, Findings, Place, PointerSet, Rule, TreeIndex};
use crate::query::figures::FigureRange;
use crate::record::Stance;
use crate::rules::schema::malformed_value;
use crate::value::{NonEmptyMap, StringFormat, When, cut, text_or_json};

/// The rule.
pub static RULE: Rule = Rule::error(
    "unreconciled-source",
    "a source that disagrees with the record, and nobody says so",
    "a reader would take a disputed value for an agreed one",
    include_str!("unreconciled_source.md"),
);

/// Compares every value under `says` with the field it stands for.
pub fn check(context: &DocumentContext<'_>, findings: &mut Findings<'_>) {
    let envelope = &context.record.envelope;
    if envelope.retired.is_some() {
        return;
    }
    let contested = envelope.contested.iter().flat_map(NonEmptyMap::keys).map(AsRef::as_ref).collect();
    let record = SaidValue { fields: &context.fields, contested };
    for (source, evidence) in context.record.evidence() {
        // A plan may differ from its outcome. [`malformed_value`] reports a value of a source that contradicts.
        if matches!(evidence.stance, Stance::Announces | Stance::Contradicts) {
            continue;
        }
        for (place, said) in evidence.says.iter().flat_map(NonEmptyMap::iter) {
            let Some(dispute) = record.dispute(place.pointer().clone(), said) else { continue };
            let key = at!["evidence", source, "says", place];
            // [`malformed_value`] reports a value that could not stand in the field.
            if !malformed_value::refusals(context, &key, place.pointer()).is_empty() {
                continue;
            }
            let Dispute { at, ours, theirs } = dispute;
            findings
                .at(
                    context.entry,
                    Place::Key(key),
                    format!("`{source}` says `{theirs}`, this record `{ours}`", source = source.as_ref()),
                )
                .help(format!(
                    "both cannot be true: correct one, or add under `contested`: \"{at}\": {{ \"outcome\": \"open\", \"why\": \"…\" }}"
                ))
                .related(context.entry, at, "what this record says");
        }
    }
}

/// Two values that cannot both hold.
struct Dispute {
    at: Pointer,
    ours: String,
    theirs: String,
}

/// The values of a record, and the places that it calls contested.
struct SaidValue<'a, 't> {
    fields: &'a TreeIndex<'t>,
    contested: PointerSet<'a>,
}

impl SaidValue<'_, '_> {
    /// The first place, here or below, at which the values of a source and the record cannot both hold.
    fn dispute(&self, at: Pointer, said: &Json) -> Option<Dispute> {
        if self.contested.cover(at.as_str()) {
            return None;
        }
        let tokens: Vec<_> = at.tokens().collect();
        match tokens.iter().map(AsRef::as_ref).collect::<Vec<_>>()[..] {
            // Anything may have any number of names.
            ["aliases", ..] => return None,
            ["figures", _] => return self.figure(at, said.as_object()?),
            ["figures", _, key @ ("low" | "best" | "high")] => {
                return self.figure(at.parent()?, &Map::from_iter([(key.to_owned(), said.clone())]));
            }
            _ => {}
        }
        let ours = self.fields.at_keys(&at)?;
        let disputed = match (&ours.value, said) {
            (Value::Object(_), Json::Object(said)) => {
                return said.iter().find_map(|(key, below)| self.dispute(at.clone().key(key), below));
            }
            (Value::Array(ours), Json::Array(said)) => {
                let ours: BTreeSet<String> = ours.iter().map(|item| item.to_json().to_string()).collect();
                let said: BTreeSet<String> = said.iter().map(ToString::to_string).collect();
                !ours.is_subset(&said) && !said.is_subset(&ours)
            }
            (Value::String(ours), Json::String(said)) => match (When::parse(ours), When::parse(said)) {
                (Ok(ours), Ok(said)) => {
                    let before = |a: &When, b: &When| a.end().before(&b.start()).is_definite();
                    before(&ours, &said) || before(&said, &ours)
                }
                _ => **ours != **said,
            },
            (Value::Number(ours), Json::Number(said)) => ours.parse().ok() != said.as_f64(),
            _ => ours.to_json() != *said,
        };
        disputed.then(|| Dispute { at, ours: short(&ours.to_json()), theirs: short(said) })
    }

    /// Two figures dispute each other only if they count the same thing, in the same unit, at the same time.
    fn figure(&self, at: Pointer, said: &Map<String, Json>) -> Option<Dispute> {
        if self.contested.touch(at.as_str()) {
            return None;
        }
        let ours = self.fields.at_keys(&at)?;
        let same =
            |key: &&str| said.get(*key).is_none_or(|said| ours.get(key).is_some_and(|ours| ours.to_json() == *said));
        if !["measure", "unit", "at", "by"].iter().all(same) {
            return None;
        }
        let theirs = range(|key| said.get(key).and_then(Json::as_f64))?;
        let ours =
            range(|key| if let Value::Number(number) = ours.get(key)?.value { number.parse().ok() } else { None })?;
        ours.excludes(&theirs).then(|| Dispute { at, ours: ours.to_string(), theirs: theirs.to_string() })
    }
}

fn range(number: impl Fn(&str) -> Option<f64>) -> Option<FigureRange> {
    FigureRange::new(number("low"), number("best"), number("high"))
}

/// A value in a message, shortened.
fn short(value: &Json) -> String {
    cut(&text_or_json(value), 60).into_owned()
}

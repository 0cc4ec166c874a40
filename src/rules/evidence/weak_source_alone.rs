//! `weak-source-alone`: see the page beside this file.

use std::collections::BTreeSet;

use comity_document::at;
use comity_document::pointer::Pointer;

use crate::dataset::{Dataset, Entry};
use crate::kind::Kind;
use crate::lint::{Findings, Place, RecordContext, Rule};
use crate::query::shown::Shown;
use crate::query::{claims, grounds};
use crate::record::{Record, Source, SourceType, Stance};
use crate::schema;
use crate::value::Ref;

/// The rule.
pub static RULE: Rule = Rule::audit(
    "weak-source-alone",
    "a fact that only an encyclopaedia, a blog, a copy, a video or a post shows",
    "nobody answers for what stands there, and it may have changed since",
    include_str!("weak_source_alone.md"),
);

/// The name of a mirror in messages.
const COPY: &str = "a copy";

/// Reports one finding a record, with all its facts that only weak sources support.
pub fn check(context: &RecordContext<'_>, findings: &mut Findings<'_>) {
    let exempt =
        matches!(context.record.kind(), Kind::Theme | Kind::Source) || context.record.envelope.retired.is_some();
    if exempt {
        return;
    }
    let mut weak = Vec::new();
    let mut solid = Vec::new();
    for (source, evidence) in context.record.evidence().filter(|(_, evidence)| evidence.stance != Stance::Contradicts) {
        let shown = Shown::of(context.record, evidence);
        match weakness(context.dataset, source) {
            Some((entry, what)) => weak.push(WeakSource { source, shown, entry, what }),
            None => solid.push(shown),
        }
    }
    if weak.is_empty() {
        return;
    }
    let whole = solid.is_empty() && matches!(weak[..], [WeakSource { shown: Shown::AllBut(_), .. }]);
    let facts = if whole { BTreeSet::new() } else { alone(context.record, &weak, &solid) };
    if whole || !facts.is_empty() {
        weak.retain(|shown| whole || shown.facts().any(|fact| facts.iter().any(|alone| fact.covers(alone))));
        report(context, &weak, &facts, findings);
    }
}

/// A weak source in the evidence of a record.
struct WeakSource<'a> {
    source: &'a Ref<Source>,
    shown: Shown<'a>,
    entry: &'a Entry,
    what: &'static str,
}

impl WeakSource<'_> {
    /// The facts that the source supports.
    fn facts(&self) -> impl Iterator<Item = Pointer> {
        facts(self.shown)
    }
}

fn report(
    context: &RecordContext<'_>,
    weak: &[WeakSource<'_>],
    facts: &BTreeSet<Pointer>,
    findings: &mut Findings<'_>,
) {
    let mut kinds: Vec<&str> = weak.iter().map(|shown| shown.what).collect();
    kinds.sort_unstable();
    kinds.dedup();
    let place = match weak {
        [one] => at!["evidence", one.source],
        _ => at!["evidence"],
    };
    let subject = match facts.len() {
        0 => "what stands here".to_owned(),
        count => {
            let named: Vec<String> = facts.iter().take(5).map(|fact| format!("`{fact}`")).collect();
            let more = if count > 5 { format!(" and {} more", count - 5) } else { String::new() };
            named.join(", ") + &more
        }
    };
    let message = format!("nothing but {} shows {subject}", kinds.join(" and "));
    let finding = findings.at(context.entry.id, Place::Key(place), message);
    finding.help(if kinds.contains(&COPY) {
        "say in the source what it copies, with `relays` or `derived_from`; or add a report or a document that shows it"
    } else {
        "add a report, a release or a document that shows it too"
    });
    for shown in weak.iter().take(5) {
        finding.related(shown.entry.id, at!["type"], format!("`{}` is {}", shown.source.as_ref(), shown.what));
    }
}

/// What makes a source weak, with its entry; `None` for a source that is not weak or not known.
fn weakness<'a>(dataset: &'a Dataset, reference: &'a Ref<Source>) -> Option<(&'a Entry, &'static str)> {
    let (entry, _, source) = dataset.get(reference)?;
    let what = weak_type(source)?;
    let mut origin = source;
    // A copy is as good as its original. Chains are short; the limit ends one that runs in a circle.
    for _ in 0..8 {
        match origin.derived_from.as_ref().map(|from| dataset.get(from)) {
            Some(Some((_, _, next))) => origin = next,
            Some(None) => return None,
            None => break,
        }
    }
    weak_type(origin).map(|_| (entry, what))
}

fn weak_type(source: &Source) -> Option<&'static str> {
    let what = match source.r#type {
        SourceType::Reference => "an encyclopaedia",
        SourceType::Mirror => COPY,
        SourceType::Blog => "a blog",
        SourceType::Social => "a post",
        _ => "a video",
    };
    grounds::is_weak_by_itself(source).then_some(what)
}

/// The facts that a source names as shown: fields, or entries of fields.
fn facts(shown: Shown<'_>) -> impl Iterator<Item = Pointer> {
    shown.places().map(|place| place.pointer().tokens().take(2).collect())
}

/// The facts that weak sources support, and no other source.
fn alone(record: &Record, weak: &[WeakSource<'_>], solid: &[Shown<'_>]) -> BTreeSet<Pointer> {
    let shape = schema::shape(record.kind());
    let is_fact = |place: &Pointer| {
        let name = place.tokens().next().unwrap_or_default();
        shape.field(&name).is_some_and(|field| claims::needs_evidence(&name, field.class))
    };
    let solid: Vec<Pointer> = solid.iter().copied().flat_map(facts).collect();
    let mut alone = BTreeSet::new();
    let shown: BTreeSet<Pointer> = weak.iter().flat_map(WeakSource::facts).filter(is_fact).collect();
    for fact in shown {
        if solid.iter().any(|shown| shown.covers(&fact)) {
            continue;
        }
        // A field of several entries, some of which other sources support.
        if solid.iter().any(|shown| fact.covers(shown)) {
            let entries = entries(record, &fact);
            alone.extend(entries.into_iter().filter(|entry| !solid.iter().any(|shown| shown.covers(entry))));
        } else {
            alone.insert(fact);
        }
    }
    let covered = |fact: &Pointer| fact.parent().is_some_and(|parent| alone.contains(&parent));
    alone.iter().filter(|fact| !covered(fact)).cloned().collect()
}

/// The entries of a field that is a map.
fn entries(record: &Record, field: &Pointer) -> Vec<Pointer> {
    let name = field.tokens().next().unwrap_or_default();
    let written = [serde_json::to_value(&record.envelope), serde_json::to_value(&record.body)];
    let found =
        written.into_iter().flatten().find_map(|mut fields| fields.get_mut(name.as_ref()).map(serde_json::Value::take));
    let keys = found.as_ref().and_then(serde_json::Value::as_object).into_iter().flat_map(|map| map.keys());
    keys.map(|key| field.clone().key(key)).collect()
}

//! `stale-ongoing`: see the page beside this file.

use comity_document::at;
use comity_document::pointer::Pointer;
use hashbrown::HashMap;

use crate::dataset::Dataset;
use crate::lint::{Findings, RecordContext, Rule};
use crate::query::provenance::{self, CitedSource};
use crate::query::time::{self, History};
use crate::record::{AgreementType, Body, EventStatus, Record, Target};
use crate::value::{Bounds, Day, Edtf, FieldPointer, NonEmptyMap};

/// The rule.
pub static RULE: Rule = Rule::audit(
    "stale-ongoing",
    "something that goes on, and of which nothing has been heard for two years",
    "a reader would count as running what may have ended long ago",
    include_str!("stale_ongoing.md"),
);

/// The number of days after which evidence is old: two years.
const OLD: i32 = 731;

/// Sees all records at once, because the records under something stand elsewhere in the dataset.
pub fn check(dataset: &Dataset, findings: &mut Findings<'_>) {
    let below = newest_below(dataset);
    let today = Bounds::day(dataset.as_of);
    for (entry, record) in dataset.records() {
        let key = entry.key.as_ref().map(|key| Target { kind: key.kind, id: key.id.as_ref() });
        let is_fresh = |day: &Day| !time::before_by(OLD, &Bounds::day(*day), &today).is_definite();
        if !key.is_some_and(|key| below.get(&key).is_some_and(is_fresh)) {
            compare(&RecordContext { entry, record, dataset }, findings);
        }
    }
}

/// The newest day of the records under something that are not only planned.
fn newest_below(dataset: &Dataset) -> HashMap<Target<'_>, Day> {
    let mut newest: HashMap<Target<'_>, Day> = HashMap::new();
    for (_, record) in dataset.records().filter(|(_, record)| time::stands(record)) {
        let planned = matches!(&record.body, Body::Event(event) if event.status == EventStatus::Planned);
        let Some(last) = time::span(record, dataset.as_of).last.filter(|_| !planned) else { continue };
        // "Since then" is known only for its first day.
        let day = if last.days.latest == Day::FOREVER { last.days.earliest } else { last.days.latest };
        for above in record.envelope.under.iter().flat_map(|under| under.iter()) {
            newest.entry(above.into()).and_modify(|other| *other = day.max(*other)).or_insert(day);
        }
    }
    newest
}

/// Compares the step that a record has reached with the newest of its sources.
fn compare(context: &RecordContext<'_>, findings: &mut Findings<'_>) {
    let Some(key) = stands_at(context.record).filter(|_| time::stands(context.record)) else { return };
    let Some(cited) = provenance::cited(context.dataset, context.record) else { return };
    let Some(known) = cited.iter().map(|cited| known_by(cited).map(|known| (cited, known))).collect::<Option<Vec<_>>>()
    else {
        return;
    };
    let Some((cited, (place, newest))) = known.into_iter().max_by_key(|(_, (_, date))| date.bounds().latest) else {
        return;
    };
    let truth = time::before_by(OLD, &newest.bounds(), &Bounds::day(context.dataset.as_of));
    if findings.wants(truth) {
        let message = format!("this stands at `{key}`, and its newest source is from `{}`", newest.as_ref());
        findings
            .at(context.entry.id, at!["history", key], message)
            .help("look for newer reports: add one that shows it still goes on, or the step that ended it")
            .related(cited.entry.id, place, "the newest source")
            .truth(truth);
    }
}

/// The last step of a running history: it has not ended and is not dormant, and no later step is marked unknown.
fn stands_at(record: &Record) -> Option<String> {
    // A joint declaration has no life of its own.
    if matches!(&record.body, Body::Agreement(agreement) if agreement.r#type == AgreementType::JointStatement) {
        return None;
    }
    let mut found = None;
    time::histories(record, &mut |at, steps| {
        let count = |codes: &[&str]| steps.iter().filter(|(status, _)| codes.contains(&status.code)).count();
        let at_rest = count(&["suspended", "dormant"]) > count(&["resumed"]);
        let ended = steps.iter().any(|(status, _)| status.terminal);
        if at.field() == Some("history") && !at_rest && !ended {
            let last = steps.last().filter(|(_, step)| !is_looked_for(record, steps, step.rank()));
            found = last.map(|(status, step)| step.key(status));
        }
    });
    found
}

/// Whether a step after the one reached is marked unknown.
fn is_looked_for(record: &Record, steps: &History<'_>, reached: u8) -> bool {
    let unknown = record.envelope.unknown.iter().flat_map(NonEmptyMap::keys).map(FieldPointer::pointer);
    unknown.filter(|place| place.parent() == Some(at!["history"])).any(|place| {
        let key = place.tokens().last().unwrap_or_default();
        time::rank_of(steps, &key).is_some_and(|rank| rank > reached)
    })
}

/// The date of a source and its place; or else a date by which the source existed.
fn known_by<'a>(cited: &CitedSource<'a>) -> Option<(Pointer, &'a Edtf)> {
    let source = cited.source;
    if let Some(published) = &source.published {
        return Some((at!["published"], published));
    }
    let copies = source.archived.iter().flat_map(|copies| copies.iter()).enumerate();
    let first_copy = copies.min_by_key(|(_, copy)| copy.captured.bounds().latest);
    let of_copy = first_copy.map(|(index, copy)| (at!["archived"].index(index).key("captured"), &copy.captured));
    of_copy.or_else(|| source.accessed.as_ref().map(|accessed| (at!["accessed"], accessed)))
}

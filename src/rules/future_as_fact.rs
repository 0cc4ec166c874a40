//! `future-as-fact`: see the page beside this file.

use comity_document::at;
use comity_document::pointer::Pointer;

use super::{Site, dates};
use crate::finding::Findings;
use crate::record::{Body, Event, EventStatus, Record, Source, Stance};
use crate::rule::Rule;
use crate::value::{Day, Edtf};

/// The rule.
pub static RULE: Rule = Rule::error(
    "future-as-fact",
    "a day that is still to come, told as if it had passed",
    "what is to come may yet be put off or called off",
    include_str!("future_as_fact.md"),
);

const LATER: &str = "correct the date";

/// The day of a held event, every step, the date of a statement, the dates of a source.
pub fn check(site: &Site<'_>, findings: &mut Findings<'_>) {
    let (record, as_of) = (site.record, site.dataset.as_of);
    if !dates::stands(record) {
        return;
    }
    let is_future = |date: &Edtf| dates::is_future(&date.bounds(), as_of);
    let mut report = |at: Pointer, date: &str, what: &str, help: &str| {
        findings.at(site.entry.id, at, format!("{what}, but `{date}` is still to come")).help(help);
    };
    record.steps(&mut |at, status, step| {
        if is_future(&step.date) && !is_announced(record, &at.pointer()) {
            let what = format!("`{}` is said to have been reached", step.key(status));
            let help = "correct the date; if it is only planned, take the step out until a source reports it";
            report(at.pointer(), step.date.as_ref(), &what, help);
        }
    });
    match &record.body {
        Body::Event(event) if is_held_to_come(record, event, as_of) => {
            let help = "correct the date, or write the status `planned` until a source reports that it was held";
            report(at!["when"], event.when.as_ref(), "this is said to have been `held`", help);
        }
        Body::Statement(statement) if is_future(&statement.date) => {
            report(at!["date"], statement.date.as_ref(), "this is the day on which it was said", LATER);
        }
        Body::Source(source) => of_source(source, &mut |at, date, what| {
            if is_future(date) {
                report(at, date.as_ref(), what, LATER);
            }
        }),
        _ => {}
    }
}

fn is_held_to_come(record: &Record, event: &Event, as_of: Day) -> bool {
    let held = event.status == EventStatus::Held && dates::is_future(&event.when.start(), as_of);
    held && !is_announced(record, &at!["status"])
}

fn of_source(source: &Source, visit: &mut impl FnMut(Pointer, &Edtf, &str)) {
    let fields = [
        ("published", &source.published, "this is the day on which it was published"),
        ("accessed", &source.accessed, "this is the day on which it was read"),
    ];
    for (field, date, what) in fields {
        if let Some(date) = date {
            visit(at![field], date, what);
        }
    }
    for (index, copy) in source.archived.iter().flat_map(|copies| copies.iter()).enumerate() {
        let at = at!["archived"].index(index).key("captured");
        visit(at, &copy.captured, "this is the day on which the copy was made");
    }
}

/// Whether all that stands behind a place is announcements. Then a step that may be planned is a plan; and of what cannot
/// be known from announcements another rule says so.
fn is_announced(record: &Record, place: &Pointer) -> bool {
    let mut behind = record
        .evidence()
        .filter(|(_, evidence)| evidence.stance != Stance::Contradicts && record.shows(evidence, place))
        .map(|(_, evidence)| evidence.stance)
        .peekable();
    behind.peek().is_some() && behind.all(|stance| stance == Stance::Announces)
}

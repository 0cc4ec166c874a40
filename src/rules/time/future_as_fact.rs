//! `future-as-fact`: see the page beside this file.

use comity_document::at;
use comity_document::pointer::{Path, Pointer};

use crate::lint::{AloneContext, Findings, Rule};
use crate::query::shown::showing;
use crate::query::time;
use crate::record::{Body, EventStatus, Record, Source, Stance};
use crate::value::{Bounds, Edtf};

/// The rule.
pub static RULE: Rule = Rule::error(
    "future-as-fact",
    "a day that is still to come, recorded as if it had passed",
    "what is to come may yet be put off or called off",
    include_str!("future_as_fact.md"),
);

const LATER: &str = "correct the date";

/// Checks the day of a held event, every step, the date of a statement, and the days of a source and of a search.
pub fn check(context: &AloneContext<'_>, findings: &mut Findings<'_>) {
    let (record, as_of) = (context.record, context.as_of);
    let least = findings.least();
    let future = |days: Bounds| Some(time::future(&days, as_of)).filter(|truth| *truth >= least);
    let mut report = |truth, at: Pointer, date: &str, what: &str, help: &str| {
        findings.at(context.entry.id, at, format!("{what}, but `{date}` is still to come")).help(help).truth(truth);
    };
    if let Some(retired) = &record.envelope.retired {
        if let Some(truth) = future(retired.on.bounds()) {
            report(
                truth,
                at!["retired", "on"],
                retired.on.as_ref(),
                "this is the day on which it was withdrawn",
                LATER,
            );
        }
        return;
    }
    record.steps(&mut |at, status, step| {
        let is_plan = || is_announced(record, &at.pointer());
        if let Some(truth) = future(step.date.bounds()).filter(|_| !is_plan()) {
            let what = format!("`{}` is said to have been reached", step.key(status));
            let help = "correct the date; if it is only planned, take the step out until a source reports it";
            report(truth, at.pointer(), step.date.as_ref(), &what, help);
        }
    });
    match &record.body {
        Body::Event(event) if event.status == EventStatus::Held => {
            let is_plan = || is_announced(record, &at!["status"]);
            if let Some(truth) = future(event.when.start()).filter(|_| !is_plan()) {
                let help = "correct the date, or write the status `planned` until a source reports that it was held";
                report(truth, at!["when"], event.when.as_ref(), "this is said to have been `held`", help);
            }
        }
        Body::Statement(statement) => {
            if let Some(truth) = future(statement.date.bounds()) {
                report(truth, at!["date"], statement.date.as_ref(), "this is the day on which it was said", LATER);
            }
        }
        Body::Source(source) => of_source(source, &mut |at, date, what| {
            if let Some(truth) = future(date.bounds()) {
                report(truth, at.pointer(), date.as_ref(), what, LATER);
            }
        }),
        Body::Survey(survey) => {
            if let Some(truth) = future(survey.on.start()) {
                report(truth, at!["on"], survey.on.as_ref(), "this is the day of the search", LATER);
            }
        }
        _ => {}
    }
}

fn of_source(source: &Source, visit: &mut impl FnMut(&Path<'_>, &Edtf, &str)) {
    let fields = [
        ("published", &source.published, "this is the day on which it was published"),
        ("accessed", &source.accessed, "this is the day on which it was read"),
    ];
    for (field, date, what) in fields {
        if let Some(date) = date {
            visit(&Path::Root.key(field), date, what);
        }
    }
    for (index, copy) in source.archived.iter().flat_map(|copies| copies.iter()).enumerate() {
        let at = &Path::Root.key("archived");
        visit(&at.index(index).key("captured"), &copy.captured, "this is the day on which the copy was made");
    }
}

/// Whether only announcements support a place. Then a step that may be planned is a plan; what an announcement cannot
/// support, [`done_on_announcement`](crate::rules::evidence::done_on_announcement) reports.
fn is_announced(record: &Record, place: &Pointer) -> bool {
    let mut behind = showing(record, place).map(|(_, evidence)| evidence.stance).peekable();
    behind.peek().is_some() && behind.all(|stance| stance == Stance::Announces)
}

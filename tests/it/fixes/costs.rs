//! Costs grow in proportion to the input. They are counted, never timed, because a test machine may be slow.

use std::cell::Cell;
use std::collections::BTreeSet;

use comity::fix::{CHECKS, FixOutcome, Reason};
use comity::lint::REPORT_LIMIT;
use comity::lint::{POINTER, RELATED, Severity};
use comity::report::Report;
use serde_json::{Value, json};

use crate::fixes::check;
use crate::rendered as render;
use crate::world::{Files, file, mended, run, today, with_mended, world};

/// The outcome of fixing with suggestions, and the number of whole checks.
fn counted(files: &Files) -> (FixOutcome, usize) {
    let checks = Cell::new(0);
    let counting = |files: &Files| {
        checks.set(checks.get() + 1);
        check(files)
    };
    let done = mended(true, files, &counting);
    (done, checks.get())
}

/// Records of which each refers to as many others by misspelt ids. Each of the others is under the record, so that
/// every correction closes a circle.
fn circles(records: usize, each: usize) -> Files {
    let mut files = world();
    let word = |n: usize| ["alpha", "bravo", "carol", "delta", "eagle", "fjord", "gamma", "hotel", "india", "joker"][n];
    for one in 0..records {
        let above = format!("walk-{}", word(one));
        let other = |k: usize| format!("{}-{}-day-in-town", word(k), word(one));
        let misspelt: Vec<String> = (0..each).map(|k| format!("event:{}", other(k).replace("town", "towm"))).collect();
        files.extend([file(&json!({ "kind": "event", "id": above, "under": misspelt }))]);
        let below = |k| file(&json!({ "kind": "event", "id": other(k), "under": [format!("event:{above}")] }));
        files.extend((0..each).map(below));
    }
    files
}

#[test]
fn a_dozen_whole_checks_are_enough_however_many_suggestions_are_harmful() {
    for (records, each) in [(1, 2), (1, 10), (10, 2), (10, 10)] {
        let mut files = circles(records, each);
        files.extend([file(&json!({ "kind": "event", "id": "a-talk", "themes": ["public-diplomaci"] }))]);
        let (done, checks) = counted(&files);
        assert!(checks <= CHECKS, "{records} records with {each} suggestions: {checks} checks");
        let after = with_mended(&files, &done);
        assert!(after["event/a-talk.json"].contains("\"public-diplomacy\""), "what is proven good is kept: {done:?}");
        let (before, report) = (check(&files).report, check(&after).report);
        assert!(report.diagnostics.len() < before.diagnostics.len(), "nothing gets worse");
        assert!(report.diagnostics.iter().all(|found| found.rule.code != "reference-cycle"), "nothing gets worse");
        let named: BTreeSet<&str> = done.refused.iter().map(|fix| fix.what.as_str()).collect();
        let offered: BTreeSet<&str> =
            report.diagnostics.iter().filter_map(|found| Some(found.fix.as_ref()?.what.as_str())).collect();
        assert_eq!((named, offered.len()), (offered.clone(), records * each), "what is left is named");
    }
}

#[test]
fn few_harmful_suggestions_are_told_from_those_that_were_not_tried() {
    let reasons = |files: &Files| counted(files).0.refused.into_iter().map(|fix| fix.reason).collect::<BTreeSet<_>>();
    assert_eq!(reasons(&circles(10, 2)), BTreeSet::from([Reason::Harmful]));
    assert_eq!(reasons(&circles(10, 10)), BTreeSet::from([Reason::Harmful, Reason::Untried]));
}

/// A circle is reported for one of its records. That record may be laid out in the same round, or have a good fix of
/// its own: the fix that closes the circle is the one that is refused.
#[test]
fn a_harmful_fix_is_refused_whatever_is_done_to_the_record_it_harms() {
    let untidy = |text: &String| text.replace(": ", ":  ");
    let misspelt = |text: &String| text.replace("public-diplomacy", "public-diplomaci");
    for (records, each) in [(1, 1), (1, 2), (10, 1)] {
        for change in [&untidy as &dyn Fn(&String) -> String, &misspelt] {
            let mut files = circles(records, each);
            for (path, text) in &mut files {
                if path.contains("-day-in-town") {
                    *text = change(&text.replace("\"under\"", "\"themes\": [\"public-diplomacy\"], \"under\""));
                }
            }
            let (done, checks) = counted(&files);
            assert!(checks <= CHECKS, "{records} records with {each} suggestions: {checks} checks");
            let after = check(&with_mended(&files, &done)).report;
            let count = |code| after.diagnostics.iter().filter(|found| found.rule.code == code).count();
            let counts = ["reference-cycle", "unknown-code", "non-canonical", "dangling-reference"].map(count);
            assert_eq!(counts, [0, 0, 0, records * each], "{records} {each}: {done:#?}");
            assert_eq!(done.refused.len(), records * each, "{:#?}", done.refused);
        }
    }
}

/// Fixes in different records are measured together: a thousand records need no more checks than one.
#[test]
fn fixes_in_many_records_are_measured_together() {
    let of = |records: usize| {
        let mut files = world();
        let wrong = |n| json!({ "kind": "event", "id": format!("a-talk-{n}"), "type": "semnar", "themes": ["Public Diplomacy"] });
        files.extend((0..records).map(|n| file(&wrong(n))));
        let (done, checks) = counted(&files);
        assert!(done.refused.is_empty() && done.after.len() == records, "{done:?}");
        checks
    };
    assert_eq!(of(1), of(60));
}

fn entries(n: usize, name: &str, each: &Value) -> Value {
    Value::Object((0..n).map(|n| (format!("{name}{n}"), each.clone())).collect())
}

/// Files with a thousand errors each, and one with a warning that comes first.
fn many_findings() -> Files {
    let mut files = world();
    let (path, text) = file(&json!({ "kind": "event", "id": "a-calm" }));
    files.insert(path, text.replace(": ", ":  "));
    let wrong =
        |n| json!({ "kind": "event", "id": format!("wrong-{n}"), "participants": entries(1_000, "actor-", &json!(1)) });
    files.extend((0..11).map(|n| file(&wrong(n))));
    files
}

#[test]
fn of_the_findings_in_all_files_those_that_matter_most_are_told_and_the_rest_counted() {
    let report = run(&many_findings(), today());
    let of = |severity: Severity| report.diagnostics.iter().filter(|found| found.severity == severity).count();
    assert_eq!((of(Severity::Error), of(Severity::Warning)), (REPORT_LIMIT + 1, 0), "errors come first");
    let summary = &report.summary;
    assert_eq!((summary.errors, summary.warnings), (11_000, 1), "and all are counted");
    assert_eq!((summary.unreported.total(), summary.is_clean()), (1_001, false));
    assert_eq!(summary.unreported.by_rule.values().sum::<usize>(), 1_001);
    let json: Value = serde_json::from_str(&render::json(&report)).expect("JSON");
    assert_eq!(json["summary"]["not_shown"], 1_001);
    let says = "1001 more findings in these and other files are not shown";
    for (format, text) in [
        ("human", render::human(&report, false, 120)),
        ("concise", render::concise(&report)),
        ("json", render::json(&report)),
        ("gitlab", render::gitlab(&report)),
        ("sarif", render::sarif(&report)),
        ("junit", render::junit(&report)),
    ] {
        assert!(text.contains(says), "{format} does not tell that findings are left out");
    }
    // A page for a pull request has a limit of its own.
    let markdown = render::markdown(&report);
    let not_shown = format!("\nNot shown: {} more findings;", 11_001 - markdown.matches("| error `").count());
    assert!(markdown.contains(&not_shown), "{not_shown}: {markdown}");
    let github = render::github(&report);
    assert!(github.contains("::error::and 10991 more findings of this level"), "{github}");
    assert!(github.contains("::warning::and 1 more finding of this level"), "{github}");
}

/// Each part of a finding that a record could make long is limited.
#[test]
fn nothing_that_is_told_is_as_long_as_a_hostile_record() {
    let long = |c: &str| c.repeat(60_000);
    let codes: Vec<String> = (0..50).map(|n| format!("{n} {}", long("x y"))).collect();
    let fields = [
        json!({ "type": long("seminar ") }),
        json!({ "themes": codes }),
        json!({ "when": long("2019-") }),
        json!({ "participants": long("morocco ") }),
        json!({ "participants": { long("k"): { "roles": (0..50).collect::<Vec<_>>() } } }),
        json!({ "under": [format!("event:{}", long("é"))] }),
        json!({ long("z"): 1 }),
        json!({ "names": { "en": long("анaн ") } }),
        json!({ "summary": { "en": long("+212 5 37 00 00 00 ") } }),
        json!({ "allow": [{ "rule": long("dangling-referense"), "reason": "so" }] }),
        json!({ "evidence": { "a-report": { "stance": "reports", "supports": [format!("/{}", long("w"))] } } }),
        json!({ "participants": entries(100, "morocco-", &json!({ "roles": ["host"], "for": "morocco" })) }),
    ];
    for (number, fields) in fields.iter().enumerate() {
        let mut fragment = json!({ "kind": "event", "id": "hostile" });
        fragment.as_object_mut().expect("an object").extend(fields.as_object().cloned().unwrap_or_default());
        let mut files = world();
        files.extend([file(&fragment)]);
        let report: Report = run(&files, today());
        assert!(!report.diagnostics.is_empty(), "{number}");
        for found in &report.diagnostics {
            let pointers = found.related.iter().map(|(at, _)| at).chain([&found.location]);
            let pointers = pointers.filter_map(|at| at.pointer.as_ref()).map(|pointer| pointer.as_str().len());
            assert!(pointers.max().unwrap_or_default() <= POINTER, "{number}: {}", found.rule.code);
            let texts = [Some(&found.message), found.help.as_ref(), found.fix.as_ref().map(|fix| &fix.what)];
            let texts = texts.into_iter().flatten().chain(found.related.iter().map(|(_, message)| message));
            let most = texts.map(|text| text.chars().count()).max().unwrap_or_default();
            assert!(most <= 1_020 && found.related.len() <= RELATED, "{number}: {} has {most}", found.rule.code);
        }
    }
}

/// The nearest of thousands of entries is not looked for a hundred times: a record of ordinary size still gets its
/// suggestion, and one with thousands of entries gets none.
#[test]
fn a_pointer_is_compared_with_so_many_entries_and_no_more() {
    let suggestions = |entries: usize| {
        let roles = json!({ "roles": ["visitor"] });
        let participants: serde_json::Map<String, Value> =
            (0..entries).map(|n| (format!("somebody-called-{n:05}"), roles.clone())).collect();
        let supports = ["/participants/somebody-caled-00001"];
        let record = json!({ "kind": "event", "id": "a-talk", "participants": participants,
            "evidence": { "a-report": { "stance": "reports", "supports": supports } } });
        let report = run(&world().into_iter().chain([file(&record)]).collect(), today());
        let mut found = report.diagnostics.iter().filter(|found| found.rule.code == "dangling-pointer");
        found.next().and_then(|found| found.help.clone()).expect("the pointer leads nowhere").contains("did you mean")
    };
    assert!(suggestions(40));
    assert!(!suggestions(4_000));
}

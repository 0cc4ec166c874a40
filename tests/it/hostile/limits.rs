//! Each limit, tested below, at and above the limit: within the limit nothing is reported, and beyond it a finding says
//! what to do.

use std::collections::BTreeMap;

use comity::check::{Lines, Read, read};
use comity::dataset::File;
use comity::lint::FINDING_LIMIT;
use comity::report::Diagnostic;
use comity_document::document::{DEPTH, MEMBERS, VALUES};
use comity_document::input::Input;
use serde_json::{Value, json};

use crate::tool::Folder;
use crate::world::{Files, file, run, today, world};

/// A limit.
struct Limit {
    /// The rule that reports the excess.
    rule: &'static str,
    most: usize,
    /// A record with `n` of the limited parts.
    record: fn(usize) -> String,
    /// A part of the message.
    says: &'static str,
    /// A part of the help.
    advises: &'static str,
}

const LIMITS: [Limit; 10] = [
    Limit {
        rule: "too-large",
        most: DEPTH,
        record: |n| format!("{}{}", "[".repeat(n), "]".repeat(n)),
        says: "more than 127 brackets",
        advises: "look whether a closing bracket is missing further up",
    },
    Limit {
        rule: "too-large",
        most: MEMBERS,
        record: |n| event(&json!({ "figures": entries(n, "figure-", &json!(1)) })),
        says: "more than 10000 entries",
        advises: "spread them over several records",
    },
    Limit {
        rule: "too-large",
        most: MEMBERS,
        record: |n| event(&json!({ "places": vec!["place:a"; n] })),
        says: "more than 10000 entries",
        advises: "spread them over several records",
    },
    Limit {
        rule: "too-large",
        most: VALUES,
        // Three lists around, lists of a thousand values with themselves, and what is left.
        record: |n| json!([vec![vec![0; 999]; (n - 3) / 1000], vec![0; (n - 3) % 1000]]).to_string(),
        says: "more than 100000 values",
        advises: "spread them over several records",
    },
    Limit {
        rule: "too-large",
        most: FINDING_LIMIT,
        record: |n| event(&json!({ "participants": entries(n, "actor-", &json!(1)) })),
        says: "more faults in this record",
        advises: "fix these first",
    },
    Limit {
        rule: "too-large",
        most: FINDING_LIMIT,
        record: |n| event(&json!({ "participants": entries(n, "actor-", &json!({ "roles": ["host"] })) })),
        says: "more faults in this record",
        advises: "fix these first",
    },
    Limit {
        rule: "malformed-value",
        most: 5,
        record: |n| event(&json!({ "themes": (0..n).map(|n| format!("theme-{n}")).collect::<Vec<_>>() })),
        says: "6 entries stand in this list",
        advises: "keep the 5 that matter most",
    },
    Limit {
        rule: "malformed-value",
        most: 1_000_000_000_000_000,
        record: |n| event(&json!({ "figures": { "cost": { "measure": "budget", "best": n, "unit": "EUR" } } })),
        says: "`1000000000000001` is too large",
        advises: "from 0 to 1000000000000000",
    },
    Limit {
        rule: "malformed-value",
        most: 90,
        record: |n| place(&json!({ "latitude": n, "longitude": 0.5 })),
        says: "`91` is too large",
        advises: "from -90 to 90",
    },
    Limit {
        rule: "long-quote",
        most: 25,
        record: |n| {
            event(&json!({ "evidence": { "a-report": { "stance": "reports", "quote": "word ".repeat(n).trim() } } }))
        },
        says: "26 words, 25 is the most",
        advises: "keep the words that are the fact",
    },
];

fn event(fields: &Value) -> String {
    laid_over(json!({ "kind": "event" }), fields)
}

fn place(point: &Value) -> String {
    laid_over(json!({ "kind": "place" }), &json!({ "point": point }))
}

fn laid_over(mut fragment: Value, fields: &Value) -> String {
    fragment.as_object_mut().expect("an object").extend(fields.as_object().cloned().unwrap_or_default());
    file(&fragment).1
}

fn entries(n: usize, name: &str, each: &Value) -> Value {
    Value::Object((0..n).map(|n| (format!("{name}{n}"), each.clone())).collect())
}

/// The findings of a rule in a text whose message contains these words.
fn told(rule: &str, says: &str, text: String) -> Vec<Diagnostic> {
    let kind = if text.contains("\"place\"") && text.contains("\"point\"") { "place" } else { "event" };
    let mut files: Files = world();
    files.insert(format!("{kind}/example.json"), text);
    let said = |found: &Diagnostic| format!("{}; {}", found.message, found.help.as_deref().unwrap_or_default());
    let all = run(&files, today()).diagnostics.into_iter();
    all.filter(|found| found.rule.code == rule && said(found).contains(says)).collect()
}

#[test]
fn what_is_within_a_limit_is_not_spoken_of() {
    for Limit { rule, most, record, says, .. } in LIMITS {
        for n in [most - 1, most] {
            let found: Vec<String> = told(rule, says, record(n)).into_iter().map(|found| found.message).collect();
            assert!(found.is_empty(), "{n} ({says}): {found:?}");
        }
    }
}

#[test]
fn what_is_beyond_a_limit_is_told_with_what_to_do() {
    for Limit { rule, most, record, says, advises } in LIMITS {
        let found = told(rule, says, record(most + 1));
        let [one] = &found[..] else { panic!("{rule} ({says}) is told once: {found:?}") };
        let help = one.help.as_deref().unwrap_or_default();
        assert!(!help.is_empty() && help.contains(advises), "{rule}: {}; {help}", one.message);
    }
}

#[test]
fn of_the_lines_that_cannot_be_read_a_thousand_are_told() {
    let lines_of = |n: usize| {
        let file = File::new("data/lines.ndjson", "lines.ndjson");
        let mut lines = Lines::default();
        lines.extend((0..n).map(|_| read(&file, &Input::file(0, "bad"))).collect());
        let named = read(&file, &Input::file(0, r#"{"kind":"event","id":"abc"}"#));
        lines.extend(vec![named]);
        let kept: Vec<Read> = lines.finish().into_reads().collect();
        let mut counts = BTreeMap::new();
        for finding in kept.iter().flat_map(|read| &read.findings) {
            *counts.entry(finding.rule.code).or_insert(0_usize) += 1;
        }
        let named = kept.iter().filter(|read| read.entry.key.is_some()).count();
        let more = kept.iter().flat_map(|read| &read.findings).find(|finding| finding.rule.code == "too-large");
        (kept.len(), named, counts, more.map(|finding| finding.message.clone()))
    };
    let missing = lines_of(0).2["missing-field"];
    for (lines, syntax, fields, kept, more) in [
        (FINDING_LIMIT - missing, FINDING_LIMIT - missing, missing, FINDING_LIMIT - missing + 1, None),
        (FINDING_LIMIT - 1, FINDING_LIMIT - 1, 1, FINDING_LIMIT, Some("the faults of 1 more lines are not shown")),
        (FINDING_LIMIT, FINDING_LIMIT, 0, FINDING_LIMIT + 1, Some("the faults of 1 more lines are not shown")),
        (FINDING_LIMIT + 9, FINDING_LIMIT, 0, FINDING_LIMIT + 1, Some("the faults of 10 more lines are not shown")),
    ] {
        let (all, named, counts, said) = lines_of(lines);
        assert_eq!((all, named), (kept, 1), "{lines} lines: a record with a name is kept, and nothing else for ever");
        assert_eq!(counts.get("syntax"), Some(&syntax), "{lines} lines");
        assert_eq!(counts.get("missing-field").copied().unwrap_or_default(), fields, "{lines} lines");
        assert_eq!(said.as_deref(), more, "{lines} lines");
    }
}

/// A warning that is not shown does not block a merge, and no error is left out for the sake of a warning.
#[test]
fn of_the_findings_in_one_file_those_that_matter_most_are_told() {
    let line = |n: usize, kind: &str| {
        json!({ "kind": "theme", "id": format!("theme-{n}"), "names": { "en": "A theme" }, "definition": { "en": "What it covers." }, "broader": kind })
            .to_string()
    };
    // Each is laid out otherwise than it is to be.
    let warned =
        |n: usize| (0..n).map(|n| line(n, "public-diplomacy").replace("\",\"", "\", \"") + "\n").collect::<String>();
    for (n, more) in [(FINDING_LIMIT, 0), (FINDING_LIMIT + 7, 7)] {
        let (wrong, folder) = (line(n, "no-such-theme"), Folder::of_the_world());
        folder.write("data/lines.ndjson", warned(n));
        let select = ["--select", "non-canonical", "--select", "dangling-reference", "--select", "too-large"];
        let (ran, report) = folder.check(&select);
        let of = |report: &Value, rule: &str| {
            let items = report["diagnostics"].as_array().expect("a list");
            items.iter().filter(|item| item["rule"] == rule).count()
        };
        assert_eq!((ran.code, of(&report, "too-large")), (Some(0), usize::from(more > 0)), "{n}");
        assert_eq!(of(&report, "non-canonical"), FINDING_LIMIT);
        folder.write("data/lines.ndjson", warned(n) + &wrong);
        let (ran, report) = folder.check(&select);
        assert_eq!((ran.code, of(&report, "dangling-reference")), (Some(1), 1), "{n}");
        assert_eq!(of(&report, "non-canonical"), FINDING_LIMIT - 1);
        let said = format!("{} more faults in this file are not shown", more + 1);
        let items = report["diagnostics"].as_array().expect("a list");
        assert!(items.iter().any(|item| item["message"] == said), "{n}");
    }
}

/// The same page is a comment on a pull request, which has the smaller limit.
#[test]
fn a_step_summary_is_cut_where_github_would_refuse_it() {
    const MOST: usize = 65_536;
    let folder = Folder::of_the_world();
    for n in 0..4 {
        let fields = (0..800).map(|index| (format!("actor-{index}"), json!(index))).collect::<Value>();
        let (_, text) = file(&json!({ "kind": "event", "id": format!("wrong-{n}"), "participants": fields }));
        folder.write(&format!("data/event/wrong-{n}.json"), text);
    }
    let (_, text) = file(&json!({ "kind": "event", "id": "a-warning", "when": "1970-01-01" }));
    folder.write("data/event/a-warning.json", text);
    let mut command = folder.command(&["check", "--format", "markdown"]);
    let output = command.env("GITHUB_STEP_SUMMARY", folder.path("summary.md")).output().expect("it runs");
    let page = String::from_utf8(output.stdout).expect("UTF-8");
    assert!(page.len() <= MOST && page.len() > MOST * 2 / 3, "{}", page.len());
    assert_eq!(folder.read("summary.md"), page);
    let rows = page.matches("| error `").count();
    let total = 3_200;
    assert!(
        page.contains(&format!("\nNot shown: {} more findings; `comity check` shows them.\n", total + 1 - rows)),
        "{page}"
    );
    assert!(!page.contains("| warning `"), "errors come first");
}

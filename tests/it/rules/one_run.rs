//! One run reports every fault of a record, so that a contributor needs few rounds.

use std::collections::BTreeSet;

use crate::tool::{Folder, found};

/// A missing comma hides neither a wrong code, a misspelt field and a reference to nothing, nor what is missing.
#[test]
fn a_record_with_five_faults_is_told_all_five_at_once() {
    let folder = Folder::of_the_world();
    let record = r#"{ "names": { "en": "A visit" }, "type": "visite", "status": "held",
  "participants": { "nobody-at-all": { "role": ["host"] }, "nato": { "roles": ["visitor"] } }
  "evidence": { "a-report": { "stance": "reports" } } }"#;
    folder.write("data/event/faulty.json", record);
    let (ran, report) = folder.check(&["data/event/faulty.json"]);
    assert_eq!(ran.code, Some(1));
    let rules: BTreeSet<&str> = found(&report).into_iter().map(|(rule, _)| rule).collect();
    for rule in ["syntax", "unknown-code", "unknown-field", "dangling-reference", "missing-field"] {
        assert!(rules.contains(rule), "{rule} is not among {rules:?}");
    }
    assert_eq!(found(&report).len(), 5, "one mistake, one finding: {report}");
}

/// A word of another language for `true` or for nothing hides no other fault, and is told of once, in the words of its field.
#[test]
fn a_literal_of_another_language_takes_one_round() {
    let folder = Folder::of_the_world();
    let check = |status: &str, more: &str| {
        let record = format!(
            r#"{{ "names": {{ "en": "A visit" }}, "type": "visit", "when": "2019-01-22", "status": {status}, {more}
  "participants": {{ "morocco": {{ "roles": ["host"] }}, "nato": {{ "roles": ["visitor"] }} }},
  "evidence": {{ "a-report": {{ "stance": "reports" }} }} }}"#
        );
        folder.write("data/event/literal.json", record);
        let (_, report) = folder.check(&["--ignore", "non-canonical", "data/event/literal.json"]);
        let of = |found: &serde_json::Value| {
            ["rule", "message", "help"].map(|field| found[field].as_str().unwrap_or_default().to_owned()).join(": ")
        };
        report["diagnostics"].as_array().expect("findings").iter().map(of).collect::<Vec<_>>()
    };
    for literal in ["None", "nil", "undefined", "NaN", "True", "False"] {
        let found = check(literal, "");
        assert!(
            found.len() == 1 && found[0].starts_with("wrong-type: a text in quotation marks belongs here"),
            "{found:?}"
        );
    }
    assert_eq!(check("\"held\"", "\"online\": True,"), ["syntax: `True` has a capital letter: write true"]);
    let found = check("\"hold\"", "\"online\": None, \"plases\": [],");
    let rules: Vec<&str> = found.iter().filter_map(|found| Some(found.split_once(':')?.0)).collect();
    assert_eq!(rules, ["unknown-code", "wrong-type", "unknown-field"], "{found:?}");
}

/// What belongs in the place of a literal is not known before the record stands where it belongs.
#[test]
fn a_literal_in_a_record_inside_something_else_is_told_of_later() {
    let folder = Folder::of_the_world();
    folder.write("data/event/inside.json", r#"{ "event": { "type": "visit", "when": "2019", "status": True } }"#);
    let (_, report) = folder.check(&["data/event/inside.json"]);
    assert_eq!(found(&report), [("unknown-field", "data/event/inside.json")], "{report}");
}

/// Each literal and each finding is looked at once: as many literals as a record may have faults take no longer than to read them.
#[test]
fn thousands_of_literals_are_settled_in_one_pass() {
    let folder = Folder::of_the_world();
    let words = |count: usize, entry: fn(usize) -> String| (0..count).map(entry).collect::<Vec<_>>().join(",");
    let list = words(9_000, |_| "None".to_owned());
    let names = words(900, |n| format!("\"x{n}\": None"));
    folder.write("data/event/many.json", format!("{{ \"themes\": [{list}], \"names\": {{ {names} }} }}"));
    let (ran, report) = folder.check(&["data/event/many.json"]);
    assert_eq!(ran.code, Some(1));
    let syntax = found(&report).into_iter().filter(|(rule, _)| *rule == "syntax").count();
    assert_eq!(syntax, 0, "what belongs in their place is said");
}

//! What differs between releases: the table `change`, `--since`, and releases without the records that have errors.

use std::collections::{BTreeMap, BTreeSet};

use comity::check::{Checking, Retention};
use comity::dataset::{Dataset, Manifest};
use comity::export;
use comity::export::tables::{Cell, Since, Table, tables};
use comity::policy::Policy;
use serde_json::{Value, json};

use super::tables::dataset;
use crate::tool::history::{commit, git, has_git, repository, write};
use crate::tool::{Folder, faulty};

/// A table as texts by column, by the first column of its key.
type Rows = BTreeMap<String, BTreeMap<String, Option<String>>>;

fn rows(table: &Table) -> Rows {
    let row = |row: &Vec<Cell>| {
        let cells = table.columns.iter().zip(row).map(|(column, cell)| (column.name.clone(), cell.text()));
        (row[0].text().expect("a key"), cells.collect())
    };
    table.rows.iter().map(row).collect()
}

/// The rows of `record` and of `claim`.
fn state(dataset: &Dataset) -> [Rows; 2] {
    let all = tables(dataset);
    ["record", "claim"].map(|name| rows(all.iter().find(|table| table.name == name).expect("a table")))
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        other => Some(other.to_string()),
    }
}

/// Applies changes, as the documentation of the table says. Returns how often each kind of change was there.
fn replay(state: &mut [Rows; 2], changes: &Table) -> BTreeMap<String, usize> {
    let mut kinds = BTreeMap::new();
    for row in &changes.rows {
        let cell = |name: &str| changes.cell(row, name).and_then(Cell::text);
        let values = |name: &str| -> BTreeMap<String, Option<String>> {
            let values: Value = cell(name).map(|text| serde_json::from_str(&text).expect("JSON")).unwrap_or_default();
            values.as_object().into_iter().flatten().map(|(column, value)| (column.clone(), text(value))).collect()
        };
        let (claim, name) = (cell("claim_id"), cell("ref").expect("a record"));
        let rows = &mut state[usize::from(claim.is_some())];
        let key = claim.unwrap_or(name);
        let kind = cell("kind").expect("a kind");
        let before = rows.get(&key).cloned().unwrap_or_default();
        for (column, old) in values("old") {
            assert_eq!(before.get(&column), Some(&old), "{key}: {column}");
        }
        if kind == "removed" || kind == "left-out" {
            rows.remove(&key);
        } else {
            rows.entry(key).or_default().extend(values("new"));
        }
        *kinds.entry(kind).or_default() += 1;
    }
    kinds
}

/// A visit with the fields laid over it.
fn visit(fields: &Value) -> Value {
    let mut visit = json!({ "names": { "en": "A visit" }, "type": "visit", "when": "2019-01-22", "status": "held",
        "participants": { "nato": { "roles": ["host"] }, "morocco": { "roles": ["visitor"] } },
        "figures": { "delegates": { "measure": "participants", "best": 40, "unit": "persons" } },
        "evidence": { "le1-2019": { "stance": "reports" } } });
    visit.as_object_mut().expect("fields").extend(fields.as_object().expect("fields").clone());
    visit
}

#[test]
fn the_changes_of_three_releases_lead_from_the_first_to_the_last() {
    let says = json!({ "le1-2019": { "stance": "reports", "says": { "/when": "2019-01-25" } } });
    let retired = json!({ "retired": { "on": "2026-11-30", "reason": "Twice." , "replaced_by": "event:a-visit" } });
    let withdrawn = json!({ "retired": { "on": "2026-11-30", "reason": "It never took place." } });
    let releases = [
        dataset(&[
            ("event/a-visit.json", visit(&json!({}))),
            ("event/b-visit.json", visit(&json!({ "when": "2020" }))),
            ("event/d-visit.json", visit(&json!({ "when": "2022" }))),
        ]),
        dataset(&[
            (
                "event/a-visit.json",
                visit(&json!({ "when": "2019-01-23", "evidence": says, "summary": { "en": "=1+1, \"said\" one" } })),
            ),
            ("event/b-visit.json", visit(&json!({ "when": "2020" }))),
            ("event/c-visit.json", visit(&json!({ "when": "2021" }))),
            ("event/d-visit.json", visit(&json!({ "when": "2022" }))),
        ]),
        dataset(&[
            ("event/a-visit.json", visit(&json!({ "when": "2019-01-23" }))),
            (
                "event/b-visit.json",
                visit(&{
                    let mut fields = retired;
                    fields["when"] = "2020".into();
                    fields
                }),
            ),
            (
                "event/d-visit.json",
                visit(&{
                    let mut fields = withdrawn;
                    fields["when"] = "2022".into();
                    fields
                }),
            ),
        ]),
    ];
    let mut state_now = state(&releases[0]);
    let mut kinds = BTreeSet::new();
    for pair in releases.windows(2) {
        let changes = Since::of(&pair[0], &pair[1]).table();
        kinds.extend(replay(&mut state_now, &changes).into_keys());
        assert!(changes.rows.len() < 60, "{}", changes.rows.len());
        assert_eq!(state_now, state(&pair[1]));
    }
    assert_eq!(
        kinds.iter().map(String::as_str).collect::<Vec<_>>(),
        ["added", "changed", "removed", "renamed", "retired"]
    );
    assert_eq!(Since::of(&releases[2], &releases[2]).table().rows.len(), 0, "nothing changed");
}

/// The rows of a CSV file without commas and quotation marks in its cells, by the first column.
fn csv(folder: &Folder, path: &str) -> Vec<Vec<String>> {
    folder.read(path).lines().map(|line| line.split(',').map(str::to_owned).collect()).collect()
}

#[test]
fn an_export_is_compared_with_an_earlier_one_or_with_a_revision() {
    if !has_git() {
        return;
    }
    let event = json!({ "kind": "event", "id": "a-seminar", "when": "2019-01-22" });
    let folder = repository(std::slice::from_ref(&event));
    assert_eq!(folder.run(&["export", "--to", "first"]).code, Some(0));
    assert_eq!(csv(&folder, "first/csv/change.csv").len(), 1, "only a header");
    assert!(folder.read("first/CHANGES.md").contains("compared with no earlier one"));
    let mut later = event;
    later["when"] = "2019-01-23".into();
    write(&folder, &later);
    for (since, to) in [("first", "by-folder"), ("HEAD", "by-revision")] {
        let ran = folder.run(&["export", "--to", to, "--since", since]);
        assert_eq!(ran.code, Some(0), "{ran:?}");
        let changes = folder.read(&format!("{to}/csv/change.csv"));
        assert!(changes.contains("event:a-seminar,,,changed,"), "{changes}");
        assert!(folder.read(&format!("{to}/CHANGES.md")).contains("| event |  | 1 |"), "{since}");
    }
    assert_eq!(folder.read("by-folder/csv/change.csv"), folder.read("by-revision/csv/change.csv"));
    commit(&folder);
    git(&folder, &["tag", "release"]);
    let ran = folder.run(&["export", "--to", "none", "--since", "release"]);
    assert_eq!((ran.code, csv(&folder, "none/csv/change.csv").len()), (Some(0), 1), "{ran:?}");
    // A revision with a record that cannot be read is compared without it, where the user allows that.
    folder.write("data/event/unreadable.json", "{");
    commit(&folder);
    std::fs::remove_file(folder.path("data/event/unreadable.json")).expect("removed");
    let export = ["export", "--to", "none", "--since", "HEAD"];
    let ran = folder.run(&export);
    assert!(ran.code == Some(2) && ran.err.contains("1 record of the revision `HEAD` cannot be read"), "{ran:?}");
    let ran = folder.run(&[&export[..], &["--allow-errors"]].concat());
    assert_eq!((ran.code, csv(&folder, "none/csv/change.csv").len()), (Some(0), 1), "{ran:?}");
    assert!(ran.err.contains("is compared without"), "{ran:?}");
    // The lines are read before the document, which may be too large.
    folder.write("first/comity.json", "[]");
    assert_eq!(folder.run(&["export", "--to", "none", "--since", "first"]).code, Some(0));
    // An NDJSON alone is enough; its day and its version stand in the manifest.
    assert_eq!(folder.run(&["export", "--to", "lines", "--format", "ndjson"]).code, Some(0));
    let ran = folder.run(&["export", "--to", "none", "--since", "lines"]);
    assert_eq!((ran.code, csv(&folder, "none/csv/change.csv").len()), (Some(0), 1), "{ran:?}");
    assert_eq!(folder.run(&["export", "--to", "tables", "--format", "csv"]).code, Some(0));
    for (since, why) in [
        ("nowhere", "neither a folder nor a revision"),
        ("data", "no folder that `comity export` wrote"),
        ("tables", "neither comity.json nor comity.ndjson"),
    ] {
        let ran = folder.run(&["export", "--to", "refused", "--since", since]);
        assert!(ran.code == Some(2) && ran.err.contains(why), "{since}: {ran:?}");
        assert!(!folder.path("refused").exists());
    }
}

/// A record as a line.
fn line(fragment: &Value) -> String {
    let mut record: Value = serde_json::from_str(&crate::world::file(fragment).1).expect("JSON");
    record["kind"] = fragment["kind"].clone();
    record["id"] = fragment["id"].clone();
    format!("{record}\n")
}

#[test]
fn a_broken_line_leaves_out_that_line_only() {
    let lines = [
        line(&json!({ "kind": "event", "id": "good-one" })),
        line(&json!({ "kind": "event", "id": "No id" })),
        "no JSON\n".to_owned(),
        line(&json!({ "kind": "event", "id": "good-two" })),
    ];
    let folder = Folder::of_the_world();
    folder.write("data/events.ndjson", lines.concat());
    let ran = folder.run(&["export", "--to", "out", "--format", "ndjson", "--allow-errors"]);
    assert!(ran.code == Some(0) && ran.out.contains("2 records left out"), "{ran:?}");
    let written = folder.read("out/comity.ndjson");
    assert!(written.contains("\"good-one\"") && written.contains("\"good-two\""), "{written}");
}

/// A report names the first thousand faults of a file.
#[test]
fn no_record_with_an_error_is_exported_however_many_there_are() {
    let faulty = |number| json!({ "kind": "event", "id": format!("a-visit-{number}"), "under": ["framework:nowhere"] });
    let lines: String = (0..1_100).map(|number| line(&faulty(number))).collect();
    let sound = crate::world::world();
    let builder = Dataset::builder(crate::world::today()).file("events.ndjson", lines);
    let dataset = sound.into_iter().fold(builder, |builder, (path, text)| builder.file(&path, text)).build();
    let sound = dataset.records().count() - 1_100;
    let errors = comity::check::errors(&dataset, &Policy::of(&dataset));
    let (dataset, left_out) = export::leave_out(dataset, &errors);
    assert_eq!((left_out.len(), dataset.records().count()), (1_100, sound));
}

/// Links of summaries have the numbers of entries, which change.
#[test]
fn a_dataset_of_summaries_keeps_its_records_and_links_when_some_are_left_out() {
    let policy = Policy::default();
    let checking = Checking::of(crate::world::today(), &Manifest::default(), &policy).expect("summaries are enough");
    let builder = Dataset::builder(crate::world::today()).retention(Retention::Summary(&checking));
    let files = crate::world::world().into_iter();
    let dataset = files.fold(builder, |builder, (path, text)| builder.file(&path, text)).build();
    assert!(dataset.lets_records_go());
    assert_eq!(dataset.entries()[0].key.as_ref().map(ToString::to_string).as_deref(), Some("actor:algeria"));
    let all = dataset.entries().len();
    let dataset = dataset.retain(|entry| entry.id.index() != 0);
    assert_eq!((dataset.lets_records_go(), dataset.records().count()), (false, all - 1));
    assert!(dataset.entries().iter().all(|entry| dataset.text(entry).is_some()));
    let errors = comity::check::errors(&dataset, &policy);
    let found: Vec<&str> = errors.iter().map(|error| error.rule.code).collect();
    assert_eq!(found, ["dangling-reference"], "only the framework names the record that is gone: {errors:?}");
}

#[test]
fn a_record_that_is_left_out_is_not_reported_as_removed() {
    let seminar = |id, fields: Value| {
        let mut event = json!({ "kind": "event", "id": id });
        event.as_object_mut().expect("fields").extend(fields.as_object().expect("fields").clone());
        crate::world::file(&event)
    };
    let folder = Folder::of_the_world();
    let put = |(path, text): (String, String)| folder.write(&format!("data/{path}"), text);
    put(seminar("a-seminar", json!({})));
    put(seminar("b-seminar", json!({})));
    assert_eq!(folder.run(&["export", "--to", "first", "--format", "ndjson"]).code, Some(0));
    put(seminar("a-seminar", json!({ "type": "no-such-type" })));
    std::fs::remove_file(folder.path("data/event/b-seminar.json")).expect("removed");
    let ran = folder.run(&["export", "--to", "out", "--format", "csv", "--allow-errors", "--since", "first"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let changes = folder.read("out/csv/change.csv");
    assert!(
        changes.contains("event:a-seminar,,,left-out,") && changes.contains("event:b-seminar,,,removed,"),
        "{changes}"
    );
    let page = folder.read("out/CHANGES.md");
    assert!(page.contains("- `event:b-seminar` was removed") && !page.contains("- `event:a-seminar`"), "{page}");
    assert!(page.contains("| event |  |  |  |  | 1 | 1 |") && page.contains("was not removed"), "{page}");
}

#[test]
fn an_export_without_broken_records_names_them() {
    let folder = Folder::with(&faulty("faulty"));
    folder.write("data/event/unreadable.json", "{");
    let refers = json!({ "kind": "statement", "id": "about-it", "about": ["event:faulty"] });
    let (path, text) = crate::world::file(&refers);
    folder.write(&format!("data/{path}"), text);
    let ran = folder.run(&["export", "--to", "out"]);
    assert!(ran.code == Some(2) && ran.err.contains("--allow-errors") && !folder.path("out").exists(), "{ran:?}");
    let ran = folder.run(&["export", "--to", "out", "--allow-errors"]);
    assert!(ran.code == Some(0) && ran.out.contains("3 records left out"), "{ran:?}");
    let manifest: Value = serde_json::from_str(&folder.read("out/manifest.json")).expect("JSON");
    let left_out: BTreeMap<&str, &str> = manifest["left_out"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|record| (record["record"].as_str().expect("a record"), record["reason"].as_str().expect("a reason")))
        .collect();
    let names: Vec<&str> = left_out.keys().copied().collect();
    assert_eq!(names, ["event:faulty", "event:unreadable", "statement:about-it"], "{left_out:?}");
    assert_eq!(left_out["statement:about-it"], "refers to `event:faulty`, which is left out");
    assert_eq!(manifest["meta"]["left_out"], 3);
    let lines = folder.read("out/comity.ndjson");
    assert!(!lines.contains("\"faulty\"") && lines.contains("\"a-word-before\""), "{lines}");
    assert!(folder.read("out/README.md").contains("Left out because of errors: 3"));
    let clean = Folder::of_the_world();
    let ran = clean.run(&["export", "--to", "out", "--allow-errors"]);
    assert!(ran.code == Some(0) && !ran.out.contains("left out"), "{ran:?}");
}

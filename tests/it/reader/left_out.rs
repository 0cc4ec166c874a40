//! Releases without the records that have errors.

use std::collections::BTreeMap;

use comity::check::{Checking, Retention};
use comity::dataset::{Dataset, Manifest};
use comity::export;
use comity::policy::Policy;
use serde_json::{Value, json};

use crate::tool::{Folder, faulty, ran};

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
    let refused = folder.run(&["export", "--to", "out"]);
    assert!(
        refused.code == Some(2) && refused.err.contains("--allow-errors") && !folder.path("out").exists(),
        "{refused:?}"
    );
    let allowed = folder.run(&["export", "--to", "out", "--allow-errors"]);
    assert!(allowed.code == Some(0) && allowed.out.contains("3 records left out"), "{allowed:?}");
    let manifest: Value = serde_json::from_str(&folder.read("out/manifest.json")).expect("JSON");
    let left_out: BTreeMap<&str, &str> = manifest["left_out"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|record| (record["record"].as_str().expect("a record"), record["reason"].as_str().expect("a reason")))
        .collect();
    let paths = |manifest: &Value| -> Vec<String> {
        let all = manifest["left_out"].as_array().expect("a list").iter();
        all.map(|record| record["path"].as_str().expect("a path").to_owned()).collect()
    };
    let expected = ["event/faulty.json", "event/unreadable.json", "statement/about-it.json"];
    assert_eq!(paths(&manifest), expected);
    let mut elsewhere = folder.command(&["export", "--to", "../../again", "--allow-errors", "--format", "ndjson"]);
    let allowed = ran(elsewhere.current_dir(folder.path("data/event")), b"");
    assert_eq!(allowed.code, Some(0), "{allowed:?}");
    let again: Value = serde_json::from_str(&folder.read("again/manifest.json")).expect("JSON");
    assert_eq!(paths(&again), expected, "wherever the dataset lies");
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

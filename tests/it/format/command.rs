//! `comity fmt` over real files.

use std::fs;

use serde_json::{Value, json};

use crate::tool::{Folder, found};
use crate::world::file;

#[test]
fn fmt_writes_canonical_form_once_and_keeps_the_rest_as_it_was() {
    let folder = Folder::of_the_world();
    let (path, canonical) = file(&json!({ "kind": "event", "id": "laid-out", "names": { "en": "Café" } }));
    let record: Value = serde_json::from_str(&canonical).expect("JSON");
    // A different order and indentation, carriage returns, decomposed letters, numbers with superfluous digits.
    let mut fields: Vec<String> =
        record.as_object().expect("an object").iter().map(|(key, value)| format!("\"{key}\":\t{value}")).collect();
    fields.reverse();
    let untidy = format!("{{\r\n{}\r\n}}\r\n\r\n", fields.join(",\r\n")).replace('é', "e\u{301}");
    let below = format!("data/{path}");
    folder.write(&below, &untidy);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        fs::set_permissions(folder.path(&below), fs::Permissions::from_mode(0o640)).expect("permissions");
    }

    let ran = folder.run(&["fmt", "--check"]);
    assert_eq!((ran.code, folder.read(&below)), (Some(1), untidy), "--check only says so: {ran:?}");
    assert!(ran.out.contains(&below), "{ran:?}");
    let ran = folder.run(&["fmt"]);
    assert_eq!((ran.code, folder.read(&below)), (Some(0), canonical.clone()), "{ran:?}");
    let ran = folder.run(&["fmt"]);
    assert_eq!((ran.code, folder.read(&below)), (Some(0), canonical), "canonical form is its own: {ran:?}");
    assert_eq!(folder.run(&["fmt", "--check"]).code, Some(0));
    assert_eq!(folder.run(&["check"]).code, Some(0));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = fs::metadata(folder.path(&below)).expect("a file").permissions().mode();
        assert_eq!(mode & 0o777, 0o640, "permissions stay");
    }
    let left: Vec<_> = fs::read_dir(folder.path("data/event")).expect("a folder").collect();
    assert_eq!(left.len(), 1, "no temporary file stays behind");
}

#[test]
fn fmt_takes_what_only_the_check_refuses_and_leaves_what_it_cannot_read() {
    let folder = Folder::of_the_world();
    // Unknown fields, wrong values and dangling references are no matter of layout.
    let odd = "{ \"zzz\": [1.0, {\"b\": null, \"a\": \"\\u00e9\"}], \"type\": 3, \"under\": [\"event:nowhere\"] }";
    folder.write("data/event/odd.json", odd);
    let broken = "{ \"type\": \"visit\", \"type\": \"seminar\" }";
    folder.write("data/event/broken.json", broken);
    let ran = folder.run(&["fmt"]);
    assert_eq!(ran.code, Some(1), "something was left as it is: {ran:?}");
    assert_eq!(folder.read("data/event/broken.json"), broken, "one of two equal keys would be lost");
    let after: Value = serde_json::from_str(&folder.read("data/event/odd.json")).expect("JSON");
    assert_eq!(after["zzz"], json!([1, { "b": null, "a": "é" }]));
    assert_eq!((&after["type"], &after["kind"], &after["id"]), (&json!(3), &json!("event"), &json!("odd")));
    let lines = "\n{\"kind\":\"event\",\"id\":\"a\"}\r\n\r\n{\"id\":\"b\",\"kind\":\"event\",\"zzz\":1.50}";
    folder.write("data/lines.ndjson", lines);
    folder.run(&["fmt", "data/lines.ndjson"]);
    let expected = "{\"kind\":\"event\",\"id\":\"a\"}\n{\"kind\":\"event\",\"id\":\"b\",\"zzz\":1.50}\n";
    assert_eq!(folder.read("data/lines.ndjson"), expected);
}

/// A contributor types neither `$schema` nor `kind` nor `id`, and leaves the layout to the tool.
#[test]
fn a_record_typed_by_hand_needs_only_its_layout() {
    let folder = Folder::of_the_world();
    let cited = json!({ "a-page": { "stance": "reports" } });
    for fragment in
        [json!({ "kind": "event", "id": "a-meeting", "evidence": cited }), json!({ "kind": "source", "id": "a-page" })]
    {
        let (path, text) = file(&fragment);
        let mut record: Value = serde_json::from_str(&text).expect("JSON");
        let fields = record.as_object_mut().expect("an object");
        for field in ["$schema", "kind", "id"] {
            fields.remove(field).expect("canonical form has it");
        }
        folder.write(&format!("data/{path}"), record.to_string());
    }
    let (ran, report) = folder.check(&[]);
    let expected = [("non-canonical", "data/event/a-meeting.json"), ("non-canonical", "data/source/a-page.json")];
    assert_eq!((ran.code, found(&report)), (Some(0), expected.to_vec()), "a warning blocks nothing");
    assert_eq!(folder.run(&["fmt"]).code, Some(0));
    let (_, report) = folder.check(&[]);
    assert_eq!(found(&report), []);
}

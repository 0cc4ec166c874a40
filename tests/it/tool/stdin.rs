//! Standard input in the place of a file: an editor's text that is not saved yet.

use serde_json::{Value, json};

use super::{Folder, Ran, faulty, found, ran};
use crate::world::file;

fn run(folder: &Folder, arguments: &[&str], text: &str) -> Ran {
    ran(&mut folder.command(arguments), text.as_bytes())
}

#[test]
fn a_check_takes_the_text_in_the_place_of_the_file() {
    let folder = Folder::of_the_world();
    let (path, good) = file(&json!({ "kind": "event", "id": "a-visit" }));
    let (_, bad) = file(&faulty("a-visit"));
    let path = format!("data/{path}");
    let check = |text: &str| {
        let ran = run(&folder, &["check", "--format", "json", "--stdin-filename", &path, "-"], text);
        let report: Value = serde_json::from_str(&ran.out).unwrap_or_else(|error| panic!("{error}: {ran:?}"));
        let found: Vec<(String, String)> =
            found(&report).into_iter().map(|(rule, path)| (rule.to_owned(), path.to_owned())).collect();
        (ran.code, found, report["summary"]["records"].as_u64())
    };
    let unknown = vec![("unknown-code".to_owned(), path.clone())];
    assert_eq!(check(&bad), (Some(1), unknown.clone(), Some(1)), "a file that is not there yet");
    assert_eq!(check(&good), (Some(0), vec![], Some(1)));
    folder.write(&path, &good);
    assert_eq!(check(&bad), (Some(1), unknown, Some(1)), "the text counts, not the file");
    assert_eq!(folder.read(&path), good, "nothing is written");
    folder.write(&path, &bad);
    assert_eq!(check(&good), (Some(0), vec![], Some(1)));
    // Other records refer to the text, not to the file.
    let (other, text) = file(&json!({ "kind": "event", "id": "another-visit", "under": ["event:a-visit"] }));
    folder.write(&format!("data/{other}"), text);
    folder.write(&path, &good);
    let renamed = good.replace("\"a-visit\"", "\"a-visitt\"");
    assert_eq!(check(&renamed).1[0].0, "id-file-mismatch");
}

#[test]
fn the_name_of_the_text_is_one_of_a_record() {
    let folder = Folder::of_the_world();
    let (_, text) = file(&json!({ "kind": "event", "id": "a-visit" }));
    let ran = run(&folder, &["check", "--stdin-filename", "data/events/a-visit.json", "-"], &text);
    assert!(ran.code == Some(1) && ran.out.contains("error[misplaced-file]"), "{ran:?}");
    let ran = run(&folder, &["check", "--stdin-filename", "data/event/a-visit.json", "data/actor", "-"], &text);
    assert!(ran.code == Some(2) && ran.err.contains("`data/actor` is another file"), "{ran:?}");
    for flag in ["--fix", "--watch", "--staged"] {
        let ran = run(&folder, &["check", flag, "--stdin-filename", "data/event/a-visit.json", "-"], &text);
        assert!(ran.code == Some(2) && ran.out.is_empty(), "{flag}: {ran:?}");
    }
    let deep = run(&folder, &["check", "--stdin-filename", "data/event/2019/a-visit.json", "-"], &text);
    assert!(deep.out.contains("checked 1 record of 1 kind"), "a folder that is not there yet: {deep:?}");
}

#[test]
fn the_text_may_be_that_of_the_file_that_describes_the_dataset() {
    let folder = Folder::of_the_world();
    folder.write("data/dataset.json", "not JSON, and not read");
    let check = |text: &str| run(&folder, &["check", "--stdin-filename", "data/dataset.json", "-"], text);
    let ran = check("{}");
    assert!(ran.code == Some(0) && ran.out.contains("nothing to fix"), "{ran:?}");
    for (text, why) in [
        (
            "{ \"rules\": { \"orphans\": \"off\" } }",
            "data/dataset.json:1:14: there is no rule `orphans`; did you mean `orphan`?",
        ),
        (" \n", "data/dataset.json:1:1: the file is empty; write `{}`"),
    ] {
        let ran = check(text);
        assert!(ran.code == Some(2) && ran.err.contains(why), "{ran:?}");
    }
}

#[test]
fn fmt_writes_standard_input_to_standard_output() {
    let folder = Folder::of_the_world();
    let (path, canonical) = file(&json!({ "kind": "event", "id": "a-visit", "names": { "en": "A\u{202e} visit" } }));
    let path = format!("data/{path}");
    let untidy = canonical.replace("  ", "\t");
    let ran = run(&folder, &["fmt", "-"], &untidy);
    assert_eq!((ran.code, ran.out.as_str(), ran.err.as_str()), (Some(0), canonical.as_str(), ""), "byte by byte");
    // Without kind and id, the name of the file says both.
    let mut record: Value = serde_json::from_str(&canonical).expect("JSON");
    let fields = record.as_object_mut().expect("an object");
    for field in ["$schema", "kind", "id"] {
        fields.remove(field).expect("canonical form has it");
    }
    let nameless = record.to_string();
    let ran = run(&folder, &["fmt", "--stdin-filename", &path, "-"], &nameless);
    assert_eq!((ran.code, ran.out.as_str()), (Some(0), canonical.as_str()), "{ran:?}");
    let ran = run(&folder, &["fmt", "--stdin-filename", &path], &canonical);
    assert_eq!((ran.code, ran.out.as_str()), (Some(0), canonical.as_str()), "`-` may be left out");
    assert!(!folder.path(&path).exists(), "no file is written");
    for (text, why) in [("{", "not JSON"), (nameless.as_str(), "--stdin-filename")] {
        let ran = run(&folder, &["fmt", "-"], text);
        assert_eq!((ran.code, ran.out.as_str()), (Some(1), ""), "{ran:?}");
        assert!(ran.err.starts_with("not formatted: <stdin>: ") && ran.err.contains(why), "{ran:?}");
    }
    let ran = run(&folder, &["fmt", "-", "data/event"], &canonical);
    assert!(ran.code == Some(2) && ran.err.contains("is another file"), "{ran:?}");
    let ran = run(&folder, &["fmt", "--stdin-filename", "data/README.md", "-"], "# Title\n");
    assert!(
        ran.code == Some(2) && ran.out.is_empty() && ran.err.contains("`data/README.md` is not a record"),
        "{ran:?}"
    );
}

#[test]
fn fmt_lays_out_lines_as_lines() {
    let folder = Folder::of_the_world();
    let lines = "\n{\"kind\":\"event\",\"id\":\"a\"}\n{\"id\":\"b\",\"kind\":\"event\"}";
    let ran = run(&folder, &["fmt", "--stdin-filename", "data/lines.ndjson", "-"], lines);
    assert_eq!(ran.out, "{\"kind\":\"event\",\"id\":\"a\"}\n{\"kind\":\"event\",\"id\":\"b\"}\n");
}

#[test]
fn what_the_runner_would_obey_keeps_its_value_in_json() {
    let folder = Folder::of_the_world();
    let (_, text) = file(&json!({ "kind": "event", "id": "a-visit", "summary": { "en": "##[error]x" } }));
    let mut command = folder.command(&["fmt", "-"]);
    let ran = ran(command.env("GITHUB_ACTIONS", "true"), text.as_bytes());
    assert!(ran.code == Some(0) && !ran.out.contains("##["), "{ran:?}");
    let (before, after): (Value, Value) =
        (serde_json::from_str(&text).expect("JSON"), serde_json::from_str(&ran.out).expect("JSON"));
    assert_eq!(before, after);
}

#[test]
fn fmt_diff_shows_what_would_change_and_changes_nothing() {
    let folder = Folder::of_the_world();
    let (path, canonical) = file(&json!({ "kind": "event", "id": "a-visit" }));
    let path = format!("data/{path}");
    let untidy = canonical.replace("  \"type\"", "      \"type\"");
    folder.write(&path, &untidy);
    let ran = folder.run(&["fmt", "--diff"]);
    assert_eq!((ran.code, folder.read(&path)), (Some(1), untidy.clone()), "{ran:?}");
    assert!(ran.out.starts_with(&format!("--- {path}\n+++ {path}\n@@ ")), "{ran:?}");
    let changed: Vec<&str> = ran.out.lines().skip(3).filter(|line| line.starts_with(['-', '+'])).collect();
    assert_eq!(changed, ["-      \"type\": \"seminar\",", "+  \"type\": \"seminar\","], "{ran:?}");
    assert!(ran.err.starts_with("1 file would be changed, "), "{ran:?}");
    let piped = run(&folder, &["fmt", "--diff", "--stdin-filename", &path, "-"], &untidy);
    assert_eq!((piped.code, piped.out), (Some(1), ran.out), "of standard input, the same");
    let piped = run(&folder, &["fmt", "--check", "-"], &untidy);
    assert_eq!((piped.code, piped.out.as_str()), (Some(1), "would change <stdin>\n"));
    folder.run(&["fmt"]);
    let ran = folder.run(&["fmt", "--diff"]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(0), ""), "{ran:?}");
}

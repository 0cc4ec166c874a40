//! What `check --base` says of a change as a whole: files that are gone, renamed, left out or smuggled in.

use serde_json::json;

use crate::tool::history::{commit, git, has_git, remove, repository, write};
use crate::tool::{found, ran};
use crate::world::file;

/// Without the file nothing is found to be a dataset, so that no check of another change could be red.
#[test]
fn a_change_that_deletes_dataset_json_is_no_change_to_merge() {
    if !has_git() {
        return;
    }
    let folder = repository(&[]);
    remove(&folder, "data/dataset.json");
    let ran = folder.run(&["check", "data", "--base", "refs/heads/main"]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{ran:?}");
    assert!(ran.err.contains("data/dataset.json:1:1: the file is gone, and `refs/heads/main` has it"), "{ran:?}");
    assert!(ran.err.contains("put it back"), "{ran:?}");
}

/// What no check reads cannot be brought into the dataset under the name of a temporary file.
#[test]
fn a_file_named_like_a_temporary_one_is_misplaced_in_a_change() {
    if !has_git() {
        return;
    }
    let folder = repository(&[]);
    let path = "data/actor/.comity-0123456789abcdef.tmp";
    folder.write(path, "Call +212 600 000 000.");
    assert_eq!(folder.run(&["check"]).code, Some(0), "a run that was stopped leaves such a file");
    git(&folder, &["add", "-f", path]);
    for arguments in [&["--base", "refs/heads/main"][..], &["--staged"]] {
        let (ran, report) = folder.check(arguments);
        assert_eq!((ran.code, found(&report)), (Some(1), vec![("misplaced-file", path)]), "{arguments:?}");
    }
    let ran = ran(folder.command(&["check", "--format", "concise"]).env("CI", "true"), b"");
    assert!(ran.code == Some(1) && ran.out.contains("misplaced-file"), "{ran:?}");
}

#[test]
fn a_reference_to_what_the_change_renames_or_removes_is_told_so() {
    if !has_git() {
        return;
    }
    let seminar = json!({ "kind": "event", "id": "a-seminar", "places": ["a-hotel"] });
    let hotel = |id: &str| json!({ "kind": "place", "id": id, "type": "building", "names": { "en": "A hotel" } });
    let folder = repository(&[seminar, hotel("a-hotel"), hotel("a-hotel-annex")]);
    let help = || {
        let (_, report) = folder.check(&["--base", "HEAD", "--select", "dangling-reference"]);
        let items = report["diagnostics"].as_array().expect("a list").clone();
        items[0]["help"].as_str().expect("a help").to_owned()
    };
    remove(&folder, "data/place/a-hotel.json");
    assert_eq!(help(), "this change removes the record: put it back, or remove this reference");
    write(&folder, &hotel("the-hotel"));
    assert_eq!(help(), "this change calls the record `the-hotel`: write that, or give it its old name back");
}

/// One mistake in a line is one finding: the record is there, though the rest of the line cannot be read.
#[test]
fn a_broken_line_whose_name_is_legible_is_no_record_that_is_gone() {
    if !has_git() {
        return;
    }
    let folder = repository(&[
        json!({ "kind": "event", "id": "a-seminar", "evidence": { "page-one": { "stance": "reports" } } }),
    ]);
    let line = |id: &str| file(&json!({ "kind": "source", "id": id })).1.replace('\n', " ") + "\n";
    let lines = line("page-one") + &line("page-two");
    folder.write("data/source/all.ndjson", &lines);
    commit(&folder);
    for (wrong, rule) in [
        (lines.replacen("\"page-one\",", "\"page-one\",,", 1), "syntax"),
        (lines.replacen("\"page-two\",", "\"page-two\" \"", 1), "syntax"),
        (lines.replacen("\"source\"", "\"sourcex\"", 1), "unknown-code"),
    ] {
        assert_ne!(wrong, lines);
        folder.write("data/source/all.ndjson", wrong);
        let (_, report) = folder.check(&["--base", "HEAD", "--ignore", "non-canonical", "--ignore", "orphan"]);
        assert_eq!(found(&report), [(rule, "data/source/all.ndjson")], "{report:#}");
    }
}

/// Who cites a version, or counts until the end of research, relies on both.
#[test]
fn a_dataset_json_that_goes_back_is_refused_at_its_place() {
    if !has_git() {
        return;
    }
    let folder = repository(&[]);
    let about = |version: &str, as_of: &str, more: &str| {
        format!("{{\n  \"version\": \"{version}\",\n  \"as_of\": \"{as_of}\"{more}\n}}\n")
    };
    folder.write("data/dataset.json", about("2026.12", "2026-11-26", ""));
    commit(&folder);
    for (now, told) in [
        (about("2026.11", "2026-11-26", ""), "data/dataset.json:2:14: `version` is 2026.11, and `HEAD` has 2026.12"),
        (
            about("2026.12", "2020-01-01", ""),
            "data/dataset.json:3:12: `as_of` is 2020-01-01, and `HEAD` has 2026-11-26",
        ),
    ] {
        folder.write("data/dataset.json", now);
        let ran = folder.run(&["check", "--base", "HEAD"]);
        assert!(ran.code == Some(2) && ran.err.contains(told), "{ran:?}");
        let ran = folder.run(&["diff", "HEAD"]);
        assert!(ran.out.contains("correction"), "{ran:?}");
    }
    let rules = ",\n  \"rules\": { \"sentinel-date\": \"off\" }";
    folder.write("data/dataset.json", about("2026.12.1", "2026-11-27", rules));
    let ran = folder.run(&["check", "--base", "HEAD"]);
    assert!(ran.code == Some(0) && ran.err.contains("sets other levels of rules"), "{ran:?}");
}

/// Systems that ignore case rename a file like this, often by accident.
#[test]
fn a_file_name_in_capitals_is_one_finding_and_the_record_is_there() {
    if !has_git() {
        return;
    }
    let seminar = json!({ "kind": "event", "id": "a-seminar" });
    let talk = json!({ "kind": "event", "id": "a-talk", "under": ["event:a-seminar"] });
    let folder = repository(&[seminar, talk]);
    git(&folder, &["mv", "data/event/a-seminar.json", "data/event/A-Seminar.json"]);
    let (ran, report) = folder.check(&["--base", "HEAD"]);
    assert_eq!((ran.code, found(&report)), (Some(1), vec![("id-file-mismatch", "data/event/A-Seminar.json")]));
}

/// The files that a sparse checkout leaves out are not deleted.
#[test]
fn a_sparse_checkout_is_refused() {
    if !has_git() {
        return;
    }
    let folder = repository(&[json!({ "kind": "event", "id": "a-seminar" })]);
    git(&folder, &["sparse-checkout", "set", "data/actor"]);
    for arguments in [&["check", "--base", "HEAD"][..], &["diff", "HEAD"]] {
        let ran = folder.run(arguments);
        assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{ran:?}");
        assert!(ran.err.contains("this checkout is sparse"), "{ran:?}");
    }
    git(&folder, &["sparse-checkout", "disable"]);
    assert_eq!(folder.run(&["check", "--base", "HEAD"]).code, Some(0));
}

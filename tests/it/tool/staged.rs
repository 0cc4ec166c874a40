//! `check --staged`: the records of git's index.

use std::fs;

use serde_json::{Value, json};

use super::{Folder, Ran, all, faulty, found, ran};
use crate::tool::history::{commit, git, has_git, repository, write};
use crate::world::file;

fn staged(folder: &Folder, more: &[&str], variables: &[(&str, &str)]) -> (Ran, Value) {
    let arguments = [&["check", "--staged", "--format", "json"], more].concat();
    let ran = ran(folder.command(&arguments).envs(variables.iter().copied()), b"");
    let report = serde_json::from_str(&ran.out).unwrap_or_else(|error| panic!("{error}: {ran:?}"));
    (ran, report)
}

const FAULT: (&str, &str) = ("unknown-code", "data/event/a-visit.json");

#[test]
fn what_is_staged_is_checked_and_not_what_lies_in_the_folder() {
    if !has_git() {
        return;
    }
    let folder = repository(&[json!({ "kind": "event", "id": "a-visit" })]);
    write(&folder, &faulty("a-visit"));
    let (ran, report) = staged(&folder, &[], &[]);
    assert_eq!((ran.code, found(&report)), (Some(0), vec![]), "nothing is staged yet");
    git(&folder, &["add", "-A"]);
    let (ran, report) = staged(&folder, &[], &[]);
    assert_eq!((ran.code, found(&report)), (Some(1), vec![FAULT]));
    let item = &report["diagnostics"][0];
    assert!(item["start"]["line"].as_u64() > Some(1), "the place in the staged text: {item}");
    write(&folder, &json!({ "kind": "event", "id": "a-visit" }));
    assert_eq!(folder.run(&["check"]).code, Some(0));
    assert_eq!(staged(&folder, &[], &[]).0.code, Some(1), "mended, and not staged");
    // A file that is not in the index is no part of the next commit, and a file that is removed from it is none either.
    write(&folder, &faulty("not-staged"));
    git(&folder, &["rm", "-q", "-f", "--cached", "data/event/a-visit.json"]);
    let (ran, report) = staged(&folder, &[], &[]);
    assert_eq!((ran.code, found(&report), &report["summary"]["records"]), (Some(0), vec![], &json!(all(0))));
}

#[test]
fn a_named_file_is_reported_as_it_is_staged() {
    if !has_git() {
        return;
    }
    let folder =
        repository(&[json!({ "kind": "event", "id": "a-visit" }), json!({ "kind": "event", "id": "another" })]);
    write(&folder, &faulty("a-visit"));
    git(&folder, &["add", "-A"]);
    let one = |path: &str| {
        let (ran, report) = staged(&folder, &[path], &[]);
        (ran.code, report["summary"]["records"].as_u64())
    };
    assert_eq!(one("data/event/a-visit.json"), (Some(1), Some(1)));
    assert_eq!(one("data/event/another.json"), (Some(0), Some(1)));
    write(&folder, &faulty("not-staged"));
    let ran = folder.run(&["check", "--staged", "data/event/not-staged.json"]);
    assert!(ran.code == Some(2) && ran.err.contains("`data/event/not-staged.json` is not staged"), "{ran:?}");
}

#[test]
fn a_record_that_is_there_and_not_staged_is_told() {
    if !has_git() {
        return;
    }
    let folder = repository(&[]);
    write(&folder, &json!({ "kind": "event", "id": "of-a-new-place", "places": ["a-new-place"] }));
    git(&folder, &["add", "-A"]);
    write(&folder, &json!({ "kind": "place", "id": "a-new-place" }));
    let (_, report) = staged(&folder, &[], &[]);
    let help = report["diagnostics"][0]["help"].as_str().unwrap_or_default();
    assert_eq!(help, "the file is there, but not staged: `git add data/place/a-new-place.json`", "{report}");
}

#[test]
fn a_file_that_is_only_announced_is_no_part_of_the_next_commit() {
    if !has_git() {
        return;
    }
    let folder = repository(&[]);
    write(&folder, &faulty("announced"));
    git(&folder, &["add", "--intent-to-add", "data/event/announced.json"]);
    let (ran, report) = staged(&folder, &[], &[]);
    assert_eq!((ran.code, found(&report)), (Some(0), vec![]), "{report}");
    folder.write("data/event/announced.json", "");
    git(&folder, &["add", "-A"]);
    let (ran, report) = staged(&folder, &[], &[]);
    assert!(ran.code == Some(1) && !found(&report).is_empty(), "an empty file that is staged is a fault");
}

#[test]
fn a_conflict_and_a_missing_dataset_json_are_told() {
    if !has_git() {
        return;
    }
    let folder = repository(&[json!({ "kind": "event", "id": "a-visit" })]);
    for branch in ["ours", "theirs"] {
        git(&folder, &["checkout", "-q", "-b", branch, "main"]);
        write(&folder, &json!({ "kind": "event", "id": "a-visit", "names": { "en": branch } }));
        git(&folder, &["add", "-A"]);
        commit(&folder);
    }
    let merge = std::process::Command::new("git")
        .args(["-c", "user.name=x", "-c", "user.email=x@example.org", "merge", "-q", "ours"])
        .current_dir(folder.path(""))
        .output();
    assert!(!merge.expect("git runs").status.success(), "the two are in conflict");
    let ran = folder.run(&["check", "--staged"]);
    assert!(ran.code == Some(2) && ran.err.contains("`data/event/a-visit.json` is in conflict"), "{ran:?}");

    let folder = repository(&[]);
    git(&folder, &["rm", "-q", "--cached", "data/dataset.json"]);
    let ran = folder.run(&["check", "--staged"]);
    assert!(ran.code == Some(2) && ran.err.contains("`data/dataset.json` is not staged"), "{ran:?}");
    let ran = Folder::of_the_world().run(&["check", "--staged"]);
    assert!(ran.code == Some(2) && ran.err.contains("lies in no git repository"), "{ran:?}");
    for flag in ["--fix", "--watch", "--diff"] {
        assert_eq!(folder.run(&["check", "--staged", flag]).code, Some(2), "{flag}");
    }
    assert_eq!(folder.run(&["check", "--staged", "-"]).code, Some(2));
}

#[test]
fn the_index_of_a_hook_is_read_and_no_other() {
    if !has_git() {
        return;
    }
    let folder = repository(&[json!({ "kind": "event", "id": "a-visit" })]);
    fs::copy(folder.path(".git/index"), folder.path(".git/clean-index")).expect("a copy");
    write(&folder, &faulty("a-visit"));
    git(&folder, &["add", "-A"]);
    assert_eq!(staged(&folder, &[], &[]).0.code, Some(1));
    for index in [".git/clean-index", folder.path(".git/clean-index").to_str().expect("UTF-8")] {
        assert_eq!(staged(&folder, &[], &[("GIT_INDEX_FILE", index)]).0.code, Some(0), "{index}");
    }
    fs::copy(folder.path(".git/clean-index"), folder.path("data-index")).expect("a copy");
    assert_eq!(
        staged(&folder, &[], &[("GIT_INDEX_FILE", "data-index")]).0.code,
        Some(1),
        "a commit may bring any file"
    );
}

#[test]
fn a_link_and_a_misplaced_file_are_findings_of_the_index_too() {
    if !has_git() {
        return;
    }
    let folder = repository(&[]);
    folder.write("data/notes/x.json", "{}");
    folder.write("data/event/bytes.json", b"\xff\xfe".as_slice());
    #[cfg(unix)]
    std::os::unix::fs::symlink("../dataset.json", folder.path("data/event/link.json")).expect("a link");
    git(&folder, &["add", "-A"]);
    fs::remove_dir_all(folder.path("data/notes")).expect("removed");
    let (ran, report) = staged(&folder, &[], &[]);
    let found = found(&report);
    assert_eq!(ran.code, Some(1));
    assert!(found.contains(&("misplaced-file", "data/notes")), "{found:?}");
    assert!(found.iter().any(|(_, path)| *path == "data/event/bytes.json"), "{found:?}");
    #[cfg(unix)]
    assert!(found.contains(&("unreadable", "data/event/link.json")), "{found:?}");
    let (_, text) = file(&faulty("of-base"));
    folder.write("data/event/of-base.json", text);
    commit(&folder);
    let (_, report) = staged(&folder, &["--base", "HEAD", "--changed-only"], &[]);
    assert!(report["diagnostics"].as_array().is_some(), "the index is compared with a revision: {report}");
}

//! `--base`: the program beside real repositories. Where git is missing these tests say so and check nothing.

use std::io::Write as _;
use std::process::Command;

use serde_json::{Value, json};

use crate::tool::{Folder, found, ran};
use crate::world::file;

/// A record with one fault, which only one rule reports.
fn faulty(id: &str) -> Value {
    json!({ "kind": "event", "id": id, "type": "no-such-type" })
}

pub(crate) fn has_git() -> bool {
    let has = Command::new("git").arg("--version").output().is_ok_and(|output| output.status.success());
    if !has {
        let _ = writeln!(std::io::stderr(), "skipped: git is missing");
    }
    has
}

/// What git prints.
pub(crate) fn git(folder: &Folder, arguments: &[&str]) -> String {
    let mut command = Command::new("git");
    command.args(["-c", "user.name=Somebody", "-c", "user.email=somebody@example.org", "-c", "commit.gpgsign=false"]);
    command.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_SYSTEM", "/dev/null");
    let output = command.current_dir(folder.path("")).args(arguments).output().expect("git runs");
    assert!(output.status.success(), "git {arguments:?}: {output:?}");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

pub(crate) fn commit(folder: &Folder) {
    git(folder, &["add", "-A"]);
    git(folder, &["commit", "-q", "--allow-empty", "-m", "a state"]);
}

/// The clean dataset and some records, committed.
pub(crate) fn repository(records: &[Value]) -> Folder {
    let folder = Folder::of_the_world();
    for record in records {
        write(&folder, record);
    }
    git(&folder, &["init", "-q", "-b", "main"]);
    commit(&folder);
    folder
}

pub(crate) fn write(folder: &Folder, record: &Value) {
    let (path, text) = file(record);
    folder.write(&format!("data/{path}"), text);
}

pub(crate) fn remove(folder: &Folder, path: &str) {
    std::fs::remove_file(folder.path(path)).expect("removed");
}

#[test]
fn a_folder_of_another_name_is_one_finding() {
    if !has_git() {
        return;
    }
    let folder = repository(&[json!({ "kind": "event", "id": "a-visit", "when": "2012-05-02" })]);
    std::fs::rename(folder.path("data/event"), folder.path("data/events")).expect("renamed");
    for arguments in [&[][..], &["--base", "HEAD"]] {
        let (_, report) = folder.check(arguments);
        let rules: Vec<&str> =
            found(&report).into_iter().map(|(rule, _)| rule).filter(|rule| *rule != "orphan").collect();
        assert_eq!(rules, ["misplaced-file"], "{report}");
    }
}

#[test]
fn a_record_in_the_folder_of_another_kind_is_sent_back() {
    if !has_git() {
        return;
    }
    let folder = repository(&[json!({ "kind": "event", "id": "a-visit", "when": "2012-05-02" })]);
    let text = folder.read("data/event/a-visit.json");
    remove(&folder, "data/event/a-visit.json");
    folder.write("data/activity/a-visit.json", text);
    let (ran, report) = folder.check(&["--base", "HEAD"]);
    let gone = report["diagnostics"].as_array().into_iter().flatten().find(|found| found["rule"] == "vanished-id");
    let help = gone.and_then(|found| found["help"].as_str()).unwrap_or_default();
    assert_eq!((ran.code, help), (Some(1), "move the file back into the folder `event`"), "{report}");
}

#[test]
fn what_was_there_and_is_gone_is_found() {
    if !has_git() {
        return;
    }
    let visit = json!({ "kind": "event", "id": "a-visit", "when": "2012-05-02" });
    let folder = repository(&[visit]);
    let (ran, report) = folder.check(&["--base", "HEAD"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert!(!report["summary"]["not_checked"].to_string().contains("vanished-id"), "{report}");
    remove(&folder, "data/event/a-visit.json");
    let (ran, report) = folder.check(&["--base", "HEAD"]);
    assert_eq!((ran.code, found(&report)), (Some(1), vec![("vanished-id", "data/event/a-visit.json")]));
    // From inside the dataset the same, with paths as they are from there.
    let mut inside = folder.command(&["check", "--format", "concise", "--base", "main"]);
    let told = self::ran(inside.current_dir(folder.path("data")), b"");
    assert!(told.out.contains("event/a-visit.json") && told.code == Some(1), "{told:?}");
    // Without a base nobody can know.
    assert_eq!(folder.run(&["check"]).code, Some(0));
}

#[test]
fn only_what_the_change_brings_is_told() {
    if !has_git() {
        return;
    }
    let seminar = json!({ "kind": "event", "id": "a-seminar", "places": ["a-hotel"] });
    let hotel = json!({ "kind": "place", "id": "a-hotel", "type": "building" });
    let to_come = json!({ "kind": "event", "id": "to-come", "when": "2091-01-22" });
    let folder = repository(&[faulty("old-fault"), seminar, hotel, to_come]);
    let (ran, report) = folder.check(&["--base", "HEAD", "--changed-only"]);
    assert_eq!((ran.code, found(&report)), (Some(0), vec![]), "what was wrong before is not told again");
    let old = [("unknown-code", "data/event/old-fault.json"), ("future-as-fact", "data/event/to-come.json")];
    assert_eq!(found(&folder.check(&["--base", "HEAD"]).1), old);

    // A line more above it moves the old fault, and makes none.
    let old = folder.read("data/event/to-come.json");
    folder.write("data/event/to-come.json", old.replacen("{\n", "{\n\n", 1));
    write(&folder, &faulty("new-fault"));
    // The record that refers to what is gone has not changed, and is told of all the same.
    remove(&folder, "data/place/a-hotel.json");
    let (ran, report) = folder.check(&["--base", "HEAD", "--changed-only", "--ignore", "non-canonical"]);
    let expected = [
        ("dangling-reference", "data/event/a-seminar.json"),
        ("unknown-code", "data/event/new-fault.json"),
        ("vanished-id", "data/place/a-hotel.json"),
    ];
    assert_eq!((ran.code, found(&report)), (Some(1), expected.to_vec()));
}

#[test]
fn what_could_not_be_read_before_is_not_new() {
    if !has_git() {
        return;
    }
    let folder = repository(&[]);
    for stray in ["loose.json", "notes/a.json", "notes/b.json", "event/a.txt", "event/2019/01/a.json", "event/.json"] {
        folder.write(&format!("data/{stray}"), "{}\n");
    }
    #[cfg(unix)]
    std::os::unix::fs::symlink("../README.md", folder.path("data/event/a-link.json")).expect("a link");
    commit(&folder);
    let (_, all) = folder.check(&["--base", "HEAD"]);
    let rules: Vec<&str> = found(&all).iter().map(|(rule, _)| *rule).collect();
    assert!(rules.iter().filter(|rule| **rule == "misplaced-file").count() == 5, "{all}");
    assert!(!cfg!(unix) || rules.contains(&"unreadable"), "{all}");
    let (ran, report) = folder.check(&["--base", "HEAD", "--changed-only"]);
    assert_eq!((ran.code, found(&report)), (Some(0), vec![]));
}

/// The content of a link is the path that it leads to, which may read as a manifest.
#[cfg(unix)]
#[test]
fn a_manifest_that_is_a_link_is_not_followed_at_a_revision() {
    if !has_git() {
        return;
    }
    let folder = repository(&[]);
    remove(&folder, "data/dataset.json");
    std::os::unix::fs::symlink("{}", folder.path("data/dataset.json")).expect("a link");
    commit(&folder);
    let staged = folder.run(&["check", "--staged"]);
    assert!(staged.code == Some(2) && staged.err.contains("is staged as a link"), "{staged:?}");
    remove(&folder, "data/dataset.json");
    folder.write("data/dataset.json", "{}\n");
    let ran = folder.run(&["check", "--base", "HEAD"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert!(ran.err.contains("note: dataset.json of `HEAD` is faulty"), "{ran:?}");
}

#[test]
fn a_change_does_not_switch_off_the_rule_it_breaks() {
    if !has_git() {
        return;
    }
    let folder = repository(&[]);
    write(&folder, &json!({ "kind": "event", "when": "2091-01-22" }));
    folder.write("data/dataset.json", r#"{ "rules": { "future-as-fact": "off" } }"#);
    assert_eq!(folder.run(&["check", "--today", "2026-01-01"]).code, Some(0));
    let (ran, report) = folder.check(&["--base", "HEAD", "--today", "2026-01-01"]);
    assert_eq!((ran.code, found(&report)), (Some(1), vec![("future-as-fact", "data/event/example.json")]));
    commit(&folder);
    assert_eq!(folder.run(&["check", "--base", "HEAD", "--today", "2026-01-01"]).code, Some(0));
}

#[test]
fn a_base_without_a_dataset_is_refused_with_what_to_do() {
    if !has_git() {
        return;
    }
    let folder = Folder::empty();
    folder.write("README.md", "Nothing yet.\n");
    git(&folder, &["init", "-q", "-b", "main"]);
    commit(&folder);
    folder.write("data/dataset.json", "{}\n");
    write(&folder, &faulty("new-fault"));
    let no_dataset = "the revision `main` has no dataset in `data`, so there is nothing to compare with; name a revision that has `data/dataset.json`";
    let ran = folder.run(&["check", "--base", "main", "--changed-only"]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{ran:?}");
    assert!(ran.err.contains(no_dataset), "{ran:?}");
    // Records without the file that makes a dataset of their folder do not have levels of rules either.
    git(&folder, &["add", "data/event"]);
    git(&folder, &["commit", "-q", "-m", "records alone"]);
    let ran = folder.run(&["check", "--base", "main"]);
    assert!(ran.code == Some(2) && ran.err.contains(no_dataset), "{ran:?}");
}

#[test]
fn a_faulty_dataset_json_of_old_does_not_keep_it_from_being_mended() {
    if !has_git() {
        return;
    }
    let folder = repository(&[]);
    folder.write("data/dataset.json", "{ \"rules\": ");
    commit(&folder);
    folder.write("data/dataset.json", "{}\n");
    let ran = folder.run(&["check", "--base", "HEAD"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert!(ran.err.contains("note: dataset.json of `HEAD` is faulty"), "{ran:?}");
}

#[test]
fn a_base_that_cannot_be_read_says_what_to_do() {
    if !has_git() {
        return;
    }
    let could_not = |ran: crate::tool::Ran, words: &[&str]| {
        assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{ran:?}");
        assert!(words.iter().all(|word| ran.err.contains(word)), "{words:?} in {ran:?}");
    };
    let nowhere = Folder::of_the_world();
    could_not(nowhere.run(&["check", "--base", "HEAD"]), &["lies in no git repository"]);
    could_not(nowhere.run(&["check", "--changed-only"]), &["--base"]);

    let folder = repository(&[]);
    could_not(folder.run(&["check", "--base", "no-such-branch"]), &["`no-such-branch` is not known here", "fetch it"]);
    for odd in ["", "--help", "-c", "HEAD:data", "a b"] {
        could_not(folder.run(&["check", &format!("--base={odd}")]), &["is not known here"]);
    }
    let mut without = folder.command(&["check", "--base", "HEAD"]);
    could_not(ran(without.env("PATH", folder.path("data")), b""), &["read revisions with git", "cannot be run"]);

    commit(&folder);
    let clone = Folder::empty();
    let from = format!("file://{}", folder.path("").display());
    git(&clone, &["clone", "-q", "--depth", "1", &from, "shallow"]);
    let mut shallow = clone.command(&["check", "--base", "HEAD~1"]);
    let told = ran(shallow.current_dir(clone.path("shallow")), b"");
    could_not(told, &["`HEAD~1` is not known here", "git fetch --unshallow", "fetch-depth: 0"]);
}

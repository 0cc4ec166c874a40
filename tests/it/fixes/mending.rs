//! Runs of `check --fix` over real files: nothing is lost, whatever happens to the files, and `--diff` shows what
//! `--fix` writes.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};

use crate::tool::{Folder, Ran, faulty, found, ran};
use crate::world::file;

/// A record with a trailing comma, which has a safe fix, and the fixed record.
fn slipped(id: &str) -> (String, String, String) {
    let (path, right) = file(&json!({ "kind": "event", "id": id }));
    let wrong = right.replacen("\n}\n", ",\n}\n", 1);
    assert_ne!(wrong, right);
    (format!("data/{path}"), wrong, right)
}

/// The names of the files in a folder, to find temporary files that were left behind.
fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("a folder");
    let mut names: Vec<_> =
        entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn a_fix_is_written_once_and_only_where_something_is_mended() {
    let folder = Folder::of_the_world();
    let (path, wrong, right) = slipped("slipped");
    folder.write(&path, &wrong);
    let other = "data/event/other.json";
    folder.write(other, "{ \"type\": 3 }");
    let ran = folder.run(&["check", "--fix", "data/event/slipped.json"]);
    assert_eq!((ran.code, folder.read(&path)), (Some(0), right.clone()), "{ran:?}");
    assert!(ran.err.starts_with("fixed 1 finding in 1 file\n"), "{ran:?}");
    assert_eq!(folder.read(other), "{ \"type\": 3 }", "only what was named is mended");
    assert_eq!(names(&folder.path("data/event")), ["other.json", "slipped.json"]);
    let ran = folder.run(&["check", "--fix", "data/event/slipped.json"]);
    assert_eq!((ran.code, folder.read(&path)), (Some(0), right));
    assert!(ran.err.starts_with("fixed 0 findings in 0 files\n"), "{ran:?}");
}

#[test]
fn suggestions_wait_to_be_asked_for() {
    let folder = Folder::with(&faulty("faulty"));
    let (path, text) = file(&json!({ "kind": "event", "id": "misspelt", "type": "vist" }));
    let below = format!("data/{path}");
    folder.write(&below, &text);
    assert_eq!((folder.run(&["check", "--fix"]).code, folder.read(&below)), (Some(1), text.clone()));
    let ran = folder.run(&["check", "--unsafe-fixes"]);
    assert_eq!((ran.code, folder.read(&below)), (Some(1), text.replace("vist", "visit")), "{ran:?}");
    assert!(folder.read("data/event/faulty.json").contains("no-such-type"), "nothing is like it");
}

#[test]
fn a_suggestion_that_leads_to_another_fault_is_refused_and_named() {
    let folder = Folder::with(&json!({ "kind": "event", "id": "a-walk", "under": ["event:a-day-in-towm"] }));
    let (path, around) = file(&json!({ "kind": "event", "id": "a-day-in-town", "under": ["event:a-walk"] }));
    folder.write(&format!("data/{path}"), around);
    let before = folder.read("data/event/a-walk.json");
    let ran = folder.run(&["check", "--unsafe-fixes"]);
    assert_eq!((ran.code, folder.read("data/event/a-walk.json")), (Some(1), before), "{ran:?}");
    let expected = "not fixed: data/event/a-walk.json (dangling-reference): to write `event:a-day-in-town` would lead to another fault\n";
    assert!(ran.err.starts_with(expected), "{ran:?}");
    assert!(!ran.err.contains("fixable"), "what was refused is not offered again: {ran:?}");
}

#[test]
fn a_diff_shows_what_would_be_done_and_does_nothing() {
    let folder = Folder::of_the_world();
    let (path, wrong, right) = slipped("slipped");
    folder.write(&path, &wrong);
    let before = fs::metadata(folder.path(&path)).and_then(|file| file.modified()).expect("a time");
    for arguments in [&["check", "--diff"][..], &["check", "--fix", "--diff"], &["check", "--diff", "--unsafe-fixes"]] {
        let ran = folder.run(arguments);
        assert_eq!((ran.code, folder.read(&path)), (Some(1), wrong.clone()), "{ran:?}");
        assert_eq!(fs::metadata(folder.path(&path)).and_then(|file| file.modified()).expect("a time"), before);
        assert!(ran.out.starts_with(&format!("--- {path}\n+++ {path}\n@@ ")), "{ran:?}");
        let lines = |sign| ran.out.lines().skip(2).filter_map(move |line| line.strip_prefix(sign)).collect::<Vec<_>>();
        assert_eq!((lines('-'), lines('+')), (vec!["  },"], vec!["  }"]), "{ran:?}");
    }
    folder.write(&path, &right);
    let ran = folder.run(&["check", "--diff"]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(0), ""), "{ran:?}");
}

#[test]
fn carriage_returns_and_marks_leave_with_the_layout_and_stay_without_it() {
    let folder = Folder::of_the_world();
    let (path, wrong, right) = slipped("slipped");
    folder.write(&path, wrong.replace('\n', "\r\n"));
    let alone = ["check", "--fix", "--select", "syntax"];
    let ran = folder.run(&alone);
    assert_eq!((ran.code, folder.read(&path)), (Some(0), right.replace('\n', "\r\n")), "{ran:?}");
    assert_eq!((folder.run(&["check", "--fix"]).code, folder.read(&path)), (Some(0), right.clone()));

    folder.write(&path, format!("\u{feff}{}", wrong.replace('\n', "\r\n")));
    assert_eq!((folder.run(&alone).code, folder.read(&path)), (Some(0), right.replace('\n', "\r\n")));
    folder.write(&path, format!("\u{feff}{wrong}"));
    assert_eq!((folder.run(&["check", "--fix"]).code, folder.read(&path)), (Some(0), right));
}

#[test]
fn each_line_is_mended_by_itself() {
    let line = |id: &str| {
        let (_, text) = file(&json!({ "kind": "event", "id": id, "names": { "en": format!("Example {id} é𝒳") } }));
        let mut record: Value = serde_json::from_str(&text).expect("JSON");
        record.as_object_mut().expect("an object").shift_remove("$schema");
        record.to_string()
    };
    let [one, two, three] = ["first", "second", "third"].map(line);
    let comma = |line: &str| line.replacen("}}}", "},}}", 1);
    assert_ne!(comma(&two), two);
    let before =
        format!("\u{feff}{}\r\n\nno JSON\n{}\n  \n{}", one.replacen(':', " : ", 1), comma(&two), comma(&three));
    let after = format!("{one}\r\n\nno JSON\n{two}\n  \n{three}");
    let folder = Folder::of_the_world();
    folder.write("data/lines.ndjson", before);
    let ran = folder.run(&["check", "--fix"]);
    assert_eq!((ran.code, folder.read("data/lines.ndjson")), (Some(1), after), "{ran:?}");
    let (_, report) = folder.check(&[]);
    assert_eq!(found(&report), [("syntax", "data/lines.ndjson")], "the line that no fix can mend");
}

#[test]
fn standard_input_is_not_mended() {
    let folder = Folder::of_the_world();
    let ran = ran(&mut folder.command(&["check", "--fix", "-"]), b"{},");
    assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{ran:?}");
    assert!(ran.err.starts_with("error: "), "{ran:?}");
}

#[cfg(unix)]
mod on_unix {
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
    use std::os::unix::process::CommandExt as _;

    use super::*;

    fn set_mode(path: &Path, mode: u32) {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("permissions");
    }

    #[test]
    fn permissions_stay() {
        for mode in [0o640, 0o604, 0o444, 0o755] {
            let folder = Folder::of_the_world();
            let (path, wrong, right) = slipped("slipped");
            folder.write(&path, wrong);
            set_mode(&folder.path(&path), mode);
            let ran = folder.run(&["check", "--fix"]);
            assert_eq!((ran.code, folder.read(&path)), (Some(0), right), "{ran:?}");
            assert_eq!(fs::metadata(folder.path(&path)).expect("a file").mode() & 0o777, mode);
        }
    }

    /// The program, run by a user without all permissions, also where the tests have them.
    fn as_nobody(folder: &Folder, arguments: &[&str]) -> Ran {
        let mut command = folder.command(arguments);
        if fs::metadata(folder.path("data")).expect("a folder").uid() == 0 {
            let program = folder.path("comity");
            fs::copy(command.get_program(), &program).expect("the program");
            set_mode(&program, 0o755);
            set_mode(&folder.path("."), 0o755);
            let mut other = Command::new(program);
            other.env_clear().current_dir(folder.path(".")).args(arguments).uid(65_534).gid(65_534);
            command = other;
        }
        ran(&mut command, b"")
    }

    #[test]
    fn a_folder_that_may_not_be_written_is_left_as_it_is() {
        let folder = Folder::of_the_world();
        let (path, wrong, _) = slipped("slipped");
        folder.write(&path, &wrong);
        let events = folder.path("data/event");
        set_mode(&events, 0o555);
        let ran = as_nobody(&folder, &["check", "--fix"]);
        set_mode(&events, 0o755);
        assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{ran:?}");
        assert!(ran.err.starts_with(&format!("error: {path} could not be written: ")), "{ran:?}");
        assert_eq!((folder.read(&path), names(&events)), (wrong, vec!["slipped.json".to_owned()]));
    }

    /// A `git` that changes a file while the check reads the earlier state: after the check that found the mistake, and
    /// before a file is written.
    fn meddler(folder: &Folder, path: &str, with: &str) -> PathBuf {
        let script = format!(
            "#!/bin/sh\ncase \"$*\" in *cat-file*)\n  echo x >> '{count}'\n  [ \"$(wc -l < '{count}')\" -eq 2 ] && printf '%s' '{with}' > '{path}'\nesac\nPATH=\"${{PATH#*:}}\" exec git \"$@\"\n",
            count = folder.path("count").display(),
            path = folder.path(path).display()
        );
        folder.write("bin/git", script);
        set_mode(&folder.path("bin/git"), 0o755);
        folder.path("bin")
    }

    #[test]
    fn a_file_that_changes_in_between_is_refused_and_nothing_is_lost() {
        let folder = Folder::of_the_world();
        for arguments in [
            &["init", "--quiet"][..],
            &["add", "data"],
            &["-c", "user.name=a", "-c", "user.email=a@b.invalid", "commit", "--quiet", "-m", "a"],
        ] {
            let status = Command::new("git").current_dir(folder.path(".")).args(arguments).status().expect("git runs");
            assert!(status.success(), "{arguments:?}");
        }
        let ((one, wrong, _), (two, also_wrong, _)) = (slipped("a-first"), slipped("a-second"));
        folder.write(&one, &wrong);
        folder.write(&two, &also_wrong);
        let bin = meddler(&folder, &two, "somebody else was here");
        let mut command = folder.command(&["check", "--fix", "--base", "HEAD"]);
        let path = std::env::var("PATH").unwrap_or_default();
        command.env("PATH", format!("{}:{path}", bin.display()));
        let ran = ran(&mut command, b"");
        assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{ran:?}");
        let expected =
            format!("error: {two} could not be written: it has changed in the meantime; run the command again\n");
        assert_eq!(ran.err, expected);
        assert_eq!((folder.read(&one), folder.read(&two)), (wrong, "somebody else was here".to_owned()));
        assert_eq!(names(&folder.path("data/event")), ["a-first.json", "a-second.json"]);
    }
}

#[test]
fn a_report_goes_into_a_file_and_a_person_still_gets_one() {
    let folder = Folder::with(&faulty("faulty"));
    folder.write("report.json", "an older and much longer report ".repeat(1_000));
    let ran = folder.run(&["check", "--format", "json", "--output", "report.json"]);
    assert_eq!(ran.code, Some(1));
    assert!(ran.out.starts_with("error[unknown-code]"), "{ran:?}");
    let report: Value = serde_json::from_str(&folder.read("report.json")).expect("the report and nothing else");
    assert_eq!(found(&report), [("unknown-code", "data/event/faulty.json")]);

    folder.write("data/dataset.json", "{ \"rules\": { \"no-such-rule\": \"off\" } }");
    assert_eq!(folder.run(&["check", "--format", "json", "--output", "report.json"]).code, Some(2));
    assert!(!folder.path("report.json").exists(), "a later step would take the earlier report for that of this run");
    folder.write("data/dataset.json", "{}");
    let ran = folder.run(&["check", "--fix", "--format", "json", "--output", "no/such/folder.json"]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{ran:?}");
    assert!(
        ran.err.starts_with("error: no/such/folder.json could not be opened for writing"),
        "before all work: {ran:?}"
    );
}

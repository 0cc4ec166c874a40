//! Odd places to run in and odd things to name: each run ends with one clear sentence, and none panics.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::os::unix::ffi::OsStrExt as _;
use std::process::{Command, Stdio};

use serde_json::json;

use crate::tool::{Folder, found, ran};
use crate::world::file;

/// Runs a script of a shell in which `$0` is the program.
fn shell(folder: &Folder, script: &str) -> crate::tool::Ran {
    let program = folder.command(&[]).get_program().to_owned();
    let mut shell = Command::new("sh");
    ran(shell.arg("-c").arg(script).arg(program).current_dir(folder.path(".")), b"")
}

#[test]
fn a_stream_that_fails_is_named() {
    let folder = Folder::of_the_world();
    for (script, error) in [
        ("\"$0\" --help >/dev/full", "error: standard output cannot be written: No space left on device"),
        ("\"$0\" check >/dev/full", "error: standard output cannot be written: No space left on device"),
        ("\"$0\" check - <.", "error: standard input cannot be read: "),
        ("printf 'caf\\351' | \"$0\" check -", "error: standard input is not UTF-8; "),
    ] {
        let ran = shell(&folder, script);
        assert!(ran.code == Some(2) && ran.err.starts_with(error), "{script}: {ran:?}");
        assert_eq!(ran.err.lines().count(), 1, "{ran:?}");
    }
    for (script, code) in [
        ("\"$0\" check >&-", 0),
        ("\"$0\" check missing.json 2>&-", 2),
        ("\"$0\" check - <&- >&- 2>&-", 1),
        ("\"$0\" rules >out && \"$0\" rules | head -n 1 >/dev/null", 0),
    ] {
        assert_eq!(shell(&folder, script).code, Some(code), "{script}");
    }
}

#[test]
fn a_deleted_folder_is_no_place_to_run_in() {
    let folder = Folder::of_the_world();
    for arguments in ["check", "check ../data", "fmt", "stats", "export --to x", "schema --to x"] {
        let ran = shell(&folder, &format!("mkdir gone && cd gone && rmdir ../gone && \"$0\" {arguments}"));
        let error = "error: the current folder does not exist any more; change to another folder\n";
        let refused = ran.err == error || arguments.starts_with("check ..") && ran.err.contains("does not exist; look");
        assert!(ran.code == Some(2) && refused, "{arguments}: {ran:?}");
    }
}

#[test]
fn a_name_that_is_no_text_is_said_to_be_none() {
    let folder = Folder::of_the_world();
    let name = OsStr::from_bytes(b"data/actor/caf\xe9.json");
    fs::write(folder.path(".").join(name), "{}").expect("a file");
    let ran = ran(folder.command(&["check", "--format", "concise"]).arg(name), b"");
    let message = "error[misplaced-file]: the name of this file is not UTF-8";
    assert!(ran.code == Some(1) && ran.out.contains(message), "{ran:?}");
}

#[test]
fn a_line_break_in_a_name_begins_no_line() {
    let folder = Folder::empty();
    folder.write("a\n::error::b/c.json", "{}");
    for arguments in [
        &["check", "a\n::error::missing"][..],
        &["fmt", "a\n::error::b/c.json"],
        &["check", "--output", "x\n::error::y/z", "--format", "json", "a\n::error::b/c.json"],
    ] {
        let ran = folder.run(arguments);
        assert_eq!((ran.code, ran.err.lines().count()), (Some(2), 1), "{arguments:?}: {ran:?}");
        assert!(ran.err.contains("\\n::error::"), "{arguments:?}: {ran:?}");
    }
}

#[test]
fn a_file_that_is_named_twice_is_read_once() {
    let folder = Folder::of_the_world();
    let (_, text) = file(&json!({ "kind": "event", "id": "a-walk" }));
    folder.write("elsewhere/event/a-walk.json", text);
    let path = "elsewhere/event/a-walk.json";
    let (ran, report) = folder.check(&[path, "data", &format!("./{path}")]);
    assert_eq!((ran.code, found(&report)), (Some(0), vec![]), "{ran:?}");
}

#[test]
fn colour_may_be_forced_and_refused() {
    let folder = Folder::of_the_world();
    folder.write("data/event/bad.json", "{");
    for (variables, coloured) in [
        (&[][..], false),
        (&[("FORCE_COLOR", "1")], true),
        (&[("FORCE_COLOR", "0")], false),
        (&[("FORCE_COLOR", "1"), ("NO_COLOR", "1")], false),
    ] {
        let ran = ran(folder.command(&["check"]).envs(variables.iter().copied()), b"");
        assert_eq!(ran.out.contains("\u{1b}["), coloured, "{variables:?}: {ran:?}");
    }
    let into = File::create(folder.path("out")).expect("a file");
    let status = folder.command(&["check"]).stdout(Stdio::from(into)).stderr(Stdio::null()).status().expect("it runs");
    assert_eq!(status.code(), Some(1));
    assert!(!folder.read("out").contains('\u{1b}'), "a file is no terminal");
}

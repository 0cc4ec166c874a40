//! Names of records that do not lead to regular files.

use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::process::Command;

use serde_json::json;

use super::{HOSTILE, event, folder, told};

#[test]
fn a_link_out_of_the_dataset() {
    let folder = folder();
    folder.write("secret.json", event(&json!({})));
    symlink(folder.path("secret.json"), folder.path(HOSTILE)).expect("a link");
    let findings = told(&folder, HOSTILE, "unreadable");
    assert_eq!(findings.len(), 1, "nothing of what it leads to is told");
    fs::remove_file(folder.path(HOSTILE)).expect("a link");
    symlink("/", folder.path("data/event/hostile")).expect("a link");
    told(&folder, "data/event/hostile", "unreadable");
}

#[test]
fn links_in_a_circle() {
    let folder = folder();
    symlink("..", folder.path("data/event/circle")).expect("a link");
    told(&folder, "data/event/circle", "unreadable");
    fs::remove_file(folder.path("data/event/circle")).expect("a link");
    symlink("hostile.json", folder.path(HOSTILE)).expect("a link");
    told(&folder, HOSTILE, "unreadable");
    symlink("nowhere", folder.path("data/event/nowhere.json")).expect("a link");
    assert_eq!(folder.run(&["check", "data/event/nowhere.json"]).code, Some(1), "named, it is told as well");
}

/// A named pipe: opening the pipe for reading never returns.
#[test]
fn a_pipe_with_a_name() {
    for path in [HOSTILE, "data/hostile.ndjson", "data/event/hostile"] {
        let folder = folder();
        let made = Command::new("mkfifo").arg(folder.path(path)).status().expect("mkfifo runs");
        assert!(made.success());
        told(&folder, path, "unreadable");
        let ran = folder.run(&["check", path]);
        assert_eq!(ran.code, Some(1), "{ran:?}");
    }
}

#[test]
#[expect(clippy::print_stdout, reason = "a test that could not test says so")]
fn what_may_not_be_read() {
    let folder = folder();
    folder.write(HOSTILE, event(&json!({})));
    let forbid = |path: &str| {
        fs::set_permissions(folder.path(path), fs::Permissions::from_mode(0o000)).expect("permissions");
    };
    forbid(HOSTILE);
    if fs::read(folder.path(HOSTILE)).is_ok() {
        println!("skipped: whoever runs this may read everything");
        return;
    }
    told(&folder, HOSTILE, "unreadable");
    fs::remove_file(folder.path(HOSTILE)).expect("a file");
    fs::create_dir(folder.path("data/event/2019")).expect("a folder");
    forbid("data/event/2019");
    told(&folder, "data/event/2019", "unreadable");
    fs::set_permissions(folder.path("data/event/2019"), fs::Permissions::from_mode(0o700)).expect("permissions");
}

#[cfg(target_os = "linux")]
#[test]
fn names_that_are_not_utf8() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt as _;
    for (below, path) in [("data/event", "data/event/caf\u{fffd}.json"), ("data", "data/caf\u{fffd}.json")] {
        let folder = folder();
        let name = OsStr::from_bytes(b"caf\xe9.json");
        fs::write(folder.path(below).join(name), event(&json!({}))).expect("a file");
        told(&folder, path, "misplaced-file");
    }
}

#[test]
fn names_that_would_write_to_a_terminal() {
    let path = "data/event/\u{1b}[2J\n::error::x\u{202e}.json";
    let folder = folder();
    folder.write(path, event(&json!({})));
    told(&folder, path, "id-file-mismatch");
    for format in ["human", "concise", "json", "github"] {
        let ran = folder.run(&["check", "--format", format]);
        assert!(!ran.out.contains(['\u{1b}', '\u{202e}']) && !ran.out.contains("\n::error::x"), "{format}: {ran:?}");
        assert!(!ran.err.contains('\u{1b}'), "{format}: {ran:?}");
    }
}

//! `.github/action`: what a workflow of others runs. Needs bash; where bash is missing this says so and checks nothing.

use std::io::Write as _;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::Path;
use std::process::Command;

use assert_cmd::cargo::CommandCargoExt as _;

use super::comment::has;
use crate::tool::{Folder, faulty, ran};

/// A folder of the repository may be called like a kind, and hold something else.
#[test]
fn the_hook_lays_out_the_files_of_a_dataset_alone() {
    if !has("bash") || !has("git") {
        let _ = writeln!(std::io::stderr(), "skipped: bash or git is missing");
        return;
    }
    let folder = Folder::of_the_world();
    folder.write("app/event/config.json", "{}");
    folder.write("data/actor/un/x.json", "{}");
    let program = format!("cache/comity/{}/comity", env!("CARGO_PKG_VERSION"));
    folder.write(&program, "#!/bin/sh\necho \"$@\"\n");
    std::fs::set_permissions(folder.path(&program), std::fs::Permissions::from_mode(0o755)).expect("permissions");
    let hook = |arguments: &[&str]| {
        let mut command = Command::new(Path::new(crate::ROOT).join(".github/action/hook"));
        command.env_clear().env("PATH", std::env::var_os("PATH").unwrap_or_default());
        command.env("XDG_CACHE_HOME", folder.path("cache")).current_dir(folder.path("")).args(arguments);
        let ran = ran(&mut command, b"");
        assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "{ran:?}");
        ran.out
    };
    assert_eq!(hook(&["fmt", "data/actor/un/x.json", "app/event/config.json"]), "fmt data/actor/un/x.json\n");
    assert_eq!(hook(&["fmt", "app/event/config.json"]), "", "without a file, everything would be laid out");
    assert_eq!(hook(&["check", "--staged"]), "check --staged\n");
}

#[test]
fn the_action_writes_one_summary() {
    if !has("bash") {
        let _ = writeln!(std::io::stderr(), "skipped: bash is missing");
        return;
    }
    let folder = Folder::with(&faulty("faulty"));
    folder.write("bin/empty", "");
    let program = Command::cargo_bin("comity").expect("the program");
    symlink(program.get_program(), folder.path("bin/comity")).expect("a link");
    let mut command = Command::new(Path::new(crate::ROOT).join(".github/action/check"));
    command.env_clear().env("PATH", std::env::var_os("PATH").unwrap_or_default()).current_dir(folder.path(""));
    command.env("GITHUB_ACTIONS", "true").env("GITHUB_STEP_SUMMARY", folder.path("summary.md"));
    command.env("INPUT_PATH", "data").env("INPUT_ARGUMENTS", "--statistics").arg("bin");
    let ran = ran(&mut command, b"");
    assert_eq!(ran.code, Some(1), "{ran:?}");
    assert_eq!(ran.out.matches("::error file=data/event/faulty.json").count(), 1, "{ran:?}");
    let summary = folder.read("summary.md");
    assert_eq!(summary.matches("no-such-type").count(), 1, "{summary}");
}

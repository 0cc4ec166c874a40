//! `.github/action`: what a workflow of others runs. Needs bash; where bash is missing this says so and checks nothing.

use std::io::Write as _;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::Command;

use assert_cmd::cargo::CommandCargoExt as _;

use super::comment::has;
use crate::tool::{Folder, faulty, ran};

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

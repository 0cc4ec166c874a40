//! Good, bad and malicious pull requests, played against the check of their records with the program of this build, and the
//! comment that each gets, as GitHub shows it. Needs git, bash and Python; where one is missing this says so and checks
//! nothing.

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::Command;

use assert_cmd::cargo::CommandCargoExt as _;

use super::comment::{assert_harmless, has};
use crate::render::runner::commands;

#[test]
fn a_pull_request_changes_nothing_but_its_own_report() {
    if !["git", "bash", "python3"].into_iter().all(has) {
        let _ = writeln!(std::io::stderr(), "skipped: git, bash or python3 is missing");
        return;
    }
    let kept = tempfile::tempdir().expect("a folder");
    let program = Command::cargo_bin("comity").expect("the program");
    let mut play = Command::new(Path::new(crate::ROOT).join(".github/test/pull_requests.py"));
    let output = play.arg(program.get_program()).arg("--keep").arg(kept.path()).output().expect("it runs");
    let (table, faults) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success() && faults.is_empty(), "{table}\n{faults}");
    let mut cases = 0;
    for case in fs::read_dir(kept.path()).expect("the cases") {
        let case = case.expect("a case").path();
        let text = |name: &str| fs::read_to_string(case.join(name)).expect("UTF-8");
        assert_harmless(&text("comment.md"));
        let log = text("log");
        let foreign: Vec<String> = commands(&log)
            .into_iter()
            .filter(|line| !["error", "warning", "notice"].iter().any(|level| is_ours(line, level)))
            .collect();
        assert_eq!(foreign, [""; 0], "{}", case.display());
        cases += 1;
    }
    assert!(cases >= 20, "only {cases} cases");
}

/// Whether a line is an annotation of the checker.
fn is_ours(line: &str, level: &str) -> bool {
    line.starts_with(&format!("::{level} file=data/")) && !line.contains("##[")
        || line.starts_with(&format!("::{level}::and ")) && line.ends_with("`comity check` shows them")
}

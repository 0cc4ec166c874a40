//! Good, bad and malicious pull requests, played against the check of their records with the program of this build, and the
//! comment that each gets, as GitHub shows it. Needs git, bash and Python; where one is missing this says so and checks
//! nothing.

use std::fs;
use std::io::Write as _;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::Command;

use assert_cmd::cargo::CommandCargoExt as _;

use super::comment::{assert_harmless, has};
use crate::render::runner::commands;
use crate::tool::{Folder, ran};

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

/// GitHub's program, which has kept the program of `$KEPT`'s run.
const GH: &str = "#!/bin/sh
case \"$*\" in
  *\"api \"*\"head_sha=$KEPT\"*) echo 7 ;;
  *\"run download 7 --repo owner/name --name checker\"*)
    while [ \"$1\" != --dir ]; do shift; done
    printf '#!/bin/sh\\necho kept\\n' > \"$2/comity\" ;;
  *) exit 1 ;;
esac
";

const CARGO: &str = "#!/bin/sh
echo \"$*\"
mkdir -p target/release
printf '#!/bin/sh\\necho built\\n' > target/release/comity
";

#[test]
fn the_checker_is_the_program_of_the_base() {
    if !has("git") || !has("bash") {
        let _ = writeln!(std::io::stderr(), "skipped: git or bash is missing");
        return;
    }
    let folder = Folder::empty();
    folder.write("clone/a", "x");
    for (name, text) in [("gh", GH), ("cargo", CARGO)] {
        folder.write(&format!("bin/{name}"), text);
        let permissions = fs::Permissions::from_mode(0o755);
        fs::set_permissions(folder.path(&format!("bin/{name}")), permissions).expect("permissions");
    }
    let path = format!("{}:{}", folder.path("bin").display(), std::env::var("PATH").expect("a path"));
    let run = |program: &Path, arguments: &[&str], kept: &str| {
        let mut command = Command::new(program);
        command.env_clear().current_dir(folder.path("clone")).args(arguments).env("PATH", &path);
        command.env("GITHUB_REPOSITORY", "owner/name").env("GH_TOKEN", "x").env("KEPT", kept);
        command.env("HOME", folder.path("")).env("TMPDIR", folder.path(""));
        ran(&mut command, b"")
    };
    let git = |arguments: &[&str]| run(Path::new("git"), arguments, "");
    let named = ["-c", "user.name=x", "-c", "user.email=x@example.org"];
    git(&["init", "-q"]);
    git(&["add", "-A"]);
    git(&[&named[..], &["commit", "-q", "-m", "base"]].concat());
    let base = git(&["rev-parse", "HEAD"]).out.trim().to_owned();
    let checker = Path::new(crate::ROOT).join(".github/validate/checker");

    let kept = run(&checker, &[&base, "../comity"], &base);
    assert_eq!(kept.code, Some(0), "{kept:?}");
    assert!(kept.out.ends_with("\nkept\n") && !kept.out.contains("build"), "{kept:?}");

    let other = run(&checker, &[&base, "../comity"], "1111111111111111111111111111111111111111");
    assert_eq!(other.code, Some(0), "{other:?}");
    assert!(other.out.contains("build --release --locked --package comity-cli\nbuilt\n"), "{other:?}");

    git(&[&named[..], &["commit", "-q", "--allow-empty", "-m", "another"]].concat());
    let moved = run(&checker, &[&base, "../comity"], &base);
    assert!(moved.code == Some(2) && moved.err.contains("the checkout is not that of"), "{moved:?}");
}

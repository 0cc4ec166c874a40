//! `.ci/run`, the gate, in test repositories, with stand-ins for `cargo` and other programs that only write down their
//! arguments. The tests need bash and git; where one is missing, the tests say so and check nothing.

use std::fs;
use std::io::Write as _;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::Command;

use crate::tool::{Folder, Ran, ran};

const CHECK: &str = "run -- check";
const FMT: &str = "run --quiet -- fmt --check";

/// A script that writes down its arguments, and whether it runs in Actions; it fails where the arguments contain
/// `$FAILS`.
const PROGRAM: &str = "#!/bin/sh
printf '%s%s %s\\n' \"${GITHUB_ACTIONS:+in actions: }\" \"${0##*/}\" \"$*\" >> \"$LOG\"
case \"$* \" in *\"$FAILS\"*) exit \"${STATUS:-1}\" ;; esac
";

/// A repository with the gate, one commit on `main`, and a `data` folder.
struct Repository(Folder);

impl Repository {
    fn new() -> Option<Self> {
        let has = |program: &str| Command::new(program).arg("--version").output().is_ok_and(|out| out.status.success());
        if !has("git") || !has("bash") {
            let _ = writeln!(std::io::stderr(), "skipped: git or bash is missing");
            return None;
        }
        let folder = Folder::of_the_world();
        let gate = Path::new(crate::ROOT).join(".ci/run");
        folder.write(".ci/run", fs::read(gate).expect("the gate"));
        folder.write("src/rules/mod.rs", "");
        for script in ["tests/editors/run", "tests/clients/run"] {
            folder.write(script, PROGRAM);
            fs::set_permissions(folder.path(script), fs::Permissions::from_mode(0o755)).expect("permissions");
        }
        folder.write(".gitignore", "/bin\n/log\n");
        let programs = ["cargo", "rustfmt", "rustup", "python3", "c++"].map(|program| format!("bin/{program}"));
        for path in programs.iter().map(String::as_str).chain([".github/tools/run", "benches/instructions.sh"]) {
            folder.write(path, PROGRAM);
            fs::set_permissions(folder.path(path), fs::Permissions::from_mode(0o755)).expect("permissions");
        }
        let repository = Self(folder);
        repository.git(&["init", "-q", "-b", "main"]);
        repository.commit();
        Some(repository)
    }

    fn git(&self, arguments: &[&str]) -> String {
        let mut command = Command::new("git");
        command.args(["-c", "user.name=Somebody", "-c", "user.email=somebody@example.org"]);
        command.args(["-c", "commit.gpgsign=false"]);
        command.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_SYSTEM", "/dev/null");
        let output = command.current_dir(self.0.path("")).args(arguments).output().expect("git runs");
        assert!(output.status.success(), "git {arguments:?}: {output:?}");
        String::from_utf8(output.stdout).expect("UTF-8").trim().to_owned()
    }

    fn commit(&self) -> String {
        self.git(&["add", "-A"]);
        self.git(&["commit", "-q", "--allow-empty", "-m", "a state"]);
        self.git(&["rev-parse", "HEAD"])
    }

    /// Moves `origin/main` to the current commit.
    fn publish(&self) {
        self.git(&["update-ref", "refs/remotes/origin/main", "HEAD"]);
    }

    /// Runs the gate. Returns its exit status, and the calls of other programs, in order.
    fn gate(&self, job: &[&str], variables: &[(&str, &str)]) -> (Ran, Vec<String>) {
        self.0.write("log", "");
        let path = std::env::var("PATH").expect("a path");
        let mut command = Command::new("bash");
        command.env_clear().current_dir(self.0.path("")).arg(".ci/run").args(job);
        command.env("PATH", format!("{}:{path}", self.0.path("bin").display())).env("LOG", self.0.path("log"));
        command.env("FAILS", "nothing").envs(variables.iter().copied());
        let ran = ran(&mut command, b"");
        let asked = self.0.read("log").lines().map(str::to_owned).collect();
        (ran, asked)
    }
}

/// The calls of cargo.
fn of_cargo(asked: &[String]) -> Vec<&str> {
    asked.iter().filter_map(|line| line.strip_prefix("cargo ")).collect()
}

#[test]
fn the_records_are_checked_before_anything_else_is_built_or_run() {
    let Some(repository) = Repository::new() else { return };
    for job in [&[][..], &["data"]] {
        let (ran, asked) = repository.gate(job, &[("FAILS", "-- check ")]);
        assert_eq!(ran.code, Some(1), "{ran:?}");
        assert_eq!(of_cargo(&asked), [CHECK], "{job:?}: nothing runs once a record is faulty");
        assert_eq!(asked.len(), 1);
    }
    let (ran, everything) = repository.gate(&[], &[]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let asked = of_cargo(&everything);
    assert_eq!(asked[0], CHECK);
    assert!(everything.contains(&"run ".to_owned()), "the tools: {everything:?}");
    for expected in ["test", "clippy --workspace --all-targets --locked -- -D warnings", "fmt --all --check"] {
        assert!(asked.contains(&expected), "{expected}: {asked:?}");
    }
}

#[test]
fn a_job_runs_alone_and_an_unknown_one_is_refused() {
    let Some(repository) = Repository::new() else { return };
    let (ran, asked) = repository.gate(&["data"], &[]);
    assert!(ran.code == Some(0) && !of_cargo(&asked).contains(&"test"), "{ran:?} {asked:?}");
    let (ran, asked) = repository.gate(&["code"], &[]);
    assert!(ran.code == Some(0) && !of_cargo(&asked).contains(&CHECK), "{ran:?} {asked:?}");
    assert!(of_cargo(&asked).contains(&"test"));
    for fails in [
        "fmt --all --check ",
        "clippy ",
        "test ",
        "doc ",
        "--no-default-features ",
        "--manifest-path fuzz/Cargo.toml ",
        "xtask generate --check ",
    ] {
        assert_eq!(repository.gate(&["code"], &[("FAILS", fails)]).0.code, Some(1), "{fails} fails");
        assert_eq!(repository.gate(&[], &[("FAILS", fails)]).0.code, Some(1), "{fails} fails");
    }
    assert_eq!(
        repository.gate(&["code"], &[("FAILS", "target add ")]).0.code,
        Some(0),
        "a target that is not to be had"
    );
    let (ran, asked) = repository.gate(&["date"], &[]);
    assert!(ran.code == Some(2) && ran.err.contains("usage") && asked.is_empty(), "{ran:?}");
}

#[test]
fn a_change_is_compared_with_the_commit_where_it_began() {
    let Some(repository) = Repository::new() else { return };
    let base = repository.git(&["rev-parse", "HEAD"]);
    repository.publish();
    let (ran, asked) = repository.gate(&["data"], &[]);
    assert_eq!((ran.code, of_cargo(&asked)[0]), (Some(0), CHECK), "HEAD is origin/main");

    repository.git(&["checkout", "-q", "-b", "main-2"]);
    repository.0.write("data/event/later.json", "{}");
    repository.commit();
    repository.publish();
    repository.git(&["checkout", "-q", "-b", "change", &base]);
    repository.0.write("data/event/new.json", "{}");
    repository.commit();
    let with_base = format!("{CHECK} --base {base}");
    let (ran, asked) = repository.gate(&["data"], &[]);
    let for_people = format!("{CHECK} --format human");
    assert_eq!((ran.code, &of_cargo(&asked)[..2]), (Some(0), &[with_base.as_str(), &for_people][..]), "{ran:?}");

    let named = [("COMITY_BASE", base.as_str()), ("GITHUB_ACTIONS", "true")];
    let (_, asked) = repository.gate(&["data"], &named);
    let expected = [format!("in actions: cargo {with_base}"), format!("in actions: cargo {for_people}")];
    assert_eq!(asked[..2], expected, "annotated once, and escaped for the runner to the end");
    let (_, asked) = repository.gate(&["data"], &[named[0], named[1], ("FAILS", "--base ")]);
    assert_eq!(asked, [format!("in actions: cargo {with_base}")]);
}

#[test]
fn a_base_that_was_named_and_is_not_there_is_no_check_without_a_base() {
    let Some(repository) = Repository::new() else { return };
    for base in ["1111111111111111111111111111111111111111", "--all", "no-such-branch"] {
        let (ran, asked) = repository.gate(&["data"], &[("COMITY_BASE", base)]);
        assert_eq!((ran.code, asked), (Some(2), Vec::new()), "{ran:?}");
        assert!(ran.err.contains("shares no known history with HEAD"), "{ran:?}");
    }
}

#[test]
fn the_gate_runs_where_there_is_no_repository() {
    let Some(repository) = Repository::new() else { return };
    fs::remove_dir_all(repository.0.path(".git")).expect("removed");
    let (ran, asked) = repository.gate(&[], &[]);
    assert_eq!((ran.code, of_cargo(&asked)[0]), (Some(0), CHECK), "{ran:?}");
    assert!(!of_cargo(&asked).contains(&FMT));
}

/// A contribution needs no tools; on main, all files have one layout.
#[test]
fn canonical_form_holds_on_main_alone() {
    let Some(repository) = Repository::new() else { return };
    let not_canonical = [("FAILS", "-- fmt --check ")];
    let code = |variables: &[(&str, &str)]| repository.gate(&["data"], variables).0.code;
    assert_eq!(code(&not_canonical), Some(0), "nobody knows that this is main");
    repository.publish();
    assert_eq!(code(&not_canonical), Some(1), "the records of main");
    repository.0.write("data/event/new.json", "{}");
    assert_eq!(code(&not_canonical), Some(0), "a record that is not committed yet");
    repository.commit();
    assert_eq!(code(&not_canonical), Some(0), "a commit that is not on main yet");
}

#[test]
fn counts_that_are_out_of_date_are_a_note() {
    let Some(repository) = Repository::new() else { return };
    let counts = "run --quiet -- stats --into data/README.md --check ";
    for (status, ends) in [("1", Some(0)), ("2", Some(2))] {
        let (ran, asked) = repository.gate(&["data"], &[("FAILS", counts), ("STATUS", status)]);
        assert_eq!(ran.code, ends, "{ran:?}");
        assert!(of_cargo(&asked).contains(&counts.trim_end()), "{asked:?}");
    }
}

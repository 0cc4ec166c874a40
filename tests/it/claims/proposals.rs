//! `.github/from-issue` and `.github/propose`: what a job without rights makes of an issue, and what another job takes of it.
//! Needs bash, git and Python; where one is missing these tests say so and check nothing.

use std::fs;
use std::io::Write as _;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::Path;
use std::process::Command;

use assert_cmd::cargo::CommandCargoExt as _;

use super::comment::{assert_harmless, has};
use crate::tool::{Folder, Ran, ran};

/// A program that puts a record where it is told to, doubts every word of the issue and finds an error.
const COMITY: &str = "#!/bin/sh
[ \"$1 $3\" = 'from-issue --to' ] || exit 2
mkdir -p \"$4/event\"
echo '{}' > \"$4/event/a-meeting.json\"
cat \"$2\"
exit 1
";

/// GitHub's program, which knows of no pull request.
const GH: &str = "#!/bin/sh
printf '%s\\n' \"$*\" >> \"$ASKED\"
for word; do [ ! -f \"$word\" ] || cp \"$word\" \"$TOLD\"; done
";

/// A clone of a bare repository with the scripts and a folder of events.
struct Clone(Folder);

impl Clone {
    fn new() -> Option<Self> {
        if !["bash", "git", "python3"].into_iter().all(has) {
            let _ = writeln!(std::io::stderr(), "skipped: bash, git or python3 is missing");
            return None;
        }
        let clone = Self(Folder::empty());
        for path in ["propose", "from-issue/propose", "from-issue/records", "comment/render.py", "format.md"] {
            let from = Path::new(crate::ROOT).join(".github").join(path);
            clone.0.write(&format!("clone/.github/{path}"), fs::read(&from).expect("a script"));
            fs::set_permissions(
                clone.0.path(&format!("clone/.github/{path}")),
                fs::metadata(from).expect("a script").permissions(),
            )
            .expect("permissions");
        }
        for (path, text) in crate::world::world() {
            clone.0.write(&format!("clone/data/{path}"), text);
        }
        clone.0.write("clone/data/dataset.json", "{}\n");
        clone.0.write("clone/data/event/known.json", "{}\n");
        for (name, text) in [("comity", COMITY), ("gh", GH)] {
            clone.0.write(&format!("bin/{name}"), text);
            fs::set_permissions(clone.0.path(&format!("bin/{name}")), fs::Permissions::from_mode(0o755)).expect("x");
        }
        for arguments in [
            &["init", "-q", "--bare", "../bare.git"][..],
            &["init", "-q", "-b", "main"],
            &["add", "-A"],
            &["-c", "user.name=x", "-c", "user.email=x@example.org", "commit", "-q", "-m", "main"],
            &["remote", "add", "origin", "../bare.git"],
        ] {
            assert_eq!(clone.run("git", arguments).code, Some(0), "{arguments:?}");
        }
        Some(clone)
    }

    fn run(&self, program: &str, arguments: &[&str]) -> Ran {
        let path = std::env::var("PATH").expect("a path");
        let mut command = Command::new(program);
        command.env_clear().current_dir(self.0.path("clone")).args(arguments);
        command.env("PATH", format!("{}:{path}", self.0.path("bin").display()));
        command.env("ASKED", self.0.path("asked")).env("TOLD", self.0.path("told"));
        command.env("GITHUB_REPOSITORY", "owner/name").env("HOME", self.0.path("")).env("PYTHONDONTWRITEBYTECODE", "1");
        ran(&mut command, b"")
    }

    /// What the job without rights makes of an issue, with a program.
    fn records(&self, comity: &str, body: &str) -> Ran {
        self.0.write("event.json", serde_json::json!({ "issue": { "body": body } }).to_string());
        self.run(".github/from-issue/records", &[comity, "../event.json", "../proposal"])
    }

    /// The branch that comes of a form which somebody filled in, with the program itself.
    fn of_form(form: &str, answers: &[(&str, &str)]) -> Option<Self> {
        let clone = Self::new()?;
        let program = Command::cargo_bin("comity").expect("the program");
        let ran = clone.records(&program.get_program().to_string_lossy(), &crate::issue::body(form, answers));
        assert_eq!((ran.code, ran.out.as_str(), ran.err.as_str()), (Some(0), "", ""), "{ran:?}");
        assert_eq!(clone.run("git", &["status", "--short"]).out, "", "the data stay as they are");
        let ran = clone.propose("12");
        assert_eq!(ran.code, Some(0), "{ran:?}");
        Some(clone)
    }

    fn propose(&self, issue: &str) -> Ran {
        self.run(".github/from-issue/propose", &["../proposal", issue])
    }

    /// The files that a branch changes.
    fn pushed(&self, branch: &str) -> String {
        self.run("git", &["--git-dir", "../bare.git", "show", "--format=", "--name-only", branch]).out
    }
}

#[test]
fn an_issue_becomes_a_branch_with_its_records() {
    let Some(clone) = Clone::new() else { return };
    let hostile = "@everyone <img src=x> [x](https://example.org) $(touch PWNED)\n::add-mask::x\nFixes #1";
    let ran = clone.records("../bin/comity", hostile);
    assert_eq!((ran.code, ran.out.as_str()), (Some(0), ""), "nothing of the issue is in the log: {ran:?}");
    let body = clone.0.read("proposal/body.md");
    assert!(body.contains("everyone"), "the reviewer is told what is doubtful");
    assert_harmless(&body);
    let ran = clone.propose("12");
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert_eq!(clone.pushed("issue-12").trim(), "data/event/a-meeting.json");
    assert!(clone.0.read("asked").contains("pr create --repo owner/name --base main --head issue-12"));
    assert!(clone.0.read("told").starts_with("Closes #12.\n\n"));
}

#[test]
fn a_form_becomes_a_branch_whose_names_are_those_of_the_data() {
    let answers = [
        ("Name in English", "A visit of NATO to Rabat"),
        ("Type of event", "visit"),
        ("When", "15/04/2024"),
        ("Status", "held"),
        ("Who takes part", "NATO: visitor\nMorocco: host"),
        ("Where", "Rabat"),
        ("What it belongs to", "Mediterranean Dialogue"),
        ("Sources", "https://example.org/visit | A daily | news | 16 avril 2024 | French"),
    ];
    let Some(clone) = Clone::of_form("event", &answers) else { return };
    let pushed = clone.pushed("issue-12");
    assert_eq!(pushed, "data/event/visit-nato-rabat-2024.json\ndata/source/example-2024-04-16.json\n");
    let told = clone.0.read("told");
    assert!(
        !told.contains("Doubtful") && told.contains("<code>15/04/2024</code> was taken for <code>2024-04-15</code>"),
        "{told}"
    );
}

#[test]
fn doubts_and_findings_are_for_the_reviewer_and_stop_no_proposal() {
    let answers = [("Name in English", "A visit"), ("Type of event", "visit"), ("Who takes part", "Atlantis: host")];
    let Some(clone) = Clone::of_form("event", &answers) else { return };
    assert_eq!(clone.pushed("issue-12"), "data/event/visit.json\n");
    let told = clone.0.read("told");
    assert!(
        told.contains("<code>Atlantis</code> names no actor on record")
            && told.contains("<code>data/event/visit.json</code>"),
        "{told}"
    );
}

#[test]
fn a_correction_changes_the_record_that_it_names() {
    let answers = [
        ("Which record", "statement:a-word-before"),
        ("Which field", "date"),
        ("What it should say", "21 janvier 2019"),
        ("Sources", "https://example.org/other | Another daily | news | 2019-01-25 | fr"),
    ];
    let Some(clone) = Clone::of_form("correction", &answers) else { return };
    assert_eq!(clone.pushed("issue-12"), "data/source/example-2019-01-25.json\ndata/statement/a-word-before.json\n");
    let record = clone.0.read("clone/data/statement/a-word-before.json");
    assert!(record.contains("\"/date\": \"2019-01-21\"") && record.contains("\"date\": \"2019-01-20\""), "{record}");
}

#[test]
fn a_long_text_is_cut_at_the_end_of_a_line_and_closes_the_issue_all_the_same() {
    let Some(clone) = Clone::new() else { return };
    let line = format!("<details>{}\n", "é".repeat(100));
    clone.0.write("proposal/body.md", line.repeat(400));
    clone.0.write("proposal/records/event/new.json", "{}");
    let ran = clone.propose("12");
    assert_eq!(ran.code, Some(0), "{ran:?}");
    // The file is read as UTF-8: no character is cut.
    let told = clone.0.read("told");
    assert!(told.starts_with("Closes #12.\n\n<details>") && told.len() < 65_000, "{}", told.len());
    assert!(told.ends_with(&format!("{line}\nThe text was too long; the rest is left out.\n")), "{told}");
}

#[test]
fn no_link_in_a_proposal_is_written_through() {
    let Some(clone) = Clone::new() else { return };
    clone.0.write("proposal/body.md", "x");
    clone.0.write("proposal/records/event/new.json", "{}");
    clone.0.write("kept", "as it was");
    symlink("../kept", clone.0.path("proposal/whole.md")).expect("a link");
    assert_eq!(clone.propose("12").code, Some(0));
    assert_eq!(clone.0.read("kept"), "as it was");
}

#[test]
fn a_proposal_adds_records_and_nothing_else() {
    for path in [
        "dataset.json",
        "event/../../.github/propose",
        "event/.hidden.json",
        "event/a b.json",
        "event/x.sh",
        "kind/x.json",
        "x.json",
    ] {
        let Some(clone) = Clone::new() else { return };
        clone.0.write("proposal/body.md", "x");
        clone.0.write(&format!("proposal/records/{path}"), "forged");
        let ran = clone.propose("12");
        // A path that leads out of the proposal is no part of it.
        assert!(
            ran.code == Some(1) || path.contains("..") && ran.out.contains("nothing to propose"),
            "{path}: {ran:?}"
        );
        assert_eq!(clone.pushed("issue-12"), "", "{path}");
        assert_ne!(clone.0.read("clone/.github/propose"), "forged");
    }
    let Some(clone) = Clone::new() else { return };
    clone.0.write("proposal/body.md", "x");
    clone.0.write("proposal/records/event/x", "");
    fs::remove_file(clone.0.path("proposal/records/event/x")).expect("removed");
    symlink("/etc/passwd", clone.0.path("proposal/records/event/linked.json")).expect("a link");
    assert_eq!(clone.propose("12; x").code, Some(2), "an issue has a number");
    let ran = clone.propose("12");
    assert!(ran.out.contains("nothing to propose"), "a link is no record: {ran:?}");
    fs::remove_file(clone.0.path("proposal/body.md")).expect("removed");
    symlink("/etc/passwd", clone.0.path("proposal/body.md")).expect("a link");
    clone.0.write("proposal/records/event/new.json", "{}");
    let ran = clone.propose("12");
    assert!(ran.code == Some(1) && ran.err.contains("no text for the reviewer"), "a link is no text: {ran:?}");
    assert_eq!(clone.pushed("issue-12"), "");
}

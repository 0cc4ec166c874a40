//! Completions in the shells themselves. Where a shell is missing, its test says so and tries nothing;
//! `tests/shells/install` installs all of them.

use std::io::Write as _;
use std::path::Path;
use std::process::Command;

use assert_cmd::cargo::CommandCargoExt as _;
use serde_json::json;

use super::{Folder, ran};
use crate::tool::history::{git, has_git};

/// A repository with a few records in whose folder shells run; `None` where the shell is missing.
struct Shell {
    folder: Folder,
    name: &'static str,
}

impl Shell {
    fn new(name: &'static str) -> Option<Self> {
        let has = Command::new(name).arg("--version").output().is_ok_and(|output| output.status.success());
        if !has || !has_git() {
            let _ = writeln!(std::io::stderr(), "skipped: {name} or git is missing");
            return None;
        }
        let visit =
            json!({ "kind": "event", "id": "a-visit-to-rabat", "names": { "en": "A visit: 'Rabat' $(touch x)" } });
        let folder = Folder::with(&visit);
        // One id that two kinds have.
        let (path, text) = crate::world::file(&json!({ "kind": "place", "id": "a-visit-to-rabat" }));
        folder.write(&format!("data/{path}"), text);
        git(&folder, &["init", "-q", "-b", "a-branch"]);
        crate::tool::history::commit(&folder);
        git(&folder, &["tag", "a-release"]);
        Some(Self { folder, name })
    }

    /// Adds files and branches of which some are commands, patterns or several words to a shell.
    fn hostile_names(&self) {
        for name in
            ["-plain", "$(touch x)", "`touch x`", ";touch x;", "*", " two words", "'", "\"", "|x", ">x", "&x", "\u{b}x"]
        {
            self.folder.write(&format!("data/event/zz{name}.json"), "{}");
        }
        for name in ["zz/plain", "zz$(touch${IFS}x)", "zz;touch${IFS}x", "zz`x`", "zz{a,b}", "zz'", "zz|x", "zz!x"] {
            git(&self.folder, &["branch", name]);
        }
    }

    /// What a script prints.
    fn run(&self, arguments: &[&str], script: &str) -> String {
        let program = Command::cargo_bin("comity").expect("the program");
        let bin = Path::new(program.get_program()).parent().expect("a folder").display().to_string();
        let mut command = Command::new(self.name);
        let path = std::env::var("PATH").unwrap_or_default();
        command.env_clear().env("PATH", format!("{bin}:{path}")).env("HOME", self.folder.path("")).env("TERM", "dumb");
        let ran = ran(command.current_dir(self.folder.path("")).args(arguments).args(["-c", script]), b"");
        assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "{script}: {ran:?}");
        assert!(!self.folder.path("x").exists(), "no name is a command");
        ran.out
    }
}

/// Words that are being typed, and what is offered for the last of them.
const TRIES: [(&str, &[&str]); 12] = [
    ("comity expl", &["explain"]),
    ("comity show nasser", &["nasser-bourita"]),
    ("comity show a-visit", &["a-visit-to-rabat"]),
    ("comity explain duplicate-i", &["duplicate-id"]),
    ("comity check --select syntax,duplicate-i", &["syntax,duplicate-id"]),
    ("comity check --ignore duplicate-i", &["duplicate-id"]),
    ("comity check --base a-", &["a-branch", "a-release"]),
    ("comity diff a-", &["a-branch", "a-release"]),
    ("comity diff a-branch...a-r", &["a-branch...a-release"]),
    ("comity cite nasser", &["nasser-bourita"]),
    ("comity check --format jun", &["junit"]),
    ("comity show no-such-id", &[]),
];

#[test]
fn bash_completes_ids_rules_and_revisions() {
    let Some(shell) = Shell::new("bash") else { return };
    let load = "source <(comity completions bash)\n\
        complete -p comity | grep -q _clap_complete_comity\n\
        offer() { COMP_WORDS=(\"$@\"); COMP_CWORD=$(($# - 1)); COMP_TYPE=9; COMPREPLY=()\n\
        _clap_complete_comity comity \"${COMP_WORDS[COMP_CWORD]}\"; printf '%s\\n' \"${COMPREPLY[@]}\"; }\n";
    for (typed, expected) in TRIES {
        let out = shell.run(&["--norc"], &format!("{load}offer {typed}"));
        let offered: Vec<&str> = out.lines().filter(|line| !line.is_empty()).collect();
        assert_eq!(offered, expected, "{typed}");
    }
    // bash takes a colon for a word of its own, and puts what is offered behind it.
    let out = shell.run(&["--norc"], &format!("{load}offer comity show actor : nasser"));
    assert_eq!(out, "nasser-bourita\n");
    // bash inserts a candidate unquoted, so that a name which it would run, expand or split is not offered.
    shell.hostile_names();
    for (typed, expected) in [
        ("comity check data/event/z", &["data/event/zz-plain.json"][..]),
        ("comity fmt data/event/z", &["data/event/zz-plain.json"]),
        ("comity check --base zz", &["zz/plain"]),
        ("comity diff zz", &["zz/plain"]),
        ("comity diff HEAD...zz", &["HEAD...zz/plain"]),
    ] {
        let out = shell.run(&["--norc"], &format!("{load}offer {typed}"));
        assert_eq!(out.lines().collect::<Vec<_>>(), expected, "{typed}");
    }
}

#[test]
fn fish_completes_ids_rules_and_revisions_with_what_they_are() {
    let Some(shell) = Shell::new("fish") else { return };
    let offered = |typed: &str| {
        let out = shell.run(&["--no-config"], &format!("comity completions fish | source; complete -C '{typed}'"));
        let pairs = out.lines().map(|line| line.split_once('\t').unwrap_or((line, "")));
        pairs.map(|(name, help)| (name.to_owned(), help.to_owned())).collect::<Vec<_>>()
    };
    for (typed, expected) in TRIES {
        let names: Vec<String> = offered(typed).into_iter().map(|(name, _)| name).collect();
        assert_eq!(names, expected, "{typed}");
    }
    shell.hostile_names();
    for (typed, expected) in
        [("comity check --base zz", "zz/plain"), ("comity fmt data/event/z", "data/event/zz-plain.json")]
    {
        assert_eq!(offered(typed).into_iter().map(|(name, _)| name).collect::<Vec<_>>(), [expected], "{typed}");
    }
    let of = |typed: &str| offered(typed).remove(0).1;
    assert_eq!(of("comity show actor:nasser"), "Nasser Bourita");
    assert_eq!(of("comity explain duplicate-i"), "one id on two records of a kind");
    assert_eq!(of("comity show event:a-visit"), "A visit: 'Rabat' $(touch x)");
}

/// In a terminal: zsh completes only where a person types.
#[test]
fn zsh_completes_ids_rules_and_revisions() {
    let Some(shell) = Shell::new("zsh") else { return };
    for (typed, expected) in TRIES {
        let [expected] = expected else { continue };
        let script = format!(
            "zmodload zsh/zpty\n\
             zpty shell 'TERM=dumb zsh -f -i'\n\
             zpty -w shell 'PS1=; unsetopt zle_bracketed_paste; autoload -Uz compinit; compinit -u -D; \
             source <(comity completions zsh); echo rea\"\"dy'\n\
             zpty -r shell out $'*\\nready*'\n\
             zpty -w -n shell $'{typed}\\t'\n\
             zpty -r -m shell out '*{expected}*' || exit 3\n\
             zpty -d shell\n\
             print -r -- \"$out\""
        );
        let out = shell.run(&["-f"], &script);
        assert!(out.contains(expected), "{typed}: {out:?}");
    }
}

#[test]
fn a_script_for_each_shell_asks_the_program() {
    let folder = Folder::empty();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let ran = folder.run(&["completions", shell]);
        assert!(ran.code == Some(0) && ran.out.contains("comity") && ran.out.contains("COMPLETE"), "{ran:?}");
    }
    // The variable alone, without a shell that asks, changes nothing.
    let ran = ran(folder.command(&["rules"]).env("COMPLETE", "bash"), b"");
    assert!(ran.code == Some(0) && ran.out.contains("duplicate-id"), "{ran:?}");
    // Nowhere, there is nothing to offer and nothing to say.
    let mut command = folder.command(&["--", "comity", "show", ""]);
    let ran = super::ran(command.env("COMPLETE", "fish"), b"");
    assert!(ran.code == Some(0) && ran.err.is_empty() && !ran.out.contains("nato"), "{ran:?}");
}

#[test]
fn there_is_a_manual_page_for_every_command() {
    let folder = Folder::empty();
    let ran = folder.run(&["man", "--to", "man/man1"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let written: Vec<&str> = ran.out.lines().collect();
    assert!(written.len() > 10 && written[0] == "man/man1/comity.1", "{written:?}");
    for path in written {
        let page = folder.read(path);
        for heading in ["NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS", "\"EXIT STATUS\"", "ENVIRONMENT"] {
            assert!(page.contains(&format!("\n.SH {heading}\n")), "{path} lacks {heading}: {page}");
        }
        assert!(page.contains("NO_COLOR") && page.contains("could not run"), "{path}");
    }
    let check = folder.read("man/man1/comity-check.1");
    assert_eq!(folder.run(&["man", "check"]).out, check);
    assert!(check.contains("\\-\\-stdin\\-filename") && check.contains("\n.SH \"RULE SELECTION\"\n"), "{check}");
    assert!(
        check.lines().any(|line| line.starts_with(".TH comity-check 1") && line.contains("\"comity 0.")),
        "{check}"
    );
    for (typed, told) in [("lint", "use `comity check`"), ("chekc", "did you mean `comity check`?")] {
        let ran = folder.run(&["man", typed]);
        assert!(ran.code == Some(2) && ran.err.contains(told), "{typed}: {ran:?}");
    }
    let ran = folder.run(&["man", "no-such-command"]);
    assert!(ran.code == Some(2) && ran.err.contains("there is no command `no-such-command`"), "{ran:?}");
    let render = Command::new("man").args(["-l", "man/man1/comity-check.1"]).current_dir(folder.path("")).output();
    match render {
        Ok(output) => {
            let text = String::from_utf8_lossy(&output.stdout);
            assert!(output.status.success() && output.stderr.is_empty(), "{output:?}");
            assert!(text.contains("EXIT STATUS") && text.contains("comity check --staged"), "{text}");
        }
        Err(_) => drop(writeln!(std::io::stderr(), "skipped: man is missing")),
    }
}

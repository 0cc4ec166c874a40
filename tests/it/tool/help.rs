//! The texts of the help and of the closing line, and the layout of the commands.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::frozen;
use crate::issue::body;
use crate::tool::history::{commit, git, has_git};
use crate::tool::{Folder, faulty, ran};

const COMMANDS: [&str; 15] = [
    "check",
    "diff",
    "fmt",
    "search",
    "list",
    "new",
    "cite",
    "from-issue",
    "show",
    "stats",
    "export",
    "schema",
    "rules",
    "explain",
    "completions",
];

#[test]
fn the_flags_of_check_stand_under_four_headings() {
    let help = Folder::empty().run(&["check", "--help"]).out;
    let headings: Vec<&str> = help.lines().filter(|line| line.ends_with(':') && !line.starts_with(' ')).collect();
    let expected =
        ["Arguments:", "Options:", "Fixes:", "Output:", "Rule selection:", "History:", "Exit status:", "Examples:"];
    assert_eq!(headings, expected, "{help}");
    assert!(help.contains("JUnit XML") && !help.contains("`JUnit`"), "{help}");
}

#[test]
fn help_uses_the_words_of_the_field() {
    let folder = Folder::empty();
    for command in COMMANDS {
        let help = folder.run(&[command, "--help"]).out.to_lowercase();
        let words = help.split(|c: char| !c.is_alphanumeric());
        let odd: Vec<&str> =
            words.filter(|word| matches!(*word, "mend" | "mended" | "tell" | "told" | "speak")).collect();
        assert!(help.contains("usage: comity"), "{command}: {help}");
        assert_eq!(odd, [""; 0], "{command}");
    }
}

/// The commands under `Examples:` in the help of a command, each on one line and without what is said beside it.
fn examples(help: &str) -> Vec<String> {
    let shown = help.split_once("\nExamples:\n").map_or("", |(_, shown)| shown);
    let joined = shown.replace("\\\n    ", "");
    let commands = joined.lines().filter_map(|line| line.strip_prefix("  ")).filter(|line| line.starts_with("comity"));
    commands.map(|line| line.split_once("  ").map_or(line, |(command, _)| command).to_owned()).collect()
}

/// The frozen records as a repository, and whatever else the examples name.
fn folder_for_examples() -> Folder {
    let folder = Folder::empty();
    frozen::write_to(&folder.path(""));
    folder.write(
        "data/place/tunis.json",
        r#"{ "names": { "en": "Tunis" }, "type": "city", "country": "TN", "identifiers": { "geonames": "2464470" } }"#,
    );
    folder.write("data/README.md", fs::read(Path::new(crate::ROOT).join("data/README.md")).expect("a page"));
    let answers = [
        ("Name in English", "A visit to Rabat"),
        ("Type of event", "visit – One trip of a person or a delegation."),
        ("When", "2024-04-15"),
        ("Status", "held – It took place."),
        ("Who takes part", "NATO: visitor\nKingdom of Morocco: host"),
        ("Sources", "https://example.org/a-visit | A daily | news | 2024-04-16 | fr"),
    ];
    folder.write("body.md", body("event", &answers));
    git(&folder, &["init", "-q", "-b", "main"]);
    commit(&folder);
    for name in [&["branch", "topic"][..], &["tag", "v2025.12.01"], &["tag", "v2026.11"]] {
        git(&folder, name);
    }
    // An earlier release, and beside its files an earlier dataset.
    let ran = folder.run(&["export", "--to", "old"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    frozen::write_to(&folder.path("old"));
    folder
}

/// Each example of each command, as a shell runs it. What asks in a terminal, and what stands for something else, is left out.
#[test]
fn the_examples_of_each_command_run() {
    if cfg!(windows) || !has_git() {
        return;
    }
    let folder = folder_for_examples();
    let program = PathBuf::from(folder.command(&[]).get_program());
    let path = format!("{}:{}", program.parent().expect("a folder").display(), std::env::var("PATH").expect("a path"));
    let mut tried = 0;
    for command in COMMANDS.into_iter().chain(["man"]) {
        let help = folder.run(&[command, "--help"]).out;
        for example in examples(&help).iter().filter(|example| !example.contains("…") && !example.ends_with("| source"))
        {
            let mut shell = Command::new("sh");
            shell.env_clear().env("PATH", &path).current_dir(folder.path("")).args(["-c", example]);
            let ran = ran(&mut shell, br#"{ "names": { "en": "A visit" } }"#);
            let asks = ran.err.contains("no terminal to ask in") && !example.contains("--");
            // A check may find something in the frozen records.
            let is_check = command == "check" || example.contains("--check");
            assert!(asks || ran.code == Some(0) || is_check && ran.code == Some(1), "{example}: {ran:?}");
            tried += 1;
        }
    }
    assert!(tried > 30, "{tried} examples");
}

#[test]
fn one_of_a_thing_is_counted_in_the_singular() {
    let folder = Folder::with(&faulty("faulty"));
    let markdown = folder.run(&["check", "--format", "markdown", "data/event/faulty.json"]).out;
    assert!(markdown.starts_with("**1 record checked against "), "{markdown}");
    assert!(markdown.contains(" rules: 1 error, 0 warnings, 0 notes.**\n"), "{markdown}");
    let markdown = folder.run(&["check", "--format", "markdown", "--select", "unknown-code"]).out;
    assert!(markdown.contains(" records checked against 1 rule: 1 error, "), "{markdown}");
    let human = folder.run(&["check", "data/event/faulty.json"]).out;
    assert!(human.contains("checked 1 record of 1 kind against "), "{human}");
    assert!(human.contains(": 1 error; "), "{human}");
}

/// A command that used another would sooner or later be used by it.
#[test]
fn no_command_uses_another() {
    let folder = Path::new(crate::ROOT).join("crates/comity-cli/src/commands");
    let entries = fs::read_dir(&folder).expect("the commands").map(|entry| entry.expect("an entry").path());
    let commands: Vec<_> = entries.filter(|path| !path.ends_with("mod.rs")).collect();
    let name = |path: &Path| path.file_stem().expect("a name").to_string_lossy().into_owned();
    let names: Vec<String> = commands.iter().map(|path| name(path)).collect();
    assert!(names.contains(&"check".to_owned()) && names.len() >= 8, "{names:?}");
    for command in &commands {
        let files: Vec<_> = if command.is_dir() {
            fs::read_dir(command).expect("a folder").map(|entry| entry.expect("an entry").path()).collect()
        } else {
            vec![command.clone()]
        };
        for file in files {
            let text = fs::read_to_string(&file).expect("a source");
            let around = if command.is_dir() && !file.ends_with("mod.rs") { "super::super::" } else { "super::" };
            for other in names.iter().filter(|other| **other != name(command)) {
                for path in [format!("{around}{other}::"), format!("commands::{other}")] {
                    assert!(!text.contains(&path), "{} uses `{other}`", file.display());
                }
            }
        }
    }
}

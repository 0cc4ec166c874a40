//! The texts of the help and of the closing line, and the layout of the commands.

use std::fs;
use std::path::Path;

use crate::tool::{Folder, faulty};

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

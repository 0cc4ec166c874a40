//! Every command line that a page, a message, a help text or a manual page names is one that the program takes.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use clap::CommandFactory as _;
use clap::error::ErrorKind;

use super::{Cli, man};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn program() -> clap::Command {
    let mut program = Cli::command();
    program.build();
    program
}

/// The files below a folder with one of these endings, without what is generated, fetched, or no part of the program.
fn files(folder: &Path, endings: &[&str], found: &mut Vec<PathBuf>) {
    const LEFT_OUT: [&str; 7] = ["target", "node_modules", "corpus", "tests", "snapshots", ".git", "data"];
    for entry in fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display())) {
        let path = entry.expect("an entry").path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if path.is_dir() {
            if !LEFT_OUT.contains(&name.as_str()) {
                files(&path, endings, found);
            }
        } else if endings.iter().any(|ending| name.ends_with(ending)) && name != "tests.rs" {
            found.push(path);
        }
    }
}

/// The words after `comity`, as far as they are a command line: up to a comment, a pipe or a description.
fn words(line: &str) -> Option<Vec<String>> {
    let line = line.strip_prefix("comity ")?;
    let end = [" #", " |", ")", "  ", "…", "\"", "\\n"].iter().filter_map(|end| line.find(end)).min();
    let line = &line[..end.unwrap_or(line.len())];
    let words: Vec<String> = line.split_whitespace().map(|word| word.trim_matches('\'').to_owned()).collect();
    let is_command =
        |word: &str| word != "-" && word.starts_with(|first: char| first.is_ascii_lowercase() || first == '-');
    words.first().is_some_and(|first| is_command(first)).then_some(words)
}

/// The command lines in a text: between backticks, or at the beginning of a line; also as `cargo run -- …`.
fn command_lines(text: &str) -> Vec<Vec<String>> {
    let text = text.replace("```", "\n").replace("source <(comity ", "comity ");
    let text = text.replace("cargo run --quiet -- ", "comity ").replace("cargo run -- ", "comity ");
    let lines = text.lines().map(|line| line.trim().trim_start_matches("- run: ").trim_start_matches("$ "));
    let shell = lines.filter(|line| line.starts_with("comity ") && !line.starts_with("comity = ")).filter_map(words);
    // A span may go on in the next line, of a comment or of a paragraph.
    let flowing: Vec<&str> =
        text.lines().map(|line| line.trim().trim_start_matches("//!").trim_start_matches("///").trim()).collect();
    let flowing = flowing.join(" ");
    let spans = flowing.match_indices("`comity ").filter_map(|(at, _)| words(flowing[at + 1..].split('`').next()?));
    shell.chain(spans).collect()
}

#[test]
fn command_lines_are_found_in_every_kind_of_text() {
    let text = "Run `comity check\n/// --fix` or:\n\n```sh\ncargo run -- fmt data # in form\n$ comity stats | head\n```\n  comity man   the page\n";
    let found: Vec<String> = command_lines(text).into_iter().map(|words| words.join(" ")).collect();
    assert_eq!(found, ["fmt data", "stats", "man", "check --fix"]);
}

/// Why the program does not take a command line; a line that names a command only, without its arguments, is one.
fn refusal(words: &[String]) -> Option<String> {
    let error =
        Cli::command().try_get_matches_from(std::iter::once("comity").chain(words.iter().map(String::as_str))).err()?;
    let is_placeholder =
        |word: &str| word.starts_with('{') || word.len() > 1 && word.chars().all(|c| c.is_ascii_uppercase());
    let has_placeholder = words.iter().any(|word| is_placeholder(word));
    match error.kind() {
        ErrorKind::DisplayHelp
        | ErrorKind::DisplayVersion
        | ErrorKind::MissingRequiredArgument
        | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => None,
        ErrorKind::InvalidSubcommand if words == ["help", "COMMAND"] => None,
        ErrorKind::ValueValidation if has_placeholder => None,
        ErrorKind::InvalidValue if has_placeholder || error.to_string().contains("a value is required") => None,
        _ => Some(error.to_string()),
    }
}

#[test]
fn every_named_command_line_is_one_that_the_program_takes() {
    let mut paths = Vec::new();
    files(&root(), &[".md", ".rs", ".yml"], &mut paths);
    paths.extend(["data/README.md", ".ci/run"].map(|path| root().join(path)));
    let mut texts: Vec<(String, String)> =
        paths.iter().map(|path| (path.display().to_string(), fs::read_to_string(path).expect("a text"))).collect();
    for command in std::iter::once(&program()).chain(program().get_subcommands()) {
        let name = command.get_name();
        texts.push((format!("help of {name}"), command.clone().render_long_help().to_string()));
        let page = man::page(command).expect("a page");
        texts.push((format!("manual of {name}"), String::from_utf8(page).expect("UTF-8").replace("\\-", "-")));
    }
    let (mut seen, mut wrong) = (BTreeSet::new(), Vec::new());
    for (place, text) in &texts {
        for words in command_lines(text) {
            if let Some(why) = refusal(&words) {
                wrong.push(format!("{place}: comity {}: {why}", words.join(" ")));
            }
            seen.insert(words.join(" "));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(seen.len() > 50, "only {} command lines were seen: {seen:?}", seen.len());
}

/// What a missing argument is for is said of the command that lacks it.
#[test]
fn a_command_without_its_argument_says_how_that_command_is_used() {
    let mut refused = 0;
    for command in program().get_subcommands() {
        let name = command.get_name();
        let Err(error) = Cli::command().try_get_matches_from(["comity", name]) else { continue };
        if error.kind() == ErrorKind::MissingRequiredArgument {
            let message = crate::refused::message(&error, &program()).unwrap_or_default();
            assert!(message.contains(&format!("as in `comity {name} ")), "{name}: {message}");
            refused += 1;
        }
    }
    assert!(refused > 5, "only {refused} commands need an argument");
    let error = Cli::command().try_get_matches_from(["comity", "from-issue", "body.md"]).expect_err("no folder");
    let message = crate::refused::message(&error, &program()).unwrap_or_default();
    assert_eq!(message, "say which dataset gets the files, as in `comity from-issue body.md --to data`");
}

#[test]
fn the_help_of_every_command_says_how_the_command_ends() {
    for command in Cli::command().get_subcommands() {
        let below = command.get_after_help().map(ToString::to_string).unwrap_or_default();
        assert!(
            below.starts_with("Exit status:\n  0  ") && below.contains("\n  2  "),
            "{}: {below}",
            command.get_name()
        );
    }
}

/// Longer lines would be broken, and the columns with them.
#[test]
fn what_stands_below_the_options_fits_the_width_of_the_help() {
    for command in std::iter::once(&Cli::command()).chain(Cli::command().get_subcommands()) {
        let below = command.get_after_help().map(ToString::to_string).unwrap_or_default();
        let long: Vec<&str> = below.lines().filter(|line| line.chars().count() > 100).collect();
        assert!(long.is_empty(), "{}: {long:?}", command.get_name());
    }
}

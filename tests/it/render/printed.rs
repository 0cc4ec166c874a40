//! The output of the whole program over hostile folders and arguments is text, with no command for GitHub's runner.

use comity::render::{Format, visible};

use crate::render::is_harmful;
use crate::render::runner::commands;
use crate::tool::{Folder, Ran, faulty, ran};

/// The names of all formats on the command line.
const FORMATS: [&str; Format::ALL.len()] =
    ["human", "concise", "json", "github", "gitlab", "sarif", "junit", "markdown"];

/// The name of a file that a workflow may pass on.
const ARGUMENT: &str = "x\n::add-mask::e\u{1b}[2J\u{202e} ##[error]";

/// A record with a fault in a file whose every text is hostile, and its neighbour that `fmt` would change.
fn hostile_folder() -> Folder {
    let folder = Folder::with(&faulty("faulty"));
    let text = "{\r\n\"names\":{\"en\":\"x \u{1b}]0;t\u{7}\u{1b}[2J \u{202e} ##[error]x\"},\n ::add-mask::e\n\"type\":\"vist\",}\r::error::x";
    folder.write("data/event/hostile.json", text);
    folder
}

/// The run as it is on GitHub, and as it is elsewhere.
fn both(folder: &Folder, arguments: &[&str]) -> [Ran; 2] {
    let usual = folder.run(arguments);
    [ran(folder.command(arguments).env("GITHUB_ACTIONS", "true"), b""), usual]
}

fn is_harmless(arguments: &[&str], ran: &[Ran; 2]) {
    for ran in ran {
        for shown in [&ran.out, &ran.err] {
            let harmful: Vec<char> = shown.chars().filter(|c| is_harmful(*c) && *c != '\t').collect();
            assert_eq!(harmful, ['\0'; 0], "{arguments:?}: {ran:?}");
            let forged = |line: &&str| {
                ["::add-mask", "::error::x", "changed forged", "--- forged"].iter().any(|text| line.starts_with(text))
            };
            assert_eq!(shown.lines().find(forged), None, "{arguments:?}: a forged line: {ran:?}");
        }
    }
    for shown in [&ran[0].out, &ran[0].err] {
        let ours = |line: &str| {
            ["::error ", "::error::and ", "::warning ", "::warning::and "]
                .iter()
                .any(|command| line.starts_with(command))
        };
        let found: Vec<String> = commands(shown).into_iter().filter(|line| !ours(line)).collect();
        assert_eq!(found, [""; 0], "{arguments:?}: {ran:?}");
        assert!(!shown.contains("##["), "{arguments:?}: {ran:?}");
    }
}

#[test]
fn a_diff_of_hostile_lines_is_text() {
    let folder = Folder::of_the_world();
    let (path, text) = crate::world::file(&faulty("hostile"));
    // The first lines have a fault that can be mended; the lines around are shown as they are.
    let text = text.replacen(
        '{',
        "{\n  // ::add-mask::e ##[group]x \u{1b}]0;t\u{7}\u{1b}[2J\u{202e}\n\n ::add-mask::e\r ##[error]x \u{9b}31m",
        1,
    );
    folder.write(&format!("data/{path}"), text.replace("}\n", ",}\n"));
    let arguments = ["check", "--unsafe-fixes", "--diff"];
    let ran = both(&folder, &arguments);
    is_harmless(&arguments, &ran);
    for (ran, command) in ran.iter().zip([":\\u{3a}add-mask", "::add-mask"]) {
        assert!(ran.out.contains(&format!("\n  {command}::e")), "the line is shown around what changes: {ran:?}");
        assert!(ran.out.contains("\\u{1b}]0;t\\u{7}\\u{1b}[2J\\u{202e}"), "what is hidden becomes visible: {ran:?}");
    }
}

#[test]
fn every_command_shows_a_hostile_record_as_text() {
    let folder = hostile_folder();
    for format in FORMATS {
        let arguments = ["check", "--format", format];
        is_harmless_but_markdown(&arguments, &both(&folder, &arguments));
    }
    for arguments in [
        &["check", "--fix", "--diff"][..],
        &["fmt", "--check"],
        &["show", "hostile"],
        &["show", ARGUMENT],
        &["explain", ARGUMENT],
        &["check", ARGUMENT],
        &["check", "--select", ARGUMENT],
        &["check", "--format", ARGUMENT],
        &["check", "--today", ARGUMENT],
        &["check", "--max-findings", ARGUMENT],
        &[ARGUMENT],
        &["--x\n::add-mask::e\u{1b}[2J ##[error]"],
        &["check", "--fi\n::add-mask::e\u{1b}[2J ##[error]"],
        &["stats"],
        &["stats", "--format", "markdown"],
        &["stats", "--data", ARGUMENT],
        &["export", "--to", "data/dataset.json/x\n::add-mask::e\u{1b}[2J ##[error]"],
    ] {
        is_harmless(arguments, &both(&folder, arguments));
    }
}

fn is_harmless_but_markdown(arguments: &[&str], ran: &[Ran; 2]) {
    let without = |ran: &Ran| Ran { code: ran.code, out: ran.out.replace('\u{200b}', ""), err: ran.err.clone() };
    is_harmless(arguments, &[without(&ran[0]), without(&ran[1])]);
}

#[test]
fn a_faulty_dataset_json_is_quoted_as_text() {
    let hostile = "x\\n::add-mask::e\\u001b[2J\\u202e ##[error]";
    let raw = "x\n::add-mask::e\u{1b}[2J\u{202e} ##[error]";
    for text in [
        format!("{{ \"{hostile}\": 1 }}"),
        format!("{{ \"rules\": {{ \"{hostile}\": \"off\" }} }}"),
        format!("{{ \"rules\": {{ \"orphan\": \"{hostile}\" }} }}"),
        format!("{{ \"rules\": \"{hostile}\" }}"),
        format!("{{ \"title\": {raw} }}"),
        raw.to_owned(),
    ] {
        let folder = Folder::of_the_world();
        folder.write("data/dataset.json", &text);
        for arguments in [&["check"][..], &["fmt"], &["stats"], &["show", "x"]] {
            let ran = both(&folder, arguments);
            assert_eq!(ran[1].code, Some(2), "{text:?}: {ran:?}");
            assert!(ran[1].err.starts_with("error: data/dataset.json:"), "{text:?}: {ran:?}");
            assert_eq!(ran[1].err.lines().count(), 1, "an error is one line: {ran:?}");
            is_harmless(arguments, &ran);
        }
    }
}

#[cfg(unix)]
#[test]
fn a_line_break_in_a_file_name_begins_no_line() {
    let valid = "{\n \"names\": {\"en\":\"A\"},\n \"type\": \"visit\"\n}";
    let names = [
        ("x\nchanged forged\n::error::x.json", valid.to_owned()),
        ("y\r::add-mask::e ##[error]\u{1b}[2J\u{202e}.json", valid.to_owned()),
        ("z\n--- forged\n::error::x.json", valid.replace("\"visit\"", "\"visit\",")),
    ];
    let folder = Folder::of_the_world();
    for (name, text) in &names {
        folder.write(&format!("data/event/{name}"), text);
    }
    for (arguments, shown) in [
        (&["fmt", "--check"][..], &names[..2]),
        (&["check", "--unsafe-fixes", "--diff"], &names[2..]),
        (&["check", "--format", "concise"], &names),
        (&["check"], &names),
    ] {
        let ran = both(&folder, arguments);
        is_harmless(arguments, &ran);
        let missing = shown.iter().find(|(name, _)| !ran[1].out.contains(&visible(name)));
        assert_eq!(missing, None, "{arguments:?}: the name is shown: {ran:?}");
    }
    let fmt = folder.run(&["fmt"]);
    assert!(
        fmt.out.starts_with(&format!("changed data/event/{}\nchanged data/event/y", visible(names[0].0))),
        "{fmt:?}"
    );
}

#[test]
fn files_that_are_shown_later_hold_no_command() {
    let folder = hostile_folder();
    folder.write("data/event/a##[b.json", "{}");
    for format in FORMATS {
        let mut command = folder.command(&["check", "--format", format, "--output", "report"]);
        command.env("GITHUB_ACTIONS", "true").env("GITHUB_STEP_SUMMARY", folder.path("summary.md"));
        assert_eq!(ran(&mut command, b"").code, Some(1));
        for file in ["report", "summary.md"] {
            let found = commands(&folder.read(file));
            let forged =
                found.iter().find(|line| format != "github" || !line.starts_with("::") || line.contains("##["));
            assert_eq!(forged, None, "{format}");
        }
    }
}

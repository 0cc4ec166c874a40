//! No text of a stranger's reaches GitHub's runner as a command, or a terminal as anything but text: every format over
//! reports whose every text is hostile, and whole runs over hostile folders.

use comity::finding::{Change, EntryId, Fix, Place, Related};
use comity::render::{Display, Format, visible};
use comity::report::Report;
use serde_json::Value;

use crate::renderers::{HOSTILE, IN_PLAIN, LOUD, find, is_harmful, report_of, without_colours};
use crate::tool::{Folder, Ran, faulty, ran};

/// Texts that a runner, a terminal or a page would obey.
pub(crate) const TEXTS: [&str; 18] = [
    HOSTILE,
    "::error file=x::forged",
    "\n::add-mask::e\n",
    "\r::stop-commands::x\r",
    "\u{85}::add-mask::x\u{2028}::add-mask::x\u{2029}::add-mask::x",
    " \u{a0}\u{3000}::add-mask::x",
    "##[error]forged",
    "####[group]x ##[endgroup]",
    "#\u{34f}#\u{200d}[error]forged",
    "#\u{fe0f}#[error]forged",
    "`##[error]` and `::error::`",
    "\u{1b}]0;title\u{7}\u{1b}]8;;http://x.org\u{1b}\\link\u{1b}]8;;\u{1b}\\",
    "\u{1b}[2J\u{1b}[H\u{9b}2J\u{7f}\u{8}",
    "\u{202e}txet\u{2066}x\u{2069}",
    "]]>##[error]<![CDATA[",
    "&#35;#[error] &#58;: \\u0023#[",
    "%0A::error::x%0D",
    "\t:\u{ad}:error::x",
];

/// The names of all formats on the command line.
const FORMATS: [&str; Format::ALL.len()] =
    ["human", "concise", "json", "github", "gitlab", "sarif", "junit", "markdown"];

/// The runner: what it would take for commands in what a step prints. The runner compares text by the rules of a
/// language, in which ignorable characters count for nothing.
fn commands(printed: &str) -> Vec<String> {
    let ignored = |c: &char| !matches!(c, '\u{ad}' | '\u{34f}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}');
    let lines = printed.split("\r\n").flat_map(|line| line.split(['\n', '\r']));
    let lines = lines.map(|line| line.chars().filter(ignored).collect::<String>());
    lines.filter(|line| line.trim_start().starts_with("::") || line.contains("##[")).collect()
}

#[test]
fn the_model_of_the_runner_sees_commands() {
    assert_eq!(commands("a\n \u{3000}::x::\r::y::\r\n::z::\na::b\nc ##[d\n#\u{34f}#[").len(), 5);
}

/// A report in which one text is the path, the message, the help, a related message and what a fix writes.
fn report(text: &str) -> Report {
    let mut found = find(&LOUD, IN_PLAIN, comity_document::at!["type"], text);
    found.help = Some(text.to_owned());
    found.related = vec![Related { entry: EntryId(0), place: Place::File, message: text.to_owned() }];
    let change = Change::Replace { at: comity_document::at!["type"], with: text.into() };
    found.fix = Some(Fix { what: text.to_owned(), changes: vec![change], safe: false });
    let quoted = find(&LOUD, IN_PLAIN, comity_document::at!["names"], &format!("x `{text}` y"));
    let gone = find(&LOUD, EntryId::GONE.0, Place::Gone(text.into()), text);
    let mut report = report_of(vec![found, quoted, gone]);
    // Excerpts are lines of the file.
    for excerpt in &mut report.excerpts {
        let line = format!("{text}\n {text}\n");
        excerpt.text.push_str(&line);
    }
    for diagnostic in &mut report.diagnostics {
        if let Some(quoted) = &mut diagnostic.location.quoted {
            let end = u32::try_from(report.excerpts[quoted.excerpt].text.len()).expect("a short text");
            quoted.span.end = end;
        }
    }
    report.summary.skipped.push((text.to_owned(), "a reason"));
    report
}

fn written(format: Format, report: &Report, colour: bool, in_actions: bool) -> String {
    let mut out = Vec::new();
    format.render(report, Display { colour, width: 100, in_actions }, &mut out).expect("memory takes it");
    String::from_utf8(out).expect("UTF-8")
}

#[test]
fn no_text_of_data_is_a_command_in_any_format() {
    for text in TEXTS {
        let report = report(text);
        for format in Format::ALL {
            for colour in [false, true] {
                let shown = written(format, &report, colour, true);
                let mut found = commands(&shown);
                if format == Format::Github {
                    assert_eq!(found.len(), report.diagnostics.len(), "{text:?}: {found:#?}");
                    found.retain(|line| !line.starts_with("::error file=") || line.contains("##["));
                }
                assert_eq!(found, [""; 0], "{format:?} of {text:?}");
            }
        }
    }
}

#[test]
fn no_text_of_data_moves_a_cursor_in_any_format() {
    for text in TEXTS {
        let report = report(text);
        for (format, in_actions) in Format::ALL.into_iter().flat_map(|format| [(format, false), (format, true)]) {
            let shown = without_colours(&written(format, &report, true, in_actions));
            // The zero-width break of Markdown is ours.
            let ours = |c: char| format == Format::Markdown && c == '\u{200b}';
            let harmful: Vec<char> = shown.chars().filter(|c| is_harmful(*c) && !ours(*c)).collect();
            assert_eq!(harmful, ['\0'; 0], "{format:?} of {text:?}");
        }
    }
}

/// What breaks a command in JSON and XML is an escape of theirs.
#[test]
fn a_machine_reads_the_same_values_in_actions_and_elsewhere() {
    for text in TEXTS {
        let report = report(text);
        for format in [Format::Json, Format::Gitlab, Format::Sarif] {
            let [usual, in_actions] = [false, true].map(|in_actions| written(format, &report, false, in_actions));
            let read = |shown: &str| -> Value { serde_json::from_str(shown).expect("JSON") };
            assert_eq!(read(&usual), read(&in_actions), "{format:?} of {text:?}");
            assert!(!text.contains("##[") || usual != in_actions, "{format:?} of {text:?} is escaped");
        }
        let [usual, in_actions] = [false, true].map(|in_actions| written(Format::Junit, &report, false, in_actions));
        let read = |shown: &str| -> Vec<String> {
            let document = roxmltree::Document::parse(shown).unwrap_or_else(|error| panic!("{error}: {shown}"));
            let texts = |node: roxmltree::Node<'_, '_>| -> Vec<String> {
                node.attributes()
                    .map(|attribute| attribute.value().to_owned())
                    .chain(node.text().map(str::to_owned))
                    .collect()
            };
            document.descendants().flat_map(texts).collect()
        };
        assert_eq!(read(&usual), read(&in_actions), "{text:?}");
    }
}

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

//! No text of a stranger's reaches GitHub's runner as a command, or a terminal as anything but text: every format over
//! reports whose every text is hostile.

use comity::dataset::EntryId;
use comity::lint::{Change, Fix, Place, Related};
use comity::render::{Display, Format};
use comity::report::Report;
use serde_json::Value;

use crate::render::{HOSTILE, IN_PLAIN, LOUD, find, is_harmful, report_of, without_colours};

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

/// The runner: what it would take for commands in what a step prints. The runner compares text by the rules of a
/// language, in which ignorable characters count for nothing.
pub(crate) fn commands(printed: &str) -> Vec<String> {
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

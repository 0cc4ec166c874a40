//! Markdown, for a pull request or a step summary: one table a file, in GitHub's dialect. A comment has a limit, so the page
//! has one; what is cut is counted.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io;

use hashbrown::HashSet;

use super::{counted, visible};
use crate::report::{Diagnostic, Report};

/// The most bytes of the tables, and of the names of files that were not checked to the end. GitHub refuses a comment of more
/// than 65,536 characters.
const TABLES: usize = 48_000;
const SKIPPED: usize = 10_000;
/// The most characters of a message. Those of rules are shorter.
const MESSAGE: usize = 1_500;

/// Writes a line with the counts, then one table a file, then the files that were not checked to the end.
pub fn markdown(report: &Report, out: &mut dyn io::Write) -> io::Result<()> {
    let summary = &report.summary;
    writeln!(
        out,
        "**{} checked against {}: {}, {}, {}.**",
        counted(summary.records, "record"),
        counted(summary.rules, "rule"),
        counted(summary.errors, "error"),
        counted(summary.warnings, "warning"),
        counted(summary.notes, "note")
    )?;
    // The diagnostic that gives the number of findings beyond the limit of a report says what the last line says.
    let unreported = summary.unreported.total();
    let number = summary.unreported.reported_as.map(|_| summary.unreported.sentence());
    let is_number = |diagnostic: &&Diagnostic| number.as_ref() == Some(&diagnostic.message);
    let findings: Vec<&Diagnostic> = report.diagnostics.iter().filter(|found| !is_number(found)).collect();
    let cut = tables(&findings, out)?;
    let skipped =
        |(path, reason): &(String, &str)| format!("\nNot checked to the end: {} ({}).\n", code(path), plain(reason));
    let mut room = SKIPPED;
    let shown = summary.skipped.iter().map(skipped).map_while(|line| {
        room = room.checked_sub(line.len())?;
        Some(line)
    });
    let shown: Vec<String> = shown.collect();
    out.write_all(shown.concat().as_bytes())?;
    if let more @ 1.. = summary.skipped.len() - shown.len() {
        writeln!(out, "\nNot checked to the end either: {}.", counted(more, "more file"))?;
    }
    if let more @ 1.. = unreported + cut {
        writeln!(out, "\nNot shown: {}; `comity check` shows them.", counted(more, "more finding"))?;
    }
    summary.failure().map_or(Ok(()), |why| writeln!(out, "\nThe result: {}.", plain(why)))
}

/// Writes one table a file. Where there is no room for all findings, the most severe are shown. Returns how many are not.
fn tables(diagnostics: &[&Diagnostic], out: &mut dyn io::Write) -> io::Result<usize> {
    let path = |index: usize| &diagnostics[index].location.path;
    let head = |index: usize| {
        format!("\n#### {}\n\n| Line | Rule | What is wrong |\n| ---: | --- | --- |\n", code(path(index)))
    };
    let mut by_severity: Vec<usize> = (0..diagnostics.len()).collect();
    by_severity.sort_by_key(|index| Reverse(diagnostics[*index].severity));
    let (mut shown, mut begun) = (BTreeMap::new(), HashSet::new());
    let mut left = TABLES;
    for index in by_severity {
        let row = row(diagnostics[index]);
        let length = row.len() + if begun.contains(path(index)) { 0 } else { head(index).len() };
        let Some(rest) = left.checked_sub(length) else { break };
        left = rest;
        begun.insert(path(index));
        shown.insert(index, row);
    }
    let mut before = None;
    for (index, row) in &shown {
        if before.replace(path(*index)) != Some(path(*index)) {
            out.write_all(head(*index).as_bytes())?;
        }
        out.write_all(row.as_bytes())?;
    }
    Ok(diagnostics.len() - shown.len())
}

fn row(diagnostic: &Diagnostic) -> String {
    let message: String = diagnostic.message.chars().take(MESSAGE).collect();
    let line = diagnostic.location.quoted.map_or_else(String::new, |quoted| quoted.start.line.to_string());
    let help = diagnostic.help.as_ref().map_or_else(String::new, |help| format!("<br>{}", plain(help)));
    let (severity, rule) = (diagnostic.severity, diagnostic.rule.code);
    format!("| {line} | {severity} `{rule}` | {}{help} |\n", plain(&message))
}

/// A message as plain text: nothing from a record becomes markup, a link or a mention. Text in backticks stays code.
pub fn plain(text: &str) -> String {
    let text = visible(text);
    let parts: Vec<&str> = text.split('`').collect();
    // Two of them side by side are those of a value, and nobody knows where the value ends.
    let balanced = parts.len() % 2 == 1 && !text.contains("``");
    let part = |(index, part): (usize, &&str)| if balanced && index % 2 == 1 { code(part) } else { escape(part) };
    parts.iter().enumerate().map(part).collect::<Vec<_>>().join(if balanced { "" } else { "&#96;" })
}

/// Text without markup, links and mentions.
fn escape(text: &str) -> String {
    entities(&unlinked(text, Place::Prose))
}

/// Text as code, in HTML because a backtick or a bar would end Markdown's code. GitHub still finds markup and addresses in
/// HTML's code, so both are escaped.
pub(super) fn code(text: &str) -> String {
    format!("<code>{}</code>", entities(&unlinked(&visible(text), Place::Code)))
}

/// Where a text stands. In code, GitHub links only addresses.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Prose,
    Code,
}

/// The fewest hexadecimal digits that GitHub takes for a commit.
const SHORT_COMMIT: usize = 7;

/// Puts a zero-width space into what GitHub would turn into a link, a mention or an emoji. GitHub searches the rendered text,
/// in which a character reference is the character, so escaping alone does not help.
fn unlinked(text: &str, place: Place) -> String {
    let mut out = String::with_capacity(text.len());
    let mut digits = 0;
    for (at, c) in text.char_indices() {
        let (before, after) = (&text[..at], &text[at + c.len_utf8()..]);
        let prose = place == Place::Prose;
        digits = if c.is_ascii_hexdigit() { digits + 1 } else { 0 };
        if prose && digits == SHORT_COMMIT {
            out.push(BREAK);
            digits = 1;
        }
        // The break stands before the dot: after the dot it would count as a part of the host.
        if c == '.' && ends_with_www(before) {
            out.push(BREAK);
        }
        out.push(c);
        let breaks = match c {
            '@' => true,
            '#' => prose,
            ':' => after.starts_with("//") || prose && after.starts_with(|c: char| !c.is_whitespace()),
            // `GH-1`, `CVE-2020-1`, `GHSA-…`, and the prefixes that a repository may define.
            '-' => {
                prose
                    && (before.ends_with(|c: char| c.is_ascii_uppercase())
                        || before.ends_with(|c: char| c.is_ascii_alphabetic())
                            && after.starts_with(|c: char| c.is_ascii_digit()))
            }
            _ => false,
        };
        if breaks {
            out.push(BREAK);
        }
    }
    out
}

const BREAK: char = '\u{200b}';

fn ends_with_www(text: &str) -> bool {
    text.as_bytes().last_chunk::<3>().is_some_and(|end| end.eq_ignore_ascii_case(b"www"))
}

/// The characters that begin markup, an emoji or a formula.
const MARKUP: &str = r"&<>@#\`*_~[]()!|$:";

/// Replaces the characters that begin markup by character references, which are never markup. A backslash does not escape
/// everywhere.
fn entities(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if MARKUP.contains(c) {
            let _ = write!(out, "&#{};", u32::from(c));
        } else {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_in_data_stays_text() {
        assert_eq!(plain("an *x* @me"), "an &#42;x&#42; &#64;\u{200b}me");
        assert_eq!(plain("https://www.x.org"), "https&#58;\u{200b}//www\u{200b}.x.org");
        assert_eq!(plain("the field `a|b` is"), "the field <code>a&#124;b</code> is");
        assert_eq!(plain("one ` alone"), "one &#96; alone");
        assert_eq!(plain("`nope|`x`` is"), "&#96;nope&#124;&#96;x&#96;&#96; is");
        assert_eq!(plain("`$a$` by `@me`"), "<code>&#36;a&#36;</code> by <code>&#64;\u{200b}me</code>");
        assert_eq!(code("`a`"), "<code>&#96;a&#96;</code>");
        assert_eq!(code("event:a-1/0123456"), "<code>event&#58;a-1/0123456</code>", "an id can be copied");
    }

    #[test]
    fn what_github_would_link_is_parted() {
        for (text, expected) in [
            ("0123456", "012345\u{200b}6"),
            ("deadbeefdeadbeef", "deadbe\u{200b}efdead\u{200b}beef"),
            ("012345 6", "012345 6"),
            ("GH-12", "GH-\u{200b}12"),
            ("gh-12", "gh-\u{200b}12"),
            ("GHSA-abcd", "GHSA-\u{200b}abcd"),
            ("well-known 2019-01", "well-known 2019-01"),
            ("a/b#1", "a/b#\u{200b}1"),
            ("a/b@c", "a/b@\u{200b}c"),
            (":x: y", ":\u{200b}x: y"),
        ] {
            assert_eq!(unlinked(text, Place::Prose), expected);
        }
    }
}

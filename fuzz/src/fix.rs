//! What must hold for mending any text, as `comity check --fix` does it.

use std::cell::Cell;
use std::collections::BTreeSet;
use std::convert::Infallible;

use comity::dataset::File;
use comity::fix::{self, CHECKS, Checked, FileTexts, FixOutcome, Reason};
use comity::report::{Diagnostic, Report};
use comity_document::document::{self, Arena, FaultKind};

use crate::check::keeps;
use crate::one;

/// Any text as a record of a kind: safe fixes alone, then all of them, come to an end after which nothing is left that can
/// be mended and was not refused, and mending once more changes nothing, unless whole checks ran out. What parsed still parses, no record gets a fault
/// that it did not have, and where only the layout is at fault the value stays. The first byte chooses the kind, the
/// second the layout.
pub fn fix(data: &[u8]) {
    let [kind, layout, rest @ ..] = data else { return };
    let (_, file) = one::file(*kind, *layout);
    let Ok(text) = std::str::from_utf8(rest) else { return };
    // A line ends where the next one would begin.
    let text = if file.is_lines() { text.split('\n').next().unwrap_or_default() } else { text };
    let safe = mends(text, &file, false);
    mends(&safe, &file, true);
}

/// Mends, holds the result to what is promised, and gives it.
fn mends(text: &str, file: &File, suggestions: bool) -> String {
    let text = record(text, file);
    let done = mended(text, file, suggestions);
    let edited = done.after.get(&*file.path).map_or(text, String::as_str);
    let again = mended(edited, file, suggestions);
    let is_settled = done.refused.iter().all(|fix| fix.reason != Reason::Untried);
    assert!(
        !is_settled || again.after.is_empty(),
        "mending twice changes more than mending once:\n{text}\n{edited}\n{again:?}"
    );
    assert!(!parses(text) || parses(edited), "what parsed no longer does:\n{text}\n{edited}");
    let (before, after) = (report(text, file), report(edited, file));
    unmended(&after, &done, edited, suggestions);
    if before.diagnostics.iter().all(is_told_to_the_end) {
        let new = after.diagnostics.iter().filter(|found| !is_brought_to_light(found, &before));
        let new: Vec<&str> = new.map(|found| found.rule.code).collect();
        let new: Vec<&&str> = new.iter().filter(|code| count(&after, code) > count(&before, code)).collect();
        assert!(new.is_empty(), "mending brought {new:?}:\n{text}\n{edited}");
    }
    if edited != text && before.diagnostics.iter().all(|found| found.fix.is_none()) {
        let arena = Arena::default();
        let (before, after) = (document::parse(text, &arena), document::parse(edited, &arena));
        let kept = before.root.as_ref().zip(after.root.as_ref()).is_none_or(|(a, b)| keeps(a, b, true));
        assert!(kept, "layout changed a value:\n{text}\n{edited}");
    }
    edited.to_owned()
}

/// The text of a record as it is read: a line without the white space at its end.
fn record<'t>(text: &'t str, file: &File) -> &'t str {
    if file.is_lines() { text.trim_ascii_end() } else { text }
}

/// Whether what was found hides nothing else.
fn is_told_to_the_end(found: &Diagnostic) -> bool {
    found.rule.allowable || found.rule.code == "unused-allow"
}

/// Whether it stands where a fix was made that keeps what the record says: then it was there, and could not be seen.
fn is_brought_to_light(found: &Diagnostic, before: &Report) -> bool {
    let is_safe = |other: &&Diagnostic| other.fix.as_ref().is_some_and(|fix| fix.safe);
    before.diagnostics.iter().filter(is_safe).any(|other| place(other) == place(found))
}

/// Where something is found; of an exception, which is judged as one, any place in the exception.
fn place(found: &Diagnostic) -> Option<String> {
    let pointer = found.location.pointer.as_ref()?;
    let tokens: Vec<String> = pointer.tokens().map(|token| token.to_string()).collect();
    let whole = if tokens.first().is_some_and(|first| first == "allow") { 2 } else { tokens.len() };
    Some(tokens.into_iter().take(whole).collect::<Vec<_>>().join("/"))
}

/// Of what could be mended nothing is left but what was refused, and no safe fix is refused where the text can be read
/// without guessing.
fn unmended(after: &Report, done: &FixOutcome, edited: &str, suggestions: bool) {
    let refused: BTreeSet<_> = done.refused.iter().map(|fix| (fix.rule, fix.what.as_str())).collect();
    for found in &after.diagnostics {
        assert_ne!(found.rule.code, "non-canonical", "{edited}");
        let Some(fix) = found.fix.as_ref().filter(|fix| fix.safe || suggestions) else { continue };
        assert!(refused.contains(&(found.rule.code, fix.what.as_str())), "left unmended: {found:?} in\n{edited}");
        let guessed = after.diagnostics.iter().any(is_of_the_text);
        assert!(!fix.safe || guessed, "a safe fix is refused: {found:?}");
    }
}

fn is_of_the_text(found: &Diagnostic) -> bool {
    ["syntax", "duplicate-key"].contains(&found.rule.code)
}

fn count(report: &Report, code: &str) -> usize {
    report.diagnostics.iter().filter(|found| found.rule.code == code).count()
}

/// Applies fixes until none is left that makes the record better.
fn mended(text: &str, file: &File, suggestions: bool) -> FixOutcome {
    let checks = Cell::new(0);
    let check = |texts: &FileTexts| {
        checks.set(checks.get() + 1);
        assert!(checks.get() <= CHECKS, "more whole checks than promised:\n{text}");
        let text = texts.get(&*file.path).map_or(text, String::as_str);
        Ok::<_, Infallible>(Checked::new(report(text, file), vec![file.clone()]))
    };
    fix::fix(suggestions, &check, &|_| Some(text.to_owned())).unwrap_or_else(|never| match never {})
}

fn report(text: &str, file: &File) -> Report {
    let text = record(text, file);
    let (read, _) = one::read(file, text.as_bytes());
    one::report(read, file.clone(), text, Vec::new)
}

/// Whether a text can be read without guessing.
fn parses(text: &str) -> bool {
    let arena = Arena::default();
    let document = document::parse(text, &arena);
    document.root.is_some() && document.faults.iter().all(|fault| matches!(fault.what, FaultKind::DuplicateKey { .. }))
}

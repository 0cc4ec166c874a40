//! What must hold for mending any text: applied on the public core, round by round, as `comity check --fix` does.

use std::collections::BTreeSet;

use comity::dataset::File;
use comity::fix::{Edits, apply};
use comity::format::{self, Layout};
use comity::kind::Kind;
use comity::report::{Diagnostic, Report};
use comity_document::document::{self, Node, What};

use crate::check::keeps;
use crate::one;

/// How often fixes may make way for others, or uncover them, before that counts as going on for ever.
const ROUNDS: usize = 16;

/// Rules that speak of what others left behind, and are mended in the next round.
const LATER: [&str; 2] = ["unused-allow", "non-canonical"];

/// Any text as a record of a kind: safe fixes alone, then all of them, come to an end after which nothing that can be
/// mended is left. What parsed still parses, no round adds a fault of the text, and where only the layout is
/// at fault the value stays. The first byte chooses the kind, the second the layout.
pub fn fix(data: &[u8]) {
    let [kind, layout, rest @ ..] = data else { return };
    let (_, file) = one::file(*kind, *layout);
    let Ok(text) = std::str::from_utf8(rest) else { return };
    let safe = mend(text, &file, false);
    let all = mend(&safe, &file, true);
    if parses(&all) {
        assert_eq!(mend(&all, &file, true), all, "mending twice changes more than mending once");
    }
}

/// Applies fixes until none is left.
fn mend(text: &str, file: &File, suggestions: bool) -> String {
    let mut text = text.to_owned();
    for _ in 0..ROUNDS {
        let report = report(&text, file);
        let fixes: Vec<&Edits> = report.diagnostics.iter().filter_map(|found| found.fix.as_ref()).collect();
        let chosen: Vec<&Edits> = fixes.into_iter().filter(|fix| fix.safe || suggestions).collect();
        let layout = report.diagnostics.iter().any(|found| found.rule.code == "non-canonical");
        if chosen.is_empty() && !layout {
            return text;
        }
        let (mut edited, applied) = apply(&text, &chosen);
        assert!(applied > 0 || chosen.is_empty(), "of several fixes the first is always applied");
        if chosen.is_empty() {
            edited = laid_out(&edited, file);
        }
        no_worse(&report, &text, &edited, file, suggestions);
        text = edited;
    }
    // Of a text that does not parse each round may mend one fault, and there may be as many as characters.
    assert!(!parses(&text), "mending does not come to an end:\n{text}");
    text
}

fn report(text: &str, file: &File) -> Report {
    let (read, _) = one::read(file, text.as_bytes());
    one::report(read, file.clone(), text, Vec::new)
}

/// The same value, laid out as it is to be.
fn laid_out(text: &str, file: &File) -> String {
    let document = document::parse(text);
    let root = document.root.as_ref().expect("only what was read is found out of form");
    let own = root.get("kind").and_then(Node::as_str).and_then(Kind::parse);
    let laid_out = format::canonical(file.kind.or(own).expect("a record has a kind"), root, Layout::of(file));
    let after = document::parse(&laid_out);
    assert!(keeps(root, after.root.as_ref().expect("JSON"), true), "layout changed a value:\n{text}\n{laid_out}");
    if file.is_lines() { laid_out.trim_end().to_owned() } else { laid_out }
}

/// What was mended parses if it did before. What could be read has no fault of another sort then, but one that a
/// suggestion brings and that is mended in its turn: two names that both were to be a third, say, stand there twice.
fn no_worse(before: &Report, text: &str, edited: &str, file: &File, suggestions: bool) {
    assert!(!parses(text) || parses(edited), "what parsed no longer does:\n{text}\n{edited}");
    // What could not be read says nothing, nor does what stands at a place that is not there.
    let waits = |found: &Diagnostic| !found.rule.allowable || found.rule.code == "dangling-pointer";
    if !parses(text) || before.diagnostics.iter().any(waits) {
        return;
    }
    let had: BTreeSet<&str> = before.diagnostics.iter().map(|found| found.rule.code).collect();
    let in_turn = |found: &Diagnostic| suggestions && found.fix.as_ref().is_some_and(|fix| fix.safe);
    let after = report(edited, file);
    let new = after.diagnostics.iter().filter(|found| !had.contains(found.rule.code) && !in_turn(found));
    let new: Vec<&str> = new.map(|found| found.rule.code).filter(|code| !LATER.contains(code)).collect();
    assert!(new.is_empty(), "mending brought {new:?}:\n{text}\n{edited}");
}

/// Whether a text can be read without guessing.
fn parses(text: &str) -> bool {
    let document = document::parse(text);
    document.root.is_some() && document.faults.iter().all(|fault| matches!(fault.what, What::DuplicateKey { .. }))
}

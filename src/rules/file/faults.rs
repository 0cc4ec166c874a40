//! Findings about the faults of a text. A mistake that stands all over a record is one finding.

use std::collections::HashSet;
use std::mem::discriminant;

use comity_document::document::{Fault, FaultKind};
use comity_document::pointer::Span;

use super::{duplicate_key, syntax, too_large, words};
use crate::dataset::EntryId;
use crate::lint::{Change, Finding, Findings, Fix, Place, Rule};
use crate::value::{bound, short};

/// Leaves out what is said of the literals, such as `None` or `NaN`, of which something else is said: what belongs there is said
/// then, and names what was typed. `settled_by` tells the finding about a literal by its place.
pub fn settle_literals(faults: &[Fault], settled_by: impl Fn(Span) -> Option<usize>, findings: &mut Vec<Finding>) {
    let mut settled = HashSet::new();
    for fault in faults {
        let FaultKind::Literal(word) = &fault.what else { continue };
        let Some(index) = settled_by(fault.span) else { continue };
        settled.insert(fault.span);
        let message = &mut findings[index].message;
        *message = message.replace("`null`", &format!("`{}`", short(word)));
    }
    drop_at(&settled, findings);
}

/// Leaves out what is said of all literals.
pub fn drop_literals(faults: &[Fault], findings: &mut Vec<Finding>) {
    let literals = faults.iter().filter(|fault| matches!(fault.what, FaultKind::Literal(_)));
    drop_at(&literals.map(|fault| fault.span).collect(), findings);
}

fn drop_at(spans: &HashSet<Span>, findings: &mut Vec<Finding>) {
    if !spans.is_empty() {
        findings.retain(|found| !matches!(found.place, Place::Bytes(span) if spans.contains(&span)));
    }
}

/// How many faults of a habit are reported one by one.
const ALONE: usize = 3;

/// Reports faults of the text.
pub fn over_faults(faults: &[Fault], text: &str, entry: EntryId, out: &mut Vec<Finding>) {
    let habits = habits(faults);
    for fault in faults {
        match habits.iter().find(|alike| is_alike(alike[0], fault)) {
            Some(alike) if std::ptr::eq(alike[0], fault) => report(fault, alike, text, entry, out),
            Some(_) => {}
            None => report(fault, &[fault], text, entry, out),
        }
    }
}

/// The faults that a habit, or a program, brings into a record again and again, by sort.
fn habits(faults: &[Fault]) -> Vec<Vec<&Fault>> {
    let mut habits: Vec<Vec<&Fault>> = Vec::new();
    for fault in faults {
        let (FaultKind::StrangeSpace(_)
        | FaultKind::SingleQuotes
        | FaultKind::CurlyQuotes
        | FaultKind::DoubledQuotes
        | FaultKind::OtherMark { .. }
        | FaultKind::UnquotedKey(_)) = fault.what
        else {
            continue;
        };
        match habits.iter_mut().find(|alike| is_alike(alike[0], fault)) {
            Some(alike) => alike.push(fault),
            None => habits.push(vec![fault]),
        }
    }
    habits.retain(|alike| alike.len() > ALONE);
    habits
}

fn is_alike(one: &Fault, other: &Fault) -> bool {
    discriminant(&one.what) == discriminant(&other.what)
}

/// Reports a fault, with the fix of all that are like it.
fn report(fault: &Fault, alike: &[&Fault], text: &str, entry: EntryId, out: &mut Vec<Finding>) {
    let (message, help) = words::of(&fault.what);
    let message = match alike.len() - 1 {
        0 => message,
        more => format!("{message}; {more} more places of this record have this fault"),
    };
    let mut findings = Findings::new(rule(&fault.what), out);
    let finding = findings.at(entry, Place::Bytes(fault.span), message).help(help);
    match &fault.what {
        FaultKind::DuplicateKey { first, .. } => {
            finding.related(entry, Place::Bytes(*first), "it stands here first");
        }
        FaultKind::Mismatched { at, .. } => {
            finding.related(entry, Place::Bytes(*at), "it was opened here");
        }
        _ => {}
    }
    let fixes = alike.iter().map(|fault| fix(fault, &text[fault.span.range()]));
    finding.offer(fixes.reduce(all).flatten());
}

/// One fix that does what two do.
fn all(one: Option<Fix>, other: Option<Fix>) -> Option<Fix> {
    let (mut one, other) = (one?, other?);
    one.changes.extend(other.changes);
    one.safe &= other.safe;
    Some(one)
}

fn rule(what: &FaultKind) -> &'static Rule {
    match what {
        FaultKind::DuplicateKey { .. } => &duplicate_key::RULE,
        FaultKind::TooDeep | FaultKind::TooMany | FaultKind::TooManyValues | FaultKind::TooManyFaults => {
            &too_large::RULE
        }
        _ => &syntax::RULE,
    }
}

/// The fix that the tool has for a fault. A fix is safe only if it leaves every value as it is.
fn fix(fault: &Fault, here: &str) -> Option<Fix> {
    let fix = |what: &str, with: &str, safe: bool| {
        let change = Change::Bytes { at: fault.span, with: with.to_owned() };
        Some(Fix { what: what.to_owned(), changes: vec![change], safe })
    };
    let quoted = |text: &str| serde_json::Value::from(text).to_string();
    match &fault.what {
        FaultKind::TrailingComma => fix("remove the comma", "", true),
        FaultKind::ByteOrderMark => fix("remove the mark", "", true),
        FaultKind::CodeFence => fix("remove the line", "", true),
        FaultKind::OtherText => fix("remove the text", "", false),
        FaultKind::Comment => fix("remove the comment", "", false),
        FaultKind::StrangeSpace(_) => fix("put a plain space in its place", " ", true),
        FaultKind::MissingComma => fix("add the comma", ",", false),
        FaultKind::ExtraQuote => fix("remove the mark", "", false),
        FaultKind::ExtraComma => fix("remove the comma", "", false),
        // A mark alone is the one that the table put around the record.
        FaultKind::DoubledQuotes => fix("write each mark once", &"\"".repeat(here.len() / 2), false),
        FaultKind::OtherMark { meant, .. } => fix(&format!("write `{meant}`"), meant.encode_utf8(&mut [0; 4]), false),
        FaultKind::MissingColon => fix("add the colon", ":", false),
        FaultKind::HalfQuoted(words) => fix("add the mark", &quoted(words), false),
        FaultKind::UnquotedKey(key) => fix("add the quotation marks", &quoted(key), false),
        FaultKind::SingleQuotes | FaultKind::CurlyQuotes => {
            let inside = here.trim_matches(|c: char| !c.is_alphanumeric() && "'\"‘’‚“”„«»".contains(c));
            let with = if inside.is_empty() {
                "\"".to_owned()
            } else {
                quoted(inside.trim_matches(['\u{a0}', '\u{202f}', ' ']))
            };
            fix("write straight quotation marks", &with, false)
        }
        FaultKind::Literal(word) => {
            let code = word.to_ascii_lowercase();
            if matches!(&*code, "true" | "false") { fix(&format!("write `{code}`"), &code, false) } else { None }
        }
        FaultKind::BareWord(word) if matches!(&*word.to_ascii_lowercase(), "na" | "n/a") => None,
        // A bound was to be a number.
        FaultKind::BareWord(word) if bound(word).is_some() => None,
        FaultKind::BareWord(word) => fix("add the quotation marks", &quoted(word), false),
        FaultKind::Unexpected { found, .. } if words::is_merge_mark(found) => fix("remove the line", "", false),
        _ => None,
    }
}

//! What must hold for every text. The targets are two lines each, so that the same claims can be tried without a fuzzer.

use comity::check;
use comity::dataset::{About, Dataset, Entry, File};
use comity::finding::EntryId;
use comity::format::{self, Layout, nfc};
use comity::kind::Kind;
use comity::policy::{Policy, judge};
use comity::record::Record;
use comity::render;
use comity::fix::{self, Edits};
use comity::report::{self, Report};
use comity::rules::{self, Trouble};
use comity::value::Day;
use comity_document::document::{self, Node, Value, What};
use comity_document::input::Input;

/// Parsing never panics, agrees with `serde_json` on the verdict and on the value, and every span lies on characters.
pub fn parse(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let document = document::parse(text);
    let theirs = serde_json::from_str::<serde_json::Value>(text);
    let other = |what: &What| !matches!(what, What::DuplicateKey { .. });
    let limit = |what: &What| matches!(what, What::TooDeep | What::TooMany);
    let beyond_ours = document.faults.iter().any(|fault| limit(&fault.what));
    let clean = document.root.is_some() && !document.faults.iter().any(|fault| other(&fault.what));
    assert!(clean == theirs.is_ok() || beyond_ours, "{:?} against {theirs:?}", document.faults);
    for fault in &document.faults {
        assert!(text.get(fault.span.range()).is_some(), "{fault:?} does not lie on characters");
    }
    let Some(root) = &document.root else { return };
    spans(root, text);
    if let (true, Ok(theirs)) = (document.faults.is_empty(), theirs) {
        assert_eq!(root.to_json(), theirs);
    }
}

/// A node's bytes are the bytes it was written with, and hold those of what stands in it.
fn spans(node: &Node<'_>, text: &str) {
    let raw = text.get(node.span.range()).expect("a span lies on characters");
    match &node.value {
        Value::String(value) => assert!(raw.len() >= value.len() + 2 || raw.contains('\\'), "{raw}"),
        Value::Number(number) => assert_eq!(raw, *number),
        Value::Array(items) => items.iter().for_each(|item| inside(node, item, text)),
        Value::Object(members) => {
            for member in members {
                assert!(text.get(member.key_span.range()).is_some_and(|key| key.starts_with('"')));
                inside(node, &member.value, text);
            }
        }
        Value::Null | Value::Bool(_) => {}
    }
}

fn inside(outer: &Node<'_>, inner: &Node<'_>, text: &str) {
    assert!(outer.span.start < inner.span.start && inner.span.end < outer.span.end);
    spans(inner, text);
}

/// Any text as a record of a kind, in a file of its own or on a line: reading, the rules over a dataset of one, finding
/// the places, every renderer and every fix end without a panic. What decodes keeps its value when it is formatted, and
/// is formatted once and for all. The first byte chooses the kind, the second the layout.
pub fn check(data: &[u8]) {
    let [kind, layout, rest @ ..] = data else { return };
    let kind = Kind::ALL[usize::from(*kind) % Kind::ALL.len()];
    let path = if layout % 2 == 0 { format!("{kind}/abc.json") } else { "records.ndjson".to_owned() };
    let file = File::new(&format!("data/{path}"), &path);
    let text = match Trouble::check(rest, check::FILE_LIMIT) {
        Ok(text) => text,
        Err(trouble) => {
            let read = check::refuse(&file, Input::file(0, "").origin, &trouble);
            report(read, file, "");
            return;
        }
    };
    let report = report(check::read(&file, &Input::file(0, text)), file.clone(), text);
    for diagnostic in &report.diagnostics {
        if let Some(quoted) = diagnostic.location.quoted {
            assert!(text.get(quoted.span.range()).is_some(), "{diagnostic:?} does not lie on characters");
        }
    }
    let fixes: Vec<&Edits> = report.diagnostics.iter().filter_map(|diagnostic| diagnostic.fix.as_ref()).collect();
    let (mended, _) = fix::apply(text, &fixes);
    let _ = document::parse(&mended);
    formats(text, &file, kind);
}

/// All stages behind reading.
fn report(read: check::Read, file: File, text: &str) -> Report {
    let read = read.number(EntryId(0));
    let mut findings = read.findings;
    let today = Day::new(2026, 1, 1).expect("a day");
    let dataset = Dataset::new(today, About::default(), vec![file], vec![read.entry]);
    findings.extend(dataset.entries().iter().flat_map(|entry| rules::over_record(entry, &dataset, rules::Scope::ALL)));
    findings.extend(rules::over_dataset(&dataset, rules::Scope::ALL));
    let policy = Policy::default();
    let again = |_: &Entry| Some(text.to_owned());
    let report = report::locate(judge(findings, &dataset, &policy), &dataset, &policy, &|_| true, &again);
    for colour in [false, true] {
        render::human(&report, colour, 80, &mut Vec::new()).expect("memory takes it");
    }
    render::concise(&report, &mut Vec::new()).expect("memory takes it");
    render::github(&report, &mut Vec::new()).expect("memory takes it");
    let mut json = Vec::new();
    render::json(&report, &mut json).expect("memory takes it");
    serde_json::from_slice::<serde_json::Value>(&json).expect("the report is JSON");
    report
}

fn formats(text: &str, file: &File, kind: Kind) {
    let document = document::parse(text);
    let Some(root) = document.root.as_ref().filter(|_| document.faults.is_empty()) else { return };
    if Record::decode(kind, root).is_err() {
        return;
    }
    let once = format::canonical(kind, root, Layout::of(file));
    let again = document::parse(&once);
    let formatted = again.root.as_ref().expect("what is formatted is JSON");
    assert!(again.faults.is_empty(), "{:?} in {once}", again.faults);
    assert!(keeps(root, formatted, true), "formatting changed a value:\n{text}\n{once}");
    assert!(Record::decode(kind, formatted).is_ok(), "what is formatted no longer decodes:\n{once}");
    assert_eq!(format::canonical(kind, formatted, Layout::of(file)), once, "formatting twice differs");
}

/// The same value: texts up to composition, numbers up to their writing, and at the root what the path adds.
fn keeps(before: &Node<'_>, after: &Node<'_>, root: bool) -> bool {
    match (&before.value, &after.value) {
        (Value::Null, Value::Null) => true,
        (Value::Bool(a), Value::Bool(b)) => a == b,
        (Value::Number(a), Value::Number(b)) => a.parse::<f64>().ok() == b.parse::<f64>().ok(),
        (Value::String(a), Value::String(b)) => nfc(a) == b.as_ref(),
        (Value::Array(a), Value::Array(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| keeps(a, b, false)),
        (Value::Object(a), Value::Object(b)) => {
            let added = |key: &str| root && matches!(key, "$schema" | "kind" | "id") && before.get(key).is_none();
            let more = b.iter().filter(|member| added(&member.key)).count();
            let kept = |key: &str, value: &Node<'_>| after.get(&nfc(key)).is_some_and(|kept| keeps(value, kept, false));
            a.len() + more == b.len() && a.iter().all(|member| kept(&member.key, &member.value))
        }
        _ => false,
    }
}

//! What must hold for parsing any text.

use comity_document::document::{self, Arena, FaultKind, Node, Value};

/// Parsing never panics, agrees with `serde_json` on the verdict and on the value, and every span lies on characters.
pub fn parse(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let arena = Arena::default();
    let document = document::parse(text, &arena);
    let theirs = serde_json::from_str::<serde_json::Value>(text);
    let other = |what: &FaultKind| !matches!(what, FaultKind::DuplicateKey { .. });
    let limit = |what: &FaultKind| matches!(what, FaultKind::TooDeep | FaultKind::TooMany | FaultKind::TooManyValues);
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
            for member in *members {
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

//! What must hold for checking and formatting any text as a record.

use std::collections::BTreeMap;

use comity::dataset::File;
use comity::format::{self, RecordForm, nfc};
use comity::kind::Kind;
use comity::record::Record;
use comity::rules::InputError;
use comity_document::document::{self, Arena, Decimal, Node, Value};

use crate::one;

/// Any text as a record of a kind, in a file of its own or on a line: reading it, the rules over a dataset of one and
/// finding the places end without a panic, and every place lies on characters. What decodes keeps its value when it is
/// formatted, and is formatted once and for all. The first byte chooses the kind, the second the layout.
pub fn check(data: &[u8]) {
    let [kind, layout, rest @ ..] = data else { return };
    let (kind, file) = one::file(*kind, *layout);
    let (read, text) = one::read(&file, rest);
    let report = one::report(read, file.clone(), text, Vec::new);
    for diagnostic in &report.diagnostics {
        let related = diagnostic.related.iter().map(|(location, _)| location);
        for quoted in std::iter::once(&diagnostic.location).chain(related).filter_map(|location| location.quoted) {
            assert!(text.get(quoted.span.range()).is_some(), "{diagnostic:?} does not lie on characters");
            assert!(quoted.start <= quoted.end, "{diagnostic:?} ends before it begins");
        }
    }
    formats(text, &file, kind);
    formats_in_one_run(text, &file);
}

/// What `comity fmt` writes keeps every value, can be read again, and is what `comity fmt` writes of it.
fn formats_in_one_run(text: &str, file: &File) {
    let Ok(once) = format::laid_out(file, text) else { return };
    let arena = Arena::default();
    let (before, after) = (document::parse(text, &arena), document::parse(&once, &arena));
    let roots = before.root.as_ref().zip(after.root.as_ref());
    assert!(roots.is_some_and(|(before, after)| keeps(before, after, true)), "`fmt` changed a value:\n{text}\n{once}");
    assert!(InputError::check(once.trim_end().as_bytes(), file.limit()).is_ok(), "`fmt` wrote what cannot be read");
    assert_eq!(format::laid_out(file, &once).as_ref(), Ok(&once), "a second `fmt` differs");
}

fn formats(text: &str, file: &File, kind: Kind) {
    let arena = Arena::default();
    let document = document::parse(text, &arena);
    let Some(root) = document.root.as_ref().filter(|_| document.faults.is_empty()) else { return };
    if Record::decode(kind, root).is_err() {
        return;
    }
    let once = format::canonical(kind, root, RecordForm::of(file));
    let again = document::parse(&once, &arena);
    let formatted = again.root.as_ref().expect("what is formatted is JSON");
    assert!(again.faults.is_empty(), "{:?} in {once}", again.faults);
    assert!(keeps(root, formatted, true), "formatting changed a value:\n{text}\n{once}");
    assert!(Record::decode(kind, formatted).is_ok(), "what is formatted no longer decodes:\n{once}");
    assert_eq!(format::canonical(kind, formatted, RecordForm::of(file)), once, "formatting twice differs");
}

/// The same value: texts and keys up to composition, numbers to the last digit, and at the root what the path adds. No two
/// keys become one.
pub(crate) fn keeps(before: &Node<'_>, after: &Node<'_>, root: bool) -> bool {
    match (&before.value, &after.value) {
        (Value::Null, Value::Null) => true,
        (Value::Bool(a), Value::Bool(b)) => a == b,
        (Value::Number(a), Value::Number(b)) => {
            a == b || Decimal::parse(a).is_some_and(|a| Some(a) == Decimal::parse(b))
        }
        (Value::String(a), Value::String(b)) => nfc(a) == nfc(b),
        (Value::Array(a), Value::Array(b)) => a.len() == b.len() && a.iter().zip(*b).all(|(a, b)| keeps(a, b, false)),
        (Value::Object(a), Value::Object(b)) => {
            let added = |key: &str| root && matches!(key, "$schema" | "kind" | "id") && before.get(key).is_none();
            let mut rest: BTreeMap<&str, &Node<'_>> =
                b.iter().filter(|member| !added(member.key)).map(|member| (member.key, &member.value)).collect();
            // A key that another one would be equal to once composed stays as it is.
            let mut take = |key: &str| rest.remove(key).or_else(|| rest.remove(&*nfc(key)));
            a.iter().all(|member| take(member.key).is_some_and(|kept| keeps(&member.value, kept, false)))
                && rest.is_empty()
        }
        _ => false,
    }
}

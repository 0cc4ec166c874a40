//! Whether a text is in canonical form is mostly known without making that form. These tests compare the answer with
//! the form: on real records, and on texts with small changes.

use comity::check;
use comity::dataset::File;
use comity::format::{RecordForm, canonical};
use comity::kind::Kind;
use comity_document::document::{Arena, parse};
use comity_document::input::Input;
use proptest::prelude::*;

use crate::frozen;

/// Some real records, with their paths below the folder of the dataset.
fn records() -> Vec<(String, String)> {
    let record = |(path, text): (&String, &String)| (path.clone(), text.clone());
    frozen::texts().iter().step_by(15).map(record).collect()
}

/// Whether no finding is about the layout of a record, and whether the text is the canonical form; `None` where the
/// record does not decode or has an earlier fault.
pub(crate) fn answers(file: &File, kind: Kind, text: &str) -> Option<(bool, bool)> {
    let read = check::read(file, &Input::file(0, text));
    let arena = Arena::default();
    let document = parse(text, &arena);
    let root = document.root.as_ref().filter(|_| document.faults.is_empty() && read.entry.record.is_some())?;
    let layout = RecordForm::of(file);
    let made = canonical(kind, root, layout);
    let made = if matches!(layout, RecordForm::Line) { made.trim_end() } else { &made };
    Some((read.findings.iter().all(|finding| finding.rule.code != "non-canonical"), made == text))
}

#[test]
fn of_real_records_nothing_is_said_as_a_file_or_as_a_line() {
    let records = records();
    assert!(records.len() > 20);
    for (path, text) in &records {
        let file = File::new(path, path);
        let kind = file.kind.expect("a kind");
        assert_eq!(answers(&file, kind, text), Some((true, true)), "{path}");
        let arena = Arena::default();
        let document = parse(text, &arena);
        let line = canonical(kind, document.root.as_ref().expect("JSON"), RecordForm::Line);
        let lines = File::new("x.ndjson", "x.ndjson");
        assert_eq!(answers(&lines, kind, line.trim_end()), Some((true, true)), "{path}");
    }
}

/// A change to a text, after which the text is often still JSON.
#[derive(Debug, Clone)]
enum Edit {
    Insert(usize, &'static str),
    Remove(usize),
    SwapLines(usize, usize),
    Replace(&'static str, &'static str),
}

fn edit() -> impl Strategy<Value = Edit> {
    let inserted = prop::sample::select(vec![" ", "\n", "\t", "é", "e\u{301}", "\\u0041", "\r\n", "0", ",", "\u{a0}"]);
    let replaced = prop::sample::select(vec![
        (": ", ":"),
        ("[\n", "[\n      ]"),
        ("{}", "{\n      }"),
        ("{}", "{\n    }"),
        ("  ", "    "),
        ("\n", "\r\n"),
        ("[\n", "["),
        ("é", "e\u{301}"),
        ("a", "\\u0061"),
        ("/", "\\/"),
        ("\"kind\"", "\"kınd\""),
        ("1", "1.0"),
        ("1", "1.0000000000000001"),
        (": 1", ": -0"),
        ("\"says\": {", "\"says\": {\n          \"e\u{301}\": 1,"),
        ("}\n", "}"),
        ("}\n", "}\n\n"),
    ]);
    prop_oneof![
        (any::<usize>(), inserted).prop_map(|(at, text)| Edit::Insert(at, text)),
        any::<usize>().prop_map(Edit::Remove),
        (any::<usize>(), any::<usize>()).prop_map(|(a, b)| Edit::SwapLines(a, b)),
        replaced.prop_map(|(from, to)| Edit::Replace(from, to)),
    ]
}

fn edited(text: &str, edit: &Edit) -> String {
    let mut characters: Vec<char> = text.chars().collect();
    let mut lines: Vec<&str> = text.split_inclusive('\n').collect();
    match edit {
        Edit::Insert(at, new) => {
            let at = at % (characters.len() + 1);
            characters.splice(at..at, new.chars());
            characters.into_iter().collect()
        }
        Edit::Remove(at) => {
            characters.remove(at % characters.len());
            characters.into_iter().collect()
        }
        Edit::SwapLines(a, b) => {
            let count = lines.len();
            lines.swap(a % count, b % count);
            lines.concat()
        }
        Edit::Replace(from, to) => text.replacen(from, to, 1),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_said_of_a_layout_is_so(pick in any::<prop::sample::Index>(), edits in prop::collection::vec(edit(), 1..3)) {
        thread_local!(static RECORDS: Vec<(String, String)> = records());
        RECORDS.with(|records| {
            let (path, text) = pick.get(records);
            let text = edits.iter().fold(text.clone(), |text, edit| edited(&text, edit));
            let file = File::new(path, path);
            if let Some((silent, same)) = file.kind.and_then(|kind| answers(&file, kind, &text)) {
                prop_assert_eq!(silent, same, "{}", text);
            }
            Ok(())
        })?;
    }
}

//! The parser compared with `serde_json`: the same verdict and the same value, for mutated and for random texts.

use comity_document::document::{Arena, FaultKind, parse};
use proptest::prelude::*;

/// Compares the verdicts: a tree without faults, except repeated keys, of which `serde_json` silently drops all but one.
fn agree(text: &str) -> Result<(), TestCaseError> {
    let arena = Arena::default();
    let ours = parse(text, &arena);
    let clean = ours.faults.iter().all(|fault| matches!(fault.what, FaultKind::DuplicateKey { .. }));
    let theirs = serde_json::from_str::<serde_json::Value>(text);
    prop_assert_eq!(clean && ours.root.is_some(), theirs.is_ok(), "{:?} / {:?}", &ours.faults, &theirs);
    if let (true, Some(root), Ok(theirs)) = (ours.faults.is_empty(), &ours.root, theirs) {
        prop_assert_eq!(root.to_json(), theirs);
    }
    for fault in &ours.faults {
        prop_assert!(text.get(fault.span.range()).is_some(), "{:?} does not lie on characters", fault);
    }
    Ok(())
}

const RECORD: &str = r#"{
  "names": { "en": "A \"name\" \u00e9", "ar": "اسم" },
  "list": ["a", 1, -2.5e3, true, null, [], {}],
  "when": "2019-01-22", "figures": { "a/b": { "low": 0, "best": 12 } }
}
"#;

/// Characters and pieces that a person or a program may leave in a text.
fn scrap() -> impl Strategy<Value = String> {
    let scraps = [
        ",",
        "\"",
        "{",
        "}",
        "[",
        "]",
        ":",
        "0",
        "-",
        "1e5",
        ".",
        "e",
        "\\",
        "\\u12",
        "\\ud800",
        "\\ud83d\\ude00",
        "null",
        "\n",
        "\t",
        "\u{1}",
        "01",
        "1.",
        "tru",
        "\u{feff}",
        "1e400",
        "-0",
        "\u{7f}",
        "\u{a0}",
        "//",
        "/*",
        "*/",
        "NaN",
        "\u{2028}",
        "'",
        "“",
        "é",
        "𝒳",
        " ",
    ];
    prop_oneof![prop::sample::select(scraps.to_vec()).prop_map(str::to_owned), any::<char>().prop_map(String::from)]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 20_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn mutated_records_are_read_alike(edits in prop::collection::vec((0..400_usize, 0..20_usize, scrap()), 1..4)) {
        let mut chars: Vec<char> = RECORD.chars().collect();
        for (at, drop, insert) in edits {
            let at = at.min(chars.len());
            let end = (at + drop).min(chars.len());
            chars.splice(at..end, insert.chars());
        }
        agree(&chars.into_iter().collect::<String>())?;
    }

    #[test]
    fn random_scraps_are_read_alike(scraps in prop::collection::vec(scrap(), 0..24)) {
        agree(&scraps.concat())?;
    }
}

#[test]
fn texts_that_were_once_read_differently() {
    for text in ["{““0", "{\"“\"é", "[\"\\é"] {
        agree(text).unwrap_or_else(|error| panic!("{text}: {error}"));
    }
}

#[test]
fn the_depth_limit_is_the_same() {
    for depth in [126, 127, 128, 129] {
        let text = format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        agree(&text).expect("both refuse the same depth");
    }
}

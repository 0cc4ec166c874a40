//! Formatting keeps every value to the last digit and is complete after one run, whatever the text; and findings about
//! layout do not depend on `says`.

use comity::dataset::File;
use comity::format::{FormatError, laid_out, nfc};
use comity::kind::Kind;
use comity_document::document::{Arena, Decimal, Node, Value, parse};
use proptest::prelude::*;
use serde_json::json;

use super::canonical::answers;
use crate::schema::mutation::full;

/// The texts of strings and keys: composed and decomposed, equal once composed, in the order of the schemas and not,
/// written with escapes and without.
fn string() -> impl Strategy<Value = String> {
    let known = prop::sample::select(vec![
        "é",
        "e\u{301}",
        "\\u00e9",
        "e\\u0301",
        "\u{212b}",
        "Å",
        "A\u{30a}",
        "\u{212a}",
        "K",
        "\u{344}",
        "a",
        "zz",
        "en",
        "ar",
        "names",
        "/names",
        "\\ud83d\\ude00",
        "\\/",
        "\\\"",
        "\\n",
        "\u{7f}",
        "\u{a0}",
    ]);
    prop::collection::vec(known, 1..3).prop_map(|parts| parts.concat())
}

fn number() -> impl Strategy<Value = String> {
    prop_oneof![
        prop::sample::select(vec![
            "1.0000000000000001",
            "-0",
            "-0.0",
            "1e15",
            "1e14",
            "9007199254740993",
            "1e-400",
            "0e99999999999999999999"
        ])
        .prop_map(str::to_owned),
        "-?(0|[1-9][0-9]{0,18})(\\.[0-9]{1,18})?([eE][+-]?[0-9]{1,2})?",
    ]
}

/// A JSON text. Of two equal keys in one object, only the first stays.
fn json_text() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        number(),
        string().prop_map(|text| format!("\"{text}\"")),
        prop::sample::select(vec!["null", "true", "[]", "{ }"]).prop_map(str::to_owned),
    ];
    leaf.prop_recursive(4, 24, 5, |inner| {
        let list = prop::collection::vec(inner.clone(), 0..4).prop_map(|items| format!("[{}]", items.join(" , ")));
        prop_oneof![list, object(inner)]
    })
}

fn object(value: impl Strategy<Value = String>) -> impl Strategy<Value = String> {
    prop::collection::vec((string(), value), 0..5).prop_map(|members| {
        let mut seen = Vec::new();
        let entry = |(key, value): (String, String)| {
            let said: String = serde_json::from_str(&format!("\"{key}\"")).expect("a string");
            let fresh = !seen.contains(&said);
            seen.push(said);
            fresh.then(|| format!("\"{key}\" :\r\n{value}"))
        };
        format!("{{{}}}", members.into_iter().filter_map(entry).collect::<Vec<_>>().join(","))
    })
}

/// Whether two values are equal: numbers to the last digit, texts and keys up to composition, each key once.
fn is_kept(before: &Node<'_>, after: &Node<'_>) -> bool {
    match (&before.value, &after.value) {
        (Value::Number(a), Value::Number(b)) => {
            a == b || Decimal::parse(a).is_some_and(|a| Some(a) == Decimal::parse(b))
        }
        (Value::String(a), Value::String(b)) => nfc(a) == *b,
        (Value::Array(a), Value::Array(b)) => a.len() == b.len() && a.iter().zip(*b).all(|(a, b)| is_kept(a, b)),
        (Value::Object(a), Value::Object(b)) => {
            let one_of_two = |key: &str| a.iter().filter(|member| nfc(member.key) == nfc(key)).count() > 1;
            let written = |key: &str| if one_of_two(key) { key.to_owned() } else { nfc(key).into_owned() };
            a.len() <= b.len()
                && a.iter().all(|m| after.get(&written(m.key)).is_some_and(|after| is_kept(&m.value, after)))
        }
        (Value::Null, Value::Null) => true,
        (Value::Bool(a), Value::Bool(b)) => a == b,
        _ => false,
    }
}

/// A file with one record, or a file with one record a line.
fn file(kind: Kind, is_line: bool) -> File {
    let path = if is_line { "records.ndjson".to_owned() } else { format!("{kind}/abc.json") };
    File::new(&path, &path)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn formatting_keeps_every_value_and_is_done_in_one_run(
        kind in prop::sample::select(Kind::ALL.to_vec()), is_line: bool, fields in object(json_text()),
    ) {
        let file = file(kind, is_line);
        let text = fields.replacen('{', &format!("{{ \"kind\":\"{kind}\","), 1).replace(",}", "}");
        let arena = Arena::default();
        let before = parse(&text, &arena);
        prop_assert!(before.faults.is_empty(), "{:?} in {text}", before.faults);
        let once = laid_out(&file, &text).map_err(|why| TestCaseError::fail(format!("{why}: {text}")))?;
        let after = parse(&once, &arena);
        prop_assert!(is_kept(before.root.as_ref().expect("JSON"), after.root.as_ref().expect("JSON")), "{text}\n{once}");
        prop_assert_eq!(laid_out(&file, &once), Ok(once.clone()), "{}", text);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_said_of_a_layout_is_so_whatever_a_source_says(
        kind in prop::sample::select(vec![Kind::Event, Kind::Activity]), is_line: bool, says in json_text(), best in number(),
    ) {
        let mut record = full(kind);
        record["figures"] = json!({ "one": { "measure": "budget", "best": "BEST", "unit": "EUR" } });
        record["evidence"]["abc"]["says"] = json!({ "/names/en": "SAYS" });
        let file = file(kind, is_line);
        let text = record.to_string();
        let tidy = laid_out(&file, &text).expect("a record");
        for text in [text, tidy] {
            let text = text.replace("\"BEST\"", &best).replace("\"SAYS\"", &says);
            let once = laid_out(&file, &text).expect("a record");
            for text in [text.trim_end(), &text, once.trim_end(), &once] {
                let text = if is_line { text.trim_end() } else { text };
                if let Some((silent, same)) = answers(&file, kind, text) {
                    prop_assert_eq!(silent, same, "{}", text);
                }
            }
            let canonical = answers(&file, kind, if is_line { once.trim_end() } else { &once });
            prop_assert!(canonical.is_none_or(|answers| answers == (true, true)), "{}", once);
        }
    }
}

/// Lays out the text of an event that has a file of its own, as one line without the fields that the path adds.
fn formatted(text: &str) -> String {
    laid_out(&File::new("records.ndjson", "records.ndjson"), text).expect("a record")
}

#[test]
fn a_decomposed_key_is_put_where_its_composed_form_belongs() {
    let once = formatted("{\"kind\":\"event\",\"related\":{\"z\":1,\"e\u{301}\":2,\"f\":3}}");
    assert_eq!(once, "{\"kind\":\"event\",\"related\":{\"f\":3,\"z\":1,\"é\":2}}\n");
    assert_eq!(formatted(&once), once);
}

#[test]
fn two_keys_that_composition_would_make_equal_keep_both_values() {
    let once = formatted("{\"kind\":\"event\",\"related\":{\"é\":1,\"e\u{301}\":2,\"o\u{308}\":3}}");
    assert_eq!(once, "{\"kind\":\"event\",\"related\":{\"e\u{301}\":2,\"é\":1,\"ö\":3}}\n");
    assert_eq!(formatted(&once), once);
    assert_eq!(
        formatted("{\"kind\":\"event\",\"A\u{30a}\":1,\"\u{212b}\":2}"),
        "{\"kind\":\"event\",\"A\u{30a}\":1,\"\u{212b}\":2}\n"
    );
}

#[test]
fn a_number_that_no_double_holds_stays_as_it_was_typed() {
    let text = "{\"kind\":\"event\",\"figures\":{\"a\":{\"low\":1.0,\"best\":1.0000000000000001,\"high\":12345678901234567890}}}";
    assert_eq!(
        formatted(text),
        "{\"kind\":\"event\",\"figures\":{\"a\":{\"low\":1,\"best\":1.0000000000000001,\"high\":12345678901234567890}}}\n"
    );
}

#[test]
fn what_would_be_too_large_to_be_read_again_is_not_formatted() {
    let (open, close) = ("[".repeat(120), "]".repeat(120));
    let text = format!("{{\"x\":{open}{}{close}}}", vec!["1"; 9_000].join(","));
    let text = format!("{{\"a\":{text},\"b\":{text},\"c\":{text},\"d\":{text}}}");
    assert!(text.len() < 100_000);
    let file = File::new("event/abc.json", "event/abc.json");
    assert_eq!(laid_out(&file, &text), Err(FormatError::TooLarge));
}

#[test]
fn a_record_on_a_line_is_laid_out_as_its_own_kind_in_whatever_folder() {
    let record = full(Kind::Source).to_string();
    let lines = File::new("event/records.ndjson", "event/records.ndjson");
    let once = laid_out(&lines, &record).expect("a record");
    assert_eq!(once, formatted(&record));
    assert_eq!(answers(&lines, Kind::Source, once.trim_end()), Some((true, true)));
}

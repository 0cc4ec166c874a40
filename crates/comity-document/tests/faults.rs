//! Each mistake alone, several mistakes at once, and the limits.

use comity_document::document::{Arena, Bracket, DEPTH, Expected, FAULTS, MEMBERS, VALUES, What, parse};
use comity_document::pointer::Span;

fn faults(text: &str) -> Vec<(What, &str)> {
    parse(text, &Arena::default()).faults.into_iter().map(|fault| (fault.what, &text[fault.span.range()])).collect()
}

/// Each mistake alone: its name, the text of its span, and whether the tree survives.
#[test]
fn each_mistake_is_named_and_placed() {
    let key = |k: &str, start, end| What::DuplicateKey { key: k.to_owned(), first: Span { start, end } };
    let unexpected = |found: &str, expected| What::Unexpected { found: found.to_owned(), expected };
    let cases: Vec<(&str, What, &str, bool)> = vec![
        ("\u{feff}{}", What::ByteOrderMark, "\u{feff}", true),
        ("{\u{a0}}", What::StrangeSpace('\u{a0}'), "\u{a0}", true),
        ("[1,\u{200b} 2]", What::StrangeSpace('\u{200b}'), "\u{200b}", true),
        (r#"{"a": 1,}"#, What::TrailingComma, ",", true),
        ("[1, 2 ,]", What::TrailingComma, ",", true),
        ("{} // done", What::Comment, "// done", true),
        ("{ /* x */ }", What::Comment, "/* x */", true),
        ("{ # x\n}", What::Comment, "# x", true),
        (r#"{"a": 1 "b": 2}"#, What::MissingComma, "", true),
        (r#"["a""b"]"#, What::MissingComma, "", true),
        (r#"{"a": 1, "a": 2}"#, key("a", 1, 4), "\"a\"", true),
        ("{'a': 1}", What::SingleQuotes, "'a'", false),
        ("['the king's']", What::SingleQuotes, "'the king's'", false),
        ("[“a”]", What::CurlyQuotes, "“a”", false),
        ("[«a»]", What::CurlyQuotes, "«a»", false),
        ("[“a\"]", What::CurlyQuotes, "“a\"", false),
        ("[\"a”]", What::CurlyQuotes, "”", false),
        (r#"{"a": "the "x" y"}"#, What::StrayQuote, "\"", false),
        (r#"{"a": "x"","b": 1}"#, What::ExtraQuote, "\"", false),
        (r#"{"a"s": 1}"#, What::StrayQuote, "\"", false),
        ("{a: 1}", What::UnquotedKey("a".to_owned()), "a", false),
        ("{a b: 1}", What::UnquotedKey("a b".to_owned()), "a b", false),
        ("{/when: 1}", What::UnquotedKey("/when".to_owned()), "/when", false),
        ("[True]", What::BareWord("True".to_owned()), "True", false),
        ("[NaN]", What::BareWord("NaN".to_owned()), "NaN", false),
        ("{\"a\": Rabat and Fez, \"b\": 1}", What::BareWord("Rabat and Fez".to_owned()), "Rabat and Fez", false),
        ("[https://nato.int/x]", What::BareWord("https://nato.int/x".to_owned()), "https://nato.int/x", false),
        (r#"{"a" 1}"#, What::MissingColon, "", false),
        (r#"{"a" = 1}"#, What::MissingColon, "=", false),
        (r#"{"a", "b": 1}"#, What::LoneName("a".to_owned()), "\"a\"", false),
        (r#"["a": 1]"#, What::NameInList, ":", false),
        (r#"{"a": }"#, What::MissingValue, "}", false),
        ("[,1]", What::ExtraComma, ",", false),
        ("{,}", What::ExtraComma, ",", false),
        ("[1,,2]", What::ExtraComma, ",", false),
        ("[\"a\n\"]", What::UnclosedString, "\"a", false),
        ("[\"a’s\n\"]", What::UnclosedString, "\"a’s", false),
        ("[\"a\tb\"]", What::ControlCharacter('\t'), "\t", false),
        (r#"["a\x"]"#, What::BadEscape, r"\x", false),
        (r#"["\ud800"]"#, What::BadEscape, r"\ud800", false),
        ("[01]", What::BadNumber("01".to_owned()), "01", false),
        ("[+1]", What::BadNumber("+1".to_owned()), "+1", false),
        ("[1e999]", What::BadNumber("1e999".to_owned()), "1e999", false),
        ("{\"a\": 1,000}", What::BadNumber("1,000".to_owned()), "1,000", false),
        ("{\"a\": 12 000}", What::BadNumber("12 000".to_owned()), "12 000", false),
        ("{\"a\": 22/01/2019}", What::BadNumber("22/01/2019".to_owned()), "22/01/2019", false),
        ("{\"a\": 338 persons, \"b\": 1}", What::BadNumber("338 persons".to_owned()), "338 persons", false),
        ("[1", What::Unclosed(Bracket::Array), "[", false),
        (r#"{"a": {"b": 1}"#, What::Unclosed(Bracket::Object), "{", false),
        ("[1}", What::Mismatched { open: Bracket::Array, at: Span { start: 0, end: 1 } }, "}", false),
        ("{}}", What::ExtraClosing('}'), "}", false),
        ("{} {}", What::AfterEnd, "{", false),
        ("", What::Empty, "", false),
        (" \n", What::Empty, " \n", false),
        ("\"a\": 1", What::NoOpening, "\"a\"", false),
        ("a: b", What::NoOpening, "a", false),
        ("[é]", unexpected("é", Expected::Value), "é", false),
        ("[...]", unexpected("...", Expected::Value), "...", false),
        ("{ {} }", unexpected("{", Expected::Name), "{", false),
        (r#"{"a": 1; "b": 2}"#, unexpected(";", Expected::Next(Bracket::Object)), ";", false),
        (r#"{"a": "x"; "b": 2}"#, unexpected(";", Expected::Next(Bracket::Object)), ";", false),
    ];
    for (text, what, shown, survives) in cases {
        assert_eq!(faults(text), [(what, shown)], "{text}");
        assert_eq!(parse(text, &Arena::default()).root.is_some(), survives, "{text}");
    }
}

#[test]
fn harmless_faults_are_all_reported_at_once() {
    let text = "\u{feff}{\n// note\n\"a\": [1, 2,], \"b\": 3 \"a\": 4,}";
    let names: Vec<_> = faults(text).into_iter().map(|(what, _)| what).collect();
    assert_eq!(names.len(), 6, "{names:?}");
    let arena = Arena::default();
    let root = parse(text, &arena).root.expect("the value is beyond doubt");
    assert_eq!(root.to_json(), serde_json::json!({ "a": [1, 2], "b": 3 }));
}

#[test]
fn limits_hold_at_below_and_above() {
    let nested = |n: usize| format!("{}{}", "[".repeat(n), "]".repeat(n));
    assert!(faults(&nested(DEPTH)).is_empty());
    assert_eq!(faults(&nested(DEPTH + 1)).remove(0).0, What::TooDeep);
    assert_eq!(faults(&"[".repeat(100_000)).remove(0).0, What::TooDeep);
    let items = |n: usize| format!("[{}]", vec!["1"; n].join(","));
    assert!(faults(&items(MEMBERS)).is_empty());
    assert_eq!(faults(&items(MEMBERS + 1)).remove(0).0, What::TooMany);
    // The lists are values, too.
    let values = |n: usize| format!("[{}{}]", format!("{},", items(99)).repeat(n / 100), vec!["1"; n % 100].join(","));
    assert!(faults(&values(VALUES - 1)).is_empty());
    assert_eq!(faults(&values(VALUES)), [(What::TooManyValues, "1")]);
    let keys = |n: usize| format!("{{{}}}", (0..n).map(|i| format!("\"{i}\":1")).collect::<Vec<_>>().join(","));
    assert!(faults(&keys(MEMBERS)).is_empty());
    assert_eq!(faults(&keys(MEMBERS + 1)).remove(0).0, What::TooMany);
    let comments = |n: usize| format!("{}1", "/**/".repeat(n));
    assert_eq!(faults(&comments(FAULTS)).len(), FAULTS);
    assert_eq!(faults(&comments(FAULTS + 9)).len(), FAULTS + 2);
    assert_eq!(faults(&comments(FAULTS + 9)).pop().map(|(what, _)| what), Some(What::TooManyFaults));
}

#[test]
fn a_repeated_key_is_found_among_many() {
    let text = format!("{{{},\"7\":0}}", (0..200).map(|i| format!("\"{i}\":1")).collect::<Vec<_>>().join(","));
    assert!(matches!(&faults(&text)[..], [(What::DuplicateKey { key, .. }, "\"7\"")] if key == "7"));
}

/// Each of these texts would take time in proportion to the square of its length, if each guess read to the end of the line.
#[test]
fn one_long_line_is_read_in_time() {
    for (entry, faults) in [("1 ,", 0), ("a,", FAULTS + 2), ("'a' ,", FAULTS + 2), ("“a«,", FAULTS + 2)] {
        let list = format!("[{}1]", entry.repeat(MEMBERS - 1));
        let text = format!("[{}1]", format!("{list},").repeat(5));
        assert_eq!(self::faults(&text).len(), faults, "{entry}");
    }
}

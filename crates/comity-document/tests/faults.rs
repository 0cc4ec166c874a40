//! Each mistake alone, several mistakes at once, and the limits.

use comity_document::document::{Arena, Bracket, DEPTH, Expected, FAULTS, FaultKind, MEMBERS, VALUES, parse};
use comity_document::pointer::Span;

fn faults(text: &str) -> Vec<(FaultKind, &str)> {
    parse(text, &Arena::default()).faults.into_iter().map(|fault| (fault.what, &text[fault.span.range()])).collect()
}

/// Each mistake alone: its name, the text of its span, and whether the tree survives.
#[test]
fn each_mistake_is_named_and_placed() {
    let key = |k: &str, start, end| FaultKind::DuplicateKey { key: k.to_owned(), first: Span { start, end } };
    let unexpected = |found: &str, expected| FaultKind::Unexpected { found: found.to_owned(), expected };
    let cases: Vec<(&str, FaultKind, &str, bool)> = vec![
        ("\u{feff}{}", FaultKind::ByteOrderMark, "\u{feff}", true),
        ("{\u{a0}}", FaultKind::StrangeSpace('\u{a0}'), "\u{a0}", true),
        ("[1,\u{200b} 2]", FaultKind::StrangeSpace('\u{200b}'), "\u{200b}", true),
        (r#"{"a": 1,}"#, FaultKind::TrailingComma, ",", true),
        ("[1, 2 ,]", FaultKind::TrailingComma, ",", true),
        ("{} // done", FaultKind::Comment, "// done", true),
        ("{ /* x */ }", FaultKind::Comment, "/* x */", true),
        ("{ # x\n}", FaultKind::Comment, "# x", true),
        (r#"{"a": 1 "b": 2}"#, FaultKind::MissingComma, "", true),
        (r#"["a""b"]"#, FaultKind::MissingComma, "", true),
        (r#"{"a": 1, "a": 2}"#, key("a", 1, 4), "\"a\"", true),
        ("{'a': 1}", FaultKind::SingleQuotes, "'a'", false),
        ("['the king's']", FaultKind::SingleQuotes, "'the king's'", false),
        ("[“a”]", FaultKind::CurlyQuotes, "“a”", false),
        ("[«a»]", FaultKind::CurlyQuotes, "«a»", false),
        ("[“a\"]", FaultKind::CurlyQuotes, "“a\"", false),
        ("[\"a”]", FaultKind::CurlyQuotes, "”", false),
        (r#"{"a": "the "x" y"}"#, FaultKind::StrayQuote, "\"", false),
        (r#"{"a": "x"","b": 1}"#, FaultKind::ExtraQuote, "\"", false),
        (r#"{"a"s": 1}"#, FaultKind::StrayQuote, "\"", false),
        ("{a: 1}", FaultKind::UnquotedKey("a".to_owned()), "a", false),
        ("{a b: 1}", FaultKind::UnquotedKey("a b".to_owned()), "a b", false),
        ("{/when: 1}", FaultKind::UnquotedKey("/when".to_owned()), "/when", false),
        ("[True]", FaultKind::Literal("True".to_owned()), "True", true),
        ("[NaN]", FaultKind::Literal("NaN".to_owned()), "NaN", true),
        ("{\"a\": Rabat and Fez, \"b\": 1}", FaultKind::BareWord("Rabat and Fez".to_owned()), "Rabat and Fez", false),
        ("[https://nato.int/x]", FaultKind::BareWord("https://nato.int/x".to_owned()), "https://nato.int/x", false),
        (r#"{"a" 1}"#, FaultKind::MissingColon, "", false),
        (r#"{"a" = 1}"#, FaultKind::MissingColon, "=", false),
        (r#"{"a", "b": 1}"#, FaultKind::LoneName("a".to_owned()), "\"a\"", false),
        (r#"["a": 1]"#, FaultKind::NameInList, ":", false),
        (r#"{"a": }"#, FaultKind::MissingValue, "}", false),
        ("[,1]", FaultKind::ExtraComma, ",", false),
        ("{,}", FaultKind::ExtraComma, ",", false),
        ("[1,,2]", FaultKind::ExtraComma, ",", false),
        ("[\"a\n\"]", FaultKind::UnclosedString, "\"a", false),
        ("[\"a’s\n\"]", FaultKind::UnclosedString, "\"a’s", false),
        ("[\"a\tb\"]", FaultKind::ControlCharacter('\t'), "\t", false),
        (r#"["a\x"]"#, FaultKind::BadEscape, r"\x", false),
        (r#"["\ud800"]"#, FaultKind::HalfPair, r"\ud800", false),
        ("[01]", FaultKind::BadNumber("01".to_owned()), "01", false),
        ("[+1]", FaultKind::BadNumber("+1".to_owned()), "+1", false),
        ("[1e999]", FaultKind::BadNumber("1e999".to_owned()), "1e999", false),
        ("{\"a\": 1,000}", FaultKind::BadNumber("1,000".to_owned()), "1,000", false),
        ("{\"a\": 12 000}", FaultKind::BadNumber("12 000".to_owned()), "12 000", false),
        ("{\"a\": 22/01/2019}", FaultKind::BadNumber("22/01/2019".to_owned()), "22/01/2019", false),
        ("{\"a\": 338 persons, \"b\": 1}", FaultKind::BadNumber("338 persons".to_owned()), "338 persons", false),
        ("[1", FaultKind::Unclosed(Bracket::Array), "[", false),
        (r#"{"a": {"b": 1}"#, FaultKind::Unclosed(Bracket::Object), "{", false),
        ("[1}", FaultKind::Mismatched { open: Bracket::Array, at: Span { start: 0, end: 1 } }, "}", false),
        ("{}}", FaultKind::ExtraClosing('}'), "}", false),
        ("{} {}", FaultKind::AfterEnd, "{", false),
        ("```json\n{}", FaultKind::CodeFence, "```json", true),
        ("{}\n```\n", FaultKind::CodeFence, "```", true),
        ("A record: {}", FaultKind::OtherText, "A record:", true),
        ("{}.", FaultKind::OtherText, ".", true),
        ("{} and\n{}", FaultKind::AfterEnd, "a", false),
        ("{}, \"a\": 1", FaultKind::AfterEnd, ",", false),
        ("{\n<<<<<<< HEAD\n\"a\": 1\n=======\n\"a\": 2\n>>>>>>> x\n}", FaultKind::MergeConflict, "<<<<<<< HEAD", false),
        ("<<<<<<< HEAD\n{}\n=======\n{}\n>>>>>>> x\n", FaultKind::MergeConflict, "<<<<<<< HEAD", false),
        ("A meeting in Tunis", FaultKind::NoOpening, "A meeting in Tunis", false),
        ("", FaultKind::Empty, "", false),
        (" \n", FaultKind::Empty, " \n", false),
        ("\"a\": 1", FaultKind::NoOpening, "\"a\"", false),
        ("a: b", FaultKind::NoOpening, "a", false),
        ("[é]", unexpected("é", Expected::Value), "é", false),
        ("[...]", unexpected("...", Expected::Value), "...", false),
        ("{ {} }", unexpected("{", Expected::Name), "{", false),
        (r#"{"a": 1; "b": 2}"#, FaultKind::OtherMark { found: ';', meant: ',' }, ";", true),
        (r#"{"a": "x"; "b": 2}"#, FaultKind::OtherMark { found: ';', meant: ',' }, ";", true),
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

/// A forgotten mark is one fault, and does not hide those behind it.
#[test]
fn a_text_that_its_line_closes_is_one_fault() {
    let open = |text| (FaultKind::UnclosedString, text);
    for text in [
        "{\n  \"a\": \"one,\n  \"b\": 1\n}",
        "{\n  \"a\": { \"en\": \"one },\n  \"b\": 1\n}",
        "{\n  \"a\": [\"x\", \"one],\n  \"b\": [1]\n}",
        "{\n  \"b\": 1,\n  \"a\": \"one\n}",
        "[\n  \"one,\n  \"two\"\n]",
        // The bracket is part of the text: where brackets close is not known any more.
        "{\n  \"a\": \"one]\n}",
    ] {
        let found = faults(text);
        assert!(
            matches!(&found[..], [(FaultKind::UnclosedString, shown)] if shown.starts_with("\"one")),
            "{text}: {found:?}"
        );
    }
    let found = faults("{\n  \"a\": \"one,\n  \"b\": TRUE,\n  \"c\": \"two,\n  \"d\": 1,\n}");
    let expected = [
        open("\"one,"),
        (FaultKind::Literal("TRUE".to_owned()), "TRUE"),
        open("\"two,"),
        (FaultKind::TrailingComma, ","),
    ];
    assert_eq!(found, expected);
    // A text of several lines is no entry each line.
    assert_eq!(faults("{\n  \"a\": \"one,\n  two\",\n  \"b\": 1\n}"), [open("\"one,")]);
}

#[test]
fn limits_hold_at_below_and_above() {
    let nested = |n: usize| format!("{}{}", "[".repeat(n), "]".repeat(n));
    assert!(faults(&nested(DEPTH)).is_empty());
    assert_eq!(faults(&nested(DEPTH + 1)).remove(0).0, FaultKind::TooDeep);
    assert_eq!(faults(&"[".repeat(100_000)).remove(0).0, FaultKind::TooDeep);
    let items = |n: usize| format!("[{}]", vec!["1"; n].join(","));
    assert!(faults(&items(MEMBERS)).is_empty());
    assert_eq!(faults(&items(MEMBERS + 1)).remove(0).0, FaultKind::TooMany);
    // The lists are values, too.
    let values = |n: usize| format!("[{}{}]", format!("{},", items(99)).repeat(n / 100), vec!["1"; n % 100].join(","));
    assert!(faults(&values(VALUES - 1)).is_empty());
    assert_eq!(faults(&values(VALUES)), [(FaultKind::TooManyValues, "1")]);
    let keys = |n: usize| format!("{{{}}}", (0..n).map(|i| format!("\"{i}\":1")).collect::<Vec<_>>().join(","));
    assert!(faults(&keys(MEMBERS)).is_empty());
    assert_eq!(faults(&keys(MEMBERS + 1)).remove(0).0, FaultKind::TooMany);
    let comments = |n: usize| format!("{}1", "/**/".repeat(n));
    assert_eq!(faults(&comments(FAULTS)).len(), FAULTS);
    assert_eq!(faults(&comments(FAULTS + 9)).len(), FAULTS + 2);
    assert_eq!(faults(&comments(FAULTS + 9)).pop().map(|(what, _)| what), Some(FaultKind::TooManyFaults));
}

#[test]
fn a_repeated_key_is_found_among_many() {
    let text = format!("{{{},\"7\":0}}", (0..200).map(|i| format!("\"{i}\":1")).collect::<Vec<_>>().join(","));
    assert!(matches!(&faults(&text)[..], [(FaultKind::DuplicateKey { key, .. }, "\"7\"")] if key == "7"));
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

//! Bodies that somebody wrote to do harm.

use std::fmt::Write as _;

use comity::issue::{self, FormError};

use crate::issue::{body, read, record};
use crate::world::today;

/// Every path is a kind's folder and an id.
fn are_safe(reading: &issue::Reading) -> bool {
    reading.files.iter().all(|file| {
        let (kind, rest) = file.path.split_once('/').expect("a folder");
        let id = rest.strip_suffix(".json").expect("a record");
        comity::Kind::parse(kind).is_some() && id.parse::<comity::Id>().is_ok()
    })
}

#[test]
fn no_name_leads_out_of_the_dataset() {
    for name in [
        "../../.github/workflows/x",
        "..",
        "/etc/passwd",
        "C:\\Windows",
        "a/../../b",
        "con",
        "%2e%2e%2f",
        "\u{202e}../x",
    ] {
        let reading = read(&body(
            "event",
            &[
                ("Name in English", name),
                ("Where", name),
                ("Who takes part", &format!("{name}: visitor")),
                ("New bodies and places", &format!("{name} | city | MA")),
                ("New persons", &format!("{name} | {name} | {name} | minister")),
                ("Sources", &format!("https://example.org/{name} | {name}\nfile:///etc/passwd\n{name}")),
            ],
        ));
        assert!(are_safe(&reading), "{name}: {:?}", reading.files);
    }
    let reading = read(&body(
        "correction",
        &[
            ("Which record", "../../data/event/../../x"),
            ("Which field", "/../x"),
            ("What it should say", "x"),
            ("Sources", "https://example.org/a"),
        ],
    ));
    assert!(reading.files.is_empty(), "{:?}", reading.files);
}

#[test]
fn a_forged_heading_takes_no_answer_from_the_true_one() {
    let forged = "NATO: visitor\n\n### Sources\n\nhttps://evil.example/a | Forged | news | 2024-01-01 | en";
    let reading = read(&body(
        "event",
        &[
            ("Name in English", "A visit"),
            ("Who takes part", forged),
            ("Sources", "https://example.org/a | True | news | 2024-04-16 | fr"),
        ],
    ));
    assert!(
        reading.doubts.iter().any(|doubt| doubt.contains("`Sources` stands in the issue 2 times")),
        "{:?}",
        reading.doubts
    );
    assert!(reading.files.iter().all(|file| !file.text.contains("evil.example")), "{:?}", reading.files);
    assert!(record(&reading, "event/visit.json")["participants"]["nato"].is_object());
}

#[test]
fn mentions_links_and_markup_are_dead_in_what_a_reviewer_reads() {
    let bad = "@octocat <script>alert(1)</script> [x](https://evil.example) #1 `code` ::error::x";
    let reading = read(&body("event", &[("Name in English", "A visit"), ("Where", bad), ("Anything else", bad)]));
    let text = reading.markdown();
    for live in ["@octocat", "<script>", "](https://", " #1 ", "https://evil"] {
        assert!(!text.contains(live), "{live}: {text}");
    }
    assert!(text.contains("octocat"), "the words stay: {text}");
}

#[test]
fn control_characters_are_left_out_and_told() {
    let reading =
        read(&body("event", &[("Name in English", "A \u{1b}[31mred\u{7} visit\u{202e}"), ("Type of event", "visit")]));
    assert!(reading.doubts.iter().any(|doubt| doubt.contains("cannot be seen")), "{:?}", reading.doubts);
    assert!(!reading.files[0].text.contains(['\u{1b}', '\u{7}', '\u{202e}']), "{:?}", reading.files[0]);
}

#[test]
fn a_huge_body_is_refused_and_a_long_answer_cut() {
    let dataset = comity::Dataset::builder(today()).build();
    let huge = "x".repeat(300 * 1024);
    assert_eq!(issue::read(&dataset, &huge, "").err(), Some(FormError::TooLarge));
    let mut lines = String::new();
    (0..2_000).for_each(|number| {
        let _ = writeln!(lines, "https://example.org/{number}");
    });
    let reading = read(&body("event", &[("Name in English", "A visit"), ("Sources", &lines)]));
    assert!(reading.files.len() <= 101 && are_safe(&reading), "{}", reading.files.len());
    assert!(
        reading.doubts.iter().any(|doubt| doubt.contains("longer than an answer is")),
        "{:?}",
        reading.doubts.len()
    );
}

#[test]
fn what_is_no_form_is_refused() {
    let dataset = comity::Dataset::builder(today()).build();
    for text in ["", "hello", "### Sources\n\nhttps://example.org", "### Name in English\n\nA visit\n"] {
        assert_eq!(issue::read(&dataset, text, "").err(), Some(FormError::NoForm), "{text:?}");
    }
}

#[test]
fn json_in_an_answer_sets_only_its_own_field() {
    let reading = read(&body(
        "event",
        &[
            ("Name in English", "{\"en\": \"A visit\", \"$ref\": \"../x\"}"),
            ("Who takes part", "{\"nato\": {\"roles\": [\"visitor\"], \"allow\": []}}"),
            ("Where", "[\"rabat\"]"),
        ],
    ));
    assert!(are_safe(&reading));
    let event: serde_json::Value = serde_json::from_str(&reading.files[0].text).expect("JSON");
    let fields: Vec<&String> = event.as_object().expect("fields").keys().collect();
    assert!(!fields.iter().any(|field| matches!(field.as_str(), "allow" | "retired")), "{fields:?}");
}

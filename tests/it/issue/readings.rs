//! What is read into an answer that can be read in one way only, and what is kept of one that cannot.

use comity::{Dataset, issue};
use serde_json::json;

use crate::issue::{body, read, record};
use crate::world::{file, today, world};

/// A day in other words is taken where it can be one day only, and asked for where it can be two; the page is kept.
#[test]
fn the_spelling_of_a_day_loses_no_source() {
    let source = |day: &str| {
        let line = format!("https://example.org/visit | A daily | news | {day} | fr");
        read(&body("event", &[("Name in English", "A visit"), ("When", "2024-04-15"), ("Sources", &line)]))
    };
    for day in ["16 avril 2024", "16/04/2024", "April 16, 2024"] {
        let reading = source(day);
        assert_eq!(record(&reading, "source/example-2024-04-16.json")["published"], "2024-04-16");
        let told = format!("`{day}` was taken for `2024-04-16`, in `published`");
        assert!(reading.notes.contains(&told), "{:?}", reading.notes);
        assert!(!reading.doubts.iter().any(|doubt| doubt.contains(day)), "{:?}", reading.doubts);
    }
    let reading = source("03/04/2024");
    let page = record(&reading, "source/example-visit.json");
    assert_eq!((&page["url"], page.get("published")), (&json!("https://example.org/visit"), None));
    let asked = "or `2024-03-04` (4 March 2024)?";
    assert!(
        reading.doubts.iter().any(|doubt| doubt.starts_with("Sources: ") && doubt.contains(asked)),
        "{:?}",
        reading.doubts
    );
    assert!(
        reading.doubts.contains(&"the source `source:example-visit` still needs `published`".to_owned()),
        "{:?}",
        reading.doubts
    );
}

#[test]
fn a_correction_that_cannot_be_written_keeps_its_source() {
    let correction = |field: &str, value: &str| {
        read(&body(
            "correction",
            &[
                ("Which record", "statement:a-word-before"),
                ("Which field", field),
                ("What it should say", value),
                ("Sources", "https://example.org/other | Another daily | news | 2019-01-25 | fr"),
            ],
        ))
    };
    for (field, value, asked) in
        [("date", "03/04/2024", "or `2024-03-04`"), ("_No response_", "2019-01-21", "nothing says of which field")]
    {
        let reading = correction(field, value);
        assert_eq!(record(&reading, "source/example-2019-01-25.json")["url"], "https://example.org/other");
        let doubts = reading.doubts.join("\n");
        assert!(
            doubts.contains(asked) && doubts.contains("is no evidence of `statement:a-word-before` yet"),
            "{doubts}"
        );
    }
}

#[test]
fn what_a_record_stands_under_is_looked_up_among_what_may_stand_there() {
    let mut files = world();
    // A page about the framework, with its name.
    let page = json!({ "kind": "source", "id": "about-md", "title": { "en": "Mediterranean Dialogue" } });
    files.extend([file(&page)]);
    let text = body("event", &[("Name in English", "A visit"), ("What it belongs to", "Mediterranean Dialogue")]);
    let mut builder = Dataset::builder(today()).folder("data");
    for (path, text) in files {
        builder = builder.file(&path, text);
    }
    let reading = issue::read(&builder.build(), &text, "data").expect("a form");
    let event = record(&reading, "event/visit.json");
    assert_eq!(event["under"], json!(["framework:mediterranean-dialogue"]), "{:?}", reading.doubts);
}

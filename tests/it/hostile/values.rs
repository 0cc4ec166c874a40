//! Records that are JSON and make checks costly.

use comity::dataset::FILE_LIMIT;
use comity_document::document::DEPTH;
use serde_json::{Value, json};

use super::{HOSTILE, entries, event, file_told, is_counted, participant};
use crate::tool::{Folder, found};

#[test]
fn thousands_of_malformed_keys() {
    let keys =
        |n| event(&json!({ "participants": entries(n, |n| (format!("BAD KEY {n}"), json!({ "roles": ["host"] }))) }));
    assert!(is_counted(&file_told(HOSTILE, keys(9_999), "malformed-value")));
    file_told(HOSTILE, keys(20_000), "too-large");
}

#[test]
fn thousands_of_unknown_fields() {
    let text = event(&entries(9_980, |n| (format!("statusx-{n}"), json!(1))));
    assert!(is_counted(&file_told(HOSTILE, text, "unknown-field")));
}

#[test]
fn thousands_of_wrong_values() {
    let text = event(&json!({ "participants": entries(9_999, |n| (format!("actor-{n}"), json!(n))) }));
    assert!(is_counted(&file_told(HOSTILE, text, "wrong-type")));
    let figure = |n| (format!("figure-{n}"), json!({ "measure": "budgett", "best": 1, "unit": "EURO" }));
    assert!(is_counted(&file_told(HOSTILE, event(&json!({ "figures": entries(9_999, figure) })), "unknown-code")));
    let names = entries(9_999, |n| (format!("english-{n}"), json!("A name")));
    file_told(HOSTILE, event(&json!({ "names": names })), "unregistered-language");
}

#[test]
fn a_list_that_repeats_itself() {
    let places: Vec<String> = (0..10_000).map(|n| format!("place-{}", n % 5_000)).collect();
    assert!(is_counted(&file_told(HOSTILE, event(&json!({ "places": places })), "repeated-item")));
}

/// The limit holds too where the record is valid by itself and only its neighbours are missing.
#[test]
fn thousands_of_references_that_lead_nowhere() {
    let text = event(&json!({ "participants": entries(9_999, participant) }));
    assert!(is_counted(&file_told(HOSTILE, text, "dangling-reference")));
    let sources = entries(9_999, |n| (format!("source-{n}"), json!({ "stance": "reports", "supports": ["/when"] })));
    assert!(is_counted(&file_told(HOSTILE, event(&json!({ "evidence": sources })), "dangling-reference")));
}

#[test]
fn deep_nesting_where_anything_may_stand() {
    let nested = |n: usize| {
        let value = format!("{}1{}", "[".repeat(n), "]".repeat(n));
        let says = json!({ "a-report": { "stance": "reports", "says": { "/names/en": "VALUE" } } });
        event(&json!({ "evidence": says })).replace("\"VALUE\"", &value)
    };
    // The record, `evidence`, the source and `says` are four brackets themselves.
    file_told(HOSTILE, nested(DEPTH - 4), "malformed-value");
    file_told(HOSTILE, nested(DEPTH - 3), "too-large");
}

#[test]
fn texts_as_long_as_a_file() {
    let text = |length: usize| "x".repeat(length);
    let (long, half) = (text(FILE_LIMIT - 4_000), text(1 << 20));
    let evidence =
        |pointer: &str| json!({ "evidence": { "a-report": { "stance": "reports", "supports": [pointer] } } });
    for (fields, rule) in [
        (json!({ "type": long }), "unknown-code"),
        (json!({ "when": half }), "impossible-date"),
        (json!({ "places": [half] }), "malformed-value"),
        (json!({ "participants": half }), "wrong-type"),
        (json!({ "names": { "en": "A name", half.clone(): "x" } }), "unregistered-language"),
        (json!({ half.clone(): 1 }), "unknown-field"),
        (json!({ "names": { "en": format!("\u{200b}{long}") } }), "invisible-character"),
        (evidence(&format!("/{half}")), "dangling-pointer"),
    ] {
        file_told(HOSTILE, event(&fields), rule);
    }
}

fn contested(n: usize) -> Value {
    entries(n, |n| (format!("/figures/figure-{n}"), json!({ "outcome": "open", "why": "They differ." })))
}

/// Parts of a record that refer to other parts: the costs of thousands of each must not multiply.
#[test]
fn thousands_of_places_that_name_thousands_of_entries() {
    let participants = entries(3_000, participant);
    let with = |field: &str, value: Value| event(&json!({ "participants": participants, field: value }));
    let near: Vec<String> = (0..3_000).map(|n| format!("/participants/actar-{n}")).collect();
    let report = |supports: Value| json!({ "stance": "reports", "supports": supports });
    file_told(HOSTILE, with("evidence", json!({ "a-report": report(json!(near)) })), "dangling-pointer");

    let right: Vec<String> = (0..3_000).map(|n| format!("/participants/actor-{n}")).collect();
    let sources = entries(10, |n| (format!("source-{n}"), report(json!(right))));
    file_told(HOSTILE, with("evidence", sources), "dangling-reference");

    let says = entries(3_000, |n| (format!("/participants/actor-{n}/roles"), json!(["no-such-role"])));
    let evidence = json!({ "a-report": { "stance": "reports", "says": says } });
    file_told(HOSTILE, with("evidence", evidence), "malformed-value");

    let figures = entries(3_000, |n| (format!("figure-{n}"), json!({ "measure": "budget", "best": 5, "unit": "EUR" })));
    let says = entries(9_999, |n| (format!("/figures/figure-{n}/best"), json!(5)));
    let evidence = entries(5, |n| (format!("source-{n}"), json!({ "stance": "reports", "says": says })));
    let of_figures = json!({ "figures": figures, "contested": contested(3_000), "evidence": evidence });
    file_told(HOSTILE, event(&of_figures), "contested-without-dissent");

    let unknown = entries(3_000, |n| (format!("/participants/other-{n}"), json!("not-found")));
    file_told(HOSTILE, with("unknown", unknown), "dangling-reference");

    let excuse = |n| json!({ "rule": "placeholder-text", "at": format!("/aliases/{n}"), "reason": "A." });
    let allow: Vec<Value> = (0..3_000).map(excuse).collect();
    let (ran, report) = {
        let folder = Folder::of_the_world();
        let aliases: Vec<Value> = (0..3_000)
            .map(|n| json!({ "text": format!("Lorem ipsum {n}"), "language": "en", "type": "alternative" }))
            .collect();
        folder.write(HOSTILE, event(&json!({ "aliases": aliases, "allow": allow })));
        folder.check(&["--select", "placeholder-text", "--select", "unused-allow", "--select", "too-large"])
    };
    assert_eq!((ran.code, found(&report)), (Some(0), vec![]), "every exception is used, however many there are");
}

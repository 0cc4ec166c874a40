//! A safe fix may bring hidden faults to light. Such faults do not count against the fix, which is never rejected.

use comity::kind::Kind;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::RngSeed;
use serde_json::{Value, json};

use crate::fixes::{around, check, mends};
use crate::schema::mutation::full;
use crate::world::{Files, file};

/// The record after safe fixes alone, none of which is rejected.
fn mended(path: &str, record: &Value) -> Value {
    let mut files: Files = around();
    files.insert(path.to_owned(), serde_json::to_string_pretty(record).expect("JSON"));
    let (after, done) = mends(&files, false, &check).expect("what is promised");
    assert!(done.refused.is_empty(), "{:?}", done.refused);
    serde_json::from_str(&after[path]).expect("JSON")
}

/// A person has no country, but no rule reports the country while the record cannot be decoded. The fix of the list
/// brings the fault to light, and is kept.
#[test]
fn what_a_fix_brings_to_light_does_not_speak_against_it() {
    let mut record = full(Kind::Actor);
    record["themes"] = json!(["abc", "abc"]);
    assert_eq!(mended("actor/abc.json", &record)["themes"], json!(["abc"]));
}

/// Of several faults at one place, one is reported: a repeated item hides that the list is too long.
#[test]
fn an_item_that_stands_there_twice_hides_what_else_is_wrong_there() {
    let mut record = full(Kind::Event);
    let most = 5;
    for twice in 1..=most + 1 {
        let themes: Vec<String> = (0..=most).map(|index| format!("theme-{index}")).collect();
        let mut repeated = themes.clone();
        repeated.insert(twice, "theme-0".to_owned());
        record["themes"] = json!(repeated);
        assert_eq!(mended("event/abc.json", &record)["themes"], json!(themes));
    }
}

/// An address that an invisible character hides, before the address or inside.
#[test]
fn an_address_is_cleaned_twice() {
    for address in ["\u{200b}https://x.org/?gclid=1", "https://x.org/?gc\u{0}lid=1"] {
        let (path, text) = file(&json!({ "kind": "source", "id": "a-page", "title": { "fr": address } }));
        let record = mended(&path, &serde_json::from_str(&text).expect("JSON"));
        assert_eq!(record["title"]["fr"], "https://x.org/");
    }
}

/// Two addresses that are equal once tracking parameters are removed.
#[test]
fn what_is_cleaned_may_stand_there_twice() {
    let mut record = full(Kind::Theme);
    record["exact_match"] = json!(["https://x.org/a", "https://x.org/a?gclid=1"]);
    assert_eq!(mended("theme/abc.json", &record)["exact_match"], json!(["https://x.org/a"]));
}

/// Two languages that are equal in canonical form.
#[test]
fn what_is_written_as_it_should_be_may_stand_there_twice() {
    let mut record = full(Kind::Source);
    record["languages"] = json!(["fr", "FR", "ar"]);
    assert_eq!(mended("source/abc.json", &record)["languages"], json!(["fr", "ar"]));
}

/// A mail address that invisible characters hide.
#[test]
fn a_text_is_cleaned_whatever_there_is_to_be_seen_then() {
    let summary = json!({ "en": "Write to someone\u{0}@\u{0}ministry.example." });
    let (path, text) = file(&json!({ "kind": "event", "id": "a-talk", "summary": summary }));
    let record = mended(&path, &serde_json::from_str(&text).expect("JSON"));
    assert_eq!(record["summary"]["en"], "Write to someone@ministry.example.");
}

/// An exception from a rule that does not exist, which a fault in the reason hides.
#[test]
fn an_exception_is_cleaned_and_then_seen_to_have_no_use() {
    let allow = json!([{ "rule": "no-such-rule", "at": "/status", "reason": "It is\u{7f} so." }]);
    let (path, text) = file(&json!({ "kind": "event", "id": "a-talk", "allow": allow }));
    let mut files: Files = around();
    files.insert(path.clone(), text);
    // A person wrote the exception for a reason, so only a person may remove the exception.
    for (suggestions, kept) in [(false, true), (true, false)] {
        let (after, done) = mends(&files, suggestions, &check).expect("what is promised");
        assert!(done.refused.is_empty(), "{:?}", done.refused);
        assert_eq!(after[&path].contains("It is so."), kept, "{}", after[&path]);
    }
}

/// Parts of a text: invisible characters, and characters that make faults together.
const PARTS: [&str; 11] = [
    "a",
    "\u{430}",
    "@",
    "b.example",
    "+212 5 37 00 00 00",
    " ",
    "\t",
    "\n",
    "\u{0}",
    "\u{200b}",
    "https://x.org/?gclid=1",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, rng_seed: RngSeed::Fixed(1), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_fix_that_keeps_what_a_record_says_is_refused(
        name in prop::collection::vec(select(&PARTS[..]), 1..7),
        summary in prop::collection::vec(select(&PARTS[..]), 1..12),
        languages in prop::collection::vec(select(&["fr", "FR", "ar", "ARA", "fre", "zz"][..]), 1..7),
        themes in prop::collection::vec(select(&["abc", "def", "Def", "one", "two", "three", "no id"][..]), 1..12),
        suggestions in any::<bool>(),
    ) {
        let mut record = full(Kind::Source);
        record["title"]["fr"] = name.concat().into();
        record["summary"]["en"] = summary.concat().into();
        record["languages"] = json!(languages);
        record["themes"] = json!(themes);
        let mut files = around();
        files.insert("source/abc.json".to_owned(), serde_json::to_string_pretty(&record).expect("JSON"));
        mends(&files, suggestions, &check)?;
    }
}

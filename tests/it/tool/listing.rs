//! `comity search` and `comity list`: which records they find, and in which order.

use serde_json::{Value, json};

use crate::tool::Folder;
use crate::world::file;

/// The names that a run lists.
fn ids(folder: &Folder, arguments: &[&str]) -> Vec<String> {
    let ran = folder.run(&[arguments, &["--format", "ids"]].concat());
    assert_eq!(ran.code, Some(0), "{ran:?}");
    ran.out.lines().map(str::to_owned).collect()
}

fn folder(records: &[Value]) -> Folder {
    let folder = Folder::of_the_world();
    for record in records {
        let (path, text) = file(record);
        folder.write(&format!("data/{path}"), text);
    }
    folder
}

#[test]
fn a_search_finds_names_in_any_language_and_words_of_a_summary() {
    let folder = folder(&[
        json!({ "kind": "actor", "id": "royal-moroccan-navy", "type": "armed-force", "country": "MA",
            "names": { "en": "Royal Moroccan Navy", "ar": "البحرية الملكية المغربية" } }),
        json!({ "kind": "event", "id": "a-drill", "summary": { "en": "Two frigates sailed in formation off Tangier." } }),
        json!({ "kind": "event", "id": "gone-drill", "summary": { "en": "Two frigates too." },
            "retired": { "on": "2025-01-01", "reason": "never held" } }),
    ]);
    for text in ["moroccan navy", "Marine royale marocaine", "البحرية الملكية"] {
        assert_eq!(
            ids(&folder, &["search", text]).first().map(String::as_str),
            Some("actor:royal-moroccan-navy"),
            "{text}"
        );
    }
    assert_eq!(
        ids(&folder, &["search", "frigates", "tangier"]),
        ["event:a-drill"],
        "prose, without the withdrawn record"
    );
    assert_eq!(ids(&folder, &["search", "moroccan navy", "--kind", "place"]), [""; 0]);
    assert_eq!(
        ids(&folder, &["search", "north atl"]).first().map(String::as_str),
        Some("actor:nato"),
        "words half typed"
    );
    let ran = folder.run(&["search", "frigates", "--format", "json"]);
    let found: Value = serde_json::from_str(&ran.out).expect("JSON");
    assert_eq!(found["records"][0]["id"], "a-drill");
    assert_eq!(found["records"][0]["language"], "en");
    let table = folder.run(&["search", "البحرية"]);
    assert!(table.out.contains("Royal Moroccan Navy  [البحرية الملكية المغربية]"), "{table:?}");
}

#[test]
fn a_list_asks_for_partner_framework_theme_time_and_status() {
    let folder = folder(&[
        json!({ "kind": "event", "id": "a-summit", "when": "2010-11", "under": ["framework:mediterranean-dialogue"] }),
        json!({ "kind": "event", "id": "a-dinner", "when": "2015-03-01", "under": ["event:a-summit"], "themes": ["public-diplomacy"],
            "participants": { "nasser-bourita": { "roles": ["guest"] }, "nato": { "roles": ["host"] } } }),
        json!({ "kind": "event", "id": "a-plan", "when": "2026-05", "status": "planned",
            "participants": { "algeria": { "roles": ["host"] }, "nato": { "roles": ["visitor"] } },
            "evidence": { "a-report": { "stance": "announces" } } }),
        json!({ "kind": "activity", "id": "a-course", "history": { "ongoing": "2010" } }),
    ]);
    let list = |arguments: &[&str]| ids(&folder, &[&["list"], arguments].concat());
    assert_eq!(list(&["event"]), ["event:a-summit", "event:a-dinner", "event:a-plan"], "by day");
    assert_eq!(list(&["event", "--partner", "algeria"]), ["event:a-plan"]);
    assert_eq!(list(&["event", "--partner", "DZ"]), ["event:a-plan"]);
    assert_eq!(
        list(&["event", "--framework", "mediterranean-dialogue"]),
        ["event:a-summit", "event:a-dinner"],
        "also indirectly"
    );
    assert_eq!(list(&["event", "--theme", "political-relations"]), ["event:a-dinner"], "a broader theme");
    assert_eq!(list(&["event", "--since", "2015", "--until", "2016"]), ["event:a-dinner"]);
    assert_eq!(list(&["event", "--status", "planned"]), ["event:a-plan"]);
    assert_eq!(list(&["activity", "--since", "2020"]), ["activity:a-course"], "what goes on has no last day");
    assert_eq!(
        list(&["actor", "--partner", "morocco"]),
        ["actor:morocco", "actor:morocco-mfa", "actor:nasser-bourita"]
    );
    // In 2015 the person held no office on record.
    assert_eq!(list(&["event", "--partner", "morocco"]), ["event:a-summit"]);
    assert_eq!(list(&["event", "--status", "scheduled"]), ["event:a-plan"], "a word for `planned`");
    assert_eq!(list(&["activity", "--status", "started"]), ["activity:a-course"], "a word for `ongoing`");
    let ran = folder.run(&["list", "event", "--status", "hold"]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""));
    assert!(ran.err.contains("did you mean `held`?"), "{ran:?}");
    let ran = folder.run(&["list", "events"]);
    assert_eq!(ran.code, Some(2), "{ran:?}");
}

/// Records that belong to each other in circles make one path for every order of the records.
#[test]
fn a_list_under_a_framework_visits_each_record_once_whatever_the_circles() {
    let circle: Vec<String> = (0..12).map(|number| format!("event:turn-{number}")).collect();
    let mut records: Vec<Value> =
        (0..12).map(|number| json!({ "kind": "event", "id": format!("turn-{number}"), "under": circle })).collect();
    records.push(json!({ "kind": "event", "id": "way-in", "under": ["framework:mediterranean-dialogue"] }));
    records[0]["under"] = json!(["event:way-in", "event:turn-1"]);
    let folder = folder(&records);
    let found = ids(&folder, &["list", "event", "--framework", "mediterranean-dialogue"]);
    assert_eq!(found.len(), 13, "{found:?}");
    assert_eq!(ids(&folder, &["list", "event", "--framework", "way-in"]).len(), 12);
}

#[test]
fn a_list_for_programs_is_json_whatever_a_name_hides() {
    let folder = folder(&[json!({ "kind": "event", "id": "hidden", "names": { "en": "A drill\u{200f} at sea" } })]);
    for arguments in [&["list", "event", "--format", "json"][..], &["search", "drill sea", "--format", "json"]] {
        let ran = folder.run(arguments);
        let found: Value = serde_json::from_str(&ran.out).unwrap_or_else(|error| panic!("{error}: {ran:?}"));
        assert_eq!((&found["version"], &found["records"][0]["title"]), (&json!(1), &json!("A drill\u{200f} at sea")));
        assert!(!ran.out.contains('\u{200f}'), "hidden characters are escaped");
    }
}

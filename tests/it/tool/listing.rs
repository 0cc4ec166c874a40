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
fn a_search_finds_a_page_by_any_of_its_addresses_and_records_by_a_number() {
    let folder = folder(&[
        json!({ "kind": "source", "id": "a-page", "url": "http://www.example.org/a/page" }),
        json!({ "kind": "actor", "id": "malta", "type": "state", "country": "MT", "identifiers": { "wikidata": "Q233" } }),
        json!({ "kind": "place", "id": "malta", "type": "country", "country": "MT", "identifiers": { "wikidata": "Q233" } }),
    ]);
    for address in [
        "https://example.org/a/page",
        "http://www.example.org/a/page/?utm_source=x",
        "https://m.example.org/a/page#top",
    ] {
        assert_eq!(ids(&folder, &["search", address]), ["source:a-page"], "{address}");
    }
    assert_eq!(ids(&folder, &["search", "https://example.org/x1"]), [""; 0]);
    assert_eq!(ids(&folder, &["search", "Q233"]), ["actor:malta", "place:malta"]);
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

#[test]
fn a_partner_is_a_side_with_all_its_bodies_or_one_actor() {
    let folder = folder(&[
        json!({ "kind": "actor", "id": "morocco-army", "type": "armed-force", "country": "MA", "part_of": "morocco-mfa" }),
        json!({ "kind": "event", "id": "a-drill", "participants": { "morocco-army": { "roles": ["host"] }, "nato": { "roles": ["visitor"] } } }),
        json!({ "kind": "event", "id": "a-lesson", "participants": { "morocco": { "roles": ["host"] }, "nato": { "roles": ["visitor"] } } }),
        json!({ "kind": "source", "id": "a-notice", "issuer": "morocco-mfa" }),
        json!({ "kind": "survey", "id": "a-search", "subjects": ["morocco"] }),
    ]);
    let list = |arguments: &[&str]| ids(&folder, &[&["list"], arguments].concat());
    for all in ["morocco", "MA", "MAR", "Kingdom of Morocco"] {
        assert_eq!(list(&["event", "--partner", all]), ["event:a-drill", "event:a-lesson"], "{all}");
        assert_eq!(list(&["source", "--partner", all]), ["source:a-notice"], "{all}");
        assert_eq!(list(&["survey", "--partner", all]), ["survey:a-search"], "{all}");
    }
    assert_eq!(list(&["event", "--partner", "morocco-army"]), ["event:a-drill"]);
    assert_eq!(
        list(&["actor", "--partner", "morocco-mfa"]),
        ["actor:morocco-army", "actor:morocco-mfa", "actor:nasser-bourita"]
    );
    let ran = folder.run(&["list", "event", "--partner", "morocco-army"]);
    assert!(
        ran.err.contains("only what `actor:morocco-army` itself takes part in; `--partner MA` is for all of Morocco"),
        "{ran:?}"
    );
}

#[test]
fn what_would_choose_nothing_is_refused_and_the_table_has_the_status() {
    let folder = folder(&[
        json!({ "kind": "event", "id": "a-plan", "when": "2026-05", "status": "planned", "evidence": { "a-report": { "stance": "announces" } } }),
        json!({ "kind": "event", "id": "a-talk", "when": "[..2019-02-03]" }),
        json!({ "kind": "event", "id": "a-walk", "when": "2018" }),
    ]);
    for (arguments, why) in [
        (["source", "--theme", "public-diplomacy"], "a source has no theme, so that `--theme` would leave nothing"),
        (["theme", "--partner", "morocco"], "a theme has no partner, so that `--partner` would leave nothing"),
        (["place", "--since", "2019"], "a place has no time, so that `--since` would leave nothing"),
        (
            ["actor", "--framework", "mediterranean-dialogue"],
            "an actor has no framework, so that `--framework` would leave nothing",
        ),
        (["event", "--since", "today"], "`today` is no date; write a day, a month or a year"),
        (["event", "--since", "05/04/2024"], "did you mean `2024-04-05` (5 April 2024), or `2024-05-04`"),
    ] {
        let ran = folder.run(&[&["list"], &arguments[..]].concat());
        assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{ran:?}");
        assert!(ran.err.contains(why), "{why}: {ran:?}");
    }
    let table = folder.run(&["list", "event"]).out;
    let rows: Vec<Vec<&str>> = table.lines().map(|line| line.split_whitespace().take(3).collect()).collect();
    assert_eq!(rows[0], ["event:a-walk", "2018", "held"]);
    assert_eq!(rows[1], ["event:a-talk", "[..2019-02-03]", "held"], "where the first day is open, by the last");
    assert_eq!(rows[2], ["event:a-plan", "2026-05", "planned"]);
    assert!(!folder.run(&["list", "place"]).out.contains("   "), "no empty column");
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

#[test]
fn a_list_says_how_many_withdrawn_records_it_leaves_out() {
    let withdrawn = json!({ "on": "2025-01-01", "reason": "never held" });
    let folder = folder(&[
        json!({ "kind": "event", "id": "a-visit", "when": "2019-01-22" }),
        json!({ "kind": "event", "id": "gone", "when": "2019-01-22", "retired": withdrawn }),
        json!({ "kind": "event", "id": "gone-earlier", "when": "1999-01-22", "retired": withdrawn }),
    ]);
    let ran = folder.run(&["list", "event", "--since", "2019", "--format", "ids"]);
    assert_eq!(ran.out, "event:a-visit\n", "{ran:?}");
    assert!(ran.err.contains("note: without 1 withdrawn record; `comity show`"), "{ran:?}");
    assert!(!folder.run(&["list", "framework"]).err.contains("withdrawn"), "nothing was left out");
}

//! `comity show`: the lines that are printed for a record.

use serde_json::{Value, json};

use crate::tool::Folder;
use crate::world::file;

/// The lines of a record, without indentation. The other records stand beside it.
fn lines(record: &Value, others: &[Value]) -> Vec<String> {
    let folder = Folder::with(record);
    for other in others {
        let (path, text) = file(other);
        folder.write(&format!("data/{path}"), text);
    }
    let ran = folder.run(&["show", record["id"].as_str().expect("an id")]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    ran.out.lines().map(|line| line.trim_start().to_owned()).collect()
}

fn has(lines: &[String], line: &str) -> bool {
    lines.iter().any(|found| found == line)
}

#[test]
fn what_is_referred_to_has_its_title_in_whatever_field() {
    let shown = lines(
        &json!({ "kind": "agreement", "id": "a-text", "text": { "access": "public", "source": "a-report" },
            "figures": { "copies": { "measure": "activities", "best": 2, "unit": "items", "by": "nato" } },
            "distinct_from": ["framework:mediterranean-dialogue"], "themes": ["public-diplomacy"] }),
        &[],
    );
    for line in [
        "source: a-report (An undated paper)",
        "by: nato (North Atlantic Treaty Organization)",
        "distinct_from: framework:mediterranean-dialogue (Mediterranean Dialogue)",
        "themes: public-diplomacy (Public diplomacy)",
        "morocco (Kingdom of Morocco)",
    ] {
        assert!(has(&shown, line), "{line}: {shown:#?}");
    }
}

#[test]
fn a_text_that_only_looks_like_an_id_has_no_title() {
    let shown = lines(&json!({ "kind": "event", "id": "a-visit", "summary": { "en": "actor:morocco" } }), &[]);
    assert!(has(&shown, "en: actor:morocco"), "{shown:#?}");
}

#[test]
fn a_whole_number_has_no_fraction() {
    let figures =
        json!({ "seminars": { "measure": "activities", "low": 4, "best": 4.5, "high": 1e15, "unit": "items" } });
    let shown = lines(&json!({ "kind": "event", "id": "a-visit", "figures": figures }), &[]);
    for line in ["low: 4", "best: 4.5", "high: 1000000000000000"] {
        assert!(has(&shown, line), "{line}: {shown:#?}");
    }
}

#[test]
fn a_source_shows_what_it_supports_and_the_only_one_all_else() {
    let shown = |evidence: Value| {
        let lines = lines(&json!({ "kind": "event", "id": "a-visit", "evidence": { "a-report": evidence } }), &[]);
        lines
            .into_iter()
            .filter(|line| ["shows", "says", "denies"].iter().any(|word| line.starts_with(word)))
            .collect::<Vec<_>>()
    };
    assert_eq!(shown(json!({ "stance": "reports" })), ["shows everything"]);
    assert_eq!(shown(json!({ "stance": "reports", "supports": ["/when", "/type"] })), ["shows /when, /type"]);
    assert_eq!(
        shown(json!({ "stance": "reports", "says": { "/type": "visit" } })),
        ["shows everything but /type", "says /type: \"visit\""]
    );
    assert_eq!(shown(json!({ "stance": "contradicts" })), ["denies everything"]);
    assert_eq!(shown(json!({ "stance": "contradicts", "supports": ["/when"] })), ["denies /when"]);
}

#[test]
fn who_refers_in_several_ways_stands_there_once() {
    let shown = lines(
        &json!({ "kind": "event", "id": "a-summit" }),
        &[json!({ "kind": "event", "id": "a-dinner", "under": ["event:a-summit"],
            "related": { "event:a-summit": "follows" } })],
    );
    let at = shown.iter().position(|line| line == "referred to by (1)").unwrap_or_else(|| panic!("{shown:#?}"));
    assert_eq!(shown[at + 1..], ["event:a-dinner (Example called a-dinner): follows, under"]);
}

/// Spelling alone would lead to the press.
#[test]
fn a_record_is_shown_by_its_name_and_never_by_spelling_alone() {
    let folder = Folder::of_the_world();
    for (id, name) in [("royal-moroccan-navy", "Royal Moroccan Navy"), ("moroccan-press", "Moroccan press")] {
        let (path, text) = file(
            &json!({ "kind": "actor", "id": id, "type": "organisation", "country": "MA", "names": { "en": name } }),
        );
        folder.write(&format!("data/{path}"), text);
    }
    let ran = folder.run(&["show", "moroccan navy"]);
    assert!(ran.code == Some(0) && ran.out.starts_with("actor:royal-moroccan-navy"), "{ran:?}");
    assert!(ran.err.contains("`moroccan navy` was taken for `actor:royal-moroccan-navy`"), "{ran:?}");
    let ran = folder.run(&["show", "algerian navy"]);
    assert!(ran.code == Some(2) && !ran.err.contains("press"), "{ran:?}");
    assert!(ran.err.contains("add the record with `comity new KIND --id algerian-navy`"), "{ran:?}");
    let ran = folder.run(&["show", "place:nato"]);
    assert!(ran.code == Some(2) && ran.err.contains("names no place"), "{ran:?}");
}

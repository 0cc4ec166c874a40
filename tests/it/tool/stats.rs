//! `comity stats`: for whom an actor counts, and the page that `--into` writes.

use serde_json::{Value, json};

use crate::tool::Folder;
use crate::world::file;

/// What the records of two states call them.
const ALGERIA: &str = "People's Democratic Republic of Algeria";
const MOROCCO: &str = "Kingdom of Morocco";

/// The number beside a name in the counts.
fn count(folder: &Folder, name: &str) -> usize {
    let ran = folder.run(&["stats", "--format", "markdown"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let row = format!("| {name} | ");
    let number = ran.out.lines().find_map(|line| line.strip_prefix(&row)?.strip_suffix(" |"));
    number.map_or(0, |number| number.parse().expect("a number"))
}

fn add(folder: &Folder, fragment: &Value) {
    let (path, text) = file(fragment);
    folder.write(&format!("data/{path}"), text);
}

/// A world with a person who was in office for Algeria until 2015 and for Morocco from 2017.
fn with_a_person_of_two_offices() -> Folder {
    let office =
        |organisation: &str| json!({ "title": { "en": "Adviser" }, "organisation": organisation, "level": "official" });
    let (mut early, mut late) = (office("algeria"), office("morocco"));
    (early["from"], early["until"], late["from"]) = ("2010-01-01".into(), "2015-12-31".into(), "2017-01-01".into());
    Folder::with(&json!({ "kind": "actor", "id": "who-moved", "type": "person", "names": { "en": "Who Moved" },
        "offices": { "early": early, "late": late } }))
}

#[test]
fn a_speaker_counts_for_the_office_of_the_day() {
    let folder = with_a_person_of_two_offices();
    let before = [ALGERIA, MOROCCO].map(|name| count(&folder, name));
    for (id, day) in [("an-early-word", "2012-03-04"), ("a-late-word", "2019-01-22"), ("a-word-between", "2016-06-01")]
    {
        add(&folder, &json!({ "kind": "statement", "id": id, "speaker": "who-moved", "date": day }));
    }
    let after = [ALGERIA, MOROCCO].map(|name| count(&folder, name));
    assert_eq!(after, before.map(|count| count + 1), "one word in each office, and one in none");
}

#[test]
fn who_acts_for_another_counts_for_the_other_alone() {
    let folder = with_a_person_of_two_offices();
    let before = [ALGERIA, MOROCCO].map(|name| count(&folder, name));
    add(
        &folder,
        &json!({ "kind": "statement", "id": "a-word", "speaker": "who-moved", "for": "morocco", "date": "2012-03-04" }),
    );
    assert_eq!([ALGERIA, MOROCCO].map(|name| count(&folder, name)), [before[0], before[1] + 1]);
}

#[test]
fn a_body_counts_for_the_country_of_what_it_is_a_part_of() {
    let folder = Folder::with(
        &json!({ "kind": "actor", "id": "a-bureau", "type": "agency", "part_of": "morocco-mfa", "names": { "en": "Bureau" } }),
    );
    let before = count(&folder, MOROCCO);
    add(&folder, &json!({ "kind": "statement", "id": "a-word", "speaker": "a-bureau" }));
    assert_eq!(count(&folder, MOROCCO), before + 1);
}

#[test]
fn a_page_gets_markdown_between_its_marks_and_keeps_the_rest() {
    let folder = Folder::of_the_world();
    folder.write("page.md", "before\n<!-- stats -->\nold\n<!-- /stats -->\nafter\n");
    let ran = folder.run(&["stats", "--into", "page.md", "--check"]);
    assert!(ran.code == Some(1) && ran.out.contains("`comity stats --into page.md` writes them"), "{ran:?}");
    assert!(folder.read("page.md").contains("\nold\n"), "nothing is written");
    let counts = folder.run(&["stats", "--format", "markdown"]).out;
    let expected = format!("before\n<!-- stats -->\n\n{counts}\n<!-- /stats -->\nafter\n");
    for arguments in [&["stats", "--into", "page.md"][..], &["stats", "--format", "markdown", "--into", "page.md"]] {
        let ran = folder.run(arguments);
        assert_eq!((ran.code, ran.out.as_str(), folder.read("page.md")), (Some(0), "", expected.clone()), "{ran:?}");
    }
    let ran = folder.run(&["stats", "--into", "page.md", "--check"]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(0), ""), "{ran:?}");
    assert_eq!(folder.run(&["stats", "--check"]).code, Some(2), "no page is named");
    let ran = folder.run(&["stats", "--format", "table", "--into", "page.md"]);
    assert_eq!((ran.code, folder.read("page.md")), (Some(2), expected), "{ran:?}");
    assert!(ran.err.starts_with("error: --into writes into a Markdown page"), "{ran:?}");
}

#[test]
fn a_page_in_which_the_marks_are_not_sure_keeps_every_word() {
    let folder = Folder::of_the_world();
    let page = "```\n<!-- stats -->\n```\ntext I wrote\n<!-- stats -->\nx\n<!-- /stats -->\n";
    folder.write("page.md", page);
    let ran = folder.run(&["stats", "--into", "page.md"]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{ran:?}");
    assert!(ran.err.starts_with("error: page.md: line 2 shows `<!-- stats -->` inside a code block"), "{ran:?}");
    assert_eq!(folder.read("page.md"), page);
}

#[test]
fn what_cannot_be_read_is_named_and_not_counted() {
    let folder = Folder::of_the_world();
    let said = |without: &str| {
        for arguments in [&["stats"][..], &["list", "event"]] {
            let ran = folder.run(arguments);
            let note = format!("note: without {without} that cannot be read; `comity check` shows why\n");
            assert!(ran.code == Some(0) && ran.err.starts_with(&note), "{arguments:?}: {ran:?}");
        }
    };
    folder.write("data/event/broken.json", "{ \"type\": ");
    said("1 record");
    folder.write("data/meetings/a-meeting.json", "{}");
    folder.write("data/meetings/another-meeting.json", "{}");
    said("1 folder and 1 record");
    folder.write("data/event/notes.txt", "");
    folder.write("data/event/more.txt", "");
    said("1 folder and 2 files and 1 record");
}

#[test]
fn a_withdrawn_record_is_in_no_count_but_its_own() {
    let folder = Folder::of_the_world();
    let before = folder.run(&["stats"]).out;
    add(
        &folder,
        &json!({ "kind": "event", "id": "gone", "when": "2019-01-22", "themes": ["public-diplomacy"],
            "retired": { "on": "2025-01-01", "reason": "never held" } }),
    );
    let counted = folder.run(&["stats"]).out;
    let without: Vec<&str> = counted.lines().filter(|line| !line.contains("withdrawn")).collect();
    assert_eq!(without, before.lines().collect::<Vec<_>>());
    let page = folder.run(&["stats", "--format", "markdown"]).out;
    assert!(page.contains("| withdrawn, in no other count | 1 | |\n"), "{page}");
    let json: Value = serde_json::from_str(&folder.run(&["stats", "--format", "json"]).out).expect("JSON");
    assert_eq!((&json["withdrawn"], &json["events"]), (&json!(1), &json!(0)));
}

#[test]
fn who_may_have_stayed_away_counts_for_no_year_that_was_searched() {
    let folder = Folder::with(
        &json!({ "kind": "survey", "id": "a-search", "subjects": ["morocco", "algeria"], "period": "2015/2019" }),
    );
    let events = || -> Vec<Value> {
        let counts: Value = serde_json::from_str(&folder.run(&["stats", "--format", "json"]).out).expect("JSON");
        ["morocco", "algeria"].map(|id| counts["frame"][id][0]["events"].clone()).into()
    };
    assert_eq!(events(), [0, 0]);
    for attendance in [None, Some("invited"), Some("declined"), Some("absent"), Some("online")] {
        let mut guest = json!({ "roles": ["participant"] });
        if let Some(attendance) = attendance {
            guest["attendance"] = attendance.into();
        }
        let participants = json!({ "morocco-mfa": guest, "algeria": { "roles": ["host"] } });
        let id = format!("event-{}", attendance.unwrap_or("in-person"));
        add(&folder, &json!({ "kind": "event", "id": id, "participants": participants }));
    }
    assert_eq!(events(), [2, 5], "in person and online");
}

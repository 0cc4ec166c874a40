//! `comity new` and `comity from-issue`: what they write, and what they refuse.

use std::fs;

use comity::compose::{Composition, questions};
use comity::{Dataset, Day, Kind};
use serde_json::Value;

use crate::issue::body;
use crate::tool::{Folder, Ran};

const PAGE: &str = "evidence=https://example.org/news | A daily | news | 2024-04-16 | fr";

pub(super) fn read(folder: &Folder, path: &str) -> Value {
    serde_json::from_str(&folder.read(path)).expect("JSON")
}

/// A new visit, and what else is set.
fn visit(folder: &Folder, more: &[&str]) -> Ran {
    let usual =
        ["names=A visit to Rabat", "type=visit", "when=2024-04-15", "status=held", "participants/nato=visitor", PAGE];
    let set: Vec<&str> = usual.iter().chain(more).flat_map(|set| ["--set", set]).collect();
    folder.run(&[&["new", "event"], &set[..]].concat())
}

fn files(folder: &Folder) -> usize {
    ["actor", "event", "place", "source", "statement"]
        .iter()
        .filter_map(|kind| fs::read_dir(folder.path(&format!("data/{kind}"))).ok())
        .map(Iterator::count)
        .sum()
}

#[test]
fn what_new_writes_is_clean_and_canonical() {
    let folder = Folder::of_the_world();
    let ran = visit(&folder, &["participants/Kingdom of Morocco=host", "places=Rabat", "themes=Public diplomacy"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert_eq!(ran.out, "new data/event/visit-rabat-2024.json\nnew data/source/example-2024-04-16.json\n");
    let event = read(&folder, "data/event/visit-rabat-2024.json");
    assert_eq!(event["participants"]["morocco"]["roles"], serde_json::json!(["host"]));
    let (checked, report) = folder.check(&["data/event/visit-rabat-2024.json", "data/source/example-2024-04-16.json"]);
    assert_eq!(checked.code, Some(0), "{checked:?}");
    assert_eq!(report["diagnostics"], serde_json::json!([]));
    assert_eq!(folder.run(&["fmt", "--check"]).code, Some(0));
}

#[test]
fn new_writes_the_person_and_the_place_that_the_record_needs() {
    let folder = Folder::of_the_world();
    let ran = visit(
        &folder,
        &[
            "participants/Jane Doe=host",
            "places=Kenitra",
            "actor:jane-doe/names=Jane Doe",
            "actor:jane-doe/type=person",
            "actor:jane-doe/offices/minister/title=Minister Delegate",
            "actor:jane-doe/offices/minister/organisation=Moroccan foreign ministry",
            "actor:jane-doe/offices/minister/level=minister",
            "actor:jane-doe/offices/minister/from=2021-10",
            "place:kenitra/names=Kenitra",
            "place:kenitra/type=city",
            "place:kenitra/country=Morocco",
        ],
    );
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert_eq!(read(&folder, "data/place/kenitra.json")["country"], "MA");
    assert_eq!(folder.run(&["check", "--warnings-as-errors"]).code, Some(0));
}

#[test]
fn new_refuses_with_the_findings_and_writes_nothing() {
    let folder = Folder::of_the_world();
    let before = files(&folder);
    let ran = visit(&folder, &[]);
    assert_eq!(ran.code, Some(1), "one side alone: {ran:?}");
    assert!(ran.out.contains("[one-sided-cooperation]") && ran.err.ends_with("nothing was written\n"), "{ran:?}");
    for (set, told) in [
        ("participants/Atlantis=host", "`Atlantis` names no actor on record"),
        ("participants/morocco=king", "`king` cannot stand in `participants/morocco/roles`"),
        ("plases=rabat", "did you mean `places`?"),
        ("partners/morocco=host", "did you mean `participants`?"),
        ("id=another", "give the id with `--id`"),
        ("kind=actor", "`kind` follows from the file"),
        ("participants={\"nato\": [}", "is not written as JSON"),
        ("when=2024-04-16", "`when` was given twice"),
        ("participants=morocco=host", "set an entry as `participants/morocco=host`"),
        ("source:../../x/type=news", "cannot be the id of a record"),
    ] {
        let ran = visit(&folder, &[set]);
        assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{set}: {ran:?}");
        assert!(ran.err.contains(told), "{set}: {ran:?}");
    }
    assert_eq!(files(&folder), before);
}

#[test]
fn new_tells_of_every_wrong_value_at_once() {
    let folder = Folder::of_the_world();
    let ran =
        visit(&folder, &["places=Atlantis", "online=perhaps", "plases=rabat", "actor:x/type=person", "themes=Alchemy"]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{ran:?}");
    let told = ["Atlantis", "perhaps", "plases", "`x`", "Alchemy"];
    assert!(told.iter().all(|value| ran.err.contains(value)), "{ran:?}");
    assert_eq!(ran.err.lines().filter(|line| line.starts_with("error: ")).count(), told.len(), "{ran:?}");
}

/// What is in brackets may be words, and a word for a code is not lost on the command.
#[test]
fn new_takes_words_in_brackets_and_the_synonyms_of_codes() {
    let folder = Folder::of_the_world();
    let page = "evidence=https://example.org/talks | A daily | news | 2024-04-16 | fr | Talks: [photos]";
    let set = ["names=[sic] A visit", "type=visite", "when=2024-04-15", "status=done", "participants/nato=visitor"];
    let set = set.into_iter().chain(["participants/morocco=host", "places=rabat", page]);
    let set: Vec<&str> = set.flat_map(|set| ["--set", set]).collect();
    let ran = folder.run(&[&["new", "event"], &set[..]].concat());
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let event = read(&folder, "data/event/sic-visit-2024.json");
    assert_eq!(
        (&event["names"]["en"], &event["type"], &event["status"]),
        (&"[sic] A visit".into(), &"visit".into(), &"held".into())
    );
    assert!(ran.err.contains("`visite` was taken for `visit`, in `type`"), "{ran:?}");
    assert_eq!(read(&folder, "data/source/example-2024-04-16.json")["title"]["fr"], "Talks: [photos]");
}

/// The first file is small; the second is larger than the disk takes.
#[cfg(unix)]
#[test]
fn new_that_is_stopped_midway_names_what_was_written() {
    let folder = Folder::of_the_world();
    let title = "Visite ".repeat(900);
    let page = format!("evidence=https://example.org/news | A daily | news | 2024-04-16 | fr | {title}");
    let set = ["names=A visit to Rabat", "type=visit", "when=2024-04-15", "status=held", "participants/nato=visitor"];
    let set = set.iter().copied().chain(["participants/morocco=host", "places=rabat", &page]);
    let arguments = [vec!["new", "event"], set.flat_map(|set| ["--set", set]).collect()].concat();
    let ran = crate::hostile::stopped::confined(&folder, 4, &arguments);
    assert_eq!(ran.code, Some(2), "{ran:?}");
    assert!(ran.err.contains("data/source/example-2024-04-16.json could not be written: File too large"), "{ran:?}");
    assert!(ran.err.ends_with("; already changed: data/event/visit-rabat-2024.json\n"), "{ran:?}");
    assert!(folder.path("data/event/visit-rabat-2024.json").exists());
}

#[test]
fn new_never_overwrites_and_never_asks_when_piped() {
    let folder = Folder::of_the_world();
    let ran = folder.run(&["new", "place", "--id", "rabat", "--set", "names=Rabat"]);
    assert_eq!(ran.code, Some(2), "{ran:?}");
    assert!(ran.err.contains("there is a record `place:rabat` already"), "{ran:?}");
    // A file that is no record of the dataset, but has the name.
    folder.write("data/event/visit-rabat-2024.json/x.txt", "kept");
    let ran = visit(&folder, &["participants/morocco=host"]);
    assert_ne!(ran.code, Some(0), "{ran:?}");
    assert_eq!(folder.read("data/event/visit-rabat-2024.json/x.txt"), "kept");
    let ran = folder.run(&["new", "event"]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{ran:?}");
    assert!(ran.err.contains("no terminal to ask in; set the fields"), "{ran:?}");
    let ran = folder.run(&["new", "person"]);
    assert_eq!(ran.code, Some(2), "{ran:?}");
    assert!(ran.err.contains("`person` is a type of an actor, so write `actor`"), "{ran:?}");
}

#[test]
fn an_issue_becomes_files_and_a_page_for_the_reviewer() {
    let folder = Folder::of_the_world();
    folder.write(
        "body.md",
        body(
            "event",
            &[
                ("Name in English", "A visit to Rabat"),
                ("Type of event", "visit – One trip of a person or a delegation."),
                ("When", "2024-04-15"),
                ("Status", "held – It took place."),
                ("Who takes part", "NATO: visitor\nKingdom of Morocco: host"),
                ("Sources", "https://example.org/news | A daily | news | 2024-04-16 | fr"),
                ("Anything else", "Thanks @octocat"),
            ],
        ),
    );
    let ran = folder.run(&["from-issue", "body.md", "--to", "data"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert!(ran.out.starts_with("### Files\n\n- new <code>event/visit-rabat-2024.json</code>\n"), "{ran:?}");
    assert!(ran.out.contains("octocat") && !ran.out.contains("@octocat"), "{ran:?}");
    assert_eq!(folder.run(&["check", "--warnings-as-errors"]).code, Some(0));
    // The issue is read again: nothing is overwritten.
    let text = folder.read("data/event/visit-rabat-2024.json");
    let ran = folder.run(&["from-issue", "body.md", "--to", "data"]);
    assert!(ran.out.contains("visit-rabat-2024-2.json"), "{ran:?}");
    assert_eq!(folder.read("data/event/visit-rabat-2024.json"), text);
    folder.write("hello.md", "hello");
    let ran = folder.run(&["from-issue", "hello.md", "--to", "data"]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{ran:?}");
}

#[test]
fn from_issue_lists_its_forms_and_writes_each() {
    let folder = Folder::empty();
    let listed = folder.run(&["from-issue", "--form"]);
    assert_eq!((listed.code, listed.out.lines().count()), (Some(0), comity::issue::forms().len()), "{listed:?}");
    for form in listed.out.lines() {
        let written = folder.run(&["from-issue", "--form", form]);
        assert!(written.code == Some(0) && written.out.contains("\nbody:\n"), "{form}: {written:?}");
    }
    let unknown = folder.run(&["from-issue", "--form", "evnt"]);
    assert!(unknown.code == Some(2) && unknown.err.contains("a similar value exists: 'event'"), "{unknown:?}");
}

#[test]
fn an_answer_is_taken_whole_or_not_at_all() {
    let morocco = r#"{ "names": { "en": "Morocco" }, "type": "state", "country": "MA" }"#;
    let dataset = Dataset::builder("2026-01-01".parse::<Day>().expect("a day")).file("actor/morocco.json", morocco);
    let dataset = dataset.build();
    let mut composition = Composition::new(&dataset);
    let person = composition.begin(Kind::Actor, "jane-doe").expect("a new record");
    let all = questions(Kind::Actor);
    let offices = all.iter().find(|question| question.field == "offices").expect("the question");
    let refused = composition.answer(&person, offices, "Minister Delegate | minister | Atlantis | 2021");
    assert!(refused.is_err_and(|error| error.to_string().contains("`Atlantis` names no actor on record")));
    assert_eq!(composition.value(&person, "offices"), None);
    composition.answer(&person, offices, "Minister Delegate | minister | Morocco | 2021").expect("an office");
    let taken = composition.value(&person, "offices").and_then(Value::as_object).expect("offices");
    assert_eq!(taken.len(), 1, "{taken:?}");
}

#[test]
fn a_text_that_names_nothing_is_refused_in_plain_words() {
    let folder = Folder::of_the_world();
    for (text, said) in [
        ("event:", "`event:` has no id; write `event:` and the id of an event"),
        (" ", "an empty text names no record; write an id or a name"),
        ("no such thing", "`no such thing` names no record; look with"),
    ] {
        let ran = folder.run(&["show", text]);
        assert!(ran.code == Some(2) && ran.err.contains(said), "{text}: {ran:?}");
    }
    let ran = visit(&folder, &["participants/place:rabat=host"]);
    assert!(ran.err.contains("`place:rabat` is a place; expected an actor"), "{ran:?}");
}

//! What people write into the forms.

use serde_json::json;

use crate::issue::{body, findings, read, record};

const PAGE: &str = "https://example.org/visit | A daily | news | 2024-04-16 | French";

#[test]
fn a_visit_with_all_names_on_record_is_one_event_and_one_source() {
    let reading = read(&body(
        "event",
        &[
            ("Name in English", "Visit of NATO to Rabat"),
            ("Type of event", "visit – One trip of a person or a delegation."),
            ("When", "2024-04-15"),
            ("Status", "held – It took place."),
            ("Who takes part", "NATO: visitor\nMoroccan foreign ministry: host"),
            ("Where", "Rabat"),
            ("Themes", "Public diplomacy"),
            ("Sources", PAGE),
        ],
    ));
    assert_eq!(findings(&reading), [""; 0]);
    assert_eq!(reading.doubts, [""; 0]);
    let event = record(&reading, "event/visit-nato-rabat-2024.json");
    assert_eq!(
        event["participants"],
        json!({ "morocco-mfa": { "roles": ["host"] }, "nato": { "roles": ["visitor"] } })
    );
    assert_eq!(event["places"], json!(["rabat"]));
    assert_eq!(event["evidence"], json!({ "example-2024-04-16": { "stance": "reports" } }));
    let source = record(&reading, "source/example-2024-04-16.json");
    assert_eq!((&source["publisher"], &source["languages"]), (&json!("A daily"), &json!(["fr"])));
    assert!(reading.notes.iter().any(|note| note.contains("actor:morocco-mfa")), "{:?}", reading.notes);
}

#[test]
fn a_port_call_of_a_new_naval_group_makes_the_group_and_the_port() {
    let reading = read(&body(
        "event",
        &[
            ("Name in English", "Port call of SNMG2 at Casablanca"),
            ("Type of event", "port-call – Ships visiting a port."),
            ("When", "2024-03-01/2024-03-04"),
            ("Status", "held"),
            ("Who takes part", "- Standing NATO Maritime Group 2: visitor\n- morocco: host"),
            ("Where", "Casablanca"),
            ("Sources", "[Une escale](https://example.org/escale) | Le Port | news | 2024-03-05 | fr"),
            ("New bodies and places", "Standing NATO Maritime Group 2 | unit | NATO\nCasablanca | city | Morocco"),
        ],
    ));
    assert_eq!(findings(&reading), [""; 0], "{:?}", reading.doubts);
    assert_eq!(reading.doubts, [""; 0]);
    let group = record(&reading, "actor/standing-nato-maritime-group-2.json");
    assert_eq!((&group["type"], &group["part_of"]), (&json!("unit"), &json!("nato")));
    assert_eq!(group["evidence"], json!({ "example-2024-03-05": { "stance": "reports" } }));
    assert_eq!(record(&reading, "place/casablanca.json")["country"], "MA");
    let event = record(&reading, "event/port-call-snmg2-casablanca-2024.json");
    assert_eq!(event["places"], json!(["casablanca"]));
}

#[test]
fn a_minister_who_is_not_on_record_becomes_a_person_with_an_office() {
    let reading = read(&body(
        "event",
        &[
            ("Name in English", "A minister visits NATO"),
            ("Type of event", "meeting"),
            ("When", "2023-05-02"),
            ("Status", "held"),
            ("Who takes part", "Jane Doe: visitor\nNATO: host"),
            ("Sources", PAGE),
            ("New persons", "Jane Doe | Minister Delegate | Moroccan foreign ministry | minister | 2021-10"),
        ],
    ));
    assert_eq!(findings(&reading), [""; 0], "{:?}", reading.doubts);
    let person = record(&reading, "actor/jane-doe.json");
    let office = json!({ "title": { "en": "Minister Delegate" }, "organisation": "morocco-mfa", "level": "minister", "from": "2021-10" });
    assert_eq!(person["offices"], json!({ "minister": office }));
}

#[test]
fn a_person_without_a_level_is_doubtful() {
    let reading = read(&body(
        "event",
        &[
            ("Name in English", "A visit"),
            ("Who takes part", "Jane Doe: visitor"),
            ("New persons", "Jane Doe | Minister | NATO"),
        ],
    ));
    assert!(
        reading.doubts.iter().any(|doubt| doubt.contains("the level of the office is missing")),
        "{:?}",
        reading.doubts
    );
    assert!(findings(&reading).iter().any(|found| found.starts_with("missing-field at data/actor/jane-doe.json")));
}

#[test]
fn a_course_for_two_nations_has_its_history_and_roles() {
    let reading = read(&body(
        "activity",
        &[
            ("Name in English", "Course on civil preparedness"),
            ("Type of activity", "training – A course, a mobile training team, the training of trainers."),
            ("History", "ongoing: 2018-03-05\ncompleted: 2018-03-09"),
            ("Who takes part", "nato: trainer, lead\nMorocco: beneficiary\nAlgérie: beneficiary"),
            ("What it belongs to", "Mediterranean Dialogue"),
            ("Sources", PAGE),
        ],
    ));
    assert_eq!(findings(&reading), [""; 0], "{:?}", reading.doubts);
    let course = record(&reading, "activity/course-civil-preparedness.json");
    assert_eq!(course["history"], json!({ "ongoing": "2018-03-05", "completed": "2018-03-09" }));
    assert_eq!(course["participants"]["nato"], json!({ "roles": ["trainer", "lead"] }));
    assert_eq!(course["under"], json!(["framework:mediterranean-dialogue"]));
}

#[test]
fn an_agreement_has_parties_that_need_no_steps_of_their_own() {
    let reading = read(&body(
        "agreement",
        &[
            ("Name in English", "Memorandum on training"),
            ("Type of agreement", "memorandum"),
            ("History", "signed: 2008-06-02"),
            ("Parties", "NATO\nMorocco"),
            ("Sources", PAGE),
        ],
    ));
    assert_eq!(findings(&reading), [""; 0], "{:?}", reading.doubts);
    let agreement = record(&reading, "agreement/memorandum-training.json");
    assert_eq!(agreement["parties"], json!({ "morocco": {}, "nato": {} }));
}

#[test]
fn a_statement_takes_its_id_from_the_speaker() {
    let reading = read(&body(
        "statement",
        &[
            ("Who said it", "Bourita"),
            ("When it was said", "2019-01-22"),
            ("What was said", "The South wants a voice.\nIt has had none."),
            ("What it is about", "framework:mediterranean-dialogue"),
            ("Sources", PAGE),
        ],
    ));
    let statement = record(&reading, "statement/nasser-bourita-2019.json");
    assert_eq!(statement["position"], json!({ "en": "The South wants a voice. It has had none." }));
    assert_eq!(findings(&reading), [""; 0], "{:?}", reading.doubts);
}

#[test]
fn a_source_with_another_date_is_cited_beside_the_record_and_contested() {
    let reading = read(&body(
        "correction",
        &[
            ("Which record", "https://github.com/comity/comity/blob/main/data/statement/a-word-before.json"),
            ("Which field", "When it was said"),
            ("What it should say", "2019-01-21"),
            ("Sources", "https://example.org/other | Another daily | news | 2019-01-25 | fr"),
        ],
    ));
    assert_eq!(findings(&reading), [""; 0], "{:?}", reading.doubts);
    let statement = record(&reading, "statement/a-word-before.json");
    assert_eq!(statement["date"], "2019-01-20", "the record keeps its own value");
    assert_eq!(statement["evidence"]["example-2019-01-25"]["says"], json!({ "/date": "2019-01-21" }));
    assert_eq!(statement["contested"]["/date"]["outcome"], "open");
    assert!(statement["evidence"]["another-report"]["supports"].is_array(), "what the first shows is written out");
    let file = reading.files.iter().find(|file| file.path == "statement/a-word-before.json").expect("a file");
    assert!(file.before.is_some());
}

#[test]
fn several_sources_are_doubtful_and_each_supports_all() {
    let two = format!("{PAGE}\nhttps://example.net/other | Another | news | 2024-04-17 | ar");
    let reading = read(&body(
        "event",
        &[
            ("Name in English", "A visit"),
            ("Type of event", "visit"),
            ("When", "2024-04-15"),
            ("Status", "held"),
            ("Who takes part", "NATO: visitor\nMorocco: host"),
            ("Sources", &two),
        ],
    ));
    assert_eq!(findings(&reading), [""; 0], "{:?}", reading.doubts);
    assert!(reading.doubts.iter().any(|doubt| doubt.contains("which source shows what")), "{:?}", reading.doubts);
}

#[test]
fn what_names_no_record_is_doubtful_and_left_out() {
    let reading = read(&body(
        "event",
        &[
            ("Name in English", "A visit"),
            ("Type of event", "visit"),
            ("When", "last Tuesday"),
            ("Status", "held"),
            ("Who takes part", "Atlantis: visitor\nNATO\nMorocco: king"),
            ("Sources", "a paper I read"),
        ],
    ));
    let doubts = reading.doubts.join("\n");
    for told in [
        "Who takes part: `Atlantis: visitor`: `Atlantis` names no actor on record",
        "Who takes part: `NATO` is not an actor and what it did",
        "`king` cannot stand in",
        "When: `last Tuesday`",
        "Sources: `a paper I read`",
    ] {
        assert!(doubts.contains(told), "{told}: {doubts}");
    }
    let event = record(&reading, "event/visit.json");
    assert_eq!(event.get("participants"), None, "{event}");
    assert!(!findings(&reading).is_empty(), "the check says what is missing");
}

#[test]
fn an_arabic_name_needs_an_id_from_a_reviewer() {
    let reading = read(&body("event", &[("Name in English", "زيارة إلى الرباط"), ("Type of event", "visit")]));
    assert_eq!(reading.files[0].path, "event/new-event.json");
    assert!(reading.doubts.iter().any(|doubt| doubt.contains("no id can be made")), "{:?}", reading.doubts);
}

#[test]
fn windows_line_ends_change_nothing() {
    let text = body("event", &[("Name in English", "A visit"), ("Type of event", "visit"), ("When", "2024-04-15")]);
    let (unix, windows) = (read(&text), read(&text.replace('\n', "\r\n")));
    assert_eq!(unix.files, windows.files);
    assert_eq!(unix.doubts, windows.doubts);
}

/// A person may write in brackets; nothing of it is JSON.
#[test]
fn words_in_brackets_are_words() {
    let reading = read(&body(
        "event",
        &[
            ("Name in English", "A visit"),
            ("Type of event", "visit"),
            ("When", "2024-04-15"),
            ("Status", "held"),
            ("Who takes part", "NATO: visitor\nMorocco: host"),
            ("Where", "Rabat"),
            ("Summary", "Note: [sic] in the source."),
            ("Sources", "https://example.org/news | A daily | news | 2024-04-16 | fr | Talks: [photos]"),
        ],
    ));
    assert_eq!(record(&reading, "event/visit-2024.json")["summary"]["en"], "Note: [sic] in the source.");
    assert_eq!(record(&reading, "source/example-2024-04-16.json")["title"]["fr"], "Talks: [photos]");
    assert_eq!(findings(&reading), [""; 0], "{:?}", reading.doubts);
}

/// What a reviewer reads quotes an answer once, on one line.
#[test]
fn a_doubt_is_one_line_and_quotes_an_answer_once() {
    let reading = read(&body(
        "event",
        &[
            ("Name in English", "A visit"),
            ("When", "last Tuesday"),
            ("Who takes part", "NATO"),
            ("Anything else", "One line.\nAnother line."),
        ],
    ));
    for doubt in &reading.doubts {
        assert!(!doubt.contains('\n'), "{doubt:?}");
        assert!(doubt.matches("`last Tuesday`").count() < 2 && doubt.matches("`NATO`").count() < 2, "{doubt:?}");
    }
    assert!(reading.doubts.iter().any(|doubt| doubt.ends_with("One line. Another line.")), "{:?}", reading.doubts);
}

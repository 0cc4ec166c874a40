//! `comity new` in a terminal: what it asks, what it completes, and what it writes.

use std::process::Command;

use rexpect::session::{PtySession, spawn_command};

use crate::frozen;
use crate::tool::Folder;

const TAB: &str = "\t";
const ESCAPE: &str = "\u{1b}";

/// The program in a terminal of its own.
fn terminal(folder: &Folder, arguments: &[&str]) -> PtySession {
    let mut command: Command = folder.command(arguments);
    command.env("TERM", "xterm").env("NO_COLOR", "1");
    spawn_command(command, Some(60_000)).expect("a terminal")
}

fn answer(terminal: &mut PtySession, question: &str, text: &str) {
    terminal.exp_string(question).unwrap_or_else(|error| panic!("{question}: {error}"));
    terminal.send(text).expect("a key");
    terminal.flush().expect("keys");
}

#[test]
fn a_terminal_is_asked_for_each_field_and_gets_a_clean_record() {
    let folder = Folder::of_the_world();
    let mut terminal = terminal(&folder, &["new", "event"]);
    let asked = &mut terminal;
    answer(asked, "The name of the record", "A visit to Rabat\r");
    answer(asked, "Type of event", "visit\r");
    answer(asked, "The day of the event", "2024-04-15\r");
    answer(asked, "Whether the event was held", "held\r");
    // Completed from a name.
    answer(asked, "The actors that take part", "North Atl");
    answer(asked, "North Atlantic Treaty Organization", TAB);
    answer(asked, "nato", "\r");
    answer(asked, "What did nato do?", "visitor");
    answer(asked, "Comes on a visit", " \r");
    answer(asked, "(more)", "Kingdom of Morocco\r");
    answer(asked, "What did Kingdom of Morocco do?", "host");
    answer(asked, "Receives the other participants", " \r");
    answer(asked, "(more)", "\r");
    answer(asked, "The places of the event", "Rabat\r");
    answer(asked, "(more)", "\r");
    answer(asked, "The records that this one belongs to", "\r");
    answer(asked, "The subjects of the record", "\r");
    answer(asked, "plain sentences in your own words", "\r");
    answer(asked, "The sources of this record", "https://example.org/news | A daily | news | 2024-04-16 | fr\r");
    answer(asked, "(more)", "\r");
    answer(asked, "visit-rabat-2024", "\r");
    answer(asked, "Write these 2 files?", "\r");
    asked.exp_string("new data/event/visit-rabat-2024.json").expect("the files");
    asked.exp_eof().expect("the end");
    let checked = folder.run(&["check", "--warnings-as-errors"]);
    assert_eq!(checked.code, Some(0), "{checked:?}");
    let event = folder.read("data/event/visit-rabat-2024.json");
    assert!(event.contains("\"nato\"") && event.contains("\"rabat\"") && event.contains("\"visitor\""), "{event}");
}

#[test]
fn escape_stops_and_writes_nothing() {
    let folder = Folder::of_the_world();
    let mut terminal = terminal(&folder, &["new", "place"]);
    answer(&mut terminal, "The name of the record", ESCAPE);
    terminal.exp_string("stopped; nothing was written").expect("the reason");
    terminal.exp_eof().expect("the end");
    assert!(!folder.path("data/place/record-in-the-making.json").exists());
}

/// What a source shows was said of the answer that the check refuses.
#[test]
fn what_each_source_shows_is_asked_again_after_a_wrong_answer() {
    let folder = Folder::of_the_world();
    let mut terminal = terminal(&folder, &["new", "statement", "--id", "a-word"]);
    let asked = &mut terminal;
    answer(asked, "Who said it", "nasser-bourita\r");
    answer(asked, "On whose behalf", "\r");
    // The sources are older than this day.
    answer(asked, "When it was said", "2021-01-20\r");
    answer(asked, "What was said", "A word on a visit.\r");
    answer(asked, "What it is about", "\r");
    answer(asked, "What it belongs to", "\r");
    answer(asked, "Themes", "\r");
    answer(asked, "Sources", "https://example.org/a | A daily | news | 2019-01-24 | fr\r");
    answer(asked, "(more)", "https://example.net/b | Another | news | 2019-01-25 | fr\r");
    answer(asked, "(more)", "\r");
    answer(asked, "What does example-2019-01-24 show?", "\r");
    answer(asked, "What does example-2019-01-25 show?", "\r");
    answer(asked, "date again", "");
    answer(asked, "When it was said", "2019-01-20\r");
    answer(asked, "What does example-2019-01-24 show?", "\r");
    answer(asked, "What does example-2019-01-25 show?", "\r");
    asked.exp_string("Write these").expect("the files");
}

/// The finding stands in the record of the dataset, for which nothing is asked.
#[test]
fn a_citation_that_the_check_refuses_is_asked_for_again() {
    let folder = Folder::empty();
    frozen::write_to(&folder.path(""));
    let mut terminal = terminal(&folder, &["cite", "rabat-seminar-2019"]);
    let asked = &mut terminal;
    answer(asked, "Source", "https://www.example.net/x | A weekly | news | 2018-01-24 | fr\r");
    answer(asked, "What does it show as the record has it?", "when");
    answer(asked, "/when", " \r");
    answer(asked, "Where does it have another value?", "\r");
    answer(asked, "report-before-event", "");
    // First what explains the finding, in the new record; then the citation.
    answer(asked, "published again", "2018-01-25\r");
    answer(asked, "evidence/example-2018-01-24 again", "");
    answer(asked, "How does the source speak of it?", "announces");
    answer(asked, "announces", "\r");
    answer(asked, "What does it show as the record has it?", "when");
    answer(asked, "/when", " \r");
    answer(asked, "Where does it have another value?", "\r");
    answer(asked, "Write these 2 files?", "\r");
    asked.exp_string("new data/source/example-2018-01-24.json").expect("the files");
    asked.exp_eof().expect("the end");
    let source = folder.read("data/source/example-2018-01-24.json");
    assert!(source.contains("2018-01-25") && source.contains("A weekly"), "{source}");
    let record: serde_json::Value =
        serde_json::from_str(&folder.read("data/event/rabat-seminar-2019.json")).expect("JSON");
    let evidence = serde_json::json!({ "stance": "announces", "supports": ["/when"] });
    assert_eq!(record["evidence"]["example-2018-01-24"], evidence);
}

/// A name that is no field costs no answer.
#[test]
fn a_field_that_sources_do_not_have_is_refused_before_the_questions() {
    let folder = Folder::of_the_world();
    for (set, said) in [("publishd=2019", "did you mean `published`?"), ("id=x", "follows from the file")] {
        let mut terminal = terminal(&folder, &["cite", "--set", set]);
        terminal.exp_string(said).expect("the refusal");
        terminal.exp_eof().expect("the end");
    }
}

#[test]
fn cite_asks_for_the_record_the_source_and_what_it_shows() {
    let folder = Folder::of_the_world();
    let mut terminal = terminal(&folder, &["cite"]);
    let asked = &mut terminal;
    answer(asked, "Which record", "no such thing\r");
    answer(asked, "names no record;", "");
    answer(asked, "Which record", "a-word-before\r");
    answer(asked, "Source", "https://www.example.net/x | A weekly | 2019-01-25 | Arabic\r");
    answer(asked, "What does it show as the record has it?", " \r");
    answer(asked, "Where does it have another value?", "/date=2019-01-21\r");
    answer(asked, "Where does it have another value?", "\r");
    answer(asked, "Type", "news\r");
    answer(asked, "Write these 2 files?", "\r");
    asked.exp_string("new data/source/example-2019-01-25.json").expect("the files");
    asked.exp_eof().expect("the end");
    let record = folder.read("data/statement/a-word-before.json");
    assert!(record.contains("\"/speaker\"") && record.contains("\"contested\""), "{record}");
    assert_eq!(folder.run(&["check", "--warnings-as-errors"]).code, Some(0));
}

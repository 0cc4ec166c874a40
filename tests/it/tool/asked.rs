//! `comity new` in a terminal: what it asks, what it completes, and what it writes.

use std::process::Command;

use rexpect::session::{PtySession, spawn_command};

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

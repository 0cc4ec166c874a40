//! `comity check --watch`: the program runs, files change, and the program reports. Every step waits for output of the
//! program, never for a time to pass.

use std::fs;
use std::io::{BufRead as _, BufReader, Read};
use std::process::{Child, Stdio};
use std::sync::mpsc::{self, Receiver, Sender};
use std::time::Duration;

use serde_json::json;

use crate::tool::Folder;
use crate::world::{canonical, file};

/// How long a line may take before the program counts as stuck.
const DEADLINE: Duration = Duration::from_mins(1);

struct Watching {
    child: Child,
    lines: Receiver<String>,
}

impl Watching {
    fn over(folder: &Folder, arguments: &[&str]) -> Self {
        let mut command = folder.command(&[&["check", "--watch", "--format", "concise"], arguments].concat());
        let command = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("it runs");
        let (sender, lines) = mpsc::channel();
        say(child.stdout.take().expect("an output"), sender.clone());
        say(child.stderr.take().expect("an output"), sender);
        Self { child, lines }
    }

    /// The next lines up to one with these words, that one included.
    fn until(&self, words: &str) -> Vec<String> {
        let mut seen = Vec::new();
        loop {
            let line = self.lines.recv_timeout(DEADLINE);
            let line = line.unwrap_or_else(|error| panic!("no line with `{words}`: {error}; there were {seen:#?}"));
            seen.push(line);
            if seen.last().is_some_and(|line| line.contains(words)) {
                return seen;
            }
        }
    }

    /// Up to the end of a report: both streams have said what they have to say.
    fn report(&self, words: &str) -> Vec<String> {
        let mut seen = self.until(words);
        for end in ["checked ", "waiting for the next save"] {
            if !seen.iter().any(|line| line.contains(end)) {
                seen.extend(self.until(end));
            }
        }
        seen
    }
}

impl Drop for Watching {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn say(stream: impl Read + Send + 'static, to: Sender<String>) {
    std::thread::spawn(move || {
        for line in BufReader::new(stream).lines().map_while(Result::ok) {
            if to.send(line).is_err() {
                return;
            }
        }
    });
}

/// Saves as a careful editor does: nobody ever sees half of it.
fn replace(folder: &Folder, below: &str, text: &str) {
    folder.write("draft", text);
    fs::rename(folder.path("draft"), folder.path(below)).expect("renamed");
}

fn reports(lines: &[String]) -> usize {
    lines.iter().filter(|line| line.starts_with("checked ")).count()
}

#[test]
fn each_save_is_checked_and_a_touch_is_no_news() {
    let folder = Folder::of_the_world();
    let watching = Watching::over(&folder, &[]);
    let first = watching.report("checked ");
    assert!(first.iter().any(|line| line.contains("nothing to fix")), "{first:#?}");
    assert!(!first.iter().any(|line| line.contains('\u{1b}')), "only a screen is wiped: {first:#?}");

    let (path, text) = file(&json!({ "kind": "event", "id": "a-seminar" }));
    let path = format!("data/{path}");
    folder.write(&path, text.replace("seminar\"", "semniar\""));
    let second = watching.report("unknown-code");
    assert!(second.iter().any(|line| line.contains("a-seminar.json") && line.contains("unknown-code")), "{second:#?}");

    // The same again says nothing; so the next report is the one on what follows.
    let same = folder.read(&path);
    replace(&folder, &path, &same);
    folder.write("data/README.md", "Not a record.\n");
    replace(&folder, &path, &text);
    let third = watching.report("nothing to fix");
    assert_eq!(reports(&third), 1, "{third:#?}");
}

#[test]
fn half_a_file_a_new_name_and_a_missing_folder_are_survived() {
    let folder = Folder::of_the_world();
    let watching = Watching::over(&folder, &["--today", "2026-01-01"]);
    watching.report("nothing to fix");

    let (path, text) = file(&json!({ "kind": "event", "id": "a-seminar" }));
    let path = format!("data/{path}");
    folder.write(&path, &text[..text.len() / 2]);
    watching.report("[syntax]");
    folder.write(&path, &text);
    watching.report("nothing to fix");

    fs::rename(folder.path(&path), folder.path("data/event/another-seminar.json")).expect("renamed");
    watching.report("id-file-mismatch");
    fs::remove_dir_all(folder.path("data/event")).expect("removed");
    watching.report("nothing to fix");

    // A folder that was not there when the watch began.
    folder.write(&path, text.replace("\"held\"", "\"hold\""));
    watching.report("unknown-code");
    folder.write(&path, &text);
    watching.report("nothing to fix");
}

#[test]
fn a_dataset_json_that_is_half_written_is_waited_for() {
    let folder = Folder::of_the_world();
    let watching = Watching::over(&folder, &[]);
    watching.report("nothing to fix");
    folder.write("data/dataset.json", "{ \"rules\": {");
    let told = watching.until("waiting until that is fixed");
    assert!(told.iter().any(|line| line.contains("dataset.json")), "{told:#?}");
    folder.write("data/dataset.json", "{ \"rules\": { \"orphan\": \"off\" } }\n");
    let again = watching.report("checked ");
    assert!(
        again
            .iter()
            .any(|line| line.contains("not run: vanished-id, changed-without-evidence (without --base), orphan (off")),
        "{again:#?}"
    );
}

#[test]
fn the_dataset_may_go_away_as_a_whole_and_come_back() {
    let folder = Folder::of_the_world();
    let watching = Watching::over(&folder, &[]);
    watching.report("nothing to fix");
    fs::rename(folder.path("data"), folder.path("elsewhere")).expect("renamed");
    watching.report("unreadable");
    fs::rename(folder.path("elsewhere"), folder.path("data")).expect("renamed");
    watching.report("nothing to fix");
    let place = "data/place/rabat.json";
    let text = folder.read(place);
    folder.write(place, canonical("place/rabat.json", &text.replace("\"city\"", "\"town\"")));
    watching.report("unknown-code");
}

#[test]
fn what_cannot_be_watched_says_so() {
    let folder = Folder::of_the_world();
    let ran = folder.run(&["check", "--watch", "--fix"]);
    assert_eq!(ran.code, Some(2), "{ran:?}");
    assert!(ran.err.contains("--watch") && ran.err.contains("--fix"), "{ran:?}");
    let ran = folder.run(&["check", "--watch", "-"]);
    assert_eq!(ran.code, Some(2), "{ran:?}");
    assert!(ran.err.contains("standard input can be read only once"), "{ran:?}");
    folder.write("data/dataset.json", "{");
    let ran = folder.run(&["check", "--watch"]);
    assert_eq!(ran.code, Some(2), "what cannot run at first ends: {ran:?}");
}

#[cfg(unix)]
#[test]
fn an_interrupt_ends_it() {
    use std::os::unix::process::ExitStatusExt as _;
    // In the background of a shell, and below nohup, programs do not heed interrupts.
    let heeded = std::process::Command::new("sh").args(["-c", "kill -INT $$; exit 0"]).status().expect("a shell runs");
    if heeded.success() {
        let _ = std::io::Write::write_all(&mut std::io::stderr(), b"skipped: interrupts are not heeded here\n");
        return;
    }
    let folder = Folder::of_the_world();
    let mut watching = Watching::over(&folder, &[]);
    watching.report("nothing to fix");
    let id = watching.child.id().to_string();
    let sent = std::process::Command::new("kill").args(["-INT", &id]).status().expect("kill runs");
    assert!(sent.success());
    let status = watching.child.wait().expect("it ends");
    // A shell makes 130 of it.
    assert_eq!(status.signal(), Some(2), "{status:?}");
}

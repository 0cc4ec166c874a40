//! Runs that are stopped, by a signal or by a disk that takes no more: each file is as it was or as it was to be, and
//! what stays behind is known by its name.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::process::ExitStatusExt as _;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use serde_json::json;

use crate::tool::{Folder, Ran, found, ran};
use crate::world::file;

/// Every file below a folder, with its text.
fn all(folder: &Path) -> BTreeMap<String, String> {
    let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    let mut all = BTreeMap::new();
    for path in entries {
        if path.is_dir() {
            all.extend(self::all(&path));
        } else {
            all.insert(path.to_string_lossy().into_owned(), fs::read_to_string(&path).unwrap_or_default());
        }
    }
    all
}

fn temporary(folder: &Path) -> Vec<String> {
    let names = all(folder).into_keys();
    names.filter(|path| Path::new(path).extension().is_some_and(|extension| extension == "tmp")).collect()
}

/// A record with a trailing comma, of so many bytes at least.
fn slipped(id: &str, size: usize) -> (String, String) {
    let names = json!({ "en": format!("Seminar {}", "on waters and forests ".repeat(size / 22).trim_end()) });
    let (path, right) = file(&json!({ "kind": "event", "id": id, "names": names }));
    (format!("data/{path}"), right.replacen("\n}\n", ",\n}\n", 1))
}

/// Runs the program where no file may grow larger than so many blocks of 1024 bytes.
pub(crate) fn confined(folder: &Folder, blocks: u32, arguments: &[&str]) -> Ran {
    let script = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" \"$@\"");
    let program = folder.command(&[]).get_program().to_owned();
    let mut bash = Command::new("bash");
    ran(bash.arg("-c").arg(script).arg(program).args(arguments).current_dir(folder.path(".")), b"")
}

#[test]
fn on_a_full_disk_every_writer_says_so_and_leaves_what_was_there() {
    let folder = Folder::of_the_world();
    let (path, text) = slipped("untidy", 100);
    folder.write(&path, text.replacen(",\n}\n", "\n  }\n", 1));
    folder.write("page.md", "a\n<!-- stats -->\nold\n<!-- /stats -->\n");
    folder.write("report.json", "old");
    assert_eq!(folder.run(&["export", "--to", "release", "--format", "json"]).code, Some(0));
    assert_eq!(folder.run(&["schema"]).code, Some(0));
    let older = folder.read("schema/event.schema.json").replace("0.1.0", "0.0.1");
    folder.write("schema/event.schema.json", older);
    let before = all(&folder.path("."));
    for arguments in [
        &["fmt"][..],
        &["check", "--fix"],
        &["export", "--to", "release"],
        &["stats", "--into", "page.md"],
        &["check", "--format", "json", "--output", "report.json"],
        &["check", "--format", "json", "--output", "new.json"],
        &["schema"],
    ] {
        let ran = confined(&folder, 0, arguments);
        assert_eq!(ran.code, Some(2), "{arguments:?}: {ran:?}");
        assert!(ran.err.contains("could not be written: File too large"), "{arguments:?}: {ran:?}");
        assert_eq!(all(&folder.path(".")), before, "{arguments:?}");
    }
}

#[test]
fn what_stops_midway_names_what_was_changed() {
    for command in [&["check", "--fix"][..], &["fmt"]] {
        let folder = Folder::of_the_world();
        let [one, two, three] = [("a-first", 10), ("b-second", 8_000), ("c-third", 10)].map(|(id, size)| {
            let (path, text) = slipped(id, size);
            let text = if command[0] == "fmt" { text.replacen(",\n}\n", "\n  }\n", 1) } else { text };
            folder.write(&path, &text);
            (path, text)
        });
        let ran = confined(&folder, 4, command);
        assert_eq!(ran.code, Some(2), "{ran:?}");
        let (told, changed) =
            (format!("error: {} could not be written: ", two.0), format!("; already changed: {}\n", one.0));
        assert!(ran.err.contains(&told) && ran.err.ends_with(&changed), "{ran:?}");
        assert_ne!(folder.read(&one.0), one.1);
        assert_eq!((folder.read(&two.0), folder.read(&three.0)), (two.1, three.1));
        assert_eq!(temporary(&folder.path(".")), [""; 0]);
    }
}

fn signal(child: &Child, name: &str) {
    let sent = Command::new("kill").args([&format!("-{name}"), &child.id().to_string()]).status().expect("kill runs");
    assert!(sent.success());
}

/// A check that waits for its input, while its report is begun.
fn waiting(folder: &Folder) -> Child {
    let mut command = folder.command(&["check", "--format", "json", "--output", "report.txt", "-"]);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("it runs");
    for _ in 0..1_000 {
        if !temporary(&folder.path(".")).is_empty() {
            return child;
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    child.kill().and_then(|()| child.wait()).expect("it ends");
    panic!("no temporary file was made");
}

#[test]
fn a_signal_removes_what_is_only_begun() {
    for (name, number) in [("INT", 2), ("TERM", 15)] {
        let folder = Folder::of_the_world();
        let mut child = waiting(&folder);
        let before = all(&folder.path("."));
        signal(&child, name);
        let status = child.wait().expect("it ends");
        assert_eq!(status.signal(), Some(number), "a shell makes 128 more of it: {status:?}");
        assert_eq!(temporary(&folder.path(".")), [""; 0]);
        assert_eq!(all(&folder.path(".")).len(), before.len() - 1);
    }
}

#[test]
fn what_a_killed_run_leaves_is_named_and_is_no_fault() {
    let folder = Folder::of_the_world();
    let mut child = waiting(&folder);
    signal(&child, "KILL");
    child.wait().expect("it ends");
    let left = temporary(&folder.path("."));
    assert_eq!(left.len(), 1, "nobody can prevent that");
    // A run that writes records leaves such a file among them.
    let name = Path::new(&left[0]).file_name().expect("a name").to_string_lossy().into_owned();
    fs::rename(&left[0], folder.path(&format!("data/{name}"))).expect("a file");
    let (ran, report) = folder.check(&[]);
    assert_eq!((ran.code, found(&report)), (Some(0), vec![]), "{ran:?}");
    assert!(ran.err.contains(&format!("note: data/{name} was left by a run that was stopped")), "{ran:?}");
    folder.write("data/event/.comity-x.tmp", "");
    let (ran, report) = folder.check(&[]);
    assert_eq!((ran.code, found(&report)), (Some(1), vec![("misplaced-file", "data/event/.comity-x.tmp")]));
}

#[test]
fn a_later_export_removes_what_a_killed_one_left() {
    let folder = Folder::of_the_world();
    let left = || {
        let names = fs::read_dir(folder.path(".")).expect("a folder").map(|entry| entry.expect("an entry").file_name());
        names.filter(|name| name.to_string_lossy().starts_with(".comity-")).count()
    };
    let mut command = folder.command(&["export", "--to", "release"]);
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("it runs");
    while left() == 0 && child.try_wait().expect("a process").is_none() {
        std::thread::sleep(Duration::from_millis(1));
    }
    signal(&child, "KILL");
    child.wait().expect("it ends");
    assert_eq!(left(), 1, "nobody can prevent that");
    for (to, expected) in [("another", 1), ("release", 0)] {
        let ran = folder.run(&["export", "--to", to, "--format", "json"]);
        assert_eq!((ran.code, ran.err.as_str(), left()), (Some(0), "", expected), "{to}: {ran:?}");
    }
}

#[test]
fn a_file_that_is_being_written_is_old_or_new() {
    let folder = Folder::of_the_world();
    let line = |n: usize| {
        let (_, text) = file(&json!({ "kind": "event", "id": format!("seminar-{n}") }));
        text.replace('\n', " ") + "\n"
    };
    let old: String = (0..300).map(line).collect();
    folder.write("data/events.ndjson", &old);
    assert_eq!(folder.run(&["fmt"]).code, Some(0));
    let new = folder.read("data/events.ndjson");
    for (moment, name) in [0, 40, 80, 120, 160, 200, 240, 280].into_iter().zip(["KILL", "TERM"].into_iter().cycle()) {
        folder.write("data/events.ndjson", &old);
        let mut command = folder.command(&["fmt"]);
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("it runs");
        std::thread::sleep(Duration::from_millis(moment));
        signal(&child, name);
        child.wait().expect("it ends");
        let text = folder.read("data/events.ndjson");
        assert!(text == old || text == new, "after {moment} ms and {name}: {} bytes", text.len());
        if name == "TERM" {
            assert_eq!(temporary(&folder.path("data")), [""; 0], "after {moment} ms");
        }
        for left in temporary(&folder.path("data")) {
            fs::remove_file(left).expect("a file");
        }
    }
}

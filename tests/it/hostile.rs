//! Input that somebody made to hurt: every case stands alone among good records, and all others are still told of.
//! Nothing here is timed, for a test machine may be slow; each case takes less than a second when built for release, and
//! what made it take minutes once is why it is here.

use std::fmt::Write as _;
use std::fs;

use comity::check::{FILE_LIMIT, FINDING_LIMIT, LINE_LIMIT};
use comity_document::document::{DEPTH, MEMBERS};
use serde_json::{Value, json};

use crate::tool::{Folder, found};
use crate::world::file;

/// A clean dataset with one record that has one finding, which must be told whatever lies beside it.
fn folder() -> Folder {
    Folder::with(&json!({ "kind": "event", "id": "faulty", "type": "no-such-type" }))
}

const OTHER: (&str, &str) = ("unknown-code", "data/event/faulty.json");

/// Checks the folder: the other record's finding is there and nothing else is said of any good record; of the hostile
/// file the rule is told. Returns what was found in it.
fn told(folder: &Folder, path: &str, rule: &str) -> Vec<Value> {
    let (ran, report) = folder.check(&[]);
    assert_eq!(ran.code, Some(1), "{}", ran.err);
    assert!(!ran.err.contains("panicked"), "{}", ran.err);
    let all = found(&report);
    let (own, others): (Vec<_>, Vec<_>) = all.iter().partition(|(_, of)| *of == path);
    assert_eq!(others, [OTHER], "what is told of the others does not change");
    assert!(
        own.iter().any(|(code, _)| *code == rule),
        "{path} has no `{rule}`: {:?}",
        own.iter().take(9).collect::<Vec<_>>()
    );
    let items = report["diagnostics"].as_array().expect("a list");
    let own: Vec<Value> = items.iter().filter(|item| item["path"] == path).cloned().collect();
    let counted = own.iter().filter(|item| item["rule"] != "too-large").count();
    assert!(counted <= FINDING_LIMIT, "{counted} findings of one record");
    own
}

/// The same for a file with this content.
fn file_told(path: &str, content: impl AsRef<[u8]>, rule: &str) -> Vec<Value> {
    let folder = folder();
    folder.write(path, content);
    told(&folder, path, rule)
}

const HOSTILE: &str = "data/event/hostile.json";

/// A record that is good but for these fields.
fn event(fields: &Value) -> String {
    let mut fragment = json!({ "kind": "event", "id": "hostile" });
    fragment.as_object_mut().expect("an object").extend(fields.as_object().cloned().unwrap_or_default());
    file(&fragment).1
}

/// As many entries of an object.
fn entries(n: usize, entry: impl Fn(usize) -> (String, Value)) -> Value {
    Value::Object((0..n).map(entry).collect())
}

fn participant(n: usize) -> (String, Value) {
    (format!("actor-{n}"), json!({ "roles": ["host"] }))
}

/// A count from which more findings follow than are told one by one.
fn is_counted(findings: &[Value]) -> bool {
    findings.iter().any(|item| item["rule"] == "too-large") && findings.len() == FINDING_LIMIT + 1
}

mod text {
    use super::*;

    #[test]
    fn a_hundred_thousand_open_brackets() {
        file_told(HOSTILE, "[".repeat(100_000), "too-large");
        file_told(HOSTILE, "{\"a\":".repeat(100_000), "too-large");
    }

    #[test]
    fn a_file_of_fifty_mebibytes() {
        let findings = file_told(HOSTILE, vec![b' '; 50 << 20], "too-large");
        assert_eq!(findings.len(), 1);
        let at_the_limit = format!("{{}}{}", " ".repeat(FILE_LIMIT - 2));
        file_told(HOSTILE, &at_the_limit, "missing-field");
        file_told(HOSTILE, at_the_limit + " ", "too-large");
    }

    #[test]
    fn bytes_that_are_not_utf8() {
        file_told(HOSTILE, b"{ \"names\": { \"en\": \"caf\xe9\" } }", "not-utf8");
        file_told(HOSTILE, b"\xff\xfe{\0}\0", "not-utf8");
        file_told(HOSTILE, b"", "syntax");
        file_told(HOSTILE, b"\0\0\0\0", "syntax");
    }

    #[test]
    fn comments_without_end() {
        let findings = file_told(HOSTILE, format!("{{{}}}", "/**/".repeat(1_000_000)), "syntax");
        assert!(is_counted(&findings));
    }

    /// Each wrong mark made the parser read the rest of the line, which is the rest of the file.
    #[test]
    fn wrong_quotation_marks_on_one_line() {
        for item in ["'a'", "“a”", "«a“", "a", "1 1", "[1,]"] {
            let list = format!("[{}]", vec![item; MEMBERS / 2].join(","));
            let findings = file_told(HOSTILE, format!("[{}]", vec![list; 20].join(",")), "syntax");
            assert!(is_counted(&findings), "{item}");
        }
    }

    #[test]
    fn keys_beyond_number() {
        let object = |n: usize, key: &dyn Fn(usize) -> String| {
            let mut text = String::from("{");
            for index in 0..n {
                let _ = write!(text, "\"{}\":1,", key(index));
            }
            text + "\"last\":1}"
        };
        file_told(HOSTILE, object(400_000, &|index| format!("k{index}")), "too-large");
        file_told(HOSTILE, object(10_000, &|_| "same".to_owned()), "duplicate-key");
        // The key that is repeated stands last of all that are looked through.
        let late = |index: usize| format!("k{}", index.min(MEMBERS - 2));
        file_told(HOSTILE, object(300_000, &late), "duplicate-key");
    }

    #[test]
    fn a_line_at_the_limit_and_one_over_it() {
        let line = |id: &str, length: usize| {
            let (_, text) = file(&json!({ "kind": "event", "id": id }));
            let text = serde_json::from_str::<Value>(&text).expect("JSON").to_string();
            format!("{}{}}}", &text[..text.len() - 1], " ".repeat(length.saturating_sub(text.len())))
        };
        let path = "data/lines.ndjson";
        let lines = [line("first", LINE_LIMIT), line("second", LINE_LIMIT + 1), line("third", 0)].join("\n");
        let findings = file_told(path, lines, "too-large");
        let lines_of = |rule: &str| -> Vec<&Value> {
            findings.iter().filter(|item| item["rule"] == rule).map(|item| &item["start"]["line"]).collect()
        };
        assert_eq!(lines_of("too-large"), [&json!(2)]);
        assert_eq!(lines_of("non-canonical"), [&json!(1)], "the first is read, and the third is as it should be");
    }

    /// Longer than what is read at once: what follows in the same breath is not lost with it.
    #[test]
    fn lines_longer_than_what_is_read_at_once() {
        let path = "data/lines.ndjson";
        let long = "x".repeat(20 << 20);
        let findings = file_told(path, format!("{long}\nbad\n\n{long}\nworse\n{long}"), "too-large");
        let told: Vec<(&Value, &Value)> = findings.iter().map(|item| (&item["rule"], &item["start"]["line"])).collect();
        let (large, syntax) = (json!("too-large"), json!("syntax"));
        let expected =
            [(&large, &json!(1)), (&syntax, &json!(2)), (&large, &json!(4)), (&syntax, &json!(5)), (&large, &json!(6))];
        assert_eq!(told, expected);
        assert_eq!(findings[3]["start"]["offset"], json!((20 << 20) * 2 + 7));
    }

    #[test]
    fn a_bad_byte_in_one_line_of_many() {
        let mut text = b"bad\n".repeat(6);
        text.extend(b"caf\xe9\nbad\n");
        let findings = file_told("data/lines.ndjson", text, "not-utf8");
        let line = |item: &Value| item["start"]["line"].as_u64().expect("a line");
        let bad = findings.iter().find(|item| item["rule"] == "not-utf8").expect("the bad one");
        assert_eq!((findings.len(), line(bad)), (8, 7));
        assert!(bad["message"].as_str().is_some_and(|message| message.contains("line 7")), "not of the line: {bad}");
    }
}

mod values {
    use super::*;

    #[test]
    fn thousands_of_malformed_keys() {
        let keys = |n| {
            event(&json!({ "participants": entries(n, |n| (format!("BAD KEY {n}"), json!({ "roles": ["host"] }))) }))
        };
        assert!(is_counted(&file_told(HOSTILE, keys(9_999), "malformed-value")));
        file_told(HOSTILE, keys(20_000), "too-large");
    }

    #[test]
    fn thousands_of_unknown_fields() {
        let text = event(&entries(9_980, |n| (format!("statusx-{n}"), json!(1))));
        assert!(is_counted(&file_told(HOSTILE, text, "unknown-field")));
    }

    #[test]
    fn thousands_of_wrong_values() {
        let text = event(&json!({ "participants": entries(9_999, |n| (format!("actor-{n}"), json!(n))) }));
        assert!(is_counted(&file_told(HOSTILE, text, "wrong-type")));
        let figure = |n| (format!("figure-{n}"), json!({ "measure": "budgett", "best": 1, "unit": "EURO" }));
        assert!(is_counted(&file_told(HOSTILE, event(&json!({ "figures": entries(9_999, figure) })), "unknown-code")));
        let names = entries(9_999, |n| (format!("english-{n}"), json!("A name")));
        file_told(HOSTILE, event(&json!({ "names": names })), "unregistered-language");
    }

    #[test]
    fn a_list_that_repeats_itself() {
        let places: Vec<String> = (0..10_000).map(|n| format!("place-{}", n % 5_000)).collect();
        assert!(is_counted(&file_told(HOSTILE, event(&json!({ "places": places })), "repeated-item")));
    }

    #[test]
    fn one_finding_more_than_are_told() {
        let wrong = |n| event(&json!({ "participants": entries(n, |n| (format!("actor-{n}"), json!(n))) }));
        let at_the_limit = file_told(HOSTILE, wrong(FINDING_LIMIT), "wrong-type");
        assert!(at_the_limit.iter().all(|item| item["rule"] == "wrong-type"));
        assert_eq!(at_the_limit.len(), FINDING_LIMIT);
        let over = file_told(HOSTILE, wrong(FINDING_LIMIT + 1), "too-large");
        assert_eq!(over.len(), FINDING_LIMIT + 1);
    }

    /// The same limit where the record is right by itself and only its neighbours are missing.
    #[test]
    fn thousands_of_references_that_lead_nowhere() {
        let text = event(&json!({ "participants": entries(9_999, participant) }));
        assert!(is_counted(&file_told(HOSTILE, text, "dangling-reference")));
        let sources =
            entries(9_999, |n| (format!("source-{n}"), json!({ "stance": "reports", "supports": ["/when"] })));
        assert!(is_counted(&file_told(HOSTILE, event(&json!({ "evidence": sources })), "dangling-reference")));
    }

    #[test]
    fn deep_nesting_where_anything_may_stand() {
        let nested = |n: usize| {
            let value = format!("{}1{}", "[".repeat(n), "]".repeat(n));
            let says = json!({ "a-report": { "stance": "reports", "says": { "/names/en": "VALUE" } } });
            event(&json!({ "evidence": says })).replace("\"VALUE\"", &value)
        };
        // The record, `evidence`, the source and `says` are four brackets themselves.
        file_told(HOSTILE, nested(DEPTH - 4), "malformed-value");
        file_told(HOSTILE, nested(DEPTH - 3), "too-large");
    }

    #[test]
    fn texts_as_long_as_a_file() {
        let text = |length: usize| "x".repeat(length);
        let (long, half) = (text(FILE_LIMIT - 4_000), text(1 << 20));
        let evidence =
            |pointer: &str| json!({ "evidence": { "a-report": { "stance": "reports", "supports": [pointer] } } });
        for (fields, rule) in [
            (json!({ "type": long }), "unknown-code"),
            (json!({ "when": half }), "impossible-date"),
            (json!({ "places": [half] }), "malformed-value"),
            (json!({ "participants": half }), "wrong-type"),
            (json!({ "names": { "en": "A name", half.clone(): "x" } }), "unregistered-language"),
            (json!({ half.clone(): 1 }), "unknown-field"),
            (json!({ "names": { "en": format!("\u{200b}{long}") } }), "invisible-character"),
            (evidence(&format!("/{half}")), "dangling-pointer"),
        ] {
            file_told(HOSTILE, event(&fields), rule);
        }
    }

    /// What one part of a record says of another: thousands of each must not be multiplied.
    #[test]
    fn thousands_of_places_that_name_thousands_of_entries() {
        let participants = entries(3_000, participant);
        let with = |field: &str, value: Value| event(&json!({ "participants": participants, field: value }));
        let near: Vec<String> = (0..3_000).map(|n| format!("/participants/actar-{n}")).collect();
        let report = |supports: Value| json!({ "stance": "reports", "supports": supports });
        file_told(HOSTILE, with("evidence", json!({ "a-report": report(json!(near)) })), "dangling-pointer");

        let right: Vec<String> = (0..3_000).map(|n| format!("/participants/actor-{n}")).collect();
        let sources = entries(10, |n| (format!("source-{n}"), report(json!(right))));
        file_told(HOSTILE, with("evidence", sources), "dangling-reference");

        let says = entries(3_000, |n| (format!("/participants/actor-{n}/roles"), json!(["no-such-role"])));
        let evidence = json!({ "a-report": { "stance": "reports", "says": says } });
        file_told(HOSTILE, with("evidence", evidence), "malformed-value");

        let unknown = entries(3_000, |n| (format!("/participants/other-{n}"), json!("not-found")));
        file_told(HOSTILE, with("unknown", unknown), "dangling-reference");

        let excuse =
            |n| json!({ "rule": "dangling-reference", "at": format!("/participants/actor-{n}"), "reason": "A." });
        let allow: Vec<Value> = (0..3_000).map(excuse).collect();
        let (ran, report) = {
            let folder = folder();
            folder.write(HOSTILE, with("allow", json!(allow)));
            folder.check(&["--select", "dangling-reference", "--select", "unused-allow", "--select", "too-large"])
        };
        assert_eq!((ran.code, found(&report)), (Some(0), vec![]), "every exception is used, however many there are");
    }
}

#[cfg(unix)]
mod files {
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    use std::process::Command;

    use super::*;

    #[test]
    fn a_link_out_of_the_dataset() {
        let folder = folder();
        folder.write("secret.json", event(&json!({})));
        symlink(folder.path("secret.json"), folder.path(HOSTILE)).expect("a link");
        let findings = told(&folder, HOSTILE, "unreadable");
        assert_eq!(findings.len(), 1, "nothing of what it leads to is told");
        fs::remove_file(folder.path(HOSTILE)).expect("a link");
        symlink("/", folder.path("data/event/hostile")).expect("a link");
        told(&folder, "data/event/hostile", "unreadable");
    }

    #[test]
    fn links_in_a_circle() {
        let folder = folder();
        symlink("..", folder.path("data/event/circle")).expect("a link");
        told(&folder, "data/event/circle", "unreadable");
        fs::remove_file(folder.path("data/event/circle")).expect("a link");
        symlink("hostile.json", folder.path(HOSTILE)).expect("a link");
        told(&folder, HOSTILE, "unreadable");
        symlink("nowhere", folder.path("data/event/nowhere.json")).expect("a link");
        assert_eq!(folder.run(&["check", "data/event/nowhere.json"]).code, Some(1), "named, it is told as well");
    }

    /// Whoever opens it for reading waits for ever.
    #[test]
    fn a_pipe_with_a_name() {
        for path in [HOSTILE, "data/hostile.ndjson", "data/event/hostile"] {
            let folder = folder();
            let made = Command::new("mkfifo").arg(folder.path(path)).status().expect("mkfifo runs");
            assert!(made.success());
            told(&folder, path, "unreadable");
            let ran = folder.run(&["check", path]);
            assert_eq!(ran.code, Some(1), "{ran:?}");
        }
    }

    #[test]
    #[expect(clippy::print_stdout, reason = "a test that could not test says so")]
    fn what_may_not_be_read() {
        let folder = folder();
        folder.write(HOSTILE, event(&json!({})));
        let forbid = |path: &str| {
            fs::set_permissions(folder.path(path), fs::Permissions::from_mode(0o000)).expect("permissions");
        };
        forbid(HOSTILE);
        if fs::read(folder.path(HOSTILE)).is_ok() {
            println!("skipped: whoever runs this may read everything");
            return;
        }
        told(&folder, HOSTILE, "unreadable");
        fs::remove_file(folder.path(HOSTILE)).expect("a file");
        fs::create_dir(folder.path("data/event/2019")).expect("a folder");
        forbid("data/event/2019");
        told(&folder, "data/event/2019", "unreadable");
        fs::set_permissions(folder.path("data/event/2019"), fs::Permissions::from_mode(0o700)).expect("permissions");
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn names_that_are_not_utf8() {
        use std::ffi::OsStr;
        use std::os::unix::ffi::OsStrExt as _;
        for (below, path) in [("data/event", "data/event/caf\u{fffd}.json"), ("data", "data/caf\u{fffd}.json")] {
            let folder = folder();
            let name = OsStr::from_bytes(b"caf\xe9.json");
            fs::write(folder.path(below).join(name), event(&json!({}))).expect("a file");
            told(&folder, path, "misplaced-file");
        }
    }

    #[test]
    fn names_that_would_write_to_a_terminal() {
        let path = "data/event/\u{1b}[2J\n::error::x\u{202e}.json";
        let folder = folder();
        folder.write(path, event(&json!({})));
        told(&folder, path, "id-file-mismatch");
        for format in ["human", "concise", "json", "github"] {
            let ran = folder.run(&["check", "--format", format]);
            assert!(
                !ran.out.contains(['\u{1b}', '\u{202e}']) && !ran.out.contains("\n::error::x"),
                "{format}: {ran:?}"
            );
            assert!(!ran.err.contains('\u{1b}'), "{format}: {ran:?}");
        }
    }
}

/// A pull request could add these to hide records from the check.
#[test]
fn files_that_hide_others_hide_nothing() {
    for (path, rule) in [
        ("data/.ignore", "misplaced-file"),
        ("data/.gitignore", "misplaced-file"),
        ("data/event/.ignore", "misplaced-file"),
        ("data/event/.json", "misplaced-file"),
        ("data/event/faulty.json.bak", "misplaced-file"),
        ("data/event/.hidden.json", "id-file-mismatch"),
    ] {
        file_told(path, "*\n", if path.ends_with("hidden.json") { "syntax" } else { rule });
        file_told(path, event(&json!({})), rule);
    }
    let folder = folder();
    folder.write("data/.hidden/event/x.json", event(&json!({})));
    told(&folder, "data/.hidden", "misplaced-file");
}

/// The first folder below the root says the kind, however the next one is called.
#[test]
fn a_folder_called_as_another_kind_is_no_other_kind() {
    let path = "data/event/source/hostile.json";
    let (_, source) = file(&json!({ "kind": "source", "id": "hostile" }));
    let findings = file_told(path, source, "id-file-mismatch");
    assert!(findings.iter().all(|item| item["record"] == "event:hostile"), "{findings:?}");
    let deeper = "data/event/2019/source/hostile.json";
    let folder = folder();
    folder.write(deeper, event(&json!({})));
    told(&folder, "data/event/2019/source", "misplaced-file");
}

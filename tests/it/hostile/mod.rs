//! Hostile input: each case is alone among good records, whose findings are still reported. Nothing here is timed, for
//! a test machine may be slow; each case takes less than a second when built for release, and what made it take minutes
//! once is why it is here.

#[cfg(unix)]
mod files;
#[cfg(unix)]
mod folder;
#[cfg(unix)]
mod folders;
mod limits;
#[cfg(unix)]
mod links;
#[cfg(unix)]
pub(crate) mod stopped;
mod text;
mod values;

use comity::lint::FINDING_LIMIT;
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

/// Like [`told`], for a file with a content.
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

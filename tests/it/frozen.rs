//! A frozen part of the shipped records, read once, and the whole checker over it with one file edited.
//!
//! The records in `frozen/` never change with the data, so that no record a contributor adds or corrects can fail a test
//! of the checker. They are what the seeds of `seeds.rs` and the pages of `readme.rs` need, with everything they refer to.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use comity::check::{self, Read};
use comity::dataset::{About, Dataset, Entry, File};
use comity::finding::{EntryId, Finding};
use comity::policy::{Policy, judge};
use comity::report::{self, Report};
use comity::rules::{self, RULES, Trouble};
use comity::value::Day;
use comity_document::input::Input;
use serde_json::Value;

use crate::world::{Files, canonical};

/// The day that counts as today: later than all dates in the frozen records.
const TODAY: (i32, u32, u32) = (2026, 12, 1);

/// What a file is to be for one run.
#[derive(Debug)]
pub(crate) enum Content {
    /// This text.
    Text(String),
    /// Nothing that can be looked at.
    Trouble(Trouble),
}

/// Files that are not as they are frozen, by their path below the dataset's root; `None` for one that is gone.
pub(crate) type Edits = BTreeMap<String, Option<Content>>;

/// What is asked beside the rules that always run.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Asked<'a> {
    /// Audit rules to run.
    pub(crate) audit: &'a [&'a str],
    /// Whether to tell what is only possibly so.
    pub(crate) possible: bool,
    /// Whether the frozen records are the earlier state.
    pub(crate) history: bool,
}

struct Frozen {
    about: About,
    texts: Files,
    reads: BTreeMap<String, (Entry, Vec<Finding>)>,
}

static FROZEN: LazyLock<Frozen> = LazyLock::new(|| {
    let texts: Files = include_str!("frozen/records.ndjson").lines().map(file).collect();
    let read = |(path, text): (&String, &String)| {
        let Read { entry, findings, .. } = check::read(&shown(path), &Input::file(0, text));
        (path.clone(), (entry, findings))
    };
    let reads = texts.iter().map(read).collect();
    Frozen { about: serde_json::from_str(ABOUT).expect("what `dataset.json` may say"), texts, reads }
});

const ABOUT: &str = include_str!("frozen/dataset.json");

/// One line as a file of its own, in canonical form.
fn file(line: &str) -> (String, String) {
    let record: Value = serde_json::from_str(line).expect("a record");
    let of = |field: &str| record[field].as_str().expect("a record names its kind and its id");
    let path = format!("{}/{}.json", of("kind"), of("id"));
    let text = canonical(&path, line);
    (path, text)
}

/// Writes the frozen dataset to `data` below a folder. Returns where it lies.
pub(crate) fn write_to(folder: &Path) -> PathBuf {
    let data = folder.join("data");
    fs::create_dir_all(&data).expect("a folder");
    fs::write(data.join("dataset.json"), ABOUT).expect("a file");
    for (path, text) in &FROZEN.texts {
        let path = data.join(path);
        fs::create_dir_all(path.parent().expect("the folder of a kind")).expect("a folder");
        fs::write(path, text).expect("a file");
    }
    data
}

/// The frozen files by their path below the dataset's root.
pub(crate) fn texts() -> &'static Files {
    &FROZEN.texts
}

fn shown(path: &str) -> File {
    File::new(&format!("data/{path}"), path)
}

/// A frozen file's text.
pub(crate) fn text(path: &str) -> &'static str {
    FROZEN.texts.get(path).unwrap_or_else(|| panic!("{path} is not in tests/it/frozen/records.ndjson: add it there"))
}

/// What the checker says of the frozen records with these edits.
pub(crate) fn check(edits: &Edits, asked: Asked<'_>) -> Report {
    let Loaded { dataset, mut findings, texts } = load(edits);
    let others = RULES.iter().filter(|(rule, _)| rule.audit && !asked.audit.contains(&rule.code));
    let policy = Policy {
        audit: true,
        ignore: others.map(|(rule, _)| rule.code.to_owned()).collect(),
        possible: asked.possible,
        history: asked.history,
        ..Policy::of(&dataset)
    };
    let scope = policy.scope();
    findings.extend(dataset.entries().iter().flat_map(|entry| rules::over_record(entry, &dataset, scope)));
    findings.extend(rules::over_dataset(&dataset, scope));
    if asked.history {
        findings.extend(rules::over_history(&load(&Edits::new()).dataset, &dataset, scope));
    }
    let text = |entry: &Entry| texts.get(entry.origin.file as usize).map(|text| (*text).to_owned());
    report::locate(judge(findings, &dataset, &policy), &dataset, &policy, &|_| true, &text)
}

struct Loaded<'a> {
    dataset: Dataset,
    findings: Vec<Finding>,
    texts: Vec<&'a str>,
}

/// Every file in the order of their paths; those that are not edited are not read again.
fn load(edits: &Edits) -> Loaded<'_> {
    let frozen = &*FROZEN;
    let gone = |path: &&String| edits.get(*path).is_none();
    let mut paths: Vec<&String> = frozen.texts.keys().filter(gone).collect();
    paths.extend(edits.iter().filter(|(_, content)| content.is_some()).map(|(path, _)| path));
    paths.sort();
    let (mut files, mut entries, mut findings, mut texts) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for (index, path) in paths.into_iter().enumerate() {
        let number = u32::try_from(index).expect("few files");
        let file = shown(path);
        let (mut read, text) = match edits.get(path).and_then(Option::as_ref) {
            Some(Content::Text(text)) => (check::read(&file, &Input::file(number, text)), text.as_str()),
            Some(Content::Trouble(trouble)) => (check::refuse(&file, Input::file(number, "").origin, trouble), ""),
            None => {
                let (entry, findings) = frozen.reads[path].clone();
                (Read { entry, findings, more: 0 }, frozen.texts[path].as_str())
            }
        };
        read.entry.origin.file = number;
        let read = read.number(EntryId(number));
        entries.push(read.entry);
        findings.extend(read.findings);
        files.push(file);
        texts.push(text);
    }
    let (year, month, day) = TODAY;
    let today = Day::new(year, month, day).expect("a day");
    Loaded { dataset: Dataset::new(today, frozen.about.clone(), files, entries), findings, texts }
}

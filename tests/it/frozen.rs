//! A frozen part of the shipped records, read once, and the whole checker over it with one file edited.
//!
//! The records in `frozen/` never change with the data, so that no record a contributor adds or corrects can fail a
//! test of the checker. They are what the seeds of `seeds.rs` and the pages of `readme.rs` need, with everything they
//! refer to.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use comity::check::{self, Read};
use comity::dataset::{Dataset, Entry, EntryId, File, Manifest};
use comity::lint::Finding;
use comity::policy::Policy;
use comity::report::Report;
use comity::rules::{InputError, RULES};
use comity::value::Day;
use comity_document::input::Input;
use serde_json::Value;

use crate::world::{Files, canonical};

/// The day that counts as today: later than all dates in the frozen records.
const TODAY: (i32, u32, u32) = (2026, 12, 1);

/// The content of a file for one run.
#[derive(Debug)]
pub(crate) enum Content {
    /// This text.
    Text(String),
    /// A file that cannot be read.
    InputError(InputError),
}

/// Files that differ from the frozen ones, by their path below the root of the dataset; `None` for a removed file.
pub(crate) type Edits = BTreeMap<String, Option<Content>>;

/// Requests besides the rules that always run.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Asked<'a> {
    /// Audit rules to run.
    pub(crate) audit: &'a [&'a str],
    /// Whether to report what is only possibly wrong.
    pub(crate) possible: bool,
    /// Whether the frozen records are the earlier state.
    pub(crate) history: bool,
}

struct Frozen {
    about: Manifest,
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

/// The report on the frozen records with some edits.
pub(crate) fn check(edits: &Edits, asked: Asked<'_>) -> Report {
    let dataset = load(edits);
    let others = RULES.iter().filter(|(rule, _)| rule.audit && !asked.audit.contains(&rule.code));
    let mut policy = Policy::of(&dataset);
    policy.audit = true;
    policy.ignore = others.map(|(rule, _)| rule.code.to_owned()).collect();
    policy.possible = asked.possible;
    let base = asked.history.then(|| load(&Edits::new()));
    comity::check(&dataset, base.as_ref(), &policy)
}

/// All files in the order of their paths. Files without edits are not read again.
fn load(edits: &Edits) -> Dataset {
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
            Some(Content::InputError(trouble)) => (check::refuse(&file, Input::file(number, "").origin, trouble), ""),
            None => {
                let (entry, findings) = frozen.reads[path].clone();
                (Read { entry, findings, alone: Vec::new(), more: 0 }, frozen.texts[path].as_str())
            }
        };
        read.entry.origin.file = number;
        let read = read.number(EntryId(number));
        entries.push(read.entry);
        findings.extend(read.findings);
        files.push(file);
        texts.push(text.to_owned());
    }
    let (year, month, day) = TODAY;
    let today = Day::new(year, month, day).expect("a day");
    let dataset = Dataset::new(today, frozen.about.clone(), files, entries).with_findings(findings);
    dataset.with_texts(move |entry| texts.get(entry.origin.file as usize).cloned())
}

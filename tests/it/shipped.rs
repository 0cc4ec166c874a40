//! The shipped data, read once, and the whole checker over it with one file edited.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use comity::check::{self, Read};
use comity::dataset::{About, Dataset, Entry, File};
use comity::finding::{EntryId, Finding};
use comity::policy::{Policy, judge};
use comity::report::{self, Report};
use comity::rules::{self, RULES, Trouble};
use comity::value::Day;
use comity_document::input::Input;

/// The day that counts as today: later than all that is on record.
const TODAY: (i32, u32, u32) = (2026, 12, 1);

/// What a file is to be for one run.
#[derive(Debug)]
pub(crate) enum Content {
    /// This text.
    Text(String),
    /// Nothing that can be looked at.
    Trouble(Trouble),
}

/// Files that are not as they are shipped, by their path below the dataset's root; `None` for one that is gone.
pub(crate) type Edits = BTreeMap<String, Option<Content>>;

/// What is asked beside the rules that always run.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Asked<'a> {
    /// Audit rules to run.
    pub(crate) audit: &'a [&'a str],
    /// Whether to tell what is only possibly so.
    pub(crate) possible: bool,
    /// Whether the shipped data is what was there before.
    pub(crate) history: bool,
}

struct Shipped {
    about: About,
    texts: BTreeMap<String, String>,
    reads: BTreeMap<String, (Entry, Vec<Finding>)>,
}

static SHIPPED: LazyLock<Shipped> = LazyLock::new(|| {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
    let about = fs::read_to_string(root.join("dataset.json")).expect("dataset.json");
    let mut texts = BTreeMap::new();
    for kind in comity::kind::Kind::ALL {
        for entry in fs::read_dir(root.join(kind.name())).expect("a folder of each kind") {
            let path = entry.expect("an entry").path();
            let below = path.strip_prefix(&root).expect("below the root").to_string_lossy().replace('\\', "/");
            texts.insert(below, fs::read_to_string(&path).expect("a record"));
        }
    }
    let read = |(path, text): (&String, &String)| {
        let Read { entry, findings, .. } = check::read(&shown(path), &Input::file(0, text));
        (path.clone(), (entry, findings))
    };
    let reads = texts.iter().map(read).collect();
    Shipped { about: serde_json::from_str(&about).expect("what it describes"), texts, reads }
});

fn shown(path: &str) -> File {
    File::new(&format!("data/{path}"), path)
}

/// A shipped file's text.
pub(crate) fn text(path: &str) -> &'static str {
    SHIPPED.texts.get(path).unwrap_or_else(|| panic!("no file {path} is shipped"))
}

/// What the checker says of the shipped data with these edits.
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

/// Every file in the order of their paths; those that are as shipped are not read again.
fn load(edits: &Edits) -> Loaded<'_> {
    let shipped = &*SHIPPED;
    let gone = |path: &&String| edits.get(*path).is_none();
    let mut paths: Vec<&String> = shipped.texts.keys().filter(gone).collect();
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
                let (entry, findings) = shipped.reads[path].clone();
                (Read { entry, findings, more: 0 }, shipped.texts[path].as_str())
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
    Loaded { dataset: Dataset::new(today, shipped.about.clone(), files, entries), findings, texts }
}

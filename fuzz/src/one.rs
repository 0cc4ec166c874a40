//! A dataset of one record: the stages behind reading, as the command line runs them.

use comity::check::{self, Read};
use comity::dataset::{Dataset, EntryId, FILE_LIMIT, File, Manifest};
use comity::kind::Kind;
use comity::lint::Finding;
use comity::policy::Policy;
use comity::report::Report;
use comity::rules::InputError;
use comity::value::Day;
use comity_document::input::{Input, Origin};

/// A file by two bytes: the first chooses its kind, the second whether it holds one record or one a line.
pub(crate) fn file(kind: u8, layout: u8) -> (Kind, File) {
    let kind = Kind::ALL[usize::from(kind) % Kind::ALL.len()];
    let path = if layout.is_multiple_of(2) { format!("{kind}/abc.json") } else { "records.ndjson".to_owned() };
    (kind, File::new(&format!("data/{path}"), &path))
}

/// Bytes as the record of a file, and their text where they have one.
pub(crate) fn read<'t>(file: &File, bytes: &'t [u8]) -> (Read, &'t str) {
    match InputError::check(bytes, FILE_LIMIT) {
        Ok(text) => (check::read(file, &Input::file(0, text)), text),
        Err(trouble) => (check::refuse(file, origin(), &trouble), ""),
    }
}

fn origin() -> Origin {
    Input::file(0, "").origin
}

/// What is found in a record that is a dataset by itself, and in it whatever else is said to be found.
pub(crate) fn report(read: Read, file: File, text: &str, also: impl FnOnce() -> Vec<Finding>) -> Report {
    let read = read.number(EntryId(0));
    let mut findings = read.findings;
    findings.extend(also());
    let today = Day::new(2026, 1, 1).expect("a day");
    let text = text.to_owned();
    let dataset = Dataset::new(today, Manifest::default(), vec![file], vec![read.entry])
        .with_findings(findings)
        .with_texts(move |_| Some(text.clone()));
    let mut policy = Policy::of(&dataset);
    policy.audit = true;
    comity::check(&dataset, None, &policy)
}

//! The check of what was put together: on the dataset as it would be.

use std::collections::HashSet;

use comity_document::input::Input;

use super::{ComposedFile, Composition};
use crate::check::{check, read};
use crate::dataset::{Dataset, Entry, EntryId, File};
use crate::policy::Policy;
use crate::record::Target;
use crate::report::Report;

impl Composition<'_> {
    /// Checks the files in their dataset, with every rule that the dataset lets run. The report covers these files only.
    /// `folder` is the path of the dataset's folder for the user.
    pub fn check(&self, files: &[ComposedFile], folder: &str) -> Report {
        let proposed = proposed(self.dataset(), files, folder);
        check(&proposed, None, &Policy::of(&proposed))
    }
}

/// The dataset with the files in it.
fn proposed(dataset: &Dataset, composed: &[ComposedFile], folder: &str) -> Dataset {
    let replaced: HashSet<usize> = composed
        .iter()
        .filter_map(|file| dataset.find(Target::from(&file.key)))
        .map(|entry| entry.id.index())
        .collect();
    let kept = dataset.entries().iter().filter(|entry| !replaced.contains(&entry.id.index())).cloned();
    let mut entries: Vec<Entry> = kept.zip(0..).map(|(entry, index)| Entry { id: EntryId(index), ..entry }).collect();
    let mut files: Vec<File> = dataset.files.iter().map(|file| File { reported: false, ..file.clone() }).collect();
    let (mut findings, mut texts) = (Vec::new(), Vec::new());
    for file in composed {
        let shown = if folder.is_empty() { file.path.clone() } else { format!("{folder}/{}", file.path) };
        let (number, index) = (index(files.len()), index(entries.len()));
        files.push(File::new(&shown, &file.path));
        let read = read(&files[number as usize], &Input::file(number, &file.text)).number(EntryId(index));
        texts.push((number, file.text.clone()));
        entries.push(read.entry);
        findings.extend(read.findings);
    }
    let text = move |entry: &Entry| {
        texts.iter().find(|(number, _)| *number == entry.origin.file).map(|(_, text)| text.clone())
    };
    Dataset::new(dataset.as_of, dataset.manifest.clone(), files, entries).with_findings(findings).with_texts(text)
}

fn index(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

//! A dataset from texts in memory.

use comity_document::input::{Input, Origin};

use super::{Detail, Retention, read_and, refuse};
use crate::dataset::{Dataset, Entry, EntryId, File, Manifest};
use crate::rules::InputError;
use crate::value::Day;

impl Dataset {
    /// Builds a dataset from texts. `as_of` is the day that counts as today.
    pub fn builder(as_of: Day) -> DatasetBuilder<'static> {
        let manifest = Manifest::default();
        DatasetBuilder { as_of, manifest, folder: String::new(), retention: Retention::Whole, files: Vec::new() }
    }
}

/// Builds a dataset from texts, in the order in which they are added.
#[derive(Debug)]
pub struct DatasetBuilder<'a> {
    as_of: Day,
    manifest: Manifest,
    folder: String,
    retention: Retention<'a>,
    files: Vec<(String, Result<String, InputError>)>,
}

impl<'a> DatasetBuilder<'a> {
    /// Sets the content of `dataset.json`.
    #[must_use]
    pub fn manifest(self, manifest: Manifest) -> Self {
        Self { manifest, ..self }
    }

    /// Sets the folder of the dataset, such as `data`; reports then show `data/event/a-visit.json`.
    #[must_use]
    pub fn folder(self, folder: &str) -> Self {
        Self { folder: folder.to_owned(), ..self }
    }

    /// Sets what is kept of records once the rules over one record have seen them.
    #[must_use]
    pub fn retention<'b>(self, retention: Retention<'b>) -> DatasetBuilder<'b>
    where
        'a: 'b,
    {
        DatasetBuilder { retention, ..self }
    }

    /// Adds a file by its path below the folder of the dataset: `event/a-visit.json` has one record, `records.ndjson`
    /// one record a line.
    #[must_use]
    pub fn file(mut self, path: &str, text: impl Into<String>) -> Self {
        self.files.push((path.to_owned(), Ok(text.into())));
        self
    }

    /// Adds a file that cannot be read.
    #[must_use]
    pub fn unreadable(mut self, path: &str, error: InputError) -> Self {
        self.files.push((path.to_owned(), Err(error)));
        self
    }

    /// Reads every text. A fault in a text is a finding of the dataset, never an error.
    #[must_use]
    pub fn build(self) -> Dataset {
        let (mut files, mut reads, mut texts) = (Vec::new(), Vec::new(), Vec::new());
        for (index, (path, text)) in (0..).zip(&self.files) {
            let shown = if self.folder.is_empty() { path.clone() } else { format!("{}/{path}", self.folder) };
            let file = File::new(&shown, path);
            match text {
                Ok(text) => inputs(&file, index, text).for_each(|input| {
                    texts.push((input.origin, input.text.to_owned()));
                    reads.push(read_and(Detail::Everything, self.retention, &file, &input));
                }),
                Err(error) => reads.push(refuse(&file, Input::file(index, "").origin, error)),
            }
            files.push(file);
        }
        let (mut entries, mut findings, mut alone) = (Vec::with_capacity(reads.len()), Vec::new(), Vec::new());
        for (index, read) in (0..).zip(reads) {
            let read = read.number(EntryId(index));
            entries.push(read.entry);
            findings.extend(read.findings);
            alone.extend(read.alone);
        }
        let place = |origin: &Origin| (origin.file, origin.line);
        let dataset = Dataset::new(self.as_of, self.manifest, files, entries).with_findings(findings).with_alone(alone);
        dataset.with_texts(move |entry: &Entry| {
            let found = texts.binary_search_by_key(&place(&entry.origin), |(origin, _)| place(origin)).ok()?;
            Some(texts[found].1.clone())
        })
    }
}

/// The records of a file: the whole text, or its lines that are not blank.
fn inputs<'t>(file: &File, index: u32, text: &'t str) -> Box<dyn Iterator<Item = Input<'t>> + 't> {
    if !file.is_lines() {
        return Box::new(std::iter::once(Input::file(index, text)));
    }
    let lines = (1..).zip(text.split_inclusive('\n')).scan(0, move |offset, (number, line)| {
        let start = *offset;
        *offset += line.len() as u64;
        Some(Input::part(index, number, start, line.trim_end()))
    });
    Box::new(lines.filter(|input| !input.text.is_empty()))
}

//! A dataset from texts in memory.

use comity_document::input::{Input, Origin};

use super::{Detail, FileInput, ReadList, Retention, read_each};
use crate::dataset::{Dataset, Entry, File, Manifest};
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
        let shown =
            |path: &str| if self.folder.is_empty() { path.to_owned() } else { format!("{}/{path}", self.folder) };
        let files: Vec<File> = self.files.iter().map(|(path, _)| File::new(&shown(path), path)).collect();
        let inputs: Vec<FileInput<'_>> = (0..)
            .zip(&files)
            .zip(&self.files)
            .flat_map(|((index, file), (_, text))| inputs_of(file, index, text))
            .collect();
        let texts = inputs.iter().filter_map(FileInput::input).map(|input| (input.origin, input.text.to_owned()));
        let texts: Vec<(Origin, String)> = texts.collect();
        let reads: ReadList = read_each(Detail::Everything, self.retention, &inputs).into_iter().collect();
        let place = |origin: &Origin| (origin.file, origin.line);
        reads.into_dataset(self.as_of, self.manifest, files).with_texts(move |entry: &Entry| {
            let found = texts.binary_search_by_key(&place(&entry.origin), |(origin, _)| place(origin)).ok()?;
            Some(texts[found].1.clone())
        })
    }
}

/// The records of a file: the whole text, or its lines that are not blank.
fn inputs_of<'t>(
    file: &'t File,
    index: u32,
    text: &'t Result<String, InputError>,
) -> Box<dyn Iterator<Item = FileInput<'t>> + 't> {
    let text = match text {
        Ok(text) if file.is_lines() => text,
        Ok(text) => return Box::new(std::iter::once(FileInput::new(file, Input::file(index, text)))),
        Err(error) => {
            let refused = FileInput::refused(file, Input::file(index, "").origin, error.clone());
            return Box::new(std::iter::once(refused));
        }
    };
    let lines = (1..).zip(text.split_inclusive('\n')).scan(0, move |offset, (number, line)| {
        let start = *offset;
        *offset += line.len() as u64;
        Some(Input::part(index, number, start, line.trim_end()))
    });
    Box::new(lines.filter(|input| !input.text.is_empty()).map(|input| FileInput::new(file, input)))
}

//! The texts of entries, read again when a finding is to be shown: a dataset keeps no text.

use std::fs::File;
use std::io::{Read as _, Seek, SeekFrom};
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use comity::dataset::Entry;
use comity_document::input::Origin;

use super::Overlay;
use crate::folder::open::Trusted;

/// Where the texts of a dataset's entries are.
pub(super) struct Texts {
    /// The files, by their index in the dataset. Standard input comes after the last file.
    pub(super) paths: Arc<[PathBuf]>,
    pub(super) stdin: String,
    pub(super) overlay: Overlay,
    pub(super) trusted: Trusted,
    pub(super) open: OpenFiles,
}

/// Files of lines that stay open, by their index: a check may ask for a hundred thousand lines of one.
#[derive(Default)]
pub(super) struct OpenFiles(Mutex<Vec<(u32, File)>>);

impl OpenFiles {
    /// How many stay open. Each thread that reads has one.
    const MOST: usize = 16;

    fn take(&self, number: u32) -> Option<File> {
        let mut open = self.0.lock().ok()?;
        let index = open.iter().position(|(other, _)| *other == number)?;
        Some(open.swap_remove(index).1)
    }

    fn put_back(&self, number: u32, file: File) {
        if let Ok(mut open) = self.0.lock() {
            open.truncate(Self::MOST - 1);
            open.push((number, file));
        }
    }
}

impl Texts {
    /// The text of an entry, which may have changed since the entry was read.
    pub(super) fn read(&self, entry: &Entry) -> Option<String> {
        let Origin { offset, len, .. } = entry.origin;
        if len == 0 {
            // What could not be read is not opened: opening would wait for a named pipe, or follow a link.
            return Some(String::new());
        }
        let Some(path) = self.paths.get(entry.origin.file as usize) else {
            return part(&self.stdin, offset, len);
        };
        if let Some(text) = self.overlay.get(path) {
            return part(text, offset, len);
        }
        let mut text = vec![0; len as usize];
        let number = entry.origin.file;
        let mut file = match self.open.take(number) {
            Some(file) => file,
            None => self.trusted.file(path).ok()?.0,
        };
        file.seek(SeekFrom::Start(offset)).ok()?;
        file.read_exact(&mut text).ok()?;
        if offset > 0 {
            self.open.put_back(number, file);
        }
        String::from_utf8(text).ok()
    }
}

fn part(text: &str, offset: u64, len: u32) -> Option<String> {
    let start = usize::try_from(offset).ok()?;
    text.get(start..start + len as usize).map(str::to_owned)
}

//! The files of a dataset that git lists: those of a revision, and those of the index.

use comity::rules::InputError;

use super::placement::{self, MARKER};
use crate::folder::refusal;

/// The dataset's folder as git lists it. Paths are below that folder.
#[derive(Debug, Default)]
pub(super) struct Tree {
    /// Files of records, each with the object name of its content.
    pub(super) blobs: Vec<(String, String)>,
    /// Files that are no records, each with the reason.
    pub(super) refused: Vec<(String, InputError)>,
    /// `dataset.json`.
    pub(super) manifest: Option<TreeManifest>,
}

/// `dataset.json` as git lists it.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum TreeManifest {
    /// A file, by the object name of its content.
    File(String),
    /// A link, or a repository within the repository, which is not followed.
    Other,
}

impl Tree {
    /// Adds a file by its mode, the object name of its content, and its path below the dataset's folder.
    pub(super) fn add(&mut self, mode: &str, id: &str, below: &str) {
        match placement::by_path(below) {
            Some(Err(refused)) => self.refused.push(refused),
            Some(Ok(())) if mode.starts_with("120") => self.refused.push((below.to_owned(), refusal::link())),
            Some(Ok(())) if mode.starts_with("100") => self.blobs.push((below.to_owned(), id.to_owned())),
            None if below == MARKER && mode.starts_with("100") => {
                self.manifest = Some(TreeManifest::File(id.to_owned()));
            }
            None if below == MARKER => self.manifest = Some(TreeManifest::Other),
            _ => {}
        }
    }
}

//! Why something that is there is not read.

use std::ffi::OsStr;
use std::io;
use std::path::Path;

use comity::rules::InputError;

use crate::folder::EntryType;

/// An error of the system, in words that are the same on every machine.
pub(crate) fn denied(error: &io::Error) -> InputError {
    InputError::Unreadable(format!("it cannot be read: {}", error.kind()), "see to it that it exists and may be read")
}

/// Why something is not read that is no regular file; `None` for a regular file.
pub(crate) fn irregular(found: EntryType) -> Option<InputError> {
    match found {
        EntryType::File => None,
        EntryType::Link => Some(link()),
        _ => Some(InputError::Unreadable("this is no regular file".to_owned(), "remove it; records are plain files")),
    }
}

/// The refusal of a link.
pub(crate) fn link() -> InputError {
    InputError::Unreadable("this is a link, and links are not followed".to_owned(), "put the file itself here")
}

/// The refusal of a path with a link before its last component.
pub(super) fn linked_folder(folder: &Path) -> InputError {
    let shown: Vec<_> = folder.iter().map(OsStr::to_string_lossy).collect();
    let what = format!("the folder `{}` is a link, and links are not followed", shown.join("/"));
    InputError::Unreadable(what, "put the folder itself there")
}

/// The refusal of a file in place of a folder.
pub(super) fn no_folder() -> InputError {
    InputError::Unreadable("this is not a folder".to_owned(), "name a folder")
}

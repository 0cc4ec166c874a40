//! What the place of a file below the dataset's root says: whether the file holds records, is allowed beside them, or is
//! misplaced. Only the path is used, so that the answer is the same for files and for an earlier revision.

use std::path::Path;

use comity::kind::Kind;
use comity::rules::InputError;

use crate::write::temporary::is_left_over;

/// The file that marks the root of a dataset.
pub(crate) const MARKER: &str = "dataset.json";

/// Names of files that are allowed beside the records.
pub(super) const BESIDE: [&str; 3] = ["README.md", "CHANGELOG.md", ".gitkeep"];

pub(super) const NO_KIND: InputError =
    InputError::Misplaced("this folder has the name of no kind, so nothing in it is read");
pub(super) const TOO_DEEP: InputError =
    InputError::Misplaced("records lie at most one folder below the folder of their kind");
pub(super) const LEFT_OVER: InputError = InputError::Misplaced(
    "this file has the name of a temporary file, which is not read, and which no commit should hold",
);
pub(super) const NOT_UTF8: InputError = InputError::Misplaced("the name of this file is not UTF-8");
pub(super) const LOOSE: InputError = InputError::Misplaced("this file lies in no folder of a kind");
pub(super) const NO_RECORD: InputError = InputError::Misplaced("this file is neither `.json` nor `.ndjson`");
const NESTED: InputError =
    InputError::Misplaced("`dataset.json` marks the top folder of a dataset, and this is no top folder");

/// What the walk over a dataset would make of a file, by its path below the root: `Ok` for a file of records, the misplaced
/// file or folder and why it is misplaced, or `None` for a file that is allowed beside the records.
pub(crate) fn by_path(below: &str) -> Option<Result<(), (String, InputError)>> {
    let parts: Vec<&str> = below.split('/').collect();
    let (name, folders) = parts.split_last()?;
    let refuse = |depth: usize, error| Some(Err((parts[..depth].join("/"), error)));
    match folders {
        [first, ..] if Kind::parse(first).is_none() => return refuse(1, NO_KIND),
        [_, _, _, ..] => return refuse(3, TOO_DEEP),
        [] if *name == MARKER => return None,
        _ if BESIDE.contains(name) => return None,
        _ if is_left_over(name) => return refuse(parts.len(), LEFT_OVER),
        _ => {}
    }
    match by_name(name, !folders.is_empty()) {
        Ok(()) => Some(Ok(())),
        Err(error) => refuse(parts.len(), error),
    }
}

/// Whether a file with this name holds records.
pub(super) fn by_name(name: &str, below_a_kind: bool) -> Result<(), InputError> {
    match name.rsplit_once('.') {
        _ if name == MARKER => Err(NESTED),
        Some((stem, "json")) if below_a_kind && !stem.is_empty() => Ok(()),
        Some((stem, "ndjson")) if !stem.is_empty() => Ok(()),
        Some((_, "json")) => Err(LOOSE),
        _ => Err(NO_RECORD),
    }
}

/// Whether a path is that of a file of the dataset that holds no records and is allowed.
pub(super) fn is_beside(root: &Path, path: &Path) -> bool {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    path == root.join(MARKER) || path.starts_with(root) && BESIDE.contains(&name)
}

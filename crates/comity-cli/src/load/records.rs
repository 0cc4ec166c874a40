//! Which files may be rewritten: records of a dataset, and nothing else.

use std::path::Path;

use anyhow::bail;
use comity::rules::InputError;

use super::Roots;
use super::placement::{self, MARKER};
use crate::folder::EntryType;
use crate::folder::open::explained;
use crate::folder::path::shown;

/// Refuses a run that rewrites files, unless there is a dataset and every named file is a record of the dataset, or is allowed
/// beside the records and stays as it is. Files that are not named come from the walk, which knows what a record is.
///
/// # Errors
/// Names the file that is no record, and says why and which files are records.
pub(crate) fn only(roots: &Roots) -> anyhow::Result<()> {
    let here = roots.trusted.absolute(Path::new(""));
    let name = |path: &Path| match shown(path, &here) {
        name if name.is_empty() => ".".to_owned(),
        name => name,
    };
    let Some(root) = roots.root() else {
        let named = roots.named().first().map_or_else(|| ".".to_owned(), |path| name(path));
        bail!("`{named}` lies in no dataset, and only records of a dataset are written; {HELP}");
    };
    if roots.trusted.entry_type(&root.join(MARKER)).is_ok_and(|found| found.is_none()) {
        bail!("`{}` has no `dataset.json`, and only records of a dataset are written; {HELP}", name(root));
    }
    for path in roots.named() {
        let found = roots.trusted.entry_type(path).map_err(|error| explained(&error).context(name(path)))?;
        let why = match path.strip_prefix(root) {
            _ if found == Some(EntryType::Folder) => continue,
            Err(_) => "the file lies outside the dataset".to_owned(),
            Ok(below) => {
                let below: Vec<_> = below.iter().map(|part| part.to_string_lossy()).collect();
                match placement::by_path(&below.join("/")) {
                    None | Some(Ok(())) => continue,
                    Some(Err((_, InputError::Misplaced(why)))) => why.to_owned(),
                    Some(Err((_, error))) => explained(&error).to_string(),
                }
            }
        };
        bail!("`{}` is not a record, and only records are written: {why}; {HELP}", name(path));
    }
    Ok(())
}

const HELP: &str = "name a `.json` or `.ndjson` file in the folder of a kind, such as `data/event/rabat-seminar-2019.json`, where `data` holds the `dataset.json`";

//! Which files may be written: records of a dataset, and nothing else.

use std::path::Path;

use anyhow::bail;

use super::Roots;
use super::files;
use super::folder::EntryType;
use super::open::explained;
use super::roots::{plain, shown};
use crate::render::visible;
use crate::rules::Trouble;

/// Refuses a run that is to write, unless there is a dataset and every file that was named is a record of the dataset, or
/// stands beside the records and is left alone. What was not named is found by the walk, which knows what a record is.
///
/// # Errors
/// Which file is no record, why, and what would be.
pub(super) fn only(roots: &Roots) -> anyhow::Result<()> {
    let here = roots.trusted.absolute(Path::new(""));
    let name = |path: &Path| match shown(path, &here) {
        name if name.is_empty() => ".".to_owned(),
        name => visible(&name),
    };
    let Some(root) = roots.root() else {
        let named = roots.named().first().map_or_else(|| ".".to_owned(), |path| name(path));
        bail!("`{named}` lies in no dataset, and only records of a dataset are written; {HELP}");
    };
    let about = root.join("dataset.json");
    if roots.trusted.entry_type(&about).is_ok_and(|found| found.is_none()) {
        bail!("`{}` has no `dataset.json`, and only records of a dataset are written; {HELP}", name(root));
    }
    for path in roots.named() {
        let path = plain(path);
        let found = roots.trusted.entry_type(&path).map_err(|trouble| explained(&trouble).context(name(&path)))?;
        let why = match path.strip_prefix(root) {
            _ if found == Some(EntryType::Folder) => continue,
            Err(_) => "the file lies outside the dataset".to_owned(),
            Ok(below) => {
                let below: Vec<_> = below.iter().map(|part| part.to_string_lossy()).collect();
                match files::by_path(&below.join("/")) {
                    None | Some(Ok(())) => continue,
                    Some(Err((_, Trouble::Misplaced(why)))) => why.to_owned(),
                    Some(Err((_, trouble))) => explained(&trouble).to_string(),
                }
            }
        };
        bail!("`{}` is not a record, and only records are written: {why}; {HELP}", name(&path));
    }
    Ok(())
}

const HELP: &str = "name a `.json` or `.ndjson` file in the folder of a kind, such as `data/event/rabat-seminar-2019.json`, where `data` holds the `dataset.json`";

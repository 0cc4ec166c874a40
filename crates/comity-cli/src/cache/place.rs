//! Where the cache of a dataset is, and where there is none.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use comity_document::input::fingerprint;
use etcetera::BaseStrategy as _;

use super::stamp::Stamp;
use crate::folder::Folder;

/// How long a cache that nobody writes is kept.
const UNUSED: Duration = Duration::from_secs(90 * 24 * 60 * 60);

/// The file of a dataset's cache, in the folder where the system keeps caches, and the program that writes it.
#[derive(Debug)]
pub(super) struct Place {
    pub(super) path: PathBuf,
    pub(super) program: Stamp,
}

impl Place {
    /// The place; `None` where there is to be no cache: in CI, and where the system names no folder.
    pub(super) fn of(root: &Path) -> Option<Self> {
        let in_ci = std::env::var_os("CI").is_some_and(|value| !value.is_empty() && value != "false");
        let folder =
            etcetera::base_strategy::choose_native_strategy().ok().filter(|_| !in_ci)?.cache_dir().join("comity");
        let program = std::env::current_exe().ok()?;
        let program = Folder::trusted(program.parent()?).ok()?.stamp(Path::new(program.file_name()?)).ok()?;
        let name = format!("{:016x}{ENDING}", fingerprint(root.to_str()?));
        Some(Self { path: folder.join(name), program })
    }

    /// Removes the caches of other datasets that nobody has written for a long time: the datasets may be gone.
    pub(super) fn remove_others(&self) {
        let Some(entries) = self.path.parent().and_then(|folder| fs::read_dir(folder).ok()) else { return };
        for path in entries.flatten().map(|entry| entry.path()) {
            let is_cache = path.to_str().is_some_and(|path| path.ends_with(ENDING));
            let written = fs::symlink_metadata(&path).and_then(|file| file.modified());
            let is_unused = |written: SystemTime| written.elapsed().is_ok_and(|ago| ago > UNUSED);
            if is_cache && written.is_ok_and(is_unused) {
                // A cache that stays does no harm.
                let _ = fs::remove_file(path);
            }
        }
    }
}

const ENDING: &str = ".cache";

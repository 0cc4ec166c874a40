//! Where the cache of a dataset is, and where there is none.

use std::fs::{self, DirBuilder};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use comity_document::input::fingerprint;
use etcetera::base_strategy::{BaseStrategy as _, choose_native_strategy};

use super::stamp::Stamp;
use crate::ci::is_in_ci;
use crate::write::temporary::is_left_over;

/// What the name of a cache ends with.
const ENDING: &str = ".cache";
/// How many folders are made, where they are not there: `~/.cache/comity/summaries`.
const FOLDERS: usize = 3;
/// How long a cache that nobody writes is kept: its dataset may be gone.
const UNUSED: Duration = Duration::from_hours(90 * 24);
/// After how long a temporary file is one that a stopped run has left.
const LEFT: Duration = Duration::from_hours(24);

/// The file of a dataset's cache, in the folder where the system keeps the caches of a user.
#[derive(Debug)]
pub(super) struct Place {
    pub(super) path: PathBuf,
    /// The program that writes the cache.
    pub(super) program: Stamp,
}

impl Place {
    /// The place; `None` where there is to be no cache: in CI, and where the system names no folder, one in the dataset, or one
    /// that other users may write.
    pub(super) fn of(root: &Path) -> Option<Self> {
        let folder =
            choose_native_strategy().ok().filter(|_| !is_in_ci())?.cache_dir().join("comity").join("summaries");
        if !folder.is_absolute() || folder.starts_with(root) || is_of_others(&folder) {
            return None;
        }
        let program = std::env::current_exe().and_then(fs::metadata).ok()?;
        let path = folder.join(format!("{:016x}{ENDING}", fingerprint(root.to_str()?)));
        Some(Self { path, program: Stamp::of(&program)? })
    }

    /// Makes the folder, which is for its owner alone, and returns whether it is there. A home that is not there is not made.
    pub(super) fn make_folder(&self) -> bool {
        let mut folders: Vec<&Path> = self.path.ancestors().skip(1).take(FOLDERS).collect();
        folders.reverse();
        for folder in folders {
            let mut builder = DirBuilder::new();
            #[cfg(unix)]
            std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
            // Most often, the folder is there. Where it cannot be made, the cache cannot be written.
            let _ = builder.create(folder);
        }
        self.path.parent().is_some_and(Path::is_dir)
    }

    /// Removes what nobody uses any more: caches of other datasets that nobody has written for long, and temporary files of
    /// runs that were stopped.
    pub(super) fn tidy(&self) {
        let Some(entries) = self.path.parent().and_then(|folder| fs::read_dir(folder).ok()) else { return };
        for path in entries.flatten().map(|entry| entry.path()) {
            let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
            let kept_for = match name {
                name if name.ends_with(ENDING) => UNUSED,
                name if is_left_over(name) => LEFT,
                _ => continue,
            };
            let written = fs::symlink_metadata(&path).and_then(|file| file.modified());
            if written.is_ok_and(|written: SystemTime| written.elapsed().is_ok_and(|ago| ago > kept_for)) {
                // A file that stays does no harm.
                let _ = fs::remove_file(path);
            }
        }
    }
}

/// Whether other users own a folder or may write into it: what they leave there must not decide what is found. A folder that
/// is not there yet is made for its owner alone.
#[cfg(unix)]
fn is_of_others(folder: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    let is_of_others = |of: fs::Metadata| of.uid() != crate::folder::user() || of.mode() & 0o022 != 0;
    fs::metadata(folder).is_ok_and(is_of_others)
}

#[cfg(not(unix))]
fn is_of_others(_: &Path) -> bool {
    false
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn folders_are_made_in_a_home_and_no_home_is_made() {
        let around = tempfile::tempdir().expect("a folder");
        let program = Stamp::of(&fs::metadata(around.path()).expect("metadata")).expect("a stamp");
        for (home, is_there) in [("home", true), ("no-home", false)] {
            let home = around.path().join(home);
            if is_there {
                fs::create_dir(&home).expect("a folder");
            }
            let place = Place { path: home.join(".cache/comity/summaries/0.cache"), program };
            assert_eq!(place.make_folder(), is_there);
            assert_eq!(home.exists(), is_there);
        }
    }
}

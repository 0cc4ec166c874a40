//! Everything below a folder, without following a link.

use std::collections::BTreeMap;
use std::fs;
use std::io::Read as _;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

/// How much of a file is kept; the files made here that are longer hold only zeros.
const KEPT: u64 = 256 * 1024;

/// The entry at a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Item {
    Folder,
    Link(PathBuf),
    File { size: u64, mode: u32, content: Vec<u8> },
    Other,
}

/// Every path below a folder.
#[derive(Debug)]
pub(super) struct Snapshot(BTreeMap<PathBuf, Item>);

impl Snapshot {
    pub(super) fn of(top: &Path) -> Self {
        let mut items = BTreeMap::new();
        gather(top, top, &mut items);
        Self(items)
    }

    pub(super) fn get(&self, below: &Path) -> Option<&Item> {
        self.0.get(below)
    }

    /// The paths that are not what they were, among them those that are new or gone.
    pub(super) fn changes<'s>(&'s self, after: &'s Self) -> impl Iterator<Item = &'s Path> {
        let gone_or_changed = self.0.iter().filter(|(path, item)| after.get(path) != Some(item));
        let new = after.0.iter().filter(|(path, _)| self.get(path).is_none());
        gone_or_changed.chain(new).map(|(path, _)| path.as_path())
    }
}

fn gather(top: &Path, folder: &Path, items: &mut BTreeMap<PathBuf, Item>) {
    for entry in fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry")) {
        let path = entry.path();
        let metadata = fs::symlink_metadata(&path).expect("an entry");
        let item = if metadata.is_dir() {
            gather(top, &path, items);
            Item::Folder
        } else if metadata.is_symlink() {
            Item::Link(fs::read_link(&path).expect("a link"))
        } else if metadata.is_file() {
            let mut content = Vec::new();
            let file = fs::File::open(&path).expect("a file");
            file.take(KEPT).read_to_end(&mut content).expect("a file");
            Item::File { size: metadata.len(), mode: metadata.permissions().mode(), content }
        } else {
            Item::Other
        };
        items.insert(path.strip_prefix(top).expect("a path below").to_owned(), item);
    }
}

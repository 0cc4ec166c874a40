//! The records of git's index, from which the next commit is made.

use std::path::Path;

use anyhow::{Context, bail};
use comity::dataset::{FILE_LIMIT, File};
use comity::record::Target;
use comity::rules::InputError;

use super::git::Git;
use super::placement::MARKER;
use super::tree::{Tree, TreeManifest};
use super::walk::Found;
use super::{Inputs, Overlay, Roots, manifest};
use crate::folder::EntryType;
use crate::folder::open::Trusted;
use crate::folder::path::shown;

/// Reads the dataset as the index has it.
///
/// # Errors
/// When git is missing, when the dataset is in no repository, when a file is in conflict, or when a named file or
/// `dataset.json` is not in the index.
pub(super) fn read(roots: &Roots) -> anyhow::Result<Inputs> {
    let Some((root, above)) = &roots.root else {
        bail!("--staged reads the dataset of a git repository, and there is no dataset here")
    };
    let named = |below: &str| if above.is_empty() { below.to_owned() } else { format!("{above}/{below}") };
    let git = Git::of(root)?;
    let Tree { blobs, refused, manifest } = staged(&git, &named)?;
    let marker = named(MARKER);
    let manifest = match manifest {
        Some(TreeManifest::File(id)) => id,
        Some(TreeManifest::Other) => {
            bail!("`{marker}` is staged as a link, and links are not followed; stage the file itself")
        }
        None => bail!("`{marker}` is not staged, so the next commit has no dataset; stage it with `git add`"),
    };
    let mut contents = git.contents(blobs.iter().map(|(_, id)| id.as_str()).chain([manifest.as_str()]))?;
    let manifest = String::from_utf8(contents.pop().unwrap_or_default());
    let manifest = manifest::parse(&marker, &manifest.with_context(|| format!("{marker} is not UTF-8"))?)?;

    let found = |below: &str, error: Option<InputError>| Found {
        path: root.join(below),
        file: File::new(&named(below), below),
        error: error.map(Box::new),
    };
    let (mut all, mut texts) = (Vec::new(), Overlay::new());
    for (below, error) in refused {
        all.push(found(&below, Some(error)));
    }
    for ((below, _), bytes) in blobs.into_iter().zip(contents) {
        match String::from_utf8(bytes) {
            Ok(text) => {
                texts.insert(root.join(&below), text);
                all.push(found(&below, None));
            }
            Err(error) => all.push(found(&below, InputError::check(error.as_bytes(), FILE_LIMIT).err())),
        }
    }
    all.sort_by(|a, b| a.file.path.cmp(&b.file.path));
    all.dedup_by(|a, b| a.file.path == b.file.path);
    verify_named(roots, &all)?;
    Ok(Inputs { manifest, found: all, left_over: Vec::new(), texts })
}

/// The object names of an empty content, with SHA-1 and with SHA-256.
const EMPTY: [&str; 2] =
    ["e69de29bb2d1d6434b8b29ae775ad8c2e48c5391", "473a0f4c3be8a93681a267e3b1e9a7dcda1185436fe141f7749120a303721813"];

/// The dataset's folder in the index. `named` gives the path for the user.
fn staged(git: &Git, named: &dyn Fn(&str) -> String) -> anyhow::Result<Tree> {
    let pathspec: &[&str] = if git.prefix.is_empty() { &[] } else { &["--", &git.prefix] };
    let listed = git.ask_index(&[&["ls-files", "--stage", "--full-name", "-z"], pathspec].concat())?;
    // A file that is only announced (`git add --intent-to-add`) is in the index with an empty content, and in no commit.
    let announced = if EMPTY.iter().any(|id| listed.contains(id)) {
        git.ask_index(
            &[&["diff-files", "--name-only", "--diff-filter=A", "--ignore-submodules=all", "-z"], pathspec].concat(),
        )?
    } else {
        String::new()
    };
    let mut tree = Tree::default();
    for line in listed.split('\0').filter(|line| !line.is_empty()) {
        let (meta, path) = line.split_once('\t').context("git lists a file without a path")?;
        let &[mode, id, stage] = &*meta.split(' ').collect::<Vec<_>>() else {
            bail!("git lists a file without a mode")
        };
        let Some(below) = path.strip_prefix(&git.prefix) else { continue };
        if stage != "0" {
            bail!("`{}` is in conflict; resolve the conflict and stage the file with `git add`", named(below));
        }
        if EMPTY.contains(&id) && announced.split('\0').any(|announced| announced == path) {
            continue;
        }
        tree.add(mode, id, below);
    }
    Ok(tree)
}

/// The file of a record that lies in the dataset's folder, as the user sees it.
pub(super) fn unstaged(trusted: &Trusted, root: &Path, above: &str, target: Target<'_>) -> Option<String> {
    let below = format!("{}/{}.json", target.kind, target.id);
    let is_file = matches!(trusted.entry_type(&root.join(&below)), Ok(Some(EntryType::File)));
    is_file.then(|| if above.is_empty() { below } else { format!("{above}/{below}") })
}

/// Refuses a named file that the index does not have.
fn verify_named(roots: &Roots, found: &[Found]) -> anyhow::Result<()> {
    let here = roots.trusted.absolute(Path::new(""));
    let is_there = |path: &Path| path.is_dir() || found.iter().any(|found| found.path == path);
    let is_beside = |path: &Path| roots.root().is_some_and(|root| super::placement::is_beside(root, path));
    match roots.named().iter().find(|path| !is_there(path) && !is_beside(path)) {
        Some(path) => bail!("`{}` is not staged; stage it with `git add`", shown(path, &here)),
        None => Ok(()),
    }
}

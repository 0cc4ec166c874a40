//! The dataset at an earlier revision, read through git. Rules over history compare two datasets and know nothing of git.

use std::path::Path;

use anyhow::{Context, bail};
use comity::dataset::{Dataset, File, Manifest};
use comity::value::Day;

use super::git::Git;
use super::placement::MARKER;
use super::tree::Tree;
use super::{manifest, of_texts};
use crate::output::{detail, note};

/// Reads the dataset at a revision. `root` is the dataset's folder, and `shown` its path for the user.
///
/// # Errors
/// When git is missing, when the dataset is in no repository, or when the revision is unknown or has no dataset.
pub(crate) fn read(root: &Path, shown: &str, revision: &str, today: Day) -> anyhow::Result<Dataset> {
    let git = Git::of(root)?;
    let commit = git.commit(revision)?;
    detail(|| format!("comparing with `{revision}`, the commit {commit}"));
    let Tree { blobs, refused, manifest } = tree(&git, &commit)?;
    let Some(manifest) = manifest else {
        let (place, marker) = match git.prefix.trim_end_matches('/') {
            "" => ("its root folder".to_owned(), MARKER.to_owned()),
            at => (format!("`{at}`"), format!("{at}/{MARKER}")),
        };
        bail!(
            "the revision `{revision}` has no dataset in {place}, so there is nothing to compare with; name a revision that has `{marker}`, or run the check without --base"
        );
    };
    let ids = blobs.iter().map(|(_, id)| id.as_str()).chain([manifest.as_str()]);
    let mut texts = git.contents(ids)?;
    let manifest = texts.pop().map(|text| manifest_of(&text, revision)).unwrap_or_default();
    let named = |below: &str| {
        let path = if shown.is_empty() { below.to_owned() } else { format!("{shown}/{below}") };
        File::new(&path, below)
    };
    // Files that could not be read at the revision are part of the dataset, so that their findings are not new.
    let refused = refused.into_iter().map(|(below, error)| (named(&below), Err(error)));
    let read = blobs.into_iter().zip(texts).map(|((below, _), text)| (named(&below), Ok(text)));
    Ok(of_texts(refused.chain(read).collect(), manifest, today))
}

/// The dataset's folder at a commit.
fn tree(git: &Git, commit: &str) -> anyhow::Result<Tree> {
    let mut arguments = vec!["ls-tree", "-r", "-z", "--full-tree", commit];
    if !git.prefix.is_empty() {
        arguments.extend(["--", &git.prefix]);
    }
    let listed = git.ask(&arguments)?;
    let mut tree = Tree::default();
    for line in listed.split('\0').filter(|line| !line.is_empty()) {
        let (meta, path) = line.split_once('\t').context("git lists a file without a path")?;
        let mut words = meta.split(' ');
        let (mode, id) = (words.next().unwrap_or_default(), words.nth(1).unwrap_or_default());
        let Some(below) = path.strip_prefix(&git.prefix) else { continue };
        tree.add(mode, id, below);
    }
    Ok(tree)
}

/// The manifest at the revision. A fault in the `dataset.json` of the revision must not prevent a correction of that file, so
/// the rules then have their default levels.
fn manifest_of(text: &[u8], revision: &str) -> Manifest {
    let parsed = str::from_utf8(text).ok().and_then(|text| manifest::parse("dataset.json", text).ok());
    parsed.unwrap_or_else(|| {
        note(&format!("note: dataset.json of `{revision}` is faulty; every rule has its usual level"));
        Manifest::default()
    })
}

//! The dataset at an earlier revision, read through git. Rules over history compare two datasets and know nothing of git.

use std::path::Path;

use anyhow::{Context, bail};
use comity::check::Retention;
use comity::dataset::{Dataset, File, Manifest, StepBack};
use comity::value::Day;

use super::git::Git;
use super::manifest::ManifestFault;
use super::placement::MARKER;
use super::tree::{Tree, TreeManifest};
use super::{Roots, TextSource, manifest, of_texts, range, sparse};
use crate::output::{detail, note};

/// Reads the dataset with which a check compares: the one at the merge base of a revision and `HEAD`. Findings in it are those
/// of the files that the check reports on.
///
/// # Errors
/// When git is missing, when the dataset is in no repository, or when the revision is unknown or has no dataset.
pub(crate) fn base(roots: &Roots, revision: &str, today: Day, retention: Retention<'_>) -> anyhow::Result<Dataset> {
    let (root, shown) = roots
        .root
        .as_ref()
        .context("--base compares a dataset with its earlier state, and there is no dataset here")?;
    let git = Git::of(root)?;
    if *roots.texts() == TextSource::WorkTree {
        sparse::refuse(&git)?;
    }
    let commit = range::base(&git, revision)?;
    detail(|| format!("comparing with `{revision}`, the commit {commit}"));
    let mut dataset = read(&git, shown, (revision, &commit), today, retention)?;
    verify_manifest(roots, root, shown, revision)?;
    let covers = roots.coverage();
    let at = |path: &str| root.join(path.strip_prefix(shown.as_str()).unwrap_or(path).trim_start_matches('/'));
    dataset.files.iter_mut().for_each(|file| file.reported = covers(&at(&file.path)));
    Ok(dataset)
}

/// Refuses a state without `dataset.json`, which the earlier one has: no later run would find the dataset.
fn verify_manifest(roots: &Roots, root: &Path, shown: &str, revision: &str) -> anyhow::Result<()> {
    // A read of the index, or of standard input in its place, has found it.
    if *roots.texts() != TextSource::WorkTree
        || roots.trusted.entry_type(&root.join(MARKER)).is_ok_and(|found| found.is_some())
    {
        return Ok(());
    }
    let message = format!(
        "the file is gone, and `{revision}` has it; without it no program finds the dataset, and no rule has a level of its own: put it back"
    );
    Err(ManifestFault { path: manifest::path(shown), at: manifest::START, message }.into())
}

/// Refuses a `dataset.json` with an earlier version, or an earlier end of research, than at the revision.
///
/// # Errors
/// When one of the two is earlier.
pub(crate) fn verify_order(roots: &Roots, revision: &str, before: &Manifest, now: &Manifest) -> anyhow::Result<()> {
    let Some((back, (root, shown))) = now.step_back(before).zip(roots.root.as_ref()) else { return Ok(()) };
    let StepBack { field, before, now, .. } = &back;
    let message = format!(
        "`{field}` is {now}, and `{revision}` has {before}, which is later; write \"{field}\": \"{before}\", or a later one"
    );
    let at = manifest::place_of(&roots.trusted, root, field);
    Err(ManifestFault { path: manifest::path(shown), at, message }.into())
}

/// Reads the dataset at a commit, which the user calls `revision`. `shown` is the path of the dataset's folder for the user.
///
/// # Errors
/// When the commit has no dataset, or when git cannot read it.
pub(crate) fn read(
    git: &Git,
    shown: &str,
    (revision, commit): (&str, &str),
    today: Day,
    retention: Retention<'_>,
) -> anyhow::Result<Dataset> {
    let Tree { blobs, refused, manifest } = tree(git, commit)?;
    let Some(manifest) = manifest else {
        let (place, marker) = match git.prefix.trim_end_matches('/') {
            "" => ("its root folder".to_owned(), MARKER.to_owned()),
            at => (format!("`{at}`"), format!("{at}/{MARKER}")),
        };
        bail!(
            "the revision `{revision}` has no dataset in {place}, so there is nothing to compare with; name a revision that has `{marker}`"
        );
    };
    // A link has a path for its content, which describes no dataset.
    let manifest = if let TreeManifest::File(id) = &manifest { Some(id.as_str()) } else { None };
    let mut texts = git.contents(blobs.iter().map(|(_, id)| id.as_str()).chain(manifest))?;
    let manifest = manifest_of(manifest.and_then(|_| texts.pop()).as_deref(), revision);
    let named = |below: &str| {
        let path = if shown.is_empty() { below.to_owned() } else { format!("{shown}/{below}") };
        File::new(&path, below)
    };
    // Files that could not be read at the revision are part of the dataset, so that their findings are not new.
    let refused = refused.into_iter().map(|(below, error)| (named(&below), Err(error)));
    let read = blobs.into_iter().zip(texts).map(|((below, _), text)| (named(&below), Ok(text)));
    Ok(of_texts(refused.chain(read).collect(), manifest, today, retention))
}

/// The dataset's folder at a commit.
fn tree(git: &Git, commit: &str) -> anyhow::Result<Tree> {
    let mut arguments = vec!["ls-tree", "-r", "-z", "--full-tree", commit];
    if !git.prefix.is_empty() {
        arguments.extend(["--", &git.prefix]);
    }
    let listed = git.ask(&arguments).with_context(|| {
        format!("this clone lacks the files of the commit {commit}; fetch them with `git fetch --refetch --no-filter`")
    })?;
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
fn manifest_of(text: Option<&[u8]>, revision: &str) -> Manifest {
    let text = text.and_then(|text| str::from_utf8(text).ok());
    let parsed = text.and_then(|text| manifest::parse("dataset.json", text).ok());
    parsed.unwrap_or_else(|| {
        note(&format!("note: dataset.json of `{revision}` is faulty; every rule has its usual level"));
        Manifest::default()
    })
}

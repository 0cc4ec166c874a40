//! The dataset as it was at an earlier revision, read through git. The rules over history see two datasets and know
//! nothing of git.

use std::path::Path;

use anyhow::{Context, bail};

use super::git::Git;
use super::load::Loaded;
use super::output::complain;
use super::{about, files};
use crate::dataset::{About, File};
use crate::render::visible;
use crate::rules::Trouble;
use crate::value::Day;

/// Reads the dataset as it was at a revision.
///
/// # Errors
/// When git is missing, or the dataset is in no repository, or the revision is not known here or has no dataset.
pub(super) fn read(root: &Path, shown: &str, revision: &str, today: Day) -> anyhow::Result<Loaded> {
    let git = Git::of(root)?;
    let Tree { blobs, refused, about } = tree(&git, &git.commit(revision)?)?;
    let Some(about) = about else {
        let at = visible(git.prefix.trim_end_matches('/'));
        let (place, marker) = match at.as_str() {
            "" => ("its root folder".to_owned(), "dataset.json".to_owned()),
            at => (format!("`{at}`"), format!("{at}/dataset.json")),
        };
        bail!(
            "the revision `{}` has no dataset in {place}, so there is nothing to compare with; name a revision that has `{marker}`, or run the check without --base",
            visible(revision)
        );
    };
    let ids = blobs.iter().map(|(_, id)| id.as_str()).chain([about.as_str()]);
    let mut texts = git.contents(ids)?;
    let about = texts.pop().map(|text| described(&text, revision)).unwrap_or_default();
    let named = |below: &str| {
        let path = if shown.is_empty() { below.to_owned() } else { format!("{shown}/{below}") };
        File::new(&path, below)
    };
    // What could not be read then is not new now.
    let refused = refused.into_iter().map(|(below, trouble)| (named(&below), Err(trouble)));
    let read = blobs.into_iter().zip(texts).map(|((below, _), text)| (named(&below), Ok(text)));
    Ok(Loaded::of_texts(refused.chain(read).collect(), about, today))
}

/// What a revision holds below the dataset's folder; the paths are those below that folder.
#[derive(Debug, Default)]
struct Tree {
    /// Files of records, and the name of the content of each.
    blobs: Vec<(String, String)>,
    /// What is no file of records, and why.
    refused: Vec<(String, Trouble)>,
    /// The name of the content of `dataset.json`.
    about: Option<String>,
}

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
        match files::by_path(below) {
            Some(Err(refused)) => tree.refused.push(refused),
            Some(Ok(())) if mode.starts_with("120") => tree.refused.push((below.to_owned(), files::link())),
            Some(Ok(())) if mode.starts_with("100") => tree.blobs.push((below.to_owned(), id.to_owned())),
            None if below == "dataset.json" => tree.about = Some(id.to_owned()),
            _ => {}
        }
    }
    Ok(tree)
}

/// What `dataset.json` said. A fault in that file of old does not keep anybody from correcting the file now; the rules then
/// have their own levels.
fn described(text: &[u8], revision: &str) -> About {
    let parsed = str::from_utf8(text).ok().and_then(|text| about::parse("dataset.json", text).ok());
    parsed.unwrap_or_else(|| {
        let revision = visible(revision);
        complain(&format!("note: dataset.json of `{revision}` is faulty; every rule has its usual level"));
        About::default()
    })
}

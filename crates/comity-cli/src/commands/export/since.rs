//! The earlier release that an export is compared with: a folder that `comity export` wrote, or a revision of git.

use std::ffi::OsStr;
use std::path::Path;

use anyhow::{Context, bail, ensure};
use comity::bundle;
use comity::check::Retention;
use comity::dataset::Dataset;
use comity::export::{RELEASE_MANIFEST, listed};
use comity::render::visible;
use comity::value::Day;

use crate::folder::open::Trusted;
use crate::load::git::Git;
use crate::load::{Roots, revision};

/// The largest file of an earlier release that is read, in bytes.
const LIMIT: u64 = 1024 * 1024 * 1024;

/// Reads the dataset of an earlier release. A folder is taken before a revision of that name.
pub(super) fn read(roots: &Roots, since: &OsStr, today: Day) -> anyhow::Result<Dataset> {
    let folder = Path::new(since);
    if folder.is_dir() {
        let shown = folder.display();
        return of_release(&roots.trusted, folder, today).with_context(|| format!("{shown} cannot be compared with"));
    }
    let name = since.to_str().context("there is no such folder, and the name of a revision is UTF-8")?;
    let (root, shown) = roots.root.as_ref().context("there is no dataset here whose revision could be read")?;
    let git = Git::of(root)?;
    let commit = git.commit(name).with_context(|| format!("`{}` is neither a folder nor a revision", visible(name)))?;
    let dataset = revision::read(&git, shown, (name, &commit), today, Retention::Whole)?;
    let unread = dataset.entries().iter().filter(|entry| entry.record.is_none() || entry.key.is_none()).count();
    ensure!(unread == 0, "the revision `{}` has {unread} records that cannot be read", visible(name));
    Ok(dataset)
}

/// The records of a release. Its manifest tells that the folder is one.
fn of_release(trusted: &Trusted, folder: &Path, today: Day) -> anyhow::Result<Dataset> {
    let text = |name: &str| trusted.text(&trusted.absolute(&folder.join(name)), LIMIT);
    let manifest = text(RELEASE_MANIFEST).context("it is no folder that `comity export` wrote")?;
    let files = listed(&manifest).with_context(|| format!("its {RELEASE_MANIFEST} is not that of an export"))?;
    let has = |name: &&str| files.iter().any(|file| file == name);
    let Some(records) = ["comity.json", "comity.ndjson"].into_iter().find(has) else {
        bail!("it has neither comity.json nor comity.ndjson; export it with --format json")
    };
    let mut bundle = bundle::read(&text(records)?).with_context(|| format!("its {records} cannot be read"))?;
    if let Some(problem) = bundle.problems.first() {
        bail!("its {records} has a record that this version cannot read: {}", visible(&problem.to_string()));
    }
    if bundle.meta.is_empty() {
        let manifest: serde_json::Value = serde_json::from_str(&manifest)?;
        bundle.meta = manifest["meta"].as_object().cloned().unwrap_or_default();
    }
    Ok(bundle.into_dataset(today))
}

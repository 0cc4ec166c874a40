//! The earlier release that an export is compared with: a folder that `comity export` wrote, or a revision of git.

use std::ffi::OsStr;
use std::io::{BufRead as _, BufReader, Read as _};
use std::path::Path;

use anyhow::{Context, bail, ensure};
use comity::bundle::{self, Bundle};
use comity::check::Retention;
use comity::dataset::{Dataset, FILE_LIMIT};
use comity::export::{RELEASE_MANIFEST, WrittenFile, listed};
use comity::render::{counted, visible};
use comity::value::Day;

use crate::folder::open::{Trusted, explained};
use crate::load::git::Git;
use crate::load::{Roots, revision};
use crate::output::note;

/// The largest document of an earlier release that is read as a whole, in bytes.
const LIMIT: u64 = 1024 * 1024 * 1024;
/// The largest line of an earlier release, in bytes: more than a record may have.
const LINE: u64 = 2 * FILE_LIMIT as u64;

/// Reads the dataset of an earlier release. A folder is taken before a revision of that name. With `allow_errors`, records
/// of a revision that cannot be read are left out, as they are left out of the later release.
pub(super) fn read(roots: &Roots, since: &OsStr, today: Day, allow_errors: bool) -> anyhow::Result<Dataset> {
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
    let cannot = format!("{} of the revision `{}` cannot be read", counted(unread, "record"), visible(name));
    ensure!(unread == 0 || allow_errors, "{cannot}; --allow-errors compares without");
    if unread > 0 {
        note(&format!("note: {cannot}; the release is compared without"));
    }
    Ok(dataset)
}

/// The records of a release. Its manifest tells that the folder is one.
fn of_release(trusted: &Trusted, folder: &Path, today: Day) -> anyhow::Result<Dataset> {
    let text = |name: &str| trusted.text(&trusted.absolute(&folder.join(name)), LIMIT);
    let manifest = text(RELEASE_MANIFEST).context("it is no folder that `comity export` wrote")?;
    let files = listed(&manifest).with_context(|| format!("its {RELEASE_MANIFEST} is not that of an export"))?;
    let has = |name: &&str| files.iter().any(|file| file == name);
    let Some(records) = ["comity.ndjson", "comity.json"].into_iter().find(has) else {
        bail!("it has neither comity.json nor comity.ndjson; export it with --format json")
    };
    let described: serde_json::Value = serde_json::from_str(&manifest)?;
    verify(trusted, &folder.join(records), records, &described)?;
    let read = match records {
        "comity.ndjson" => lines(trusted, &trusted.absolute(&folder.join(records))),
        _ => text(records).and_then(|text| Ok(bundle::read(&text)?)),
    };
    let mut bundle = read.with_context(|| format!("its {records} cannot be read"))?;
    if let Some(problem) = bundle.problems.first() {
        bail!("its {records} has a record that this version cannot read: {}", visible(&problem.to_string()));
    }
    if bundle.meta.is_empty() {
        bundle.meta = described["meta"].as_object().cloned().unwrap_or_default();
    }
    Ok(bundle.into_dataset(today))
}

/// Refuses records that are not those that were exported: their changes would be reported as changes between the releases.
fn verify(trusted: &Trusted, path: &Path, name: &str, manifest: &serde_json::Value) -> anyhow::Result<()> {
    let (mut file, _) = trusted.file(&trusted.absolute(path)).map_err(|error| explained(&error))?;
    let found = WrittenFile::read(name, &mut file).with_context(|| format!("its {name} cannot be read"))?;
    ensure!(
        manifest["files"][name]["sha256"] == found.sha256.as_str(),
        "its {name} was changed after the export, as its SHA-256 is not the one in {RELEASE_MANIFEST}; take an unchanged copy of the release, or a revision of git"
    );
    Ok(())
}

/// Reads records one by one: the text of a large release does not fit into memory. Stops at the first problem.
fn lines(trusted: &Trusted, path: &Path) -> anyhow::Result<Bundle> {
    let (file, _) = trusted.file(path).map_err(|error| explained(&error))?;
    let (mut reader, mut all, mut line) = (BufReader::new(file), Bundle::default(), Vec::new());
    for number in 1.. {
        line.clear();
        let length = reader.by_ref().take(LINE).read_until(b'\n', &mut line)?;
        if length == 0 || !all.problems.is_empty() {
            break;
        }
        ensure!((length as u64) < LINE, "line {number} is longer than a record may be");
        let text = std::str::from_utf8(&line).with_context(|| format!("line {number} is not UTF-8"))?;
        let one = bundle::read(text).with_context(|| format!("line {number}"))?;
        all.records.extend(one.records);
        all.problems.extend(one.problems.into_iter().map(|mut problem| {
            problem.line = Some(number);
            problem
        }));
    }
    Ok(all)
}

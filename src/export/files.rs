//! The files of a release, in memory: tables, descriptions, and the manifest that lists them. The caller writes them.

use std::fmt::Write as _;
use std::io;

use serde_json::{Map, Value, json};

use super::changes::changes;
use super::codebook::codebook;
use super::format::Material;
use super::left_out::LeftOut;
use super::release::{Release, sha256, sha256_of};
use crate::dataset::Dataset;
use crate::value::Texts;

/// The name of the file that lists the others, and that marks a folder as a release.
pub const RELEASE_MANIFEST: &str = "manifest.json";
/// The value of `format` in that file.
const FORMAT: &str = "comity-release";

/// A file of a release.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ReleaseFile {
    /// The path below the folder of the release, with `/`.
    pub path: String,
    /// The content.
    pub bytes: Vec<u8>,
}

impl ReleaseFile {
    /// A file of a release.
    pub fn new(path: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        Self { path: path.into(), bytes: bytes.into() }
    }
}

/// What a release says of itself: the first page, the codebook, the licence, and how to cite.
pub fn pages(material: &Material<'_>) -> Vec<ReleaseFile> {
    let dataset = material.dataset;
    let mut files = vec![
        ReleaseFile::new("README.md", readme(dataset, material.release)),
        ReleaseFile::new("codebook.md", codebook(material.tables, material.panels)),
        ReleaseFile::new("CITATION.cff", citation(material)),
        ReleaseFile::new("CHANGES.md", changes(material)),
    ];
    files.extend(licence(dataset).map(|text| ReleaseFile::new("LICENSE", text)));
    files
}

/// A file of a release that was written.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct WrittenFile {
    /// The path below the folder of the release, with `/`.
    pub path: String,
    /// The number of bytes.
    pub bytes: u64,
    /// The hash of the bytes as SHA-256.
    pub sha256: String,
}

impl WrittenFile {
    /// A file of a release, by its content.
    ///
    /// # Errors
    /// When the content cannot be read.
    pub fn read(path: impl Into<String>, content: &mut dyn io::Read) -> io::Result<Self> {
        let (bytes, sha256) = sha256_of(content)?;
        Ok(Self { path: path.into(), bytes, sha256 })
    }
}

/// The manifest, with the size and the hash of each file and the number of rows of each table, and `SHA256SUMS`, which
/// `sha256sum -c` reads.
pub fn seal(release: &Release, rows: &[(&str, usize)], mut files: Vec<WrittenFile>) -> [ReleaseFile; 2] {
    files.sort_by(|a, b| a.path.cmp(&b.path));
    let list: Map<String, Value> =
        files.iter().map(|file| (file.path.clone(), json!({ "bytes": file.bytes, "sha256": file.sha256 }))).collect();
    let rows: Map<String, Value> = rows.iter().map(|(table, rows)| ((*table).to_owned(), (*rows).into())).collect();
    let mut manifest = json!({ "format": FORMAT, "version": 1, "meta": release.meta, "rows": rows, "files": list });
    if !release.left_out.is_empty() {
        manifest["left_out"] = release.left_out.iter().map(LeftOut::to_json).collect();
    }
    let manifest = ReleaseFile::new(RELEASE_MANIFEST, format!("{manifest:#}\n"));
    let mut sums = String::new();
    for file in &files {
        let _ = writeln!(sums, "{}  {}", file.sha256, file.path);
    }
    let _ = writeln!(sums, "{}  {RELEASE_MANIFEST}", sha256(&manifest.bytes));
    [manifest, ReleaseFile::new("SHA256SUMS", sums)]
}

/// The paths of the files of a release, by the text of its manifest; `None` for the manifest of something else.
pub fn listed(manifest: &str) -> Option<Vec<String>> {
    let manifest: Value = serde_json::from_str(manifest).ok()?;
    let files = manifest["files"].as_object().filter(|_| manifest["format"] == FORMAT)?;
    let own = [RELEASE_MANIFEST, "SHA256SUMS"].map(str::to_owned);
    Some(files.keys().cloned().chain(own).collect())
}

pub(super) fn first(texts: Option<&Texts>) -> Option<&str> {
    texts?.values().next().map(AsRef::as_ref)
}

/// Who is cited as the author of the dataset.
pub(super) fn author(dataset: &Dataset) -> &str {
    dataset.manifest.publisher.as_ref().map_or("The contributors", AsRef::as_ref)
}

pub(super) fn title(dataset: &Dataset) -> &str {
    first(dataset.manifest.title.as_ref()).unwrap_or("A dataset of security cooperation")
}

const WHERE_TO_START: &str = include_str!("where_to_start.md");

fn readme(dataset: &Dataset, release: &Release) -> String {
    let manifest = &dataset.manifest;
    let mut page = format!("# {}\n\n", title(dataset));
    page.extend(first(manifest.description.as_ref()).map(|text| format!("{text}\n\n")));
    let facts = [
        ("Version", manifest.version.as_ref().map(ToString::to_string)),
        ("Research closed on", manifest.as_of.map(|day| day.to_string())),
        ("Licence", manifest.licence.as_ref().map(ToString::to_string)),
        ("Commit", release.commit.clone()),
        ("Written by", Some(release.tool.clone())),
        ("Coverage", first(manifest.coverage.as_ref()).map(str::to_owned)),
    ];
    for (what, value) in facts {
        page.extend(value.map(|value| format!("- {what}: {value}\n")));
    }
    if let left_out @ 1.. = release.left_out.len() {
        let _ = writeln!(page, "- Left out because of errors: {left_out}; `manifest.json` says which and why");
    }
    page + "\n" + WHERE_TO_START
}

/// CFF 1.2.0. A JSON text is a YAML text, with every quotation mark escaped.
fn citation(material: &Material<'_>) -> String {
    let Material { dataset, release, .. } = *material;
    let manifest = &dataset.manifest;
    let quoted = |text: &str| Value::from(text).to_string();
    let mut page = format!(
        "cff-version: 1.2.0\ntype: dataset\ntitle: {}\nmessage: \"Please cite the dataset with its version, and the sources of the records you rely on.\"\nauthors:\n  - name: {}\n",
        quoted(title(dataset)),
        quoted(author(dataset)),
    );
    page.extend(first(manifest.description.as_ref()).map(|text| format!("abstract: {}\n", quoted(text))));
    // CFF has no fields for years and places.
    page.extend(material.scope().keywords().map(|keywords| format!("keywords: {keywords}\n")));
    // Whoever cites a release that lacks records must not seem to cite all of them.
    let incomplete = if release.left_out.is_empty() { "" } else { " (incomplete)" };
    let fields = [
        ("version", manifest.version.as_ref().map(|version| format!("{version}{incomplete}"))),
        ("date-released", manifest.as_of.map(|day| day.to_string())),
        ("license", manifest.licence.as_ref().map(ToString::to_string)),
        ("url", manifest.homepage.as_ref().map(ToString::to_string)),
    ];
    for (field, value) in fields {
        page.extend(value.map(|value| format!("{field}: {}\n", quoted(&value))));
    }
    page
}

fn licence(dataset: &Dataset) -> Option<String> {
    let name = dataset.manifest.licence.as_ref()?.to_string();
    Some(match name.as_str() {
        "CC0-1.0" => include_str!("../../LICENSE-DATA").to_owned(),
        other => format!("The records are under the licence {other} (https://spdx.org/licenses/).\n"),
    })
}

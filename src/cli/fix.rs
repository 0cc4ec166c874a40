//! `comity check --fix`: applies fixes in rounds until nothing is left to mend, in memory first; only then files are
//! written, whole or not at all.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

use anyhow::Context;
use comity_document::document;
use comity_document::input::Input;
use similar::TextDiff;

use super::load::{Loaded, Overlay};
use crate::check;
use crate::dataset::File;
use crate::fix::{Edits, apply};
use crate::format::{self, Layout};
use crate::report::Report;

/// How often fixes are applied at most: one that waited for another, or that another made possible, takes a round more.
const ROUNDS: usize = 8;

/// Files as they would be after mending.
#[derive(Debug, Default)]
pub(super) struct Mended {
    before: BTreeMap<PathBuf, (String, String)>,
    after: Overlay,
    /// How many findings were mended.
    pub(super) fixed: usize,
}

impl Mended {
    /// Applies fixes round by round. `check` reads the dataset with the texts mended so far, and reports on it.
    pub(super) fn of(
        suggestions: bool,
        check: &dyn Fn(&Overlay) -> anyhow::Result<(Loaded, Report)>,
    ) -> anyhow::Result<Self> {
        let mut mended = Self::default();
        for _ in 0..ROUNDS {
            let (loaded, report) = check(&mended.after)?;
            if mended.round(&loaded, &report, suggestions)? == 0 {
                break;
            }
        }
        mended.after.retain(|path, text| mended.before.get(path).is_none_or(|(_, before)| before != text));
        Ok(mended)
    }

    /// One round over every file. Says how many findings it mended.
    fn round(&mut self, loaded: &Loaded, report: &Report, suggestions: bool) -> anyhow::Result<usize> {
        let mut fixed = 0;
        for diagnostics in report.diagnostics.chunk_by(|a, b| a.location.path == b.location.path) {
            let chosen: Vec<&Edits> = diagnostics
                .iter()
                .filter_map(|found| found.fix.as_ref())
                .filter(|fix| fix.safe || suggestions)
                .collect();
            let layout = diagnostics.iter().filter(|found| found.rule.code == "non-canonical").count();
            let shown = &diagnostics[0].location.path;
            let Some((file, path)) = loaded.find_file(shown).filter(|_| !chosen.is_empty() || layout > 0) else {
                continue;
            };
            let text = match self.after.get(path) {
                Some(text) => text.clone(),
                None => fs::read_to_string(path).with_context(|| format!("{shown} could not be read again"))?,
            };
            let (edited, applied) = apply(&text, &chosen);
            let laid_out = canonical(file, &edited);
            let new = laid_out
                .filter(|new| is_no_worse(file, &text, new))
                .or_else(|| is_no_worse(file, &text, &edited).then_some(edited));
            if let Some(new) = new.filter(|new| *new != text) {
                self.before.entry(path.to_owned()).or_insert_with(|| (shown.clone(), text));
                self.after.insert(path.to_owned(), new);
                fixed += applied + layout;
            }
        }
        self.fixed += fixed;
        Ok(fixed)
    }

    /// How many files are changed.
    pub(super) fn files(&self) -> usize {
        self.after.len()
    }

    /// Writes the files.
    pub(super) fn write(&self) -> anyhow::Result<()> {
        for (path, text) in &self.after {
            let (shown, before) = &self.before[path];
            super::fmt::replace(path, before, text).with_context(|| format!("{shown} could not be written"))?;
        }
        Ok(())
    }

    /// What would be changed, as a unified diff.
    pub(super) fn diff(&self) -> String {
        let mut out = String::new();
        for (path, text) in &self.after {
            let (shown, before) = &self.before[path];
            let diff = TextDiff::from_lines(before, text);
            out += &diff.unified_diff().header(shown, shown).to_string();
        }
        out
    }
}

/// A file's text in canonical form, where it is JSON and of a known kind.
fn canonical(file: &File, text: &str) -> Option<String> {
    let one = |text: &str| {
        let document = document::parse(text);
        let root = document.root.as_ref().filter(|_| document.faults.is_empty())?;
        let own = root.get("kind").and_then(document::Node::as_str).and_then(crate::kind::Kind::parse);
        Some(format::canonical(file.kind.or(own)?, root, Layout::of(file)))
    };
    if file.is_lines() {
        return text.lines().filter(|line| !line.trim().is_empty()).map(one).collect();
    }
    one(text)
}

/// Whether a file's own findings after mending are some of those before: a fix must mend, and nothing else.
fn is_no_worse(file: &File, before: &str, after: &str) -> bool {
    found(file, after).is_subset(&found(file, before))
}

/// What is found in a file by itself: rule, place and message. A place in bytes shifts with every edit, so that it does
/// not count.
fn found(file: &File, text: &str) -> BTreeSet<(&'static str, Option<String>, String)> {
    let read = |text: &str| check::read(file, &Input::file(0, text)).findings;
    let findings: Vec<_> = if file.is_lines() { text.lines().flat_map(read).collect() } else { read(text) };
    let own = findings.into_iter().filter(|finding| finding.rule.code != "non-canonical");
    own.map(|finding| (finding.rule.code, finding.place.pointer().map(ToString::to_string), finding.message)).collect()
}

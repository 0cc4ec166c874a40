//! What `new`, `cite` and `from-issue` share: the check of what was put together, and the files that are written.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use anyhow::Context;
use comity::compose::{ComposedFile, Composition};
use comity::render::Format;
use comity::report::{Diagnostic, Report};
use comity::value::Key;

use crate::folder::open::Trusted;
use crate::load::Roots;
use crate::output::{Output, eprint_line};
use crate::write;

/// The folder of a dataset, to write to.
#[derive(Debug)]
pub(crate) struct Destination<'r> {
    trusted: &'r Trusted,
    folder: PathBuf,
    /// The folder for the user.
    pub(crate) shown: String,
}

impl<'r> Destination<'r> {
    pub(crate) fn of(roots: &'r Roots) -> anyhow::Result<Self> {
        let (folder, shown) = roots.root.clone().context("there is no dataset here to write to")?;
        Ok(Self { trusted: &roots.trusted, folder, shown })
    }

    /// The findings that the files bring: all findings in new files, and in changed ones those that were not there before.
    /// That nothing refers to `alone` yet is none.
    pub(crate) fn check(&self, composition: &Composition<'_>, files: &[ComposedFile], alone: Option<&Key>) -> Report {
        let before = |file: &ComposedFile| Some(ComposedFile { text: file.before.clone()?, ..file.clone() });
        let before: Vec<ComposedFile> = files.iter().filter_map(before).collect();
        let known: HashSet<String> = if before.is_empty() {
            HashSet::new()
        } else {
            composition.check(&before, &self.shown).diagnostics.iter().map(identity).collect()
        };
        let mut report = composition.check(files, &self.shown);
        let is_alone =
            |found: &Diagnostic| found.rule.code == "orphan" && alone.is_some() && found.record.as_ref() == alone;
        report.diagnostics.retain(|found| !known.contains(&identity(found)) && !is_alone(found));
        report
    }

    /// Writes the files and lists them.
    pub(crate) fn write(&self, files: &[ComposedFile], output: &mut Output) -> anyhow::Result<()> {
        self.put(files)?;
        for file in files {
            let done = if file.before.is_some() { "changed" } else { "new" };
            output.line(&format!("{done} {}/{}", self.shown, file.path))?;
        }
        Ok(())
    }

    /// Writes the files; none where one of them cannot be written.
    pub(crate) fn put(&self, files: &[ComposedFile]) -> anyhow::Result<()> {
        let path = |file: &ComposedFile| self.folder.join(Path::new(&file.path));
        let refused = |file: &ComposedFile| format!("{}/{} could not be written", self.shown, file.path);
        for file in files {
            match &file.before {
                Some(before) => write::verify_unchanged(self.trusted, &path(file), before),
                None => write::verify_absent(self.trusted, &path(file)),
            }
            .with_context(|| refused(file))?;
        }
        for file in files {
            match &file.before {
                Some(before) => write::replace(self.trusted, &path(file), before, &file.text),
                None => write::create(self.trusted, &path(file), &file.text),
            }
            .with_context(|| refused(file))?;
        }
        Ok(())
    }
}

/// Shows what was inferred.
pub(crate) fn note(composition: &Composition<'_>) {
    composition.notes().iter().for_each(|note| eprint_line(&format!("note: {note}")));
}

/// Shows findings.
pub(crate) fn show(report: &Report, output: &mut Output) -> anyhow::Result<()> {
    output.report(report, Format::Human)?;
    Ok(output.flush()?)
}

/// What distinguishes a finding from others of its record.
fn identity(found: &Diagnostic) -> String {
    format!("{}\n{:?}\n{}", found.rule.code, found.location.pointer, found.message)
}

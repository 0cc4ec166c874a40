//! What `new`, `cite` and `from-issue` share: the check of what was put together, and the files that are written.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use comity::compose::{ComposedFile, Composition};
use comity::kind::Kind;
use comity::render::Format;
use comity::report::{Diagnostic, Report};
use comity::rules::schema::missing_field;
use comity::value::Key;

use crate::commands::{Done, End};
use crate::folder::open::Trusted;
use crate::load::Roots;
use crate::output::{Output, eprint_line};
use crate::write::{self, FileChange};

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

    /// Checks what was put together, and writes the files unless the check finds fault. What is missing is said as it is given
    /// on the command line, for the files are not there to be mended; `of_source` says how the fields of a new source are given.
    pub(crate) fn write_checked(
        &self,
        composition: &Composition<'_>,
        alone: Option<&Key>,
        of_source: &str,
        output: &mut Output,
    ) -> Done {
        let files = composition.files()?;
        let mut report = self.check(composition, &files, alone);
        note(composition);
        if !report.diagnostics.is_empty() {
            let missing = missing(composition, &mut report, of_source);
            if !report.diagnostics.is_empty() {
                show(&report, output)?;
            }
            missing.iter().for_each(|missing| eprint_line(missing));
            eprint_line("nothing was written");
            return Ok(End::Findings);
        }
        self.write(&files, output)?;
        Ok(End::Clean)
    }

    /// Writes the files and lists them.
    pub(crate) fn write(&self, files: &[ComposedFile], output: &mut Output) -> anyhow::Result<()> {
        self.put(files)?;
        for file in files {
            let done = if file.before.is_some() { "changed" } else { "new" };
            output.line(&format!("{done} {}", self.shown(file)))?;
        }
        Ok(())
    }

    /// The path of a file, as a person sees it. The dataset may be the current folder.
    fn shown(&self, file: &ComposedFile) -> String {
        if self.shown.is_empty() { file.path.clone() } else { format!("{}/{}", self.shown, file.path) }
    }

    /// Writes the files. None is written where one of them is no longer as it was, or where a new one is there already; when
    /// one cannot be written after others were, the error names those.
    pub(crate) fn put(&self, files: &[ComposedFile]) -> anyhow::Result<()> {
        let changes = files.iter().map(|file| FileChange {
            shown: self.shown(file).into(),
            path: self.folder.join(Path::new(&file.path)).into(),
            before: file.before.as_deref(),
            after: &file.text,
        });
        let changes: Vec<FileChange<'_>> = changes.collect();
        write::all(self.trusted, &changes)
    }
}

/// Takes the findings that fields of new records are missing out of a report, and says of each record how the fields are given.
fn missing(composition: &Composition<'_>, report: &mut Report, of_source: &str) -> Vec<String> {
    let mut lines = Vec::new();
    for key in composition.keys().filter(|key| composition.is_new(key)) {
        let open = composition.open_questions(key);
        let fields: Vec<&str> = open.iter().filter(|asked| asked.required).map(|asked| asked.field).collect();
        let is_of = |found: &Diagnostic| {
            found.record.as_ref() == Some(key)
                && found.rule.code == "missing-field"
                && fields.iter().any(|field| found.message == missing_field::message(field))
        };
        let before = report.diagnostics.len();
        report.diagnostics.retain(|found| !is_of(found));
        if report.diagnostics.len() < before {
            let how = if key.kind == Kind::Source {
                of_source.to_owned()
            } else {
                format!("give them with `--set {}=…`", fields[0])
            };
            lines.push(format!("`{key}` needs `{}`: {how}", fields.join("`, `")));
        }
    }
    lines
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

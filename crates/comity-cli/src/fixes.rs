//! `comity check --fix`: fixes are applied in memory first; then the files are written, each completely or not at all.

use std::cell::RefCell;
use std::collections::HashMap;
use std::path::PathBuf;

use comity::fix::{Checked, FileTexts, FixOutcome, fix};
use comity::report::Report;

use crate::folder::open::Trusted;
use crate::load::{Loaded, Overlay};
use crate::text_diff::unified;
use crate::write::{self, FileChange};

/// The texts of files after fixes, and the paths of the files.
#[derive(Debug)]
pub(crate) struct Fixer {
    pub(crate) outcome: FixOutcome,
    /// The paths of the files, by the path for the user.
    paths: HashMap<String, PathBuf>,
}

impl Fixer {
    /// Applies fixes. `check` reads the dataset with the texts fixed so far, and reports on it.
    pub(crate) fn of(
        trusted: &Trusted,
        suggestions: bool,
        check: &dyn Fn(&Overlay) -> anyhow::Result<(Loaded, Report)>,
    ) -> anyhow::Result<Self> {
        let paths: RefCell<HashMap<String, PathBuf>> = RefCell::default();
        let path = |shown: &str| paths.borrow().get(shown).cloned();
        let check = |texts: &FileTexts| -> anyhow::Result<Checked> {
            let overlay = texts.iter().filter_map(|(shown, text)| Some((path(shown)?, text.clone())));
            let (loaded, report) = check(&overlay.collect())?;
            let places = loaded.places().map(|(shown, path)| (shown.to_owned(), path.to_owned()));
            paths.replace(places.collect());
            Ok(Checked::new(report, loaded.dataset.files))
        };
        let read = |shown: &str| trusted.text(&path(shown)?, u64::MAX).ok();
        let outcome = fix(suggestions, &check, &read)?;
        Ok(Self { outcome, paths: paths.take() })
    }

    /// The files to change.
    fn files(&self) -> impl Iterator<Item = FileChange<'_>> {
        let FixOutcome { before, after, .. } = &self.outcome;
        after.iter().map(|(shown, after)| FileChange {
            shown: shown.into(),
            path: self.paths[shown].as_path().into(),
            before: Some(&before[shown]),
            after,
        })
    }

    /// Writes the files. No file is written when one of them has changed since it was read.
    pub(crate) fn write(&self, trusted: &Trusted) -> anyhow::Result<()> {
        let changes: Vec<FileChange<'_>> = self.files().collect();
        write::all(trusted, &changes)
    }

    /// The changes as a unified diff.
    pub(crate) fn diff(&self) -> String {
        let diff = |file: FileChange<'_>| unified(&file.shown, file.before.unwrap_or_default(), file.after);
        self.files().map(diff).collect()
    }
}

//! `comity check --fix`: mends in memory first; only then files are written, each whole or not at all.

use std::cell::RefCell;
use std::collections::HashMap;
use std::path::{Path, PathBuf};

use anyhow::Context;
use similar::TextDiff;

use super::load::{Loaded, Overlay};
use super::open::Trusted;
use super::write::{self, Batch};
use crate::mend::{Checked, Mended, Texts, mend};
use crate::render::{visible, visible_lines};
use crate::report::Report;

/// Files as they would be after mending, and where they are.
#[derive(Debug)]
pub(super) struct Mending {
    pub(super) mended: Mended,
    paths: HashMap<String, PathBuf>,
}

impl Mending {
    /// Applies fixes. `check` reads the dataset with the texts mended so far, and reports on it.
    pub(super) fn of(
        trusted: &Trusted,
        suggestions: bool,
        check: &dyn Fn(&Overlay) -> anyhow::Result<(Loaded, Report)>,
    ) -> anyhow::Result<Self> {
        let paths: RefCell<HashMap<String, PathBuf>> = RefCell::default();
        let path = |shown: &str| paths.borrow().get(shown).cloned();
        let check = |texts: &Texts| -> anyhow::Result<Checked> {
            let over = texts.iter().filter_map(|(shown, text)| Some((path(shown)?, text.clone())));
            let (loaded, report) = check(&over.collect())?;
            let places = loaded.places().map(|(shown, path)| (shown.to_owned(), path.to_owned()));
            paths.replace(places.collect());
            Ok(Checked { report, files: loaded.dataset.files })
        };
        let read = |shown: &str| trusted.text(&path(shown)?, u64::MAX).ok();
        let mended = mend(suggestions, &check, &read)?;
        Ok(Self { mended, paths: paths.take() })
    }

    /// The files to change, with their texts before and after.
    fn files(&self) -> impl Iterator<Item = (&str, &Path, &str, &str)> {
        let Mended { before, after, .. } = &self.mended;
        after
            .iter()
            .map(|(shown, after)| (shown.as_str(), self.paths[shown].as_path(), before[shown].as_str(), after.as_str()))
    }

    /// Writes the files; none when one of them has changed since it was read.
    pub(super) fn write(&self, trusted: &Trusted) -> anyhow::Result<()> {
        for (shown, path, before, _) in self.files() {
            write::expect(trusted, path, before).with_context(|| format!("{shown} could not be written"))?;
        }
        let mut batch = Batch::default();
        self.files().try_for_each(|(shown, path, before, after)| batch.replace(trusted, (shown, path), before, after))
    }

    /// What would be changed, as a unified diff. Hidden characters are escaped before the texts are compared: a carriage
    /// return would end a line, and what follows it would stand without a sign in front.
    pub(super) fn diff(&self) -> String {
        let diff = |(shown, _, before, after): (&str, &Path, &str, &str)| {
            let (shown, before, after) = (visible(shown), visible_lines(before), visible_lines(after));
            TextDiff::from_lines(&before, &after).unified_diff().header(&shown, &shown).to_string()
        };
        self.files().map(diff).collect()
    }
}

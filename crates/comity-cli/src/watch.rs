//! Waiting for the next save. What was saved is not looked at: all of it is read again.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use notify::event::{AccessKind, AccessMode};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use crate::load::Roots;

/// An editor saves in several steps: this long nothing more has to come.
const QUIET: Duration = Duration::from_millis(80);

/// And so long at most is waited for that.
const PATIENCE: Duration = Duration::from_secs(2);

/// The saves of a dataset's files, and of others that were named.
#[derive(Debug)]
pub(crate) struct Saves {
    watcher: RecommendedWatcher,
    events: Receiver<notify::Result<Event>>,
    root: Option<PathBuf>,
    files: Vec<PathBuf>,
}

impl Saves {
    /// Begins to listen.
    ///
    /// # Errors
    /// When standard input is to be read, which can be read only once, or the system does not tell of changes.
    pub(crate) fn of(roots: &Roots) -> anyhow::Result<Self> {
        if roots.reads_stdin() {
            bail!("standard input can be read only once; name files to watch");
        }
        // The system names files as they are, whatever link led to them.
        let real = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_owned());
        let root = roots.root().map(real);
        let files: Vec<PathBuf> = roots.named().iter().map(|path| real(path)).collect();
        let (sender, events) = mpsc::channel();
        let watcher = notify::recommended_watcher(sender).context("the system does not tell when a file is saved")?;
        let mut saves = Self { watcher, events, root, files };
        saves.listen()?;
        Ok(saves)
    }

    fn listen(&mut self) -> anyhow::Result<()> {
        let beside = self.files.iter().filter(|path| self.root.as_ref().is_none_or(|root| !path.starts_with(root)));
        // The folder around the root tells when the root itself is gone, and when it is there again.
        for folder in self.root.iter().chain(beside).filter_map(|path| path.parent()) {
            self.watcher
                .watch(folder, RecursiveMode::NonRecursive)
                .with_context(|| format!("{} cannot be watched", folder.display()))?;
        }
        if let Some(root) = &self.root {
            self.watcher
                .watch(root, RecursiveMode::Recursive)
                .with_context(|| format!("{} cannot be watched", root.display()))?;
        }
        Ok(())
    }

    /// Waits until something was saved and for a moment nothing more.
    ///
    /// # Errors
    /// When the system stops telling.
    pub(crate) fn wait(&mut self) -> anyhow::Result<()> {
        const GONE: &str = "the system does not tell any more when a file is saved";
        let mut root_changed = false;
        loop {
            let event = self.events.recv().context(GONE)?;
            if self.matters(&event, &mut root_changed) {
                break;
            }
        }
        let first = Instant::now();
        while first.elapsed() < PATIENCE {
            match self.events.recv_timeout(QUIET) {
                Ok(event) => drop(self.matters(&event, &mut root_changed)),
                Err(_) => break,
            }
        }
        if root_changed && let Some(root) = &self.root {
            // It may be another folder of the same name; where there is none, the folder around it tells when there is.
            let _ = self.watcher.unwatch(root);
            let _ = self.watcher.watch(root, RecursiveMode::Recursive);
        }
        Ok(())
    }

    /// Whether an event may have changed what is checked; to read a file is one too, and does not.
    fn matters(&self, event: &notify::Result<Event>, root_changed: &mut bool) -> bool {
        let Ok(event) = event else { return true };
        let only_read = matches!(event.kind, EventKind::Access(kind) if kind != AccessKind::Close(AccessMode::Write));
        *root_changed |= !only_read && event.paths.iter().any(|path| Some(path) == self.root.as_ref());
        let ours =
            |path: &PathBuf| self.root.as_ref().is_some_and(|root| path.starts_with(root)) || self.files.contains(path);
        !only_read && (event.need_rescan() || event.paths.iter().any(ours))
    }
}

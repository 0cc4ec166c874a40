//! Waits for the next save of a file. Which file was saved does not matter: everything is read again.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use notify::event::{AccessKind, AccessMode};
use notify::{Config, Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use crate::load::Roots;

/// An editor saves in several steps: a save is over when no event comes for this long.
const QUIET: Duration = Duration::from_millis(80);

/// The longest wait for the end of a save.
const PATIENCE: Duration = Duration::from_secs(2);

/// The saves of a dataset's files, and of other named files.
#[derive(Debug)]
pub(crate) struct Saves {
    watcher: RecommendedWatcher,
    events: Receiver<notify::Result<Event>>,
    root: Option<PathBuf>,
    files: Vec<PathBuf>,
}

impl Saves {
    /// Begins to watch.
    ///
    /// # Errors
    /// When standard input is among the paths, since it can be read only once, or when the system does not report changes.
    pub(crate) fn of(roots: &Roots) -> anyhow::Result<Self> {
        if roots.reads_stdin() {
            bail!("standard input can be read only once; name files to watch");
        }
        // The system reports the real paths of files, without links.
        let real = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_owned());
        let root = roots.root().map(real);
        let files: Vec<PathBuf> = roots.named().iter().map(|path| real(path)).collect();
        let (sender, events) = mpsc::channel();
        // A link may lead to a folder with any number of folders below it.
        let watcher = RecommendedWatcher::new(sender, Config::default().with_follow_symlinks(false))
            .context("the system does not report when a file is saved")?;
        let mut saves = Self { watcher, events, root, files };
        saves.listen()?;
        Ok(saves)
    }

    fn listen(&mut self) -> anyhow::Result<()> {
        let beside = self.files.iter().filter(|path| self.root.as_ref().is_none_or(|root| !path.starts_with(root)));
        // The parent of the root reports when the root is removed, and when it is there again.
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

    /// Waits until a save is over.
    ///
    /// # Errors
    /// When the system stops reporting changes.
    pub(crate) fn wait(&mut self) -> anyhow::Result<()> {
        const GONE: &str = "the system no longer reports when a file is saved";
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
            // The root may be a new folder with the old name. While there is none, its parent reports when there is one.
            let _ = self.watcher.unwatch(root);
            let _ = self.watcher.watch(root, RecursiveMode::Recursive);
        }
        Ok(())
    }

    /// Whether an event may have changed a watched file. Reading a file is an event, too, and changes nothing.
    fn matters(&self, event: &notify::Result<Event>, root_changed: &mut bool) -> bool {
        let Ok(event) = event else { return true };
        let only_read = matches!(event.kind, EventKind::Access(kind) if kind != AccessKind::Close(AccessMode::Write));
        *root_changed |= !only_read && event.paths.iter().any(|path| Some(path) == self.root.as_ref());
        let ours =
            |path: &PathBuf| self.root.as_ref().is_some_and(|root| path.starts_with(root)) || self.files.contains(path);
        !only_read && (event.need_rescan() || event.paths.iter().any(ours))
    }
}

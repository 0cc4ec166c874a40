//! Files that are being written, under a name of their own until they are whole. Whatever ends the program in an orderly
//! way removes them; after any other end their names tell whose they are.

use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::hash::{BuildHasher as _, RandomState};
use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::folder::Folder;

const PREFIX: &str = ".comity-";
const SUFFIX: &str = ".tmp";

/// A file that is being written. It is removed when it is dropped before it is whole.
#[derive(Debug, Clone)]
pub(super) struct Temporary {
    folder: Arc<Folder>,
    name: OsString,
}

/// Those that exist. Whoever holds the lock decides what becomes of them.
static ALIVE: Mutex<Vec<Temporary>> = Mutex::new(Vec::new());

fn alive() -> MutexGuard<'static, Vec<Temporary>> {
    ALIVE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A temporary file, by whoever writes it.
#[derive(Debug)]
pub(super) struct Guard(Temporary);

impl Guard {
    /// Makes a file under a name that nothing has. `private`: only for its owner until somebody says otherwise.
    pub(super) fn create(folder: Folder, private: bool) -> io::Result<(Self, File)> {
        signals::listen()?;
        let folder = Arc::new(folder);
        let mut alive = alive();
        loop {
            let number = RandomState::new().hash_one(alive.len());
            let name = OsString::from(format!("{PREFIX}{number:016x}{SUFFIX}"));
            match folder.create(&name, private) {
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
                Ok(file) => {
                    let temporary = Temporary { folder, name };
                    alive.push(temporary.clone());
                    return Ok((Self(temporary), file));
                }
            }
        }
    }

    /// Puts the file in its place. What had the name is replaced in one step.
    pub(super) fn put(self, name: &OsStr) -> io::Result<()> {
        let mut alive = alive();
        self.0.folder.rename(&self.0.name, name)?;
        alive.retain(|other| other.name != self.0.name);
        drop(alive);
        Ok(())
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        let mut alive = alive();
        let before = alive.len();
        alive.retain(|other| other.name != self.0.name);
        if alive.len() < before {
            // There is nobody left to tell, and the next check names what stays.
            let _ = self.0.folder.remove(&self.0.name);
        }
    }
}

/// Whether a file of that name was left by a run that was stopped.
pub(super) fn is_left_over(name: &str) -> bool {
    let number = name.strip_prefix(PREFIX).and_then(|name| name.strip_suffix(SUFFIX));
    number.is_some_and(|number| number.len() == 16 && number.bytes().all(|digit| digit.is_ascii_hexdigit()))
}

#[cfg(unix)]
mod signals {
    use std::io;
    use std::sync::OnceLock;

    use signal_hook::consts::{SIGINT, SIGTERM};
    use signal_hook::iterator::Signals;
    use signal_hook::low_level::emulate_default_handler;

    static LISTENING: OnceLock<Result<(), io::ErrorKind>> = OnceLock::new();

    /// From now on, whoever ends the program from outside waits until its temporary files are removed.
    pub(super) fn listen() -> io::Result<()> {
        Ok((*LISTENING.get_or_init(|| begin().map_err(|error| error.kind())))?)
    }

    fn begin() -> io::Result<()> {
        let mut signals = Signals::new([SIGINT, SIGTERM])?;
        std::thread::Builder::new().spawn(move || {
            for signal in &mut signals {
                // The lock is kept until the end, so that nothing more is begun or put in its place.
                let alive = super::alive();
                for temporary in &*alive {
                    let _ = temporary.folder.remove(&temporary.name);
                }
                // Ends the program as the signal would have: the caller sees which.
                let _ = emulate_default_handler(signal);
            }
        })?;
        Ok(())
    }
}

#[cfg(not(unix))]
mod signals {
    /// There are no signals; the next check names what a stopped run leaves.
    #[expect(clippy::unnecessary_wraps, reason = "elsewhere it may fail")]
    pub(super) fn listen() -> std::io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_temporary_files_are_left_over() {
        assert!(is_left_over(".comity-0123456789abcdef.tmp"));
        for other in [".comity-.tmp", ".comity-0123456789abcdef.json", "comity-0123456789abcdef.tmp", ".tmp", "a.json"]
        {
            assert!(!is_left_over(other), "{other}");
        }
    }
}

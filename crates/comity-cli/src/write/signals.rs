//! Signals that end the program: the temporary files are removed first.

use std::io;
use std::sync::OnceLock;

use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::iterator::Signals;
use signal_hook::low_level::emulate_default_handler;

use super::temporary::{Location, existing};

static LISTENING: OnceLock<Result<(), io::ErrorKind>> = OnceLock::new();

/// From now on, a signal ends the program only once its temporary files are removed.
pub(super) fn listen() -> io::Result<()> {
    Ok((*LISTENING.get_or_init(|| spawn().map_err(|error| error.kind())))?)
}

fn spawn() -> io::Result<()> {
    let mut signals = Signals::new([SIGINT, SIGTERM])?;
    std::thread::Builder::new().spawn(move || {
        for signal in &mut signals {
            // The lock is held until the end, so that no other file is begun or renamed.
            let existing = existing();
            existing.iter().for_each(Location::remove);
            // Ends the program as the signal would have ended it, so that the caller sees which signal it was.
            let _ = emulate_default_handler(signal);
        }
    })?;
    Ok(())
}

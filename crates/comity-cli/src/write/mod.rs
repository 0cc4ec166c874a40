//! The one way in which the command line writes a file: into a temporary file beside the target, which replaces the target
//! in one step once it is complete. No link is followed. After any failure, the target is unchanged and nothing else is
//! left; after a kill, the next run for the same target removes what is left.

mod leftover;
mod replace;
#[cfg(unix)]
mod signals;
pub(crate) mod temporary;
mod writer;

pub(crate) use leftover::remove_leftovers;
pub(crate) use replace::{Batch, FileChange, all, put, put_unsynced, replace};
pub(crate) use temporary::Temporary;
pub(crate) use writer::Writer;

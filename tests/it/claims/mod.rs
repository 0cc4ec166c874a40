//! Claims of the repository about itself: its sources, its pages, its gate, its workflows.

mod codebook;
#[cfg(unix)]
mod comment;
#[cfg(unix)]
mod gate;
#[cfg(unix)]
mod proposals;
#[cfg(target_os = "linux")]
mod pull_requests;
mod readme;
mod security;
mod sources;
mod workflows;

//! What the repository claims of itself, held to it: sources, pages, the gate, the workflows.

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

//! Claims of the repository about itself: its sources, its pages, its gate, its workflows.

#[cfg(unix)]
mod action;
mod codebook;
#[cfg(unix)]
mod comment;
#[cfg(unix)]
mod gate;
#[cfg(unix)]
mod instructions;
mod numbers;
#[cfg(unix)]
mod proposals;
#[cfg(target_os = "linux")]
mod pull_requests;
mod readme;
#[cfg(unix)]
mod scripts;
mod security;
mod sources;
mod workflows;

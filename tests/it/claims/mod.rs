//! Claims about the repository itself: its sources, its pages, its gate.

#[cfg(unix)]
mod gate;
mod readme;
mod security;
mod sources;

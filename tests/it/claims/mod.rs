//! What the repository claims of itself, held to it: sources, pages, the gate.

#[cfg(unix)]
mod gate;
mod readme;
mod security;
mod sources;

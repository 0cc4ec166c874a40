//! Nothing but the dependencies of `Cargo.toml`, which says why.

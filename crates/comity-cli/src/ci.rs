//! Services that run the program for a repository.

/// Whether a service runs the program. By convention, `CI` is set then.
pub(crate) fn is_in_ci() -> bool {
    let value = std::env::var("CI").unwrap_or_default().to_ascii_lowercase();
    !matches!(&*value, "" | "0" | "false")
}

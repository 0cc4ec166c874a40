//! Checkouts that leave out files.

use anyhow::bail;

use super::git::Git;

/// Refuses a checkout that leaves out files of the dataset: they would count as deleted.
///
/// # Errors
/// When git cannot be asked, or leaves out such a file.
pub(crate) fn refuse(git: &Git) -> anyhow::Result<()> {
    if !git.ask(&["config", "--bool", "core.sparseCheckout"]).is_ok_and(|answer| answer == "true") {
        return Ok(());
    }
    let mut arguments = vec!["ls-files", "-t", "-z"];
    if !git.prefix.is_empty() {
        arguments.extend(["--", &git.prefix]);
    }
    if git.ask_index(&arguments)?.split('\0').any(|file| file.starts_with("S ")) {
        bail!("this checkout is sparse and lacks files of the dataset; `git sparse-checkout disable` brings them");
    }
    Ok(())
}

//! What stands below the options in the help of a command. The manual pages show the same sections.

/// The exit status of a command that looks for no faults.
pub(crate) const DONE: &str = "Exit status:\n  0  done\n  2  the command could not run";

/// The variables that the program reads.
pub(crate) const ENVIRONMENT: &str = "Environment:
  NO_COLOR              no colour, whatever the terminal; before all other variables
  FORCE_COLOR           colour where there is no terminal, too; `0` and `false` mean no colour
  CLICOLOR_FORCE        colour where there is no terminal, too
  CLICOLOR              `0` means no colour
  GITHUB_ACTIONS        set: findings are annotations, and all output is escaped for the runner
  GITHUB_BASE_REF       the branch with which `comity diff` compares, where none is named
  GITHUB_STEP_SUMMARY   the file to which a check appends its report as Markdown
  COMPLETE              set by the scripts of `comity completions`: the shell that asks
  GIT_INDEX_FILE        the index for --staged, where it is one of the repository's own";

/// Joins sections, each with its heading, with a blank line between two of them.
pub(crate) fn sections(sections: &[&str]) -> String {
    sections.join("\n\n")
}

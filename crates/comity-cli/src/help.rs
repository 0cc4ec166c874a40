//! Parts of the help that several commands share: the sections below the options, which the manual pages show too, and lists
//! of choices.

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};

/// The exit status of a command that looks for no faults.
pub(crate) const DONE: &str = "Exit status:\n  0  done\n  2  the command could not run";

/// The exit status of a command that asks for records, and writes them.
pub(crate) const WRITTEN: &str = "Exit status:
  0  the files are written
  1  the check finds fault with what would be written, or a person stops the questions; then
     nothing is written
  2  the command could not run";

/// The variables that the program reads.
pub(crate) const ENVIRONMENT: &str = "Environment:
  NO_COLOR              no colour, whatever the terminal; before all other variables
  FORCE_COLOR           colour where there is no terminal, too; `0` and `false` mean no colour
  CLICOLOR_FORCE        colour where there is no terminal, too
  CLICOLOR              `0` means no colour
  GITHUB_ACTIONS        set: findings are annotations, and all output is escaped for the runner
  GITHUB_BASE_REF       the branch with which `comity diff` compares, where none is named
  GITHUB_STEP_SUMMARY   the file to which a check appends its report as Markdown
  CI                    set: `comity check` reads every file, and keeps nothing between runs
  XDG_CACHE_HOME        the folder of caches, `~/.cache` where it is not set (on Linux)
  COMPLETE              set by the scripts of `comity completions`: the shell that asks
  GIT_INDEX_FILE        the index for --staged, where it is one of the repository's own";

/// Joins sections, each with its heading, with a blank line between two of them.
pub(crate) fn sections(sections: &[&str]) -> String {
    sections.join("\n\n")
}

/// Parses the name of one of several choices; the help lists all names with their summaries.
pub(crate) fn choices<T: Copy + Send + Sync + 'static>(
    all: &'static [T],
    name: fn(T) -> &'static str,
    summary: fn(T) -> &'static str,
) -> impl TypedValueParser<Value = T> {
    let named = all.iter().map(|choice| PossibleValue::new(name(*choice)).help(summary(*choice)));
    let find = move |text: String| all.iter().copied().find(|choice| name(*choice) == text);
    PossibleValuesParser::new(named).try_map(move |text| find(text).ok_or("no such choice"))
}

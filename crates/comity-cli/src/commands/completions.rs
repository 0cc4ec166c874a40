//! `comity completions`: the script that makes a shell ask the program while a command line is being typed.

use clap::Args;
use clap_complete::Shell;

use super::{Done, End};
use crate::complete;
use crate::help;
use crate::output::Output;

const EXAMPLES: &str = "Examples:
  source <(comity completions bash)     in ~/.bashrc
  source <(comity completions zsh)      in ~/.zshrc, after compinit
  comity completions fish | source      in ~/.config/fish/config.fish

The script belongs to the version of the program that wrote it; load it anew with each shell.";

/// What `comity completions` takes.
#[derive(Debug, Args)]
#[command(after_help = help::sections(&[help::DONE, EXAMPLES]))]
pub(crate) struct CompletionsArgs {
    /// The shell to write the script for
    shell: Shell,
}

pub(crate) fn run(args: &CompletionsArgs, output: &mut Output) -> Done {
    output.script(&complete::script(&args.shell.to_string())?)?;
    Ok(End::Clean)
}

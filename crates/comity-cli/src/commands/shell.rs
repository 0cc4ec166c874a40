//! `comity completions` and `comity man`.

use clap::Args;
use clap_complete::Shell;

use super::{Done, End};
use crate::output::Output;

/// What `comity completions` takes.
#[derive(Debug, Args)]
pub(crate) struct CompletionsArgs {
    /// The shell to write the script for
    shell: Shell,
}

pub(crate) fn completions(args: &CompletionsArgs, mut command: clap::Command, output: &mut Output) -> Done {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut command, "comity", &mut script);
    output.write(&String::from_utf8_lossy(&script))?;
    Ok(End::Clean)
}

pub(crate) fn man(command: clap::Command, output: &mut Output) -> Done {
    let mut page = Vec::new();
    clap_mangen::Man::new(command).render(&mut page)?;
    output.write(&String::from_utf8_lossy(&page))?;
    Ok(End::Clean)
}

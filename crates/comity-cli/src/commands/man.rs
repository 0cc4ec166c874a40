//! `comity man`: a manual page for the program and one for each command, in the format of `man`.

use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::Args;
use clap_mangen::Man;
use clap_mangen::roff::{Roff, roman};

use super::{Done, End};
use crate::folder::open::{Trusted, explained};
use crate::help;
use crate::output::Output;
use crate::refused;
use crate::write;

const EXAMPLES: &str = "Examples:
  comity man                   the page of the program
  comity man check             the page of a command
  comity man --to man/man1     all pages, for `man -M man comity-check`";

/// What `comity man` takes.
#[derive(Debug, Args)]
#[command(after_help = help::sections(&[help::DONE, EXAMPLES]))]
pub(crate) struct ManArgs {
    /// The command to write the page of [default: the program]
    #[arg(conflicts_with = "to")]
    command: Option<String>,
    /// Write all pages into this folder; created if missing
    #[arg(long, value_name = "DIR")]
    to: Option<PathBuf>,
}

pub(crate) fn run(args: &ManArgs, mut program: clap::Command, output: &mut Output) -> Done {
    program = program.disable_help_subcommand(true);
    program.build();
    if let Some(folder) = &args.to {
        return write_all(folder, &program, output);
    }
    let command = match &args.command {
        None => &program,
        Some(name) => program.find_subcommand(name).with_context(|| refused::unknown(name, &program))?,
    };
    output.write(&String::from_utf8_lossy(&page(command)?))?;
    Ok(End::Clean)
}

fn write_all(folder: &Path, program: &clap::Command, output: &mut Output) -> Done {
    let trusted = Trusted::around(None)?;
    let made = trusted.make_folder(&trusted.absolute(folder)).map_err(|error| explained(&error));
    made.with_context(|| format!("{} could not be made", folder.display()))?;
    for command in std::iter::once(program).chain(program.get_subcommands()) {
        let path = folder.join(format!("{}.1", command.get_display_name().unwrap_or(command.get_name())));
        let page = page(command)?;
        let written = write::put(&trusted, &trusted.absolute(&path), &page);
        written.with_context(|| format!("{} could not be written", path.display()))?;
        output.line(&path.display().to_string())?;
    }
    Ok(End::Clean)
}

/// The page of a command. What stands below the options in the help has sections of its own.
pub(super) fn page(command: &clap::Command) -> anyhow::Result<Vec<u8>> {
    let below = command.get_after_help().map(ToString::to_string).unwrap_or_default();
    let mut page = Vec::new();
    let version = concat!("comity ", env!("CARGO_PKG_VERSION"));
    let man = Man::new(command.clone().after_help(None::<&str>)).source(version);
    let has_commands = command.get_subcommands().next().is_some();
    man.render_title(&mut page)?;
    man.render_name_section(&mut page)?;
    man.render_synopsis_section(&mut page)?;
    man.render_description_section(&mut page)?;
    man.render_options_section(&mut page)?;
    if has_commands {
        man.render_subcommands_section(&mut page)?;
    }
    let environment = if below.contains(help::ENVIRONMENT) { "" } else { help::ENVIRONMENT };
    for paragraph in below.split("\n\n").chain([environment]).filter(|paragraph| !paragraph.is_empty()) {
        section(paragraph).to_writer(&mut page)?;
    }
    Ok(page)
}

/// A paragraph as it stands, under its heading: the first line, where that ends with a colon.
fn section(paragraph: &str) -> Roff {
    let mut roff = Roff::default();
    let (head, body) = paragraph.split_once('\n').unwrap_or((paragraph, ""));
    let body = if let Some(heading) = head.strip_suffix(':') {
        roff.control("SH", [heading.to_uppercase().as_str()]);
        body
    } else {
        roff.control("PP", []);
        paragraph
    };
    roff.control("nf", []);
    body.lines().for_each(|line| {
        roff.text([roman(line.trim_start())]);
    });
    roff.control("fi", []);
    roff
}

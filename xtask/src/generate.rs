//! Generated files in the repository. The program `comity` makes their contents; this chore writes the files, or says
//! which files are out of date.

use std::ffi::OsStr;
use std::fmt::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::{fs, str};

use anyhow::{Context, bail, ensure};
use clap::Args;
use xtask::imports::Imports;

/// The arguments of `generate`.
#[derive(Debug, Clone, Copy, Args)]
pub(crate) struct Generate {
    /// Change nothing; end with an error if a file is out of date
    #[arg(long)]
    check: bool,
}

pub(crate) fn run(root: &Path, args: Generate) -> anyhow::Result<()> {
    let mut stale = Vec::new();
    let mut schema = vec!["schema", "--to", "schema"];
    schema.extend(args.check.then_some("--check"));
    let schemas = comity(root, &schema).status().context("cargo cannot be run")?;
    if !schemas.success() {
        stale.push("schema".to_owned());
    }
    let mut pages = vec![
        ("README.md".to_owned(), readme(root)?),
        ("docs/architecture.md".to_owned(), architecture(root)?),
        ("docs/rules.md".to_owned(), output(root, &["rules", "--format", "markdown"])?),
    ];
    for form in output(root, &["from-issue", "--form"])?.lines() {
        let page = output(root, &["from-issue", "--form", form])?;
        pages.push((format!(".github/ISSUE_TEMPLATE/{form}.yml"), page));
    }
    for (path, made) in pages {
        let file = root.join(&path);
        if fs::read_to_string(&file).is_ok_and(|text| text == made) {
            continue;
        }
        if !args.check {
            fs::write(&file, made).with_context(|| format!("{path} cannot be written"))?;
            eprint(&format!("written: {path}"));
        }
        stale.push(path);
    }
    ensure!(!args.check || stale.is_empty(), "out of date: {}; run `cargo xtask generate`", stale.join(", "));
    Ok(())
}

/// The page of the architecture with its tables drawn anew: each stands between a marker that names the sources of a
/// crate and the marker `<!-- end -->`.
fn architecture(root: &Path) -> anyhow::Result<String> {
    let page = fs::read_to_string(root.join("docs/architecture.md")).context("docs/architecture.md")?;
    let mut parts = page.split("<!-- imports: ");
    let mut made = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (folder, rest) = part.split_once(" -->").context("a marker is not closed")?;
        let (_, behind) = rest.split_once("<!-- end -->").context("a table has no end")?;
        let table = Imports::of(&root.join(folder)).table();
        write!(made, "<!-- imports: {folder} -->\n\n{table}\n<!-- end -->{behind}")?;
    }
    Ok(made)
}

/// The first page of the repository with the table of readers that the first page of a release has.
fn readme(root: &Path) -> anyhow::Result<String> {
    const MARKER: &str = "<!-- copied: src/export/where_to_start.md -->";
    let page = fs::read_to_string(root.join("README.md")).context("README.md")?;
    let start = fs::read_to_string(root.join("src/export/where_to_start.md")).context("where_to_start.md")?;
    let (_, table) = start.split_once("| if you use |").context("where_to_start.md has no table of readers")?;
    let table = table.split("\n\n").next().unwrap_or_default().trim_end();
    let (before, rest) = page.split_once(MARKER).context("README.md has no marker for the table of readers")?;
    let (_, behind) = rest.split_once("<!-- end -->").context("the marker in README.md is not closed")?;
    Ok(format!("{before}{MARKER}\n\n| if you use |{table}\n\n<!-- end -->{behind}"))
}

/// The program `comity`, built from this checkout.
fn comity(root: &Path, arguments: &[impl AsRef<OsStr>]) -> Command {
    let mut command = Command::new(env!("CARGO"));
    command.current_dir(root).args(["run", "--quiet", "--"]).args(arguments);
    command
}

fn output(root: &Path, arguments: &[&str]) -> anyhow::Result<String> {
    let output = comity(root, arguments).stderr(Stdio::inherit()).output().context("cargo cannot be run")?;
    if !output.status.success() {
        bail!("`comity {}` failed", arguments.join(" "));
    }
    Ok(str::from_utf8(&output.stdout)?.to_owned())
}

#[expect(clippy::print_stderr, reason = "what a chore did is told to whoever runs it")]
pub(crate) fn eprint(line: &str) {
    eprintln!("{line}");
}

//! `comity diff`: two states of the dataset, record by record and field by field.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use clap::Args;
use clap_complete::ArgValueCompleter;
use comity::check::Retention;
use comity::dataset::Dataset;
use comity::diff::Diff;
use comity::policy::Policy;
use comity::render::{DiffFormat, DiffView};
use comity::value::Day;

use super::{DatasetArgs, Done, End};
use crate::clock::today;
use crate::complete;
use crate::help;
use crate::load::git::Git;
use crate::load::range::Range;
use crate::load::{Kept, Loaded, Overlay, Roots, revision, sparse};
use crate::output::Output;

const STATUS: &str = "Exit status:
  0  the states were compared, whatever changed
  2  the command could not run";

const NOTES: &str = "Each of the two is a folder or a revision: a branch, a tag or a commit. One revision alone is
compared from the commit at which the work here left it, as `check --base` does. A folder is taken
before a revision of that name.";

const EXAMPLES: &str = "Examples:
  comity diff                         what this branch changes, with what is not committed yet
  comity diff main                    the same, for the base branch `main`
  comity diff main...topic            what the branch `topic` changes
  comity diff v2025.12.01 HEAD        two revisions
  comity diff old data                two folders
  comity diff main --format markdown  for a pull request";

/// What `comity diff` takes.
#[derive(Debug, Args)]
#[command(after_help = help::sections(&[STATUS, NOTES, EXAMPLES]))]
pub(crate) struct DiffArgs {
    /// The earlier state: a folder, a revision, or both states as `A..B` or `A...B` [default: where this branch left the
    /// base branch]
    #[arg(add = ArgValueCompleter::new(complete::states))]
    old: Option<OsString>,
    /// The later state: a folder or a revision [default: the files that are here]
    #[arg(add = ArgValueCompleter::new(complete::states))]
    new: Option<OsString>,
    /// Output format [default: human]
    #[arg(long, value_name = "FORMAT", value_parser = help::choices(&DiffFormat::ALL, DiffFormat::name, DiffFormat::summary))]
    format: Option<DiffFormat>,
    #[command(flatten)]
    dataset: DatasetArgs,
}

pub(crate) fn run(args: &DiffArgs, output: &mut Output) -> Done {
    let (old, new) = args.states()?;
    let reader = Reader { data: args.dataset.data.clone(), today: today()? };
    let (old_name, base) = reader.read(&old, &new)?;
    let (new_name, mut head) = reader.read(&new, &old)?;
    // The rules and their levels are those of the earlier state, as in a check.
    let own = std::mem::replace(&mut head.manifest, base.manifest.clone());
    let mut policy = Policy::of(&head);
    policy.changed_only = true;
    let report = comity::check(&head, Some(&base), &policy);
    head.manifest = own;
    let diff = Diff::of(&base, &head);
    let view = DiffView { diff: &diff, report: &report, old: &old_name, new: &new_name };
    output.diff(view, args.format.unwrap_or(DiffFormat::Human))?;
    Ok(End::Clean)
}

/// One of the two states.
#[derive(Debug, Clone, PartialEq, Eq)]
enum State {
    /// The dataset in a folder.
    Folder(PathBuf),
    /// The files that are here.
    Here,
    /// A revision.
    Revision(String),
    /// The commit at which the second revision left the history of the first.
    MergeBase(String, String),
    /// The commit at which the work here left the base branch.
    Base,
}

impl DiffArgs {
    fn states(&self) -> anyhow::Result<(State, State)> {
        let head = || "HEAD".to_owned();
        let Some(old) = &self.old else { return Ok((State::Base, State::Here)) };
        if let Some(new) = &self.new {
            return Ok((state(old)?, state(new)?));
        }
        if let Some(folder) = folder(old) {
            return Ok((State::Folder(folder), State::Here));
        }
        Ok(match Range::parse(text(old)?) {
            Range::One(old) => (State::MergeBase(old.to_owned(), head()), State::Here),
            Range::Between(old, new) => (State::Revision(old.to_owned()), State::Revision(new.to_owned())),
            Range::Since(old, new) => {
                (State::MergeBase(old.to_owned(), new.to_owned()), State::Revision(new.to_owned()))
            }
        })
    }
}

/// One of two arguments.
fn state(argument: &OsStr) -> anyhow::Result<State> {
    if let Some(folder) = folder(argument) {
        return Ok(State::Folder(folder));
    }
    match Range::parse(text(argument)?) {
        Range::One(revision) => Ok(State::Revision(revision.to_owned())),
        _ => bail!("`{}` names two states, and there is one more; write one range, or two revisions", text(argument)?),
    }
}

fn folder(argument: &OsStr) -> Option<PathBuf> {
    let path = Path::new(argument);
    path.is_dir().then(|| path.to_owned())
}

/// The text of an argument that is no folder.
fn text(argument: &OsStr) -> anyhow::Result<&str> {
    let text = argument.to_str().context("there is no such folder, and the name of a revision is UTF-8")?;
    // `..` is a step of a path where a slash stands behind it: no name of a revision begins with one.
    if text == ".." || text.starts_with("../") || text.contains("/../") || text.starts_with('/') {
        bail!("there is no folder `{text}`; look at its spelling, and at the folder you are in");
    }
    Ok(text)
}

/// Reads the two states.
struct Reader {
    data: Option<PathBuf>,
    today: Day,
}

impl Reader {
    /// The name for the user, and the dataset. A revision is one of the repository of the other state, where that is a
    /// folder.
    fn read(&self, state: &State, other: &State) -> anyhow::Result<(String, Dataset)> {
        let roots = match (state, other) {
            (State::Folder(folder), _) => return self.folder(folder),
            (State::Here, _) => {
                return Ok(("the files here".to_owned(), self.load(&Roots::find(self.data.as_slice())?)?));
            }
            (_, State::Folder(folder)) => of_folder(folder)?,
            _ => Roots::find(self.data.as_slice())?,
        };
        let (root, shown) = roots.root.as_ref().context("there is no dataset here to compare")?;
        let git = Git::of(root)?;
        if *other == State::Here {
            sparse::refuse(&git)?;
        }
        let (name, commit) = match state {
            State::Revision(revision) => (revision.clone(), git.commit(revision)?),
            State::MergeBase(one, other) => (one.clone(), git.merge_base(one, other)?),
            _ => {
                let branch = base_branch(&git)?;
                let commit = git.merge_base(&branch, "HEAD")?;
                (branch, commit)
            }
        };
        let short = &commit[..commit.len().min(9)];
        let dataset = revision::read(&git, shown, (&name, &commit), self.today, Retention::Whole)?;
        let name = ["refs/heads/", "refs/remotes/"].iter().find_map(|kind| name.strip_prefix(kind)).unwrap_or(&name);
        // Whoever names a commit by its hash needs no second one.
        let name = if commit.starts_with(name) { short.to_owned() } else { format!("{name} ({short})") };
        Ok((name, dataset))
    }

    fn folder(&self, folder: &Path) -> anyhow::Result<(String, Dataset)> {
        let roots = of_folder(folder)?;
        Ok((folder.display().to_string(), self.load(&roots)?))
    }

    fn load(&self, roots: &Roots) -> anyhow::Result<Dataset> {
        let loaded = Loaded::read_over(roots, self.today, &Overlay::new(), Kept::Everything)?;
        loaded.note_left_over();
        Ok(loaded.dataset)
    }
}

/// The dataset that a named folder holds, not one above it.
fn of_folder(folder: &Path) -> anyhow::Result<Roots> {
    let mut roots = [folder.to_owned(), folder.join("data")].into_iter();
    let Some(root) = roots.find(|root| root.join("dataset.json").exists()) else {
        bail!(
            "`{}` holds no dataset: neither `dataset.json` nor `data/dataset.json`; name the folder of a dataset, or a revision",
            folder.display()
        )
    };
    Roots::find(&[root])
}

/// The branch into which the work here goes: the one that a pull request names in GitHub Actions, or the usual branch of the
/// remote, or `main` or `master` here.
fn base_branch(git: &Git) -> anyhow::Result<String> {
    if let Some(name) = std::env::var("GITHUB_BASE_REF").ok().filter(|name| !name.is_empty()) {
        let branch = format!("refs/remotes/origin/{name}");
        if !git.knows(&branch) {
            bail!(
                "GITHUB_BASE_REF names the branch `{name}`, and this clone has no `origin/{name}`; fetch the branch, or name a revision that is here"
            );
        }
        return Ok(branch);
    }
    let usual = [
        "refs/remotes/origin/HEAD",
        "refs/remotes/origin/main",
        "refs/remotes/origin/master",
        "refs/heads/main",
        "refs/heads/master",
    ];
    usual.into_iter().find(|name| git.knows(name)).map(str::to_owned).context(
        "there is no branch `main` or `master`, here or in the remote `origin`, to compare with; name one, as in `comity diff develop`",
    )
}

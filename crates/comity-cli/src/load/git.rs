//! git, run so that nothing in a checkout decides which repository is read or which program runs. A branch may bring any file
//! except `.git`; therefore the repository is always the one whose `.git` is nearest above the dataset.

use std::ffi::OsStr;
use std::fs;
use std::io::{BufRead, BufReader, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use anyhow::{Context, bail};

/// The inherited variables that git still gets. They name the user's own configuration, which alone decides whose folders git
/// trusts, and whether a repository may cross a mount. All other variables of git are removed: they set the repository, index,
/// objects, replacements or pathspecs that git uses, or a program that git starts.
const KEPT: [&str; 4] =
    ["GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GIT_CONFIG_NOSYSTEM", "GIT_DISCOVERY_ACROSS_FILESYSTEM"];

/// Variables that are set for git.
const VARIABLES: [(&str, &str); 4] = [
    // git does not fetch contents that a partial clone lacks. git before 2.45 does not know this variable.
    ("GIT_NO_LAZY_FETCH", "1"),
    // No transport is allowed, whatever a configuration says: `protocol.ext.allow` would override `protocol.allow`.
    ("GIT_ALLOW_PROTOCOL", "none"),
    ("GIT_TERMINAL_PROMPT", "0"),
    // One warning of git is looked for in its text.
    ("LC_ALL", "C"),
];

/// The options of every call: git replaces no object, writes nothing, and runs no program that a configuration names.
const OPTIONS: [&str; 10] = [
    "--no-pager",
    "--no-replace-objects",
    "--literal-pathspecs",
    "--no-optional-locks",
    "-c",
    "safe.bareRepository=explicit",
    "-c",
    "core.fsmonitor=false",
    "-c",
    "core.hooksPath=/dev/null",
];

/// What to do in a clone that lacks earlier commits.
const SHALLOW: &str = "this clone holds only the latest commits; fetch the others with `git fetch --unshallow`, in GitHub Actions with `fetch-depth: 0`";

/// The repository that tracks a dataset.
#[derive(Debug)]
pub(crate) struct Git {
    /// The top folder of the work tree.
    top: PathBuf,
    /// The dataset's folder below the top, with `/` at the end; empty when the dataset's folder is the top.
    pub(crate) prefix: String,
    /// The folder in which git keeps its own files.
    own_files: PathBuf,
}

impl Git {
    /// The repository that tracks the dataset in the folder `root`, an absolute path.
    ///
    /// # Errors
    /// When git is missing, when the dataset is in no repository, or when the repository does not track the dataset.
    pub(crate) fn of(root: &Path) -> anyhow::Result<Self> {
        let Some(top) = root.ancestors().find(|folder| fs::symlink_metadata(folder.join(".git")).is_ok()) else {
            bail!(
                "the dataset lies in no git repository, so there is no revision to compare with; `comity diff` compares two folders"
            )
        };
        let mut git = Self { top: top.to_owned(), prefix: String::new(), own_files: PathBuf::new() };
        (git.prefix, git.own_files) = git.verify(root)?;
        Ok(git)
    }

    /// Refuses a repository whose work tree does not contain the dataset, or whose own files may come from a commit. Returns the
    /// dataset's folder below the top, and the folder in which git keeps its own files.
    fn verify(&self, root: &Path) -> anyhow::Result<(String, PathBuf)> {
        let answers = self.ask(&["rev-parse", "--show-toplevel", "--absolute-git-dir", "--git-common-dir"])?;
        // A path that git prints may be relative to the folder in which git runs.
        let answers = answers.lines().map(|path| real(&self.top.join(path))).collect::<anyhow::Result<Vec<_>>>()?;
        let [work_tree, git_dir, common_dir] = &answers[..] else {
            bail!("the path of the git repository has a line break; give its folders other names")
        };
        let (top, root) = (real(&self.top)?, real(root)?);
        let Some(below) = root.strip_prefix(&top).ok().filter(|_| *work_tree == top) else {
            bail!(
                "the dataset `{}` does not lie in `{}`, the work tree that git has for it; check the dataset in a clone of its own",
                root.display(),
                work_tree.display()
            );
        };
        // Any file of the work tree may come from a commit; only `.git` cannot.
        let may_come_from_a_commit = |folder: &&PathBuf| {
            folder.starts_with(&root) || folder.starts_with(&top) && !folder.starts_with(top.join(".git"))
        };
        if let Some(folder) = [git_dir, common_dir].into_iter().find(may_come_from_a_commit) {
            bail!(
                "git keeps its own files in `{}`, where a commit could have put them; move them out of the dataset's folder, or clone the repository again",
                folder.display()
            );
        }
        let steps: Option<Vec<&str>> = below.components().map(|step| step.as_os_str().to_str()).collect();
        let steps = steps.context("the path of the dataset is not UTF-8; give its folders other names")?;
        Ok((steps.into_iter().flat_map(|step| [step, "/"]).collect(), git_dir.clone()))
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new("git");
        let inherited = std::env::vars_os().map(|(name, _)| name);
        inherited.filter(|name| is_removed(name)).for_each(|name| {
            command.env_remove(name);
        });
        command.envs(VARIABLES).args(OPTIONS).arg("-C").arg(&self.top).args(arguments);
        command
    }

    fn output(&self, arguments: &[&str]) -> anyhow::Result<Output> {
        run(&mut self.command(arguments))
    }

    /// What git prints, without the line break at the end.
    pub(crate) fn ask(&self, arguments: &[&str]) -> anyhow::Result<String> {
        printed(arguments, self.output(arguments)?)
    }

    /// What git prints of the index from which the next commit is made. A hook has an index of its own while a commit is
    /// being made; no other index is read.
    pub(crate) fn ask_index(&self, arguments: &[&str]) -> anyhow::Result<String> {
        let mut command = self.command(arguments);
        if let Some(index) = std::env::var_os("GIT_INDEX_FILE").and_then(|index| fs::canonicalize(index).ok())
            && index.parent() == Some(&self.own_files)
        {
            command.env("GIT_INDEX_FILE", index);
        }
        printed(arguments, run(&mut command)?)
    }

    /// The commit that a revision names.
    ///
    /// # Errors
    /// When the revision is unknown in this clone; the error says what to do.
    pub(crate) fn commit(&self, revision: &str) -> anyhow::Result<String> {
        if revision.starts_with('-') {
            bail!("the revision `{revision}` is not known here; the name of a revision does not begin with `-`");
        }
        let name = format!("{revision}^{{commit}}");
        let output = self.output(&["rev-parse", "--verify", "--end-of-options", &name])?;
        // git takes a tag before a branch of the same name, and anybody whose history is fetched can bring such a tag.
        if String::from_utf8_lossy(&output.stderr).contains("is ambiguous") {
            bail!(
                "the revision `{revision}` is ambiguous: a tag and something else have that name; write `refs/heads/…`, `refs/remotes/…` or `refs/tags/…`, or all digits of the commit"
            );
        }
        let commit = String::from_utf8_lossy(&output.stdout).trim_end().to_owned();
        // For `^main`, which leaves a commit out, git prints a `^` too.
        if output.status.success() && commit.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Ok(commit);
        }
        let why = if self.is_shallow() { SHALLOW } else { "fetch it, or name another: a branch, a tag or a commit" };
        bail!("the revision `{revision}` is not known here; {why}");
    }

    /// The latest commit that is in the history of both revisions: where `one` left the history of `other`.
    ///
    /// # Errors
    /// When a revision is unknown, or when the two have no commit in common, or this clone does not hold one.
    pub(crate) fn merge_base(&self, one: &str, other: &str) -> anyhow::Result<String> {
        let output = self.output(&["merge-base", &self.commit(one)?, &self.commit(other)?])?;
        let printed = String::from_utf8_lossy(&output.stdout);
        // Of several, git names the best one first.
        if let Some(base) = printed.lines().next().filter(|_| output.status.success()) {
            return Ok(base.to_owned());
        }
        let why = if self.is_shallow() { SHALLOW } else { "their histories began apart; name another revision" };
        bail!("`{one}` and `{other}` have no commit in common here; {why}");
    }

    /// Whether a name is known here, and names a commit.
    pub(crate) fn knows(&self, name: &str) -> bool {
        let name = format!("{name}^{{commit}}");
        self.output(&["rev-parse", "--verify", "--quiet", "--end-of-options", &name])
            .is_ok_and(|output| output.status.success())
    }

    fn is_shallow(&self) -> bool {
        self.ask(&["rev-parse", "--is-shallow-repository"]).is_ok_and(|answer| answer == "true")
    }

    /// The contents of blobs, in the order of `ids`.
    pub(crate) fn contents<'a>(&self, ids: impl Iterator<Item = &'a str>) -> anyhow::Result<Vec<Vec<u8>>> {
        let ids: Vec<&str> = ids.collect();
        let mut command = self.command(&["cat-file", "--batch"]);
        // What git prints to standard error would reach a terminal without being escaped.
        let command = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().context("git cannot be run")?;
        let mut input = child.stdin.take().context("git has no standard input")?;
        let mut output = BufReader::new(child.stdout.take().context("git has no standard output")?);
        let lines = ids.iter().flat_map(|id| [*id, "\n"]).collect::<String>();
        // Written by a thread: git stops reading names once nobody reads the contents that it prints.
        let writer = std::thread::spawn(move || input.write_all(lines.as_bytes()));
        let contents: anyhow::Result<_> = ids.iter().map(|id| content(id, &mut output)).collect();
        // After a failure, git ends once its output is closed.
        drop(output);
        let written = writer.join().map_err(|_| anyhow::anyhow!("the names of contents could not be given to git"))?;
        child.wait()?;
        let contents = contents?;
        written.context("the names of contents could not be given to git")?;
        Ok(contents)
    }
}

fn run(command: &mut Command) -> anyhow::Result<Output> {
    command
        .output()
        .context("--base, --staged and comity diff read revisions with git, and git cannot be run; install git")
}

/// What git printed, without the line break at the end.
fn printed(arguments: &[&str], output: Output) -> anyhow::Result<String> {
    if !output.status.success() {
        let message = String::from_utf8_lossy(&output.stderr);
        let words: Vec<&str> = message.split_whitespace().collect();
        bail!("git {}: {}", arguments[0], words.join(" "));
    }
    let mut text = String::from_utf8(output.stdout).context("git prints a path that is not UTF-8")?;
    text.truncate(text.strip_suffix('\n').unwrap_or(&text).len());
    Ok(text)
}

/// Reads the next content that git prints.
fn content(id: &str, output: &mut impl BufRead) -> anyhow::Result<Vec<u8>> {
    let mut head = String::new();
    output.read_line(&mut head)?;
    let size =
        head.strip_prefix(id).and_then(|rest| rest.strip_prefix(" blob ")).and_then(|size| size.trim().parse().ok());
    let size: u64 = size.with_context(|| {
        format!("this clone lacks the content {id}; fetch all of it with `git fetch --refetch --no-filter`")
    })?;
    let mut text = Vec::new();
    output.by_ref().take(size).read_to_end(&mut text)?;
    output.read_exact(&mut [0]).with_context(|| format!("git prints only a part of the content {id}"))?;
    Ok(text)
}

/// Whether an inherited variable is removed from the environment of git.
fn is_removed(name: &OsStr) -> bool {
    // Windows ignores the case of a variable's name.
    let name = name.to_string_lossy().to_uppercase();
    name.starts_with("GIT_") && !KEPT.contains(&name.as_str())
}

/// The path without links, so that paths can be compared.
fn real(path: &Path) -> anyhow::Result<PathBuf> {
    fs::canonicalize(path).with_context(|| format!("{} cannot be read", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn git_sees_of_its_inherited_variables_only_where_the_users_configuration_is() {
        let removed = |name: &str| is_removed(OsStr::new(name));
        let redirecting = [
            "GIT_DIR",
            "GIT_WORK_TREE",
            "GIT_COMMON_DIR",
            "GIT_INDEX_FILE",
            "GIT_OBJECT_DIRECTORY",
            "GIT_ALTERNATE_OBJECT_DIRECTORIES",
            "GIT_NAMESPACE",
            "GIT_REPLACE_REF_BASE",
            "GIT_GRAFT_FILE",
            "GIT_SHALLOW_FILE",
            "GIT_ICASE_PATHSPECS",
            "GIT_GLOB_PATHSPECS",
            "GIT_CONFIG",
            "GIT_CONFIG_COUNT",
            "GIT_CONFIG_KEY_0",
            "GIT_CONFIG_PARAMETERS",
            "GIT_EXEC_PATH",
            "GIT_TRACE2_EVENT",
            "git_dir",
        ];
        assert!(redirecting.into_iter().all(removed));
        assert!(!KEPT.into_iter().chain(["PATH", "HOME", "GITHUB_ACTIONS"]).any(removed));
    }
}

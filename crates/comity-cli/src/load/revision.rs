//! The dataset as it was at an earlier revision, read through git. The rules over history see two datasets and know
//! nothing of git.

use std::io::{BufRead, BufReader, Read as _, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, bail};
use comity::dataset::{About, File};
use comity::value::Day;

use super::{Loaded, manifest, walk};
use crate::output::complain;

/// Reads the dataset as it was at a revision.
///
/// # Errors
/// When git is not there, the folder is in no repository, or the revision is not known here.
pub(crate) fn read(root: &Path, shown: &str, revision: &str, today: Day) -> anyhow::Result<Loaded> {
    let git = Git { root };
    let prefix = git.prefix()?;
    let commit = git.commit(revision)?;
    let tree =
        git.ask(&["ls-tree", "-r", "-z", "--full-tree", &commit, "--", if prefix.is_empty() { "." } else { &prefix }])?;
    let named = |below: &str| {
        let path = if shown.is_empty() { below.to_owned() } else { format!("{shown}/{below}") };
        File::new(&path, below)
    };
    let mut files = Vec::new();
    let mut blobs: Vec<(String, String)> = Vec::new();
    for line in tree.split('\0').filter(|line| !line.is_empty()) {
        let (meta, path) = line.split_once('\t').context("git lists a file without a path")?;
        let mut words = meta.split(' ');
        let (mode, id) = (words.next().unwrap_or_default(), words.nth(1).unwrap_or_default());
        let Some(below) = path.strip_prefix(&prefix) else { continue };
        match walk::by_path(below) {
            // What could not be read then is not new now.
            Some(Err((place, trouble))) => files.push((named(&place), Err(trouble))),
            Some(Ok(())) if mode.starts_with("120") => files.push((named(below), Err(walk::link()))),
            Some(Ok(())) if mode.starts_with("100") => blobs.push((below.to_owned(), id.to_owned())),
            None if below == "dataset.json" => blobs.push((below.to_owned(), id.to_owned())),
            _ => {}
        }
    }
    if blobs.is_empty() {
        let place = if prefix.is_empty() { "its root folder" } else { prefix.trim_end_matches('/') };
        complain(&format!("note: `{revision}` has no dataset in {place}; every record counts as new"));
    }
    let texts = git.contents(&blobs)?;
    let mut about = About::default();
    for ((below, _), text) in blobs.into_iter().zip(texts) {
        if below == "dataset.json" {
            // What was wrong then must not keep anybody from mending it now.
            let parsed = manifest::parse("dataset.json", &String::from_utf8_lossy(&text));
            about = parsed.unwrap_or_else(|_| {
                complain(&format!("note: dataset.json of `{revision}` is faulty; every rule has its usual level"));
                About::default()
            });
        } else {
            files.push((named(&below), Ok(text)));
        }
    }
    Ok(Loaded::of_texts(files, about, today))
}

struct Git<'a> {
    root: &'a Path,
}

impl Git<'_> {
    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new("git");
        // Nothing is ever fetched: a clone without contents says that it has none.
        command.env("GIT_NO_LAZY_FETCH", "1").arg("-C").arg(self.root).args(arguments);
        command
    }

    /// The folder of the dataset below that of the repository, with `/` at its end.
    fn prefix(&self) -> anyhow::Result<String> {
        let asked = self.command(&["rev-parse", "--show-prefix"]).output();
        let output = asked.context("--base needs git to read an earlier revision, and git cannot be run")?;
        if !output.status.success() {
            let said = String::from_utf8_lossy(&output.stderr);
            bail!("the dataset lies in no git repository, so there is no earlier revision ({})", said.trim());
        }
        Ok(String::from_utf8_lossy(&output.stdout).trim_end_matches('\n').to_owned())
    }

    /// What git answers, without the line break at its end.
    fn ask(&self, arguments: &[&str]) -> anyhow::Result<String> {
        let output = self.command(arguments).output().context("git cannot be run")?;
        if !output.status.success() {
            bail!("git {}: {}", arguments[0], String::from_utf8_lossy(&output.stderr).trim());
        }
        let mut text = String::from_utf8(output.stdout).context("git answers with a path that is not UTF-8")?;
        text.truncate(text.trim_end_matches('\n').len());
        Ok(text)
    }

    /// The commit a revision names, with what to do where it is not here.
    fn commit(&self, revision: &str) -> anyhow::Result<String> {
        let name = format!("{revision}^{{commit}}");
        if let Ok(commit) = self.ask(&["rev-parse", "--verify", "--quiet", "--end-of-options", &name]) {
            return Ok(commit);
        }
        let shallow = self.ask(&["rev-parse", "--is-shallow-repository"]).is_ok_and(|answer| answer == "true");
        let why = if shallow {
            "this clone holds only the latest commits; fetch the others with `git fetch --unshallow`, in GitHub Actions with `fetch-depth: 0`"
        } else {
            "fetch it, or name another: a branch, a tag or a commit"
        };
        bail!("the revision `{revision}` is not known here; {why}");
    }

    /// The contents of blobs, in their order.
    fn contents(&self, blobs: &[(String, String)]) -> anyhow::Result<Vec<Vec<u8>>> {
        let mut child = self.command(&["cat-file", "--batch"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
        let mut questions = child.stdin.take().context("git takes no questions")?;
        let mut answers = BufReader::new(child.stdout.take().context("git gives no answers")?);
        let ids = blobs.iter().flat_map(|(_, id)| [id.as_str(), "\n"]).collect::<String>();
        // git answers while it is asked; asked all at once it would wait for its answers to be read.
        let asking = std::thread::spawn(move || questions.write_all(ids.as_bytes()));
        let mut contents = Vec::with_capacity(blobs.len());
        for (path, _) in blobs {
            let mut head = String::new();
            answers.read_line(&mut head)?;
            let size: u64 = head
                .trim()
                .rsplit(' ')
                .next()
                .and_then(|size| size.parse().ok())
                .with_context(|| format!("git has no content for {path}"))?;
            let mut text = Vec::new();
            (&mut answers).take(size).read_to_end(&mut text)?;
            answers.read_exact(&mut [0])?;
            contents.push(text);
        }
        asking.join().map_err(|_| anyhow::anyhow!("git stopped listening"))??;
        child.wait()?;
        Ok(contents)
    }
}

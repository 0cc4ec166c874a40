//! What the shell offers while a command line is being typed: ids, codes of rules, revisions, files. What a shell would run
//! or split is not offered. A failure offers nothing: there is no place for a message.

use std::ffi::{OsStr, OsString};
use std::path::{PathBuf, is_separator};

use anyhow::Context as _;
use clap_complete::engine::{PathCompleter, ValueCompleter as _};
use clap_complete::env::{EnvCompleter, Shells};
use clap_complete::{CompletionCandidate, engine};
use comity::dataset::Entry;
use comity::kind::Kind;
use comity::record::Record;
use comity::render::visible;
use comity::rules::RULES;

use crate::clock::today;
use crate::load::git::Git;
use crate::load::{Kept, Loaded, Overlay, Roots};

/// The variable in which the script of a shell names the shell.
pub(crate) const VARIABLE: &str = "COMPLETE";

/// The shell that asks for candidates; `None` where the program is to run a command.
pub(crate) fn asking_shell() -> Option<OsString> {
    let shell = std::env::var_os(VARIABLE).filter(|shell| !shell.is_empty())?;
    std::env::args_os().nth(1).is_some_and(|word| word == "--").then_some(shell)
}

/// The candidates for the word that is being typed, as a shell reads them. The arguments after `--` are the words of the
/// command line.
///
/// # Errors
/// When there is no such shell, or the script of the shell does not fit the program.
pub(crate) fn candidates(shell: &OsStr, program: clap::Command) -> anyhow::Result<Vec<u8>> {
    let shell = completer(&shell.to_string_lossy())?.name();
    let words: Vec<OsString> = std::env::args_os().skip(2).collect();
    let index = std::env::var("_CLAP_COMPLETE_INDEX").ok().and_then(|index| index.parse().ok());
    let index = index.unwrap_or_else(|| words.len().saturating_sub(1));
    let offers = match shell {
        "bash" if words.iter().any(|word| word == ":") => after_colon(&words, index, program)?,
        _ => offers(words, index, program)?,
    };
    let between = std::env::var("_CLAP_IFS").unwrap_or_else(|_| "\n".to_owned());
    let lines: Vec<String> = offers.iter().map(|offer| offer.line(shell)).collect();
    Ok(lines.join(&between).into_bytes())
}

/// A word that a shell may put into the command line as it stands, and what it is.
struct Offer {
    word: String,
    help: String,
}

impl Offer {
    /// `None` for a word that a shell would run, expand or split. Names of files and branches are a stranger's, and bash
    /// and fish insert a candidate unquoted.
    fn of(candidate: &CompletionCandidate) -> Option<Self> {
        let word = candidate.get_value().to_str()?.to_owned();
        let plain = |c: char| {
            c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ',' | '+' | '=' | ':' | '@') || is_separator(c)
        };
        let help = candidate.get_help().map(ToString::to_string).unwrap_or_default();
        let help = help.lines().next().unwrap_or_default().to_owned();
        (word.chars().all(plain) && !word.starts_with('=')).then_some(Self { word, help })
    }

    /// The form in which the script of a shell expects it.
    fn line(&self, shell: &str) -> String {
        let Self { word, help } = self;
        match shell {
            "bash" | "elvish" => word.clone(),
            "zsh" if help.is_empty() => word.replace(':', "\\:"),
            "zsh" => format!("{}:{}", word.replace(':', "\\:"), help.replace('\\', "\\\\")),
            _ if help.is_empty() => word.clone(),
            _ => format!("{word}\t{help}"),
        }
    }
}

/// What may stand at the place `index` of a command line.
fn offers(mut words: Vec<OsString>, index: usize, mut program: clap::Command) -> anyhow::Result<Vec<Offer>> {
    // zsh does not name the empty word that is being typed.
    if words.len() == index {
        words.push(OsString::new());
    }
    let here = std::env::current_dir().ok();
    let found = engine::complete(&mut program, words, index, here.as_deref())?;
    Ok(found.iter().filter_map(Offer::of).collect())
}

/// The candidates for what bash takes for a word of its own after a colon, as in `actor:mor`: the rest of `kind:id`.
fn after_colon(words: &[OsString], index: usize, program: clap::Command) -> anyhow::Result<Vec<Offer>> {
    let mut whole: Vec<String> = Vec::new();
    for word in words.iter().take(index + 1).map(|word| word.to_string_lossy()) {
        match whole.last_mut() {
            Some(before) if word == ":" || before.ends_with(':') => before.push_str(&word),
            _ => whole.push(word.into_owned()),
        }
    }
    let kind = whole.last().and_then(|word| word.rsplit_once(':')).map_or(0, |(kind, _)| kind.len() + 1);
    let last = whole.len().saturating_sub(1);
    let found = offers(whole.into_iter().map(OsString::from).collect(), last, program)?;
    let rest = |offer: Offer| Some(Offer { word: offer.word.get(kind..)?.to_owned(), ..offer });
    Ok(found.into_iter().filter_map(rest).collect())
}

/// The script that makes a shell ask for candidates. `shell` is one that [`Shells`] knows.
pub(crate) fn script(shell: &str) -> anyhow::Result<Vec<u8>> {
    let mut script = Vec::new();
    completer(shell)?.write_registration(VARIABLE, "comity", "comity", "comity", &mut script)?;
    Ok(script)
}

fn completer(shell: &str) -> anyhow::Result<&'static dyn EnvCompleter> {
    const SHELLS: Shells<'static> = Shells::builtins();
    let known = SHELLS.0.iter().find(|completer| completer.is(shell));
    known.copied().with_context(|| format!("there are no completions for the shell `{shell}`"))
}

/// Records by id, or by `kind:id` where a colon is typed.
pub(crate) fn records(typed: &OsStr) -> Vec<CompletionCandidate> {
    of_kinds(typed, &Kind::ALL)
}

/// Sources by id.
pub(crate) fn sources(typed: &OsStr) -> Vec<CompletionCandidate> {
    of_kinds(typed, &[Kind::Source])
}

fn of_kinds(typed: &OsStr, kinds: &[Kind]) -> Vec<CompletionCandidate> {
    let Some(typed) = typed.to_str() else { return Vec::new() };
    let Some(loaded) = dataset() else { return Vec::new() };
    let of_record = |(entry, record): (&Entry, &Record)| {
        let key = entry.key.as_ref().filter(|key| kinds.contains(&key.kind))?;
        let name = if typed.contains(':') { key.to_string() } else { key.id.to_string() };
        name.starts_with(typed).then(|| candidate(&name, record.title().unwrap_or_default()))
    };
    let mut found: Vec<_> = loaded.dataset.records().filter_map(of_record).collect();
    found.sort();
    // One id may name records of several kinds; `comity show` then says which.
    found.dedup_by(|a, b| a.get_value() == b.get_value());
    found
}

/// The codes of rules.
pub(crate) fn rules(typed: &OsStr) -> Vec<CompletionCandidate> {
    let typed = typed.to_string_lossy();
    let rules = RULES.iter().filter(|(rule, _)| rule.code.starts_with(&*typed));
    rules.map(|(rule, _)| candidate(rule.code, rule.summary)).collect()
}

/// States of the dataset: branches, tags and folders.
pub(crate) fn states(typed: &OsStr) -> Vec<CompletionCandidate> {
    let folders = PathCompleter::dir().complete(typed);
    revisions(typed).into_iter().chain(folders).collect()
}

/// Branches and tags of the repository that tracks the dataset; in a range, those of its second end.
pub(crate) fn revisions(typed: &OsStr) -> Vec<CompletionCandidate> {
    let typed = typed.to_string_lossy();
    let (before, typed) = typed.split_at(typed.rfind("..").map_or(0, |at| at + 2));
    let names = || {
        let git = Git::of(roots()?.root()?).ok()?;
        git.ask(&["for-each-ref", "--format=%(refname:short)", "refs/heads", "refs/tags", "refs/remotes"]).ok()
    };
    let names = names().unwrap_or_default();
    let names = std::iter::once("HEAD").chain(names.lines());
    let fitting = names.filter(|name| name.starts_with(typed));
    fitting.map(|name| CompletionCandidate::new(format!("{before}{name}"))).collect()
}

/// The dataset of the command line that is being typed.
fn dataset() -> Option<Loaded> {
    Loaded::read_over(&roots()?, today().ok()?, &Overlay::new(), Kept::NoProse).ok()
}

/// Where that dataset is: in the folder of `--data DIR` or `--data=DIR`, which stand in two words in bash, or here.
fn roots() -> Option<Roots> {
    let words: Vec<OsString> = std::env::args_os().skip_while(|word| word != "--").skip(1).collect();
    Roots::find(data_of(&words).as_slice()).ok()
}

/// The folder that a command line names with `--data`. bash makes `--data`, `=` and `DIR` of `--data=DIR`.
fn data_of(words: &[OsString]) -> Option<PathBuf> {
    let joined = words.iter().find_map(|word| word.to_str()?.strip_prefix("--data=")).filter(|dir| !dir.is_empty());
    let mut after = words.iter().skip_while(|word| *word != "--data").skip(1).skip_while(|word| *word == "=");
    joined.map(PathBuf::from).or_else(|| after.next().map(PathBuf::from))
}

/// A candidate with what it stands for. Shells print both without an escape.
fn candidate(name: &str, help: &str) -> CompletionCandidate {
    CompletionCandidate::new(name).help(Some(visible(help).into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_dataset_is_that_of_the_command_line() {
        let words = |line: &str| line.split(' ').map(OsString::from).collect::<Vec<_>>();
        for (line, data) in [
            ("comity show --data other na", Some("other")),
            ("comity show --data=other na", Some("other")),
            ("comity show --data = other na", Some("other")),
            ("comity show na", None),
        ] {
            assert_eq!(data_of(&words(line)), data.map(PathBuf::from), "{line}");
        }
    }
}

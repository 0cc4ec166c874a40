//! One run of the program: how it is called, and how it ended.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fmt;
use std::fs::{self, File};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use super::choices::Choices;
use super::tree::Tree;

/// How long a run may take on a slow machine. Each takes a few hundredths of a second.
const PATIENCE: Duration = Duration::from_secs(20);

/// The virtual memory of a run, in kibibytes, so that a file without an end is seen soon.
const MEMORY: u32 = 3 << 20;

/// The task of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Task {
    Check,
    Fmt,
    Schema,
    Export,
    Look,
}

/// How a call differs from the usual call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Setting {
    /// The call may write.
    Writes,
    /// The call compares with the committed state.
    Base,
    /// The call runs as a step of GitHub Actions.
    Actions,
    /// `GIT_DIR` leads elsewhere.
    Misled,
    /// The call starts in the folder of the dataset instead of the repository.
    Inside,
}

/// A call of the program.
#[derive(Debug)]
pub(super) struct Call {
    pub(super) task: Task,
    settings: BTreeSet<Setting>,
    paths: Paths,
    arguments: Vec<OsString>,
}

/// The paths that a call names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Paths {
    Nothing,
    Planted,
    One(&'static str),
}

/// A task, whether it writes, and how it is called.
type Template = (Task, bool, &'static [&'static str]);

const CHECK: [Template; 4] = [
    (Task::Check, false, &["check"]),
    (Task::Check, true, &["check", "--fix"]),
    (Task::Check, false, &["check", "--unsafe-fixes", "--diff"]),
    (Task::Check, true, &["check", "--unsafe-fixes"]),
];

const OTHERS: [Template; 9] = [
    (Task::Fmt, true, &["fmt"]),
    (Task::Fmt, false, &["fmt", "--check"]),
    (Task::Schema, true, &["schema", "--to", "out"]),
    (Task::Schema, true, &["schema"]),
    (Task::Schema, false, &["schema", "--check"]),
    (Task::Export, true, &["export", "--to", "out/release"]),
    (Task::Look, false, &["stats"]),
    (Task::Look, false, &["show", "science"]),
    (Task::Look, false, &["show", "theme:\n::forged::zyx \u{1b}[31m##[forged]x"]),
];

const FORMATS: [&str; 9] = ["", "human", "concise", "json", "github", "gitlab", "sarif", "junit", "markdown"];

const PATHS: [Paths; 13] = [
    Paths::Nothing,
    Paths::Nothing,
    Paths::Nothing,
    Paths::Planted,
    Paths::Planted,
    Paths::One("data"),
    Paths::One("."),
    Paths::One("data/theme"),
    Paths::One("data/theme/science.json"),
    Paths::One("README.md"),
    Paths::One("tsconfig.json"),
    Paths::One("theme/dark.json"),
    Paths::One("../outside/theme/stranger.json"),
];

impl Call {
    pub(super) fn choose(choices: &mut Choices<'_>) -> Self {
        let (task, writes, words) = if choices.one_in(2) { choices.of(&OTHERS) } else { choices.of(&CHECK) };
        let mut call = Self {
            task,
            settings: BTreeSet::new(),
            paths: Paths::Nothing,
            arguments: words.iter().map(OsString::from).collect(),
        };
        call.set(writes, Setting::Writes);
        if task == Task::Check {
            call.compare(choices);
            call.choose_format(choices);
        }
        let paths = choices.of(&PATHS);
        if matches!(task, Task::Check | Task::Fmt) {
            call.paths = paths;
        }
        let stays = call.paths != Paths::Nothing || matches!(task, Task::Schema | Task::Export);
        call.set(choices.one_in(8) && !stays, Setting::Inside);
        call.set(choices.one_in(2), Setting::Actions);
        call.set(choices.one_in(8), Setting::Misled);
        call
    }

    fn compare(&mut self, choices: &mut Choices<'_>) {
        if choices.one_in(3) {
            self.settings.insert(Setting::Base);
            self.arguments.extend(["--base", "HEAD"].map(OsString::from));
            if choices.one_in(3) {
                self.arguments.push("--changed-only".into());
            }
        }
    }

    fn choose_format(&mut self, choices: &mut Choices<'_>) {
        let format = choices.of(&FORMATS);
        if !format.is_empty() {
            self.arguments.extend(["--format", format].map(OsString::from));
            if choices.one_in(5) {
                self.arguments.extend(["--output", "out/report"].map(OsString::from));
            }
        }
    }

    fn set(&mut self, is_so: bool, setting: Setting) {
        if is_so {
            self.settings.insert(setting);
        }
    }

    pub(super) fn has(&self, setting: Setting) -> bool {
        self.settings.contains(&setting)
    }

    /// Whether it is asked about the whole dataset.
    pub(super) fn is_whole(&self) -> bool {
        matches!(self.paths, Paths::Nothing | Paths::One("data" | "."))
    }

    /// Whether it asks for Markdown, in which a break without width keeps an address from becoming a link.
    pub(super) fn is_markdown(&self) -> bool {
        self.arguments.iter().any(|word| word == "markdown")
    }

    /// Adds what is named, now that it is known.
    pub(super) fn settle(&mut self, tree: &Tree) {
        // Whoever enters a folder through a link is in the folder that the link leads to.
        if tree.repository().join("data").is_symlink() {
            self.settings.remove(&Setting::Inside);
        }
        match self.paths {
            Paths::Nothing => {}
            Paths::One(path) => self.arguments.push(path.into()),
            Paths::Planted => match tree.planted() {
                Some(planted) => self.arguments.push(planted.into()),
                None => self.paths = Paths::Nothing,
            },
        }
    }

    /// Runs the program in the folder.
    pub(super) fn run(&self, program: &Path, tree: &Tree) -> Ending {
        let streams = tempfile::tempdir().expect("a folder");
        let stream = |name: &str| streams.path().join(name);
        let open = |name: &str| File::create(stream(name)).expect("a file");
        let limited = format!("ulimit -v {MEMORY} 2>/dev/null; exec \"$0\" \"$@\"");
        let mut command = Command::new("sh");
        command.args(["-c", &limited]).arg(program).args(&self.arguments);
        command.env_clear().env("PATH", std::env::var_os("PATH").unwrap_or_default());
        command.env("HOME", tree.top().join("home")).env("GIT_CONFIG_NOSYSTEM", "1");
        if self.has(Setting::Actions) {
            command.env("GITHUB_ACTIONS", "true");
        }
        if self.has(Setting::Misled) {
            command.env("GIT_DIR", tree.repository().join("data"));
        }
        let folder = if self.has(Setting::Inside) { "data" } else { "" };
        command
            .current_dir(tree.repository().join(folder))
            .stdin(Stdio::null())
            .stdout(open("out"))
            .stderr(open("err"));
        let begun = Instant::now();
        let mut child = command.spawn().expect("sh runs");
        let status = loop {
            if let Some(status) = child.try_wait().expect("it can be waited for") {
                break Some(status);
            }
            if begun.elapsed() > PATIENCE {
                child.kill().expect("it ends");
                child.wait().expect("it ends");
                break None;
            }
            std::thread::sleep(Duration::from_millis(1));
        };
        let read = |name: &str| fs::read(stream(name)).expect("a file");
        Ending {
            in_time: status.is_some(),
            code: status.and_then(|status| status.code()),
            streams: [read("out"), read("err")],
        }
    }
}

impl fmt::Display for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words = self.arguments.iter().map(|word| word.display().to_string().escape_debug().to_string());
        write!(f, "{}", words.collect::<Vec<_>>().join(" "))?;
        self.settings.iter().try_for_each(|setting| write!(f, " [{setting:?}]"))
    }
}

/// The end of a run.
#[derive(Debug)]
pub(super) struct Ending {
    pub(super) in_time: bool,
    /// The exit code; none where a signal ended it.
    pub(super) code: Option<i32>,
    /// Standard output and standard error.
    pub(super) streams: [Vec<u8>; 2],
}

impl fmt::Display for Ending {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "code: {:?}", self.code)?;
        for (name, stream) in ["standard output", "standard error"].iter().zip(&self.streams) {
            let start = &stream[..stream.len().min(1_500)];
            write!(f, "\n{name}: {}", String::from_utf8_lossy(start).escape_debug())?;
        }
        Ok(())
    }
}

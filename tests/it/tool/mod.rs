//! Runs of the whole program, each in a folder of its own and with nothing of the caller's environment but `PATH`.

#[cfg(unix)]
mod asked;
#[cfg(target_os = "linux")]
mod cached;
mod changes;
mod citing;
mod commands;
mod completions;
mod composing;
mod diff;
mod git;
mod help;
pub(crate) mod history;
mod listing;
mod manners;
#[cfg(target_os = "linux")]
mod odd_places;
mod show;
mod staged;
mod stats;
mod stdin;
mod surroundings;
mod switched_off;
mod watch;
mod writing;

use std::fs;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use assert_cmd::cargo::CommandCargoExt as _;
use serde_json::{Value, json};

use crate::world::{file, world};

/// A folder with a dataset in `data/`.
pub(crate) struct Folder(tempfile::TempDir);

/// The result of a run.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Folder {
    /// An empty folder.
    pub(crate) fn empty() -> Self {
        Self(tempfile::tempdir().expect("a folder"))
    }

    /// A small clean dataset.
    pub(crate) fn of_the_world() -> Self {
        let folder = Self::empty();
        folder.write("data/dataset.json", "{}\n");
        for (path, text) in world() {
            folder.write(&format!("data/{path}"), &text);
        }
        folder
    }

    /// The clean dataset with one more record, laid over the template of its kind.
    pub(crate) fn with(fragment: &Value) -> Self {
        let folder = Self::of_the_world();
        let (path, text) = file(fragment);
        folder.write(&format!("data/{path}"), &text);
        folder
    }

    pub(crate) fn path(&self, below: &str) -> PathBuf {
        self.0.path().join(below)
    }

    pub(crate) fn write(&self, below: &str, text: impl AsRef<[u8]>) {
        let path = self.path(below);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    }

    pub(crate) fn read(&self, below: &str) -> String {
        fs::read_to_string(self.path(below)).expect("a text")
    }

    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::cargo_bin("comity").expect("the program");
        let path = std::env::var_os("PATH").unwrap_or_default();
        // No cache is made where the folder around the caches is not there.
        let no_cache = self.path("no-home/cache");
        command.env_clear().env("PATH", path).env("XDG_CACHE_HOME", no_cache);
        command.current_dir(self.0.path()).args(arguments);
        command
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Ran {
        ran(&mut self.command(arguments), b"")
    }

    /// A check, as the report that programs read.
    pub(crate) fn check(&self, arguments: &[&str]) -> (Ran, Value) {
        let ran = self.run(&[&["check", "--format", "json"], arguments].concat());
        let report = serde_json::from_str(&ran.out).unwrap_or_else(|error| panic!("{error}: {ran:?}"));
        (ran, report)
    }
}

pub(crate) fn ran(command: &mut Command, input: &[u8]) -> Ran {
    let command = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("it runs");
    let mut stdin = child.stdin.take().expect("an input");
    // Whoever does not read its input closes it.
    let _ = stdin.write_all(input);
    drop(stdin);
    let output = child.wait_with_output().expect("it ends");
    Ran {
        code: output.status.code(),
        out: String::from_utf8(output.stdout).expect("UTF-8"),
        err: String::from_utf8(output.stderr).expect("UTF-8"),
    }
}

/// The rules of a report's findings with the file of each.
pub(crate) fn found(report: &Value) -> Vec<(&str, &str)> {
    let items = report["diagnostics"].as_array().expect("a list");
    items.iter().map(|item| (item["rule"].as_str().expect("a rule"), item["path"].as_str().expect("a path"))).collect()
}

/// The records of the clean dataset, and so many more.
pub(crate) fn all(more: u64) -> u64 {
    world().len() as u64 + more
}

/// A record with one fault, which only one rule reports.
pub(crate) fn faulty(id: &str) -> Value {
    json!({ "kind": "event", "id": id, "type": "no-such-type" })
}

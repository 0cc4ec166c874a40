//! The folder: a small clean dataset in a repository, files that are none of the dataset's, and whatever a stranger may
//! have planted among them.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use comity::rules::RULES;

use super::choices::Choices;
use super::material::{
    DAMAGED, FOLDERS, INCOMPLETE, LEFT_OVER, NAMES, TARGETS, TEXTS, THEME, UNTIDY, is_free, pipe, sparse, write,
};

/// The known facts of a folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fact {
    /// Something lies among the records that cannot be checked to the end.
    Unread,
    /// A record lacks a field that it must have.
    Incomplete,
    /// A record is no JSON.
    Damaged,
    /// `data/dataset.json` switches rules off.
    Lenient,
    /// The clean dataset was committed, and nothing else.
    Committed,
}

/// The folder, and its known facts.
pub(super) struct Tree {
    top: tempfile::TempDir,
    story: Vec<String>,
    facts: BTreeSet<Fact>,
    /// What was planted last and may be named in a call, below the repository.
    planted: Option<PathBuf>,
}

impl Tree {
    pub(super) fn build(choices: &mut Choices<'_>) -> Self {
        let shared = Path::new("/dev/shm");
        let top = if shared.is_dir() { tempfile::tempdir_in(shared) } else { tempfile::tempdir() };
        let top = top.expect("a folder");
        let mut tree = Self { top, story: Vec::new(), facts: BTreeSet::new(), planted: None };
        tree.base();
        if choices.one_in(6) {
            tree.commit();
        }
        tree.describe(choices);
        tree.fault(choices);
        for _ in 0..choices.of(&[0, 1, 1, 1, 2, 2, 3, 8]) {
            tree.plant(choices);
        }
        tree
    }

    /// Where everything lies: the repository, and what is outside of it.
    pub(super) fn top(&self) -> &Path {
        self.top.path()
    }

    pub(super) fn repository(&self) -> PathBuf {
        self.top().join("repository")
    }

    pub(super) fn has(&self, fact: Fact) -> bool {
        self.facts.contains(&fact)
    }

    pub(super) fn planted(&self) -> Option<&Path> {
        self.planted.as_deref()
    }

    /// Whether nothing was planted.
    pub(super) fn is_clean(&self) -> bool {
        self.story.len() == usize::from(self.has(Fact::Committed))
    }

    fn note(&mut self, is_so: bool, fact: Fact) {
        if is_so {
            self.facts.insert(fact);
        }
    }

    /// What was planted, in words.
    pub(super) fn story(&self) -> &[String] {
        &self.story
    }

    fn base(&self) {
        let outside = [
            ("secret.json", "{ \"names\": { \"en\": \"secret\" } }\n"),
            ("about.json", "{}\n"),
            ("theme/stranger.json", UNTIDY),
            ("theme/science.json", UNTIDY),
            ("a.schema.json", "{ \"$id\": \"https://example.org/a\" }\n"),
        ];
        let repository = [
            ("README.md", "# A project\n\ntext\n"),
            ("package.json", "{\"name\": \"a\", \"version\": \"1.0.0\"}\n"),
            ("tsconfig.json", "// a comment\n{ \"strict\": true, }\n"),
            ("theme/dark.json", "{ \"colors\": { \"b\": 1, \"a\": 2 } }\n"),
            ("source/package.json", "{\"name\": \"b\"}\n"),
            ("schema/foreign.schema.json", "{ \"$id\": \"https://example.org/foreign\" }\n"),
            ("out/foreign.schema.json", "{ \"type\": \"object\" }\n"),
            ("data/dataset.json", "{}\n"),
            ("data/theme/science.json", THEME),
        ];
        for (below, text) in outside {
            write(&self.top().join("outside").join(below), text.as_bytes());
        }
        for (below, text) in repository {
            write(&self.repository().join(below), text.as_bytes());
        }
        fs::create_dir_all(self.top().join("home")).expect("a folder");
    }

    /// Commits what is there; without git there is no history.
    fn commit(&mut self) {
        let git = |arguments: &[&str]| {
            let mut command = Command::new("git");
            let path = std::env::var_os("PATH").unwrap_or_default();
            command.env_clear().env("PATH", path).env("HOME", self.top().join("home")).env("GIT_CONFIG_NOSYSTEM", "1");
            command.arg("-C").arg(self.repository()).args(["-c", "user.name=a", "-c", "user.email=a@example.org"]);
            let ran = command.args(arguments).stdout(Stdio::null()).stderr(Stdio::null()).status();
            ran.is_ok_and(|status| status.success())
        };
        if git(&["init", "-q"]) && git(&["add", "-A"]) && git(&["commit", "-q", "-m", "clean"]) {
            self.facts.insert(Fact::Committed);
            self.story.push("the clean state is committed".to_owned());
        }
    }

    /// What `data/dataset.json` is.
    fn describe(&mut self, choices: &mut Choices<'_>) {
        let path = self.repository().join("data/dataset.json");
        let off: Vec<String> = RULES.iter().map(|(rule, _)| format!("\"{}\": \"off\"", rule.code)).collect();
        let all_off = format!("{{ \"rules\": {{ {} }} }}\n", off.join(", "));
        let some_off = "{ \"rules\": { \"missing-field\": \"off\", \"unknown-field\": \"off\" } }\n";
        let sort = choices.of(&[
            "plain", "plain", "plain", "plain", "some off", "all off", "foreign", "raw", "rule", "zero", "link",
            "pipe", "missing", "folder", "large",
        ]);
        self.note(matches!(sort, "some off" | "all off"), Fact::Lenient);
        if sort != "plain" {
            self.story.push(format!("data/dataset.json is {sort}"));
            fs::remove_file(&path).expect("a file");
        }
        match sort {
            "some off" => write(&path, some_off.as_bytes()),
            "all off" => write(&path, all_off.as_bytes()),
            "foreign" => write(&path, b"{ \"name\": \"x\", \"version\": 1 }\n"),
            "raw" => write(&path, b"{ \"title\": \"\x1b[31m\"\n::forged::zyx ##[forged]x\n"),
            "rule" => write(&path, b"{ \"rules\": { \"a\\n::forged::zyx ##[forged]x\\u001b[31m\": \"off\" } }\n"),
            "zero" => symlink("/dev/zero", &path).expect("a link"),
            "link" => symlink("../../outside/about.json", &path).expect("a link"),
            "pipe" => pipe(&path),
            "folder" => fs::create_dir(&path).expect("a folder"),
            "large" => sparse(&path, 300 << 20),
            _ => {}
        }
    }

    /// A record with a fault that no option switches off.
    fn fault(&mut self, choices: &mut Choices<'_>) {
        let sort = choices.of(&["none", "incomplete", "damaged"]);
        let (text, fact) = match sort {
            "incomplete" => (INCOMPLETE, Fact::Incomplete),
            "damaged" => (DAMAGED, Fact::Damaged),
            _ => return,
        };
        self.facts.insert(fact);
        self.story.push(format!("data/theme/faulty.json is {sort}"));
        write(&self.repository().join("data/theme/faulty.json"), text.as_bytes());
    }

    fn plant(&mut self, choices: &mut Choices<'_>) {
        let sort = choices.of(&["text", "text", "text", "link", "pipe", "nested", "bare", "out", "moved", "large"]);
        let (folder, name) = (choices.of(&FOLDERS), OsStr::from_bytes(choices.of(&NAMES)));
        match sort {
            "nested" => self.nested(folder, choices),
            "bare" => self.bare(choices),
            "out" => self.out(choices),
            "moved" => self.moved(choices),
            _ => {
                let below = Path::new(folder).join(name);
                let path = self.repository().join(&below);
                if !is_free(&path) {
                    return;
                }
                fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
                match sort {
                    "text" => write(&path, choices.of(&TEXTS)),
                    "link" => symlink(choices.of(&TARGETS), &path).expect("a link"),
                    "pipe" => pipe(&path),
                    _ => sparse(&path, 9 << 20),
                }
                let among = folder.starts_with("data") && name != LEFT_OVER && self.is_real(folder);
                self.note(among && matches!(sort, "link" | "pipe"), Fact::Unread);
                self.story.push(format!("{sort} at {}", below.display().to_string().escape_debug()));
                self.planted = Some(below);
            }
        }
    }

    /// Whether a folder of the repository is no link, and neither is one above it.
    fn is_real(&self, folder: &str) -> bool {
        let real = |below: &Path| fs::symlink_metadata(self.repository().join(below)).is_ok_and(|found| found.is_dir());
        Path::new(folder).ancestors().filter(|below| !below.as_os_str().is_empty()).all(real)
    }

    /// Another `dataset.json`, above the dataset or in it.
    fn nested(&mut self, folder: &str, choices: &mut Choices<'_>) {
        let below = Path::new(folder).join("dataset.json");
        let path = self.repository().join(&below);
        if !is_free(&path) {
            return;
        }
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        match choices.of(&["plain", "zero", "pipe", "faulty"]) {
            "plain" => write(&path, b"{}\n"),
            "zero" => symlink("/dev/zero", &path).expect("a link"),
            "pipe" => pipe(&path),
            _ => write(&path, b"{ \"\x1b[31m\n::forged::zyx\": ##[forged]x }\n"),
        }
        self.story.push(format!("nested {}", below.display()));
    }

    /// What git takes for a repository, with a configuration that runs a command.
    fn bare(&mut self, choices: &mut Choices<'_>) {
        let below = choices.of(&["data", "data/.git", "data/theme", "out"]);
        let path = self.repository().join(below);
        let run = format!("touch {}", self.top().join("outside/ran").display());
        let config = format!(
            "[core]\n\trepositoryformatversion = 0\n\tbare = true\n\tfsmonitor = {run}\n\tsshCommand = {run}\n\tpager = {run}\n\thooksPath = {run}\n[remote \"origin\"]\n\turl = ext::{run}\n\tpromisor = true\n"
        );
        for (name, text) in
            [("HEAD", "ref: refs/heads/main\n"), ("config", &config), ("objects/info/a", ""), ("refs/heads/a", "")]
        {
            if is_free(&path.join(name)) {
                write(&path.join(name), text.as_bytes());
            }
        }
        self.story.push(format!("a bare repository in {below}"));
    }

    /// Links where the program is told to write.
    fn out(&mut self, choices: &mut Choices<'_>) {
        let (below, target) = choices.of(&[
            ("out/comity.json", "../../outside/secret.json"),
            ("out/comity.ndjson", "../../outside/new"),
            ("out/report", "../../outside/secret.json"),
            ("out/reader", "../../outside"),
            ("out/theme.schema.json", "../../outside/secret.json"),
            ("schema/reader", "../../outside"),
            ("schema/theme.schema.json", "../../outside/a.schema.json"),
        ]);
        if symlink(target, self.repository().join(below)).is_ok() {
            self.story.push(format!("{below} -> {target}"));
        }
    }

    /// A folder that is a link to what was there.
    fn moved(&mut self, choices: &mut Choices<'_>) {
        let (below, to, target) = choices.of(&[
            ("data", "data", "../outside/data"),
            ("data/theme", "moved-theme", "../../outside/moved-theme"),
            ("out", "out", "../outside/out"),
            ("schema", "schema", "../outside/schema"),
        ]);
        let (from, to) = (self.repository().join(below), self.top().join("outside").join(to));
        if fs::symlink_metadata(&from).is_ok_and(|found| found.is_dir()) && is_free(&to) {
            fs::rename(&from, &to).expect("a folder");
            symlink(target, &from).expect("a link");
            self.note(below == "data/theme", Fact::Unread);
            self.story.push(format!("{below} -> {target}"));
        }
    }
}

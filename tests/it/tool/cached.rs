//! The cache of a large dataset, over real files: what has changed is read again, whatever the times of the files say.

use std::fs::{self, File};
use std::path::PathBuf;
use std::process::Command;
use std::thread::sleep;
use std::time::Duration;

use comity_benches::records;
use serde_json::Value;

use super::{Folder, Ran, found, ran};
use crate::world::canonical;

/// A dataset that is large enough for a cache, a file of it that is checked, and a source that the file cites.
struct Large {
    folder: Folder,
    files: usize,
    file: String,
    source: String,
}

impl Large {
    fn new() -> Self {
        let folder = Folder::empty();
        folder.write("data/dataset.json", "{}\n");
        fs::create_dir(folder.path("home")).expect("a folder");
        let (mut file, mut source, mut files) = (String::new(), String::new(), 0);
        for number in 0..records::whole(1_000) {
            let record = records::record(7, number);
            let of = |field: &str| record[field].as_str().unwrap_or_default();
            let path = format!("{}/{}.json", of("kind"), of("id"));
            folder.write(&format!("data/{path}"), canonical(&path, &record.to_string()));
            files += 1;
            let cited = record["evidence"].as_object().and_then(|evidence| evidence.keys().next());
            if let (true, Some(cited)) = (file.is_empty() && of("kind") == "event", cited) {
                (file, source) = (format!("data/{path}"), format!("data/source/{cited}.json"));
            }
        }
        let large = Self { folder, files, file, source };
        large.wait();
        large
    }

    /// The cache trusts no younger files.
    fn wait(&self) {
        sleep(Duration::from_millis(2_100));
        assert!(self.folder.path(&self.source).exists());
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = self.folder.command(&["check", "--format", "json", "--verbose"]);
        command.args(arguments).env("XDG_CACHE_HOME", self.folder.path("home/cache"));
        command
    }

    fn run(&self, arguments: &[&str]) -> (Ran, Value) {
        let ran = ran(self.command(arguments).arg(&self.file), b"");
        let report = serde_json::from_str(&ran.out).unwrap_or_else(|error| panic!("{error}: {ran:?}"));
        (ran, report)
    }

    /// How many files came from the cache; `None` where none was used.
    fn files_from_cache(&self, arguments: &[&str]) -> Option<usize> {
        let (ran, report) = self.run(arguments);
        assert_eq!(found(&report), [], "{ran:?}");
        used(&ran)
    }

    /// The rules that find something in the file.
    fn rules(&self) -> Vec<String> {
        let (_, report) = self.run(&[]);
        found(&report).into_iter().map(|(rule, _)| rule.to_owned()).collect()
    }

    fn cache(&self) -> PathBuf {
        let folder = fs::read_dir(self.folder.path("home/cache/comity/summaries")).expect("a folder");
        folder.map(|entry| entry.expect("an entry").path()).next().expect("a cache")
    }
}

fn used(ran: &Ran) -> Option<usize> {
    let line = ran.err.lines().find(|line| line.ends_with("files come from the cache"))?;
    line.split(' ').next()?.parse().ok()
}

#[test]
fn all_other_files_come_from_the_cache_until_one_changes() {
    let large = Large::new();
    assert_eq!(large.files_from_cache(&[]), Some(0));
    assert_eq!(large.files_from_cache(&[]), Some(large.files - 1), "the file itself is read");
    // From any folder, and for the text of an editor too.
    let name = large.file.trim_start_matches("data/");
    let mut inside = large.command(&[name]);
    assert_eq!(used(&ran(inside.current_dir(large.folder.path("data")), b"")), Some(large.files - 1));
    let text = large.folder.read(&large.file);
    let unsaved = ran(large.command(&["-", "--stdin-filename"]).arg(&large.file), text.as_bytes());
    assert_eq!((used(&unsaved), unsaved.code), (Some(large.files - 1), Some(0)), "{unsaved:?}");

    let source = large.folder.read(&large.source);
    fs::remove_file(large.folder.path(&large.source)).expect("removed");
    assert_eq!(large.rules(), ["dangling-reference"]);
    large.folder.write(&large.source, &source);
    assert_eq!(large.files_from_cache(&[]), Some(large.files - 2), "one file is read, and not worth another cache");
}

#[test]
fn a_file_of_the_same_size_and_time_is_read_again() {
    let large = Large::new();
    large.files_from_cache(&[]);
    let (text, path) = (large.folder.read(&large.source), large.folder.path(&large.source));
    let record: Value = serde_json::from_str(&text).expect("JSON");
    let published = record["published"].as_str().expect("a day");
    let before = fs::metadata(&path).expect("a file").modified().expect("a time");
    large.folder.write(&large.source, text.replace(published, &format!("19{}", &published[2..])));
    File::options().write(true).open(&path).expect("a file").set_modified(before).expect("set");
    assert_eq!(large.rules(), ["report-before-event"]);
    // The files of a folder that takes another one's place are others.
    large.folder.write(&large.source, &text);
    large.wait();
    fs::rename(large.folder.path("data/source"), large.folder.path("before")).expect("renamed");
    assert!(large.rules().contains(&"dangling-reference".to_owned()));
    fs::rename(large.folder.path("before"), large.folder.path("data/source")).expect("renamed");
    assert_eq!(large.rules(), [""; 0]);
}

#[test]
fn a_cache_that_is_not_whole_is_empty() {
    let large = Large::new();
    large.files_from_cache(&[]);
    let bytes = fs::read(large.cache()).expect("a cache");
    for broken in [&bytes[..bytes.len() / 2], b"", &[&bytes[..bytes.len() - 1], b"?"].concat()] {
        fs::write(large.cache(), broken).expect("written");
        assert_eq!(large.files_from_cache(&[]), Some(0));
        assert_eq!(large.files_from_cache(&[]), Some(large.files - 1), "it was written again");
    }
}

#[test]
fn a_cache_serves_one_purpose() {
    let large = Large::new();
    large.files_from_cache(&[]);
    assert_eq!(large.files_from_cache(&["--today", "2026-02-01"]), Some(0), "on another day");
    assert_eq!(large.files_from_cache(&["--today", "2026-02-01"]), Some(large.files - 1));
    assert_eq!(large.files_from_cache(&["--today", "2026-02-01", "--possible"]), Some(large.files - 1), "other rules");
    large.folder.write("data/dataset.json", "{ \"rules\": { \"orphan\": \"off\" } }\n");
    assert_eq!(large.files_from_cache(&["--today", "2026-02-01"]), Some(0), "of another dataset");
}

#[test]
fn there_is_no_cache_where_none_is_wanted() {
    let large = Large::new();
    let cache = large.folder.path("home/cache");
    assert_eq!(large.files_from_cache(&["--no-cache"]), None);
    assert_eq!(used(&large.run(&["--audit"]).0), None, "rules that need records");
    let fixed = ran(large.command(&["--fix"]).arg(&large.file), b"");
    assert_eq!((used(&fixed), fixed.code), (None, Some(0)));
    let in_ci = ran(large.command(&[]).arg(&large.file).env("CI", "true"), b"");
    assert_eq!((used(&in_ci), in_ci.code), (None, Some(0)));
    let in_data = ran(large.command(&[]).arg(&large.file).env("XDG_CACHE_HOME", large.folder.path("data")), b"");
    assert_eq!((used(&in_data), in_data.code), (None, Some(0)));
    assert!(!cache.exists() && !large.folder.path("data/comity").exists());
    assert_eq!(large.files_from_cache(&[]), Some(0), "without any of these");
    assert!(cache.exists());
    #[cfg(unix)]
    for (mode, used) in [(0o777, None), (0o770, None), (0o755, Some(large.files - 1))] {
        use std::os::unix::fs::PermissionsExt as _;
        fs::set_permissions(cache.join("comity/summaries"), fs::Permissions::from_mode(mode)).expect("set");
        assert_eq!(large.files_from_cache(&[]), used, "a folder of mode {mode:o}");
    }
}

//! The cache of a large dataset, over real files: what has changed is read again, whatever the times of the files say.

use std::fs::{self, File};
use std::path::PathBuf;
use std::thread::sleep;
use std::time::Duration;

use comity_benches::records;
use serde_json::Value;

use super::{Folder, Ran, found, ran};
use crate::world::canonical;

/// A dataset that is large enough for a cache, a file of it that is checked, and a source that the file cites.
struct Large {
    folder: Folder,
    file: String,
    source: String,
}

impl Large {
    fn new() -> Self {
        let folder = Folder::empty();
        folder.write("data/dataset.json", "{}\n");
        let (mut file, mut source) = (String::new(), String::new());
        for number in 0..records::whole(1_000) {
            let record = records::record(7, number);
            let of = |field: &str| record[field].as_str().unwrap_or_default();
            let path = format!("{}/{}.json", of("kind"), of("id"));
            folder.write(&format!("data/{path}"), canonical(&path, &record.to_string()));
            let cited = record["evidence"].as_object().and_then(|evidence| evidence.keys().next());
            if let (true, Some(cited)) = (file.is_empty() && of("kind") == "event", cited) {
                (file, source) = (format!("data/{path}"), format!("data/source/{cited}.json"));
            }
        }
        // The stamps of younger files are not trusted.
        sleep(Duration::from_millis(2_100));
        Self { folder, file, source }
    }

    fn run(&self, arguments: &[&str]) -> (Ran, Value) {
        let mut command = self.folder.command(&["check", "--format", "json", "--verbose"]);
        command.args(arguments).arg(&self.file).env("HOME", self.folder.path("home"));
        command.env("XDG_CACHE_HOME", self.folder.path("home/cache"));
        let ran = ran(&mut command, b"");
        let report = serde_json::from_str(&ran.out).unwrap_or_else(|error| panic!("{error}: {ran:?}"));
        (ran, report)
    }

    /// How many files the cache did not have; `None` where there was no cache.
    fn not_cached(&self) -> Option<usize> {
        let (ran, report) = self.run(&[]);
        assert_eq!(found(&report), [], "{ran:?}");
        let line = ran.err.lines().find(|line| line.ends_with("files are not in the cache"))?;
        line.split(' ').next()?.parse().ok()
    }

    fn rules(&self) -> Vec<String> {
        let (_, report) = self.run(&[]);
        found(&report).into_iter().map(|(rule, _)| rule.to_owned()).collect()
    }

    fn cache(&self) -> PathBuf {
        let folder = fs::read_dir(self.folder.path("home/cache/comity")).expect("a folder");
        folder.map(|entry| entry.expect("an entry").path()).next().expect("a cache")
    }
}

#[test]
fn a_file_of_a_large_dataset_is_checked_beside_a_cache_that_is_never_stale() {
    let large = Large::new();
    let all = large.not_cached().expect("a cache");
    assert!(all >= 1_000, "nothing is in the cache yet: {all}");
    assert_eq!(large.not_cached(), Some(0), "now all is");

    // A cited source that goes is missed.
    let text = large.folder.read(&large.source);
    fs::remove_file(large.folder.path(&large.source)).expect("removed");
    assert_eq!(large.rules(), ["dangling-reference"]);

    // A source of the same size and with the time of the old one is read again: it was published after it was read.
    large.folder.write(&large.source, &text);
    sleep(Duration::from_millis(2_100));
    assert_eq!(large.not_cached(), Some(1), "one file is not worth writing the cache again");
    let record: Value = serde_json::from_str(&text).expect("JSON");
    let published = record["published"].as_str().expect("a day");
    let before = fs::metadata(large.folder.path(&large.source)).expect("a file").modified().expect("a time");
    let year = format!("19{}", &published[2..]);
    large.folder.write(&large.source, text.replace(published, &year));
    let source = File::options().write(true).open(large.folder.path(&large.source)).expect("a file");
    source.set_modified(before).expect("set");
    assert_eq!(large.rules(), ["report-before-event"]);
    large.folder.write(&large.source, &text);

    // A cache that is not whole is empty.
    let bytes = fs::read(large.cache()).expect("a cache");
    for broken in [&bytes[..bytes.len() / 2], b"", &[&bytes[..bytes.len() - 1], b"?"].concat()] {
        fs::write(large.cache(), broken).expect("written");
        assert!(large.not_cached() >= Some(all - 1));
    }

    // What is kept for one day is of no use on another, and nothing is written where no cache is wanted.
    let (_, report) = large.run(&["--today", "2026-02-01"]);
    assert_eq!(found(&report), []);
    fs::remove_dir_all(large.folder.path("home/cache")).expect("removed");
    let (ran, _) = large.run(&["--no-cache"]);
    assert!(!ran.err.contains("in the cache") && !large.folder.path("home/cache").exists(), "{ran:?}");
}

#[test]
fn in_ci_there_is_no_cache() {
    let large = Large::new();
    let mut command = large.folder.command(&["check", &large.file]);
    let cache = large.folder.path("cache");
    let checked = ran(command.env("CI", "true").env("XDG_CACHE_HOME", &cache).env("HOME", &cache), b"");
    assert_eq!(checked.code, Some(0), "{checked:?}");
    assert!(!cache.exists());
}

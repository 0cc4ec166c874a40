//! The commands and outputs in README and CONTRIBUTING are real.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use assert_cmd::cargo::CommandCargoExt as _;
use pulldown_cmark::{Event, Tag};
use serde_json::json;

use crate::frozen;

/// The day that counts as today, so that no test depends on when it runs.
const TODAY: &str = "2026-11-23";

fn root() -> &'static Path {
    Path::new(crate::ROOT)
}

fn page(name: &str) -> String {
    fs::read_to_string(root().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// The fenced block behind a marker, without the indentation of its fence.
fn block(page: &str, marker: &str) -> String {
    let (_, rest) = page.split_once(marker).unwrap_or_else(|| panic!("no {marker}"));
    let indent = rest
        .lines()
        .find(|line| line.trim_start().starts_with("```"))
        .map_or(0, |line| line.len() - line.trim_start().len());
    let body = rest.lines().skip_while(|line| !line.trim_start().starts_with("```")).skip(1);
    let body = body.take_while(|line| !line.trim_start().starts_with("```"));
    body.map(|line| line.get(indent..).unwrap_or_default().to_owned() + "\n").collect()
}

/// The frozen dataset in a temporary folder, with more records.
fn dataset_with(records: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let data = frozen::write_to(folder.path());
    for (path, text) in records {
        fs::write(data.join(path), text).expect("a record");
    }
    folder
}

fn comity(folder: &Path, arguments: &[&str]) -> (String, bool) {
    let mut command = Command::cargo_bin("comity").expect("the program");
    let path = std::env::var_os("PATH").unwrap_or_default();
    let output = command.env_clear().env("PATH", path).current_dir(folder).args(arguments).output().expect("it runs");
    (String::from_utf8(output.stdout).expect("UTF-8"), output.status.success())
}

/// The output without seconds, which differ from run to run.
fn timeless(text: &str) -> String {
    let mut words: Vec<&str> = text.split(' ').collect();
    for index in 1..words.len() {
        if words[index].starts_with("s:") {
            words[index - 1] = "0.00";
        }
    }
    words.join(" ")
}

#[test]
fn the_readme_shows_what_a_contributor_sees() {
    let readme = page("README.md");
    let path = "event/bauer-in-tunis.json";
    let folder = dataset_with(&[(path, &block(&readme, &format!("<!-- record: {path} -->")))]);
    let (shown, _) = comity(folder.path(), &["check", "--today", TODAY, &format!("data/{path}")]);
    let expected = block(&readme, &format!("<!-- output: {path} -->"));
    assert_eq!(timeless(&shown), expected, "put this into README.md:\n{}", timeless(&shown));
}

/// The paths of the records that a page shows.
fn shown_records(page: &str) -> Vec<&str> {
    page.lines().filter_map(|line| line.strip_prefix("<!-- record: ")?.strip_suffix(" -->")).collect()
}

#[test]
fn the_records_in_contributing_need_only_their_layout() {
    let contributing = page("CONTRIBUTING.md");
    let paths = shown_records(&contributing);
    for kind in ["event/", "activity/", "actor/", "source/"] {
        assert!(paths.iter().any(|path| path.starts_with(kind)), "no example in {kind}");
    }
    let texts: Vec<String> =
        paths.iter().map(|path| block(&contributing, &format!("<!-- record: {path} -->"))).collect();
    let records: Vec<(&str, &str)> = paths.iter().copied().zip(texts.iter().map(String::as_str)).collect();
    let folder = dataset_with(&records);
    let (shown, clean) = comity(folder.path(), &["check", "--today", TODAY, "--format", "concise", "data"]);
    let codes: Vec<&str> =
        shown.lines().filter_map(|line| line.split_once('[')?.1.split_once("]:").map(|(code, _)| code)).collect();
    assert_eq!((codes, clean), (vec!["non-canonical"; paths.len()], true), "{shown}");
    comity(folder.path(), &["fmt"]);
    let (shown, _) = comity(folder.path(), &["check", "--today", TODAY, "--format", "concise", "data"]);
    assert!(shown.contains("nothing to fix"), "{shown}");
}

#[test]
fn the_readme_counts_by_side_what_was_held() {
    let readme = page("README.md");
    let program = block(&readme, "In Python:");
    // What is only planned, and who was absent, does not count.
    let visit = |status: &str, when: &str, attendance: Option<&str>, stance: &str| {
        let mut visitor = json!({ "roles": ["visitor"] });
        visitor.as_object_mut().expect("a map").extend(attendance.map(|code| ("attendance".to_owned(), code.into())));
        let visit = json!({ "names": { "en": format!("A visit on {when}") }, "type": "visit", "when": when, "status": status,
            "participants": { "nato": { "roles": ["host"] }, "morocco": visitor }, "evidence": { "le1-2019": { "stance": stance } } });
        visit.to_string()
    };
    let planned = visit("planned", "2019-06", None, "announces");
    let absent = visit("held", "2019-01-22", Some("absent"), "reports");
    let folder = dataset_with(&[("event/a-planned-visit.json", &planned), ("event/a-visit-without.json", &absent)]);
    let (said, exported) = comity(folder.path(), &["export", "--to", "release"]);
    assert!(exported, "real records can be exported: {said}");
    // The frozen records with Morocco on one side, counted by hand: see `reader/panels.rs` for most of them.
    let events = fs::read_to_string(folder.path().join("release/csv/participation.csv")).expect("a table");
    let of_table: std::collections::BTreeSet<&str> = events
        .lines()
        .filter(|line| line.starts_with("event:") && line.contains(",actor:morocco,state,"))
        .filter_map(|line| line.split(',').next())
        .collect();
    assert_eq!(of_table.len(), 14, "{of_table:#?}");
    match Command::new("python3").current_dir(folder.path().join("release")).args(["-c", &program]).output() {
        Ok(output) => {
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
            assert_eq!(String::from_utf8_lossy(&output.stdout), "12 events with Morocco\n");
        }
        Err(error) => {
            assert_eq!(error.kind(), std::io::ErrorKind::NotFound, "python3 is there but does not run: {error}")
        }
    }
}

#[test]
fn the_map_of_the_modules_names_each() {
    let (library, map) = (page("src/lib.rs"), page("docs/development.md"));
    let modules: Vec<&str> = library
        .lines()
        .filter_map(|line| line.trim_start_matches("pub ").strip_prefix("mod ")?.strip_suffix(';'))
        .collect();
    assert!(modules.len() >= 20, "{modules:?}");
    for module in modules {
        assert!(map.contains(&format!("\nsrc/{module} ")), "docs/development.md has no line for src/{module}");
    }
}

/// The rows of the table of readers in a page.
fn readers(page: &str) -> Vec<String> {
    let (_, table) = page.split_once("| if you use |").expect("a table of readers");
    table.lines().skip(1).take_while(|line| line.starts_with('|')).map(str::to_owned).collect()
}

#[test]
fn the_readme_names_the_readers_of_a_release_and_their_lines_stand_in_programs() {
    let start = page("src/export/where_to_start.md");
    let rows = readers(&start);
    assert!(rows.len() > 12, "{rows:#?}");
    assert_eq!(readers(&page("README.md")), rows, "run `cargo xtask generate`");
    for row in &rows {
        // A row without code is for programs with a window.
        if !row.ends_with("` |") {
            continue;
        }
        let cells: Vec<&str> = row.trim_matches('|').split(" | ").map(str::trim).collect();
        let (who, line) = (cells[0], cells.last().expect("a cell").trim_matches('`'));
        match who {
            "Rust" => assert!(page("examples/timeline.rs").contains(line), "{line}"),
            "TypeScript" => assert!(page("tests/clients/types/right.ts").contains(line), "{line}"),
            // read.py runs the lines of all others, and fails where it has not run one.
            _ => {}
        }
    }
}

/// Every page of Markdown below a folder.
fn pages(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display())) {
        let path = entry.expect("an entry").path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if path.is_dir() && !name.starts_with('.') && !["target", "node_modules", "corpus"].contains(&name.as_str()) {
            pages(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "md") {
            found.push(path);
        }
    }
}

/// Targets of the links in a page.
fn links(page: &str) -> Vec<String> {
    let events = pulldown_cmark::Parser::new_ext(page, pulldown_cmark::Options::ENABLE_TABLES);
    let target = |event| match event {
        Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => Some(dest_url.into_string()),
        _ => None,
    };
    events.filter_map(target).collect()
}

#[test]
fn every_link_of_a_page_leads_somewhere() {
    let mut files = Vec::new();
    pages(root(), &mut files);
    let mut followed = 0;
    for file in files {
        let text = fs::read_to_string(&file).expect("a page");
        let folder = file.parent().expect("a folder");
        for link in links(&text) {
            let target = link.split('#').next().unwrap_or_default();
            if !link.contains(':') && !target.is_empty() {
                assert!(folder.join(target).exists(), "{}: {link}", file.display());
                followed += 1;
            }
        }
    }
    assert!(followed > 80, "only {followed} links were followed");
}

#[test]
fn every_command_of_the_readme_is_run_by_the_gate() {
    let gate = page(".ci/run");
    let commands: Vec<String> =
        page("README.md").lines().filter(|line| line.starts_with("cargo ")).map(str::to_owned).collect();
    assert!(commands.len() >= 2);
    for command in commands {
        assert!(gate.lines().any(|line| line.trim() == command), "`{command}` stands in README.md and not in .ci/run");
    }
}

//! The promises of `SECURITY.md`, compared with the sources and their constants.

use std::fs;
use std::path::{Path, PathBuf};

use comity::dataset::{FILE_LIMIT, LINE_LIMIT};
use comity::lint::FINDING_LIMIT;
use comity_document::document::{DEPTH, FAULTS, MEMBERS, VALUES};

fn root() -> &'static Path {
    Path::new(crate::ROOT)
}

fn page(name: &str) -> String {
    fs::read_to_string(root().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// The number with commas: 1,000 for 1000.
fn number(value: usize) -> String {
    let digits = value.to_string();
    let groups: Vec<&str> =
        digits.as_bytes().rchunks(3).rev().map(|group| str::from_utf8(group).expect("digits")).collect();
    groups.join(",")
}

fn mebibytes(bytes: usize) -> String {
    assert_eq!(bytes % (1024 * 1024), 0, "a limit in whole MiB");
    format!("{} MiB", bytes / (1024 * 1024))
}

#[test]
fn the_limits_are_those_of_the_code() {
    assert_eq!((number(127), number(1_000), number(1_234_567)), ("127".into(), "1,000".into(), "1,234,567".into()));
    let expected = [
        ("a file of one record", mebibytes(FILE_LIMIT)),
        ("a line of an `.ndjson` file", mebibytes(LINE_LIMIT)),
        ("`dataset.json`", mebibytes(1024 * 1024)),
        ("brackets inside one another", number(DEPTH)),
        ("entries of one object or list", number(MEMBERS)),
        ("values in one record", number(VALUES)),
        ("syntax errors of one record that are kept", number(FAULTS)),
        ("findings of one record that are shown one by one", number(FINDING_LIMIT)),
    ];
    let page = page("SECURITY.md");
    let (_, section) = page.split_once("\n## Limits\n").expect("a section on limits");
    let section = section.split("\n## ").next().unwrap_or_default();
    let rows: Vec<&str> = section.lines().filter(|line| line.starts_with('|')).skip(2).collect();
    let expected: Vec<String> = expected.iter().map(|(what, most)| format!("| {what} | {most} |")).collect();
    assert_eq!(rows, expected);
}

/// Every file of Rust below a folder.
fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

#[test]
fn the_program_opens_no_connection_and_starts_no_program_but_git() {
    let mut files = Vec::new();
    ["src", "crates"].iter().for_each(|folder| sources(&root().join(folder), &mut files));
    let mut started = 0;
    for file in files {
        let text = fs::read_to_string(&file).expect("UTF-8");
        for word in ["std::net", "os::unix::net", "TcpStream", "UdpSocket", "UnixStream"] {
            assert!(!text.contains(word), "{}: {word}", file.display());
        }
        // The `Command` of clap is no program.
        if text.contains("process::{Command") || text.contains("process::Command") {
            let calls = text.matches("Command::new(").count();
            assert_eq!(calls, text.matches("Command::new(\"git\")").count(), "{}", file.display());
            started += calls;
        }
    }
    assert!(started > 0, "git is started somewhere");
}

/// Packages that use the network.
const CLIENTS: [&str; 12] = [
    "reqwest",
    "hyper",
    "ureq",
    "curl",
    "isahc",
    "attohttpc",
    "minreq",
    "tokio",
    "rustls",
    "openssl",
    "socket2",
    "git2",
];

#[test]
fn no_package_that_speaks_to_the_network_is_built_in() {
    let lock = page("Cargo.lock");
    let names: Vec<&str> = lock.lines().filter_map(|line| line.strip_prefix("name = \"")?.strip_suffix('"')).collect();
    assert!(names.contains(&"clap"), "the list of packages is read");
    for client in CLIENTS {
        assert!(!names.contains(&client), "{client} is in Cargo.lock");
    }
}

#[test]
fn the_page_is_found_and_leads_to_what_is_there() {
    for name in ["README.md", "CONTRIBUTING.md"] {
        assert!(page(name).contains("](SECURITY.md)"), "{name} does not lead to SECURITY.md");
    }
    let page = page("SECURITY.md");
    let links: Vec<&str> = page.split("](").skip(1).filter_map(|rest| rest.split(')').next()).collect();
    assert!(!links.is_empty());
    for link in links {
        assert!(root().join(link).exists(), "{link}");
    }
    assert!(!page.contains('@'), "a report goes through the repository, not to an address");
}

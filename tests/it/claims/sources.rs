//! What the crate's documentation claims of the sources, held to the sources: modules use one another in one direction,
//! the core touches nothing outside itself, and what is generated is as its types make it.

use std::fs;
use std::path::{Path, PathBuf};

use comity::dataset::Manifest;
use comity::kind::Kind;
use comity::{render, schema};
use serde_json::Value;

/// The libraries; everything else is a program.
const LIBRARIES: [&str; 2] = ["src", "crates/comity-document/src"];
const COMMAND_LINE: &str = "crates/comity-cli/src";

fn root() -> &'static Path {
    Path::new(crate::ROOT)
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Every file of Rust below a folder, sorted.
fn sources(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut found: Vec<PathBuf> = entries
        .map(|entry| entry.expect("an entry").path())
        .flat_map(|path| if path.is_dir() { sources(&path) } else { vec![path] })
        .filter(|path| path.extension().is_some_and(|extension| extension == "rs"))
        .collect();
    found.sort();
    found
}

/// The source without its comments, so that a link in the documentation is no use. A `//` inside a string cuts a line
/// short, which loses nothing we look for.
fn code(path: &Path) -> String {
    read(path).lines().map(|line| line.split("//").next().unwrap_or_default().to_owned() + "\n").collect()
}

/// The modules of a crate, in the order of `lib.rs`.
fn modules(sources: &Path) -> Vec<String> {
    let text = code(&sources.join("lib.rs"));
    text.lines()
        .filter_map(|line| line.trim_start_matches("pub ").strip_prefix("mod ")?.strip_suffix(';'))
        .map(str::to_owned)
        .collect()
}

/// The modules on the way to a file: `["rules", "dates", "acting"]`.
fn way(sources: &Path, file: &Path) -> Vec<String> {
    let below = file.strip_prefix(sources).expect("a file of the crate").with_extension("");
    let mut way: Vec<String> = below.iter().map(|part| part.to_string_lossy().into_owned()).collect();
    way.pop_if(|last| last == "mod" || last == "lib");
    way
}

/// The top-level modules a piece of code names: `crate::a`, `crate::{a, b::c}`, and as many `super::` as lead there.
fn used(code: &str, depth: usize) -> Vec<String> {
    let prefix = "super::".repeat(depth);
    let up = format!("super::{prefix}");
    let mut used = Vec::new();
    for (start, from) in ["crate::", &prefix].into_iter().flat_map(|from| code.match_indices(from)) {
        let rest = &code[start + from.len()..];
        let leads_past = code[..start].ends_with("super::") || rest.starts_with("super::") || up.is_empty();
        let word_before = code[..start].ends_with(|c: char| c.is_alphanumeric() || c == '_');
        if from != "crate::" && (leads_past || depth == 0) || word_before {
            continue;
        }
        match rest.strip_prefix('{') {
            None => used.push(first_word(rest)),
            Some(group) => {
                let mut open = 0;
                let end = group.find(|c| {
                    open += i32::from(c == '{') - i32::from(c == '}');
                    open < 0
                });
                let mut inside = 0;
                let parts = group[..end.expect("the group is closed")].split(|c| {
                    inside += i32::from(c == '{') - i32::from(c == '}');
                    c == ',' && inside == 0
                });
                used.extend(parts.map(|part| first_word(part.trim_start())).filter(|word| !word.is_empty()));
            }
        }
    }
    used
}

fn first_word(text: &str) -> String {
    text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

#[test]
fn the_reader_of_uses_sees_every_way_to_write_one() {
    let seen = |text: &str, depth| used(text, depth);
    assert_eq!(seen("use crate::finding::{Finding, Place};", 1), ["finding"]);
    assert_eq!(seen("use crate::{render, schema::{Shape, x::y}, kind};", 1), ["render", "schema", "kind"]);
    assert_eq!(seen("let x = $crate::value::text::Parse; crate::rule::Rule", 1), ["value", "rule"]);
    assert_eq!(seen("use super::render; use super::super::report;", 2), ["report"]);
    assert_eq!(seen("use super::report::Report;", 1), ["report"]);
    assert_eq!(seen("mycrate::thing; no_crate::thing", 1), [""; 0]);
}

#[test]
fn modules_use_only_what_stands_before_them() {
    let mut broken = Vec::new();
    let mut arrows = 0;
    for crate_root in LIBRARIES {
        let folder = root().join(crate_root);
        let order = modules(&folder);
        assert!(order.len() > 3, "{crate_root}/lib.rs lists its modules: {order:?}");
        for file in sources(&folder) {
            let way = way(&folder, &file);
            let Some(own) = way.first().and_then(|own| order.iter().position(|name| name == own)) else { continue };
            // In a file's own tests, one `super::` more leads to the same place.
            let text = code(&file);
            let (text, tests) = text.split_once("#[cfg(test)]").unwrap_or((&text, ""));
            for name in used(text, way.len()).into_iter().chain(used(tests, way.len() + 1)) {
                let Some(to) = order.iter().position(|module| *module == name) else { continue };
                arrows += 1;
                if to > own {
                    let file = file.strip_prefix(root()).unwrap_or(&file).display();
                    broken.push(format!("{file} uses `{name}`, which {crate_root}/lib.rs lists after `{}`", way[0]));
                }
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
    assert!(arrows > 100, "only {arrows} uses were seen");
}

/// What belongs to the command line, as it is written in sources.
const OUTSIDE: [&str; 14] = [
    "std::fs",
    "std::env",
    "std::process",
    "std::net",
    "std::thread",
    "io::stdin",
    "io::stdout",
    "io::stderr",
    "SystemTime",
    "Instant",
    "println!",
    "print!",
    "dbg!",
    "include_bytes!",
];

/// The words of a list that a file's code has.
fn words_in<'a>(file: &Path, words: &[&'a str]) -> Vec<&'a str> {
    let text = code(file);
    words.iter().copied().filter(|word| text.contains(word)).collect()
}

#[test]
fn the_core_reads_and_prints_nothing() {
    let mut broken = Vec::new();
    for file in LIBRARIES.iter().flat_map(|folder| sources(&root().join(folder))) {
        let found = words_in(&file, &OUTSIDE);
        if !found.is_empty() {
            broken.push(format!("{}: {}", file.strip_prefix(root()).unwrap_or(&file).display(), found.join(", ")));
        }
    }
    assert!(
        broken.is_empty(),
        "files, clock, environment and printing belong to {COMMAND_LINE}:\n{}",
        broken.join("\n")
    );
    let command_line = sources(&root().join(COMMAND_LINE));
    let seen: usize = command_line.iter().map(|file| words_in(file, &OUTSIDE).len()).sum();
    assert!(seen > 10, "the command line does what the libraries do not");
}

/// The file escapes what a terminal or a runner would obey, so that no command can forget to.
#[test]
fn one_file_of_the_command_line_writes_to_the_streams() {
    let folder = root().join(COMMAND_LINE);
    let streams = ["io::stdout", "io::stderr", "println!", "print!"];
    let found: Vec<PathBuf> =
        sources(&folder).into_iter().filter(|file| !words_in(file, &streams).is_empty()).collect();
    assert_eq!(found, [folder.join("output.rs")]);
}

/// Clippy refuses the same, and sees what a list of words does not: other names for the same thing.
#[test]
fn clippy_refuses_the_same() {
    let list = read(&root().join(".clippy.toml"));
    for path in [
        "std::fs::read_to_string",
        "std::fs::File",
        "std::env::var_os",
        "std::process::Command",
        "std::process::exit",
        "std::path::Path::is_file",
        "std::io::stdout",
        "std::time::Instant",
        "std::time::SystemTime",
    ] {
        assert!(list.contains(&format!("path = \"{path}\"")), "{path} is missing in .clippy.toml");
    }
    let manifest = read(&root().join("Cargo.toml"));
    for lint in ["print_stdout", "print_stderr", "exit", "dbg_macro"] {
        assert!(manifest.contains(&format!("{lint} = \"warn\"")), "{lint} is off in Cargo.toml");
    }
}

/// Every schema under `schema/`, by its path there, as the types make it.
fn generated() -> Vec<(String, Value)> {
    let mut all = vec![
        ("dataset.schema.json".to_owned(), schema::of::<Manifest>("dataset")),
        ("report.schema.json".to_owned(), render::report_schema()),
    ];
    for kind in Kind::ALL {
        all.push((format!("{kind}.schema.json"), schema::authoring(kind)));
        all.push((format!("reader/{kind}.schema.json"), schema::reader(kind)));
    }
    all.sort_by(|a, b| a.0.cmp(&b.0));
    all
}

#[test]
fn the_committed_schemas_are_what_the_types_make() {
    let folder = root().join("schema");
    let mend = "run `cargo xtask generate`";
    let all = generated();
    for (name, wanted) in &all {
        let text = fs::read_to_string(folder.join(name)).unwrap_or_default();
        assert!(text == format!("{wanted:#}\n"), "schema/{name} is not what the types make: {mend}");
    }
    let names = |folder: &Path, prefix: &str| -> Vec<String> {
        let entries = fs::read_dir(folder).expect("the folder").map(|entry| entry.expect("an entry").path());
        let files = entries.filter(|path| path.is_file());
        files.map(|path| format!("{prefix}{}", path.file_name().unwrap_or_default().to_string_lossy())).collect()
    };
    let mut found = names(&folder, "");
    found.extend(names(&folder.join("reader"), "reader/"));
    found.sort();
    let expected: Vec<String> = all.into_iter().map(|(name, _)| name).collect();
    assert_eq!(found, expected, "a file under schema/ that no type makes, or none that one makes: {mend}");
}

/// Versions of Rust that a page or a workflow states.
fn stated(text: &str) -> Vec<&str> {
    let number = |rest: &str| rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
    let starts = text.match_indices("1.").map(|(start, _)| &text[start..]);
    starts
        .filter(|rest| {
            let before = &text[..text.len() - rest.len()];
            let line = before.rsplit('\n').next().unwrap_or_default().to_ascii_lowercase();
            ["rust", "toolchain", "msrv"].iter().any(|word| line.contains(word))
                && !before.ends_with(|c: char| c.is_ascii_digit() || c == '.')
        })
        .map(|rest| rest[..number(rest)].trim_end_matches('.'))
        .collect()
}

#[test]
fn the_version_of_rust_is_one_everywhere() {
    let sample = "  toolchain: 1.95.0\n[Rust](https://x.org), 1.95 or newer.\nactions/cache@v4.1.2 jq 1.7\n";
    assert_eq!(stated(sample), ["1.95.0", "1.95"]);
    let manifest = read(&root().join("Cargo.toml"));
    let version =
        manifest.split_once("rust-version = \"").and_then(|(_, rest)| rest.split('"').next()).expect("a version");
    let mut pages: Vec<PathBuf> =
        ["README.md", "CONTRIBUTING.md", ".ci/run", "rust-toolchain.toml"].map(|name| root().join(name)).into();
    let workflows = fs::read_dir(root().join(".github/workflows")).into_iter().flatten();
    pages.extend(workflows.map(|entry| entry.expect("an entry").path()));
    for page in pages.iter().filter(|page| page.exists()) {
        for stated in stated(&read(page)) {
            let same = stated == version || stated == format!("{version}.0");
            assert!(same, "{} states Rust {stated}, and Cargo.toml {version}", page.display());
        }
    }
}

/// Public types that share a name, each with its reason.
const HOMONYMS: [(&str, &str); 1] =
    [("Place", "`record::Place` is the kind of record as the data calls it; `lint::Place` is where a finding stands")];

/// The names of the public types of a piece of code: `pub struct Name`, and the lists of codes, which a macro writes.
fn public_types(code: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut in_codes = false;
    for line in code.lines().map(str::trim_start) {
        let named = ["struct ", "enum ", "trait ", "type "]
            .iter()
            .find_map(|item| line.strip_prefix("pub ")?.strip_prefix(item).map(first_word));
        let listed = Some(first_word(line)).filter(|name| in_codes && line == format!("{name} {{"));
        // The macro itself has a variable for the name.
        found.extend(named.or(listed.clone()).filter(|name| !name.is_empty()));
        in_codes = line.ends_with("codes! {") || in_codes && listed.is_none();
    }
    found
}

#[test]
fn every_public_type_has_a_name_of_its_own() {
    let sample = "pub struct A<T>(T);\npub(crate) struct B;\ncodes! {\n    /// C.\n    C {\n    D {\npub type E = u8;\npub enum $name {";
    assert_eq!(public_types(sample), ["A", "C", "E"]);
    let crates = fs::read_dir(root().join("crates")).expect("the crates").map(|entry| entry.expect("an entry").path());
    let folders = crates.map(|folder| folder.join("src")).chain([root().join("src")]);
    let mut places = std::collections::BTreeMap::<String, Vec<String>>::new();
    for file in folders.flat_map(|folder| sources(&folder)) {
        let path = file.strip_prefix(root()).unwrap_or(&file).display().to_string();
        public_types(&code(&file)).into_iter().for_each(|name| places.entry(name).or_default().push(path.clone()));
    }
    assert!(places.len() > 150 && places.contains_key("EventType"), "only {} public types were seen", places.len());
    places.retain(|_, files| files.len() > 1);
    let expected: Vec<&str> = HOMONYMS.iter().map(|(name, _)| *name).collect();
    assert_eq!(places.keys().collect::<Vec<_>>(), expected, "{places:?}");
}

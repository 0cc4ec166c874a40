//! The claims of the crate documentation about the sources: modules use one another in one direction, the library does
//! no I/O, and generated files are up to date.

use std::fs;
use std::path::{Path, PathBuf};

use comity::dataset::Manifest;
use comity::kind::Kind;
use comity::{export, render, schema};
use serde_json::Value;
use xtask::imports::{Imports, code, sources};

/// The libraries; everything else is a program.
const LIBRARIES: [&str; 2] = ["src", "crates/comity-document/src"];
const COMMAND_LINE: &str = "crates/comity-cli/src";

fn root() -> &'static Path {
    Path::new(crate::ROOT)
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[test]
fn modules_use_only_what_stands_before_them() {
    let mut seen = 0;
    for library in LIBRARIES {
        let imports = Imports::of(&root().join(library));
        assert!(imports.order.len() > 3, "{library}/lib.rs lists its modules: {:?}", imports.order);
        let backwards: Vec<_> = imports.backwards().collect();
        assert!(backwards.is_empty(), "{library} uses what its lib.rs lists later: {backwards:#?}");
        seen += imports.arrows.len();
    }
    assert!(seen > 50, "only {seen} arrows were seen");
}

#[test]
fn the_page_of_the_architecture_draws_these_sources() {
    let page = read(&root().join("docs/architecture.md"));
    for library in LIBRARIES {
        let drawn =
            format!("<!-- imports: {library} -->\n\n{}\n<!-- end -->", Imports::of(&root().join(library)).table());
        assert!(page.contains(&drawn), "{library} is drawn as it was: run `cargo xtask generate`");
    }
}

/// Words in sources that belong to the command line.
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

/// The words of a list that the code of a file contains.
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

/// One file escapes all that a terminal or a runner would obey, so that no command can forget to escape.
#[test]
fn one_file_of_the_command_line_writes_to_the_streams() {
    let folder = root().join(COMMAND_LINE);
    let streams = ["io::stdout", "io::stderr", "println!", "print!"];
    let found: Vec<PathBuf> =
        sources(&folder).into_iter().filter(|file| !words_in(file, &streams).is_empty()).collect();
    assert_eq!(found, [folder.join("output.rs")]);
}

/// Clippy refuses these words too, and also other names for them.
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

/// Every schema by its path under `schema/`, generated from the types.
fn generated() -> Vec<(String, Value)> {
    let mut all = vec![
        ("dataset.schema.json".to_owned(), schema::of::<Manifest>("dataset")),
        ("report.schema.json".to_owned(), render::report_schema()),
        ("list.schema.json".to_owned(), export::list_schema()),
        ("show.schema.json".to_owned(), export::show_schema()),
        ("stats.schema.json".to_owned(), export::counts_schema()),
        ("diff.schema.json".to_owned(), render::diff_schema()),
    ];
    all.extend(export::record_schemas());
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

/// An author's editor knows the schema of a new file, which names none.
#[test]
fn the_settings_of_the_editor_name_the_schema_of_every_folder() {
    let settings: Value = serde_json::from_str(&read(&root().join(".vscode/settings.json"))).expect("JSON");
    let schemas = settings["json.schemas"].as_array().expect("a list");
    let mut found: Vec<(&str, &str)> = schemas
        .iter()
        .map(|schema| (schema["fileMatch"][0].as_str().expect("a pattern"), schema["url"].as_str().expect("a path")))
        .collect();
    let of_kind = |kind: Kind| (format!("/data/{kind}/**/*.json"), format!("./schema/{kind}.schema.json"));
    let mut expected: Vec<(String, String)> = Kind::ALL.map(of_kind).into();
    expected.push(("/data/dataset.json".to_owned(), "./schema/dataset.schema.json".to_owned()));
    found.sort_unstable();
    expected.sort();
    let expected: Vec<(&str, &str)> = expected.iter().map(|(files, url)| (files.as_str(), url.as_str())).collect();
    assert_eq!(found, expected);
    assert!(found.iter().all(|(_, url)| root().join(url).is_file()));
}

/// The versions of Rust that a page or a workflow states.
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

/// The letters, digits and underscores at the beginning of a text.
fn first_word(text: &str) -> String {
    text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
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
        // In the macro itself, the name is a variable.
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

//! The material of hostile folders: names, contents and targets of links, and functions that make them.

use std::ffi::OsString;
use std::fs;
use std::path::Path;
use std::process::Command;

/// The theme that a clean dataset consists of, in canonical form.
pub(super) const THEME: &str = "{\n  \"$schema\": \"../../schema/theme.schema.json\",\n  \"kind\": \"theme\",\n  \"id\": \"science\",\n  \"names\": {\n    \"en\": \"The sciences\"\n  },\n  \"definition\": {\n    \"en\": \"Research by several countries.\"\n  }\n}\n";

/// A good record that is not in canonical form.
pub(super) const UNTIDY: &str =
    r#"{"definition": {"en": "Work."}, "names": {"fr": "e", "en": "Work"}, "broader": "science", "kind": "theme"}"#;

/// Records in which a field is missing, or a bracket.
pub(super) const INCOMPLETE: &str =
    "{\n  \"kind\": \"theme\",\n  \"id\": \"faulty\",\n  \"names\": {\n    \"en\": \"Faulty\"\n  }\n}\n";
pub(super) const DAMAGED: &str = "{\n  \"kind\": \"theme\",\n  \"names\": ";

/// Contents of files. `forged` stands behind whatever begins a command of a runner.
pub(super) const TEXTS: [&[u8]; 14] = [
    THEME.as_bytes(),
    UNTIDY.as_bytes(),
    DAMAGED.as_bytes(),
    b"",
    b"#!/bin/sh\n# a comment\n::forged::zyx\n{\"kind\":\"theme\",}\n// and more ##[forged]\n",
    b"{\n\"kind\": \"theme\",\n::forged::zyx\n##[forged]x\n}\n",
    b"{ \"names\": { \"en\": \"a \\u001b[31m\\n::forged::zyx ##[forged]x \\u202e\" }, \"definition\": { \"en\": \"x\" } }\n",
    b"{ \"kind\": \"theme\", \"\\n::forged::zyx\": 1, \"##[forged]x\": \"\\u001b]0;x\\u0007\" }\n",
    b"{ \"names\": { \"en\": \"\xe2\x80\xae \xc2\x9b31m ##[forged]x\" , } , \"definition\": { \"en\": \"::forged::\" } }\n",
    b"\x1b[2J\x1b]0;x\x07{ \"names\": \"\x1b[31m\" }\n",
    b"{ \"names\": { \"en\": \"caf\xe9\" } }\n",
    b"\xef\xbb\xbf{ \"names\": { \"e\xcc\x81\": 1.0000000000000001, \"\xc3\xa9\": 1 } }\r\n",
    b"{\"kind\":\"theme\",\"id\":\"a\"}\r\n\r\n::forged::zyx\n{\"kind\":\"##[forged]\",\"id\":\"\\n::forged::\"}\n",
    b"{ \"name\": \"a-package\", \"version\": \"1.0.0\" }\n",
];

/// Names of files.
pub(super) const NAMES: [&[u8]; 18] = [
    b"other.json",
    b"lines.ndjson",
    b"\n::forged::zyx.json",
    b"a\r::forged::zyx.json",
    b"##[forged]x.json",
    b"a\n##[forged]x.ndjson",
    b"\x1b[2J\x1b]0;x\x07.json",
    b"a\xe2\x80\xaeb.json",
    b"caf\xe9.json",
    b"..json",
    b"...",
    b".json",
    b"-rf.json",
    b"--fix.json",
    b" a b.json",
    b"README.md",
    b".gitignore",
    LEFT_OVER.as_bytes(),
];

/// The name of a temporary file that a killed run leaves behind.
pub(super) const LEFT_OVER: &str = ".comity-x.tmp";

/// Where something is planted.
pub(super) const FOLDERS: [&str; 7] =
    ["data/theme", "data", "data/source", "data/theme/2019", "data/no-kind", "theme", "."];

/// Where links lead.
pub(super) const TARGETS: [&str; 10] = [
    "../../../outside/secret.json",
    "../../../outside/theme",
    "../../../outside/theme/stranger.json",
    "../../outside/secret.json",
    "../outside/secret.json",
    "/dev/zero",
    "science.json",
    "..",
    "/",
    "nowhere",
];

/// Whether nothing stands at a path, not even a link to nowhere.
pub(super) fn is_free(path: &Path) -> bool {
    fs::symlink_metadata(path).is_err()
}

pub(super) fn write(path: &Path, content: &[u8]) {
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    fs::write(path, content).expect("a file");
}

/// A pipe with a name: whoever opens it for reading waits for ever.
pub(super) fn pipe(path: &Path) {
    let mut argument = OsString::from("./");
    argument.push(path.file_name().expect("a name"));
    let mut command = Command::new("mkfifo");
    let made = command.arg(argument).current_dir(path.parent().expect("a folder")).status().expect("mkfifo runs");
    assert!(made.success(), "mkfifo makes a pipe");
}

/// A file of zeros that takes no room.
pub(super) fn sparse(path: &Path, size: u64) {
    fs::File::create(path).expect("a file").set_len(size).expect("a size");
}

//! `comity export`: the files that readers load.

use std::fs;
use std::path::Path;

use comity::kind::Kind;
use serde_json::{Value, json};

use crate::tool::{Folder, all, faulty};

/// The files below a folder, sorted.
fn files(folder: &Path, below: &str) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder.join(below)).expect("a folder") {
        let entry = entry.expect("an entry");
        let name = format!("{below}{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() { found.extend(files(folder, &format!("{name}/"))) } else { found.push(name) }
    }
    found.sort();
    found
}

/// What else lies in the folder of the dataset is misplaced, so that the next check would fail.
#[test]
fn nothing_but_records_is_written_into_the_folder_of_the_dataset() {
    let folder = Folder::of_the_world();
    for (arguments, told) in [
        (&["export", "--to", "data/release"][..], "data/release lies in the folder of the dataset"),
        (&["export", "--to", "data"], "data lies in the folder of the dataset"),
        (&["check", "--output", "data/report.json"], "data/report.json lies in the folder of a dataset"),
        (&["check", "--output", "data/event/report.sarif"], "data/event/report.sarif lies in the folder of a dataset"),
    ] {
        let ran = folder.run(arguments);
        assert!(ran.code == Some(2) && ran.err.contains(told), "{arguments:?}: {ran:?}");
    }
    assert_eq!(folder.run(&["check"]).code, Some(0));
}

#[test]
fn a_release_is_not_replaced_by_an_export_without_records() {
    let folder = Folder::with(&json!({ "kind": "event", "id": "a-seminar" }));
    assert_eq!(folder.run(&["export", "--to", "out", "--format", "ndjson"]).code, Some(0));
    let before = folder.read("out/manifest.json");
    // A folder of its own: beside a dataset, a folder without dataset.json is no part of anything.
    let other = Folder::with(&json!({ "kind": "event", "id": "a-seminar" }));
    fs::remove_dir_all(other.path("data")).expect("removed");
    let export = |more: &[&str]| {
        let data = other.path("data").display().to_string();
        let ran = folder.run(&[&["export", "--data", &data, "--to", "out"], more].concat());
        assert_eq!((ran.code, folder.read("out/manifest.json")), (Some(2), before.clone()), "{ran:?}");
        ran.err
    };
    fs::create_dir(other.path("data")).expect("a folder");
    let told = export(&[]);
    assert!(told.contains("data has no record to export, and nothing is replaced"), "{told}");
    other.write("data/event/a-seminar.json", "{");
    let told = export(&["--allow-errors"]);
    assert!(told.contains("data has errors, so that nothing is left to export"), "{told}");
}

#[test]
fn only_an_earlier_export_is_replaced() {
    let folder = Folder::with(&json!({ "kind": "event", "id": "a-seminar" }));
    let export = |more: &[&str]| folder.run(&[&["export", "--to", "out"], more].concat());
    assert_eq!(export(&[]).code, Some(0));
    assert!(folder.path("out/csv").exists());
    // A later export with fewer formats leaves nothing of the earlier one.
    let ran = export(&["--format", "ndjson", "--format", "json"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert!(ran.out.ends_with("begin with out/README.md\n"), "{ran:?}");
    // No table was written, and none is counted.
    assert!(ran.out.contains(" records, 8 files of ") && !ran.out.contains("table"), "{ran:?}");
    let ran = folder.run(&["export", "--to", "catalogue", "--format", "catalogue"]);
    assert!(
        ran.code == Some(2) && ran.err.contains("`catalogue` only describes the files of other formats"),
        "{ran:?}"
    );
    assert!(!folder.path("catalogue").exists());
    let expected = [
        "CHANGES.md",
        "CITATION.cff",
        "README.md",
        "SHA256SUMS",
        "codebook.md",
        "comity.json",
        "comity.ndjson",
        "manifest.json",
    ];
    assert_eq!(files(&folder.path("out"), ""), expected);
    // What a window of macOS leaves in a folder is nobody's work.
    folder.write("out/.DS_Store", "");
    let ran = export(&["--quiet", "--format", "ndjson", "--format", "json"]);
    assert_eq!((ran.code, ran.out.as_str(), ran.err.as_str()), (Some(0), "", ""), "{ran:?}");
    folder.write("out/thesis.md", "mine");
    let ran = export(&[]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{ran:?}");
    assert!(ran.err.contains("no earlier export wrote thesis.md"), "{ran:?}");
    assert_eq!(folder.read("out/thesis.md"), "mine");
    assert!(folder.path("out/comity.json").exists() && !folder.path("out/csv").exists(), "nothing was touched");
    folder.write("page.md", "mine");
    for (to, why) in [(".", "is"), ("data", "lies in the folder of the dataset"), ("page.md", "is not a folder")] {
        let ran = folder.run(&["export", "--to", to]);
        assert!(ran.code == Some(2) && ran.err.contains(why), "{to}: {ran:?}");
    }
    // What somebody else calls comity.json is not replaced: only a manifest tells an export.
    for name in ["comity.json", "comity.ndjson", "csv/claim.csv"] {
        folder.write(&format!("foreign/{name}"), "mine");
        let ran = folder.run(&["export", "--to", "foreign"]);
        assert!(ran.code == Some(2) && ran.err.contains("no earlier export wrote"), "{name}: {ran:?}");
        assert_eq!(folder.read(&format!("foreign/{name}")), "mine");
        fs::remove_dir_all(folder.path("foreign")).expect("removed");
    }
    let left: Vec<_> = files(&folder.path("."), "").into_iter().filter(|name| name.contains(".comity-")).collect();
    assert_eq!(left, [""; 0]);
}

/// A reader takes `as_of` for the day until which everything was looked for. A contribution need not set the day.
#[test]
fn a_closing_day_before_the_last_source_is_told() {
    let folder = Folder::with(&json!({ "kind": "source", "id": "late-page", "accessed": "2026-11-20" }));
    let export = |as_of: &str| {
        folder.write("data/dataset.json", format!(r#"{{ "as_of": "{as_of}" }}"#));
        let ran = folder.run(&["export", "--to", "out", "--format", "json"]);
        assert_eq!(ran.code, Some(0), "{ran:?}");
        ran.err
    };
    let told = export("2026-11-19");
    assert!(
        told.contains("`source:late-page`, of 2026-11-20: before a release, write \"as_of\": \"2026-11-20\""),
        "{told}"
    );
    assert_eq!(export("2026-11-20"), "");
}

#[test]
fn the_export_is_the_same_twice_and_valid_for_its_readers() {
    let folder = Folder::with(&json!({ "kind": "event", "id": "a-seminar", "names": { "en": "Café", "ar": "ندوة" } }));
    for to in ["one", "two"] {
        let ran = folder.run(&["export", "--to", to]);
        assert_eq!(ran.code, Some(0), "{ran:?}");
    }
    let written = files(&folder.path("one"), "");
    assert_eq!(written, files(&folder.path("two"), ""));
    for name in ["README.md", "codebook.md", "manifest.json", "comity.sqlite", "csv/claim.csv", "panels/dyad_year.csv"]
    {
        assert!(written.contains(&name.to_owned()), "{name} is not among {written:?}");
    }
    for name in &written {
        let same = |to: &str| fs::read(folder.path(to).join(name)).expect("a file");
        assert!(same("one") == same("two"), "{name}");
    }
    let sums = folder.read("one/SHA256SUMS");
    for name in written.iter().filter(|name| *name != "SHA256SUMS") {
        let bytes = fs::read(folder.path("one").join(name)).expect("a file");
        assert!(sums.contains(&format!("{}  {name}\n", comity::export::sha256(&bytes))), "{name}");
    }
    let document: Value = serde_json::from_str(&folder.read("one/comity.json")).expect("JSON");
    let lines: Vec<Value> =
        folder.read("one/comity.ndjson").lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let mut records = Vec::new();
    for kind in Kind::ALL {
        let mut schemas = boon::Schemas::new();
        let mut compiler = boon::Compiler::new();
        let address = format!("https://schema.invalid/{kind}.json");
        compiler.add_resource(&address, comity::schema::reader(kind)).expect("JSON");
        let schema = compiler.compile(&address, &mut schemas).unwrap_or_else(|error| panic!("{kind}: {error:#}"));
        for record in document["records"][kind.name()].as_array().expect("a list") {
            schemas.validate(record, schema).unwrap_or_else(|error| panic!("{kind}: {error:#}\n{record:#}"));
            records.push(record.clone());
        }
    }
    assert_eq!(records, lines, "both forms hold the same records in the same order");
    assert_eq!(records.len() as u64, all(1));

    let faulty = Folder::with(&faulty("faulty"));
    let ran = faulty.run(&["export", "--to", "out"]);
    assert_eq!((ran.code, faulty.path("out").exists()), (Some(2), false), "what has errors is not published");
}

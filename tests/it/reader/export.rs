//! `comity export`: the files that readers load.

use std::fs;
use std::path::Path;

use comity::kind::Kind;
use serde_json::{Value, json};

use crate::tool::{Folder, all, faulty};

#[test]
fn the_export_is_the_same_twice_and_valid_for_its_readers() {
    let folder = Folder::with(&json!({ "kind": "event", "id": "a-seminar", "names": { "en": "Café", "ar": "ندوة" } }));
    for to in ["one", "two"] {
        let ran = folder.run(&["export", "--to", to]);
        assert_eq!(ran.code, Some(0), "{ran:?}");
    }
    for entry in fs::read_dir(folder.path("one")).expect("a folder") {
        let name = entry.expect("a file").file_name();
        let same = |to: &str| fs::read(folder.path(to).join(&name)).expect("a file");
        assert!(same("one") == same("two"), "{}", Path::new(&name).display());
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

//! The shipped data under a second, independent validator, against the committed schemas. Any layout, folder or number
//! of records will do: what is valid for the checker passes here.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use comity::dataset::File;
use comity::kind::Kind;
use serde_json::{Value, json};

use crate::tool::Folder;

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn parse(text: &str, path: &Path) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Every record below a folder: one a `.json` file, one a line of an `.ndjson` file. Other files hold none.
fn records(folder: &Path) -> Vec<(Kind, String, Value)> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(&next).unwrap_or_else(|error| panic!("{}: {error}", next.display())) {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let below = path.strip_prefix(folder).expect("below the folder").to_string_lossy().replace('\\', "/");
            let values = match path.extension().and_then(|extension| extension.to_str()) {
                Some("json") if below != "dataset.json" => vec![parse(&read(&path), &path)],
                Some("ndjson") => {
                    read(&path).lines().filter(|line| !line.trim().is_empty()).map(|line| parse(line, &path)).collect()
                }
                _ => continue,
            };
            let of_folder = File::new(&below, &below).kind;
            for value in values {
                let kind = of_folder.or_else(|| value["kind"].as_str().and_then(Kind::parse));
                found.push((kind.unwrap_or_else(|| panic!("{below}: a record of no kind")), below.clone(), value));
            }
        }
    }
    found
}

#[test]
fn records_are_found_in_every_place_and_layout_that_is_valid() {
    let folder = Folder::empty();
    folder.write("data/dataset.json", "{}");
    folder.write("data/event/README.md", "No record.");
    folder.write("data/event/2019/a-visit.json", "{\n    \"type\": \"visit\" }\n\n");
    folder.write("data/lines.ndjson", "{ \"kind\": \"place\" }\n\n{\"kind\":\"actor\"}");
    let mut found = records(&folder.path("data"));
    found.sort_by(|a, b| (a.0, &a.1).cmp(&(b.0, &b.1)));
    let expected = [
        (Kind::Actor, "lines.ndjson".to_owned(), json!({ "kind": "actor" })),
        (Kind::Place, "lines.ndjson".to_owned(), json!({ "kind": "place" })),
        (Kind::Event, "event/2019/a-visit.json".to_owned(), json!({ "type": "visit" })),
    ];
    assert_eq!(found, expected);
}

#[test]
fn every_record_is_valid_under_another_validator() {
    let root = Path::new(crate::ROOT);
    let mut counts: BTreeMap<Kind, usize> = BTreeMap::new();
    let (mut schemas, mut compiler) = (boon::Schemas::new(), boon::Compiler::new());
    let address = |kind: Kind| format!("https://schema.invalid/{kind}.json");
    let by_kind: BTreeMap<Kind, boon::SchemaIndex> = Kind::ALL
        .into_iter()
        .map(|kind| {
            let path = root.join(format!("schema/{kind}.schema.json"));
            compiler.add_resource(&address(kind), parse(&read(&path), &path)).expect("JSON");
            let schema = compiler.compile(&address(kind), &mut schemas);
            (kind, schema.unwrap_or_else(|error| panic!("{kind}: {error:#}")))
        })
        .collect();
    for (kind, path, record) in records(&root.join("data")) {
        schemas.validate(&record, by_kind[&kind]).unwrap_or_else(|error| panic!("{path}: {error:#}"));
        *counts.entry(kind).or_default() += 1;
    }
    assert!(counts.len() >= 9, "only {} kinds have records", counts.len());
}

//! The dataset as catalogues and linked data describe it.

use std::collections::BTreeSet;

use comity::dataset::{Dataset, Manifest};
use comity::export::format::{Content, FORMATS, Material};
use comity::export::panels;
use comity::export::tables;
use comity::export::{self, Release, WrittenFile};
use comity::value::Day;
use serde_json::{Value, json};

use super::tables::with_manifest;

/// The description for catalogues and the document of linked data, of a dataset with a homepage or without one.
fn described(homepage: Option<&str>) -> [Value; 2] {
    let as_of: Day = "2026-12-01".parse().expect("a day");
    let mut manifest = json!({ "title": { "en": "A dataset" }, "licence": "CC0-1.0",
        "coverage": { "en": "All of it.", "fr": "Tout." } });
    if let Some(homepage) = homepage {
        manifest["homepage"] = homepage.into();
    }
    let manifest: Manifest = serde_json::from_value(manifest).expect("a manifest");
    let dataset = Dataset::builder(as_of).manifest(manifest).build();
    let release = Release::of(&dataset, "comity", None);
    let (own, panels) = (tables::declared(), panels::declared());
    let material = Material::new(&dataset, &release, &own, &panels);
    let written = ["csv/record.csv", "stata/record.dta"]
        .map(|path| WrittenFile::read(path, &mut "ref".as_bytes()).expect("a file"));
    let contents = FORMATS.iter().flat_map(|format| format.content);
    let mut made = contents.flat_map(|content| match content {
        Content::Descriptions(make) => make(&material, &written),
        _ => Vec::new(),
    });
    let catalogue = made.find(|file| file.path == "dataset.jsonld").expect("a description");
    let mut linked = Vec::new();
    export::json_ld(&dataset, &release, &mut linked).expect("written");
    [catalogue.bytes, linked].map(|bytes| serde_json::from_slice(&bytes).expect("JSON"))
}

#[test]
fn a_dataset_has_one_name_and_one_licence_in_all_files() {
    for (homepage, base) in [(Some("https://example.org/data"), "https://example.org/data#"), (None, "urn:comity:")] {
        let [catalogue, linked] = described(homepage);
        let graph = linked["@graph"].as_array().expect("a graph");
        let of_type = |name: &str| {
            let is = |node: &&Value| node["@type"] == name || node["@type"][0] == name;
            graph.iter().find(is).unwrap_or_else(|| panic!("no {name}"))
        };
        let (whole, themes) = (of_type("schema:Dataset"), of_type("skos:ConceptScheme"));
        assert_eq!(whole["@id"], format!("{base}dataset"));
        assert_eq!((&catalogue["@id"], &themes["dcterms:isPartOf"]["@id"]), (&whole["@id"], &whole["@id"]));
        assert_eq!(themes["@id"], format!("{base}themes"));
        let licence = json!({ "@id": "https://spdx.org/licenses/CC0-1.0" });
        assert_eq!([&whole["schema:license"], &catalogue["license"], &catalogue["dcterms:license"]], [&licence; 3]);
    }
}

#[test]
fn catalogues_get_who_publishes_and_what_the_records_are_about() {
    let manifest = json!({ "title": { "en": "A dataset" }, "description": { "en": "Who met \"whom\"." },
        "publisher": "An institute", "as_of": "2026-11-26" });
    let dataset = with_manifest(&manifest, &[]);
    let release = Release::of(&dataset, "comity", None);
    let (own, panels) = (tables::declared(), panels::declared());
    let material = Material::new(&dataset, &release, &own, &panels);
    let mut files = export::pages(&material);
    for content in FORMATS.iter().flat_map(|format| format.content) {
        match content {
            Content::Descriptions(make) => files.extend(make(&material, &[])),
            Content::Files(make) => files.extend(make(&material)),
            _ => {}
        }
    }
    let text = |path: &str| {
        let file = files.iter().find(|file| file.path == path).unwrap_or_else(|| panic!("no {path}"));
        String::from_utf8(file.bytes.clone()).expect("UTF-8")
    };
    let json = |path: &str| serde_json::from_str::<Value>(&text(path)).expect("JSON");
    let (dcat, croissant, package) = (json("dataset.jsonld"), json("croissant.json"), json("datapackage.json"));
    let of_panels = panels::panels(&dataset).into_iter().flat_map(|panel| {
        let year = panel.column("year").expect("a column");
        panel.rows.into_iter().filter_map(move |row| row[year].text())
    });
    let years: BTreeSet<String> = of_panels.collect();
    let (first, last) = (years.first().expect("a year"), years.last().expect("a year"));
    for description in [&dcat, &croissant] {
        assert_eq!(description["creator"]["name"], "An institute");
        assert_eq!(description["publisher"]["name"], "An institute");
        assert_eq!(description["temporalCoverage"], format!("{first}/{last}"));
    }
    assert_eq!(package["contributors"], json!([{ "title": "An institute", "roles": ["creator", "publisher"] }]));
    assert_eq!(package["created"], "2026-11-26T00:00:00Z");
    assert_eq!(package["temporal"], json!({ "start": first, "end": last }));
    let keywords = package["keywords"].as_array().expect("keywords");
    assert!(keywords.len() > 3, "{keywords:?}");
    assert_eq!([&dcat["keywords"], &dcat["dcat:keyword"], &croissant["keywords"]], [&package["keywords"]; 3]);
    let countries = package["spatial"].as_array().expect("countries");
    assert!(countries.contains(&json!("Morocco")) && dcat["spatialCoverage"] == package["spatial"], "{countries:?}");
    let citation = text("CITATION.cff");
    assert!(citation.contains("  - name: \"An institute\"\n") && citation.contains("\nkeywords: [\""), "{citation}");
    assert!(citation.contains("\nabstract: \"Who met \\\"whom\\\".\"\n"), "{citation}");
}

#[test]
fn catalogues_that_read_dcat_see_title_files_and_types() {
    let [catalogue, _] = described(Some("https://example.org/data"));
    assert_eq!(catalogue["dcterms:title"], json!([{ "@language": "en", "@value": "A dataset" }]));
    assert_eq!(catalogue["skos:scopeNote"][1], json!({ "@language": "fr", "@value": "Tout." }));
    assert_eq!(catalogue.get("usageInfo"), None);
    let files = catalogue["distribution"].as_array().expect("files");
    let names: Vec<Value> = files.iter().map(|file| json!({ "@id": file["@id"] })).collect();
    assert_eq!((names.len(), &json!(names)), (2, &catalogue["dcat:distribution"]));
    assert_eq!(files[0]["dcat:downloadURL"], json!({ "@id": "csv/record.csv" }));
    assert_eq!(files[0]["dcat:mediaType"]["@id"], "https://www.iana.org/assignments/media-types/text/csv");
    assert_eq!(files[1].get("dcat:mediaType"), None, "nobody has registered the type");
}

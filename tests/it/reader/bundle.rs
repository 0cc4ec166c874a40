//! Bundles read back: the shipped data as exported, and bundles of a later version.

use std::fs;
use std::path::{Path, PathBuf};

use comity::bundle::{self, Bundle, BundleError};
use comity::dataset::{Dataset, Manifest};
use comity::export::{self, Release};
use comity::value::Day;
use serde_json::{Value, json};

#[path = "../../../examples/timeline.rs"]
#[expect(dead_code, reason = "the test calls what the program calls")]
mod example;

fn today() -> Day {
    Day::new(2026, 1, 1).expect("a day")
}

fn records(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    let mut files: Vec<PathBuf> =
        entries.flat_map(|path| if path.is_dir() { records(&path) } else { vec![path] }).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "json"));
    files.sort();
    files
}

fn shipped() -> Dataset {
    let data = Path::new(crate::ROOT).join("data");
    let text = |path: &Path| fs::read_to_string(path).expect("a text");
    let manifest: Manifest = serde_json::from_str(&text(&data.join("dataset.json"))).expect("a manifest");
    let below = |path: &Path| path.strip_prefix(&data).expect("below").to_string_lossy().replace('\\', "/");
    let files = records(&data).into_iter().filter(|path| below(path).contains('/'));
    files
        .fold(Dataset::builder(today()).manifest(manifest), |builder, path| builder.file(&below(&path), text(&path)))
        .build()
}

#[test]
fn the_shipped_data_is_the_same_after_export_and_reading() {
    let dataset = shipped();
    assert!(dataset.records().count() > 100);
    let release = Release::of(&dataset, "comity", None);
    let (json, ndjson) = (export::json(&dataset, &release), export::ndjson(&dataset));
    assert!(!json.contains(".0,") && !json.contains(".0\n"), "a whole number is written with a fraction");
    let read = |text: &str| bundle::read_strict(text).expect("a bundle that this version knows in full");
    assert_eq!(read(&json).to_json(), json);
    assert_eq!(read(&ndjson).to_ndjson(), ndjson);
    let again = |text: &str| {
        let dataset = read(text).into_dataset(today());
        export::json(&dataset, &Release::of(&dataset, "comity", None))
    };
    assert_eq!(again(&json), json);
    assert_eq!(export::ndjson(&read(&ndjson).into_dataset(today())), ndjson);
    assert_eq!(read(&json).records.len(), dataset.records().count());
}

fn place(id: &str) -> Value {
    json!({ "kind": "place", "id": id, "names": { "en": "A place" }, "type": "city" })
}

fn lines(records: &[Value]) -> String {
    records.iter().flat_map(|record| [record.to_string(), "\n".to_owned()]).collect()
}

/// Reads records as NDJSON and as a document; both must be read alike but for the places of problems.
fn read(records: &[Value]) -> Bundle {
    let by_line = bundle::read(&lines(records)).expect("a bundle");
    let by_kind = bundle::read(&json!({ "meta": {}, "records": { "place": records } }).to_string()).expect("a bundle");
    assert_eq!((&by_line.records, &by_line.undecoded), (&by_kind.records, &by_kind.undecoded));
    by_line
}

#[test]
fn what_a_later_version_adds_is_kept() {
    let mut newer = place("aaa");
    newer["twinned"] = json!(["bbb"]);
    newer["point"] = json!({ "latitude": 34.0, "longitude": -6.5, "altitude": 75 });
    let unread = {
        let mut place = place("bbb");
        place["type"] = "space-station".into();
        place
    };
    let records = [newer.clone(), unread.clone(), place("ccc")];
    let bundle = read(&records);
    assert_eq!(bundle.records.iter().map(|record| record.key.id.as_ref()).collect::<Vec<_>>(), ["aaa", "ccc"]);
    let unknown: Vec<&str> = bundle.records[0].unknown.keys().map(comity_document::pointer::Pointer::as_str).collect();
    assert_eq!(unknown, ["/point/altitude", "/twinned"]);
    assert_eq!(bundle.undecoded, [unread.as_object().expect("an object").clone()]);
    let problems: Vec<String> = bundle.problems.iter().map(ToString::to_string).collect();
    assert_eq!(problems, ["line 2, /type: not a code of this list"]);
    // Nothing is lost: writing gives the text that was read.
    let again: Vec<Value> = bundle.to_ndjson().lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    newer["point"]["latitude"] = 34.into();
    assert_eq!(again, [newer, place("ccc"), unread]);
    assert!(
        matches!(bundle::read_strict(&lines(&records[..1])), Err(BundleError::Unknown { place, .. }) if place.as_str() == "/point/altitude")
    );
    assert!(
        matches!(bundle::read_strict(&lines(&records[1..])), Err(BundleError::Record(problem)) if problem.line == Some(1))
    );
}

#[test]
fn a_bad_record_costs_one_record() {
    let mut bad: Vec<Value> =
        vec![place("No Id"), place("aaa"), json!({ "id": "x" }), json!({ "kind": "planet", "id": "mars" })];
    bad[1]["names"] = json!({ "fr": "Un lieu" });
    for bad in bad {
        let bundle = read(&[place("abc"), bad.clone(), place("xyz")]);
        assert_eq!((bundle.records.len(), bundle.problems.len()), (2, 1), "{bad}");
        assert_eq!(bundle.undecoded, [bad.as_object().expect("an object").clone()]);
    }
    let broken = format!("{{\"kind\":\n\n{}[]\n", lines(&[place("abc")]));
    let bundle = bundle::read(&broken).expect("a bundle");
    assert_eq!(bundle.records.len(), 1);
    assert_eq!(bundle.problems.iter().map(|problem| problem.line).collect::<Vec<_>>(), [Some(1), Some(4)]);
    let twice = read(&[place("abc"), place("abc")]);
    assert_eq!((twice.records.len(), twice.problems.len()), (2, 1));
}

#[test]
fn a_text_that_is_no_bundle_is_an_error_with_its_source() {
    use std::error::Error as _;
    assert_eq!(bundle::read("\n").expect("no records at all"), Bundle::default());
    for text in ["{", "no JSON", "[1, 2]", "3", r#"{ "records": [] }"#, &"[".repeat(100_000)] {
        let error = bundle::read(text).expect_err(text);
        assert_eq!(error.source().is_some(), matches!(error, BundleError::NotJson(_)), "{text}");
    }
}

#[test]
fn the_example_reads_a_release_and_lists_what_the_tables_list() {
    let dataset = super::tables::dataset(&[]);
    let release = Release::of(&dataset, "comity", None);
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("comity.json"), export::json(&dataset, &release)).expect("written");
    let mut out = Vec::new();
    example::timeline(folder.path(), "morocco", &mut out).expect("a timeline");
    let out = String::from_utf8(out).expect("UTF-8");
    let listed: Vec<&str> = out.lines().filter_map(|line| line.split("  ").nth(1)).collect();
    let all = export::tables::tables(&dataset);
    let of = |table: &str, name: &str| -> Vec<String> {
        let table = all.iter().find(|found| found.name == table).expect("a table");
        super::tables::column(table, name).into_iter().map(|cell| cell.text().unwrap_or_default()).collect()
    };
    let held: Vec<String> = of("record", "ref")
        .into_iter()
        .zip(of("record", "status"))
        .filter(|(_, status)| status == "held")
        .map(|(name, _)| name)
        .collect();
    let sides = of("participation", "ref").into_iter().zip(of("participation", "side"));
    let mut expected: Vec<String> = sides
        .filter(|(name, side)| side == "actor:morocco" && name.starts_with("event:") && held.contains(name))
        .map(|(name, _)| name.trim_start_matches("event:").to_owned())
        .collect();
    expected.dedup();
    let (mut sorted, mut listed_sorted) = (expected.clone(), listed.clone());
    sorted.sort();
    listed_sorted.sort_unstable();
    assert_eq!(listed_sorted, sorted);
    assert!(listed.len() > 8, "{out}");
    // A date that begins with a digit has its first year in front.
    let years: Vec<&str> =
        out.lines().filter(|line| line.starts_with(|c: char| c.is_ascii_digit())).map(|line| &line[..4]).collect();
    assert!(years.is_sorted(), "{years:?}");
    assert!(example::timeline(folder.path(), "nobody", &mut Vec::new()).is_err());
}

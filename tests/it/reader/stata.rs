//! Stata: the files as the format demands them.

use std::collections::BTreeSet;

use comity::export::format::Material;
use comity::export::{Release, panels, tables};
use serde_json::json;

use super::memory::files;
use super::tables::dataset;

/// The row and the column of each long text of a Stata file, in the order of the file.
fn long_texts(file: &[u8]) -> Vec<(u64, u32)> {
    let open = b"<strls>";
    let start = file.windows(open.len()).position(|found| found == open).expect("long texts") + open.len();
    let mut rest = &file[start..];
    let mut places = Vec::new();
    while let Some(after) = rest.strip_prefix(b"GSO") {
        let number = |from: usize| u32::from_le_bytes(after[from..from + 4].try_into().expect("four bytes"));
        let row = u64::from_le_bytes(after[4..12].try_into().expect("eight bytes"));
        places.push((row, number(0)));
        rest = &after[17 + number(13) as usize..];
    }
    assert!(rest.starts_with(b"</strls>"));
    places
}

#[test]
fn the_long_texts_of_stata_stand_in_the_order_of_the_rows() {
    let event = |name: &str| {
        let long = |what: &str| json!({ "en": format!("{what} of the {name} day. ").repeat(30) });
        json!({
            "names": long("Name"), "summary": long("Summary"), "type": "visit", "when": "2019-01-22", "status": "held",
            "participants": { "nato": { "roles": ["visitor"] } }, "evidence": { "ac-2014-au": { "stance": "reports" } }
        })
    };
    let dataset = dataset(&[("event/a-visit.json", event("first")), ("event/b-visit.json", event("second"))]);
    let release = Release::of(&dataset, "comity", None);
    let (own, panels) = (tables::declared(), panels::declared());
    let files = files(&Material::new(&dataset, &release, &own, &panels));
    let mut most = 0;
    for (path, file) in files.iter().filter(|(path, _)| path.strip_suffix(".dta").is_some()) {
        let places = long_texts(file);
        assert!(places.is_sorted(), "{path}: {places:?}");
        let columns: BTreeSet<u32> = places.iter().map(|(_, column)| *column).collect();
        most = most.max(columns.len());
    }
    assert!(most > 1, "a table with several columns of long texts shows the order");
}

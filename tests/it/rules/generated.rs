//! Invented records, on which the checker is measured, are as they are meant to be: valid, and without a finding.

use std::collections::{BTreeMap, BTreeSet};

use comity::dataset::{File, Manifest};
use comity::kind::Kind;
use comity::record::Record;
use comity_benches::records;
use comity_document::document::{Arena, parse};

use crate::world::{Asked, Files, canonical, run_with, today};

/// The world, and some towns behind it: so many that no place of the world is used by chance alone.
fn count() -> u64 {
    records::whole(700)
}

fn files(seed: u64, count: u64) -> Files {
    let file = |number| {
        let record = records::record(seed, number);
        let of = |field: &str| record[field].as_str().expect("a record has a kind and an id");
        let path = format!("{}/{}.json", of("kind"), of("id"));
        let text = canonical(&path, &record.to_string());
        (path, text)
    };
    (0..count).map(file).collect()
}

#[test]
fn what_is_generated_is_clean() {
    for seed in [1, u64::MAX] {
        let files = files(seed, count());
        assert_eq!(files.len() as u64, count(), "two records have one id");
        let report =
            run_with(&files, &BTreeMap::new(), today(), Asked { about: Manifest::default(), ..Asked::default() });
        let found: Vec<_> = report.diagnostics.iter().map(|one| (one.rule.code, &one.location.path)).collect();
        assert!(found.is_empty(), "{found:?}");
        let kinds: BTreeSet<_> = files.keys().filter_map(|path| File::new(path, path).kind).collect();
        assert_eq!(kinds.len(), Kind::ALL.len());
    }
}

#[test]
fn a_record_refers_only_to_records_before_it() {
    let mut before = BTreeSet::new();
    for number in 0..count() {
        let value = records::record(1, number);
        let text = value.to_string();
        let kind = value["kind"].as_str().and_then(Kind::parse).expect("a kind");
        let record =
            Record::decode(kind, parse(&text, &Arena::default()).root.as_ref().expect("JSON")).expect("a record");
        record.references(&mut |reference| {
            let target = (reference.to.kind, reference.to.id.to_owned());
            assert!(before.contains(&target), "{target:?} is not there before {}", value["id"]);
        });
        before.insert((kind, value["id"].as_str().expect("an id").to_owned()));
    }
}

#[test]
fn the_same_seed_gives_the_same_records() {
    assert_eq!(records::record(7, 333), records::record(7, 333));
    assert_ne!(records::record(7, 333), records::record(8, 333));
}

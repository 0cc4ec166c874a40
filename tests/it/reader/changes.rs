//! What differs between releases: the table `change` and `--since`.

use std::collections::{BTreeMap, BTreeSet};

use comity::dataset::Dataset;
use comity::export::format::Material;
use comity::export::tables::{self, Cell, Since, Table};
use comity::export::{self, Release, panels};
use serde_json::{Value, json};

use super::tables::{dataset, with_manifest};
use crate::tool::Folder;
use crate::tool::history::{commit, git, has_git, repository, write};

/// A table as texts by column, by the first column of its key.
type Rows = BTreeMap<String, BTreeMap<String, Option<String>>>;

fn rows(table: &Table) -> Rows {
    let row = |row: &Vec<Cell>| {
        let cells = table.columns.iter().zip(row).map(|(column, cell)| (column.name.clone(), cell.text()));
        (row[0].text().expect("a key"), cells.collect())
    };
    table.rows.iter().map(row).collect()
}

/// The rows of `record` and of `claim`.
fn state(dataset: &Dataset) -> [Rows; 2] {
    let all = tables::tables(dataset);
    ["record", "claim"].map(|name| rows(all.iter().find(|table| table.name == name).expect("a table")))
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        other => Some(other.to_string()),
    }
}

/// Applies changes, as the documentation of the table says. Returns how often each kind of change was there.
fn replay(state: &mut [Rows; 2], changes: &Table) -> BTreeMap<String, usize> {
    let mut kinds = BTreeMap::new();
    for row in &changes.rows {
        let cell = |name: &str| changes.cell(row, name).and_then(Cell::text);
        let values = |name: &str| -> BTreeMap<String, Option<String>> {
            let values: Value = cell(name).map(|text| serde_json::from_str(&text).expect("JSON")).unwrap_or_default();
            values.as_object().into_iter().flatten().map(|(column, value)| (column.clone(), text(value))).collect()
        };
        let (claim, name) = (cell("claim_id"), cell("ref").expect("a record"));
        if claim.is_none() && cell("path").is_some() {
            continue;
        }
        let rows = &mut state[usize::from(claim.is_some())];
        let key = claim.unwrap_or(name);
        let kind = cell("kind").expect("a kind");
        let before = rows.get(&key).cloned().unwrap_or_default();
        for (column, old) in values("old") {
            assert_eq!(before.get(&column), Some(&old), "{key}: {column}");
        }
        if kind == "removed" || kind == "left-out" {
            rows.remove(&key);
        } else {
            rows.entry(key).or_default().extend(values("new"));
        }
        *kinds.entry(kind).or_default() += 1;
    }
    kinds
}

/// A visit with the fields laid over it.
fn visit(fields: &Value) -> Value {
    let mut visit = json!({ "names": { "en": "A visit" }, "type": "visit", "when": "2019-01-22", "status": "held",
        "participants": { "nato": { "roles": ["host"] }, "morocco": { "roles": ["visitor"] } },
        "figures": { "delegates": { "measure": "participants", "best": 40, "unit": "persons" } },
        "evidence": { "le1-2019": { "stance": "reports" } } });
    visit.as_object_mut().expect("fields").extend(fields.as_object().expect("fields").clone());
    visit
}

#[test]
fn the_changes_of_three_releases_lead_from_the_first_to_the_last() {
    let says = json!({ "le1-2019": { "stance": "reports", "says": { "/when": "2019-01-25" } } });
    let retired = json!({ "retired": { "on": "2026-11-30", "reason": "Twice." , "replaced_by": "event:a-visit" } });
    let withdrawn = json!({ "retired": { "on": "2026-11-30", "reason": "It never took place." } });
    let releases = [
        dataset(&[
            ("event/a-visit.json", visit(&json!({}))),
            ("event/b-visit.json", visit(&json!({ "when": "2020" }))),
            ("event/d-visit.json", visit(&json!({ "when": "2022" }))),
        ]),
        dataset(&[
            (
                "event/a-visit.json",
                visit(&json!({ "when": "2019-01-23", "evidence": says, "summary": { "en": "=1+1, \"said\" one" } })),
            ),
            ("event/b-visit.json", visit(&json!({ "when": "2020" }))),
            ("event/c-visit.json", visit(&json!({ "when": "2021" }))),
            ("event/d-visit.json", visit(&json!({ "when": "2022" }))),
        ]),
        dataset(&[
            ("event/a-visit.json", visit(&json!({ "when": "2019-01-23" }))),
            (
                "event/b-visit.json",
                visit(&{
                    let mut fields = retired;
                    fields["when"] = "2020".into();
                    fields
                }),
            ),
            (
                "event/d-visit.json",
                visit(&{
                    let mut fields = withdrawn;
                    fields["when"] = "2022".into();
                    fields
                }),
            ),
        ]),
    ];
    let mut state_now = state(&releases[0]);
    let mut kinds = BTreeSet::new();
    for pair in releases.windows(2) {
        let changes = Since::of(&pair[0], &pair[1]).table();
        kinds.extend(replay(&mut state_now, &changes).into_keys());
        assert!(changes.rows.len() < 60, "{}", changes.rows.len());
        assert_eq!(state_now, state(&pair[1]));
    }
    assert_eq!(
        kinds.iter().map(String::as_str).collect::<Vec<_>>(),
        ["added", "changed", "removed", "renamed", "retired"]
    );
    assert_eq!(Since::of(&releases[2], &releases[2]).table().rows.len(), 0, "nothing changed");
}

/// `CHANGES.md` of a dataset that was compared with an earlier one.
fn changes_page(dataset: &Dataset, since: &Since) -> String {
    let release = Release::of(dataset, "comity", None);
    let (own, panels) = (tables::declared(), panels::declared());
    let pages = export::pages(&Material::new(dataset, &release, &own, &panels).since(Some(since)));
    let page = pages.into_iter().find(|page| page.path == "CHANGES.md").expect("a page");
    String::from_utf8(page.bytes).expect("UTF-8")
}

#[test]
fn a_record_that_differs_where_no_table_of_facts_does_is_named() {
    let why = |why: &str| json!({ "/when": { "outcome": "open", "why": why } });
    let source = |fields: Value| {
        let mut source = json!({ "type": "news", "publisher": "A paper", "languages": ["en"], "extent": "excerpt",
            "url": "https://example.org/a" });
        source.as_object_mut().expect("fields").extend(fields.as_object().expect("fields").clone());
        source
    };
    let place = |latitude: f64| {
        json!({ "names": { "en": "A city" }, "type": "city", "country": "MA", "identifiers": { "wikidata": "Q3551" },
            "point": { "latitude": latitude, "longitude": -6.8 } })
    };
    let survey = |query: &str| {
        json!({ "subjects": ["morocco"], "period": "2019/2020", "corpus": "Pages", "queries": [query], "on": "2026-11-01",
            "extent": "excerpt", "hits": 0 })
    };
    let says = json!({ "le1-2019": { "stance": "reports", "says": { "/when": "2019-01-25" } } });
    let disputed = |text: &str| visit(&json!({ "evidence": says, "contested": why(text) }));
    for (path, before, after, at) in [
        (
            "event/a-visit.json",
            visit(&json!({ "themes": ["science"] })),
            visit(&json!({ "themes": ["training"] })),
            "/themes",
        ),
        (
            "event/a-visit.json",
            visit(&json!({})),
            visit(&json!({ "names": { "en": "A visit", "es": "Una visita" } })),
            "/names/es",
        ),
        ("event/a-visit.json", disputed("Two days."), disputed("Two papers, two days."), "/contested/~1when/why"),
        ("place/a-city.json", place(34.0), place(34.5), "/point/latitude"),
        ("source/a-page.json", source(json!({})), source(json!({ "url": "https://example.org/b" })), "/url"),
        ("source/a-page.json", source(json!({})), source(json!({ "extent": "full" })), "/extent"),
        ("survey/a-search.json", survey("one"), survey("two"), "/queries"),
    ] {
        let of = |record: &Value| {
            with_manifest(&json!({ "as_of": "2026-12-01", "version": "2026.12" }), &[(path, record.clone())])
        };
        let (before, after) = (of(&before), of(&after));
        let since = Since::of(&before, &after);
        let name = path.trim_end_matches(".json").replace('/', ":");
        let table = since.table();
        let cell = |row: &Vec<Cell>, column: &str| table.cell(row, column).and_then(Cell::text);
        let is_it = |row: &&Vec<Cell>| cell(row, "path").as_deref() == Some(at) && cell(row, "claim_id").is_none();
        let row = table.rows.iter().find(is_it).unwrap_or_else(|| panic!("no row for {name}, {at}"));
        assert_eq!(cell(row, "ref").as_deref(), Some(&*name));
        assert_ne!(cell(row, "old"), cell(row, "new"));
        let page = changes_page(&after, &since);
        let field = at.split('/').nth(1).expect("a field");
        assert!(page.contains(&format!("\n- `{name}`: `{field}`\n")), "{page}");
        assert!(page.contains("| all records |  | 1 |") && page.contains("**Both have the same version**"), "{page}");
    }
}

#[test]
fn two_contents_under_one_version_are_named_as_such() {
    let of_version = |version: &str, more: &[(&str, Value)]| {
        with_manifest(&json!({ "as_of": "2026-12-01", "version": version }), more)
    };
    let later = [("event/a-visit.json", visit(&json!({})))];
    for (earlier, more, is_same) in [("2026.12", &later[..], true), ("2026.11", &later, false), ("2026.12", &[], false)]
    {
        let dataset = of_version("2026.12", more);
        let since = Since::of(&of_version(earlier, &[]), &dataset);
        let page = changes_page(&dataset, &since);
        assert_eq!(page.contains("**Both have the same version**"), is_same, "{page}");
    }
}

/// The rows of a CSV file without commas and quotation marks in its cells, by the first column.
fn csv(folder: &Folder, path: &str) -> Vec<Vec<String>> {
    folder.read(path).lines().map(|line| line.split(',').map(str::to_owned).collect()).collect()
}

#[test]
fn an_export_is_compared_with_an_earlier_one_or_with_a_revision() {
    if !has_git() {
        return;
    }
    let event = json!({ "kind": "event", "id": "a-seminar", "when": "2019-01-22" });
    let folder = repository(std::slice::from_ref(&event));
    assert_eq!(folder.run(&["export", "--to", "first"]).code, Some(0));
    assert_eq!(csv(&folder, "first/csv/change.csv").len(), 1, "only a header");
    assert!(folder.read("first/CHANGES.md").contains("compared with no earlier one"));
    let mut later = event;
    later["when"] = "2019-01-23".into();
    write(&folder, &later);
    for (since, to) in [("first", "by-folder"), ("HEAD", "by-revision")] {
        let ran = folder.run(&["export", "--to", to, "--since", since]);
        assert_eq!(ran.code, Some(0), "{ran:?}");
        let changes = folder.read(&format!("{to}/csv/change.csv"));
        assert!(changes.contains("event:a-seminar,,,changed,"), "{changes}");
        assert!(folder.read(&format!("{to}/CHANGES.md")).contains("| event |  | 1 |"), "{since}");
    }
    assert_eq!(folder.read("by-folder/csv/change.csv"), folder.read("by-revision/csv/change.csv"));
    commit(&folder);
    git(&folder, &["tag", "release"]);
    let ran = folder.run(&["export", "--to", "none", "--since", "release"]);
    assert_eq!((ran.code, csv(&folder, "none/csv/change.csv").len()), (Some(0), 1), "{ran:?}");
    // A revision with a record that cannot be read is compared without it, where the user allows that.
    folder.write("data/event/unreadable.json", "{");
    commit(&folder);
    std::fs::remove_file(folder.path("data/event/unreadable.json")).expect("removed");
    let export = ["export", "--to", "none", "--since", "HEAD"];
    let ran = folder.run(&export);
    assert!(ran.code == Some(2) && ran.err.contains("1 record of the revision `HEAD` cannot be read"), "{ran:?}");
    let ran = folder.run(&[&export[..], &["--allow-errors"]].concat());
    assert_eq!((ran.code, csv(&folder, "none/csv/change.csv").len()), (Some(0), 1), "{ran:?}");
    assert!(ran.err.contains("is compared without"), "{ran:?}");
    // The lines are read before the document, which may be too large.
    folder.write("first/comity.json", "[]");
    assert_eq!(folder.run(&["export", "--to", "none", "--since", "first"]).code, Some(0));
    // Records that somebody changed after the export are no earlier release.
    let records = folder.read("first/comity.ndjson");
    folder.write("first/comity.ndjson", records.replacen("2019-01-22", "2019-01-21", 1));
    let ran = folder.run(&["export", "--to", "refused", "--since", "first"]);
    assert!(ran.code == Some(2) && ran.err.contains("its comity.ndjson was changed after the export"), "{ran:?}");
    assert!(!folder.path("refused").exists());
    folder.write("first/comity.ndjson", records);
    // An NDJSON alone is enough; its day and its version stand in the manifest.
    assert_eq!(folder.run(&["export", "--to", "lines", "--format", "ndjson"]).code, Some(0));
    let ran = folder.run(&["export", "--to", "none", "--since", "lines"]);
    assert_eq!((ran.code, csv(&folder, "none/csv/change.csv").len()), (Some(0), 1), "{ran:?}");
    assert_eq!(folder.run(&["export", "--to", "tables", "--format", "csv"]).code, Some(0));
    for (since, why) in [
        ("nowhere", "neither a folder nor a revision"),
        ("data", "no folder that `comity export` wrote"),
        ("tables", "neither comity.json nor comity.ndjson"),
    ] {
        let ran = folder.run(&["export", "--to", "refused", "--since", since]);
        assert!(ran.code == Some(2) && ran.err.contains(why), "{since}: {ran:?}");
        assert!(!folder.path("refused").exists());
    }
}

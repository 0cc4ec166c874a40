//! The tables beside what the library says: days as `list` has them, countries, values and codes.

use std::collections::{BTreeMap, BTreeSet};

use comity::dataset::Dataset;
use comity::export::format::Material;
use comity::export::tables::{self, Cell, Table};
use comity::export::{self, Release, panels};
use comity::kind::Kind;
use comity::query::filter::Filter;
use comity::record::{Body, EventStatus};
use comity::value::Day;
use serde_json::{Value, json};

use super::tables::{column, dataset};

fn activity(history: &Value) -> Value {
    json!({
        "names": { "en": "Masks" }, "type": "equipment", "history": history,
        "participants": { "morocco": { "roles": ["beneficiary"] }, "nato": { "roles": ["lead"] } },
        "evidence": { "ac-2014-au": { "stance": "reports" } }
    })
}

/// The frozen records, with an activity of which only the end is known, and one of which the beginning is open.
fn with_activities() -> Dataset {
    dataset(&[
        ("activity/masks.json", activity(&json!({ "completed": "2021-02-22" }))),
        ("activity/gowns.json", activity(&json!({ "ongoing": "[..2012-03]", "completed": "2014" }))),
    ])
}

fn named<'a>(tables: &'a [Table], name: &str) -> &'a Table {
    tables.iter().find(|table| table.name == name).unwrap_or_else(|| panic!("no table {name}"))
}

/// The row of a record in a table.
fn row<'a>(table: &'a Table, name: &str) -> &'a [Cell] {
    let is_it = |row: &&Vec<Cell>| table.cell(row, "ref").and_then(Cell::text).as_deref() == Some(name);
    table.rows.iter().find(is_it).unwrap_or_else(|| panic!("no row of {name} in {}", table.name))
}

fn day(year: i32, month: u32, day: u32) -> Day {
    Day::new(year, month, day).expect("a day")
}

/// The recipe of the codebook for what is perhaps in a year.
const PERHAPS: &str = "date_precision IS NOT NULL AND (date_start_earliest IS NULL OR date_start_earliest <= '2019-12-31') AND (date_end_latest IS NULL OR date_end_latest >= '2019-01-01')";

#[test]
fn the_recipe_of_the_codebook_finds_what_the_list_finds() {
    let dataset = with_activities();
    let tables = tables::tables(&dataset);
    let release = Release::of(&dataset, "comity", None);
    let (own, panels) = (tables::declared(), panels::declared());
    let pages = export::pages(&Material::new(&dataset, &release, &own, &panels));
    let codebook = pages.iter().find(|page| page.path == "codebook.md").expect("a codebook");
    assert!(String::from_utf8_lossy(&codebook.bytes).contains(PERHAPS));
    let record = named(&tables, "record");
    let perhaps = |name: &str, first: Day, last: Day| {
        let row = row(record, name);
        let cell = |column| record.cell(row, column).expect("a column");
        let admits =
            |column, test: &dyn Fn(Day) -> bool| if let Cell::Day(day) = cell(column) { test(*day) } else { true };
        *cell("date_precision") != Cell::Null
            && admits("date_start_earliest", &|day| day <= last)
            && admits("date_end_latest", &|day| day >= first)
    };
    let mut open = 0;
    for year in [1995, 2004, 2012, 2014, 2019, 2021, 2024] {
        let (first, last) = (day(year, 1, 1), day(year, 12, 31));
        for (entry, fields) in dataset.records() {
            let Some(key) = &entry.key else { continue };
            // Of a postponed event the list knows no day, and of what is withdrawn nothing.
            let is_postponed = matches!(&fields.body, Body::Event(event) if event.status == EventStatus::Postponed);
            if is_postponed || fields.envelope.retired.is_some() {
                continue;
            }
            let mut filter = Filter::of(key.kind);
            (filter.since, filter.until) = (Some(first), Some(last));
            let name = key.to_string();
            assert_eq!(perhaps(&name, first, last), filter.admits(&dataset, key, fields), "{name} {year}");
            let cells = row(record, &name);
            open += usize::from(record.cell(cells, "date_start_earliest") == Some(&Cell::Null));
        }
    }
    assert!(open > 0 && perhaps("activity:gowns", day(1999, 1, 1), day(1999, 12, 31)));
    assert!(!perhaps("activity:masks", day(2020, 1, 1), day(2020, 12, 31)));
}

#[test]
fn an_activity_of_which_only_the_end_is_known_happened_then_in_every_table() {
    let dataset = with_activities();
    let tables = tables::tables(&dataset);
    let end = Cell::Day(day(2021, 2, 22));
    for name in ["record", "participation"] {
        let table = named(&tables, name);
        let row = row(table, "activity:masks");
        for column in ["date_start_earliest", "date_start_latest", "date_end_earliest", "date_end_latest"] {
            assert_eq!(table.cell(row, column), Some(&end), "{name}.{column}");
        }
    }
}

#[test]
fn a_place_has_the_country_of_the_larger_place_and_none_on_disputed_ground() {
    let place = |r#type: &str, more: &Value| {
        let mut place = json!({
            "names": { "en": "A place" }, "type": r#type, "evidence": { "ac-2014-au": { "stance": "reports" } }
        });
        place.as_object_mut().expect("a map").extend(more.as_object().expect("a map").clone());
        place
    };
    let dataset = dataset(&[
        ("place/a-town.json", place("city", &json!({ "country": "MA" }))),
        ("place/a-quarter.json", place("building", &json!({ "under": ["place:a-town"] }))),
        ("place/a-base.json", place("base", &json!({ "under": ["place:a-quarter"] }))),
        ("place/a-land.json", place("territory", &json!({ "claims": { "morocco": { "kind": "claims" } } }))),
        ("place/a-village.json", place("city", &json!({ "under": ["place:a-land"] }))),
        ("place/a-bay.json", place("sea-area", &json!({ "under": ["place:a-ring"] }))),
        ("place/a-ring.json", place("sea-area", &json!({ "under": ["place:a-bay"] }))),
    ]);
    let tables = tables::tables(&dataset);
    let table = named(&tables, "place");
    let morocco = Some("MA");
    for (id, country, disputed) in [
        ("a-town", morocco, false),
        ("a-quarter", morocco, false),
        ("a-base", morocco, false),
        ("a-land", None, true),
        ("a-village", None, true),
        ("a-bay", None, false),
    ] {
        let row = row(table, &format!("place:{id}"));
        assert_eq!(table.cell(row, "country").and_then(Cell::text).as_deref(), country, "{id}");
        assert_eq!(table.cell(row, "disputed"), Some(&Cell::Boolean(disputed)), "{id}");
    }
}

#[test]
fn a_denial_has_no_value_and_only_what_sources_show_has_grounds() {
    let mut denied = activity(&json!({ "completed": "2021-02-22" }));
    denied["evidence"]["le1-2019"] = json!({
        "stance": "contradicts", "supports": ["/participants/morocco"], "says": { "/history/completed": "2021-03" }
    });
    denied["evidence"]["ac-2014-au"]["supports"] = json!(["/participants", "/history"]);
    let dataset = dataset(&[("activity/masks.json", denied)]);
    let tables = tables::tables(&dataset);
    let claim = named(&tables, "claim");
    let said = |path: &str, source: &str, part: Option<&str>| {
        let of = |row: &&Vec<Cell>, name: &str| claim.cell(row, name).and_then(Cell::text);
        let source = format!("source:{source}");
        let is_it = |row: &&Vec<Cell>| {
            of(row, "ref").as_deref() == Some("activity:masks")
                && of(row, "path").as_deref() == Some(path)
                && of(row, "source").as_ref() == Some(&source)
                && of(row, "part").as_deref() == part
        };
        let row = claim.rows.iter().find(is_it).unwrap_or_else(|| panic!("no claim {path} {source}"));
        claim.cell(row, "value_json").and_then(Cell::text)
    };
    assert_eq!(said("/participants/morocco", "le1-2019", None), None);
    assert_eq!(said("/participants/morocco", "ac-2014-au", None).as_deref(), Some(r#"{"roles":["beneficiary"]}"#));
    assert_eq!(said("/history/completed", "le1-2019", None).as_deref(), Some("\"2021-03\""));

    let record = named(&tables, "record");
    for row in &record.rows {
        let cell = |name: &str| record.cell(row, name).expect("a column");
        let kind = Kind::parse(&cell("kind").text().expect("a kind")).expect("a kind");
        let needs_none = matches!(kind, Kind::Source | Kind::Survey | Kind::Theme | Kind::Actor | Kind::Place);
        let has_none = needs_none && *cell("n_sources") == Cell::Integer(0);
        assert_eq!(*cell("grounds") == Cell::Null, has_none, "{:?}", cell("ref"));
    }
}

#[test]
fn every_code_is_in_the_list_that_its_column_names() {
    let dataset = with_activities();
    let tables: Vec<Table> = tables::tables(&dataset).into_iter().chain(panels::panels(&dataset)).collect();
    let code = named(&tables, "code");
    let mut lists: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (list, code) in column(code, "list").into_iter().zip(column(code, "code")) {
        lists.entry(list.text().expect("a list")).or_default().insert(code.text().expect("a code"));
    }
    let mut found = 0;
    for table in &tables {
        for column in table.columns.iter().filter(|column| !column.codes.is_empty()) {
            assert!(column.codes.iter().all(|codes| lists.contains_key(codes.list)), "{}.{}", table.name, column.name);
            for row in &table.rows {
                let text = |name: &str| table.cell(row, name).and_then(Cell::text);
                let Some(codes) = text(&column.name) else { continue };
                let of_record = text("ref").and_then(|name| Some(name.split_once(':')?.0.to_owned()));
                let of = text("subject_kind").filter(|kind| kind != "history").or(of_record);
                let mut own = column.codes.iter().filter(|list| list.of.is_none() || list.of == of.as_deref());
                let list = own.next().unwrap_or_else(|| panic!("{}.{} of {of:?}", table.name, column.name)).list;
                for code in codes.split(';') {
                    assert!(lists[list].contains(code), "{}.{}: {code} is not in {list}", table.name, column.name);
                    found += 1;
                }
            }
        }
    }
    assert!(found > 1000, "{found}");
}

#[test]
fn every_source_of_a_record_has_a_row() {
    let dataset = with_activities();
    let tables = tables::tables(&dataset);
    let cited = named(&tables, "record_source");
    let record = named(&tables, "record");
    let mut counted: BTreeMap<String, i64> = BTreeMap::new();
    column(cited, "ref").into_iter().filter_map(Cell::text).for_each(|name| *counted.entry(name).or_default() += 1);
    for (name, sources) in column(record, "ref").into_iter().zip(column(record, "n_sources")) {
        let name = name.text().expect("a name");
        assert_eq!(*sources, Cell::Integer(counted.get(&name).copied().unwrap_or_default()), "{name}");
    }
}

//! The flat tables: one declaration of each column for all formats, keys that hold, and the one definition of a fact.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Cursor};
use std::sync::{Arc, Mutex};

use bytes::Bytes;
use comity::dataset::{Dataset, Manifest};
use comity::export::format::{FORMATS, Material};
use comity::export::tables::{self, Cell, ColumnType, Table};
use comity::export::write::{TableSize, TableWriter, write_tables};
use comity::export::{self, Release, panels, sql};
use comity::query::stats::Stats;
use comity::query::{claims, sides};
use comity::value::{Country, NonEmptyMap, StringFormat as _};
use dta::stata::dta::dta_reader::DtaReader;
use dta::stata::dta::variable::Variable;
use parquet::file::reader::{FileReader, SerializedFileReader};
use serde_json::{Value, json};

use super::memory::files;
use crate::frozen;

/// The frozen records with some more, each by its path.
pub(super) fn dataset(more: &[(&str, Value)]) -> Dataset {
    with_manifest(&json!({ "as_of": "2026-12-01", "licence": "CC0-1.0" }), more)
}

/// The same, with a manifest that says the day.
pub(super) fn with_manifest(manifest: &Value, more: &[(&str, Value)]) -> Dataset {
    let manifest: Manifest = serde_json::from_value(manifest.clone()).expect("a manifest");
    let builder = Dataset::builder(manifest.as_of.expect("a day")).manifest(manifest);
    let frozen = frozen::texts().iter().fold(builder, |builder, (path, text)| builder.file(path, text.clone()));
    more.iter().fold(frozen, |builder, (path, record)| builder.file(path, record.to_string())).build()
}

/// The cells of a column.
pub(super) fn column<'a>(table: &'a Table, name: &str) -> Vec<&'a Cell> {
    let index = table.column(name).unwrap_or_else(|| panic!("{} has no column {name}", table.name));
    table.rows.iter().map(|row| &row[index]).collect()
}

fn all(dataset: &Dataset) -> Vec<Table> {
    tables::tables(dataset).into_iter().chain(panels::panels(dataset)).collect()
}

/// The reserved words of `SQLite` and `PostgreSQL` that a column could be named after.
const RESERVED: [&str; 24] = [
    "when",
    "from",
    "for",
    "order",
    "group",
    "to",
    "in",
    "on",
    "as",
    "by",
    "end",
    "case",
    "check",
    "default",
    "index",
    "is",
    "limit",
    "not",
    "null",
    "references",
    "select",
    "table",
    "union",
    "where",
];

#[test]
fn a_column_is_declared_once_and_stands_in_every_description() {
    let dataset = dataset(&[]);
    let all = all(&dataset);
    let release = Release::of(&dataset, "comity", None);
    let (own, panels): (Vec<Table>, Vec<Table>) = all.iter().cloned().partition(|table| !table.name.ends_with("_year"));
    assert_eq!((own.len(), panels.len()), (27, 3));
    let material = Material::new(&dataset, &release, &own, &panels);
    let files = files(&material);
    let text = |path: &str| {
        let bytes = files.get(path).unwrap_or_else(|| panic!("no {path}"));
        String::from_utf8(bytes.clone()).expect("UTF-8")
    };
    let package: Value = serde_json::from_str(&text("datapackage.json")).expect("JSON");
    let pages = export::pages(&material);
    let codebook = pages.iter().find(|page| page.path == "codebook.md").expect("a codebook");
    let codebook = String::from_utf8(codebook.bytes.clone()).expect("UTF-8");
    let by_name: BTreeMap<&str, &Table> = all.iter().map(|table| (table.name, table)).collect();
    for table in &all {
        let name = table.name;
        let resource = package["resources"].as_array().expect("a list").iter().find(|found| found["name"] == name);
        let resource = resource.unwrap_or_else(|| panic!("{name} is not in the data package"));
        let header = text(resource["path"].as_str().expect("a path"));
        let names: Vec<&str> = table.columns.iter().map(|column| column.name.as_str()).collect();
        assert_eq!(header.lines().next(), Some(names.join(",").as_str()), "{name}");
        assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len(), "{name} has a column twice");
        let create = sql::create_table(table);
        for (column, field) in table.columns.iter().zip(resource["schema"]["fields"].as_array().expect("a list")) {
            let shown = format!("{name}.{}", column.name);
            let is_snake = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
            assert!(column.name.bytes().all(is_snake) && !RESERVED.contains(&column.name.as_str()), "{shown}");
            assert!(column.sentence.ends_with('.') && !column.sentence.contains('\n'), "{shown}: {}", column.sentence);
            assert_eq!(
                (&field["name"], &field["description"]),
                (&column.name.as_str().into(), &column.sentence.as_str().into())
            );
            let lists = field["codes"].as_array().into_iter().flatten().map(|codes| codes["list"].as_str());
            assert!(lists.eq(column.codes.iter().map(|codes| Some(codes.list))), "{shown}");
            assert!(create.contains(&format!("\"{}\" ", column.name)) && create.contains(&column.sentence), "{shown}");
            assert!(codebook.contains(&format!("| `{}` |", column.name)), "{shown} is not in the codebook");
            if let Some((target, target_column)) = column.refers_to {
                assert_eq!(by_name[target].key, [target_column], "{shown}");
            }
        }
    }
    for rule in panels::RULE {
        assert!(codebook.contains(rule), "{rule}");
    }
}

#[test]
fn every_format_has_every_table_and_the_same_bytes_twice() {
    let dataset = dataset(&[]);
    let release = Release::of(&dataset, "comity", None);
    let (own, panels) = (tables::declared(), panels::declared());
    let material = Material::new(&dataset, &release, &own, &panels);
    let made = files(&material);
    assert!(made == files(&material), "two exports differ");
    let readme = export::pages(&material).into_iter().find(|page| page.path == "README.md").expect("a page");
    let readme = String::from_utf8(readme.bytes).expect("UTF-8");
    let codebook = export::pages(&material).into_iter().find(|page| page.path == "codebook.md").expect("a page");
    let codebook = String::from_utf8(codebook.bytes).expect("UTF-8");
    for format in FORMATS {
        assert!(codebook.contains(&format!("| `{}` | {} |", format.name, format.about)), "{}", format.name);
    }
    let mut expected = BTreeSet::new();
    for table in all(&dataset) {
        let name = table.name;
        expected.extend(["csv", "parquet", "dta"].map(|ending| {
            let folder = if ending == "dta" { "stata" } else { ending };
            table.path(folder, ending)
        }));
        let parquet = Bytes::from(made[&table.path("parquet", "parquet")].clone());
        let reader = SerializedFileReader::new(parquet).expect("Parquet");
        let metadata = reader.metadata().file_metadata();
        assert_eq!(usize::try_from(metadata.num_rows()), Ok(table.rows.len()), "{name}");
        let fields: Vec<&str> = metadata.schema().get_fields().iter().map(|field| field.name()).collect();
        let names: Vec<&str> = table.columns.iter().map(|column| column.name.as_str()).collect();
        assert_eq!(fields, names, "{name}");
        let stata = Cursor::new(&made[&table.path("stata", "dta")]);
        let reader = DtaReader::new().from_reader(stata).read_header().expect("a header");
        assert_eq!(reader.header().observation_count(), table.rows.len() as u64, "{name}");
        let schema = reader.read_schema().expect("a schema").schema().clone();
        let variables: Vec<&str> = schema.variables().iter().map(Variable::name).collect();
        assert_eq!(variables, names, "{name}");
        assert!(names.iter().all(|name| name.len() <= 32), "{name}: Stata has names of 32 characters");
    }
    let others = |path: &str| ["schema/", "types/"].iter().any(|folder| path.starts_with(folder));
    let tabular = made.keys().filter(|path| path.contains('/') && !others(path)).cloned().collect::<BTreeSet<_>>();
    assert_eq!(tabular, expected);
    for path in ["comity.xlsx", "parquet/", "stata/"] {
        assert!(made.keys().any(|made| made.starts_with(path)) && readme.contains(path), "{path}");
    }
}

type Rows = Vec<Vec<Cell>>;

/// A writer that keeps the rows of each table.
#[derive(Default, Clone)]
struct Kept(Arc<Mutex<Vec<(&'static str, Rows)>>>);

impl TableWriter for Kept {
    fn begin(&mut self, table: &Table, _: &TableSize) -> io::Result<()> {
        self.0.lock().expect("no panic").push((table.name, Vec::new()));
        Ok(())
    }

    fn rows(&mut self, rows: &[Vec<Cell>]) -> io::Result<()> {
        self.0.lock().expect("no panic").last_mut().expect("a table").1.extend_from_slice(rows);
        Ok(())
    }

    fn end(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn rows_that_are_made_some_at_a_time_are_all_rows() {
    let dataset = dataset(&[]);
    let release = Release::of(&dataset, "comity", None);
    let (own, panels) = (tables::declared(), panels::declared());
    let expected = all(&dataset);
    assert!(expected[0].rows.len() > 3 * 7, "several pieces");
    for piece in [1, 7, usize::MAX] {
        let material = Material::new(&dataset, &release, &own, &panels).in_pieces_of(piece);
        let kept = Kept::default();
        let counted = write_tables(&material, vec![Box::new(kept.clone())]).expect("memory takes everything");
        let kept = std::mem::take(&mut *kept.0.lock().expect("no panic"));
        assert_eq!(kept.len(), expected.len());
        for ((name, rows), (table, counted)) in kept.iter().zip(expected.iter().zip(counted)) {
            assert_eq!((*name, counted), (table.name, (table.name, rows.len())), "{piece}");
            assert!(*rows == table.rows, "{name} differs in pieces of {piece} records");
        }
    }
    assert_eq!(own.iter().chain(&panels).filter(|table| !table.rows.is_empty()).count(), 0);
}

#[test]
fn every_row_fits_its_columns_and_every_reference_leads_to_a_record() {
    let dataset = dataset(&[]);
    let all = all(&dataset);
    let records: BTreeSet<String> = column(&all[0], "ref").into_iter().filter_map(Cell::text).collect();
    assert_eq!((all[0].name, records.len()), ("record", dataset.records().count()));
    for table in &all {
        let mut keys = BTreeSet::new();
        for row in &table.rows {
            let name = table.name;
            assert_eq!(row.len(), table.columns.len(), "{name}");
            let key: Vec<_> = table.key.iter().map(|key| row[table.column(key).expect("a column")].text()).collect();
            assert!(key.iter().all(Option::is_some) && keys.insert(key.clone()), "{name}: {key:?} is there twice");
            for (column, cell) in table.columns.iter().zip(row) {
                let fits = match cell {
                    Cell::Null => column.nullable,
                    Cell::Text(text) => column.r#type == ColumnType::Text && !text.is_empty(),
                    Cell::Integer(_) => column.r#type == ColumnType::Integer,
                    Cell::Number(_) => column.r#type == ColumnType::Number,
                    Cell::Boolean(_) => column.r#type == ColumnType::Boolean,
                    Cell::Day(day) => column.r#type == ColumnType::Day && day.year().is_some(),
                    _ => false,
                };
                assert!(fits, "{name}.{}: {cell:?} in {key:?}", column.name);
                if let (Some(("record", _)), Some(to)) = (column.refers_to, cell.text()) {
                    assert!(records.contains(&to), "{name}.{}: {to} in {key:?}", column.name);
                }
            }
        }
    }
}

#[test]
fn a_claim_is_about_what_the_statistics_count_as_a_fact() {
    let dataset = dataset(&[]);
    let stats = Stats::of(&dataset).coverage;
    let all = all(&dataset);
    let claim = all.iter().find(|table| table.name == "claim").expect("a table");
    let cells = ["ref", "path", "is_fact", "agrees"].map(|name| column(claim, name));
    let places = |keep: &dyn Fn(usize) -> bool| {
        let rows = (0..claim.rows.len()).filter(|row| keep(*row));
        rows.map(|row| (cells[0][row].text(), cells[1][row].text())).collect::<BTreeSet<_>>().len()
    };
    let is = |column: usize, row: usize| *cells[column][row] == Cell::Boolean(true);
    assert!(stats.facts > 300, "{stats:?}");
    assert_eq!(places(&|row| is(2, row)), stats.facts as usize);
    assert_eq!(places(&|row| is(2, row) && is(3, row)), stats.evidenced as usize);
    let facts: usize = dataset.records().map(|(_, record)| claims::facts(record).len()).sum();
    assert_eq!(facts, stats.facts as usize);
    let says = dataset.records().flat_map(|(_, record)| record.evidence());
    let says: usize = says.map(|(_, evidence)| evidence.says.as_ref().map_or(0, NonEmptyMap::count)).sum();
    let ids = column(claim, "claim_id").into_iter().filter_map(Cell::text);
    assert_eq!(ids.filter(|id| id.contains('!')).count(), says);
    assert!(says > 5, "{says}");
}

#[test]
fn sides_are_those_of_the_rules() {
    let dataset = dataset(&[]);
    let all = all(&dataset);
    let participation = all.iter().find(|table| table.name == "participation").expect("a table");
    let (refs, states) = (column(participation, "ref"), column(participation, "side"));
    let capacities = column(participation, "capacity");
    let morocco = Country::parse("MA").expect("a country");
    let of_rules: BTreeSet<String> = dataset
        .records()
        .filter(|(_, record)| sides::countries(&dataset, record).contains(&morocco))
        .filter_map(|(entry, _)| entry.key.as_ref().map(ToString::to_string))
        .collect();
    let is_morocco = |row: &usize| states[*row].text().as_deref() == Some("actor:morocco");
    let is_convenor = |row: &usize| capacities[*row].text().as_deref() == Some("convenor");
    let rows = (0..refs.len()).filter(|row| is_morocco(row) && !is_convenor(row));
    let of_table: BTreeSet<String> = rows.filter_map(|row| refs[row].text()).collect();
    assert_eq!(of_table, of_rules);
    assert!(of_table.len() > 10, "{of_table:?}");
}

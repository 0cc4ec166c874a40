//! `croissant.json`: the CSV files as Croissant 1.0 describes them, with each column and what it refers to.

use serde_json::{Map, Value, json};

use super::licence;
use crate::export::files::{ReleaseFile, WrittenFile, author, first, title};
use crate::export::format::Material;
use crate::export::tables::{Column, ColumnType, Table};

/// The description. Only tables whose CSV file is in the release are described.
pub(in crate::export) fn croissant(material: &Material<'_>, files: &[WrittenFile]) -> ReleaseFile {
    let manifest = &material.dataset.manifest;
    let path = |table: &Table| table.path("csv", "csv");
    let file = |table: &Table| files.iter().find(|file| file.path == path(table));
    let tables: Vec<(&Table, &WrittenFile)> =
        material.tables.iter().chain(material.panels).filter_map(|table| Some((table, file(table)?))).collect();
    let scope = material.scope();
    let mut description = json!({
        "@context": context(),
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": "comity",
        "alternateName": title(material.dataset),
        "description": first(manifest.description.as_ref()),
        "license": licence(material.dataset),
        "version": manifest.version.as_ref().map(|version| semantic(version.as_ref())),
        "datePublished": manifest.as_of,
        "url": manifest.homepage,
        "citeAs": cite_as(material),
        "creator": { "@type": "sc:Organization", "name": author(material.dataset) },
        "publisher": { "@type": "sc:Organization", "name": author(material.dataset) },
        "keywords": scope.keywords(),
        "temporalCoverage": material.interval(),
        "spatialCoverage": scope.country_names(),
        "distribution": tables.iter().map(|(_, file)| file_object(file)).collect::<Vec<_>>(),
        "recordSet": tables.iter().map(|(table, file)| record_set(table, file)).collect::<Vec<_>>(),
    });
    description.as_object_mut().into_iter().for_each(|fields| fields.retain(|_, value| !value.is_null()));
    ReleaseFile::new("croissant.json", format!("{description:#}\n"))
}

/// A calendar version as the three numbers that Croissant asks for: `2026.12` as `2026.12.0`.
fn semantic(version: &str) -> String {
    let numbers = version
        .split('.')
        .map(|part| part.trim_start_matches('0'))
        .map(|part| if part.is_empty() { "0" } else { part });
    let numbers: Vec<&str> = numbers.chain(["0", "0"]).take(version.split('.').count().max(3)).collect();
    numbers.join(".")
}

/// The words with which the release is cited.
fn cite_as(material: &Material<'_>) -> String {
    let manifest = &material.dataset.manifest;
    let version = manifest.version.as_ref().map(|version| format!(", version {version}")).unwrap_or_default();
    let day = manifest.as_of.map(|day| format!(" ({day})")).unwrap_or_default();
    format!("{}: {}{version}{day}.", author(material.dataset), title(material.dataset))
}

fn file_object(file: &WrittenFile) -> Value {
    json!({
        "@type": "cr:FileObject",
        "@id": file.path,
        "name": file.path,
        "contentUrl": file.path,
        "contentSize": format!("{} B", file.bytes),
        "encodingFormat": "text/csv",
        "sha256": file.sha256,
    })
}

fn record_set(table: &Table, file: &WrittenFile) -> Value {
    let key = |column: &&str| json!({ "@id": format!("{}/{column}", table.name) });
    json!({
        "@type": "cr:RecordSet",
        "@id": table.name,
        "name": table.name,
        "description": table.about,
        "key": table.key.iter().map(key).collect::<Vec<_>>(),
        "field": table.columns.iter().map(|column| field(table, column, file)).collect::<Vec<_>>(),
    })
}

fn field(table: &Table, column: &Column, file: &WrittenFile) -> Value {
    let r#type = match column.r#type {
        ColumnType::Text => "sc:Text",
        ColumnType::Integer => "sc:Integer",
        ColumnType::Number => "sc:Float",
        ColumnType::Boolean => "sc:Boolean",
        ColumnType::Day => "sc:Date",
    };
    let mut field = json!({
        "@type": "cr:Field",
        "@id": format!("{}/{}", table.name, column.name),
        "name": column.name,
        "description": column.sentence,
        "dataType": r#type,
        "source": { "fileObject": { "@id": file.path }, "extract": { "column": column.name } },
    });
    // Readers follow references from table to table, and never end where a table refers to itself.
    if let Some((target, target_column)) = column.refers_to.filter(|(target, _)| *target != table.name) {
        field["references"] = json!({ "field": { "@id": format!("{target}/{target_column}") } });
    }
    field
}

/// The terms of Croissant, and those that are not `cr:` with their name.
fn context() -> Value {
    const TERMS: [&str; 26] = [
        "citeAs",
        "column",
        "equivalentProperty",
        "extract",
        "field",
        "fileObject",
        "fileProperty",
        "fileSet",
        "format",
        "includes",
        "isLiveDataset",
        "jsonPath",
        "key",
        "md5",
        "parentField",
        "path",
        "recordSet",
        "references",
        "regex",
        "repeated",
        "replace",
        "samplingRate",
        "separator",
        "source",
        "subField",
        "transform",
    ];
    let mut context = Map::from_iter([
        ("@language".to_owned(), json!("en")),
        ("@vocab".to_owned(), json!("https://schema.org/")),
        ("sc".to_owned(), json!("https://schema.org/")),
        ("cr".to_owned(), json!("http://mlcommons.org/croissant/")),
        ("dct".to_owned(), json!("http://purl.org/dc/terms/")),
        ("rai".to_owned(), json!("http://mlcommons.org/croissant/RAI/")),
        ("conformsTo".to_owned(), json!("dct:conformsTo")),
        ("data".to_owned(), json!({ "@id": "cr:data", "@type": "@json" })),
        ("dataType".to_owned(), json!({ "@id": "cr:dataType", "@type": "@vocab" })),
        ("examples".to_owned(), json!({ "@id": "cr:examples", "@type": "@json" })),
    ]);
    context.extend(TERMS.map(|term| (term.to_owned(), format!("cr:{term}").into())));
    Value::Object(context)
}

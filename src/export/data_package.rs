//! `datapackage.json`: a Frictionless data package of the CSV files, with types, keys and foreign keys.

use serde_json::{Map, Value, json};

use super::release::Release;
use super::tables::{Column, ColumnType, Table};
use crate::dataset::Dataset;

/// The data package. Each table stands with the path of its CSV file.
pub(super) fn data_package(dataset: &Dataset, release: &Release, tables: &[(&str, &Table)]) -> Value {
    let manifest = &dataset.manifest;
    let text = |texts: &Option<crate::value::Texts>| texts.as_ref().and_then(|texts| texts.values().next()).cloned();
    let mut package = json!({
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "comity",
        "title": text(&manifest.title),
        "description": text(&manifest.description),
        "version": manifest.version,
        "homepage": manifest.homepage,
        "licenses": manifest.licence.as_ref().map(|licence| json!([{ "name": licence }])),
        "comity": release.meta,
        "resources": tables.iter().map(|(path, table)| resource(path, table)).collect::<Vec<_>>(),
    });
    package.as_object_mut().into_iter().for_each(|package| package.retain(|_, value| !value.is_null()));
    package
}

fn resource(path: &str, table: &Table) -> Value {
    json!({
        "name": table.name,
        "path": path,
        "profile": "tabular-data-resource",
        "description": table.about,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": { "delimiter": ",", "lineTerminator": "\r\n", "quoteChar": "\"", "doubleQuote": true, "header": true },
        "schema": {
            "fields": table.columns.iter().map(field).collect::<Vec<_>>(),
            "missingValues": [""],
            "primaryKey": table.key,
            "foreignKeys": table.columns.iter().filter_map(|column| foreign_key(table, column)).collect::<Vec<_>>(),
        },
    })
}

fn field(column: &Column) -> Value {
    let r#type = match column.r#type {
        ColumnType::Text => "string",
        ColumnType::Integer => "integer",
        ColumnType::Number => "number",
        ColumnType::Boolean => "boolean",
        ColumnType::Day => "date",
    };
    let mut field: Map<String, Value> = Map::new();
    field.insert("name".to_owned(), column.name.clone().into());
    field.insert("type".to_owned(), r#type.into());
    field.insert("description".to_owned(), column.sentence.clone().into());
    field.extend(column.unit.map(|unit| ("unit".to_owned(), unit.into())));
    if !column.nullable {
        field.insert("constraints".to_owned(), json!({ "required": true }));
    }
    field.into()
}

fn foreign_key(table: &Table, column: &Column) -> Option<Value> {
    let (target, field) = column.refers_to?;
    let resource = if target == table.name { "" } else { target };
    Some(json!({ "fields": [column.name], "reference": { "resource": resource, "fields": [field] } }))
}

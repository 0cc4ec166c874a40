//! `datapackage.json`: a Frictionless data package of the CSV files, with types, keys and foreign keys.

use serde_json::{Map, Value, json};

use super::files::{ReleaseFile, author, first};
use super::format::Material;
use super::tables::{CodeList, Column, ColumnType, Table};

/// The data package of the CSV files of all tables and panels.
pub(super) fn data_package(material: &Material<'_>) -> ReleaseFile {
    let manifest = &material.dataset.manifest;
    let scope = material.scope();
    let mut package = json!({
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "comity",
        "title": first(manifest.title.as_ref()),
        "description": first(manifest.description.as_ref()),
        "version": manifest.version,
        "homepage": manifest.homepage,
        "licenses": manifest.licence.as_ref().map(|licence| json!([{ "name": licence }])),
        "contributors": [{ "title": author(material.dataset), "roles": ["creator", "publisher"] }],
        "created": manifest.as_of.map(|day| format!("{day}T00:00:00Z")),
        "keywords": scope.keywords(),
        "temporal": material.years().map(|(first, last)| json!({ "start": first.to_string(), "end": last.to_string() })),
        "spatial": scope.country_names(),
        "comity": material.release.meta,
        "resources": material.tables.iter().chain(material.panels).map(resource).collect::<Vec<_>>(),
    });
    package.as_object_mut().into_iter().for_each(|package| package.retain(|_, value| !value.is_null()));
    ReleaseFile::new("datapackage.json", format!("{package:#}\n"))
}

fn resource(table: &Table) -> Value {
    json!({
        "name": table.name,
        "path": table.path("csv", "csv"),
        "profile": "tabular-data-resource",
        "description": table.about,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": { "delimiter": ",", "lineTerminator": "\r\n", "quoteChar": "\"", "doubleQuote": true, "header": true },
        "schema": {
            "fields": fields(table),
            "missingValues": [""],
            "primaryKey": table.key,
            "foreignKeys": table.columns.iter().filter_map(|column| foreign_key(table, column)).collect::<Vec<_>>(),
        },
    })
}

/// The columns of a table, as in Frictionless table schemas.
pub(super) fn fields(table: &Table) -> Value {
    table.columns.iter().map(field).collect()
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
    if !column.codes.is_empty() {
        let list = |codes: &CodeList| json!({ "list": codes.list, "of": codes.of });
        field.insert("codes".to_owned(), column.codes.iter().map(list).collect());
    }
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

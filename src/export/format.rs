//! The formats of a release: one list, which the command line offers, the codebook names, and the tests walk.

use std::io::{self, Write};

use std::sync::OnceLock;

use super::catalogue::scope::Scope;
use super::catalogue::{croissant, dcat};
use super::data_package::data_package;
use super::files::{ReleaseFile, WrittenFile};
use super::panels::Panel;
use super::release::Release;
use super::tables::{Context, PIECE, Since, Table};
use crate::dataset::Dataset;

/// A format of a release.
#[derive(Debug)]
#[non_exhaustive]
pub struct ReleaseFormat {
    /// The name on the command line.
    pub name: &'static str,
    /// Which files the format has, and what they hold, as the help says.
    pub about: &'static str,
    /// What the files are made of.
    pub content: &'static [Content],
}

/// What the files of a format are made of.
#[derive(Debug)]
#[non_exhaustive]
pub enum Content {
    /// One file, which the function writes bit by bit, with its path in the release.
    File(&'static str, fn(&Material<'_>, &mut dyn Write) -> io::Result<()>),
    /// Small files, made in memory.
    Files(fn(&Material<'_>) -> Vec<ReleaseFile>),
    /// The rows of all tables.
    Tables(TableFormat),
    /// Small files that describe all others, made last.
    Descriptions(fn(&Material<'_>, &[WrittenFile]) -> Vec<ReleaseFile>),
}

/// The formats that have every table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum TableFormat {
    /// CSV.
    Csv,
    /// One `SQLite` file.
    Sqlite,
    /// Parquet.
    Parquet,
    /// One workbook.
    Xlsx,
    /// Stata.
    Stata,
}

/// What a format may be made from.
#[derive(Debug)]
#[non_exhaustive]
pub struct Material<'a> {
    /// The records.
    pub dataset: &'a Dataset,
    /// The identity of the release.
    pub release: &'a Release,
    /// The declarations of the tables, without rows.
    pub tables: &'a [Table],
    /// The declarations of the panels, without rows.
    pub panels: &'a [Table],
    /// What differs from an earlier release; `None` where the release was compared with none.
    pub since: Option<&'a Since>,
    /// The number of records whose rows are made at once.
    pub piece: usize,
    /// What the records are about, for the catalogues.
    scope: OnceLock<Scope>,
    /// The years of the panels, for the catalogues.
    years: OnceLock<Option<(i32, i32)>>,
}

impl<'a> Material<'a> {
    /// The material of a release.
    pub fn new(dataset: &'a Dataset, release: &'a Release, tables: &'a [Table], panels: &'a [Table]) -> Self {
        Self {
            dataset,
            release,
            tables,
            panels,
            since: None,
            piece: PIECE,
            scope: OnceLock::new(),
            years: OnceLock::new(),
        }
    }

    /// What the records are about, worked out once.
    pub(super) fn scope(&self) -> &Scope {
        self.scope.get_or_init(|| Scope::of(self.dataset))
    }

    /// The first and the last year that the release covers: those of the panels, worked out once.
    pub(super) fn years(&self) -> Option<(i32, i32)> {
        *self.years.get_or_init(|| Panel::uncounted(&Context::of(self.dataset)).covered())
    }

    /// The years that the release covers as an interval of ISO 8601.
    pub(super) fn interval(&self) -> Option<String> {
        self.years().map(|(first, last)| format!("{first:04}/{last:04}"))
    }

    /// The material of a release that was compared with an earlier one.
    #[must_use]
    pub fn since(self, since: Option<&'a Since>) -> Self {
        Self { since, ..self }
    }

    /// The material, with the rows of so many records made at once, and of at least one.
    #[must_use]
    pub fn in_pieces_of(self, records: usize) -> Self {
        Self { piece: records.max(1), ..self }
    }
}

/// Every format, in the order of the help.
pub const FORMATS: &[ReleaseFormat] = &[
    ReleaseFormat {
        name: "json",
        about: "comity.json: all records as one document",
        content: &[Content::File("comity.json", |material, out| {
            super::json::write_json(material.dataset, &material.release.meta, out)
        })],
    },
    ReleaseFormat {
        name: "ndjson",
        about: "comity.ndjson: one record a line",
        content: &[Content::File("comity.ndjson", |material, out| super::write_ndjson(material.dataset, out))],
    },
    ReleaseFormat {
        name: "csv",
        about: "csv/ and panels/: flat tables, with datapackage.json",
        content: &[Content::Files(|material| vec![data_package(material)]), Content::Tables(TableFormat::Csv)],
    },
    ReleaseFormat {
        name: "sqlite",
        about: "comity.sqlite: the tables with full-text search and views",
        content: &[Content::Tables(TableFormat::Sqlite)],
    },
    ReleaseFormat {
        name: "parquet",
        about: "parquet/ and panels/: the tables with their types, for analysts",
        content: &[Content::Tables(TableFormat::Parquet)],
    },
    ReleaseFormat {
        name: "xlsx",
        about: "comity.xlsx: a sheet a table, for Excel and LibreOffice",
        content: &[Content::Tables(TableFormat::Xlsx)],
    },
    ReleaseFormat {
        name: "stata",
        about: "stata/ and panels/: the tables with labels, for Stata 14 and later",
        content: &[Content::Tables(TableFormat::Stata)],
    },
    ReleaseFormat {
        name: "jsonld",
        about: "comity.jsonld: linked data with the terms of schema.org, PROV-O and SKOS",
        content: &[Content::File("comity.jsonld", |material, out| {
            super::json_ld(material.dataset, material.release, out)
        })],
    },
    ReleaseFormat {
        name: "graphml",
        about: "comity.graphml: the network of actors and of what they take part in",
        content: &[Content::File("comity.graphml", |material, out| super::graphml(material.dataset, out))],
    },
    ReleaseFormat {
        name: "types",
        about: "types/comity.d.ts and schema/: types for TypeScript, and JSON Schemas for every other language",
        content: &[Content::Files(|_| {
            let mut files = super::schemas::schema_files();
            files.push(ReleaseFile::new("types/comity.d.ts", super::typescript()));
            files
        })],
    },
    ReleaseFormat {
        name: "catalogue",
        about: "croissant.json and dataset.jsonld: the release as catalogues of datasets describe it",
        content: &[Content::Descriptions(|material, files| {
            vec![croissant::croissant(material, files), dcat::dataset(material, files)]
        })],
    },
];

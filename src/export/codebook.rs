//! `codebook.md`: what every table, column and code means, and what the panels count.

use std::fmt::Write as _;

use super::format::FORMATS;
use super::json_ld::{self, TermType};
use super::tables::{CodeList, Column, ColumnType, Table};
use super::{graphml, panels};

const INTRODUCTION: &str = "# Codebook

`csv/`, `parquet/`, `stata/`, `comity.xlsx` and `comity.sqlite`, as far as this release has them, have the tables with the same
columns, and but for the limits of Excel (below) with the same values; `datapackage.json` describes those of CSV. Panels are
in `panels/`. `manifest.json` lists the files.

- **References** have the form `kind:id` and lead to `record.ref`.
- **Dates** have ten columns each: as written in EDTF, and as the days that they may be. A point has its start as its end.
  `date_uncertain` and `date_approximate` are true where one end of an interval has the mark; `date_start_exact` and
  `date_end_exact` speak of one end each: the first day of `2009-11-23/2009-11-26?` is exact. An end that is open or unknown is
  empty, and a date that is unknown has no `precision` either. For \"certainly in 2019\" ask
  `date_start_earliest >= '2019-01-01' AND date_end_latest <= '2019-12-31' AND NOT date_uncertain AND NOT date_approximate`;
  for \"perhaps in 2019\"
  `date_precision IS NOT NULL AND (date_start_earliest IS NULL OR date_start_earliest <= '2019-12-31') AND (date_end_latest IS NULL OR date_end_latest >= '2019-01-01')`.
- **Codes** are explained in `code`: join a column with `code.code` where `code.list` is the list that the tables below name.
  A name in brackets is the kind of the record, or in `step` of the subject, whose codes are from the list.
- **Sides** say for whom an actor acts: a minister for the state, a division for its organisation. Count by side, not by actor.
  A private body is on the side of its country and does not act for the state: its `side_basis` is `country`.
- **A missing value** is empty in CSV and Excel, NULL in SQLite and Parquet, and in Stata `.` or an empty text. Booleans are
  `true` and `false` in CSV, 1 and 0 in SQLite and Stata.
- **Days** are dates in Parquet, Stata (`%td`) and Excel, where days before March 1900 are texts; elsewhere texts in ISO 8601.
- **Excel** has cells of at most 32,767 characters, and the workbook at most 300,000 rows: its sheet `about` says where a text
  was cut or a table left out. **Stata** keeps columns with long texts as `strL`.
- **CSV** is UTF-8 as in RFC 4180. A text, or a part of it after a `;`, that a spreadsheet would run as a formula, because it begins
  with `=`, `+`, `-`, `@`, a tab, a carriage return, or one of these signs in full width, has an apostrophe before it; where
  apostrophes stand before the sign already, one more. Take one away to have the text of the record.
- **Years** that the release covers, as `temporalCoverage` of `dataset.jsonld` and `croissant.json` and `temporal` of
  `datapackage.json` have them, are those of the panels: from the first to the last year that a panel has rows for. A record whose
  date is open may lie outside.
- **Absence** means that nothing was found, not that nothing happened. `search` says what was searched.

";

/// The codebook of tables and panels.
pub(super) fn codebook(tables: &[Table], panels: &[Table]) -> String {
    let mut page = INTRODUCTION.to_owned();
    page += "## Formats\n\n| format | files |\n| --- | --- |\n";
    for format in FORMATS {
        let _ = writeln!(page, "| `{}` | {} |", format.name, format.about);
    }
    page.push('\n');
    page += "## What the panels count\n\n";
    for (number, sentence) in (1..).zip(panels::RULE) {
        let _ = writeln!(page, "{number}. {sentence}");
    }
    page += "\n## Panels\n";
    panels.iter().for_each(|table| describe(&mut page, table));
    page += "\n## Tables\n";
    tables.iter().for_each(|table| describe(&mut page, table));
    let _ = write!(page, "\n## The network, `comity.graphml`\n\n{}\n", graphml::MODEL);
    linked_data(&mut page);
    page
}

/// The terms of `comity.jsonld` that are not those of others.
fn linked_data(page: &mut String) {
    let _ = write!(page, "\n## Linked data, `comity.jsonld`\n\n{}\n\n", json_ld::MODEL);
    *page += "| term | is a | narrows | what it says |\n| --- | --- | --- | --- |\n";
    for term in json_ld::vocabulary() {
        let r#type = match term.r#type {
            TermType::Class => "class",
            TermType::Property => "property",
        };
        let narrows = term.narrows.map(|term| format!("`{term}`")).unwrap_or_default();
        let _ = writeln!(page, "| `comity:{}` | {type} | {narrows} | {} |", term.name, term.sentence);
    }
}

fn describe(page: &mut String, table: &Table) {
    let _ = write!(page, "\n### {}\n\n{}\n\nKey: `{}`.\n\n", table.name, table.about, table.key.join("`, `"));
    let _ = writeln!(page, "| {} |\n|{}", HEADER.join(" | "), " --- |".repeat(HEADER.len()));
    table.columns.iter().for_each(|column| {
        let [name, r#type, missing, refers, codes, sentence] = described(column, "`");
        let sentence = sentence.replace('|', "\\|");
        let _ = writeln!(page, "| {name} | {type} | {missing} | {refers} | {codes} | {sentence} |");
    });
}

/// What is said of a column, in the order of [`described`].
pub(super) const HEADER: [&str; 6] =
    ["column", "type", "may be missing", "refers to", "list in `code`", "what it says"];

/// What is said of a column, with `mark` before and after each name.
pub(super) fn described(column: &Column, mark: &str) -> [String; 6] {
    let r#type = match column.r#type {
        ColumnType::Text => "text",
        ColumnType::Integer => "whole number",
        ColumnType::Number => "number",
        ColumnType::Boolean => "true or false",
        ColumnType::Day => "day",
    };
    let unit = column.unit.map(|unit| format!(" ({unit})")).unwrap_or_default();
    let missing = if column.nullable { "yes" } else { "" };
    let refers = column.refers_to.map(|(table, field)| format!("{mark}{table}.{field}{mark}")).unwrap_or_default();
    let list = |codes: &CodeList| {
        let of = codes.of.map(|of| format!(" ({of})")).unwrap_or_default();
        format!("{mark}{}{mark}{of}", codes.list)
    };
    let codes = column.codes.iter().map(list).collect::<Vec<_>>().join(", ");
    let name = format!("{mark}{}{mark}", column.name);
    [name, format!("{type}{unit}"), missing.to_owned(), refers, codes, column.sentence.clone()]
}

//! The schema of the `SQLite` file: tables with foreign keys and a sentence for each column, full-text search, and views. The
//! library writes no file: the caller runs the statements and inserts the rows.

use std::fmt::Write as _;

use super::tables::{Column, ColumnType, Table};
use crate::query::sides::DOUBT;
use crate::record::Attendance;
use crate::value::{Code as _, folded};

/// The statement that makes a table.
pub fn create_table(table: &Table) -> String {
    let mut sql = format!("CREATE TABLE \"{}\" ( -- {}\n", table.name, table.about);
    for column in &table.columns {
        let _ = writeln!(sql, "  {}, -- {}", definition(column), column.sentence.replace('\n', " "));
    }
    let key: Vec<String> = table.key.iter().map(|name| format!("\"{name}\"")).collect();
    let _ = write!(sql, "  PRIMARY KEY ({})\n) WITHOUT ROWID", key.join(", "));
    sql
}

fn definition(column: &Column) -> String {
    let r#type = match column.r#type {
        ColumnType::Text | ColumnType::Day => "TEXT",
        ColumnType::Integer | ColumnType::Boolean => "INTEGER",
        ColumnType::Number => "NUMERIC",
    };
    let name = &column.name;
    let null = if column.nullable { "" } else { " NOT NULL" };
    let check =
        if column.r#type == ColumnType::Boolean { format!(" CHECK (\"{name}\" IN (0, 1))") } else { String::new() };
    let refers = column.refers_to.map(|(table, field)| format!(" REFERENCES \"{table}\" (\"{field}\")"));
    format!("\"{name}\" {type}{null}{check}{}", refers.unwrap_or_default())
}

/// The statement that inserts a row, with one parameter for each column.
pub fn insert_row(table: &Table) -> String {
    let parameters = vec!["?"; table.columns.len()].join(", ");
    format!("INSERT INTO \"{}\" VALUES ({parameters})", table.name)
}

/// The statements that run once all rows are there: indexes on what refers, full-text search, views.
pub fn finish(tables: &[Table]) -> Vec<String> {
    let mut all = Vec::new();
    for table in tables {
        let refers = table.columns.iter().filter(|column| column.refers_to.is_some());
        // The key of the table is an index on its first column.
        for column in refers.filter(|column| table.key.first() != Some(&column.name.as_str())) {
            let (table, column) = (table.name, &column.name);
            all.push(format!("CREATE INDEX \"{table}_{column}\" ON \"{table}\" (\"{column}\")"));
        }
    }
    let came = came();
    let (doubt, folded) = (DOUBT.to_string(), without_variants("whole"));
    let finished = AFTER.iter().map(|sql| sql.replace(CAME, &came).replace(DOUBTFUL, &doubt).replace(FOLDED, &folded));
    all.extend(finished);
    all
}

/// What stands in [`AFTER`] for the condition that an actor took part.
const CAME: &str = "{came}";

/// What stands in [`AFTER`] for the number of days by which a doubtful date may be wrong.
const DOUBTFUL: &str = "{doubt}";

/// What stands in [`AFTER`] for a text whose Arabic letters are folded.
const FOLDED: &str = "{folded}";

/// A text in which each Arabic letter that is often written for another one is that other one, and marks of vowels are left
/// out: the index of `SQLite` folds accents of Latin letters alone.
fn without_variants(text: &str) -> String {
    let letters = ('\u{621}'..='\u{6d5}').filter(|c| c.is_alphabetic());
    let variants = letters.map(|c| c.to_string()).map(|c| (folded(&c), c)).filter(|(plain, c)| plain != c);
    variants.fold(text.to_owned(), |text, (plain, c)| format!("replace({text}, '{c}', '{plain}')"))
}

/// The condition that an actor of `participation` certainly took part.
fn came() -> String {
    let came = Attendance::ALL.iter().filter(|attendance| attendance.came() == Some(true));
    let came: Vec<String> = came.map(|attendance| format!("'{attendance}'")).collect();
    format!("(p.attendance IS NULL OR p.attendance IN ({}))", came.join(", "))
}

/// Full-text search and views.
const AFTER: [&str; 6] = [
    "CREATE VIRTUAL TABLE record_text USING fts5(ref UNINDEXED, names, summary, folded, tokenize = 'unicode61 remove_diacritics 2')",
    "INSERT INTO record_text (ref, names, summary, folded)
  SELECT ref, names, summary, nullif({folded}, whole) FROM (
    SELECT *, concat_ws(' · ', names, summary) AS whole FROM (
      SELECT r.ref, r.summary,
        coalesce((SELECT group_concat(text, ' · ') FROM (SELECT text FROM name n WHERE n.ref = r.ref ORDER BY seq)), r.title) AS names
      FROM record r
    )
  ) ORDER BY ref",
    "CREATE VIEW event_sides AS -- one row for every event, whatever its status, and every side of somebody who acts for it (a private body does not act for the state of its country) and is not said to have stayed away; side_certain is 0 where the side follows only from offices that persons may have held then; took_part is 0 where the event was not held or a dispute about that is open, and where the side only takes, makes or receives a decision or a proposal
  SELECT r.ref, r.title, r.type, r.status, r.date_edtf, r.date_start_earliest, r.date_end_latest,
    p.side, p.side_type, p.iso3, p.cow, p.gw, max(p.side_basis <> 'office-possible') AS side_certain, max(p.took_part) AS took_part
  FROM record r JOIN participation p ON p.ref = r.ref
  WHERE r.kind = 'event' AND r.retired_on IS NULL AND p.side IS NOT NULL
    AND p.side_basis <> 'country' AND {came}
  GROUP BY r.ref, p.side",
    "CREATE VIEW timeline AS -- what concerns each side, without what concerns only private bodies of its country, by the earliest day, or where that is open by the first day that is known, with the latest day on which it may have begun; also what is planned, and where the side did not come; filter by side
  SELECT DISTINCT p.side, coalesce(r.date_start_earliest, r.date_start_latest, r.date_end_latest) AS day, coalesce(r.date_start_latest, r.date_end_latest) AS day_latest, r.date_edtf, r.kind, r.type, r.status, r.ref, r.title
  FROM record r JOIN participation p ON p.ref = r.ref
  WHERE r.kind IN ('event', 'activity', 'agreement', 'statement') AND r.retired_on IS NULL AND p.side IS NOT NULL
    AND p.side_basis <> 'country'",
    "CREATE VIEW members_at AS -- members whose accession is on record, with the days on which they are certainly members: WHERE :day BETWEEN first_day AND last_day; a doubtful date may be wrong by {doubt} days
  SELECT * FROM (
    SELECT whole, member, role, basis,
      iif(joined_uncertain OR joined_approximate, date(joined_start_latest, '+{doubt} days'), joined_start_latest) AS first_day,
      CASE
        WHEN left_precision IS NULL THEN '9999-12-31'
        WHEN left_uncertain OR left_approximate THEN date(left_start_earliest, '-1 day', '-{doubt} days')
        ELSE date(left_start_earliest, '-1 day')
      END AS last_day
    FROM side_member
    WHERE basis = 'accession'
  )
  WHERE first_day <= last_day",
    "CREATE VIEW loose_ends AS -- what was announced and never reported, what is disputed and open, what sources deny although no dispute is recorded, what was looked for in vain
  SELECT DISTINCT ref, path, 'plan' AS what, outcome AS state FROM plan WHERE outcome = 'none-recorded'
  UNION ALL SELECT ref, path, 'contested', outcome FROM contested WHERE outcome = 'open'
  UNION ALL SELECT DISTINCT ref, coalesce(part, path), 'denied', stance FROM claim WHERE stance = 'contradicts' AND NOT agrees AND NOT contested
  UNION ALL SELECT ref, path, 'unknown', reason FROM unknown WHERE reason <> 'not-applicable'",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_side_of_an_event_is_one_that_certainly_came() {
        let views = finish(&[]);
        let view = views.iter().find(|sql| sql.starts_with("CREATE VIEW event_sides")).expect("a view");
        assert!(view.contains("AND (p.attendance IS NULL OR p.attendance IN ('online'))"), "{view}");
        assert!(views.iter().all(|sql| !sql.contains(CAME)));
    }
}

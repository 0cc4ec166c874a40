//! What the tables say of days that are not fully known: whose side, which end, and how a period of years is meant.

use comity::export::panels::panels;
use comity::export::tables::{Cell, Table, tables};
use serde_json::json;

use super::rows::{named, of, rows};
use super::tables::dataset;

#[test]
fn the_period_of_a_search_is_whole_years_and_gives_the_years_that_the_panel_calls_searched() {
    let survey = |period: &str| {
        json!({ "subjects": ["morocco"], "period": period, "corpus": "An archive", "queries": ["Morocco"],
            "on": "2026-11-20", "extent": "excerpt" })
    };
    let dataset = dataset(&[
        ("survey/years.json", survey("1994/1998")),
        ("survey/months.json", survey("2001-02/2003-11")),
        ("survey/year.json", survey("2010")),
    ]);
    let columns = ["start_earliest", "start_latest", "end_earliest", "end_latest", "precision"];
    for (name, days) in [
        ("survey:years", ["1994-01-01", "1998-12-31"]),
        ("survey:months", ["2001-02-01", "2003-11-30"]),
        ("survey:year", ["2010-01-01", "2010-12-31"]),
    ] {
        for (table, field) in [("search", "period"), ("record", "date")] {
            let columns = columns.map(|column| format!("{field}_{column}"));
            let found = of(&dataset, table, &[name], &columns.each_ref().map(String::as_str));
            assert_eq!(found, [[days[0], days[0], days[1], days[1], "interval"]], "{name} in {table}");
        }
    }
    let found = of(&dataset, "search", &[], &["period_start_latest", "period_end_earliest"]);
    let is_searched = |year: &str| {
        let (first, last) = (format!("{year}-01-01"), format!("{year}-12-31"));
        found.iter().any(|days| days[0] <= first && last <= days[1])
    };
    let states = named(panels(&dataset), "state_year");
    let of_panel = rows(&states, &["actor:morocco"], &["year", "searched"]);
    assert!(of_panel.iter().all(|row| is_searched(&row[0]) == (row[1] == "true")), "{of_panel:?}");
    assert_eq!(of_panel.iter().filter(|row| row[1] == "true").count(), 7);
}

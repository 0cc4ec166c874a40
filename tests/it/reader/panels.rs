//! The panels over the frozen records: cells that were counted by hand, from the rule in the codebook.

use std::collections::{BTreeMap, BTreeSet};

use comity::export::panels::panels;
use comity::export::tables::{Cell, Table};
use serde_json::{Value, json};

use super::tables::dataset;

/// One search with queries for Morocco and NATO, and one without queries, which covers nothing, for Jordan and Italy.
pub(super) fn surveys() -> [(&'static str, Value); 2] {
    let survey = |subjects: &[&str]| {
        json!({
            "subjects": subjects, "period": "1995/2024", "corpus": "A search engine", "on": "2026-11-20",
            "extent": "excerpt"
        })
    };
    let mut searched = survey(&["morocco", "nato"]);
    searched["queries"] = json!(["Morocco NATO"]);
    [("survey/morocco-nato.json", searched), ("survey/jordan-italy.json", survey(&["jordan", "italy"]))]
}

/// A cell of a panel, found by the beginning of its key.
pub(super) fn cell<'a>(table: &'a Table, key: &[&str], year: i64, column: &str) -> &'a Cell {
    let at = |name: &str| table.column(name).unwrap_or_else(|| panic!("no column {name}"));
    let is_row = |row: &&Vec<Cell>| {
        let names = table.key.iter().zip(key);
        names.into_iter().all(|(name, of)| row[at(name)] == Cell::Text(format!("actor:{of}")))
            && row[at("year")] == Cell::Integer(year)
    };
    let row = table.rows.iter().find(is_row).unwrap_or_else(|| panic!("no row {key:?} {year}"));
    &row[at(column)]
}

#[test]
fn cells_are_as_counted_by_hand() {
    let dataset = dataset(&surveys());
    let [dyads, states, _] = &panels(&dataset)[..] else { panic!("three panels") };
    let pair = ["morocco", "nato"];
    let counted: [(&[&str], i64, &str, Option<i64>); 23] = [
        // rabat-seminar-2019 and moroccan-officers-nato-hq-2019.
        (&pair, 2019, "events_named", Some(2)),
        // alvargonzalez-visit-morocco-2018; at nato-pa-halifax-2018, on days with `?`, the parliamentary assembly is no body of NATO.
        (&pair, 2018, "events_named", Some(1)),
        (&["morocco", "nato-parliamentary-assembly"], 2018, "events_possible", Some(1)),
        // rabat-seminar-2016 is under vershbow-visit-rabat-2016.
        (&pair, 2016, "events_named", Some(1)),
        // chicago-summit-2012: of its day only the year is known, and that is enough.
        (&pair, 2012, "events_named", Some(1)),
        // morocco-in-kfor, 1999 to 2014.
        (&pair, 2013, "activities_certain", Some(1)),
        // morocco-kfor-hospital may have gone on until 2014.
        (&pair, 2013, "activities_possible", Some(1)),
        // morocco-kfor-hospital, certain in 2006, is under morocco-in-kfor.
        (&pair, 2006, "activities_certain", Some(1)),
        // sea-guardian-tangier-2022 on `2022-03-23?`.
        (&pair, 2022, "events_possible", Some(1)),
        (&pair, 2022, "events_named", Some(0)),
        // nrcc-visit-morocco-2022.
        (&pair, 2022, "activities_certain", Some(1)),
        // morocco-nato-cyber-2017, signed `2017?`.
        (&pair, 2017, "agreements_signed", Some(0)),
        // md-upgrade-istanbul-2004: Morocco is there as a member of the Dialogue's partners.
        (&pair, 2004, "events_via_group", Some(1)),
        (&pair, 2004, "events_named", Some(0)),
        // african-lion-2024, under a framework of the United States.
        (&pair, 2024, "not_nato", Some(1)),
        // Searched, and nothing was found.
        (&pair, 1997, "events_named", Some(0)),
        // algeria-ipcp-2014; searched for NATO.
        (&["algeria", "nato"], 2014, "agreements_signed", Some(1)),
        // algeria-invited-md-2000.
        (&["nato", "algeria"], 2000, "events_named", Some(1)),
        // jordan-trust-fund-3 began in 2014 or in 2015: sources differ, and the dispute is open. The other two may have gone on.
        (&["jordan", "nato"], 2014, "activities_certain", Some(0)),
        (&["jordan", "nato"], 2014, "activities_possible", Some(3)),
        // Nobody searched for Jordan or Italy with queries.
        (&["jordan", "italy"], 2010, "activities_possible", None),
        (&["jordan", "italy"], 2010, "records_known", Some(2)),
        // morocco-in-kfor names France.
        (&["france", "morocco"], 2010, "activities_certain", Some(1)),
    ];
    let expected = |count: Option<i64>| count.map_or(Cell::Null, Cell::Integer);
    for (sides, year, column, count) in counted {
        assert_eq!(*cell(dyads, sides, year, column), expected(count), "{sides:?} {year} {column}");
    }
    for (state, year, column, count) in [
        ("morocco", 2004, "events_via_group", Some(1)),
        ("morocco", 2019, "events_named", Some(2)),
        ("algeria", 2004, "events_named", None),
    ] {
        assert_eq!(*cell(states, &[state], year, column), expected(count), "{state} {year} {column}");
    }
}

#[test]
fn both_directions_of_a_pair_say_the_same_and_years_that_nobody_searched_are_empty() {
    let [dyads, ..] = &panels(&dataset(&surveys()))[..] else { panic!("three panels") };
    let at = |name: &str| dyads.column(name).expect("a column");
    let (a, b, year, searched, counts) = (at("side_a"), at("side_b"), at("year"), at("searched"), at("searched") + 1);
    let rows: BTreeMap<_, _> =
        dyads.rows.iter().map(|row| ((row[a].text(), row[b].text(), row[year].text()), &row[searched..])).collect();
    assert!(rows.len() > 500, "{}", rows.len());
    for ((a, b, year), row) in &rows {
        assert_eq!(rows.get(&(b.clone(), a.clone(), year.clone())), Some(row), "{a:?} {b:?} {year:?}");
    }
    for row in &dyads.rows {
        let is_searched = row[searched] == Cell::Boolean(true);
        assert!(row[counts + 1..].iter().all(|cell| (*cell != Cell::Null) == is_searched), "{row:?}");
    }
    let without = panels(&dataset(&[]));
    let searched = without[0].column("searched").expect("a column");
    assert!(
        without[0].rows.iter().all(|row| row[searched] == Cell::Boolean(false)),
        "without a survey, no year is searched"
    );
}

#[test]
fn a_member_of_the_year_is_certainly_one_at_its_end() {
    let club = json!({
        "names": { "en": "Club of the South" }, "type": "organisation",
        "identifiers": { "wikidata": "Q999999999" },
        "members": {
            "morocco": { "joined": "2003-05", "withdrew": "2012-03" },
            "egypt": { "joined": "2003-05?" },
            "jordan": { "role": "observer", "joined": "2003-05" }
        }
    });
    let meeting = json!({
        "names": { "en": "Meeting of the club" }, "type": "meeting", "when": "2010-01-10", "status": "held",
        "evidence": { "ac-2014-au": { "stance": "reports" } },
        "participants": {
            "club-of-the-south": { "roles": ["organiser"] }, "morocco": { "roles": ["speaker"] },
            "egypt": { "roles": ["speaker"] }, "jordan": { "roles": ["speaker"] }
        }
    });
    let more = [("actor/club-of-the-south.json", club), ("event/meeting-of-the-club.json", meeting)];
    let more: Vec<_> = more.into_iter().chain(surveys()).collect();
    let [dyads, ..] = &panels(&dataset(&more))[..] else { panic!("three panels") };
    for (side, year, is_member) in [
        ("morocco", 2002, false),
        ("morocco", 2003, true),
        ("morocco", 2011, true),
        ("morocco", 2012, false),
        // A date with `?` may be wrong by a year.
        ("egypt", 2003, false),
        ("egypt", 2004, true),
        ("egypt", 2010, true),
        ("jordan", 2010, false),
    ] {
        for key in [["club-of-the-south", side], [side, "club-of-the-south"]] {
            assert_eq!(*cell(dyads, &key, year, "member"), Cell::Boolean(is_member), "{key:?} {year}");
        }
    }
    assert_eq!(*cell(dyads, &["morocco", "egypt"], 2010, "member"), Cell::Boolean(false));
}

#[test]
fn the_years_of_a_panel_reach_to_every_year_in_which_a_record_may_lie() {
    let participants = json!({ "morocco": { "roles": ["host"] }, "nato": { "roles": ["visitor"] } });
    let event = |when: &str| {
        json!({ "names": { "en": "A visit" }, "type": "visit", "when": when, "status": "held",
            "participants": participants, "evidence": { "ac-2014-au": { "stance": "reports" } } })
    };
    let years = |when: &str| {
        let [dyads, ..] = &panels(&dataset(&[("event/a-visit.json", event(when))]))[..] else { panic!("three panels") };
        let at = dyads.column("year").expect("a column");
        let all = dyads.rows.iter().map(|row| if let Cell::Integer(year) = row[at] { year } else { panic!("{row:?}") });
        let years: BTreeSet<i64> = all.collect();
        let [first, last] = [years.first(), years.last()].map(|year| *year.expect("a year"));
        (first, last)
    };
    // The first record is of 1999; some activities have no end, and the research was closed in 2026.
    for (when, expected) in [
        ("2012", (1999, 2026)),
        ("1991", (1991, 2026)),
        ("1991?", (1991, 2026)),
        ("[1991..1995]", (1991, 2026)),
        ("199X", (1990, 2026)),
        ("[..1991]", (1991, 2026)),
        ("[1991..]", (1991, 2026)),
        ("2031?", (1999, 2026)),
    ] {
        assert_eq!(years(when), expected, "{when}");
    }
}

//! The panel `contribution_year`.

use std::collections::{BTreeMap, BTreeSet};

use comity::export::panels::panels;
use comity::export::tables::Cell;
use serde_json::{Value, json};

use super::panels::{cell, surveys};
use super::tables::dataset;

#[test]
fn contributions_have_the_figures_that_certainly_hold_in_the_year() {
    let [_, _, contributions] = &panels(&dataset(&surveys()))[..] else { panic!("three panels") };
    let at = |name: &str| contributions.column(name).expect("a column");
    let rows_of = |id: &str| -> BTreeMap<i64, &Vec<Cell>> {
        let id = Cell::Text(format!("activity:{id}"));
        let rows = contributions.rows.iter().filter(|row| row[at("contribution")] == id);
        rows.map(|row| (if let Cell::Integer(year) = row[at("year")] { year } else { panic!("{row:?}") }, row))
            .collect()
    };
    // morocco-in-kfor, 1999 to 2014-01-18; its officers act for Morocco. 2005 is `2005~`.
    let kfor = rows_of("morocco-in-kfor");
    assert_eq!(kfor.keys().copied().collect::<Vec<_>>(), (1999..=2014).collect::<Vec<_>>());
    let text = |text: &str| Cell::Text(text.to_owned());
    for (year, troops) in [(1999, None), (2005, None), (2007, None), (2008, Some(220.0)), (2014, Some(173.0))] {
        let row = kfor[&year];
        assert_eq!(row[at("troops_best")], troops.map_or(Cell::Null, Cell::Number), "{year}");
        assert_eq!(row[at("n_figures")], Cell::Integer(i64::from(troops.is_some())), "{year}");
        assert_eq!((&row[at("certain")], &row[at("contributor")]), (&Cell::Boolean(true), &text("actor:morocco")));
        assert_eq!((&row[at("operation")], &row[at("part_of")]), (&text("operation:kfor"), &Cell::Null));
        assert_eq!((&row[at("iso3")], &row[at("ships_best")]), (&text("MAR"), &Cell::Null));
    }
    // morocco-kfor-hospital began in or before 2006-04, and ended in or after that month.
    let hospital = rows_of("morocco-kfor-hospital");
    for (year, certain) in [(2005, false), (2006, true), (2013, false), (2014, false)] {
        assert_eq!(hospital[&year][at("certain")], Cell::Boolean(certain), "{year}");
        assert_eq!(hospital[&year][at("part_of")], text("activity:morocco-in-kfor"));
    }
    assert!(!hospital.contains_key(&2015));
}

#[test]
fn only_a_side_that_came_contributes_and_the_operation_is_any_number_of_activities_up() {
    let activity = |r#type: &str, under: &str, participants: Value| {
        json!({
            "names": { "en": "Ships" }, "type": r#type, "history": { "ongoing": "2010", "completed": "2011" },
            "under": [under], "evidence": { "ac-2014-au": { "stance": "reports" } }, "participants": participants
        })
    };
    let part = |attendance: Option<&str>| match attendance {
        Some(attendance) => json!({ "roles": ["contributor"], "attendance": attendance }),
        None => json!({ "roles": ["contributor"] }),
    };
    let nato = json!({ "nato": { "roles": ["lead"] } });
    let ships = json!({
        "morocco": part(None), "jordan": part(Some("declined")), "algeria": part(Some("invited")),
        "egypt": part(Some("online")), "some-friends": part(None)
    });
    let friends = json!({ "names": { "en": "Some friends" }, "type": "group", "members": { "france": {} },
        "identifiers": { "wikidata": "Q999999998" } });
    let dataset = dataset(&[
        ("actor/some-friends.json", friends),
        ("activity/top.json", activity("training", "operation:kfor", nato.clone())),
        ("activity/middle.json", activity("training", "activity:top", nato.clone())),
        ("activity/low.json", activity("training", "activity:middle", nato.clone())),
        ("activity/ships.json", activity("contribution", "activity:low", ships.clone())),
        // A circle has no end and no operation.
        ("activity/ring.json", activity("training", "activity:ring", nato)),
        ("activity/lost.json", activity("contribution", "activity:ring", ships)),
    ]);
    let [_, _, contributions] = &panels(&dataset)[..] else { panic!("three panels") };
    let at = |name: &str| contributions.column(name).expect("a column");
    let of = |id: &str| {
        let rows = contributions.rows.iter().filter(|row| row[at("contribution")].text().as_deref() == Some(id));
        rows.map(|row| (row[at("contributor")].text(), row[at("operation")].text())).collect::<BTreeSet<_>>()
    };
    let sides = ["actor:egypt", "actor:morocco"];
    let expected = |operation: Option<&str>| {
        sides.map(|side| (Some(side.to_owned()), operation.map(str::to_owned))).into_iter().collect::<BTreeSet<_>>()
    };
    assert_eq!(of("activity:ships"), expected(Some("operation:kfor")));
    assert_eq!(of("activity:lost"), expected(None));
}

#[test]
fn a_contribution_lies_in_the_life_of_its_operation() {
    let operation = json!({
        "names": { "en": "A short force" }, "type": "peace-support", "lead": "nato",
        "history": { "ongoing": "1995-12-20", "ended": "1996-12-21" },
        "evidence": { "ac-2014-au": { "stance": "reports" } }
    });
    let aircraft = |best: i64, at: &str| json!({ "measure": "aircraft", "at": at, "best": best, "unit": "aircraft" });
    let activity = |r#type: &str, under: &str, figures: Value| {
        json!({
            "names": { "en": "A part in it" }, "type": r#type, "history": { "ongoing": "[..1996-06]" },
            "under": [under], "participants": { "morocco": { "roles": ["contributor"] }, "nato": { "roles": ["lead"] } },
            "figures": figures, "evidence": { "ac-2014-au": { "stance": "reports" } }
        })
    };
    let figures = json!({ "early": aircraft(9, "1995-12-21"), "later": aircraft(4, "1996-02") });
    let more = [
        ("operation/short-force.json", operation),
        ("activity/part.json", activity("contribution", "operation:short-force", figures)),
        ("activity/course.json", activity("training", "activity:part", json!({}))),
    ];
    let more: Vec<_> = more.into_iter().chain(surveys()).collect();
    let all = panels(&dataset(&more));
    let [dyads, _, contributions] = &all[..] else { panic!("three panels") };
    let at = |name: &str| contributions.column(name).expect("a column");
    let part = Cell::Text("activity:part".to_owned());
    let rows = contributions.rows.iter().filter(|row| row[at("contribution")] == part);
    let found: Vec<_> =
        rows.map(|row| ["year", "n_figures", "aircraft_best"].map(|name| row[at(name)].clone())).collect();
    let expected = [
        [Cell::Integer(1995), Cell::Integer(1), Cell::Number(9.0)],
        [Cell::Integer(1996), Cell::Integer(1), Cell::Number(4.0)],
    ];
    assert_eq!(found, expected);
    // The course is under the contribution, so that the two count once; neither goes on after the operation.
    for (year, possible) in [(1996, 1), (1997, 0), (2020, 0)] {
        assert_eq!(*cell(dyads, &["morocco", "nato"], year, "activities_possible"), Cell::Integer(possible), "{year}");
    }
}

#[test]
fn the_number_of_a_year_is_that_of_the_figure_that_is_certainly_the_latest() {
    let by = |actor: &str, at: &str| json!({ "at": at, "best": 6, "by": actor });
    let at = |best: i64, at: &str| json!({ "at": at, "best": best });
    // The figures, how many certainly hold in 2011, and the number of that year.
    let cases: [(&[Value], i64, Option<f64>); 12] = [
        (&[at(6, "2011-03-27")], 1, Some(6.0)),
        (&[at(6, "2011-03-27"), at(4, "2011-04")], 2, Some(4.0)),
        (&[at(6, "2010-12-31"), at(4, "2011"), at(8, "2012-01")], 1, Some(4.0)),
        // Two types of aircraft of one day, also of equal numbers.
        (&[at(6, "2011-03-27"), at(2, "2011-03-27")], 2, None),
        (&[at(6, "2011-03-27"), at(6, "2011-03-27")], 2, None),
        // The day may be before, in, or after the vague date.
        (&[at(6, "2011-03-27"), at(6, "2011-03")], 2, None),
        (&[at(6, "2011-03-27"), at(4, "2011")], 2, None),
        (&[at(6, "2011-11-15"), at(4, "2011")], 2, None),
        (&[at(6, "2011-03-27"), at(4, "2011?")], 1, None),
        (&[at(6, "2011-03-27"), at(4, "[2010..2012]")], 1, None),
        (&[at(6, "2011-03-27"), json!({ "best": 12 })], 1, None),
        // Each may have its own aircraft.
        (&[by("royal-armed-forces", "2011-03-27"), by("morocco", "2011-04")], 2, None),
    ];
    let activity = |figures: &[Value]| {
        let named = figures.iter().enumerate().map(|(number, figure)| {
            let mut figure = figure.clone();
            (figure["measure"], figure["unit"]) = (json!("aircraft"), json!("aircraft"));
            (format!("aircraft-{number}"), figure)
        });
        json!({
            "names": { "en": "Aircraft" }, "type": "contribution", "history": { "ongoing": "2010", "completed": "2012" },
            "participants": { "morocco": { "roles": ["contributor"] }, "nato": { "roles": ["lead"] } },
            "figures": named.collect::<serde_json::Map<_, _>>(), "evidence": { "ac-2014-au": { "stance": "reports" } }
        })
    };
    let files = cases
        .iter()
        .enumerate()
        .map(|(number, (figures, ..))| (format!("activity/case-{number}.json"), activity(figures)));
    let files: Vec<_> = files.collect();
    let files: Vec<_> = files.iter().map(|(path, record)| (path.as_str(), record.clone())).collect();
    let [_, _, contributions] = &panels(&dataset(&files))[..] else { panic!("three panels") };
    let column = |name: &str| contributions.column(name).expect("a column");
    for (number, (figures, n_figures, best)) in cases.iter().enumerate() {
        let (key, year) = (Cell::Text(format!("activity:case-{number}")), Cell::Integer(2011));
        let is_row = |row: &&Vec<Cell>| row[column("contribution")] == key && row[column("year")] == year;
        let row = contributions.rows.iter().find(is_row).expect("a row");
        let expected = (Cell::Integer(*n_figures), best.map_or(Cell::Null, Cell::Number));
        assert_eq!((row[column("n_figures")].clone(), row[column("aircraft_best")].clone()), expected, "{figures:?}");
    }
}

//! What the tables say of days that are not fully known, and of actors of whom it is not clear for whom they act.

use comity::dataset::Dataset;
use comity::export::panels::panels;
use comity::query::stats::Stats;
use serde_json::{Value, json};

use super::linked::graph;
use super::rows::{named, of, record, rows};
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

#[test]
fn each_end_of_an_interval_says_whether_its_day_is_exact() {
    let visit = |when: &str| {
        let participants = json!({ "nato": { "roles": ["host"] }, "morocco": { "roles": ["visitor"] } });
        record(&json!({ "type": "visit", "when": when, "status": "held", "participants": participants }))
    };
    for (when, exact) in [
        ("2009-11-23/2009-11-26", ["true", "true"]),
        ("2009-11-23/2009-11-26?", ["true", "false"]),
        ("2009-11/2009-11-26", ["false", "true"]),
        ("2009-11-23", ["true", "true"]),
        ("2009-11-23~", ["false", "false"]),
        ("2009-11", ["false", "false"]),
    ] {
        let dataset = dataset(&[("event/a-visit.json", visit(when))]);
        let found = of(&dataset, "record", &["event:a-visit"], &["date_start_exact", "date_end_exact"]);
        assert_eq!(found, [exact], "{when}");
        let events = of(&dataset, "record", &[], &["kind", "date_start_exact"]);
        let counted = events.iter().filter(|row| **row == ["event", "true"]).count();
        assert_eq!(counted, Stats::of(&dataset).events.exact, "{when}");
    }
}

/// How many records the panel of pairs knows of Morocco and NATO in 2003.
fn known_of_pair(dataset: &Dataset) -> i64 {
    let dyads = named(panels(dataset), "dyad_year");
    let of_pair = rows(&dyads, &["actor:morocco"], &["side_b", "year", "records_known"]);
    let known = of_pair.iter().find(|row| row[..2] == ["actor:nato", "2003"]);
    known.map_or(0, |row| row[2].parse().expect("a number"))
}

#[test]
fn a_private_body_does_not_act_for_the_state_of_its_country() {
    let body = |r#type: &str, more: &Value| {
        let mut body = json!({ "names": { "en": "A body" }, "type": r#type, "country": "MA" });
        body.as_object_mut().expect("fields").extend(more.as_object().expect("fields").clone());
        body
    };
    let office = |organisation: &str| {
        json!({ "names": { "en": "A person" }, "type": "person", "offices": { "head": { "title": { "en": "Head" },
            "organisation": organisation, "level": "official", "from": "2001", "until": "2020" } } })
    };
    let bodies = [
        ("actor/a-think-tank.json", body("think-tank", &json!({}))),
        ("actor/its-centre.json", body("centre", &json!({ "part_of": "a-think-tank" }))),
        ("actor/its-head.json", office("its-centre")),
        ("actor/a-state-school.json", body("university", &json!({ "part_of": "morocco-mfa" }))),
        ("actor/an-adviser.json", office("morocco-mfa")),
    ];
    let before = known_of_pair(&dataset(&bodies));
    for (actor, basis, counts) in [
        ("a-think-tank", "country", 0),
        ("its-centre", "country", 0),
        ("its-head", "country", 0),
        ("a-state-school", "body", 1),
        ("an-adviser", "office", 1),
    ] {
        let participants = json!({ "nato": { "roles": ["host"] }, actor: { "roles": ["speaker"] } });
        let seminar =
            json!({ "type": "seminar", "when": "2003-03-04", "status": "held", "participants": participants });
        let seminar = record(&seminar);
        let more: Vec<_> = bodies.clone().into_iter().chain([("event/a-seminar.json", seminar)]).collect();
        let dataset = dataset(&more);
        let key = ["event:a-seminar", &format!("actor:{actor}")];
        let found = of(&dataset, "participation", &key, &["side", "side_basis"]);
        assert_eq!(found, [["actor:morocco", basis]], "{actor}");
        assert_eq!(known_of_pair(&dataset), before + counts, "{actor}");
        let graph = graph(&dataset);
        let node = graph.iter().find(|node| node["@id"] == "event:a-seminar").expect("a node");
        assert_eq!(node["comity:side"].to_string().contains("actor:morocco"), counts == 1, "{actor}");
    }
}

#[test]
fn a_doubtful_end_of_an_office_spoils_only_the_days_near_it() {
    let general = json!({ "names": { "en": "A general" }, "type": "person", "offices": { "chairman": {
        "title": { "en": "Chairman" }, "organisation": "nato", "level": "chief-of-defence",
        "from": "2012-06-26", "until": "2018?" } } });
    for (when, basis) in [
        ("2012-06-26", "office"),
        ("2016-12-30", "office"),
        ("2015", "office"),
        // A year is in doubt on either side of the year 2018, and of a day that is in doubt itself.
        ("2015?", "office"),
        ("2016?", "office-possible"),
        ("2017-01-01", "office-possible"),
        ("2018-05-05", "office-possible"),
        ("2012-06-25", "none"),
    ] {
        let participants = json!({ "morocco": { "roles": ["host"] }, "a-general": { "roles": ["visitor"] } });
        let visit = record(&json!({ "type": "visit", "when": when, "status": "held", "participants": participants }));
        let dataset = dataset(&[("actor/a-general.json", general.clone()), ("event/a-visit.json", visit)]);
        let found = of(&dataset, "participation", &["event:a-visit", "actor:a-general"], &["side_basis"]);
        assert_eq!(found, [[basis]], "{when}");
    }
}

#[test]
fn texts_of_one_side_or_publisher_are_not_independent() {
    let official =
        |issuer: &str| json!({ "type": "official", "issuer": issuer, "publisher": format!("Site of {issuer}") });
    let news = |publisher: &str| json!({ "type": "news", "publisher": publisher });
    let relay = |publisher: &str, relays: &str| json!({ "type": "news", "publisher": publisher, "relays": relays });
    // The sources, how many texts report the visit, how many voices, and how well it is known.
    let cases: [(&[Value], [&str; 3]); 9] = [
        (&[official("nato")], ["1", "1", "single"]),
        (&[official("nato"), official("nato")], ["2", "1", "single"]),
        (&[official("nato"), official("nato-defense-college")], ["2", "1", "single"]),
        (&[official("nato"), relay("A daily", "NATO")], ["2", "1", "single"]),
        (&[official("nato"), relay("A daily", "North Atlantic Treaty Organization")], ["2", "1", "single"]),
        (&[official("nato"), official("morocco")], ["2", "2", "independent"]),
        (&[official("nato"), news("A daily")], ["2", "2", "independent"]),
        (&[news("A daily"), news("A Daily")], ["2", "1", "single"]),
        (&[relay("A daily", "An agency"), relay("A weekly", "An agency")], ["1", "1", "single"]),
    ];
    for (sources, expected) in cases {
        let named = sources.iter().enumerate().map(|(number, source)| {
            let mut source = source.clone();
            source["languages"] = json!(["en"]);
            (format!("source/text-{number}.json"), source)
        });
        let evidence = (0..sources.len())
            .map(|number| (format!("text-{number}"), json!({ "stance": "reports", "supports": ["/when"] })));
        let visit = json!({ "names": { "en": "A visit" }, "type": "visit", "when": "2019-05-02", "status": "held",
            "participants": { "nato": { "roles": ["host"] }, "morocco": { "roles": ["visitor"] } },
            "evidence": evidence.collect::<serde_json::Map<_, _>>() });
        let files: Vec<_> = named.chain([("event/a-visit.json".to_owned(), visit)]).collect();
        let files: Vec<_> = files.iter().map(|(path, record)| (path.as_str(), record.clone())).collect();
        let found = of(&dataset(&files), "record", &["event:a-visit"], &["n_reporting", "n_voices", "grounds"]);
        assert_eq!(found, [expected], "{sources:?}");
    }
}

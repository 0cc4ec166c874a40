//! What tables, panels and counts say of values about which a dispute is open: nothing is certain.

use comity::dataset::Dataset;
use comity::export::panels::panels;
use comity::query::stats::Stats;
use serde_json::{Value, json};

use super::linked::graph;
use super::rows::{named, of, rows};
use super::tables::dataset;

/// A record on which a second source differs, with the outcome of the dispute at each place.
fn record(fields: &Value, says: &Value, outcome: &str) -> Value {
    let contested = says.as_object().expect("places").keys();
    let contested = contested.map(|place| (place.clone(), json!({ "outcome": outcome, "why": "Two papers differ." })));
    let mut record = json!({
        "names": { "en": "A record" },
        "evidence": {
            "ac-2014-au": { "stance": "reports", "supports": ["/type"] },
            "le1-2019": { "stance": "reports", "says": says },
        },
        "contested": contested.collect::<serde_json::Map<_, _>>(),
    });
    record.as_object_mut().expect("fields").extend(fields.as_object().expect("fields").clone());
    record
}

/// A visit of Morocco to NATO in 2003.
fn visit(says: &Value, outcome: &str) -> Value {
    let participants = json!({ "nato": { "roles": ["host"] }, "morocco": { "roles": ["visitor"] } });
    let visit = json!({ "type": "visit", "when": "2003-03-04", "status": "held", "participants": participants });
    record(&visit, says, outcome)
}

/// The years and the numbers that a column of the panel of pairs has for Morocco and NATO, where they are not 0.
fn counted(dataset: &Dataset, column: &str) -> Vec<[String; 2]> {
    let dyads = named(panels(dataset), "dyad_year");
    let found = rows(&dyads, &["actor:morocco"], &["side_b", "year", column]);
    let found = found.into_iter().filter(|row| row[0] == "actor:nato" && !matches!(row[2].as_str(), "" | "0"));
    found.map(|row| [row[1].clone(), row[2].clone()]).collect()
}

/// The years in which a column has more of Morocco and NATO than without these records.
fn added(files: &[(&str, Value)], column: &str) -> Vec<String> {
    let before = counted(&dataset(&searched(&[])), column);
    let after = counted(&dataset(&searched(files)), column);
    after.into_iter().filter(|row| !before.contains(row)).map(|[year, _]| year).collect()
}

/// Some files, with a survey that makes the years count as searched.
fn searched<'a>(files: &[(&'a str, Value)]) -> Vec<(&'a str, Value)> {
    let survey = json!({ "subjects": ["morocco"], "period": "2001/2008", "corpus": "An archive", "queries": ["Morocco"],
        "on": "2026-11-20", "extent": "excerpt" });
    files.iter().cloned().chain([("survey/years.json", survey)]).collect()
}

#[test]
fn a_date_in_an_open_dispute_is_one_of_the_days_of_all_sources() {
    let columns = ["date_edtf", "date_start_earliest", "date_end_latest", "date_uncertain", "date_start_exact"];
    for (other, outcome, expected, years) in [
        (
            "2005",
            "open",
            ["2003-03-04", "2003-03-04", "2005-12-31", "true", "false"],
            ["2003", "2004", "2005"].as_slice(),
        ),
        ("[..2003-02]", "open", ["2003-03-04", "", "2003-03-04", "true", "false"], &["2001", "2002", "2003"]),
        ("2003-03-04/2003-03-05", "open", ["2003-03-04", "2003-03-04", "2003-03-05", "true", "true"], &["2003"]),
        ("2005", "preferred", ["2003-03-04", "2003-03-04", "2003-03-04", "false", "true"], &[]),
    ] {
        let files = [("event/a-visit.json", visit(&json!({ "/when": other }), outcome))];
        let dataset = dataset(&files);
        assert_eq!(of(&dataset, "record", &["event:a-visit"], &columns), [expected], "{other} {outcome}");
        let possible: Vec<String> = added(&files, "events_possible");
        let possible: Vec<&str> = possible.iter().map(String::as_str).filter(|year| *year >= "2001").collect();
        assert_eq!(possible, years, "{other} {outcome}");
        assert_eq!(added(&files, "events_named").len(), usize::from(outcome == "preferred"), "{other} {outcome}");
        let graph = graph(&dataset);
        let node = graph.iter().find(|node| node["@id"] == "event:a-visit").expect("a node");
        assert_eq!(node.get("schema:startDate").is_some(), expected[4] == "true", "{other} {outcome}");
        let exact = of(&dataset, "record", &[], &["kind", "date_start_exact"]);
        let exact = exact.iter().filter(|row| **row == ["event", "true"]).count();
        assert_eq!(exact, Stats::of(&dataset).events.exact, "{other} {outcome}");
    }
}

#[test]
fn a_step_in_an_open_dispute_is_not_certain_wherever_the_dispute_is_written() {
    let participants = json!({ "nato": { "roles": ["lead"] }, "morocco": { "roles": ["beneficiary"] } });
    let history = json!({ "ongoing": "2003-02", "completed": "2006-05-01" });
    let course = json!({ "type": "training", "history": history, "participants": participants });
    let columns = ["date_start_latest", "date_end_earliest", "date_end_exact"];
    for (says, expected) in [
        (json!({ "/history/completed": "2004-05" }), ["2003-02-28", "2004-05-01", "false"]),
        (json!({ "/history": { "ongoing": "2004", "completed": "2006-05-01" } }), ["2004-12-31", "2006-05-01", "true"]),
        // A history that begins later may end before it begins on some readings, which are left out.
        (json!({ "/history/ongoing": "2006-06" }), ["2006-05-01", "2006-05-01", "true"]),
    ] {
        let files = [("activity/a-course.json", record(&course, &says, "open"))];
        let found = of(&dataset(&files), "record", &["activity:a-course"], &columns);
        assert_eq!(found, [expected], "{says}");
        assert!(added(&files, "activities_certain").len() <= 1, "{says}: at most the year of an end that all have");
    }
}

#[test]
fn who_took_part_after_one_source_alone_counts_as_possible() {
    let alone = json!({ "nato": { "roles": ["host"] } });
    let absent = json!({ "nato": { "roles": ["host"] }, "morocco": { "roles": ["visitor"], "attendance": "absent" } });
    for (says, outcome, took_part) in [
        (json!({ "/participants": alone }), "open", ["false", "true"]),
        (json!({ "/participants": alone }), "preferred", ["true", "true"]),
        (json!({ "/participants": absent }), "open", ["false", "true"]),
        (json!({ "/participants/morocco/attendance": "absent" }), "open", ["false", "true"]),
        (json!({ "/participants/nato/roles": ["chair"] }), "open", ["true", "true"]),
        (json!({ "/status": "cancelled" }), "open", ["false", "false"]),
    ] {
        let files = [("event/a-visit.json", visit(&says, outcome))];
        let found = of(&dataset(&files), "participation", &["event:a-visit"], &["actor", "took_part"]);
        assert_eq!(found, [["actor:morocco", took_part[0]], ["actor:nato", took_part[1]]], "{says} {outcome}");
        let is_certain = took_part[0] == "true";
        assert_eq!(added(&files, "events_named").len(), usize::from(is_certain), "{says} {outcome}");
        assert_eq!(added(&files, "events_possible").len(), usize::from(!is_certain), "{says} {outcome}");
    }
}

#[test]
fn a_member_is_certain_only_where_all_sources_have_it() {
    let club = |joined: &str| json!({ "type": "group", "members": { "morocco": { "joined": joined }, "algeria": { "joined": "2001" } } });
    let columns = ["joined_start_latest", "joined_uncertain", "basis"];
    for (joined, says, outcome, expected) in [
        ("2003", json!({ "/members/morocco/joined": "2005" }), "open", ["2005-12-31", "true", "accession"]),
        ("2003", json!({ "/members/morocco/joined": "2005" }), "preferred", ["2003-12-31", "false", "accession"]),
        (
            "2003",
            json!({ "/members": { "algeria": { "joined": "2001" } } }),
            "open",
            ["2003-12-31", "true", "disputed"],
        ),
        (
            "2003",
            json!({ "/members/morocco": { "joined": "2003", "withdrew": "2004" } }),
            "open",
            ["2003-12-31", "false", "disputed"],
        ),
        ("2003?", json!({ "/members/algeria/joined": "2002" }), "open", ["2003-12-31", "true", "accession"]),
    ] {
        let dataset = dataset(&[("actor/a-club.json", record(&club(joined), &says, outcome))]);
        let found = of(&dataset, "side_member", &["actor:a-club", "actor:morocco"], &columns);
        assert_eq!(found, [expected], "{says} {outcome}");
    }
}

#[test]
fn a_group_is_expanded_outside_the_days_of_a_doubtful_date() {
    let club = |left: &str| {
        json!({ "type": "group", "names": { "en": "A club" },
            "members": { "morocco": { "joined": "2001?", "withdrew": left } } })
    };
    for (when, left, is_there) in
        [("2004", "2008~", true), ("2007", "2008~", false), ("2002", "2008~", false), ("2007", "2008", true)]
    {
        let participants = json!({ "nato": { "roles": ["host"] }, "a-club": { "roles": ["participant"] } });
        let meeting = json!({ "names": { "en": "A meeting" }, "type": "meeting", "when": when, "status": "held",
            "participants": participants, "evidence": { "ac-2014-au": { "stance": "reports" } } });
        let files = [("actor/a-club.json", club(left)), ("event/a-meeting.json", meeting)];
        assert_eq!(!added(&files, "events_via_group").is_empty(), is_there, "{when} {left}");
    }
}

#[test]
fn who_leads_has_no_exact_day() {
    let force = json!({ "names": { "en": "A force" }, "type": "peace-support", "lead": "nato",
        "evidence": { "ac-2014-au": { "stance": "reports" } },
        "history": { "mandated": "2001-12-20", "ended": "2014-12-31" } });
    let dataset = dataset(&[("operation/a-force.json", force)]);
    let columns = ["edtf", "start_earliest", "start_latest", "end_earliest", "end_latest", "start_exact", "end_exact"];
    let columns = columns.map(|column| format!("date_{column}"));
    let found = of(&dataset, "participation", &["operation:a-force"], &columns.each_ref().map(String::as_str));
    assert_eq!(found, [["", "2001-12-20", "2014-12-31", "2001-12-20", "2014-12-31", "false", "false"]]);
}

#[test]
fn a_year_that_is_only_possible_is_told_beside_the_years() {
    let before = Stats::of(&dataset(&[])).doubtful_years;
    for (when, says, doubtful) in [
        ("2003?", json!({ "/when": "2003-05?" }), 1),
        ("2003", json!({ "/when": "2003-05" }), 1),
        ("2003", json!({ "/status": "cancelled" }), 0),
        // The year is not known.
        ("2003", json!({ "/when": "2004" }), 0),
    ] {
        let mut visit = visit(&says, "open");
        visit["when"] = when.into();
        let stats = Stats::of(&dataset(&[("event/a-visit.json", visit)]));
        assert_eq!(stats.doubtful_years - before, doubtful, "{when} {says}");
    }
}

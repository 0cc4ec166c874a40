//! What a row must say of records that are only planned, invited, denied or doubtful.

use comity::dataset::Dataset;
use comity::export::panels::panels;
use comity::export::tables::{Cell, Table, tables};
use serde_json::{Value, json};

use super::linked::graph;
use super::tables::dataset;

/// A record with evidence of one source, and with the fields laid over it.
pub(super) fn record(fields: &Value) -> Value {
    let mut record = json!({ "names": { "en": "A record" }, "evidence": { "ac-2014-au": { "stance": "reports" } } });
    record.as_object_mut().expect("fields").extend(fields.as_object().expect("fields").clone());
    record
}

fn activity(history: &Value) -> Value {
    let participants = json!({ "morocco": { "roles": ["contributor"] }, "nato": { "roles": ["lead"] } });
    record(&json!({ "type": "contribution", "history": history, "participants": participants }))
}

pub(super) fn named(all: Vec<Table>, name: &str) -> Table {
    all.into_iter().find(|table| table.name == name).unwrap_or_else(|| panic!("no table {name}"))
}

/// Some cells of every row whose first columns have these values, as texts; nothing for an empty cell.
pub(super) fn rows(table: &Table, key: &[&str], columns: &[&str]) -> Vec<Vec<String>> {
    let text = |cell: Option<&Cell>| cell.expect("a column").text().unwrap_or_default();
    let is_it = |row: &&Vec<Cell>| row.iter().zip(key).all(|(cell, of)| cell.text().as_deref() == Some(*of));
    let cells = |row: &Vec<Cell>| columns.iter().map(|column| text(table.cell(row, column))).collect();
    table.rows.iter().filter(is_it).map(cells).collect()
}

pub(super) fn of(dataset: &Dataset, table: &str, key: &[&str], columns: &[&str]) -> Vec<Vec<String>> {
    rows(&named(tables(dataset), table), key, columns)
}

#[test]
fn a_time_that_follows_from_a_history_has_the_marks_of_its_dates() {
    for (begun, doubts) in
        [("1999~", ["false", "true"]), ("1999?", ["true", "false"]), ("1999%", ["true"; 2]), ("1999", ["false"; 2])]
    {
        let history = json!({ "ongoing": begun, "completed": "2004" });
        let dataset = dataset(&[("activity/a-gift.json", activity(&history))]);
        for (table, key) in
            [("record", ["activity:a-gift"].as_slice()), ("participation", &["activity:a-gift", "actor:nato"])]
        {
            let found = of(&dataset, table, key, &["date_uncertain", "date_approximate"]);
            assert_eq!(found, [doubts], "{table} {begun}");
        }
    }
}

#[test]
fn what_was_planned_is_what_the_announcing_source_gives() {
    let event = |announcing: &Value| {
        let evidence = json!({ "le1-2019": { "stance": "reports" }, "ac-2014-au": announcing });
        let participants = json!({ "nato": { "roles": ["host"] }, "morocco": { "roles": ["visitor"] } });
        record(&json!({ "type": "staff-talks", "when": "2026-01-28", "status": "held", "participants": participants,
            "evidence": evidence }))
    };
    let gift = |announcing: &Value| {
        let mut gift = activity(&json!({ "approved": "2017-11-22", "ongoing": "2019" }));
        gift["evidence"] = json!({ "le1-2019": { "stance": "reports" }, "ac-2014-au": announcing });
        gift
    };
    let dataset = dataset(&[
        (
            "event/said.json",
            event(&json!({ "stance": "announces", "supports": ["/participants"], "says": { "/when": "2025-10" } })),
        ),
        ("event/shown.json", event(&json!({ "stance": "announces", "supports": ["/when"] }))),
        ("event/silent.json", event(&json!({ "stance": "announces", "supports": ["/participants"] }))),
        (
            "activity/said.json",
            gift(
                &json!({ "stance": "announces", "supports": ["/history/approved"], "says": { "/history/ongoing": "2018" } }),
            ),
        ),
        ("activity/shown.json", gift(&json!({ "stance": "announces", "supports": ["/history"] }))),
        ("activity/silent.json", gift(&json!({ "stance": "announces", "supports": ["/history/approved"] }))),
    ]);
    for (name, start, outcome) in [
        ("event:said", "2025-10-01", "fulfilled"),
        ("event:shown", "2026-01-28", "fulfilled"),
        ("event:silent", "", "fulfilled"),
        ("activity:said", "2018-01-01", "fulfilled"),
        ("activity:shown", "2019-01-01", "fulfilled"),
        // The day of the approval is not the time that was planned.
        ("activity:silent", "", "fulfilled"),
    ] {
        let found = of(&dataset, "plan", &[name], &["planned_start_earliest", "outcome"]);
        assert_eq!(found, [[start, outcome]], "{name}");
    }
}

#[test]
fn identifiers_and_reasons_of_withdrawal_stand_in_tables() {
    let identifiers = json!({ "wikidata": "Q1028", "nato-sps": "SfP-1" });
    let evidence = json!({ "le1-2019": { "stance": "reports", "supports": ["/history", "/participants", "/identifiers"] },
        "ac-2014-au": { "stance": "reports", "supports": ["/history", "/themes"] } });
    let mut project = activity(&json!({ "ongoing": "2007" }));
    project["identifiers"] = identifiers;
    project["evidence"] = evidence;
    project["themes"] = json!(["science"]);
    let mut withdrawn = activity(&json!({ "ongoing": "2007" }));
    withdrawn["retired"] = json!({ "on": "2026-11-30", "reason": "It never took place." });
    let dataset = dataset(&[("activity/a-project.json", project), ("activity/b-project.json", withdrawn)]);
    let found = of(&dataset, "identifier", &["activity:a-project"], &["scheme", "value"]);
    assert_eq!(found, [["wikidata", "Q1028"], ["nato-sps", "SfP-1"]]);
    let columns = ["path", "field", "entry", "is_fact", "agrees", "value_text", "value_json", "source"];
    let claims = named(tables(&dataset), "claim");
    let is_other = |row: &Vec<String>| ["identifiers", "themes"].contains(&row[2].as_str());
    let all = rows(&claims, &[], &[&["ref"][..], &columns].concat());
    let all: Vec<_> = all.into_iter().filter(|row| row[0] == "activity:a-project" && is_other(row)).collect();
    let row = |of: [&str; 8]| ["activity:a-project"].iter().chain(&of).map(ToString::to_string).collect::<Vec<_>>();
    let expected = [
        row(["/themes", "themes", "", "false", "true", "", r#"["science"]"#, "source:ac-2014-au"]),
        row([
            "/identifiers/nato-sps",
            "identifiers",
            "nato-sps",
            "false",
            "true",
            "SfP-1",
            r#""SfP-1""#,
            "source:le1-2019",
        ]),
        row([
            "/identifiers/wikidata",
            "identifiers",
            "wikidata",
            "false",
            "true",
            "Q1028",
            r#""Q1028""#,
            "source:le1-2019",
        ]),
    ];
    assert_eq!(all, expected);
    let reasons = of(&dataset, "record", &["activity:b-project"], &["retired_on", "retired_reason"]);
    assert_eq!(reasons, [["2026-11-30", "It never took place."]]);
}

#[test]
fn who_was_only_invited_is_no_member() {
    let dataset = dataset(&[]);
    let whole = "framework:mediterranean-dialogue";
    let members = of(&dataset, "side_member", &[whole], &["member"]);
    assert_eq!(members.len(), 7, "{members:?}");
    assert!(!members.contains(&vec!["actor:libya".to_owned()]));
    let steps = of(&dataset, "step", &[whole], &["subject", "step"]);
    assert!(steps.contains(&vec!["actor:libya".to_owned(), "invited".to_owned()]), "the invitation stays on record");
    let graph = graph(&dataset);
    let node = graph.iter().find(|node| node["@id"] == whole).expect("a node");
    assert_eq!(node["schema:member"].as_array().map(Vec::len), Some(7));
    assert_eq!(node["comity:invitee"]["schema:member"]["@id"], "actor:libya");
}

#[test]
fn who_only_receives_a_decision_did_not_take_part() {
    let dataset = dataset(&[]);
    let decision = "event:algeria-invited-md-2000";
    let found = of(&dataset, "participation", &[decision], &["actor", "took_part"]);
    assert_eq!(found, [["actor:algeria", "false"], ["actor:north-atlantic-council", "false"]]);
    let graph = graph(&dataset);
    let node = |name: &str| graph.iter().find(|node| node["@id"] == name).unwrap_or_else(|| panic!("no {name}"));
    assert_eq!(node(decision).get("schema:attendee"), None);
    let seminar = "event:rabat-seminar-2019";
    assert!(of(&dataset, "participation", &[seminar], &["took_part"]).contains(&vec!["true".to_owned()]));
    assert!(node(seminar).get("schema:attendee").is_some());
}

#[test]
fn nobody_took_part_in_what_did_not_take_place() {
    let retired = json!({ "on": "2025-01-01", "reason": "never held" });
    let visit = |status: &str| {
        let participants = json!({ "nato": { "roles": ["host"] }, "nasser-bourita": { "roles": ["visitor"] } });
        record(&json!({ "type": "visit", "when": "2019-05-02", "status": status, "participants": participants }))
    };
    let mut withdrawn = visit("held");
    withdrawn["retired"] = retired.clone();
    let events =
        ["held", "planned", "postponed", "cancelled"].map(|status| (format!("event/{status}.json"), visit(status)));
    let histories = [
        ("approved", json!({ "proposed": "2018", "approved": "2019" })),
        ("cancelled", json!({ "approved": "2018", "cancelled": "2019" })),
        ("ongoing", json!({ "ongoing": "2018" })),
        ("completed", json!({ "approved": "2018", "completed": "2019" })),
    ];
    let activities = histories.map(|(step, history)| (format!("activity/{step}.json"), activity(&history)));
    let mut minister: Value = json!({ "names": { "en": "A minister" }, "type": "person", "offices": { "minister": {
        "title": { "en": "Minister" }, "organisation": "morocco", "level": "minister", "from": "2017-05-25" } } });
    minister["retired"] = retired;
    let more = [("event/withdrawn.json".to_owned(), withdrawn), ("actor/a-minister.json".to_owned(), minister)];
    let more: Vec<_> = events.into_iter().chain(activities).chain(more).collect();
    let more: Vec<(&str, Value)> = more.iter().map(|(path, record)| (path.as_str(), record.clone())).collect();
    let dataset = dataset(&more);
    let graph = graph(&dataset);
    let node = |name: &str| graph.iter().find(|node| node["@id"] == name).unwrap_or_else(|| panic!("no {name}"));
    for (name, took_part) in [
        ("event:held", true),
        ("event:planned", false),
        ("event:postponed", false),
        ("event:cancelled", false),
        ("event:withdrawn", false),
        ("activity:approved", false),
        ("activity:cancelled", false),
        ("activity:ongoing", true),
        ("activity:completed", true),
    ] {
        let found = of(&dataset, "participation", &[name], &["took_part"]);
        assert_eq!(found, [[took_part.to_string()], [took_part.to_string()]], "{name}");
        let is_attended = node(name).get("schema:attendee").is_some();
        assert_eq!(is_attended, took_part && name.starts_with("event:"), "{name}");
    }
    for name in ["event:withdrawn", "actor:a-minister"] {
        let terms: Vec<&String> = node(name).as_object().expect("a node").keys().collect();
        assert_eq!(terms, ["@id", "@type", "schema:name", "comity:retired", "comity:reason"], "{name}");
    }
}

#[test]
fn the_number_of_a_claim_has_a_unit_and_says_whether_it_is_a_bound() {
    let figures = json!({
        "least": { "measure": "troops-rotated", "low": 11_000, "unit": "persons" },
        "most": { "measure": "budget", "high": 50, "unit": "USD" },
        "one": { "measure": "budget", "low": 7, "high": 7, "unit": "EUR" },
        "range": { "measure": "budget", "low": 7, "high": 8, "unit": "EUR" }
    });
    let mut gift = activity(&json!({ "ongoing": "2011" }));
    gift["figures"] = figures;
    gift["evidence"]["ac-2014-au"]["supports"] = json!(["/figures", "/participants"]);
    gift["evidence"]["le1-2019"] = json!({ "stance": "reports", "says": { "/figures/most/high": 60 } });
    let dataset = dataset(&[("activity/a-gift.json", gift)]);
    for (claim, expected) in [
        ("#/figures/least@ac-2014-au", ["11000", "persons", "low"]),
        ("#/figures/most@ac-2014-au", ["50", "USD", "high"]),
        ("!/figures/most/high@le1-2019", ["60", "USD", "high"]),
        ("#/figures/one@ac-2014-au", ["7", "EUR", "best"]),
        ("#/figures/range@ac-2014-au", ["", "EUR", ""]),
        ("#/participants/nato@ac-2014-au", ["", "", ""]),
    ] {
        let key = format!("activity:a-gift{claim}");
        let found = of(&dataset, "claim", &[&key], &["value_number", "value_unit", "value_bound"]);
        assert_eq!(found, [expected], "{claim}");
    }
}

#[test]
fn sources_that_deny_a_record_are_counted() {
    let mut denied = activity(&json!({ "ongoing": "2011" }));
    denied["evidence"] = json!({
        "ac-2014-au": { "stance": "reports", "supports": ["/participants", "/history", "/type"] },
        "le1-2019": { "stance": "contradicts", "supports": ["/participants/morocco"] }
    });
    let dataset = dataset(&[("activity/a-gift.json", denied)]);
    assert_eq!(of(&dataset, "record", &["activity:a-gift"], &["n_contradicting", "n_independent"]), [["1", "1"]]);
    let contributions = named(panels(&dataset), "contribution_year");
    let found = rows(&contributions, &["activity:a-gift"], &["year", "n_contradicting"]);
    assert_eq!(found.first(), Some(&vec!["2011".to_owned(), "1".to_owned()]));
}

#[test]
fn a_certain_end_touches_its_year_whatever_the_beginning() {
    let begun = |date: &str| activity(&json!({ "ongoing": date, "completed": "2018-04-04" }));
    let dataset =
        dataset(&[("activity/a-course.json", begun("2018-03?")), ("activity/b-course.json", begun("[..2018-03]"))]);
    let contributions = named(panels(&dataset), "contribution_year");
    assert_eq!(rows(&contributions, &["activity:a-course"], &["year", "certain"]), [["2018", "true"]]);
    let open = rows(&contributions, &["activity:b-course"], &["year", "certain"]);
    assert_eq!(open.last(), Some(&vec!["2018".to_owned(), "true".to_owned()]));
    assert!(open.iter().rev().skip(1).all(|row| row[1] == "false"), "{open:?}");
}

#[test]
fn a_mark_of_doubt_does_not_reach_an_office_of_other_years() {
    let minister = json!({ "names": { "en": "A minister" }, "type": "person", "offices": { "minister": {
        "title": { "en": "Minister" }, "organisation": "morocco", "level": "minister",
        "from": "2017-05-25", "until": "2019-03" } } });
    let visit = |when: &str| {
        let participants = json!({ "nato": { "roles": ["host"] }, "a-minister": { "roles": ["visitor"] } });
        record(&json!({ "type": "visit", "when": when, "status": "held", "participants": participants }))
    };
    for (when, side, basis) in [
        ("2011?", "", "none"),
        ("2016?", "actor:morocco", "office-possible"),
        ("2018?", "actor:morocco", "office-possible"),
        ("2018", "actor:morocco", "office"),
        ("2011", "", "none"),
    ] {
        let dataset = dataset(&[("actor/a-minister.json", minister.clone()), ("event/a-visit.json", visit(when))]);
        let found = of(&dataset, "participation", &["event:a-visit", "actor:a-minister"], &["side", "side_basis"]);
        assert_eq!(found, [[side, basis]], "{when}");
    }
}

#[test]
fn what_a_record_says_has_a_column() {
    let figure = |fields: Value| json!({ "stance": "reports", "says": { "/figures/cost": fields } });
    let mut paid = activity(&json!({ "ongoing": "2011" }));
    paid["figures"] = json!({ "cost": { "measure": "budget", "best": 1, "unit": "USD" } });
    paid["evidence"]["le1-2019"] = figure(json!({ "measure": "budget", "best": 3_600_000, "unit": "EUR" }));
    paid["evidence"]["ac-2014-au"] = figure(json!({ "measure": "budget", "low": 1, "high": 2, "unit": "EUR" }));
    let source = json!({ "type": "news", "publisher": "A paper", "languages": ["en"], "url": "https://example.org/a",
        "authors": ["A. Author", "B. Author"], "extent": "excerpt" });
    let land = json!({ "names": { "en": "A land" }, "type": "territory", "identifiers": { "wikidata": "Q1218" },
        "claims": { "jordan": { "kind": "claims" }, "morocco": { "kind": "administers", "from": "1975" } } });
    let mandated =
        json!({ "type": "peace-support", "lead": "nato", "history": { "ongoing": "1999" }, "mandate": "A resolution" });
    let meeting = json!({ "type": "meeting", "when": "2021", "status": "held", "online": true,
        "participants": { "nato": { "roles": ["host"] } } });
    let body = json!({ "names": { "en": "A body" }, "type": "organ", "part_of": "nato", "seat": "rabat" });
    let survey = json!({ "subjects": ["morocco", "nato"], "period": "1995/2024", "corpus": "An archive",
        "on": "2026-11-20", "extent": "excerpt" });
    let dataset = dataset(&[
        ("activity/a-gift.json", paid),
        ("source/a-source.json", source),
        ("place/a-land.json", land),
        ("operation/an-operation.json", record(&mandated)),
        ("event/a-meeting.json", record(&meeting)),
        ("actor/a-body.json", body),
        ("survey/a-survey.json", survey),
    ]);
    let one = |table: &str, key: &[&str], columns: &[&str]| of(&dataset, table, key, columns).concat().join(" | ");
    let cost = |source: &str| {
        let columns = ["value_number", "value_unit", "value_bound"];
        one("claim", &[&format!("activity:a-gift!/figures/cost@{source}")], &columns)
    };
    let expected = ["3600000 | EUR | best", " | EUR | "];
    assert_eq!([cost("le1-2019"), cost("ac-2014-au")], expected, "of two numbers none is the value");
    assert_eq!(one("source", &["source:a-source"], &["authors", "extent"]), "A. Author;B. Author | excerpt");
    assert_eq!(one("place", &["place:a-land"], &["wikidata", "disputed"]), "Q1218 | true");
    let claims = of(&dataset, "place_claim", &["place:a-land"], &["actor", "claim", "begun_edtf"]);
    assert_eq!(claims, [["actor:jordan", "claims", ""], ["actor:morocco", "administers", "1975"]]);
    assert_eq!(one("record", &["operation:an-operation"], &["mandate", "online"]), "A resolution | ");
    assert_eq!(one("record", &["event:a-meeting"], &["mandate", "online"]), " | true");
    assert_eq!(one("actor", &["actor:a-body"], &["seat"]), "place:rabat");
    assert_eq!(
        one("record", &["survey:a-survey"], &["title"]),
        "An archive: Morocco, North Atlantic Treaty Organization, 1995/2024"
    );
    assert_eq!(one("record", &["actor:morocco"], &["grounds"]), "", "no source has to show a state");
}

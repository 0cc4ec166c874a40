//! What is said to somebody who types a name where an id belongs, another word for a code, or another name of a field: over
//! frozen names of real records. A wrong suggestion makes a false record that passes.

use std::fmt::Write as _;

use comity::policy::Policy;
use comity::report::Diagnostic;
use comity::{Dataset, check};
use serde_json::{Map, Value, json};

use crate::world::today;

/// One line of the table.
struct Miss {
    place: &'static str,
    typed: &'static str,
    fix: &'static str,
    says: Vec<&'static str>,
    never: Vec<&'static str>,
}

fn misses() -> Vec<Miss> {
    let parts = |cell: Option<&'static str>| -> Vec<&'static str> {
        cell.unwrap_or_default().split(';').filter(|part| !part.is_empty()).collect()
    };
    let lines = include_str!("misses.tsv").lines().filter(|line| !line.starts_with("# "));
    let miss = |line: &'static str| {
        let mut cells = line.split('\t');
        let mut cell = || cells.next().expect("a cell");
        let (place, typed, fix) = (cell(), cell(), cell());
        Miss { place, typed, fix, says: parts(cells.next()), never: parts(cells.next()) }
    };
    lines.map(miss).collect()
}

/// A record that is right but for the miss, with its path.
fn record(number: usize, miss: &Miss) -> (String, Value) {
    let typed = miss.typed;
    let mut kind = "event";
    let mut event = json!({
        "names": { "en": format!("Miss {number}") }, "type": "meeting", "when": "2019-01-22", "status": "held",
        "participants": { "malta": { "roles": ["host"] }, "ghana": { "roles": ["participant"] } },
        "evidence": { "hespress-2016-pavel": { "stance": "reports" } }
    });
    let activity = json!({
        "names": { "en": format!("Miss {number}") }, "type": "training", "history": { "ongoing": "2019" },
        "participants": { "malta": { "roles": ["host"] } }, "evidence": { "hespress-2016-pavel": { "stance": "reports" } }
    });
    let actor =
        json!({ "names": { "en": format!("Miss {number}") }, "type": "state", "identifiers": { "wikidata": "Q1" } });
    let field = |object: &mut Value| {
        let (name, value) = typed.split_once('=').expect("a field and its value");
        object[name] = serde_json::from_str(value).expect("a value");
    };
    match miss.place {
        "actor" => event["participants"][typed] = json!({ "roles": ["guest"] }),
        "place" => event["places"] = json!([typed]),
        "framework" | "operation" => event["under"] = json!([format!("{}:{typed}", miss.place)]),
        "theme" => event["themes"] = json!([typed]),
        "source" => {
            event["evidence"] = Value::Object(Map::from_iter([(typed.to_owned(), json!({ "stance": "reports" }))]))
        }
        "role:event" => event["participants"]["malta"]["roles"] = json!([typed]),
        "type:event" => event["type"] = typed.into(),
        "status:event" => event["status"] = typed.into(),
        "stance" => event["evidence"]["hespress-2016-pavel"]["stance"] = typed.into(),
        "field:event" => field(&mut event),
        "field:activity" => {
            (kind, event) = ("activity", activity);
            event.as_object_mut().map(|fields| fields.remove("history"));
            field(&mut event);
        }
        "field:person" => {
            (kind, event) = ("actor", json!({ "names": { "en": format!("Miss {number}") }, "type": "person" }));
            field(&mut event);
        }
        "unit" => {
            let unit: Value = serde_json::from_str(typed).expect("a unit");
            event["figures"] = json!({ "money": { "measure": "budget", "best": 1.5, "unit": unit } });
        }
        "participant" => {
            event["participants"]["malta"] = json!({});
            field(&mut event["participants"]["malta"]);
        }
        "participants" => {
            event["participants"] = serde_json::from_str(&format!("{{ {typed} }}")).expect("participants");
        }
        "evidence" => field(&mut event["evidence"]["hespress-2016-pavel"]),
        "role:activity" | "type:activity" | "history" => {
            (kind, event) = ("activity", activity);
            match miss.place {
                "history" => field(&mut event["history"]),
                "type:activity" => event["type"] = typed.into(),
                _ => event["participants"]["malta"]["roles"] = json!([typed]),
            }
        }
        "type:source" => {
            kind = "source";
            event =
                json!({ "type": typed, "publisher": "Miss", "languages": ["en"], "url": "https://example.org/miss" });
        }
        "type:agreement" => {
            kind = "agreement";
            event = json!({
                "names": { "en": "Miss" }, "type": typed, "parties": { "malta": {}, "ghana": {} },
                "history": { "signed": "2019" }, "evidence": { "hespress-2016-pavel": { "stance": "reports" } }
            });
        }
        "type:actor" => {
            (kind, event) = ("actor", actor);
            event["type"] = typed.into();
        }
        other => panic!("no record for `{other}`"),
    }
    (format!("{kind}/miss-{number:03}.json"), event)
}

#[test]
fn no_suggestion_is_wrong_and_none_is_missing() {
    let misses = misses();
    assert!(misses.len() >= 150, "{} misses", misses.len());
    let mut builder = Dataset::builder(today());
    for line in include_str!("../frozen/names.ndjson").lines() {
        let record: Value = serde_json::from_str(line).expect("a record");
        let of = |field: &str| record[field].as_str().expect("kind and id").to_owned();
        builder = builder.file(&format!("{}/{}.json", of("kind"), of("id")), line);
    }
    let records: Vec<(String, Value)> = (0..).zip(&misses).map(|(number, miss)| record(number, miss)).collect();
    for (path, record) in &records {
        builder = builder.file(path, record.to_string());
    }
    let dataset = builder.build();
    let mut policy = Policy::of(&dataset);
    policy.unlimited = true;
    let report = check(&dataset, None, &policy);
    let mut wrong = String::new();
    let asked =
        ["dangling-reference", "impossible-date", "malformed-value", "unknown-code", "unknown-field", "wrong-type"];
    for (miss, (path, _)) in misses.iter().zip(&records) {
        let found: Vec<&Diagnostic> = report
            .diagnostics
            .iter()
            .filter(|found| found.location.path == *path && asked.contains(&found.rule.code))
            .collect();
        let mut said = String::new();
        for one in &found {
            let fix = one.fix.as_ref().map_or("-", |fix| fix.what.as_str());
            let _ = write!(said, "{} => {} [{fix}] ", one.message, one.help.as_deref().unwrap_or("-"));
        }
        let fixes: Vec<&str> = found.iter().filter_map(|one| Some(one.fix.as_ref()?.what.as_str())).collect();
        let is_fixed = match miss.fix {
            "-" => fixes.is_empty(),
            "*" => true,
            wanted => {
                fixes.len() == 1
                    && (fixes[0].contains(&format!("`{wanted}`"))
                        || fixes[0].contains(&format!("\"{wanted}\""))
                        || fixes[0].contains(&format!(":{wanted}`")))
            }
        };
        let is_said =
            miss.says.iter().all(|part| said.contains(part)) && !miss.never.iter().any(|part| said.contains(part));
        if found.is_empty() || !is_fixed || !is_said {
            let _ = writeln!(wrong, "{} {} -> {}: {said}", miss.place, miss.typed, miss.fix);
        }
    }
    assert!(wrong.is_empty(), "wrong or missing:\n{wrong}");
}

//! Parties to agreements: whether they took part, and until when.

use serde_json::{Value, json};

use super::linked::graph;
use super::rows::{of, record};
use super::tables::dataset;

fn agreement(history: &Value, of_morocco: &Value) -> Value {
    record(&json!({ "type": "memorandum", "history": history, "parties": { "morocco": of_morocco, "nato": {} } }))
}

#[test]
fn nobody_took_part_in_an_agreement_or_a_framework_that_did_not_come_about() {
    let agreements = [
        (json!({ "proposed": "2010" }), false),
        (json!({ "proposed": "2010", "negotiated": "2011" }), false),
        // A draft gave way to another one.
        (json!({ "proposed": "2010", "superseded": "2011" }), false),
        (json!({ "negotiated": "2010", "signed": "2011" }), true),
        (json!({ "in-force": "2010" }), true),
        (json!({ "expired": "2010" }), true),
    ];
    let frameworks = [
        (json!({ "proposed": "2010" }), false),
        (json!({ "proposed": "2010", "established": "2011" }), true),
        (json!({ "operating": "2011" }), true),
    ];
    for (history, took_part) in agreements {
        let dataset = dataset(&[("agreement/a-text.json", agreement(&history, &json!({})))]);
        let found = of(&dataset, "participation", &["agreement:a-text"], &["took_part"]);
        assert_eq!(found, [[took_part.to_string()], [took_part.to_string()]], "{history}");
    }
    for (history, took_part) in frameworks {
        let framework = record(&json!({ "type": "partnership", "history": history, "convenors": ["nato"] }));
        let dataset = dataset(&[("framework/a-club.json", framework)]);
        let found = of(&dataset, "participation", &["framework:a-club"], &["took_part"]);
        assert_eq!(found, [[took_part.to_string()]], "{history}");
    }
}

#[test]
fn a_party_is_one_until_it_withdrew_or_the_agreement_ended() {
    let same = json!({});
    let cases = [
        (json!({ "signed": "2008-06-02" }), same.clone(), ["2008-06-02", ""]),
        (json!({ "signed": "2008-06-02", "in-force": "2009-01-01" }), same.clone(), ["2008-06-02", ""]),
        (json!({ "in-force": "[2009..2012]", "suspended": "2013" }), same.clone(), ["[2009..2012]", ""]),
        (json!({ "signed": "2008-06-02", "terminated": "2014-05" }), same.clone(), ["2008-06-02", "2014-05"]),
        (json!({ "signed": "2008-06-02", "expired": "2014" }), same.clone(), ["2008-06-02", "2014"]),
        (json!({ "signed": "2008-06-02", "superseded": "2014" }), same, ["2008-06-02", "2014"]),
        (json!({ "signed": "2008-06-02" }), json!({ "signed": "2010-03-01" }), ["2010-03-01", ""]),
        (json!({ "signed": "2008-06-02" }), json!({ "withdrew": "2011-03-01" }), ["2008-06-02", "2011-03-01"]),
        (
            json!({ "signed": "2008-06-02", "expired": "2014" }),
            json!({ "ratified": "2009", "withdrew": "2011" }),
            ["2009", "2011"],
        ),
    ];
    for (history, steps, [first, last]) in cases {
        let dataset = dataset(&[("agreement/a-text.json", agreement(&history, &steps))]);
        let key = ["agreement:a-text", "actor:morocco"];
        let found = of(&dataset, "participation", &key, &["date_start_latest", "date_end_earliest"]);
        assert_eq!(found[0].iter().map(String::is_empty).collect::<Vec<_>>(), [false, last.is_empty()], "{history}");
        let graph = graph(&dataset);
        let node = graph.iter().find(|node| node["@id"] == key[0]).expect("the agreement");
        let parts = node["comity:participation"].as_array().expect("two parties");
        let part = parts.iter().find(|part| part.to_string().contains(key[1])).expect("Morocco");
        let end = |term: &str| part[term]["@value"].as_str().unwrap_or_default();
        assert_eq!([end("comity:begins"), end("comity:ends")], [first, last], "{history} {steps}");
        let exact = if last.len() == "2011-03-01".len() { last } else { "" };
        assert_eq!(end("schema:endDate"), exact, "{history} {steps}");
    }
}

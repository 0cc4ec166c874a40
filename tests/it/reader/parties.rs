//! Parties to agreements: whether they took part.

use serde_json::{Value, json};

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

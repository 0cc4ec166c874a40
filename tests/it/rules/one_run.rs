//! One run reports every fault of a record, so that a contributor needs few rounds.

use std::collections::BTreeSet;

use crate::tool::{Folder, found};

/// A missing comma hides neither a wrong code, a misspelt field and a reference to nothing, nor what is missing.
#[test]
fn a_record_with_five_faults_is_told_all_five_at_once() {
    let folder = Folder::of_the_world();
    let record = r#"{ "names": { "en": "A visit" }, "type": "visite", "status": "held",
  "participants": { "nobody-at-all": { "role": ["host"] }, "nato": { "roles": ["visitor"] } }
  "evidence": { "a-report": { "stance": "reports" } } }"#;
    folder.write("data/event/faulty.json", record);
    let (ran, report) = folder.check(&["data/event/faulty.json"]);
    assert_eq!(ran.code, Some(1));
    let rules: BTreeSet<&str> = found(&report).into_iter().map(|(rule, _)| rule).collect();
    for rule in ["syntax", "unknown-code", "unknown-field", "dangling-reference", "missing-field"] {
        assert!(rules.contains(rule), "{rule} is not among {rules:?}");
    }
    assert_eq!(found(&report).len(), 5, "one mistake, one finding: {report}");
}

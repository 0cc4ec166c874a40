//! The shipped records as JSON.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use comity::kind::Kind;
use serde_json::Value;

/// The records as JSON, by kind and id.
pub(super) struct Records(pub(super) BTreeMap<Kind, BTreeMap<String, Value>>);

impl Records {
    pub(super) fn read() -> Self {
        let mut records: BTreeMap<Kind, BTreeMap<String, Value>> = BTreeMap::new();
        for (kind, path) in files() {
            let text = fs::read_to_string(&path).expect("a text");
            let id = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            records.entry(kind).or_default().insert(id, serde_json::from_str(&text).expect("JSON"));
        }
        Self(records)
    }

    pub(super) fn of(&self, kind: Kind) -> impl Iterator<Item = &Value> {
        self.0[&kind].values()
    }

    pub(super) fn count(&self, kind: Kind, is_one: impl Fn(&Value) -> bool) -> usize {
        self.of(kind).filter(|record| is_one(record)).count()
    }

    /// The country of an actor, or the topmost body that it is part of, as the script in the page has it.
    pub(super) fn side<'a>(&'a self, id: &'a str) -> &'a str {
        let actor = &self.0[&Kind::Actor][id];
        let office = actor["offices"].as_object().and_then(|offices| offices.values().next()?["organisation"].as_str());
        match (actor["country"].as_str(), office.or(actor["part_of"].as_str())) {
            (Some(country), _) => country,
            (None, Some(above)) => self.side(above),
            (None, None) => id,
        }
    }

    /// The sides of an event's participants that came and have a role; all that came where no role is given.
    pub(super) fn sides<'a>(&'a self, event: &'a Value, role: Option<&str>) -> BTreeSet<&'a str> {
        let parts = event["participants"].as_object().into_iter().flatten();
        let came = |part: &Value| part["attendance"].as_str().is_none_or(|how| how == "online");
        let has = |part: &Value| came(part) && role.is_none_or(|role| list(&part["roles"]).any(|one| one == role));
        parts.filter(|(_, part)| has(part)).map(|(id, part)| self.side(part["for"].as_str().unwrap_or(id))).collect()
    }
}

/// Every file of the shipped records.
pub(super) fn files() -> Vec<(Kind, PathBuf)> {
    let root = Path::new(crate::ROOT).join("data");
    let mut found = Vec::new();
    for kind in Kind::ALL {
        for file in fs::read_dir(root.join(kind.name())).expect("a folder") {
            found.push((kind, file.expect("a file").path()));
        }
    }
    found
}

/// The texts of a list.
pub(super) fn list(value: &Value) -> impl Iterator<Item = &str> {
    value.as_array().into_iter().flatten().filter_map(Value::as_str)
}

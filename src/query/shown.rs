//! What a source shows of a record. Rules, tables and the diff ask here, so that each question has one answer.

use comity_document::pointer::Pointer;

use crate::record::{Evidence, Record, Source, Stance};
use crate::value::{FieldPointer, NonEmptyMap, Ref, UniqueList};

/// The sources that show a place of a record with all that lies below.
pub fn showing<'a>(record: &'a Record, place: &'a Pointer) -> impl Iterator<Item = (&'a Ref<Source>, &'a Evidence)> {
    record.evidence().filter(|(_, evidence)| Shown::of(record, evidence).covers(place))
}

/// The places of a record that one source shows.
#[derive(Debug, Clone, Copy)]
pub enum Shown<'a> {
    /// These places, with all that lies below them.
    Places(&'a UniqueList<FieldPointer>),
    /// Everything, as the only source of the record, but the places at which the source has values of its own.
    AllBut(Option<&'a NonEmptyMap<FieldPointer, serde_json::Value>>),
    /// Nothing, or nobody can tell what: one of several sources names no places.
    Nothing,
}

impl<'a> Shown<'a> {
    /// What a source shows. `evidence` belongs to the record. A source that contradicts shows nothing.
    pub fn of(record: &Record, evidence: &'a Evidence) -> Self {
        if evidence.stance == Stance::Contradicts { Self::Nothing } else { Self::about(record, evidence) }
    }

    /// What a source speaks about: what it shows or, where it contradicts, what it denies.
    pub fn about(record: &Record, evidence: &'a Evidence) -> Self {
        let is_only = || record.envelope.evidence.as_ref().is_some_and(|all| all.count() == 1);
        match &evidence.supports {
            Some(places) => Self::Places(places),
            None if is_only() => Self::AllBut(evidence.says.as_ref()),
            None => Self::Nothing,
        }
    }

    /// Whether the source shows anything.
    pub fn is_any(self) -> bool {
        !matches!(self, Self::Nothing)
    }

    /// Whether the source shows a place with all that lies below. The cost grows with the number of places; whoever asks of
    /// thousands makes an index of [`places`](Self::places) and [`exceptions`](Self::exceptions).
    pub fn covers(self, place: &Pointer) -> bool {
        match self {
            Self::Places(places) => places.iter().any(|shown| shown.pointer().covers(place)),
            Self::AllBut(_) => !self.exceptions().any(|said| said.pointer().covers(place)),
            Self::Nothing => false,
        }
    }

    /// The places that the source names as shown.
    pub fn places(self) -> impl Iterator<Item = &'a FieldPointer> {
        let places = if let Self::Places(places) = self { Some(places) } else { None };
        places.into_iter().flat_map(|places| places.iter())
    }

    /// The places that the only source does not show, since it has values of its own for them.
    pub fn exceptions(self) -> impl Iterator<Item = &'a FieldPointer> {
        let said = if let Self::AllBut(said) = self { said } else { None };
        said.into_iter().flat_map(NonEmptyMap::keys)
    }
}

#[cfg(test)]
mod tests {
    use comity_document::at;
    use serde_json::{Value, json};

    use super::*;

    fn shows(evidence: &Value) -> [bool; 3] {
        let event = json!({
            "kind": "event", "id": "a-visit", "names": { "en": "A visit" }, "type": "visit", "when": "2019-01-22",
            "status": "held", "participants": { "nato": { "roles": ["visitor"] } }, "evidence": evidence,
        });
        let record: Record = serde_json::from_value(event).expect("an event");
        let (_, first) = record.evidence().next().expect("a source");
        [at!["when"], at!["participants"], at!["participants", "nato"]].map(|at| Shown::of(&record, first).covers(&at))
    }

    #[test]
    fn a_source_shows_what_it_names_and_the_only_one_shows_the_rest() {
        let nato = "/participants/nato";
        for (first, alone, among_others) in [
            (json!({ "stance": "reports" }), [true; 3], [false; 3]),
            (json!({ "stance": "reports", "supports": ["/when"] }), [true, false, false], [true, false, false]),
            (json!({ "stance": "implies", "supports": ["/participants"] }), [false, true, true], [false, true, true]),
            (json!({ "stance": "reports", "supports": [nato] }), [false, false, true], [false, false, true]),
            (json!({ "stance": "reports", "says": { "/when": "2019" } }), [false, true, true], [false; 3]),
            (json!({ "stance": "contradicts" }), [false; 3], [false; 3]),
            (json!({ "stance": "contradicts", "supports": ["/when"] }), [false; 3], [false; 3]),
        ] {
            assert_eq!(shows(&json!({ "a-page": first })), alone, "{first}");
            let other = json!({ "stance": "reports", "supports": ["/status"] });
            assert_eq!(shows(&json!({ "a-page": first, "b-page": other })), among_others, "{first} among others");
        }
    }
}

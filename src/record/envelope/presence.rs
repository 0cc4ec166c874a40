//! The fields of the envelope that each kind has.

use super::Envelope;
use crate::kind::Kind;

/// Whether a kind has a field of the envelope.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    /// The record must have the field.
    Required,
    /// The record may have the field.
    Optional,
    /// The kind does not have the field.
    Absent,
}

/// Whether a kind has a field of the envelope. Schemas and decoding use this function.
pub fn presence(kind: Kind, field: &str) -> Presence {
    use Kind::{Activity, Actor, Agreement, Event, Framework, Operation, Place, Source, Statement, Survey, Theme};
    let has = match field {
        "names" if matches!(kind, Source | Survey) => false,
        "figures" | "related" | "evidence" | "contested" | "unknown" => !matches!(kind, Theme | Source | Survey),
        "aliases" | "summary" => !matches!(kind, Source | Statement | Survey),
        "themes" => !matches!(kind, Theme | Place | Source | Survey),
        "under" => !matches!(kind, Actor | Source | Theme | Survey),
        "places" => matches!(kind, Event | Activity | Agreement | Operation),
        _ => true,
    };
    let needs = match field {
        "names" => kind != Statement,
        "evidence" => matches!(kind, Framework | Agreement | Operation | Activity | Event | Statement),
        _ => false,
    };
    match (has, needs) {
        (false, _) => Presence::Absent,
        (true, true) => Presence::Required,
        (true, false) => Presence::Optional,
    }
}

impl Envelope {
    /// The first field that is missing, or that the kind does not have.
    pub(in crate::record) fn misfit(&self, kind: Kind) -> Option<&'static str> {
        let fields = [
            ("names", self.names.is_some()),
            ("aliases", self.aliases.is_some()),
            ("summary", self.summary.is_some()),
            ("under", self.under.is_some()),
            ("places", self.places.is_some()),
            ("related", self.related.is_some()),
            ("figures", self.figures.is_some()),
            ("themes", self.themes.is_some()),
            ("evidence", self.evidence.is_some()),
            ("contested", self.contested.is_some()),
            ("unknown", self.unknown.is_some()),
        ];
        let misfits = |(field, there): &(&str, bool)| match presence(kind, field) {
            Presence::Required => !there,
            Presence::Absent => *there,
            Presence::Optional => false,
        };
        fields
            .into_iter()
            .find(misfits)
            .map(|(field, _)| field)
            .or_else(|| self.kind.as_ref().is_some_and(|name| name.0 != kind).then_some("kind"))
    }
}

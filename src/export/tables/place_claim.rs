//! The table `place_claim`.

use comity_document::at;

use super::column::table;
use super::{Context, DateCells, to};
use crate::record::Place;
use crate::value::NonEmptyMap;

table! {
    /// One row for every actor that administers or claims a disputed place. What lies in the place (`place.under`) has no rows
    /// of its own.
    PlaceClaimRow "place_claim" key ["place", "actor"] {
        /// The place.
        place: String => "record",
        /// The actor.
        actor: String => "record",
        /// `administers` where the actor governs the place in fact, `claims` where it claims the place.
        claim: String where ["ClaimKind"],
        /// The beginning of the claim.
        begun: Option<DateCells>,
        /// The end of the claim.
        ended: Option<DateCells>,
    }
}

pub(super) fn rows(context: &Context<'_>) -> Vec<PlaceClaimRow> {
    let mut rows = Vec::new();
    for (key, record, place) in context.each::<Place>() {
        for (actor, claim) in place.claims.iter().flat_map(NonEmptyMap::iter) {
            rows.push(PlaceClaimRow {
                place: key.to_string(),
                actor: to(actor),
                claim: claim.kind.to_string(),
                begun: claim.from.as_ref().map(|from| DateCells::at(record, &at!["claims", actor, "from"], from)),
                ended: claim.until.as_ref().map(|until| DateCells::at(record, &at!["claims", actor, "until"], until)),
            });
        }
    }
    rows
}

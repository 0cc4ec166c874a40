//! Sides as far as summaries tell; see [`sides`](crate::query::sides).

use crate::dataset::{Dataset, Days, Field, LinkEnd, RecordType, Way};
use crate::record::ActorType;

/// The bodies for which an actor may act in those days: itself, or those of the offices of a person. `None` for an actor that is not
/// on record.
pub(super) fn bodies(dataset: &Dataset, actor: LinkEnd, days: Days) -> Option<Vec<LinkEnd>> {
    let summary = dataset.summary_of(actor)?;
    if summary.r#type != RecordType::Actor(ActorType::Person) {
        return Some(vec![actor]);
    }
    let offices = summary.acting.iter().filter(|term| term.way == Way::Office && !term.days.apart(days));
    Some(offices.map(|office| summary.links[office.link as usize].end()).collect())
}

/// The side of a body, as far as summaries tell.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum KeptSide {
    Several,
    Country([u8; 2]),
    Own(LinkEnd),
}

pub(super) fn side_of(dataset: &Dataset, body: LinkEnd) -> Option<KeptSide> {
    let (mut body, mut summary) = (body, dataset.summary_of(body)?);
    if summary.r#type == RecordType::Actor(ActorType::Group) {
        return Some(KeptSide::Several);
    }
    for _ in 0..16 {
        let is_organisation = summary.r#type == RecordType::Actor(ActorType::Organisation);
        let above = summary.links.iter().find(|link| link.field() == Field::PartOf).filter(|_| !is_organisation);
        let Some(above) = above else {
            let country = summary.country.filter(|_| !is_organisation);
            return Some(country.map_or(KeptSide::Own(body), KeptSide::Country));
        };
        body = above.end();
        summary = dataset.summary_of(body)?;
    }
    None
}

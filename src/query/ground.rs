//! The ground on which a place lies: a country, or none where actors dispute it.

use crate::dataset::Dataset;
use crate::kind::Kind;
use crate::record::{Body, Record};
use crate::value::Country;

/// The ground on which a place lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ground {
    /// A country.
    Of(Country),
    /// A place with claims, be it one, or a place in such a place. It has no country, whatever the place says.
    Disputed,
    /// A sea or a region that lies in no one country.
    Nobody,
}

impl Ground {
    /// The country; `None` where there is none, or where that is disputed.
    pub fn country(self) -> Option<Country> {
        match self {
            Self::Of(country) => Some(country),
            Self::Disputed | Self::Nobody => None,
        }
    }
}

/// How far up the larger places are looked for. The bound ends a circle, which `reference-cycle` reports.
const DEPTH: usize = 16;

/// The ground of a place: its own, else that of the larger places in which it lies.
pub fn ground(dataset: &Dataset, place: &Record) -> Ground {
    let mut country = None;
    for place in std::iter::successors(Some(place), |place| larger(dataset, place)).take(DEPTH) {
        let Body::Place(place) = &place.body else { break };
        if place.claims.is_some() {
            return Ground::Disputed;
        }
        country = country.or(place.country);
    }
    country.map_or(Ground::Nobody, Ground::Of)
}

fn larger<'a>(dataset: &'a Dataset, place: &Record) -> Option<&'a Record> {
    dataset.record(place.above(Kind::Place)?.into()).map(|(_, record)| record)
}

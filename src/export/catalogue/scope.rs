//! What the records of a release are about, for catalogues: countries and topics, worked out from the records. The years are
//! those of the panels.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::dataset::Dataset;
use crate::export::sorted;
use crate::query::ground::ground;
use crate::query::{states, time};
use crate::record::Body;
use crate::value::Country;

/// What the records are about.
#[derive(Debug, Default, PartialEq, Eq)]
pub(in crate::export) struct Scope {
    /// The names of the countries in which something happened or was said, as [`states::name`] has them.
    pub(in crate::export) countries: BTreeSet<String>,
    /// The names of the broadest themes.
    pub(in crate::export) topics: BTreeSet<String>,
}

impl Scope {
    pub(in crate::export) fn of(dataset: &Dataset) -> Self {
        let mut scope = Self::default();
        let mut countries: BTreeSet<Country> = BTreeSet::new();
        for (_, record) in sorted(dataset) {
            match &record.body {
                Body::Theme(theme) if theme.broader.is_none() => {
                    scope.topics.extend(record.title().map(str::to_owned));
                }
                Body::Event(_) | Body::Activity(_) | Body::Agreement(_) | Body::Statement(_)
                    if time::stands(record) =>
                {
                    let places = record.envelope.places.iter().flat_map(|places| places.iter());
                    let places = places.filter_map(|place| dataset.get(place).map(|(_, place, _)| place));
                    countries.extend(places.filter_map(|place| ground(dataset, place).country()));
                }
                _ => {}
            }
        }
        let states = states::states(dataset);
        scope.countries = countries.into_iter().map(|country| states::name(&states, country).to_owned()).collect();
        scope
    }

    /// The topics as keywords; `None` where there is none.
    pub(in crate::export) fn keywords(&self) -> Option<Value> {
        (!self.topics.is_empty()).then(|| json!(self.topics))
    }

    /// The names of the countries; `None` where there is none.
    pub(in crate::export) fn country_names(&self) -> Option<Value> {
        (!self.countries.is_empty()).then(|| json!(self.countries))
    }
}

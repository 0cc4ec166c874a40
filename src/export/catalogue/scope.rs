//! What the records of a release are about, for catalogues: countries and topics, worked out from the records. The years are
//! those of the panels.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::dataset::Dataset;
use crate::export::sorted;
use crate::query::ground::ground;
use crate::query::time;
use crate::record::{Body, Record};
use crate::value::Country;

/// What the records are about.
#[derive(Debug, Default, PartialEq, Eq)]
pub(in crate::export) struct Scope {
    /// The countries in which something happened or was said.
    pub(in crate::export) countries: BTreeSet<Country>,
    /// The names of the broadest themes.
    pub(in crate::export) topics: BTreeSet<String>,
}

impl Scope {
    pub(in crate::export) fn of(dataset: &Dataset) -> Self {
        let mut scope = Self::default();
        for (_, record) in sorted(dataset) {
            match &record.body {
                Body::Theme(theme) if theme.broader.is_none() => {
                    scope.topics.extend(record.title().map(str::to_owned));
                }
                Body::Event(_) | Body::Activity(_) | Body::Agreement(_) | Body::Statement(_)
                    if time::stands(record) =>
                {
                    scope.add(dataset, record);
                }
                _ => {}
            }
        }
        scope
    }

    fn add(&mut self, dataset: &Dataset, record: &Record) {
        let places = record.envelope.places.iter().flat_map(|places| places.iter());
        let places = places.filter_map(|place| dataset.get(place).map(|(_, place, _)| place));
        self.countries.extend(places.filter_map(|place| ground(dataset, place).country()));
    }

    /// The topics as keywords; `None` where there is none.
    pub(in crate::export) fn keywords(&self) -> Option<Value> {
        (!self.topics.is_empty()).then(|| json!(self.topics))
    }

    /// The names of the countries; `None` where there is none.
    pub(in crate::export) fn country_names(&self) -> Option<Value> {
        let names = self.countries.iter().map(|country| country.name()).collect::<BTreeSet<_>>();
        (!names.is_empty()).then(|| json!(names))
    }
}

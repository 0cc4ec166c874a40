//! The records of states: what a country is called, and which record stands for it.

use hashbrown::HashMap;

use crate::dataset::{Dataset, TypedRecord};
use crate::record::{Actor, ActorType};
use crate::value::Country;

/// The records of states by country; where a country has several, the first by id.
pub fn states(dataset: &Dataset) -> HashMap<Country, TypedRecord<'_, Actor>> {
    let mut states: HashMap<Country, TypedRecord<'_, Actor>> = HashMap::new();
    for actor in dataset.actors().filter(|actor| actor.fields.r#type == ActorType::State) {
        let Some(country) = actor.fields.country else { continue };
        let known = states.entry(country).or_insert(actor);
        if actor.key < known.key {
            *known = actor;
        }
    }
    states
}

/// The name of a country: the English name of the record of its state, else that of ISO 3166-1.
pub fn name<'a>(states: &HashMap<Country, TypedRecord<'a, Actor>>, country: Country) -> &'a str {
    states.get(&country).and_then(|state| state.record.title()).unwrap_or_else(|| country.name())
}

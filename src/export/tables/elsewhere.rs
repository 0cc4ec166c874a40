//! What is not NATO's: frameworks and operations that others run, and what belongs to them alone.

use hashbrown::HashSet;

use super::to;
use crate::dataset::Dataset;
use crate::kind::Kind;
use crate::query::links;
use crate::record::{Actor, Body, Record, Target};
use crate::value::{Key, Ref};

/// The records that are not NATO's.
#[derive(Debug)]
pub(in crate::export) struct Elsewhere<'a>(HashSet<Target<'a>>);

impl<'a> Elsewhere<'a> {
    /// The frameworks and operations that neither NATO nor a body of NATO runs, and the records that belong to such
    /// frameworks and operations alone.
    pub(super) fn of(dataset: &'a Dataset, records: &[(&'a Key, &'a Record)]) -> Self {
        let (mut own, mut others) = (Vec::new(), Vec::new());
        for (key, record) in records {
            match &record.body {
                Body::Framework(framework) if framework.convenors.iter().any(|actor| is_nato(dataset, actor)) => {
                    own.push(*key)
                }
                Body::Operation(operation) if is_nato(dataset, &operation.lead) => own.push(*key),
                Body::Framework(_) | Body::Operation(_) => others.push(*key),
                _ => {}
            }
        }
        let is_run = |target: Target<'_>| matches!(target.kind, Kind::Framework | Kind::Operation);
        let below = |above: &[&'a Key]| {
            let mut below = links::below(dataset, above.iter().map(|key| Target::from(*key)), |target| !is_run(target));
            below.retain(|target| !is_run(*target));
            below
        };
        let mut elsewhere = below(&others);
        let own = below(&own);
        elsewhere.retain(|target| !own.contains(target));
        elsewhere.extend(others.iter().map(|key| Target::from(*key)));
        Self(elsewhere)
    }

    /// Whether a record is not NATO's. A record that belongs to nothing is not known to be elsewhere.
    pub(in crate::export) fn holds(&self, key: &Key) -> bool {
        self.0.contains(&Target::from(key))
    }
}

/// Whether an actor is NATO or a part of NATO. The bound ends a circle of parts.
fn is_nato(dataset: &Dataset, actor: &Ref<Actor>) -> bool {
    let above = |actor: &&Ref<Actor>| dataset.get(*actor).and_then(|(.., fields)| fields.part_of.as_ref());
    std::iter::successors(Some(actor), above).take(16).any(|actor| to(actor) == "actor:nato")
}

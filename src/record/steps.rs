//! The steps of all histories of a record.

use comity_document::pointer::Path;

use super::{Body, Record};
use crate::value::{Lifecycle, Membership, NonEmptyMap, Ref, Status, Step, Steps};

/// A function that is called with the place of a step, its status, and the step.
type Visit<'v> = dyn FnMut(&Path<'_>, &'static Status, &Step) + 'v;

impl Record {
    /// Calls `visit` for every step of the record's history, of its members and of its parties.
    pub fn steps(&self, visit: &mut Visit<'_>) {
        let history = Path::Root.key("history");
        match &self.body {
            Body::Actor(actor) => members(actor.members.as_ref(), visit),
            Body::Framework(framework) => {
                each(&history, &framework.history, visit);
                members(framework.members.as_ref(), visit);
            }
            Body::Agreement(agreement) => {
                each(&history, &agreement.history, visit);
                for (party, steps) in &agreement.parties {
                    each(&Path::Root.key("parties").key(party.as_ref()), steps, visit);
                }
            }
            Body::Operation(operation) => each(&history, &operation.history, visit),
            Body::Activity(activity) => each(&history, &activity.history, visit),
            Body::Place(_)
            | Body::Event(_)
            | Body::Statement(_)
            | Body::Source(_)
            | Body::Theme(_)
            | Body::Survey(_) => {}
        }
    }
}

fn members<T>(members: Option<&NonEmptyMap<Ref<T>, Membership>>, visit: &mut Visit<'_>) {
    for (member, membership) in members.into_iter().flat_map(NonEmptyMap::iter) {
        each(&Path::Root.key("members").key(member.as_ref()), &membership.steps, visit);
    }
}

fn each<M: Lifecycle>(at: &Path<'_>, steps: &Steps<M>, visit: &mut Visit<'_>) {
    for (status, step) in steps {
        visit(&at.key(&step.key(status)), status, step);
    }
}

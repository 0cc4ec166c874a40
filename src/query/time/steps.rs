//! Histories under any lifecycle, and the order of their steps.

use comity_document::pointer::Path;

use super::acting::members;
use super::before;
use crate::record::{Body, Record};
use crate::value::lifecycle::{LIFECYCLES, parse_key};
use crate::value::{Lifecycle, NonEmptyMap, Status, Step, Steps, Truth};

/// One history: each status reached, in the order of its lifecycle.
pub type History<'a> = [(&'static Status, &'a Step)];

/// Visits every history of a record with its place: its own, and those of its members or parties.
pub fn histories<'a>(record: &'a Record, visit: &mut impl FnMut(&Path<'_>, &History<'a>)) {
    fn one<'a, M: Lifecycle>(at: &Path<'_>, steps: &'a Steps<M>, visit: &mut impl FnMut(&Path<'_>, &History<'a>)) {
        let steps: Vec<_> = steps.iter().collect();
        visit(at, &steps);
    }
    let own = Path::Root.key("history");
    match &record.body {
        Body::Framework(framework) => one(&own, &framework.history, visit),
        Body::Agreement(agreement) => {
            one(&own, &agreement.history, visit);
            for (actor, steps) in &agreement.parties {
                one(&Path::Root.key("parties").key(actor.as_ref()), steps, visit);
            }
        }
        Body::Operation(operation) => one(&own, &operation.history, visit),
        Body::Activity(activity) => one(&own, &activity.history, visit),
        _ => {}
    }
    for (actor, member) in members(record).into_iter().flat_map(NonEmptyMap::iter) {
        one(&Path::Root.key("members").key(actor.as_ref()), &member.steps, visit);
    }
}

/// The rank of a key in the lifecycle of a history, whether the step was reached or not.
pub fn rank_of(steps: &History<'_>, key: &str) -> Option<u8> {
    let (status, step) = steps.first()?;
    let is_theirs = |statuses: &[Status]| statuses.get(usize::from(step.rank())) == Some(status);
    let (_, statuses) = LIFECYCLES.iter().find(|(_, statuses)| is_theirs(statuses))?;
    parse_key(statuses, key).map(|(rank, _)| rank)
}

/// A step out of the order of its lifecycle.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Disorder {
    /// The index of the step.
    pub wrong: usize,
    /// The index of a step that it contradicts.
    pub other: usize,
    /// How certain the contradiction is.
    pub truth: Truth,
}

/// The steps out of the order of their lifecycle. Of two steps that contradict each other, the one that contradicts
/// more steps is returned. Terminal steps are not considered. Possible contradictions are searched in the remaining
/// steps.
pub fn out_of_order(steps: &History<'_>, least: Truth) -> Vec<Disorder> {
    let mut rest: Vec<usize> = (0..steps.len()).filter(|index| !steps[*index].0.terminal).collect();
    // Pauses and their ends alternate, after all steps that happen once.
    rest.sort_by_key(|index| {
        let (status, step) = steps[*index];
        (if status.repeats { step.turn() } else { 0 }, step.rank())
    });
    let mut found = Vec::new();
    for truth in [Truth::Definitely, Truth::Possibly].into_iter().filter(|truth| *truth >= least) {
        loop {
            let worst = (0..rest.len()).max_by_key(|place| contradicted(steps, &rest, *place, truth).count());
            let Some(place) = worst else { break };
            let Some(other) = contradicted(steps, &rest, place, truth).next() else { break };
            found.push(Disorder { wrong: rest.remove(place), other, truth });
        }
    }
    found
}

/// The steps that the step at `place` in `order` contradicts, at least as certainly as `truth`.
fn contradicted<'s>(
    steps: &'s History<'_>,
    order: &'s [usize],
    place: usize,
    truth: Truth,
) -> impl Iterator<Item = usize> + 's {
    let own = order[place];
    order.iter().enumerate().filter_map(move |(other, index)| {
        let (early, late) = if other < place { (*index, own) } else { (own, *index) };
        (before(&steps[late].1.date.bounds(), &steps[early].1.date.bounds()) >= truth).then_some(*index)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::lifecycle::AgreementSteps;

    /// The steps out of order, each with a step that it contradicts.
    fn wrong(text: &str) -> Vec<(String, String)> {
        let steps: Steps<AgreementSteps> = serde_json::from_str(text).expect("steps");
        let steps: Vec<_> = steps.iter().collect();
        let key = |index: usize| steps[index].1.key(steps[index].0);
        out_of_order(&steps, Truth::Definitely).iter().map(|found| (key(found.wrong), key(found.other))).collect()
    }

    #[test]
    fn one_wrong_date_is_one_wrong_step() {
        let cases: [(&str, &[(&str, &str)]); 7] = [
            (r#"{ "proposed": "2005", "signed": "2008", "in-force": "2009" }"#, &[]),
            (r#"{ "signed": "2008", "in-force": "2007" }"#, &[("in-force", "signed")]),
            (r#"{ "proposed": "2091", "negotiated": "2006", "signed": "2008" }"#, &[("proposed", "negotiated")]),
            (r#"{ "proposed": "2005", "negotiated": "2006", "signed": "1908" }"#, &[("signed", "proposed")]),
            (r#"{ "proposed": "2005", "negotiated": "1906", "signed": "2008" }"#, &[("negotiated", "proposed")]),
            (r#"{ "signed": "2008~", "in-force": "2007" }"#, &[]),
            (r#"{ "signed": "2008", "terminated": "2001" }"#, &[]),
        ];
        for (text, expected) in cases {
            let found = wrong(text);
            let found: Vec<_> = found.iter().map(|(wrong, other)| (wrong.as_str(), other.as_str())).collect();
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn a_pause_and_its_end_take_turns() {
        let in_turn = r#"{ "in-force": "2009", "suspended": "2010", "resumed": "2011", "suspended-2": "2012", "resumed-2": "2013" }"#;
        assert_eq!(wrong(in_turn), []);
        let crossed = r#"{ "suspended": "2010", "resumed": "2014", "suspended-2": "2012" }"#;
        assert_eq!(wrong(crossed), [("suspended-2".to_owned(), "resumed".to_owned())]);
    }
}

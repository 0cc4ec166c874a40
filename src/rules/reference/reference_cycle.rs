//! `reference-cycle`: see the page beside this file.

use std::collections::VecDeque;

use hashbrown::{HashMap, HashSet};

use crate::dataset::{Dataset, Entry, EntryId, Field};
use crate::lint::{Findings, Notes, Place, Rule};
use crate::record::Record;

/// The rule.
pub static RULE: Rule = Rule::fault(
    "reference-cycle",
    "links that lead in a circle",
    "nothing contains itself or comes before itself, so whoever follows the links never arrives",
    include_str!("reference_cycle.md"),
);

/// The fields whose links must not lead in a circle, each with the reason.
const FIELDS: [(Field, &str); 5] = [
    (Field::PartOf, "no body is a part of its own part"),
    (Field::Under, "nothing lies under what lies under it"),
    (Field::Broader, "no theme is broader than itself"),
    (Field::DerivedFrom, "one of these sources was there first, and copies none of the others"),
    (Field::Related, "`related` stands on the younger record only and names the older"),
];

/// How many links of a circle are shown. A circle in a hostile dataset may go through all of its records.
const SHOWN: usize = 20;

/// The rule sees the links in the summaries.
pub fn note(_: &Record, _: &mut Notes<'_>) {}

/// Checks each field by itself. Of circles that share records, one is reported.
pub fn check(dataset: &Dataset, findings: &mut Findings<'_>) {
    for ((field, help), graph) in FIELDS.into_iter().zip(graphs(dataset)) {
        for mut group in graph.groups() {
            group.sort_by_cached_key(|id| name(dataset.entry(*id)));
            let circle: Vec<&Entry> = graph.circle(&group).into_iter().map(|id| dataset.entry(id)).collect();
            report(dataset, field.name(), help, &circle, findings);
        }
    }
}

fn report(dataset: &Dataset, field: &str, help: &str, circle: &[&Entry], findings: &mut Findings<'_>) {
    let mut way: Vec<String> = circle.iter().take(SHOWN).map(|entry| format!("`{}`", name(entry))).collect();
    way.push(match circle.len().saturating_sub(SHOWN) {
        0 => way[0].clone(),
        more => format!("{more} more → back to the first"),
    });
    let way = way.join(" → ");
    let pairs = circle.iter().zip(circle.iter().cycle().skip(1)).take(SHOWN);
    let mut links = pairs.filter_map(|(from, to)| Some((from.id, link(dataset, field, from, to)?, to)));
    let Some((first, place, _)) = links.next() else { return };
    let finding = findings.at(first, place, format!("`{field}` leads in a circle: {way}"));
    finding.help(format!("{help}; remove the link that is wrong"));
    for (from, place, to) in links {
        finding.related(from, place, format!("leads on to `{}`", name(to)));
    }
}

/// A record's kind and id.
fn name(entry: &Entry) -> String {
    entry.key.as_ref().map(ToString::to_string).unwrap_or_default()
}

/// The place at which one record names the other.
fn link(dataset: &Dataset, field: &str, from: &Entry, to: &Entry) -> Option<Place> {
    let mut found = None;
    dataset.recall(from)?.references(&mut |reference| {
        let leads_there = || dataset.find(reference.to).is_some_and(|end| end.id == to.id);
        if found.is_none() && reference.at.field() == Some(field) && leads_there() {
            found = Some(Place::of(&reference.at, reference.on_key));
        }
    });
    found
}

/// The links of each field. Retired records have none, and no link leads to one:
/// [`retired_reference`](super::retired_reference) reports those.
fn graphs(dataset: &Dataset) -> [Graph; FIELDS.len()] {
    let starts = || Vec::with_capacity(dataset.entries().len() + 1);
    let mut graphs: [_; FIELDS.len()] = std::array::from_fn(|_| Graph { starts: starts(), ends: Vec::new() });
    for entry in dataset.entries() {
        graphs.iter_mut().for_each(Graph::begin);
        let Some(summary) = dataset.summary(entry).filter(|summary| !summary.retired) else { continue };
        for link in &summary.links {
            let Some(index) = FIELDS.iter().position(|(field, _)| link.field() == *field) else { continue };
            let stands = |end: &EntryId| dataset.summary(dataset.entry(*end)).is_some_and(|end| !end.retired);
            graphs[index].ends.extend(link.end().entry().filter(|end| *end != entry.id).filter(stands));
        }
    }
    graphs.iter_mut().for_each(Graph::begin);
    graphs
}

/// Which records lead to which.
struct Graph {
    /// Where the links of each record begin in `ends`; the last value is where they end.
    starts: Vec<usize>,
    ends: Vec<EntryId>,
}

impl Graph {
    /// Begins the links of the next record.
    fn begin(&mut self) {
        self.starts.push(self.ends.len());
    }

    fn links(&self, from: EntryId) -> &[EntryId] {
        &self.ends[self.starts[from.index()]..self.starts[from.index() + 1]]
    }

    /// The groups of records that all lead to one another (strongly connected components).
    fn groups(&self) -> Vec<Vec<EntryId>> {
        let back = vec![NEW; self.starts.len()];
        let mut search = Search { graph: self, back, met: 0, way: Vec::new(), open: Vec::new(), groups: Vec::new() };
        for root in (0..).map(EntryId).take(self.starts.len() - 1) {
            if search.back[root.index()] == NEW && !self.links(root).is_empty() {
                search.from(root);
            }
        }
        search.groups
    }

    /// The shortest circle through the first record of a group.
    fn circle(&self, group: &[EntryId]) -> Vec<EntryId> {
        let first = group[0];
        // The records of the group that are not reached yet, and how the others were reached.
        let mut left: HashSet<EntryId> = group.iter().copied().collect();
        let mut reached_from: HashMap<EntryId, EntryId> = HashMap::new();
        let mut queue = VecDeque::from([first]);
        while let Some(record) = queue.pop_front() {
            for end in self.links(record) {
                if left.remove(end) {
                    reached_from.insert(*end, record);
                    queue.push_back(*end);
                }
            }
            if !left.contains(&first) {
                break;
            }
        }
        let before = |record: &EntryId| reached_from.get(record).copied();
        let mut circle: Vec<EntryId> =
            std::iter::successors(before(&first), |record| before(record).filter(|_| *record != first)).collect();
        circle.reverse();
        circle
    }
}

/// Tarjan's search for strongly connected components, without recursion, because a chain of links may be as long as the
/// dataset.
struct Search<'g> {
    graph: &'g Graph,
    /// For each record, the number of the earliest record it is known to lead back to, or [`NEW`], or [`DONE`].
    back: Vec<usize>,
    /// How many records were met.
    met: usize,
    /// The path from the root to the current record: each record with its own number and its next link.
    way: Vec<(EntryId, usize, usize)>,
    /// The records whose group is not known yet.
    open: Vec<EntryId>,
    groups: Vec<Vec<EntryId>>,
}

/// Marks a record that was not met yet.
const NEW: usize = 0;
/// Marks a record whose group is known; greater than every number.
const DONE: usize = usize::MAX;

impl Search<'_> {
    fn from(&mut self, root: EntryId) {
        self.enter(root);
        while let Some((record, number, next)) = self.way.last_mut() {
            let (record, number) = (*record, *number);
            let Some(end) = self.graph.links(record).get(*next).copied() else {
                self.way.pop();
                self.leave(record, number);
                continue;
            };
            *next += 1;
            match self.back[end.index()] {
                NEW => self.enter(end),
                earlier => self.lead_back(record, earlier),
            }
        }
    }

    fn enter(&mut self, record: EntryId) {
        self.met += 1;
        self.back[record.index()] = self.met;
        self.open.push(record);
        self.way.push((record, self.met, 0));
    }

    fn leave(&mut self, record: EntryId, number: usize) {
        let earliest = self.back[record.index()];
        if let Some((before, ..)) = self.way.last().copied() {
            self.lead_back(before, earliest);
        }
        if earliest == number {
            let first = self.open.iter().rposition(|open| *open == record).unwrap_or_default();
            let group = self.open.split_off(first);
            group.iter().for_each(|member| self.back[member.index()] = DONE);
            self.groups.extend((group.len() > 1).then_some(group));
        }
    }

    fn lead_back(&mut self, record: EntryId, number: usize) {
        let back = &mut self.back[record.index()];
        *back = number.min(*back);
    }
}

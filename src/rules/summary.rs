//! Makes the summary of a record: what all rules have in common, and what each rule keeps for itself.

use super::evidence::report_before_event;
use super::reference::orphan;
use super::scope::RuleSet;
use super::time::supersession_order;
use super::{RULES, Scope};
use crate::dataset::{Acted, Dataset, Days, Entry, Field, Link, Print, RecordType, Summary, Way};
use crate::lint::{AloneContext, Check, Notes};
use crate::query::time::{self, Capacity};
use crate::record::{Body, Record, Reference, Stance};
use crate::value::{Day, NonEmptyMap};

/// What is kept of the record of each entry, if it was decoded.
pub(super) fn of_entries<'a>(batch: &'a [Entry], dataset: &'a Dataset) -> Vec<Option<Box<Summary>>> {
    let (manifest, as_of) = (&dataset.manifest, dataset.as_of);
    let context = |entry: &'a Entry| Some(AloneContext { entry, record: entry.record.as_deref()?, manifest, as_of });
    let contexts: Vec<AloneContext<'_>> = batch.iter().filter_map(context).collect();
    let mut summaries = summarise(&contexts).into_iter().map(Box::new);
    batch.iter().map(|entry| entry.record.as_ref().and_then(|_| summaries.next())).collect()
}

/// What is kept of each record.
pub(crate) fn summarise(batch: &[AloneContext<'_>]) -> Vec<Summary> {
    // Room for most records, so that the list of prints does not grow step by step.
    let noted = |_| Noted { prints: Vec::with_capacity(16), in_doubt: false };
    let mut all: Vec<Noted> = batch.iter().map(noted).collect();
    for index in Scope::ALL.of_set(RuleSet::SUMMARY) {
        for (context, noted) in batch.iter().zip(&mut all) {
            match &RULES[index].1 {
                Check::Linked(screen, _) => noted.in_doubt = noted.in_doubt || (screen.alone)(context),
                Check::Overview(note, _) => note(context.record, &mut Notes::new(&mut noted.prints)),
                _ => {}
            }
        }
    }
    batch.iter().zip(&all).map(|(context, noted)| summary_of(context, noted)).collect()
}

/// What the rules keep of one record.
struct Noted {
    prints: Vec<Print>,
    in_doubt: bool,
}

/// The summary of a record, with what the rules keep of the record.
fn summary_of(context: &AloneContext<'_>, noted: &Noted) -> Summary {
    let AloneContext { record, as_of, .. } = *context;
    let (life, span, beginning) = (time::life(record), time::span(record, as_of), time::beginning(record, as_of));
    let (country, published) = match &record.body {
        Body::Actor(actor) => (actor.country, Day::FOREVER),
        Body::Place(place) => (place.country, Day::FOREVER),
        Body::Source(source) => {
            (None, source.published.as_ref().map_or(Day::FOREVER, |published| published.bounds().latest))
        }
        _ => (None, Day::FOREVER),
    };
    let links = links(record);
    // The lists are copied into blocks of their exact size: a block that is shrunk in place may keep its old size.
    Summary {
        r#type: RecordType::from(&record.body),
        retired: !time::stands(record),
        excepts: !record.allow().is_empty(),
        in_doubt: noted.in_doubt,
        stands_alone: orphan::states_facts(record),
        country: country.and_then(|country| country.as_ref().as_bytes().try_into().ok()),
        life: days(&life),
        span: days(&span),
        begun: span.first.map(|first| (first.days.earliest, first.days.latest)),
        begins: beginning.map_or(Day::NEVER, |mark| mark.days.earliest),
        soonest: supersession_order::soonest(record, as_of),
        reported: report_before_event::latest_start(record),
        published,
        acting: acting(record, as_of, &links).as_slice().into(),
        links: links.as_slice().into(),
        prints: noted.prints.as_slice().into(),
    }
}

fn days(period: &time::Period<'_>) -> Days {
    Days::between(period.first.map(|mark| mark.days), period.last.map(|mark| mark.days))
}

fn links(record: &Record) -> Vec<Link> {
    let mut links = Vec::with_capacity(16);
    let mut reports = record.evidence().map(|(_, evidence)| evidence.stance == Stance::Reports);
    record.references(&mut |reference: Reference<'_>| {
        let field = reference.at.field().and_then(Field::named);
        debug_assert!(
            field.is_some(),
            "`{}` holds references, and is not on the list of such fields",
            reference.at.pointer()
        );
        let Some(field) = field else { return };
        // The actor for which a participant takes part stands below the participant.
        let field = if field == Field::Participants && !reference.on_key { Field::For } else { field };
        let reports = field == Field::Evidence && reports.next().unwrap_or_default();
        links.push(Link::new(field, reports, reference.to));
    });
    links
}

/// Who acts, and who is a member. The references of one field come in the order of the field, those of the participants
/// before those of the actors for which they take part.
fn acting(record: &Record, as_of: Day, links: &[Link]) -> Vec<Acted> {
    let start = |field: Field| links.iter().position(|link| link.field() == field).unwrap_or(links.len());
    let (field, count) = match &record.body {
        Body::Event(event) => (Field::Participants, event.participants.count()),
        Body::Activity(activity) => (Field::Participants, activity.participants.count()),
        Body::Agreement(_) => (Field::Parties, 0),
        Body::Statement(_) => (Field::Speaker, 0),
        _ => (Field::Offices, 0),
    };
    let (mut next, mut behind) = (start(field), start(field) + count);
    let mut acting = Vec::new();
    let mut add = |way: Way, link: usize, days: Days| {
        acting.extend(u32::try_from(link).ok().map(|link| Acted { way, link, days }));
    };
    time::acting(record, as_of, &mut |one| {
        let way = match one.named {
            Capacity::Participant(_) => Way::Participant,
            Capacity::Missed(_) => Way::Missed,
            Capacity::Behind(_) => Way::Behind,
            Capacity::Party(_) => Way::Party,
            Capacity::Speaker => Way::Speaker,
            Capacity::BehindSpeaker => Way::BehindSpeaker,
            Capacity::Organisation(_) => Way::Office,
        };
        let link = match way {
            Way::Behind => &mut behind,
            Way::BehindSpeaker => &mut start(Field::For),
            _ => &mut next,
        };
        add(way, *link, days(&one.span));
        *link += 1;
    });
    let members = time::members(record).into_iter().flat_map(NonEmptyMap::iter);
    for ((actor, member), link) in members.zip(start(Field::Members)..) {
        add(Way::Member, link, days(&time::membership(actor.as_ref(), member)));
        let steps = member.steps.iter().map(|(_, step)| step.date.bounds());
        let each = steps.map(|days| Days { first: days.latest, last: days.earliest });
        let both = |one: Days, other: Days| Days { first: one.first.min(other.first), last: one.last.max(other.last) };
        each.reduce(both).into_iter().for_each(|days| add(Way::Steps, link, days));
    }
    acting
}

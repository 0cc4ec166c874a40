//! Actors in a record, and when they act; members, and when they are members.

use comity_document::at;

use super::{DateMark, Period, span};
use crate::finding::Place;
use crate::record::{Actor, Agreement, Attendance, Body, Office, Participant, Record};
use crate::value::{Day, Membership, NonEmptyMap, Ref, Slug};

/// The time of a participant: its own dates, else those of the record.
fn participation<'a, R: PartialEq>(whole: Period<'a>, key: &'a str, participant: &'a Participant<R>) -> Period<'a> {
    let (from, until) = (participant.from.as_deref(), participant.until.as_deref());
    let own = Period::between(from, until, Some(("participants", key)));
    Period { first: own.first.or(whole.first), last: own.last.or(whole.last) }.sane()
}

/// The capacity in which a record names an actor, with the key of the entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Capacity<'a> {
    /// A participant that came, or of whom nobody says that it stayed away.
    Participant(&'a str),
    /// A participant that declined or was absent.
    Missed(&'a str),
    /// The actor that a participant represents.
    Behind(&'a str),
    /// A party.
    Party(&'a str),
    /// The speaker.
    Speaker,
    /// The actor that a speaker represents.
    BehindSpeaker,
    /// The organisation of an office.
    Organisation(&'a str),
}

/// An actor in a record, and when it acts.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Acting<'a> {
    /// The actor.
    pub actor: &'a Ref<Actor>,
    /// The capacity in which it acts.
    pub named: Capacity<'a>,
    /// The time in which it acts.
    pub span: Period<'a>,
    /// Whether the actor took part; `None` where that is not known, as of a participant that was only invited.
    pub came: Option<bool>,
}

impl Acting<'_> {
    /// The place that names it.
    pub fn place(&self) -> Place {
        match self.named {
            Capacity::Participant(key) | Capacity::Missed(key) => Place::Key(at!["participants", key]),
            Capacity::Behind(key) => Place::Value(at!["participants", key, "for"]),
            Capacity::Party(key) => Place::Key(at!["parties", key]),
            Capacity::Speaker => Place::Value(at!["speaker"]),
            Capacity::BehindSpeaker => Place::Value(at!["for"]),
            Capacity::Organisation(key) => Place::Value(at!["offices", key, "organisation"]),
        }
    }
}

/// Visits every actor of a record: participants, parties, speakers, the actors they represent, and the organisations of
/// offices. A represented actor comes right after its representative. For members see [`members`].
pub fn acting<'a>(record: &'a Record, as_of: Day, visit: &mut impl FnMut(Acting<'a>)) {
    let whole = span(record, as_of);
    match &record.body {
        Body::Event(event) => participants(&event.participants, whole, visit),
        Body::Activity(activity) => {
            // Others may have joined since the last step of an activity that goes on.
            let last = whole.last.filter(|_| activity.history.terminal().is_some());
            participants(&activity.participants, Period { last, ..whole }, visit);
        }
        Body::Agreement(agreement) => {
            for (actor, steps) in &agreement.parties {
                let key = actor.as_ref();
                let own = Period::steps(steps, Some(("parties", key)));
                let span = if own.first.is_some() { own } else { whole };
                visit(Acting { actor, named: Capacity::Party(key), span, came: Some(true) });
            }
        }
        Body::Statement(statement) => {
            visit(Acting { actor: &statement.speaker, named: Capacity::Speaker, span: whole, came: Some(true) });
            if let Some(actor) = &statement.r#for {
                visit(Acting { actor, named: Capacity::BehindSpeaker, span: whole, came: Some(true) });
            }
        }
        Body::Actor(actor) => {
            for (slug, office) in actor.offices.iter().flat_map(NonEmptyMap::iter) {
                let named = Capacity::Organisation(slug.as_ref());
                visit(Acting { actor: &office.organisation, named, span: term(slug, office), came: Some(true) });
            }
        }
        _ => {}
    }
}

fn participants<'a, R: PartialEq>(
    all: &'a NonEmptyMap<Ref<Actor>, Participant<R>>,
    whole: Period<'a>,
    visit: &mut impl FnMut(Acting<'a>),
) {
    for (actor, participant) in all {
        let key = actor.as_ref();
        let span = participation(whole, key, participant);
        let came = participant.attendance.map_or(Some(true), Attendance::came);
        let named = if came == Some(false) { Capacity::Missed(key) } else { Capacity::Participant(key) };
        visit(Acting { actor, named, span, came });
        if let Some(actor) = &participant.r#for {
            visit(Acting { actor, named: Capacity::Behind(key), span, came });
        }
    }
}

/// The most offices of a person that are considered. No one holds more, and ten thousand records may name a hostile
/// record with ten thousand offices.
const OFFICES: usize = 256;

/// Every office of a person with its time; `None` where there are more than `OFFICES`.
pub fn terms(actor: &Actor) -> Option<impl Iterator<Item = (Period<'_>, &Office)>> {
    let is_plausible = actor.offices.as_ref().is_none_or(|offices| offices.count() <= OFFICES);
    let offices = actor.offices.iter().flat_map(NonEmptyMap::iter);
    is_plausible.then(|| offices.map(|(slug, office)| (term(slug, office), office)))
}

/// The time of an office.
fn term<'a>(slug: &'a Slug, office: &'a Office) -> Period<'a> {
    Period::between(office.from.as_ref(), office.until.as_ref(), Some(("offices", slug.as_ref())))
}

/// The time of a membership, from the day of joining; where that is unknown, from the first step.
pub fn membership<'a>(key: &'a str, member: &'a Membership) -> Period<'a> {
    let entry = Some(("members", key));
    let life = Period::life_of(&member.steps, entry);
    let joined = member.steps.iter().find(|(status, _)| status.code == "joined");
    Period { first: joined.map(|(status, step)| DateMark::step(status, step, entry)).or(life.first), ..life }.sane()
}

/// The time of a party to an agreement: from its own first step, else that of the agreement, until it withdrew or the agreement
/// ended. The last other step is no end: the agreement goes on. For the days on which a party acts, see [`acting`].
pub fn adherence<'a>(agreement: &'a Agreement, key: &'a str) -> Period<'a> {
    let whole = Period::life_of(&agreement.history, None);
    let steps = agreement.parties.get(key);
    let own = steps.map_or(Period::OPEN, |steps| Period::life_of(steps, Some(("parties", key))));
    Period { first: own.first.or(whole.first), last: own.last.or(whole.last) }.sane()
}

/// The members of a framework, an organisation or a group.
pub fn members(record: &Record) -> Option<&NonEmptyMap<Ref<Actor>, Membership>> {
    match &record.body {
        Body::Framework(framework) => framework.members.as_ref(),
        Body::Actor(actor) => actor.members.as_ref(),
        _ => None,
    }
}

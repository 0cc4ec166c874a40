//! Who acts in a record, and when; who is a member of it, and when.

use comity_document::at;

use super::{DateMark, Period, span};
use crate::finding::Place;
use crate::record::{Actor, Attendance, Body, Office, Participant, Record};
use crate::value::{Day, Membership, NonEmptyMap, Ref, Slug};

/// The time an actor takes part: its own dates, else those of the whole.
fn part<'a, R: PartialEq>(whole: Period<'a>, key: &'a str, participant: &'a Participant<R>) -> Period<'a> {
    let (from, until) = (participant.from.as_deref(), participant.until.as_deref());
    let own = Period::between(from, until, Some(("participants", key)));
    Period { first: own.first.or(whole.first), last: own.last.or(whole.last) }.sane()
}

/// In what capacity a record names an actor, with the key it is named under.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Capacity<'a> {
    /// As a participant that came, as far as is known.
    Participant(&'a str),
    /// As a participant that declined or did not come.
    Missed(&'a str),
    /// As the one a participant stands for.
    Behind(&'a str),
    /// As a party.
    Party(&'a str),
    /// As the speaker.
    Speaker,
    /// As the one a speaker stands for.
    BehindSpeaker,
    /// As the body of an office.
    Organisation(&'a str),
}

/// An actor in what a record tells, and when.
#[derive(Clone, Copy, Debug)]
pub struct Acting<'a> {
    /// The actor.
    pub actor: &'a Ref<Actor>,
    /// How it is named.
    pub named: Capacity<'a>,
    /// When it acts.
    pub span: Period<'a>,
}

impl Acting<'_> {
    /// Where it is named.
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

/// Every actor that acts in a record: participants, parties, speakers, those behind them, the bodies of offices. Members
/// are told of elsewhere.
pub fn acting<'a>(record: &'a Record, as_of: Day, visit: &mut impl FnMut(Acting<'a>)) {
    let whole = span(record, as_of);
    match &record.body {
        Body::Event(event) => participants(&event.participants, whole, visit),
        Body::Activity(activity) => {
            // While it goes on, others may have come to it since.
            let last = whole.last.filter(|_| activity.history.terminal().is_some());
            participants(&activity.participants, Period { last, ..whole }, visit);
        }
        Body::Agreement(agreement) => {
            for (actor, steps) in agreement.parties.iter() {
                let key = actor.as_ref();
                let own = Period::steps(steps, Some(("parties", key)));
                let span = if own.first.is_some() { own } else { whole };
                visit(Acting { actor, named: Capacity::Party(key), span });
            }
        }
        Body::Statement(statement) => {
            visit(Acting { actor: &statement.speaker, named: Capacity::Speaker, span: whole });
            if let Some(actor) = &statement.r#for {
                visit(Acting { actor, named: Capacity::BehindSpeaker, span: whole });
            }
        }
        Body::Actor(actor) => {
            for (slug, office) in actor.offices.iter().flat_map(NonEmptyMap::iter) {
                let named = Capacity::Organisation(slug.as_ref());
                visit(Acting { actor: &office.organisation, named, span: term(slug, office) });
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
    for (actor, participant) in all.iter() {
        let key = actor.as_ref();
        let span = part(whole, key, participant);
        let missed = matches!(participant.attendance, Some(Attendance::Declined | Attendance::Absent));
        let named = if missed { Capacity::Missed(key) } else { Capacity::Participant(key) };
        visit(Acting { actor, named, span });
        if let Some(actor) = &participant.r#for {
            visit(Acting { actor, named: Capacity::Behind(key), span });
        }
    }
}

/// The most offices of a person that are set against the time of a deed. Nobody holds more, and a hostile record with
/// ten thousand may be named by ten thousand others.
const OFFICES: usize = 256;

/// Every office of a person with its time; `None` where there are so many that nothing is known of the person.
pub fn terms(actor: &Actor) -> Option<impl Iterator<Item = (Period<'_>, &Office)>> {
    let is_person = actor.offices.as_ref().is_none_or(|offices| offices.count() <= OFFICES);
    let offices = actor.offices.iter().flat_map(NonEmptyMap::iter);
    is_person.then(|| offices.map(|(slug, office)| (term(slug, office), office)))
}

/// The time of an office.
fn term<'a>(slug: &'a Slug, office: &'a Office) -> Period<'a> {
    Period::between(office.from.as_ref(), office.until.as_ref(), Some(("offices", slug.as_ref())))
}

/// The time of a member, from the day it joined; where that is not on record, from its first step.
pub fn membership<'a>(key: &'a str, member: &'a Membership) -> Period<'a> {
    let entry = Some(("members", key));
    let life = Period::life_of(&member.steps, entry);
    let joined = member.steps.iter().find(|(status, _)| status.code == "joined");
    Period { first: joined.map(|(status, step)| DateMark::step(status, step, entry)).or(life.first), ..life }.sane()
}

/// The members of a framework, or of an organisation or a group.
pub fn members(record: &Record) -> Option<&NonEmptyMap<Ref<Actor>, Membership>> {
    match &record.body {
        Body::Framework(framework) => framework.members.as_ref(),
        Body::Actor(actor) => actor.members.as_ref(),
        _ => None,
    }
}

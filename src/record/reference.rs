//! Every reference a record makes, in one walk over its types.

use comity_document::pointer::Path;

use super::{
    Activity, Actor, Agreement, Body, Event, Framework, Participant, Place, Record, Source, Statement, Survey, Theme,
};
use crate::kind::{Kind, OfKind};
use crate::value::{AnyRef, Key, Membership, NonEmptyMap, Ref};

/// One reference from a record to another.
#[derive(Debug, Clone, Copy)]
pub struct Reference<'a> {
    /// Where it stands.
    pub at: Path<'a>,
    /// Whether it is a key there, not a value.
    pub on_key: bool,
    /// What it refers to.
    pub to: Target<'a>,
}

/// The record referred to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Target<'a> {
    /// Its kind.
    pub kind: Kind,
    /// Its id.
    pub id: &'a str,
}

impl<'a, T: OfKind> From<&'a Ref<T>> for Target<'a> {
    fn from(reference: &'a Ref<T>) -> Self {
        Self { kind: T::KIND, id: reference.as_ref() }
    }
}

impl<'a> From<&'a Key> for Target<'a> {
    fn from(key: &'a Key) -> Self {
        Self { kind: key.kind, id: key.id.as_ref() }
    }
}

impl<'a> From<&'a AnyRef> for Target<'a> {
    fn from(reference: &'a AnyRef) -> Self {
        Self { kind: reference.kind(), id: reference.id() }
    }
}

impl Record {
    /// Calls `visit` for every reference, field by field.
    pub fn references(&self, visit: &mut impl FnMut(Reference<'_>)) {
        self.envelope_references(visit);
        match &self.body {
            Body::Actor(actor) => actor.references(visit),
            Body::Place(place) => place.references(visit),
            Body::Framework(framework) => framework.references(visit),
            Body::Agreement(agreement) => agreement.references(visit),
            Body::Operation(operation) => value(&Path::Root.key("lead"), &operation.lead, visit),
            Body::Activity(activity) => activity.references(visit),
            Body::Event(event) => event.references(visit),
            Body::Statement(statement) => statement.references(visit),
            Body::Source(source) => source.references(visit),
            Body::Theme(theme) => theme.references(visit),
            Body::Survey(survey) => survey.references(visit),
        }
    }

    fn envelope_references(&self, visit: &mut impl FnMut(Reference<'_>)) {
        let envelope = &self.envelope;
        list("under", envelope.under.as_deref(), visit);
        list("places", envelope.places.as_deref(), visit);
        keys("related", envelope.related.iter().flat_map(NonEmptyMap::keys), visit);
        for (name, figure) in envelope.figures.iter().flat_map(NonEmptyMap::iter) {
            optional(&Path::Root.key("figures").key(name.as_ref()).key("by"), figure.by.as_ref(), visit);
        }
        list("themes", envelope.themes.as_ref().map(super::Themes::all), visit);
        list("distinct_from", envelope.distinct_from.as_deref(), visit);
        keys("evidence", envelope.evidence.iter().flat_map(NonEmptyMap::keys), visit);
        let replaced_by = envelope.retired.as_ref().and_then(|retired| retired.replaced_by.as_ref());
        optional(&Path::Root.key("retired").key("replaced_by"), replaced_by, visit);
    }
}

impl Actor {
    fn references(&self, visit: &mut impl FnMut(Reference<'_>)) {
        optional(&Path::Root.key("part_of"), self.part_of.as_ref(), visit);
        members(self.members.as_ref(), visit);
        for (name, office) in self.offices.iter().flat_map(NonEmptyMap::iter) {
            value(&Path::Root.key("offices").key(name.as_ref()).key("organisation"), &office.organisation, visit);
        }
        optional(&Path::Root.key("seat"), self.seat.as_ref(), visit);
    }
}

impl Place {
    fn references(&self, visit: &mut impl FnMut(Reference<'_>)) {
        keys("claims", self.claims.iter().flat_map(NonEmptyMap::keys), visit);
    }
}

impl Framework {
    fn references(&self, visit: &mut impl FnMut(Reference<'_>)) {
        list("convenors", Some(&self.convenors), visit);
        members(self.members.as_ref(), visit);
    }
}

impl Agreement {
    fn references(&self, visit: &mut impl FnMut(Reference<'_>)) {
        keys("parties", self.parties.keys(), visit);
        let source = self.text.as_ref().and_then(|text| text.source.as_ref());
        optional(&Path::Root.key("text").key("source"), source, visit);
    }
}

impl Activity {
    fn references(&self, visit: &mut impl FnMut(Reference<'_>)) {
        participants(&self.participants, visit);
    }
}

impl Event {
    fn references(&self, visit: &mut impl FnMut(Reference<'_>)) {
        participants(&self.participants, visit);
    }
}

impl Statement {
    fn references(&self, visit: &mut impl FnMut(Reference<'_>)) {
        value(&Path::Root.key("speaker"), &self.speaker, visit);
        optional(&Path::Root.key("for"), self.r#for.as_ref(), visit);
        list("about", self.about.as_deref(), visit);
    }
}

impl Source {
    fn references(&self, visit: &mut impl FnMut(Reference<'_>)) {
        optional(&Path::Root.key("issuer"), self.issuer.as_ref(), visit);
        optional(&Path::Root.key("derived_from"), self.derived_from.as_ref(), visit);
    }
}

impl Theme {
    fn references(&self, visit: &mut impl FnMut(Reference<'_>)) {
        optional(&Path::Root.key("broader"), self.broader.as_ref(), visit);
    }
}

impl Survey {
    fn references(&self, visit: &mut impl FnMut(Reference<'_>)) {
        list("subjects", Some(&self.subjects), visit);
    }
}

fn value<'a, T>(at: &Path<'_>, reference: &'a T, visit: &mut impl FnMut(Reference<'_>))
where
    Target<'a>: From<&'a T>,
{
    visit(Reference { at: *at, on_key: false, to: reference.into() });
}

fn optional<'a, T: 'a>(at: &Path<'_>, reference: Option<&'a T>, visit: &mut impl FnMut(Reference<'_>))
where
    Target<'a>: From<&'a T>,
{
    if let Some(reference) = reference {
        value(at, reference, visit);
    }
}

fn list<'a, T: 'a>(field: &str, references: Option<&'a [T]>, visit: &mut impl FnMut(Reference<'_>))
where
    Target<'a>: From<&'a T>,
{
    for (index, reference) in references.unwrap_or_default().iter().enumerate() {
        value(&Path::Root.key(field).index(index), reference, visit);
    }
}

fn keys<'a, T: AsRef<str> + 'a>(
    field: &str,
    references: impl Iterator<Item = &'a T>,
    visit: &mut impl FnMut(Reference<'_>),
) where
    Target<'a>: From<&'a T>,
{
    for reference in references {
        visit(Reference { at: Path::Root.key(field).key(reference.as_ref()), on_key: true, to: reference.into() });
    }
}

fn members(members: Option<&NonEmptyMap<Ref<Actor>, Membership>>, visit: &mut impl FnMut(Reference<'_>)) {
    keys("members", members.into_iter().flat_map(NonEmptyMap::keys), visit);
}

fn participants<R: PartialEq>(
    participants: &NonEmptyMap<Ref<Actor>, Participant<R>>,
    visit: &mut impl FnMut(Reference<'_>),
) {
    keys("participants", participants.keys(), visit);
    for (actor, participant) in participants {
        optional(&Path::Root.key("participants").key(actor.as_ref()).key("for"), participant.r#for.as_deref(), visit);
    }
}

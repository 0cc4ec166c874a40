//! The records of one kind, with the fields of the kind.

use super::{Dataset, Entry};
use crate::record::{
    Activity, Actor, Agreement, Envelope, Event, Framework, FromBody, Operation, Place, Record, Source, Statement,
    Theme,
};
use crate::value::Key;

/// A record of the kind `T`.
#[derive(Debug)]
#[non_exhaustive]
pub struct TypedRecord<'a, T> {
    /// The kind and the id.
    pub key: &'a Key,
    /// The fields that kinds share.
    pub envelope: &'a Envelope,
    /// The fields of the kind `T`.
    pub fields: &'a T,
    /// The whole record.
    pub record: &'a Record,
    /// The entry of the record.
    pub entry: &'a Entry,
}

impl<T> Clone for TypedRecord<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for TypedRecord<'_, T> {}

macro_rules! by_kind {
    ($($method:ident: $kind:ident, $what:literal;)+) => {
        impl Dataset {
            $(#[doc = concat!("Every decoded ", $what, " that has an id, in the order of files and lines.")]
            pub fn $method(&self) -> impl Iterator<Item = TypedRecord<'_, $kind>> {
                self.typed()
            })+
        }
    };
}

by_kind! {
    actors: Actor, "actor";
    places: Place, "place";
    frameworks: Framework, "framework";
    agreements: Agreement, "agreement";
    operations: Operation, "operation";
    activities: Activity, "activity";
    events: Event, "event";
    statements: Statement, "statement";
    sources: Source, "source";
    themes: Theme, "theme";
}

impl Dataset {
    /// Every decoded record of the kind `T` that has an id, in the order of files and lines.
    pub fn typed<T: FromBody>(&self) -> impl Iterator<Item = TypedRecord<'_, T>> {
        self.records().filter_map(|(entry, record)| {
            let (key, fields) = (entry.key.as_ref()?, T::from_body(&record.body)?);
            Some(TypedRecord { key, envelope: &record.envelope, fields, record, entry })
        })
    }
}

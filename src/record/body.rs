//! Questions about the fields of a record that do not depend on its kind.

use super::{Attendance, Body, Participant};
use crate::value::code::Code;

impl Body {
    /// The code of the type; `None` for kinds without types.
    pub fn type_code(&self) -> Option<&'static str> {
        Some(match self {
            Self::Actor(actor) => actor.r#type.code(),
            Self::Place(place) => place.r#type.code(),
            Self::Framework(framework) => framework.r#type.code(),
            Self::Agreement(agreement) => agreement.r#type.code(),
            Self::Operation(operation) => operation.r#type.code(),
            Self::Activity(activity) => activity.r#type.code(),
            Self::Event(event) => event.r#type.code(),
            Self::Source(source) => source.r#type.code(),
            Self::Statement(_) | Self::Theme(_) | Self::Survey(_) => return None,
        })
    }

    /// The codes of the roles of a participant, and its attendance; `None` where the record has no such participant.
    pub fn participation(&self, actor: &str) -> Option<(Vec<&'static str>, Option<Attendance>)> {
        fn of<R: Code>(participant: &Participant<R>) -> (Vec<&'static str>, Option<Attendance>) {
            (participant.roles.iter().map(|role| role.code()).collect(), participant.attendance)
        }
        match self {
            Self::Event(event) => event.participants.get(actor).map(of),
            Self::Activity(activity) => activity.participants.get(actor).map(of),
            Self::Actor(_)
            | Self::Place(_)
            | Self::Framework(_)
            | Self::Agreement(_)
            | Self::Operation(_)
            | Self::Statement(_)
            | Self::Source(_)
            | Self::Theme(_)
            | Self::Survey(_) => None,
        }
    }
}

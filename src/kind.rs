//! The kinds of record, as inert names: folder, schema and reference prefix in one.

use std::fmt;
use std::str::FromStr;

/// A kind of record.
///
/// Exhaustive, unlike the lists of codes: a new kind is a breaking change, and the compiler then names every `match` that
/// has to know of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Who acts: a state, an organisation, a body, a person in public office.
    Actor,
    /// Where.
    Place,
    /// A partnership, programme, initiative or series under which things happen.
    Framework,
    /// A text that binds or commits its parties.
    Agreement,
    /// A military or civilian operation.
    Operation,
    /// Something that goes on: training, a project, a contribution, a liaison post.
    Activity,
    /// Something that happens on a day: a meeting, a visit, an exercise.
    Event,
    /// What somebody said in public.
    Statement,
    /// A page or document that a fact is known from.
    Source,
    /// A subject of the taxonomy.
    Theme,
    /// A search for records, also one that found nothing.
    Survey,
}

impl Kind {
    /// Every kind, in the order of the documentation.
    pub const ALL: [Self; 11] = [
        Self::Actor,
        Self::Place,
        Self::Framework,
        Self::Agreement,
        Self::Operation,
        Self::Activity,
        Self::Event,
        Self::Statement,
        Self::Source,
        Self::Theme,
        Self::Survey,
    ];

    /// The name of its folder, its schema, and its references.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Actor => "actor",
            Self::Place => "place",
            Self::Framework => "framework",
            Self::Agreement => "agreement",
            Self::Operation => "operation",
            Self::Activity => "activity",
            Self::Event => "event",
            Self::Statement => "statement",
            Self::Source => "source",
            Self::Theme => "theme",
            Self::Survey => "survey",
        }
    }

    /// The kind of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// The name with its article, for sentences: `an actor`.
    pub fn with_article(self) -> String {
        let article = if self.name().starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
        format!("{article} {self}")
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for Kind {
    type Err = UnknownKind;

    fn from_str(name: &str) -> Result<Self, UnknownKind> {
        Self::parse(name).ok_or_else(|| UnknownKind(name.to_owned()))
    }
}

impl TryFrom<&str> for Kind {
    type Error = UnknownKind;

    fn try_from(name: &str) -> Result<Self, UnknownKind> {
        name.parse()
    }
}

impl TryFrom<String> for Kind {
    type Error = UnknownKind;

    fn try_from(name: String) -> Result<Self, UnknownKind> {
        name.parse()
    }
}

/// A text that names no kind of record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownKind(String);

impl UnknownKind {
    /// The text.
    pub fn name(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for UnknownKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is no kind of record; the kinds are `{}`", self.0, Kind::ALL.map(Kind::name).join("`, `"))
    }
}

impl std::error::Error for UnknownKind {}

/// A type that holds the fields of one kind.
pub trait OfKind {
    /// The kind.
    const KIND: Kind;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_leads_back_to_its_kind() {
        for (i, kind) in Kind::ALL.into_iter().enumerate() {
            assert_eq!(Kind::parse(kind.name()), Some(kind));
            assert_eq!(kind as usize, i);
        }
        assert_eq!(Kind::parse("Event"), None);
    }
}

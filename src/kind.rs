//! The kinds of record. The name of a kind is the name of its folder, of its schema, and of the prefix of its
//! references.

use std::fmt;

use crate::from_text::from_text;

/// A kind of record.
///
/// The list is exhaustive, unlike the lists of codes: a new kind is a breaking change, and the compiler names every
/// `match` that must handle the new kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// An actor: a state, an organisation, a body, a person in public office.
    Actor,
    /// A place: a country, a city, a base, a sea.
    Place,
    /// A partnership, programme, initiative or series under which things happen.
    Framework,
    /// A text that binds or commits its parties.
    Agreement,
    /// A military or civilian operation.
    Operation,
    /// Cooperation that goes on for a time: training, a project, a contribution, a liaison post.
    Activity,
    /// Something that happens on one day or on a few: a meeting, a visit, an exercise.
    Event,
    /// A position that somebody took in public.
    Statement,
    /// A page or a document that shows facts.
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

    /// The name of the kind.
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

    /// The kind with a name.
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

from_text!(impl for Kind, UnknownKind, |name| Kind::parse(name).ok_or_else(|| UnknownKind(name.to_owned())));

/// The error for a text that names no kind of record.
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
        // As a plural, or with a capital letter.
        let word = self.0.trim().to_lowercase();
        let is_plural = |name: &str| {
            format!("{name}s") == word
                || word.strip_suffix("ies").is_some_and(|stem| name.strip_suffix('y') == Some(stem))
        };
        let meant = Kind::ALL.into_iter().map(Kind::name).find(|name| *name == word || is_plural(name));
        if let Some(meant) = meant {
            return write!(f, "`{}` is no kind of record; did you mean `{meant}`?", self.0);
        }
        let kinds = Kind::ALL.map(Kind::name).join("`, `");
        write!(f, "`{}` is no kind of record; the kinds are `{kinds}`", self.0)
    }
}

impl std::error::Error for UnknownKind {}

/// A type that holds the fields of one kind of record.
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

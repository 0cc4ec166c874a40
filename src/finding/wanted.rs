//! A record that a text was to name.

use std::borrow::Cow;

use comity_document::pointer::Pointer;

use super::Change;
use crate::kind::Kind;

/// A record that a text of another record was to name. What is meant is looked up once all records are known, and only
/// for findings that are reported: an index of names is worth its time only then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// What was typed, without the kind.
    pub text: String,
    /// The kind of the record; `None` where any kind may be named.
    pub kind: Option<Kind>,
    /// The place of the text.
    pub at: Pointer,
    /// How the text stands there.
    pub form: WantedForm,
}

/// How a reference stands in a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WantedForm {
    /// As a value, the bare id.
    Id,
    /// As a value, the kind and the id.
    KindAndId,
    /// As a key, the bare id.
    Key,
    /// As a key, the kind and the id.
    KeyWithKind,
    /// As a part of a place in the record, which is a key: `/participants/nato/roles`.
    InPlace {
        /// The place before the part.
        before: String,
        /// What stands behind the part.
        behind: String,
    },
    /// As the value of a key that has the wrong name, where a list under this name belongs.
    ListUnder(&'static str),
    /// As the addresses of pages, with spaces between, where entries named after their sources belong.
    Pages,
    /// As names, each on a line of its own, where entries named after their records belong.
    Entries {
        /// An entry's value, of which only the contributor knows the codes.
        value: String,
        /// Which codes there are, as the end of a sentence.
        codes: String,
    },
}

impl WantedForm {
    /// A key or a value, with or without the kind.
    pub fn of(on_key: bool, with_kind: bool) -> Self {
        match (on_key, with_kind) {
            (false, false) => Self::Id,
            (false, true) => Self::KindAndId,
            (true, false) => Self::Key,
            (true, true) => Self::KeyWithKind,
        }
    }
}

impl Wanted {
    /// The field of the record for which the text stands; of a value that a source has instead, the field that the value
    /// would stand in.
    pub fn field(&self) -> String {
        let mut tokens = self.at.tokens();
        let field = tokens.next().unwrap_or_default();
        let said = tokens.nth(1).filter(|says| field == "evidence" && says == "says").and_then(|_| tokens.next());
        let place = said.and_then(|place| Pointer::parse(&place)?.tokens().next().map(Cow::into_owned));
        place.unwrap_or_else(|| field.into_owned())
    }

    /// A record as it would be written here.
    pub fn written(&self, kind: Kind, id: &str) -> String {
        match &self.form {
            WantedForm::InPlace { before, behind } => format!("{before}/{id}{behind}"),
            WantedForm::KindAndId | WantedForm::KeyWithKind => format!("{kind}:{id}"),
            WantedForm::Id
            | WantedForm::Key
            | WantedForm::ListUnder(_)
            | WantedForm::Pages
            | WantedForm::Entries { .. } => id.to_owned(),
        }
    }

    /// The changes that write this here.
    pub fn changes(&self, written: &str) -> Vec<Change> {
        let at = || self.at.clone();
        match self.form {
            WantedForm::Id | WantedForm::KindAndId => vec![Change::Replace { at: at(), with: written.into() }],
            WantedForm::Key | WantedForm::KeyWithKind | WantedForm::InPlace { .. } => {
                vec![Change::Rename { at: at(), to: written.to_owned() }]
            }
            WantedForm::ListUnder(field) => vec![
                Change::Rename { at: at(), to: field.to_owned() },
                Change::Replace { at: at(), with: vec![written].into() },
            ],
            // How the source speaks of the record, and what an actor did, only the contributor knows.
            WantedForm::Pages | WantedForm::Entries { .. } => Vec::new(),
        }
    }
}

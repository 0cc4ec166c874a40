//! A reference and its code that stand in each other's place: `"follows": "event:rabat-seminar-2019"`.

use comity_document::document::Node;
use comity_document::pointer::Pointer;
use comity_document::validator::{Violation, ViolationKind};

use super::sample::{part_at, resolved};
use super::{Complaint, malformed_value};
use crate::kind::Kind;
use crate::lint::{Change, Fix};
use crate::schema::FieldSchema;
use crate::value::{AnyRef, StringFormat as _};

/// An entry of a map of references, with the code before the colon and the reference behind.
pub(super) struct SwappedEntry {
    pub(super) at: Pointer,
    reference: String,
    code: &'static str,
}

impl SwappedEntry {
    /// The entries of a record that are written the wrong way round.
    pub(super) fn all(kind: Kind, root: &Node<'_>, violations: &[Violation]) -> Vec<Self> {
        violations.iter().filter_map(|violation| Self::of(kind, root, violation)).collect()
    }

    fn of(kind: Kind, root: &Node<'_>, violation: &Violation) -> Option<Self> {
        let ViolationKind::Key(key, _) = &violation.refused else { return None };
        let map = part_at(kind, &violation.at)?;
        if resolved(kind, &map["propertyNames"])["format"] != AnyRef::FORMAT {
            return None;
        }
        let at = violation.at.clone().key(key);
        let reference = root.at(&at)?.as_str().filter(|text| AnyRef::parse(text).is_ok())?.to_owned();
        let code = FieldSchema::of_part(kind, resolved(kind, &map["additionalProperties"])).code_named(key)?;
        let is_free = root.at(&violation.at)?.get(&reference).is_none();
        is_free.then_some(Self { at, reference, code })
    }

    /// Whether a violation only follows from the order.
    pub(super) fn covers(&self, violation: &Violation) -> bool {
        match &violation.refused {
            ViolationKind::Key(key, _) => violation.at.clone().key(key) == self.at,
            _ => violation.at == self.at,
        }
    }

    pub(super) fn complaint(&self) -> Complaint {
        let Self { at, reference, code } = self;
        let written = format!("\"{reference}\": \"{code}\"");
        let changes = vec![
            Change::Replace { at: at.clone(), with: (*code).into() },
            Change::Rename { at: at.clone(), to: reference.clone() },
        ];
        let message = format!("`{code}` stands before the colon, and the record behind it");
        let complaint = Complaint::new(0, &malformed_value::RULE, message)
            .help(format!("the record stands before the colon: {written}"));
        Complaint { fix: Some(Fix { what: format!("write `{written}`"), changes, safe: false }), ..complaint }
    }
}

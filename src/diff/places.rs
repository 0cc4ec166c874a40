//! The places at which two states of one record differ, whatever evidence is behind them.

use comity_document::pointer::Pointer;
use serde_json::Value;

use super::fields::fields;
use super::walk::{Difference, differences};
use crate::record::Record;

/// Every place that differs, in canonical order. Where only the order of a list or of a map differs, the field is given as a
/// whole: the order means nothing, but the text of the record has it.
pub(crate) fn places(before: &Record, after: &Record) -> Vec<Difference> {
    let json = |record: &Record| record.to_json(None).unwrap_or_default();
    let (was, is) = (json(before), json(after));
    let named = fields(after.kind(), &was, &is);
    named.into_iter().flat_map(|(name, _)| of_field(name, was.get(name), is.get(name))).collect()
}

fn of_field(name: &str, was: Option<&Value>, is: Option<&Value>) -> Vec<Difference> {
    let at = Pointer::root().key(name);
    let found = differences(&at, was, is);
    let text = |value: Option<&Value>| value.map(ToString::to_string);
    if !found.is_empty() || text(was) == text(is) {
        return found;
    }
    vec![Difference { at, before: was.cloned(), after: is.cloned(), replaces: false }]
}

//! What a user means by a name: the id of a record, or a text that names one.

use anyhow::Context as _;
use comity::dataset::Entry;
use comity::kind::Kind;
use comity::query::names::{NameIndex, Named};
use comity::record::Record;
use comity::value::Key;

use crate::output::note;

/// A record that a user named.
#[derive(Debug, Clone, Copy)]
pub(crate) struct NamedRecord<'a> {
    pub(crate) entry: &'a Entry,
    pub(crate) key: &'a Key,
    pub(crate) record: &'a Record,
}

/// The record that a text names: `kind:id`, an id, or a name that only one record has. A note says for which record a name
/// was taken.
///
/// # Errors
/// When the text names no record, or several; the error names those that are likely. When the record has errors.
pub(crate) fn record<'a>(names: &NameIndex<'a>, text: &str, kinds: &[Kind]) -> anyhow::Result<NamedRecord<'a>> {
    let Named { entry, key, by_name, .. } = names.resolve(text, kinds)?;
    if let Some(found) = by_name {
        note(&format!("note: `{}` was taken for `{key}` ({})", text.trim(), found.title()));
    }
    let record = entry.record.as_deref().with_context(|| format!("`{key}` has errors; `comity check` shows them"))?;
    Ok(NamedRecord { entry, key, record })
}

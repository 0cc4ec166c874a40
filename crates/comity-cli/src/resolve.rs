//! What a user means by a name: the id of a record, or a text that names one.

use anyhow::{Context, bail};
use comity::dataset::Dataset;
use comity::kind::Kind;
use comity::query::names::{NameAnswer, NameIndex, NameMatch};
use comity::record::{Record, Target};
use comity::value::Key;

/// The record that a text names: `kind:id`, an id, or a name that only one record has.
///
/// # Errors
/// When the text names no record, or several; the error names those that are likely.
pub(crate) fn record<'a>(names: &NameIndex<'a>, text: &str, kinds: &[Kind]) -> anyhow::Result<(&'a Key, &'a Record)> {
    let dataset: &'a Dataset = names.dataset();
    let (kinds, id) = match text.split_once(':').and_then(|(kind, id)| Some((Kind::parse(kind)?, id))) {
        Some((kind, _)) if !kinds.contains(&kind) => {
            bail!("`{text}` is {}; expected {}", kind.with_article(), one_of(kinds))
        }
        Some((kind, id)) => (vec![kind], id),
        None => (kinds.to_vec(), text),
    };
    let entries: Vec<_> = kinds.iter().filter_map(|kind| dataset.find(Target { kind: *kind, id })).collect();
    let entry = match entries[..] {
        [entry] => entry,
        [] => match names.answer(id, &kinds) {
            NameAnswer::One(found) => found.entry,
            NameAnswer::Several(found) => bail!("`{text}` may be {}; write the id", likely(&found)),
            NameAnswer::None => bail!("`{text}` names no {}; `comity search` finds records", one_of(&kinds)),
        },
        _ => {
            let keys: Vec<String> =
                entries.iter().filter_map(|entry| entry.key.as_ref()).map(|key| format!("`{key}`")).collect();
            bail!("several kinds have that id; write one of {}", keys.join(", "))
        }
    };
    let key = entry.key.as_ref().context("an entry found by name has one")?;
    let record = entry.record.as_deref().with_context(|| format!("`{key}` has errors; `comity check` shows them"))?;
    Ok((key, record))
}

/// Candidates with their names, for a sentence.
pub(crate) fn likely(found: &[NameMatch<'_>]) -> String {
    found.iter().map(|found| format!("`{}` ({})", found.key, found.title())).collect::<Vec<_>>().join(", ")
}

fn one_of(kinds: &[Kind]) -> String {
    if kinds.len() == Kind::ALL.len() {
        return "record".to_owned();
    }
    kinds.iter().map(|kind| kind.name()).collect::<Vec<_>>().join(" or ")
}

//! How the records are written that a text or a list names, where an entry for each belongs.

use crate::kind::Kind;
use crate::lint::{Finding, Wanted};
use crate::query::names::{NameAnswer, NameIndex};
use crate::value::{Id, StringFormat as _, enumerated, short};

/// How many names are looked up. A hostile list has thousands.
const MOST: usize = 12;

/// Says how each record is written. A name that no record has stays for the contributor to look up.
pub(super) fn advise(
    finding: &mut Finding,
    wanted: &Wanted,
    (value, codes): (&str, &str),
    kinds: &[Kind],
    names: &NameIndex<'_>,
) {
    let with_kind = wanted.kind.is_none();
    let id = |name: &str| {
        let with_own_kind = name.split_once(':').and_then(|(kind, id)| Some((Kind::parse(kind)?, id)));
        let (kinds, bare) = with_own_kind.as_ref().map_or((kinds, name), |(kind, id)| (std::slice::from_ref(kind), id));
        match names.answer(bare, kinds) {
            NameAnswer::One(found) if found.is_exact && with_kind => Some(found.key.to_string()),
            NameAnswer::One(found) if found.is_exact => Some(found.key.id.as_ref().to_owned()),
            // What is no name may still be the id that was meant.
            _ => Id::parse(bare).ok().filter(|_| !with_kind).map(|id| id.as_ref().to_owned()),
        }
    };
    let typed = wanted.text.split('\n').flat_map(|text| {
        // A name may have the word `and`.
        if id(text).is_some() { vec![text.to_owned()] } else { enumerated(text) }
    });
    let ids: Vec<(String, Option<String>)> = typed.take(MOST).map(|name| (name.clone(), id(&name))).collect();
    let entry = |id: &Option<String>| format!("\"{}\": {value}", id.as_deref().unwrap_or("…"));
    let entries: Vec<String> = ids.iter().map(|(_, id)| entry(id)).collect();
    let unknown = ids.iter().filter(|(_, id)| id.is_none()).map(|(name, _)| format!("`{}`", short(name)));
    let unknown = unknown.collect::<Vec<_>>().join(", ");
    let missing =
        if unknown.is_empty() { String::new() } else { format!("; look for the id of {unknown} with `comity search`") };
    let each = if ids.len() > 1 { "each as an entry of its own" } else { "it as an entry with a value" };
    finding.help(format!("write {each}: {{ {} }}{missing}{codes}", entries.join(", ")));
}

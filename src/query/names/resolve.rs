//! The record that a person names: by its id, or by a name that only one record has.

use std::fmt;

use super::{Identities, NameAnswer, NameIndex, NameMatch};
use crate::dataset::Entry;
use crate::kind::Kind;
use crate::record::Target;
use crate::value::{Id, Key, folded, with_capital};

/// The record that a text names.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Named<'a> {
    /// The entry of the record.
    pub entry: &'a Entry,
    /// Kind and id.
    pub key: &'a Key,
    /// The name by which the record was found; `None` where the text is the id.
    pub by_name: Option<NameMatch<'a>>,
}

/// Why a text names no record for sure, in the words of a contributor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unnamed(String);

impl fmt::Display for Unnamed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Unnamed {}

impl<'a> NameIndex<'a> {
    /// The record of one of these kinds that a text names: `kind:id`, an id, or a name that only one record has.
    ///
    /// # Errors
    /// When the text names no such record, or may name several; the error says which, or how to find or add one.
    pub fn resolve(&self, text: &str, kinds: &[Kind]) -> Result<Named<'a>, Unnamed> {
        let (kinds, id) = split(text, kinds)?;
        let by_id: Vec<(&'a Key, &'a Entry)> = kinds
            .iter()
            .filter_map(|kind| self.dataset.find(Target { kind: *kind, id }))
            .filter_map(|entry| Some((entry.key.as_ref()?, entry)))
            .collect();
        match by_id[..] {
            [(key, entry)] => return Ok(Named { entry, key, by_name: None }),
            [] => {}
            _ => return Err(several_kinds(id, by_id.into_iter().map(|(key, _)| key))),
        }
        let answer = self.answer(id, &kinds);
        if let Some(each) = self.each_of(id, &kinds, &answer) {
            return Err(Unnamed(format!("`{id}` names several records: write each by itself, {}", likely(&each))));
        }
        if !matches!(answer, NameAnswer::One(_))
            && let Some(place) = self.place(id, &kinds)
        {
            return Err(place);
        }
        match answer {
            NameAnswer::One(found) => Ok(Named { entry: found.entry, key: found.key, by_name: Some(found) }),
            NameAnswer::Several(found) => {
                Err(Unnamed(format!("`{id}` names no {} for sure; it may be {}", one_of(&kinds), likely(&found))))
            }
            NameAnswer::None => Err(Unnamed(format!(
                "`{id}` names no {}; look with `comity search`, or add the record with `{}`",
                on_record(&kinds),
                command_for_new(id, &kinds)
            ))),
        }
    }
}

impl NameIndex<'_> {
    /// The refusal of a text that is exactly the name of a place, where a record of another kind is wanted: a capital stands for its
    /// state only in headlines.
    fn place(&self, text: &str, kinds: &[Kind]) -> Option<Unnamed> {
        let [kind] = kinds else { return None };
        let place =
            self.exact_elsewhere(&[(text, *kind)]).pop().flatten().filter(|other| other.key.kind == Kind::Place)?;
        let country = with_capital(&folded(text)).filter(|_| *kind == Kind::Actor);
        let state = country.and_then(|country| Identities::of(self.dataset).of_country(country, kinds));
        let meant = state.map(|(state, _)| format!("; for the state, write `{}`", state.id.as_ref()));
        let (title, wanted, meant) = (place.title(), kind.with_article(), meant.unwrap_or_default());
        Some(Unnamed(format!("`{text}` is a place, `{}` ({title}), and {wanted} is wanted{meant}", place.key)))
    }
}

/// The kinds and the id of `kind:id`; all kinds and the whole text where no kind stands before it.
///
/// # Errors
/// When the kind is another than these, or no id stands there.
pub(crate) fn split<'t>(text: &'t str, kinds: &[Kind]) -> Result<(Vec<Kind>, &'t str), Unnamed> {
    let text = text.trim();
    if let Some((kind, id)) = of_path(text).filter(|(kind, _)| kinds.contains(kind)) {
        return Ok((vec![kind], id));
    }
    match text.split_once(':').and_then(|(kind, id)| Some((Kind::parse(kind)?, id.trim()))) {
        Some((kind, _)) if !kinds.contains(&kind) => {
            let expected: Vec<String> = kinds.iter().map(|kind| kind.with_article()).collect();
            Err(Unnamed(format!("`{text}` is {}; expected {}", kind.with_article(), expected.join(" or "))))
        }
        Some((kind, "")) => {
            Err(Unnamed(format!("`{text}` has no id; write `{kind}:` and the id of {}", kind.with_article())))
        }
        Some((kind, id)) => Ok((vec![kind], id)),
        None if text.is_empty() => Err(Unnamed("an empty text names no record; write an id or a name".to_owned())),
        None => Ok((kinds.to_vec(), text)),
    }
}

/// The kind and the id in the path of a record: `data/event/rabat-seminar-2019.json`.
fn of_path(text: &str) -> Option<(Kind, &str)> {
    let mut parts = text.strip_suffix(".json")?.rsplit(['/', '\\']);
    let (id, folder) = (parts.next()?, parts.next()?);
    Some((Kind::parse(folder)?, id))
}

/// The refusal of an id that records of several kinds have.
pub(crate) fn several_kinds<'k>(id: &str, keys: impl Iterator<Item = &'k Key>) -> Unnamed {
    let keys: Vec<String> = keys.map(|key| format!("`{key}`")).collect();
    Unnamed(format!("several kinds have the id `{id}`; write one of {}", keys.join(", ")))
}

/// The command that adds a record of that name, with the id that was used, so that what refers to the record finds it.
pub(crate) fn command_for_new(name: &str, kinds: &[Kind]) -> String {
    let kind = if let [kind] = kinds { kind.name() } else { "KIND" };
    match Id::of_name(name) {
        Some(id) => format!("comity new {kind} --id {id}"),
        None => format!("comity new {kind}"),
    }
}

/// Candidates with their names, for a sentence.
fn likely(found: &[NameMatch<'_>]) -> String {
    found.iter().map(|found| format!("`{}` ({})", found.key, found.title())).collect::<Vec<_>>().join(", ")
}

/// What a text might have named, in a sentence that says that it names nothing.
fn on_record(kinds: &[Kind]) -> String {
    // Every record is on record.
    if kinds.len() == Kind::ALL.len() { one_of(kinds) } else { format!("{} on record", one_of(kinds)) }
}

fn one_of(kinds: &[Kind]) -> String {
    if kinds.len() == Kind::ALL.len() {
        return "record".to_owned();
    }
    kinds.iter().map(|kind| kind.name()).collect::<Vec<_>>().join(" or ")
}

//! An index of names: which record is meant by a text. It knows ids, names and aliases in all languages, words in any
//! order, countries and their peoples, sorts of bodies, acronyms, slips of the finger, and plain transliteration.
//!
//! ```
//! use comity::query::names::{NameAnswer, NameIndex};
//! use comity::{Dataset, Day, Kind};
//!
//! let dataset = Dataset::builder("2026-01-01".parse::<Day>()?)
//!     .file("actor/royal-moroccan-navy.json", r#"{ "names": { "en": "Royal Moroccan Navy" }, "type": "armed-force", "country": "MA" }"#)
//!     .file("actor/moroccan-press.json", r#"{ "names": { "en": "Moroccan press" }, "type": "media", "country": "MA" }"#)
//!     .build();
//! let names = NameIndex::of(&dataset);
//! for text in ["moroccan-navy", "la Marine royale marocaine", "البحرية المغربية"] {
//!     let NameAnswer::One(found) = names.answer(text, &[Kind::Actor]) else { return Err(text.into()) };
//!     assert_eq!(found.key.id.as_ref(), "royal-moroccan-navy");
//! }
//! assert!(matches!(names.answer("algerian-navy", &[Kind::Actor]), NameAnswer::None));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Nothing is indexed before something is looked for, and then only the kinds that are asked for. A question takes time
//! in proportion to the names that share a word with it.

mod apart;
mod by_text;
mod exact;
mod identified;
mod index;
mod lexicon;
mod query;
mod resolve;
mod several;
mod skeleton;
mod typos;
mod words;

use std::sync::OnceLock;

pub(crate) use self::identified::{Identities, Keyed};
use self::index::KindNames;
use self::query::Query;
pub use self::resolve::{Named, Unnamed};
pub(crate) use self::resolve::{command_for_new, several_kinds, split};
use crate::dataset::{Dataset, Entry};
use crate::kind::Kind;
use crate::record::{AliasType, Body, Record};
use crate::value::{Key, Language, Names, digits, folded};

/// The names of the records of a dataset.
#[derive(Debug)]
pub struct NameIndex<'a> {
    dataset: &'a Dataset,
    kinds: [OnceLock<KindNames<'a>>; Kind::ALL.len()],
}

/// What a name is to its record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum NameForm {
    /// The id.
    Id,
    /// A name, or the title of a source.
    Name,
    /// Another name.
    Alias(AliasType),
}

/// The names of a record, the title of a source, and the other names, each with its language.
pub(crate) fn names_of(record: &Record) -> impl Iterator<Item = (&Language, &str, NameForm)> {
    let title = if let Body::Source(source) = &record.body { source.title.as_ref() } else { None };
    let names = record.envelope.names.iter().map(Names::texts).chain(title).flatten();
    let aliases = record.envelope.aliases.iter().flat_map(|aliases| aliases.iter());
    let names = names.map(|(language, text)| (language, text.as_ref(), NameForm::Name));
    names.chain(aliases.map(|alias| (&alias.language, alias.text.as_ref(), NameForm::Alias(alias.r#type))))
}

/// A record with the name by which it was found.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct NameMatch<'a> {
    /// The entry of the record.
    pub entry: &'a Entry,
    record: Option<&'a Record>,
    /// Kind and id.
    pub key: &'a Key,
    /// The name that is like the text.
    pub name: &'a str,
    /// The language of the name; `None` for an id.
    pub language: Option<&'a Language>,
    /// What the name is to the record.
    pub form: NameForm,
    /// How alike name and text are, from 0 to 1.
    pub score: f64,
    /// Whether they differ in nothing that distinguishes names.
    pub is_exact: bool,
    /// How well the least alike of the words that matter is matched, from 0 to 1.
    least: f64,
}

impl<'a> NameMatch<'a> {
    /// The record, if it was decoded.
    pub fn record(&self) -> Option<&'a Record> {
        self.record
    }

    /// What a person calls the record: its English name, or its id.
    pub fn title(&self) -> &'a str {
        self.record().and_then(Record::title).unwrap_or(self.key.id.as_ref())
    }

    /// The code of the record's type, where its kind has types.
    pub fn type_code(&self) -> Option<&'static str> {
        self.record()?.body.type_code()
    }
}

/// What a text names.
#[derive(Debug, Clone)]
pub enum NameAnswer<'a> {
    /// One record, and no other is likely.
    One(NameMatch<'a>),
    /// One of these, the likeliest first; [`CANDIDATES`] at most. Even where there is only one, it is not sure.
    Several(Vec<NameMatch<'a>>),
    /// No record.
    None,
}

/// How many candidates a person is shown.
pub const CANDIDATES: usize = 3;

/// For how many texts the names of all records are looked through. For more, an index is worth its time.
const SCREENED: usize = 16;

/// The score that one answer needs, and its distance from the next.
const SURE: f64 = 0.7;
const DISTANCE: f64 = 0.12;
/// How well every word of a sure answer is matched: a slip is, another spelling is not.
const WELL: f64 = 0.85;
/// The score that a candidate needs.
const LIKELY: f64 = 0.5;

impl<'a> NameIndex<'a> {
    /// The names of a dataset. Nothing is indexed yet.
    pub fn of(dataset: &'a Dataset) -> Self {
        Self { dataset, kinds: Default::default() }
    }

    /// The dataset.
    pub fn dataset(&self) -> &'a Dataset {
        self.dataset
    }

    /// The records of these kinds that a text may name, the likeliest first, each once. Withdrawn records are left out.
    pub fn find(&self, text: &str, kinds: &[Kind]) -> Vec<NameMatch<'a>> {
        let Some(query) = Query::of(text) else { return Vec::new() };
        let mut found: Vec<NameMatch<'a>> = kinds.iter().flat_map(|kind| self.find_in(*kind, &query)).collect();
        found.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.key.cmp(b.key)));
        found
    }

    /// What a text names among the records of these kinds.
    pub fn answer(&self, text: &str, kinds: &[Kind]) -> NameAnswer<'a> {
        self.answer_among(text, kinds, |_| true)
    }

    /// What a text names among the records of these kinds that are `wanted`.
    pub fn answer_among(
        &self,
        text: &str,
        kinds: &[Kind],
        wanted: impl FnMut(&NameMatch<'a>) -> bool,
    ) -> NameAnswer<'a> {
        let mut found = self.find(text, kinds);
        found.retain(wanted);
        let Some(best) = found.first().copied() else { return NameAnswer::None };
        let next = found.get(1);
        let is_sure = if best.key.kind == Kind::Source {
            // A page is not another page whose address, date or subject is like its own: only a slip is sure.
            false
        } else if best.is_exact {
            next.is_none_or(|next| !next.is_exact)
        } else {
            best.score >= SURE && best.least >= WELL && next.is_none_or(|next| next.score < best.score - DISTANCE)
        };
        if is_sure {
            return NameAnswer::One(best);
        }
        if let Some(slip) = only_slip(text, &found) {
            return NameAnswer::One(slip);
        }
        found.retain(|found| found.score >= LIKELY);
        found.truncate(CANDIDATES);
        if found.is_empty() { NameAnswer::None } else { NameAnswer::Several(found) }
    }

    /// For each text, the likeliest of the records of other kinds than the one beside it that is called exactly so.
    pub(crate) fn exact_elsewhere(&self, texts: &[(&str, Kind)]) -> Vec<Option<NameMatch<'a>>> {
        let likely = (texts.len() <= SCREENED).then(|| exact::likely(self.dataset, texts));
        let is_likely = |index, kind| likely.as_ref().is_none_or(|likely| likely.contains(&(index, kind)));
        let find = |(index, (text, own)): (usize, &(&str, Kind))| {
            let kinds: Vec<Kind> =
                Kind::ALL.into_iter().filter(|kind| kind != own && is_likely(index, *kind)).collect();
            self.find(text, &kinds).into_iter().find(|found| found.is_exact)
        };
        texts.iter().enumerate().map(find).collect()
    }

    fn find_in(&self, kind: Kind, query: &Query) -> Vec<NameMatch<'a>> {
        let names = self.kinds[kind as usize].get_or_init(|| KindNames::of(self.dataset, kind));
        let mut found = names.find(query);
        // The best name of each record.
        found.sort_by(|a, b| {
            let entry = |found: &index::Found| names.names[found.name].entry.id;
            entry(a).cmp(&entry(b)).then(b.is_exact.cmp(&a.is_exact)).then(b.score.total_cmp(&a.score))
        });
        found.dedup_by_key(|found| names.names[found.name].entry.id);
        let matched = found.into_iter().filter_map(|found| {
            let name = &names.names[found.name];
            let key = name.entry.key.as_ref()?;
            let (entry, record) = (name.entry, name.record);
            let (name, language, form) = (name.text, name.language, name.form);
            let (score, least, is_exact) = (found.score, found.least, found.is_exact);
            Some(NameMatch { entry, record, key, name, language, form, score, is_exact, least })
        });
        matched.collect()
    }
}

/// How many candidates are compared letter by letter.
const COMPARED: usize = 64;

/// The only candidate whose name differs from a text by a slip of the finger, in whatever order other names have the
/// words.
fn only_slip<'a>(text: &str, found: &[NameMatch<'a>]) -> Option<NameMatch<'a>> {
    let text = folded(text);
    let is_telling = |word: &&str| apart::is_initial(word) || words::roman(word).is_some();
    let initials = |text: &str| text.split(' ').filter(is_telling).collect::<String>();
    let most = match text.chars().count() {
        0..6 => return None,
        6..14 => 1,
        _ => 2,
    };
    let is_slip = |found: &&NameMatch<'a>| {
        let name = folded(found.name);
        let is_told_apart = digits(&name) != digits(&text) || initials(&name) != initials(&text);
        !found.is_exact && !is_told_apart && strsim::osa_distance(&name, &text) <= most
    };
    let mut slips = found.iter().take(COMPARED).filter(is_slip);
    slips.next().filter(|_| slips.next().is_none()).copied()
}

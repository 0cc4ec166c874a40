//! Searching: records by any of their names, and by the words of their summaries.

use hashbrown::HashSet;

use super::names::{Identities, NameIndex, NameMatch, names_of};
use super::time;
use crate::dataset::{Dataset, Entry};
use crate::kind::Kind;
use crate::record::{Body, Record};
use crate::value::{Key, Language, folded};

/// A record with the text by which it was found.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct SearchHit<'a> {
    /// The entry of the record.
    pub entry: &'a Entry,
    /// Kind and id.
    pub key: &'a Key,
    /// The name, or the prose, that is like what is looked for.
    pub text: &'a str,
    /// The language of the text; `None` for an id.
    pub language: Option<&'a Language>,
    /// Whether the text is prose and not a name.
    pub in_prose: bool,
    /// How alike the two are, from 0 to 1.
    pub score: f64,
}

/// The score of a name that is worth showing.
const WORTH: f64 = 0.3;
/// The scores of names and of prose that have the beginning of every word that is looked for: below a likely name.
const NAME: f64 = 0.5;
const PROSE: f64 = 0.45;

/// The records of these kinds that a text may be about, the likeliest first, each once: those with such a number or such a
/// page, those with such a name, and those whose prose has every word of the text. Withdrawn records are left out.
pub fn search<'a>(names: &NameIndex<'a>, text: &str, kinds: &[Kind]) -> Vec<SearchHit<'a>> {
    let mut hits: Vec<SearchHit<'a>> =
        names.find(text, kinds).into_iter().filter(|found| found.score >= WORTH).map(SearchHit::from).collect();
    hits.extend(by_words(names.dataset(), text, kinds));
    hits.extend(identified(names.dataset(), text, kinds));
    hits.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.key.cmp(b.key)));
    let mut seen = HashSet::new();
    hits.retain(|hit| seen.insert(hit.entry.id.index()));
    hits
}

impl<'a> From<NameMatch<'a>> for SearchHit<'a> {
    fn from(found: NameMatch<'a>) -> Self {
        let NameMatch { entry, key, name, language, score, .. } = found;
        Self { entry, key, text: name, language, in_prose: false, score }
    }
}

/// The record of each kind that a number or an address identifies, however the address is written.
fn identified<'a>(dataset: &'a Dataset, text: &str, kinds: &[Kind]) -> Vec<SearchHit<'a>> {
    let identities = Identities::of(dataset);
    let hit = |kind: &Kind| {
        let ((key, record), _) = identities.find(text, &[*kind]).filter(|(_, is_sure)| *is_sure)?;
        let name = names_of(record).next().map(|(language, text, _)| (Some(language), text));
        let (language, text) = name.unwrap_or((None, key.id.as_ref()));
        Some(SearchHit { entry: dataset.find(key.into())?, key, text, language, in_prose: false, score: 1.0 })
    };
    kinds.iter().filter_map(hit).collect()
}

/// The records of which a name or the prose has every word of a text, or a longer word that begins with it.
fn by_words<'a>(dataset: &'a Dataset, text: &str, kinds: &[Kind]) -> Vec<SearchHit<'a>> {
    let wanted = folded(text);
    if wanted.is_empty() {
        return Vec::new();
    }
    let hit = |(entry, record): (&'a Entry, &'a Record)| {
        let key = entry.key.as_ref()?;
        let is_it = |(_, text): &(Option<&'a Language>, &'a str)| has_words(text, &wanted);
        let hit = |(language, text), in_prose, score| SearchHit { entry, key, text, language, in_prose, score };
        let mut names = names_of(record).map(|(language, text, _)| (Some(language), text));
        let by_name = names.find(is_it).map(|found| hit(found, false, NAME));
        by_name.or_else(|| prose(record).into_iter().find(is_it).map(|found| hit(found, true, PROSE)))
    };
    let records = dataset.records().filter(|(_, record)| time::stands(record) && kinds.contains(&record.kind()));
    records.filter_map(hit).collect()
}

/// The prose of a record: its summary, what was said, what a theme means, who published a source.
fn prose(record: &Record) -> Vec<(Option<&Language>, &str)> {
    let own = match &record.body {
        Body::Statement(statement) => Some(&statement.position),
        Body::Theme(theme) => Some(&theme.definition),
        _ => None,
    };
    let texts = record.envelope.summary.iter().chain(own).flatten();
    let mut all: Vec<_> = texts.map(|(language, text)| (Some(language), text.as_ref())).collect();
    if let Body::Source(source) = &record.body {
        all.push((None, source.publisher.as_ref()));
        all.extend(source.url.iter().map(|url| (None, url.as_ref())));
    }
    all
}

/// Whether a text has words that begin with each of the wanted words.
fn has_words(text: &str, wanted: &str) -> bool {
    let text = format!(" {}", folded(text));
    wanted.split(' ').all(|word| text.contains(&format!(" {word}")))
}

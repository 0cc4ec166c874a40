//! Searching: records by any of their names, and by the words of their summaries.

use super::names::{NameMatch, Names};
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
/// The score of prose with every word that is looked for: below a likely name.
const PROSE: f64 = 0.45;

/// The records of these kinds that a text may be about, the likeliest first, each once: those with such a name, and those
/// whose prose has every word of the text. Withdrawn records are left out.
pub fn search<'a>(names: &Names<'a>, text: &str, kinds: &[Kind]) -> Vec<SearchHit<'a>> {
    let mut hits: Vec<SearchHit<'a>> =
        names.find(text, kinds).into_iter().filter(|found| found.score >= WORTH).map(SearchHit::from).collect();
    let known: hashbrown::HashSet<_> =
        hits.iter().filter(|hit| hit.score >= PROSE).map(|hit| hit.entry.id.index()).collect();
    let in_prose = in_prose(names.dataset(), text, kinds);
    let new: Vec<SearchHit<'a>> = in_prose.filter(|hit| !known.contains(&hit.entry.id.index())).collect();
    let better: hashbrown::HashSet<_> = new.iter().map(|hit| hit.entry.id.index()).collect();
    hits.retain(|hit| !better.contains(&hit.entry.id.index()));
    hits.extend(new);
    hits.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.key.cmp(b.key)));
    hits
}

impl<'a> From<NameMatch<'a>> for SearchHit<'a> {
    fn from(found: NameMatch<'a>) -> Self {
        let NameMatch { entry, key, name, language, score, .. } = found;
        Self { entry, key, text: name, language, in_prose: false, score }
    }
}

/// The records whose prose has every word of a text.
fn in_prose<'a>(dataset: &'a Dataset, text: &str, kinds: &[Kind]) -> impl Iterator<Item = SearchHit<'a>> {
    let wanted = folded(text);
    let records = dataset.records().filter(move |(_, record)| {
        !wanted.is_empty() && record.envelope.retired.is_none() && kinds.contains(&record.kind())
    });
    let wanted = folded(text);
    records.filter_map(move |(entry, record)| {
        let key = entry.key.as_ref()?;
        let (language, text) = prose(record).into_iter().find(|(_, prose)| has_words(prose, &wanted))?;
        Some(SearchHit { entry, key, text, language, in_prose: true, score: PROSE })
    })
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

//! The names of the records of one kind, by their terms.

use compact_str::CompactString;
use hashbrown::{HashMap, HashSet};

use super::by_text::ByText;
use super::lexicon::{self, is_number, is_weak, is_word};
use super::query::{Query, joined, joined_skeleton, nearly};
use super::skeleton::{is_arabic, skeleton};
use super::typos::Typos;
use super::words::{abbreviations, terms, words as words_of};
use super::{NameForm, apart, names_of};
use crate::dataset::{Dataset, Entry};
use crate::kind::Kind;
use crate::record::{ActorType, Body, Record};
use crate::value::{Language, folded};

/// How alike two terms are: a slip, a spelling in another script, a beginning.
const SLIP: f64 = 0.9;
const SPELLING: f64 = 0.8;
const BEGINNING: f64 = 0.6;
/// The weight of a word that distinguishes no names.
const WEAK: f64 = 0.1;
/// How many names are compared at most; those with the rarest words come first.
const NAMES: usize = 4_096;
/// How many terms one word may stand for.
const TERMS: usize = 64;

/// One name of a record.
#[derive(Debug)]
pub(super) struct Name<'a> {
    pub(super) entry: &'a Entry,
    pub(super) record: Option<&'a Record>,
    pub(super) text: &'a str,
    pub(super) language: Option<&'a Language>,
    pub(super) form: NameForm,
    terms: Box<[u32]>,
}

#[derive(Debug)]
struct Term {
    text: CompactString,
    /// The names with the term, in order.
    names: Vec<u32>,
    weight: f64,
}

/// A name that is like what is looked for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Found {
    pub(super) name: usize,
    /// From 0 to 1.
    pub(super) score: f64,
    /// How well the least alike of the words that matter is matched.
    pub(super) least: f64,
    pub(super) is_exact: bool,
}

#[derive(Debug, Default)]
pub(super) struct KindNames<'a> {
    pub(super) names: Vec<Name<'a>>,
    terms: Vec<Term>,
    numbers: HashMap<CompactString, u32>,
    typos: Typos,
    by_skeleton: ByText,
    /// Names by all their words without spaces, by their initials, and by the consonants of all words.
    by_joined: ByText,
    by_initials: ByText,
    by_joined_skeleton: ByText,
    /// The terms in the order of their texts.
    sorted: Vec<u32>,
}

impl<'a> KindNames<'a> {
    pub(super) fn of(dataset: &'a Dataset, kind: Kind) -> Self {
        dataset.recall_all(|entry| entry.key.as_ref().is_some_and(|key| key.kind == kind));
        let mut index = Self::default();
        for entry in dataset.entries() {
            let Some(key) = entry.key.as_ref().filter(|key| key.kind == kind) else { continue };
            let record = dataset.recall(entry);
            if record.is_some_and(|record| record.envelope.retired.is_some()) {
                continue;
            }
            index.add((entry, record), key.id.as_ref(), None, NameForm::Id);
            for (language, text, form) in record.into_iter().flat_map(names_of) {
                index.add((entry, record), text, Some(language), form);
            }
        }
        index.finish();
        index
    }

    fn add(
        &mut self,
        (entry, record): (&'a Entry, Option<&'a Record>),
        text: &'a str,
        language: Option<&'a Language>,
        form: NameForm,
    ) {
        let whole = folded(text);
        let words = words_of(&whole);
        let name = u32::try_from(self.names.len()).unwrap_or(u32::MAX);
        let mut numbers: Vec<u32> = terms(&words).into_iter().map(|term| self.number(term)).collect();
        numbers.sort_unstable();
        numbers.iter().for_each(|number| self.terms[*number as usize].names.push(name));
        if words.len() > 2 && form != NameForm::Id {
            abbreviations(text, &words).iter().for_each(|short| self.by_initials.add(short, name));
        }
        self.by_joined_skeleton.add(&joined_skeleton(&words), name);
        self.by_joined.add(&joined(whole), name);
        self.names.push(Name { entry, record, text, language, form, terms: numbers.into() });
    }

    fn number(&mut self, term: CompactString) -> u32 {
        let next = u32::try_from(self.terms.len()).unwrap_or(u32::MAX);
        *self.numbers.entry(term.clone()).or_insert_with(|| {
            if is_word(&term) {
                self.by_skeleton.add(&skeleton(&term), next);
            }
            self.terms.push(Term { text: term, names: Vec::new(), weight: 1.0 });
            next
        })
    }

    #[expect(clippy::cast_precision_loss, reason = "a weight needs no more than the order of magnitude")]
    fn finish(&mut self) {
        let all = self.names.len() as f64;
        for term in &mut self.terms {
            let rare = (all / term.names.len().max(1) as f64).ln_1p() / all.ln_1p();
            term.weight = if is_weak(&term.text) { WEAK } else { rare.clamp(0.2, 1.0) };
        }
        self.sorted = (0..).take(self.terms.len()).collect();
        let terms = &self.terms;
        let words = (0..).zip(terms).map(|(number, term)| (number, term.text.as_str()));
        self.typos = Typos::of(words.filter(|(_, word)| is_word(word)));
        let by_text = [&mut self.by_skeleton, &mut self.by_joined, &mut self.by_initials, &mut self.by_joined_skeleton];
        by_text.into_iter().for_each(ByText::sort);
        self.sorted.sort_unstable_by(|a, b| terms[*a as usize].text.cmp(&terms[*b as usize].text));
    }

    /// The names that are like the query, in no order.
    pub(super) fn find(&self, query: &Query) -> Vec<Found> {
        let likes: Vec<Like> = query.terms.iter().map(|term| self.like(term, query)).collect();
        let mut found: Vec<Found> =
            self.candidates(&likes).into_iter().filter_map(|name| self.compare(name, query, &likes)).collect();
        let whole = |names: &ByText, text: &str, score: f64, is_exact| {
            let names: Vec<u32> = names.of(text).take(NAMES).collect();
            names.into_iter().map(move |name| Found { name: name as usize, score, least: score, is_exact })
        };
        found.extend(whole(&self.by_joined, &query.joined, 1.0, true));
        if query.terms.len() == 1 && query.joined.len() > 2 {
            found.extend(whole(&self.by_initials, &query.joined, 0.9, false));
        }
        if let [parent, short] = &query.terms[..] {
            found.extend(whole(&self.by_initials, &format!("{parent} {short}"), 0.9, false));
        }
        if query.skeleton.len() > 5 {
            found.extend(whole(&self.by_joined_skeleton, &query.skeleton, 0.85, false));
        }
        found
    }

    /// The terms that a term of the query may be.
    fn like(&self, text: &CompactString, query: &Query) -> Like {
        let weight = if is_weak(text) { WEAK } else { 1.0 };
        if let Some(number) = self.numbers.get(text) {
            let known = &self.terms[*number as usize];
            return Like { terms: vec![(*number, 1.0)], weight: known.weight };
        }
        // A title is like no name: `Col` is not Colombia.
        if !is_word(text) || lexicon::is_title(text) {
            return Like { terms: Vec::new(), weight };
        }
        // An abbreviation with another letter is another abbreviation.
        let mut terms = if query.is_abbreviation { Vec::new() } else { self.spellings(text) };
        if terms.is_empty() && text.chars().count() > 2 {
            let from = self.sorted.partition_point(|number| self.terms[*number as usize].text < *text);
            let longer = self.sorted[from..].iter().copied();
            let longer = longer.take_while(|number| self.terms[*number as usize].text.starts_with(text.as_str()));
            terms.extend(longer.map(|number| (number, BEGINNING)));
        }
        terms.truncate(TERMS);
        Like { terms, weight }
    }

    /// The words that an unknown word may be, by a slip or by another spelling.
    fn spellings(&self, text: &CompactString) -> Vec<(u32, f64)> {
        let slips = self.typos.like(text, |number| &self.terms[number as usize].text);
        let known = nearly(text).filter_map(|term| self.numbers.get(&term).copied());
        let mut terms: Vec<(u32, f64)> = slips.into_iter().chain(known).map(|number| (number, SLIP)).collect();
        let consonants = skeleton(text);
        let most = if text.chars().count() < 6 { 1 } else { 3 };
        for number in self.by_skeleton.of(&consonants) {
            let other = &self.terms[number as usize].text;
            let is_spelling = if is_arabic(text) == is_arabic(other) {
                consonants.len() >= 3 && strsim::osa_distance(text, other) <= most
            } else {
                consonants.len() >= 4
            };
            if is_spelling && terms.iter().all(|(known, _)| *known != number) {
                terms.push((number, SPELLING));
            }
        }
        terms
    }

    /// The names with a term that is looked for, those with the rarest term first.
    fn candidates(&self, likes: &[Like]) -> Vec<usize> {
        let mut wanted: Vec<&Term> =
            likes.iter().flat_map(|like| &like.terms).map(|(number, _)| &self.terms[*number as usize]).collect();
        wanted.sort_by_key(|term| term.names.len());
        let mut seen = HashSet::new();
        let names = wanted.into_iter().flat_map(|term| term.names.iter().take(NAMES));
        names.filter(|name| seen.insert(**name)).take(NAMES).map(|name| *name as usize).collect()
    }

    /// How alike a name and the query are; `None` where they name different countries or different sorts of bodies.
    fn compare(&self, index: usize, query: &Query, likes: &[Like]) -> Option<Found> {
        let name = &self.names[index];
        let person = is_person(name.record);
        let (mut matched, mut all, mut least) = (0.0, 0.0, 1.0_f64);
        let mut used: Vec<u32> = Vec::with_capacity(likes.len());
        let (mut other_number, mut other_title) = (false, false);
        for (term, like) in query.terms.iter().zip(likes) {
            let known = like.terms.iter().filter(|(number, _)| name.terms.binary_search(number).is_ok());
            let best = known.copied().max_by(|a, b| a.1.total_cmp(&b.1));
            let implied = || term.strip_prefix('@').is_some_and(|country| country_of(name.record) == Some(country));
            let quality = match best {
                Some((number, quality)) => {
                    used.push(number);
                    quality
                }
                None if implied() => 1.0,
                None if term.starts_with('@') && person => continue,
                None if term.starts_with(['@', '#']) => return None,
                None => 0.0,
            };
            other_number |= quality == 0.0 && is_number(term);
            other_title |= quality == 0.0 && lexicon::is_title(term);
            all += like.weight;
            matched += quality * like.weight;
            if like.weight > WEAK {
                least = least.min(quality);
            }
        }
        let weight = |number: &u32| self.terms[*number as usize].weight;
        let own: f64 = name.terms.iter().map(weight).sum();
        let shared: f64 = used.iter().map(weight).sum::<f64>() / own.max(f64::EPSILON);
        // A surname alone names a person, and one word of many names no body.
        let shared = if person { shared.max(0.65) } else { shared };
        let left = name.terms.iter().filter(|number| !used.contains(number));
        let left: Vec<&Term> = left.map(|number| &self.terms[*number as usize]).collect();
        let score = (matched / all.max(f64::EPSILON)) * (0.4 + 0.6 * shared.min(1.0));
        if apart::is_of_another_country(query, name.text) {
            return None;
        }
        let has_other_number = || left.iter().any(|term| is_number(&term.text));
        let texts = || left.iter().map(|term| term.text.as_str()).collect::<Vec<_>>();
        let is_told_apart = || apart::is_other(query, name.text, &texts(), person);
        // The secretary general of NATO is not NATO.
        let is_other = other_number && has_other_number() || other_title && !person || is_told_apart();
        let is_asked_for = |term: &&Term| term.weight <= WEAK || query.names(&term.text);
        let is_exact = !is_other && least >= 1.0 && left.iter().all(is_asked_for);
        let is_vague = query.is_body_alone() && self.has_country(name);
        Some(match (is_exact, is_other) {
            (true, _) if !is_vague => Found { name: index, score: score.max(0.97), least, is_exact },
            (_, true) => Found { name: index, score: score * 0.75, least: 0.0, is_exact: false },
            _ => {
                let least = if is_vague || shared < 0.6 { 0.0 } else { least };
                Found { name: index, score: score.min(0.96), least, is_exact: false }
            }
        })
    }

    fn has_country(&self, name: &Name<'_>) -> bool {
        country_of(name.record).is_some()
            || name.terms.iter().any(|number| self.terms[*number as usize].text.starts_with('@'))
    }
}

/// What a term of the query may be, and how much it matters.
struct Like {
    terms: Vec<(u32, f64)>,
    weight: f64,
}

pub(super) fn country_of(record: Option<&Record>) -> Option<&str> {
    match &record?.body {
        Body::Actor(actor) => actor.country.as_ref().map(AsRef::as_ref),
        Body::Place(place) => place.country.as_ref().map(AsRef::as_ref),
        _ => None,
    }
}

pub(super) fn is_person(record: Option<&Record>) -> bool {
    let body = record.map(|record| &record.body);
    matches!(body, Some(Body::Actor(actor)) if actor.r#type == ActorType::Person)
}

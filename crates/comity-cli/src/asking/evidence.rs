//! Questions about evidence: what is missing of a source, what a source shows, and where it has another value.

use anyhow::Context as _;
use comity::compose::{Answer, Citation, ComposeError, Composition, questions};
use comity::dataset::Entry;
use comity::kind::Kind;
use comity::schema::FieldSchema;
use comity::value::Key;
use inquire::{MultiSelect, Select};

use super::Asking;
use super::prompts::{prompt, score};
use crate::output::eprint_line;

impl<'a> Asking<'_, 'a> {
    /// What is missing of each new source, other than the record `main`.
    pub(crate) fn sources(&mut self, main: &Key) -> anyhow::Result<()> {
        let new: Vec<Key> = self.composition.new_sources().filter(|key| *key != main).cloned().collect();
        for key in new {
            for question in self.composition.open_questions(&key) {
                self.question(&key, &question)?;
            }
        }
        Ok(())
    }

    /// With two sources or more, what each of them shows.
    pub(crate) fn supports(&mut self, key: &Key) -> anyhow::Result<()> {
        let evidence = self.composition.value(key, "evidence").and_then(serde_json::Value::as_object);
        let sources: Vec<String> = evidence.into_iter().flatten().map(|(source, _)| source.clone()).collect();
        if sources.len() < 2 {
            return Ok(());
        }
        for source in sources {
            let facts = self.composition.facts(key);
            let all: Vec<usize> = (0..facts.len()).collect();
            let chosen = MultiSelect::new(&format!("What does {source} show?"), facts)
                .with_default(&all)
                .with_help_message("Space takes a place away, Enter ends")
                .prompt()?;
            self.composition.clear(key, &format!("evidence/{source}/supports"));
            for place in chosen {
                self.composition.set(key, &format!("evidence/{source}/supports"), &place)?;
            }
        }
        Ok(())
    }

    /// The record that a source is added to: one of the dataset.
    pub(crate) fn cited_record(&mut self) -> anyhow::Result<String> {
        let completion = self.completion(&Kind::ALL);
        loop {
            let text = prompt("Which record", "Its id, or any of its names.", completion.as_ref())?;
            let named = self.composition.names().resolve(&text, &Kind::ALL).map_err(ComposeError::from);
            match named.and_then(|named| Composition::check_citable(named.key).map(|()| named.key.to_string())) {
                Ok(record) => return Ok(record),
                Err(error) => eprint_line(&format!("  {error}")),
            }
        }
    }

    /// Adds a source to a record, and asks for what the citation leaves open, until the citation can be taken. Returns the
    /// source.
    pub(crate) fn cite(&mut self, entry: &'a Entry, mut citation: Citation) -> anyhow::Result<Key> {
        let key = self.composition.take(entry)?;
        loop {
            if citation.source.is_empty() {
                citation.source = self.cited_source()?;
            }
            if !citation.says_something() {
                self.shown(&key, &mut citation)?;
            }
            match self.composition.cite(entry, &citation) {
                Ok((_, source)) => {
                    self.cited = Some((entry, source.clone()));
                    return Ok(source);
                }
                // Nobody can change in a terminal what the command line sets.
                Err(error) if !citation.fields.is_empty() => return Err(error.into()),
                Err(error) => eprint_line(&format!("  {error}")),
            }
            let Citation { stance, why, fields, .. } = citation;
            citation = Citation { stance, why, fields, ..Citation::default() };
        }
    }

    /// Asks again how a source speaks of a record of the dataset, and what the source shows. The record of the source stays
    /// as it was answered.
    pub(super) fn cite_again(&mut self, entry: &'a Entry, source: &Key) -> anyhow::Result<()> {
        let Some(key) = &entry.key else { return Ok(()) };
        self.composition.take_back(key);
        eprint_line(&format!("{key}: evidence/{} again", source.id.as_ref()));
        let stance = Some(stance(key.kind)?);
        let citation = Citation { source: source.id.as_ref().to_owned(), stance, ..Citation::default() };
        self.cite(entry, citation)?;
        Ok(())
    }

    /// A source, as the question for the evidence of a new record asks for it.
    fn cited_source(&mut self) -> anyhow::Result<String> {
        let completion = self.completion(&[Kind::Source]);
        loop {
            let source = prompt("Source", Answer::Sources.how(), completion.as_ref())?;
            if !source.is_empty() {
                return Ok(source);
            }
        }
    }

    /// What a source shows of a record, and where it has another value.
    fn shown(&self, key: &Key, citation: &mut Citation) -> anyhow::Result<()> {
        let labels = questions(key.kind);
        let facts = self.composition.facts(key);
        let labelled: Vec<String> = facts
            .iter()
            .map(|fact| match labels.iter().find(|question| fact.trim_start_matches('/') == question.field) {
                Some(question) => format!("{fact} – {}", question.label),
                None => fact.clone(),
            })
            .collect();
        let chosen = MultiSelect::new("What does it show as the record has it?", labelled)
            .with_help_message("Space chooses, Enter ends")
            .raw_prompt()?;
        citation.supports = chosen.iter().filter_map(|option| facts.get(option.index).cloned()).collect();
        loop {
            let help = "A place and the value there: `/when=2019-01-23`. Enter without an answer: it has none.";
            let text = prompt("Where does it have another value?", help, None)?;
            match text.split_once('=') {
                Some((place, value)) if !place.is_empty() => {
                    citation.says.push((place.trim().to_owned(), value.trim().to_owned()));
                }
                _ if text.is_empty() => return Ok(()),
                _ => eprint_line("  expected a place, `=` and a value"),
            }
        }
    }
}

/// How a source speaks of a record.
fn stance(kind: Kind) -> anyhow::Result<String> {
    let schema = FieldSchema::of(kind).field("evidence").and_then(FieldSchema::entry);
    let schema = schema.and_then(|evidence| evidence.field("stance")).context("evidence has a stance")?;
    let shown: Vec<String> = schema.codes().iter().map(|(code, meaning)| format!("{code} – {meaning}")).collect();
    let select = Select::new("How does the source speak of it?", shown)
        .with_help_message(schema.description())
        .with_page_size(15)
        .with_scorer(&score);
    let chosen = schema.codes().get(select.raw_prompt()?.index).map(|(code, _)| (*code).to_owned());
    chosen.context("a code that was chosen")
}

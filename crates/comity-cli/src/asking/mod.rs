//! The questions in a terminal: each with what its field is for. An answer that cannot be read is asked for again, and so
//! is what the check finds fault with, so that nothing typed is lost.

mod again;
mod complete;
mod evidence;
mod prompts;
mod written;

use std::rc::Rc;

use anyhow::Context as _;
use comity::compose::{Answer, ComposeError, Composition, Question, questions};
use comity::dataset::Entry;
use comity::kind::Kind;
use comity::query::names::NameIndex;
use comity::value::Key;
use inquire::{Confirm, MultiSelect, Select};

use self::complete::Completion;
use self::prompts::{kinds, prompt, score};
pub(crate) use self::written::unless_stopped;
use crate::output::eprint_line;

/// The keys that a person may press, in every question.
pub(crate) const KEYS: &str =
    "Enter without an answer leaves a field out; Tab completes; Esc stops, and nothing is written.";

/// Asks for the fields of records in the making.
pub(crate) struct Asking<'c, 'a> {
    pub(crate) composition: &'c mut Composition<'a>,
    /// For completion, while the composition changes.
    names: Rc<NameIndex<'a>>,
    /// The record of the dataset that gets a source, with the source.
    pub(crate) cited: Option<(&'a Entry, Key)>,
    /// What was asked for again because the field explains a finding in a record of the dataset.
    asked: Vec<(Key, String)>,
}

impl<'c, 'a> Asking<'c, 'a> {
    pub(crate) fn new(composition: &'c mut Composition<'a>) -> Self {
        let names = Rc::new(NameIndex::of(composition.dataset()));
        Self { composition, names, cited: None, asked: Vec::new() }
    }

    /// Asks one question until there is an answer that can be read, or none.
    pub(crate) fn question(&mut self, key: &Key, question: &Question) -> anyhow::Result<()> {
        let help = question.help();
        match question.answer {
            Answer::Code => self.code(key, question, &help),
            Answer::Line | Answer::Prose | Answer::Record => {
                let completion = self.completion(question.schema.refers_to());
                self.line(key, question, &help, completion.as_ref()).map(|_| ())
            }
            Answer::Roles => self.roles(key, question, &help),
            Answer::Lines | Answer::Steps | Answer::Offices | Answer::Sources => {
                // Several, until one is left empty.
                loop {
                    let completion = self.completion(kinds(question));
                    if !self.line(key, question, &help, completion.as_ref())? {
                        return Ok(());
                    }
                    if question.answer == Answer::Sources {
                        self.sources(key)?;
                    }
                }
            }
        }
    }

    fn completion(&self, kinds: &'static [Kind]) -> Option<Completion<'a>> {
        (!kinds.is_empty()).then(|| Completion { names: self.names.clone(), kinds })
    }

    /// One line of an answer; whether there was one. A required answer is asked for until there is one.
    fn line(
        &mut self,
        key: &Key,
        question: &Question,
        help: &str,
        completion: Option<&Completion<'a>>,
    ) -> anyhow::Result<bool> {
        let several = self.composition.value(key, question.field).is_some();
        let label = if several { format!("{} (more)", question.label) } else { question.label.to_owned() };
        loop {
            let text = prompt(&label, help, completion)?;
            if text.is_empty() && (several || !question.required) {
                return Ok(false);
            }
            match self.composition.answer(key, question, &text) {
                Ok(()) => return Ok(true),
                Err(error) => self.refused(&error, &text, kinds(question))?,
            }
        }
    }

    /// Says why an answer is refused, and offers a new record where none is named.
    fn refused(&mut self, error: &ComposeError, name: &str, kinds: &'static [Kind]) -> anyhow::Result<()> {
        eprint_line(&format!("  {error}"));
        if let [kind @ (Kind::Actor | Kind::Place)] = kinds
            && !name.is_empty()
            && Confirm::new(&format!("Make a new {kind} `{name}`?")).with_default(false).prompt()?
        {
            self.new_record(*kind, name)?;
        }
        Ok(())
    }

    /// Another new record, which the first one needs. Its source is that of the first one.
    fn new_record(&mut self, kind: Kind, name: &str) -> anyhow::Result<()> {
        let key = match self.composition.begin_named(kind, name) {
            Ok(key) => key,
            Err(error) => {
                eprint_line(&format!("  {error}"));
                return Ok(());
            }
        };
        for question in questions(kind).into_iter().filter(|question| !matches!(question.field, "names" | "evidence")) {
            let person = self.composition.value(&key, "type").is_some_and(|code| code == "person");
            let fits = match question.field {
                "offices" => person,
                "country" | "part_of" => !person,
                _ => true,
            };
            if fits {
                self.question(&key, &question)?;
            }
        }
        eprint_line(&format!("  new: {key}; write its name or its id"));
        Ok(())
    }

    fn code(&mut self, key: &Key, question: &Question, help: &str) -> anyhow::Result<()> {
        let shown = |(code, meaning): &(&str, &str)| format!("{code} – {meaning}");
        let options: Vec<String> = question.schema.codes().iter().map(shown).collect();
        let select =
            Select::new(question.label, options).with_help_message(help).with_page_size(15).with_scorer(&score);
        let chosen = if question.required { Some(select.prompt()?) } else { select.prompt_skippable()? };
        match chosen {
            Some(chosen) => Ok(self.composition.answer(key, question, &chosen)?),
            None => Ok(()),
        }
    }

    /// Actors, each with its roles.
    fn roles(&mut self, key: &Key, question: &Question, help: &str) -> anyhow::Result<()> {
        let roles = question.schema.entry().and_then(|entry| entry.field("roles")?.item()).context("roles")?;
        let options: Vec<String> = roles.codes().iter().map(|(code, meaning)| format!("{code} – {meaning}")).collect();
        loop {
            let more = self.composition.value(key, question.field).is_some();
            let label = if more { format!("{} (more)", question.label) } else { question.label.to_owned() };
            let text = prompt(&label, help, self.completion(kinds(question)).as_ref())?;
            if text.is_empty() {
                if more {
                    return Ok(());
                }
                continue;
            }
            let line = match self.composition.resolve(&text, &[Kind::Actor]) {
                Ok(_) => {
                    let chosen = MultiSelect::new(&format!("What did {text} do?"), options.clone())
                        .with_help_message("Space chooses, Enter ends; type to find one")
                        .with_page_size(15)
                        .with_scorer(&score)
                        .with_keep_filter(false)
                        .prompt()?;
                    let codes: Vec<&str> = chosen.iter().filter_map(|role| role.split(" – ").next()).collect();
                    format!("{text}: {}", codes.join(", "))
                }
                // The roles may stand in the line already.
                Err(error) if !text.contains(':') => {
                    self.refused(&error, &text, &[Kind::Actor])?;
                    continue;
                }
                Err(_) => text.clone(),
            };
            if let Err(error) = self.composition.answer(key, question, &line) {
                eprint_line(&format!("  {error}"));
            }
        }
    }
}

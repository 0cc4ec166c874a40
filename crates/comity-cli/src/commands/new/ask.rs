//! The questions in a terminal: each with what its field is for. An answer that cannot be read is asked for again, and so
//! is what the check finds fault with, so that nothing typed is lost.

use std::rc::Rc;

use anyhow::{Context as _, bail};
use comity::compose::{Answer, ComposeError, Composition, Question, questions};
use comity::kind::Kind;
use comity::query::names::NameIndex;
use comity::report::Report;
use comity::schema::FieldSchema;
use comity::value::Key;
use inquire::{Confirm, InquireError, MultiSelect, Select, Text};

use super::complete::Completion;
use super::prompts::{kinds, prompt, score};
use super::{Done, End, NewArgs, UNNAMED};
use crate::composing::{self, Destination};
use crate::output::{Output, eprint_line};

pub(super) fn ask(
    args: &NewArgs,
    composition: &mut Composition<'_>,
    target: &Destination<'_>,
    output: &mut Output,
) -> Done {
    let mut asking = Asking::new(composition);
    match asking.record(args, target, output) {
        Err(error) if matches!(error.downcast_ref(), Some(InquireError::OperationCanceled)) => {
            eprint_line("stopped; nothing was written");
            Ok(End::Findings)
        }
        done => done,
    }
}

struct Asking<'c, 'a> {
    composition: &'c mut Composition<'a>,
    /// For completion, while the composition changes.
    names: Rc<NameIndex<'a>>,
}

impl<'c, 'a> Asking<'c, 'a> {
    fn new(composition: &'c mut Composition<'a>) -> Self {
        let names = Rc::new(NameIndex::of(composition.dataset()));
        Self { composition, names }
    }

    fn record(&mut self, args: &NewArgs, target: &Destination<'_>, output: &mut Output) -> Done {
        eprint_line("Enter without an answer leaves a field out; Tab completes; Esc stops, and nothing is written.");
        let mut key = self.composition.begin(args.kind, args.id.as_deref().unwrap_or(UNNAMED))?;
        let asked = questions(args.kind);
        asked.iter().try_for_each(|question| self.question(&key, question))?;
        self.supports(&key)?;
        if args.id.is_none() {
            key = self.id(&key)?;
        }
        loop {
            self.composition.finish(&key);
            let files = self.composition.files()?;
            let report = target.check(self.composition, &files, Some(&key));
            if report.diagnostics.is_empty() {
                composing::note(self.composition);
                files.iter().for_each(|file| eprint_line(&format!("  {}/{}", target.shown, file.path)));
                if !Confirm::new(&format!("Write {}?", counted(files.len()))).with_default(true).prompt()? {
                    bail!(InquireError::OperationCanceled);
                }
                target.write(&files, output)?;
                return Ok(End::Clean);
            }
            composing::show(&report, output)?;
            self.again(&report)?;
        }
    }

    /// Asks again for each field with a finding.
    fn again(&mut self, report: &Report) -> anyhow::Result<()> {
        let mut places: Vec<(Key, String)> = Vec::new();
        for found in &report.diagnostics {
            let field =
                found.location.pointer.as_ref().and_then(|at| at.tokens().next().map(std::borrow::Cow::into_owned));
            let Some(key) = found.record.clone() else { continue };
            let missing = || missing_field(&found.message);
            let field = field.or_else(missing).unwrap_or_else(|| "names".to_owned());
            if !places.contains(&(key.clone(), field.clone())) {
                places.push((key, field));
            }
        }
        if places.is_empty() {
            bail!("the check finds fault with what would be written; nothing was written");
        }
        for (key, field) in places {
            let known = questions(key.kind).into_iter().find(|question| question.field == field);
            match known {
                Some(question) => {
                    eprint_line(&format!("{key}: {field} again"));
                    self.composition.clear(&key, &field);
                    self.question(&key, &question)?;
                }
                None => self.free(&key, &field)?,
            }
        }
        Ok(())
    }

    /// A field for which there is no question: its value as one types it.
    fn free(&mut self, key: &Key, field: &str) -> anyhow::Result<()> {
        let about = FieldSchema::of(key.kind).field(field).map(FieldSchema::description).unwrap_or_default();
        self.composition.clear(key, field);
        loop {
            let text = prompt(&format!("{key}: {field}"), about, None)?;
            let set = if text.is_empty() { Ok(()) } else { self.composition.set(key, field, &text) };
            match set {
                Ok(()) => return Ok(()),
                Err(error) => eprint_line(&format!("  {error}")),
            }
        }
    }

    fn question(&mut self, key: &Key, question: &Question) -> anyhow::Result<()> {
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
                        self.sources()?;
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

    /// What is missing of each new source.
    fn sources(&mut self) -> anyhow::Result<()> {
        let new: Vec<Key> = self.composition.keys().filter(|key| key.kind == Kind::Source).cloned().collect();
        for key in new {
            for question in questions(Kind::Source) {
                let wanted = question.required || question.field == "published";
                if wanted && self.composition.value(&key, question.field).is_none() {
                    self.question(&key, &question)?;
                }
            }
        }
        Ok(())
    }

    /// With two sources or more, what each of them shows.
    fn supports(&mut self, key: &Key) -> anyhow::Result<()> {
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
            for place in chosen {
                self.composition.set(key, &format!("evidence/{source}/supports"), &place)?;
            }
        }
        Ok(())
    }

    fn id(&mut self, key: &Key) -> anyhow::Result<Key> {
        let made = self.composition.id_for(key).unwrap_or_default();
        loop {
            let about = "The record's own name, and that of its file; never changed once released.";
            let id = Text::new("Id").with_help_message(about).with_default(&made).prompt()?;
            match self.composition.rename(key, id.trim()) {
                Ok(key) => return Ok(key),
                Err(error) => eprint_line(&format!("  {error}")),
            }
        }
    }
}

/// The field that a message says is missing.
fn missing_field(message: &str) -> Option<String> {
    message.split('`').nth(1).map(str::to_owned)
}

fn counted(files: usize) -> String {
    if files == 1 { "this file".to_owned() } else { format!("these {files} files") }
}

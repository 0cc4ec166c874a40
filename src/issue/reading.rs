//! From answers to records: names are resolved by the index of names, and what is not on record becomes a new record.
//! The reviewer reads whatever is unclear; nothing is guessed.

use std::borrow::Cow;
use std::fmt::Write as _;

use super::body::{FilledForm, FormError};
use super::form::{BODIES, FIELD, FormField, MORE, PERSONS, RECORD, SOURCES, VALUE, WHY};
use crate::compose::{
    Answer, BodyLine, Citation, ComposeError, ComposedFile, Composition, PersonLine, SourceLine, questions,
};
use crate::dataset::Dataset;
use crate::kind::Kind;
use crate::query::names::NameAnswer;
use crate::render::markdown_text;
use crate::report::Report;
use crate::value::Key;

/// What comes of an issue.
#[derive(Debug)]
#[non_exhaustive]
pub struct Reading {
    /// The files, in canonical form.
    pub files: Vec<ComposedFile>,
    /// What a reviewer must look at.
    pub doubts: Vec<String>,
    /// What was inferred: which name was taken for which record.
    pub notes: Vec<String>,
    /// What the check finds in the files.
    pub report: Report,
}

/// Reads the body of an issue. `folder` is the path of the dataset's folder for the user.
///
/// # Errors
/// When the text is not the body of a form.
pub fn read(dataset: &Dataset, text: &str, folder: &str) -> Result<Reading, FormError> {
    let body = FilledForm::parse(text)?;
    let mut reader = Reader { composition: Composition::new(dataset), doubts: body.doubts.clone() };
    match body.form.topic.kind {
        Some(kind) => reader.record(kind, &body),
        None => reader.correction(&body),
    }
    let Reader { composition, mut doubts } = reader;
    let files = composition.files().unwrap_or_else(|error| {
        doubts.push(error.to_string());
        Vec::new()
    });
    let report = composition.check(&files, folder);
    Ok(Reading { files, doubts, notes: composition.notes().to_vec(), report })
}

impl Reading {
    /// What a reviewer reads, in Markdown. No text of the issue is markup in it.
    pub fn markdown(&self) -> String {
        let mut out = String::new();
        let mut section = |heading: &str, lines: Vec<String>| {
            if !lines.is_empty() {
                let _ = writeln!(out, "### {heading}\n");
                lines.iter().for_each(|line| {
                    let _ = writeln!(out, "- {}", markdown_text(line));
                });
                out.push('\n');
            }
        };
        let file =
            |file: &ComposedFile| format!("{} `{}`", if file.before.is_some() { "changed" } else { "new" }, file.path);
        section("Files", self.files.iter().map(file).collect());
        section("Doubtful, to be settled by a reviewer", self.doubts.clone());
        section("Inferred, to be looked at", self.notes.clone());
        let found = self.report.diagnostics.iter();
        let found = found.map(|found| format!("`{}`: {} (`{}`)", found.location.path, found.message, found.rule.code));
        section("What the check finds", found.collect());
        out
    }
}

struct Reader<'a> {
    composition: Composition<'a>,
    doubts: Vec<String>,
}

impl Reader<'_> {
    /// Notes why a line is not taken. The line is quoted once: most reasons quote what they are about.
    fn doubt(&mut self, label: &str, line: &str, why: &ComposeError) {
        let quoted = format!("`{}`", line.replace('`', "'"));
        let why = why.to_string();
        let line = if why.contains(&quoted) { String::new() } else { format!("{quoted}: ") };
        self.note(&format!("{label}: {line}{why}"));
    }

    /// Notes a doubt, which is one line whatever the answer was.
    fn note(&mut self, doubt: &str) {
        self.doubts.push(doubt.replace('\n', " "));
    }

    fn record(&mut self, kind: Kind, body: &FilledForm) {
        body.answer(BODIES).into_iter().flat_map(str::lines).for_each(|line| self.body(line));
        body.answer(PERSONS).into_iter().flat_map(str::lines).for_each(|line| self.person(line));
        let Ok(key) = self.composition.begin_unnamed(kind) else { return };
        for field in &body.form.fields {
            let answer = body.answer(field.label);
            if let Some(text) = answer {
                self.field(&key, field, text);
            } else if field.required {
                self.doubts.push(format!("{}: no answer, and the record needs one", field.label));
            }
        }
        self.supports(&key);
        let id = self.composition.id_for(&key).unwrap_or_else(|| {
            self.doubts.push("no id can be made of the name; choose one, and name the file after it".to_owned());
            format!("new-{kind}")
        });
        let named = self.composition.rename(&key, &id).or_else(|_| self.composition.rename(&key, &format!("{id}-new")));
        let key = named.unwrap_or(key);
        self.composition.finish(&key);
        if let Some(text) = body.answer(MORE) {
            self.note(&format!("{MORE}: {text}"));
        }
    }

    fn field(&mut self, key: &Key, field: &FormField, text: &str) {
        let Some(question) = &field.question else { return };
        let whole = matches!(question.answer, Answer::Line | Answer::Prose | Answer::Code | Answer::Record);
        let whole_text = text.replace('\n', " ");
        let lines: Vec<&str> = if whole { vec![&whole_text] } else { text.lines().collect() };
        for line in lines {
            let line = if question.answer == Answer::Sources { &*self.dated(field.label, line) } else { line };
            if let Err(why) = self.composition.answer(key, question, line) {
                self.doubt(field.label, line, &why);
            }
        }
        if question.answer == Answer::Sources {
            self.sources(key);
        }
    }

    /// The line of a source without its day where the day may be either of two. The day is doubtful; the page is not.
    fn dated<'l>(&mut self, label: &str, line: &'l str) -> Cow<'l, str> {
        let Some((rest, day)) = SourceLine::without_unclear_day(line) else { return line.into() };
        self.doubt(label, line, &day);
        rest.into()
    }

    /// What is missing of new sources.
    fn sources(&mut self, main: &Key) {
        for key in self.composition.new_sources().filter(|key| *key != main) {
            let open = self.composition.open_questions(key).into_iter();
            let missing: Vec<&str> = open.map(|question| question.field).collect();
            if !missing.is_empty() {
                self.doubts.push(format!("the source `{key}` still needs `{}`", missing.join("`, `")));
            }
        }
    }

    /// With two sources or more, each needs to say what it shows, and a form does not ask.
    fn supports(&mut self, key: &Key) {
        let evidence = self.composition.value(key, "evidence").and_then(serde_json::Value::as_object);
        let sources: Vec<String> = evidence.into_iter().flatten().map(|(source, _)| source.clone()).collect();
        if sources.len() < 2 {
            return;
        }
        let facts = self.composition.facts(key);
        for (source, place) in sources.iter().flat_map(|source| facts.iter().map(move |place| (source, place))) {
            let set = self.composition.set(key, &format!("evidence/{source}/supports"), place);
            debug_assert!(set.is_ok(), "{set:?}");
        }
        self.doubts.push(format!(
            "the form does not say which source shows what: each of `{}` was taken to show everything",
            sources.join("`, `")
        ));
    }

    fn body(&mut self, line: &str) {
        let body = BodyLine::parse(line);
        let Some((kind, code)) = body.r#type else {
            let why = ComposeError::new("nothing says what it is; write its type, such as `city` or `ministry`");
            return self.doubt(BODIES, line, &why);
        };
        let made = self.begin(BODIES, kind, &body.name).map(|key| {
            self.composition.set(&key, "type", code)?;
            body.country.iter().try_for_each(|country| self.composition.set(&key, "country", country))?;
            match (&body.rest[..], kind) {
                ([], _) => Ok(()),
                ([above], Kind::Actor) => self.composition.set(&key, "part_of", above),
                ([above], _) => self.composition.set(&key, "under", above),
                (rest, _) => Err(ComposeError::new(format!("of `{}`, nothing says what it is", rest.join("`, `")))),
            }
        });
        if let Some(Err(why)) = made {
            self.doubt(BODIES, line, &why);
        }
    }

    fn person(&mut self, line: &str) {
        let person = PersonLine::parse(line);
        let made = self.begin(PERSONS, Kind::Actor, &person.name).map(|key| {
            self.composition.set(&key, "type", "person")?;
            self.composition.office(&key, &person)?;
            match person.level {
                Some(_) => Ok(()),
                None => {
                    Err(ComposeError::new("the level of the office is missing, such as `minister` or `flag-officer`"))
                }
            }
        });
        if let Some(Err(why)) = made {
            self.doubt(PERSONS, line, &why);
        }
    }

    /// Begins a new record beside the main one, unless a record has that very name.
    fn begin(&mut self, label: &str, kind: Kind, name: &str) -> Option<Key> {
        if let NameAnswer::One(found) = self.composition.names().answer(name, &[kind])
            && found.is_exact
        {
            let why = format!("is on record as `{}` ({}), and was not made anew", found.key, found.title());
            self.doubt(label, name, &ComposeError::new(why));
            return None;
        }
        match self.composition.begin_named(kind, name) {
            Ok(key) => Some(key),
            Err(why) => {
                self.doubt(label, name, &why);
                None
            }
        }
    }

    fn correction(&mut self, body: &FilledForm) {
        let Some(named) = body.answer(RECORD) else { return };
        let key = match self.composition.resolve(&record_of(named), &Kind::ALL) {
            Ok(key) => key,
            Err(why) => return self.doubt(RECORD, named, &why),
        };
        let why = body.answer(WHY).map(str::to_owned);
        if let Some(why) = &why {
            self.note(&format!("{WHY}: {why}"));
        }
        let Some(entry) = self.composition.dataset().find((&key).into()) else { return };
        let place = body.answer(FIELD).map(|field| place_of(key.kind, field));
        for line in body.answer(SOURCES).into_iter().flat_map(str::lines) {
            let line = self.dated(SOURCES, line);
            let mut citation = Citation { source: line.clone().into_owned(), ..Citation::default() };
            let cited = match (&place, body.answer(VALUE)) {
                (Some(place), value) => {
                    match value {
                        Some(value) => citation.says.push((place.clone(), value.replace('\n', " "))),
                        None => citation.supports.push(place.clone()),
                    }
                    self.composition.cite(entry, &citation).map(|_| ())
                }
                (None, _) => Err(ComposeError::new("nothing says of which field")),
            };
            if let Err(why) = cited {
                self.uncited(&key, &line, &why);
            }
        }
        self.sources(&key);
    }

    /// Keeps the source of a correction that cannot be written into its record.
    fn uncited(&mut self, key: &Key, line: &str, why: &ComposeError) {
        self.doubt(SOURCES, &SourceLine::parse(line).address, why);
        if let Ok(source) = self.composition.source(line)
            && self.composition.is_new(&source)
        {
            self.note(&format!("{SOURCES}: `{source}` was made, and is no evidence of `{key}` yet"));
        }
    }
}

/// The record of an address of its page, or as it was written: `…/data/event/a-visit.json`, `event/a-visit`.
fn record_of(text: &str) -> String {
    let text = text.trim().trim_matches('`');
    let path = text.split(['?', '#']).next().unwrap_or(text).trim_end_matches(".json");
    let mut parts = path.rsplit('/');
    match (parts.next(), parts.next().and_then(Kind::parse)) {
        (Some(id), Some(kind)) => format!("{kind}:{id}"),
        _ => text.to_owned(),
    }
}

/// The place of a field, by the label of its question, its name or its place.
fn place_of(kind: Kind, text: &str) -> String {
    let text = text.trim().trim_matches('`');
    let known = questions(kind).into_iter().find(|question| question.label.eq_ignore_ascii_case(text));
    let name = known.map_or_else(|| text.to_owned(), |question| question.field.to_owned());
    if name.starts_with('/') { name } else { format!("/{}", name.to_lowercase()) }
}

//! What a contributor is asked for a new record. The terminal and the issue forms ask these questions, and an answer is
//! read in one way; what may be answered comes from the structure of the kind.

use serde_json::Value;

use super::{ComposeError, Composition};
use crate::kind::Kind;
use crate::schema::FieldSchema;
use crate::value::{self, Key, StringFormat as _};

/// A question about one field.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Question {
    /// The field.
    pub field: &'static str,
    /// The heading of the question; no other question of the kind has it.
    pub label: &'static str,
    /// What the answer looks like.
    pub answer: Answer,
    /// Whether the record needs an answer.
    pub required: bool,
    /// What may stand in the field.
    pub schema: FieldSchema,
}

impl Question {
    /// What the field is for, and how an answer is written.
    pub fn help(&self) -> String {
        let mut help = self.schema.description().to_owned();
        let mut add = |text: &str| {
            help.push(' ');
            help.push_str(text);
        };
        let listed = |schema: Option<FieldSchema>| {
            let codes = schema.map(FieldSchema::codes).unwrap_or_default();
            format!("`{}`", codes.iter().map(|(code, _)| *code).collect::<Vec<_>>().join("`, `"))
        };
        if !self.answer.how().is_empty() {
            add(self.answer.how());
        }
        match self.answer {
            Answer::Line => {
                let format = value::format(self.schema.format()).filter(|format| format.name != value::Text::FORMAT);
                format.iter().for_each(|format| add(&format!("Write {}.", format.expected)));
            }
            Answer::Roles => {
                let roles = self.schema.entry().and_then(|entry| entry.field("roles")?.item());
                add(&format!("The roles are {}.", listed(roles)));
            }
            Answer::Steps => {
                let statuses: Vec<&str> = self.schema.fields().map(|(status, _)| status).collect();
                add(&format!("The statuses are `{}`.", statuses.join("`, `")));
            }
            _ => {}
        }
        help
    }
}

/// What the answer to a question looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// One line.
    Line,
    /// Some sentences, in English.
    Prose,
    /// One code of a closed list.
    Code,
    /// One record.
    Record,
    /// Records, or other texts, one a line.
    Lines,
    /// Actors with their roles, one a line: `NATO: visitor, speaker`.
    Roles,
    /// Statuses with the dates on which they were reached, one a line: `signed: 2008-06-02`.
    Steps,
    /// Sources, one a line: the address, and what is known of the page.
    Sources,
    /// The offices of a person, one a line.
    Offices,
}

impl Answer {
    fn of(field: &str, schema: FieldSchema) -> Self {
        let refers = !schema.refers_to().is_empty();
        match (field, schema.json_type()) {
            ("evidence", _) => Self::Sources,
            ("offices", _) => Self::Offices,
            (_, "object") if schema.is_texts() && field != "names" => Self::Prose,
            (_, "object") if schema.is_texts() => Self::Line,
            (_, "object") if schema.is_history() => Self::Steps,
            (_, "object") if schema.entry().is_some_and(|entry| entry.field("roles").is_some()) => Self::Roles,
            (_, "array" | "object") => Self::Lines,
            _ if refers => Self::Record,
            _ if (1..=LISTABLE).contains(&schema.codes().len()) => Self::Code,
            _ => Self::Line,
        }
    }

    /// How an answer is written, with an example; empty where the field says enough.
    pub fn how(self) -> &'static str {
        match self {
            Self::Line | Self::Prose | Self::Code | Self::Record => "",
            Self::Lines => "One a line.",
            Self::Roles => "One a line, with what each did: `NATO: visitor, speaker`.",
            Self::Steps => "One status a line, with its date: `signed: 2008-06-02`.",
            Self::Sources => {
                "One a line: the address, then, where you know them, publisher, day, language and title: `https://… | Le360 | 2024-04-16 | French | Title of the page`."
            }
            Self::Offices => {
                "One a line: the title, the body, the level, since when: `Minister of Defence | Tunisian Ministry of National Defence | minister | 2021-10`."
            }
        }
    }
}

/// The longest list of codes that is shown as a list.
const LISTABLE: usize = 40;

/// The questions for a new record of a kind, in the order in which they are asked.
pub fn questions(kind: Kind) -> Vec<Question> {
    let schema = FieldSchema::of(kind);
    let required = schema.required();
    let asked = asked(kind);
    let missing = required.iter().copied().filter(|field| !asked.contains(field));
    let fields = asked.iter().copied().chain(missing);
    let question = |field: &'static str| {
        let own = schema.field(field)?;
        let is_required = required.contains(&field) || field == "evidence";
        let label = label(kind, field);
        Some(Question { field, label, answer: Answer::of(field, own), required: is_required, schema: own })
    };
    fields.filter_map(question).collect()
}

/// The fields that are asked for. What a record of the kind needs beyond these is asked, too.
fn asked(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Event => {
            &["names", "type", "when", "status", "participants", "places", "under", "themes", "summary", "evidence"]
        }
        Kind::Activity => {
            &["names", "type", "history", "participants", "places", "under", "themes", "summary", "evidence"]
        }
        Kind::Agreement => &["names", "type", "history", "parties", "places", "under", "themes", "summary", "evidence"],
        Kind::Statement => &["speaker", "for", "date", "position", "about", "under", "themes", "evidence"],
        Kind::Actor => &["names", "type", "country", "part_of", "offices", "evidence"],
        Kind::Place => &["names", "type", "country", "evidence"],
        Kind::Framework => &["names", "type", "convenors", "history", "summary", "evidence"],
        Kind::Operation => &["names", "type", "lead", "history", "summary", "evidence"],
        Kind::Source => &["url", "publisher", "published", "languages", "type", "title"],
        Kind::Theme => &["names", "definition", "broader"],
        Kind::Survey => &["subjects", "period", "corpus", "languages", "queries", "on", "extent", "hits", "limits"],
    }
}

fn label(kind: Kind, field: &'static str) -> &'static str {
    match (field, kind) {
        ("names", _) => "Name in English",
        ("type", Kind::Event) => "Type of event",
        ("type", Kind::Activity) => "Type of activity",
        ("type", Kind::Agreement) => "Type of agreement",
        ("type", _) => "Type",
        ("when", _) => "When",
        ("status", _) => "Status",
        ("participants", _) => "Who takes part",
        ("parties", _) => "Parties",
        ("history", _) => "History",
        ("places", _) => "Where",
        ("under", _) => "What it belongs to",
        ("themes", _) => "Themes",
        ("summary", _) => "Summary",
        ("evidence", _) => "Sources",
        ("speaker", _) => "Who said it",
        ("for", _) => "On whose behalf",
        ("date", _) => "When it was said",
        ("position", _) => "What was said",
        ("about", _) => "What it is about",
        ("country", _) => "Country",
        ("part_of", _) => "Part of",
        ("offices", _) => "Offices",
        ("url", _) => "Address",
        ("publisher", _) => "Publisher",
        ("published", _) => "Published",
        ("languages", _) => "Languages",
        ("title", _) => "Title",
        (field, _) => field,
    }
}

impl Composition<'_> {
    /// The questions to which a new record still needs an answer: those for its required fields; for a source its day,
    /// without which nobody can tell what came first; for a person its offices.
    pub fn open_questions(&self, key: &Key) -> Vec<Question> {
        let is_person = self.value(key, "type").is_some_and(|code| code == "person");
        let is_needed = |question: &Question| match question.field {
            "published" => true,
            "offices" => is_person,
            _ => question.required,
        };
        let is_open = |question: &Question| self.value(key, question.field).is_none();
        questions(key.kind).into_iter().filter(|question| is_needed(question) && is_open(question)).collect()
    }

    /// The new sources.
    pub fn new_sources(&self) -> impl Iterator<Item = &Key> {
        let is_new = |record: &&super::Composed| record.key.kind == Kind::Source && record.existing.is_none();
        self.records.iter().filter(is_new).map(|record| &record.key)
    }

    /// Takes one line of an answer; a [`Answer::Prose`] is one line as a whole.
    ///
    /// # Errors
    /// When the line cannot be read, or means no record. Nothing is changed then.
    pub fn answer(&mut self, key: &Key, question: &Question, line: &str) -> Result<(), ComposeError> {
        self.attempt(|composition| composition.add_answer(key, question, line))
    }

    fn add_answer(&mut self, key: &Key, question: &Question, line: &str) -> Result<(), ComposeError> {
        let field = question.field;
        // A person who writes JSON means its parts, and not the text. `[sic]` is no JSON.
        if serde_json::from_str(line).is_ok_and(|value: Value| value.is_object() || value.is_array()) {
            return Err(ComposeError::new(format!("`{line}` is written as for a program; write it in words")));
        }
        match question.answer {
            Answer::Line | Answer::Prose | Answer::Code | Answer::Record | Answer::Lines | Answer::Sources => {
                self.set_words(key, field, line)
            }
            Answer::Roles => self.roles(key, field, line),
            Answer::Steps => {
                let (status, date) = pair(line, "a status and its date, such as `ongoing: 2019`")?;
                let named = question.schema.field_named(status).map(str::to_owned);
                let status = named.unwrap_or_else(|| status.to_lowercase().replace(' ', "-"));
                self.set_words(key, &format!("{field}/{status}"), date)
            }
            Answer::Offices => {
                let person = super::PersonLine::parse(&format!("- | {line}"));
                self.office(key, &person)
            }
        }
    }

    fn roles(&mut self, key: &Key, field: &str, line: &str) -> Result<(), ComposeError> {
        let (actor, roles) = pair(line, "an actor and what it did, such as `NATO: visitor`")?;
        let actor = self.resolve(actor, &[Kind::Actor])?;
        let roles: Vec<&str> = roles.split([',', ';']).map(str::trim).filter(|role| !role.is_empty()).collect();
        let path = format!("{field}/{}/roles", actor.id.as_ref());
        roles.into_iter().try_for_each(|role| self.set_words(key, &path, role))
    }

    /// Adds an office to a person in the making. What was read before an error stays, for a reviewer of an issue.
    ///
    /// # Errors
    /// When the body means no actor, or the level or the date is none.
    pub fn office(&mut self, key: &Key, person: &super::PersonLine) -> Result<(), ComposeError> {
        let slug = person.level.clone().unwrap_or_else(|| "office".to_owned());
        let taken = |slug: &str| self.value(key, "offices").is_some_and(|offices| offices.get(slug).is_some());
        let slug = super::ids::numbered(&slug, &taken);
        let parts = [
            ("title", &person.title),
            ("organisation", &person.organisation),
            ("level", &person.level),
            ("from", &person.from),
        ];
        for (part, text) in parts {
            text.as_ref().map_or(Ok(()), |text| self.set_words(key, &format!("offices/{slug}/{part}"), text))?;
        }
        match &person.rest[..] {
            [] => Ok(()),
            rest => Err(ComposeError::new(format!("of `{}`, nothing says what it is", rest.join("`, `")))),
        }
    }
}

/// The two parts of `name: value`; a name may have a colon itself.
fn pair<'t>(line: &'t str, expected: &str) -> Result<(&'t str, &'t str), ComposeError> {
    let parts = line.rsplit_once(':').or_else(|| line.rsplit_once('|')).or_else(|| line.rsplit_once('='));
    let parts = parts.map(|(name, value)| (name.trim(), value.trim()));
    parts
        .filter(|(name, value)| !name.is_empty() && !value.is_empty() && Kind::parse(name).is_none())
        .ok_or_else(|| ComposeError::new(format!("`{line}` is not {expected}")))
}

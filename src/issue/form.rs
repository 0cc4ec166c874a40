//! The forms, from the questions for a kind; and their text in GitHub's schema.

use std::fmt::Write as _;

use serde_json::Value;

use crate::compose::{Answer, Question, questions};
use crate::kind::Kind;

/// What a form is for.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct FormTopic {
    /// The name of the form's file, without `.yml`.
    pub name: &'static str,
    /// The kind of record that comes of the form; `None` where the form corrects a record.
    pub kind: Option<Kind>,
    /// What the form is called.
    pub title: &'static str,
    /// When to use it.
    pub about: &'static str,
}

/// A form: what it is for, and what it asks.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Form {
    /// What the form is for.
    pub topic: FormTopic,
    /// The questions.
    pub fields: Vec<FormField>,
}

/// One question of a form.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct FormField {
    /// The id in the form.
    pub id: &'static str,
    /// The heading, under which the answer stands in the issue.
    pub label: &'static str,
    /// What is asked for.
    pub about: String,
    /// How it is answered.
    pub shape: FormShape,
    /// Whether an answer is needed.
    pub required: bool,
    /// The question for a field of the record; `None` for what stands beside the record.
    pub question: Option<Question>,
}

/// How a question is answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FormShape {
    /// One line.
    Input,
    /// Several lines.
    Lines,
    /// One of these.
    Dropdown(Vec<String>),
}

pub(super) const PERSONS: &str = "New persons";
pub(super) const BODIES: &str = "New bodies and places";
pub(super) const MORE: &str = "Anything else";
pub(super) const RECORD: &str = "Which record";
pub(super) const FIELD: &str = "Which field";
pub(super) const VALUE: &str = "What it should say";
pub(super) const SOURCES: &str = "Sources";
pub(super) const WHY: &str = "Why";

/// The topic of every form. The command line lists them in its help, so that they are known without the schemas that the
/// questions come from.
pub const TOPICS: [FormTopic; 5] = [
    FormTopic {
        name: "event",
        kind: Some(Kind::Event),
        title: "New event",
        about: "A visit, a meeting, a seminar, an exercise, a port call: what happened on a day or a few.",
    },
    FormTopic {
        name: "activity",
        kind: Some(Kind::Activity),
        title: "New activity",
        about: "A course, a project, a contribution: what goes on for a while.",
    },
    FormTopic {
        name: "agreement",
        kind: Some(Kind::Agreement),
        title: "New agreement",
        about: "A treaty, a memorandum, a programme: what was agreed.",
    },
    FormTopic {
        name: "statement",
        kind: Some(Kind::Statement),
        title: "New statement",
        about: "What somebody said in public.",
    },
    FormTopic {
        name: "correction",
        kind: None,
        title: "Correct a record",
        about: "A date, a name, a role or a figure is wrong, or a source says something else.",
    },
];

/// Every form.
pub fn forms() -> Vec<Form> {
    TOPICS.into_iter().map(Form::of).collect()
}

fn about_new(kind: Kind) -> Vec<FormField> {
    let mut fields: Vec<FormField> = questions(kind).into_iter().map(FormField::of).collect();
    fields.extend([
        FormField::lines("persons", PERSONS, "Holders of public office who are not on record yet, one a line: the name, the title of the office, the body, the level, since when: `Jane Doe | Minister of Defence | Tunisian Ministry of National Defence | minister | 2021-10`."),
        FormField::lines("bodies", BODIES, "Bodies and places that are not on record yet, one a line: the name, the type, the country: `Bizerte | city | Tunisia`."),
        FormField::lines("more", MORE, "What a reviewer should know. No personal data, please: only the public roles of public office-holders are recorded."),
    ]);
    fields
}

fn about_correction() -> Vec<FormField> {
    let input = |id, label, about: &str, required| FormField {
        shape: FormShape::Input,
        required,
        ..FormField::lines(id, label, about)
    };
    let sources = FormField { required: true, ..FormField::lines("evidence", SOURCES, Answer::Sources.how()) };
    vec![
        input("record", RECORD, "Its id, or the address of its page here, such as `event:rabat-seminar-2019`.", true),
        input(
            "field",
            FIELD,
            "The name of the field, such as `when`, or its place in the record, such as `/participants/nato/roles`.",
            false,
        ),
        input(
            "value",
            VALUE,
            "The value that the source has. The record keeps its own beside it until a reviewer decides.",
            false,
        ),
        sources,
        FormField::lines(
            "why",
            WHY,
            "Why the two differ, where that is known; or what is wrong, where it is no single field.",
        ),
    ]
}

impl FormField {
    fn of(question: Question) -> Self {
        let shape = match question.answer {
            Answer::Line | Answer::Record => FormShape::Input,
            Answer::Prose | Answer::Lines | Answer::Roles | Answer::Steps | Answer::Sources | Answer::Offices => {
                FormShape::Lines
            }
            Answer::Code => {
                let options = question.schema.codes().into_iter();
                FormShape::Dropdown(options.map(|(code, meaning)| format!("{code} – {meaning}")).collect())
            }
        };
        let about = question.help();
        Self {
            id: question.field,
            label: question.label,
            about,
            shape,
            required: question.required,
            question: Some(question),
        }
    }

    fn lines(id: &'static str, label: &'static str, about: &str) -> Self {
        Self { id, label, about: about.to_owned(), shape: FormShape::Lines, required: false, question: None }
    }
}

impl Form {
    /// The form for a topic.
    pub fn of(topic: FormTopic) -> Self {
        Self { topic, fields: topic.kind.map_or_else(about_correction, about_new) }
    }

    /// The form in GitHub's schema for issue forms.
    pub fn yaml(&self) -> String {
        let mut out =
            String::from("# Generated by `cargo xtask generate` from the types of the records; do not edit.\n");
        let _ = writeln!(out, "name: {}\ndescription: {}", quoted(self.topic.title), quoted(self.topic.about));
        let _ = writeln!(out, "title: {}\nlabels: [\"data\"]\nbody:", quoted(&format!("{}: ", self.topic.title)));
        for field in &self.fields {
            let kind = match field.shape {
                FormShape::Input => "input",
                FormShape::Lines => "textarea",
                FormShape::Dropdown(_) => "dropdown",
            };
            let _ = writeln!(out, "  - type: {kind}\n    id: {}\n    attributes:", field.id);
            let _ = writeln!(out, "      label: {}\n      description: {}", quoted(field.label), quoted(&field.about));
            if let FormShape::Dropdown(options) = &field.shape {
                let _ = writeln!(out, "      options:");
                options.iter().for_each(|option| {
                    let _ = writeln!(out, "        - {}", quoted(option));
                });
            }
            let _ = writeln!(out, "    validations:\n      required: {}", field.required);
        }
        out
    }
}

/// A text in YAML's double quotes, which JSON's are.
fn quoted(text: &str) -> String {
    Value::from(text).to_string()
}

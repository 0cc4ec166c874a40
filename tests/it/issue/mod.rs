//! Issue forms: what they ask, and the records that come of realistic and of hostile answers.

mod bodies;
mod forms;
mod hostile;
mod readings;

use comity::Dataset;
use comity::issue::{self, Form, Reading};
use serde_json::Value;

use crate::world::{today, world};

/// The form of that name.
pub(crate) fn form(name: &str) -> Form {
    issue::forms().into_iter().find(|form| form.topic.name == name).expect("a form")
}

/// The body of an issue as GitHub renders it: every label, and under it the answer.
pub(crate) fn body(name: &str, answers: &[(&str, &str)]) -> String {
    let form = form(name);
    for (label, _) in answers {
        assert!(form.fields.iter().any(|field| field.label == *label), "the form asks no `{label}`");
    }
    let answer =
        |label: &str| answers.iter().find(|(known, _)| *known == label).map_or("_No response_", |(_, text)| text);
    let sections: Vec<String> =
        form.fields.iter().map(|field| format!("### {}\n\n{}\n\n", field.label, answer(field.label))).collect();
    sections.concat()
}

/// What comes of a body in the small world.
pub(crate) fn read(text: &str) -> Reading {
    let mut builder = Dataset::builder(today()).folder("data");
    for (path, text) in world() {
        builder = builder.file(&path, text);
    }
    issue::read(&builder.build(), text, "data").expect("a form")
}

/// The record of a file.
pub(crate) fn record(reading: &Reading, path: &str) -> Value {
    let paths: Vec<&str> = reading.files.iter().map(|file| file.path.as_str()).collect();
    let file = reading.files.iter().find(|file| file.path == path);
    let file = file.unwrap_or_else(|| panic!("no {path} among {paths:?}: {:?}", reading.doubts));
    serde_json::from_str(&file.text).expect("JSON")
}

/// The findings, as `rule at pointer`.
pub(crate) fn findings(reading: &Reading) -> Vec<String> {
    let pointer = |found: &comity::Diagnostic| {
        found.location.pointer.as_ref().map_or_else(String::new, |pointer| pointer.as_str().to_owned())
    };
    reading
        .report
        .diagnostics
        .iter()
        .map(|found| format!("{} at {}{}", found.rule.code, found.location.path, pointer(found)))
        .collect()
}

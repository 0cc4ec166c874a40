//! Prompts: one line with completion, the order of options, and what an answer may name.

use comity::compose::Question;
use comity::kind::Kind;
use comity::schema::FieldSchema;
use inquire::Text;

use super::complete::{Completion, bare};

/// Asks for one line.
pub(super) fn prompt(label: &str, help: &str, completion: Option<&Completion<'_>>) -> anyhow::Result<String> {
    let text = Text::new(label).with_help_message(help.trim());
    let answer = match completion {
        Some(completion) => text.with_autocomplete(completion.clone()).prompt()?,
        None => text.prompt()?,
    };
    Ok(bare(&answer).to_owned())
}

/// How well an option fits what was typed: one that begins with it comes before one that only has it.
pub(super) fn score(typed: &str, _: &String, option: &str, _: usize) -> Option<i64> {
    let (typed, option) = (typed.to_lowercase(), option.to_lowercase());
    let code = option.split(" – ").next().unwrap_or_default();
    match () {
        () if code == typed => Some(3),
        () if option.starts_with(&typed) => Some(2),
        () if option.contains(&typed) => Some(1),
        () => None,
    }
}

/// The kinds of record that an answer names.
pub(super) fn kinds(question: &Question) -> &'static [Kind] {
    let schema = question.schema;
    let own = schema.refers_to();
    if !own.is_empty() {
        return own;
    }
    schema.item().or_else(|| schema.key()).map(FieldSchema::refers_to).unwrap_or_default()
}

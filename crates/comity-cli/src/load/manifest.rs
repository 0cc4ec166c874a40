//! `dataset.json`, which describes the dataset and sets levels of rules. The file is read first: where it is faulty, nothing
//! can be checked, and the error names the place and what to do.

use std::fmt;
use std::path::Path;

use anyhow::{Context, anyhow};
use comity::dataset::{EntryId, Manifest, RuleLevel};
use comity::lint::{Finding, Place};
use comity::rules::{self, RULES};
use comity::schema;
use comity::value::{Code as _, text_or_json};
use comity_document::document::{self, Arena, DecodeError, Node, Part};
use comity_document::input::{Input, LineIndex, Position};
use comity_document::pointer::Span;
use serde::Deserialize as _;
use serde_json::Value;

use super::placement::MARKER;
use crate::clock::today;
use crate::folder::open::{Trusted, explained};

/// A fault at a place of `dataset.json`.
#[derive(Debug)]
pub(crate) struct ManifestFault {
    /// The path as shown to the user.
    pub(crate) path: String,
    /// Where the fault is.
    pub(crate) at: Position,
    /// What is wrong, and what to write instead.
    pub(crate) message: String,
}

impl fmt::Display for ManifestFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { path, at, message } = self;
        write!(f, "{path}:{}:{}: {message}", at.line, at.column)
    }
}

impl std::error::Error for ManifestFault {}

/// The largest `dataset.json` that is read, in bytes.
const LIMIT: u64 = 1024 * 1024;

/// The manifest of the dataset with this root; the default where there is no `dataset.json`. `shown` is the path of the root
/// for the user.
///
/// # Errors
/// When the file cannot be read, is a link or no regular file, or does not describe a dataset.
pub(crate) fn read(trusted: &Trusted, root: &Path, shown: &str) -> anyhow::Result<Manifest> {
    let shown = path(shown);
    let path = root.join(MARKER);
    let found = trusted.entry_type(&path).map_err(|error| explained(&error));
    if found.with_context(|| format!("{shown} cannot be read"))?.is_none() {
        return Ok(Manifest::default());
    }
    let bytes = trusted.bytes(&path, LIMIT).map_err(|error| explained(&error));
    let bytes = bytes.with_context(|| format!("{shown} cannot be read"))?;
    let text =
        String::from_utf8(bytes).map_err(|_| anyhow!("{shown} is not UTF-8; save it as UTF-8 in your editor"))?;
    parse(&shown, &text)
}

/// The start of the file.
pub(super) const START: Position = Position { line: 1, column: 1, offset: 0 };

/// Where the file in the work tree has the value of a field; the start of the file where it has none.
pub(super) fn place_of(trusted: &Trusted, root: &Path, field: &str) -> Position {
    let Ok(text) = trusted.text(&root.join(MARKER), LIMIT) else { return START };
    let arena = Arena::default();
    let document = document::parse(&text, &arena);
    let found = document.root.as_ref().and_then(|root| root.locate(&comity_document::at![field], Part::Value));
    found.map_or(START, |span| position(&text, span))
}

/// The path of the file for the user, below a root.
pub(crate) fn path(root: &str) -> String {
    if root.is_empty() { MARKER.to_owned() } else { format!("{root}/{MARKER}") }
}

/// Reads the text of a `dataset.json`. `shown` is the path of the file for the user.
///
/// # Errors
/// When the text does not describe a dataset; the error names the line and the column.
pub(crate) fn parse(shown: &str, text: &str) -> anyhow::Result<Manifest> {
    decode(text).map_err(|ManifestError { span, message }| {
        let message = format!("{message}; nothing can be checked before that is fixed");
        ManifestFault { path: shown.to_owned(), at: position(text, span), message }.into()
    })
}

fn position(text: &str, span: Span) -> Position {
    LineIndex::of(text).position(&Input::file(0, text).origin, span.start)
}

/// What is wrong with a manifest, and where.
struct ManifestError {
    span: Span,
    message: String,
}

fn decode(text: &str) -> Result<Manifest, ManifestError> {
    let refuse = |span: Span, message: String| Err(ManifestError { span, message });
    let start = Span::new(0, 0);
    if text.trim().is_empty() {
        return refuse(start, "the file is empty; write `{}`".to_owned());
    }
    let arena = Arena::default();
    let document = document::parse(text, &arena);
    let mut faults = Vec::new();
    rules::over_faults(&document.faults, text, EntryId::GONE, &mut faults);
    if let Some(fault) = faults.first() {
        let span = if let Place::Bytes(span) = fault.place { span } else { start };
        let help = fault.help.as_deref().map_or_else(String::new, |help| format!("; {help}"));
        return refuse(span, format!("{}{help}", fault.message));
    }
    let Some(root) = &document.root else { return refuse(start, "this is not JSON; write `{}`".to_owned()) };
    let manifest = Manifest::deserialize(root).map_err(|error| {
        let part = if error.on_key { Part::Key } else { Part::Value };
        ManifestError { span: root.locate(&error.pointer(), part).unwrap_or(root.span), message: reason(root, &error) }
    })?;
    verify_rules(&manifest, root)?;
    ["title", "description", "publisher", "coverage", "aggregators"]
        .into_iter()
        .try_for_each(|field| verify_texts(root, field))?;
    verify_as_of(&manifest, root)?;
    Ok(manifest)
}

/// Refuses a text that no record may have: releases show the texts of this file to the same readers.
fn verify_texts(root: &Node<'_>, field: &str) -> Result<(), ManifestError> {
    let texts = root.get(field).into_iter().flat_map(|texts| match &texts.value {
        document::Value::String(_) => vec![texts],
        document::Value::Array(items) => items.iter().collect(),
        _ => texts.members().iter().map(|member| &member.value).collect::<Vec<_>>(),
    });
    for (part, text) in texts.filter_map(|part| Some((part, part.as_str()?))) {
        let mut found = Vec::new();
        rules::over_text(text, &mut found);
        if let Some(Finding { rule, message, help, .. }) = found.into_iter().next() {
            let help = help.map_or_else(String::new, |help| format!("; {help}"));
            return Err(ManifestError { span: part.span, message: format!("{message}{help} ({})", rule.code) });
        }
        // The end of a name would take many sites for one.
        if field == "aggregators" && !text.trim_matches('.').contains('.') {
            let message = format!("`{text}` is no host name of a site, such as `scribd.com`; write the whole name");
            return Err(ManifestError { span: part.span, message });
        }
    }
    Ok(())
}

/// How many days research may be closed ahead of the day of a check.
const AHEAD: i32 = 366;

/// Refuses a day in the far future for the end of research.
fn verify_as_of(manifest: &Manifest, root: &Node<'_>) -> Result<(), ManifestError> {
    let Some((as_of, today)) = manifest.as_of.zip(today().ok()) else { return Ok(()) };
    if as_of.count() <= today.count() + AHEAD {
        return Ok(());
    }
    let span = root.locate(&comity_document::at!["as_of"], Part::Value).unwrap_or(root.span);
    let message = format!(
        "research cannot have been closed on {as_of}, which lies more than a year ahead; write the day on which it was"
    );
    Err(ManifestError { span, message })
}

/// Refuses an unknown rule, and a level below error for a rule that is always an error.
fn verify_rules(manifest: &Manifest, root: &Node<'_>) -> Result<(), ManifestError> {
    let refuse = |code: &str, part: Part, message: String| {
        let span = root.locate(&comity_document::at!["rules", code], part).unwrap_or(root.span);
        Err(ManifestError { span, message })
    };
    let levels = || manifest.rules.iter().map(|(code, level)| (code.as_ref(), *level));
    if let Some((code, _)) = levels().find(|(code, _)| rules::find(code).is_none()) {
        return refuse(code, Part::Key, unknown_rule(code));
    }
    let is_lowered = |(code, level): &(&str, RuleLevel)| {
        *level != RuleLevel::Error && rules::find(code).is_some_and(|rule| rule.mandatory)
    };
    if let Some((code, _)) = levels().find(is_lowered) {
        let message = format!(
            "`{code}` is always an error, because a record with that fault cannot be read or published; remove this entry of `rules`"
        );
        return refuse(code, Part::Value, message);
    }
    Ok(())
}

/// The message for an unknown rule, with the rule that may be meant.
pub(crate) fn unknown_rule(code: &str) -> String {
    let near = comity::value::nearest(code, RULES.iter().map(|(rule, _)| rule.code));
    let hint = near.map_or_else(|| "`comity rules` lists them".to_owned(), |near| format!("did you mean `{near}`?"));
    format!("there is no rule `{code}`; {hint}")
}

/// The message for a value, or a key, that does not decode.
fn reason(root: &Node<'_>, error: &DecodeError) -> String {
    let place = error.pointer();
    let mut steps = place.tokens();
    let (field, below) = (steps.next(), steps.next());
    match (field.as_deref(), below) {
        (Some(field), None) if error.on_key => {
            let fields = schema::of::<Manifest>("dataset");
            let fields = || fields["properties"].as_object().into_iter().flat_map(|fields| fields.keys());
            let near = comity::value::nearest(field, fields().map(String::as_str));
            let all = || format!("it may have {}", listed(fields().map(String::as_str)));
            let hint = near.map_or_else(all, |near| format!("did you mean `{near}`?"));
            format!("unknown field `{field}`; {hint}")
        }
        (Some("rules"), None) => "this is not written as named entries; write `{ \"RULE\": \"LEVEL\" }`".to_owned(),
        (Some("rules"), Some(_)) if !error.on_key => {
            let levels = listed(RuleLevel::ALL.iter().map(|level| level.code()));
            let written = root.at(&place).map(|node| text_or_json(&node.to_json()).into_owned());
            format!("`{}` is no level of a rule; write {levels}", written.unwrap_or_default())
        }
        (None, _) => "this is not written as named entries; write `{` and `}` around what it says".to_owned(),
        _ => misplaced_type(root, error).unwrap_or_else(|| error.message.clone()),
    }
}

/// What belongs at the place of an error, where the value there has another JSON type than the schema wants.
fn misplaced_type(root: &Node<'_>, error: &DecodeError) -> Option<String> {
    let place = error.pointer();
    let schema = schema::of::<Manifest>("dataset");
    let wanted = place.tokens().try_fold(&schema, |part, token| below(&schema, part, &token))?;
    let value = root.at(&place).filter(|_| !error.on_key)?.to_json();
    let (is_written, wanted) = match wanted["type"].as_str()? {
        "object" if wanted["propertyNames"]["$ref"] == "#/$defs/Language" => {
            (value.is_object(), "a text by language; write `{ \"en\": \"…\" }`")
        }
        "object" => (value.is_object(), "written as named entries; write `{ \"NAME\": … }`"),
        "array" => (value.is_array(), "a list; write `[` and `]` around the items"),
        "string" => (value.is_string(), "a text; write it in quotation marks, or leave the field out"),
        _ => return None,
    };
    (!is_written).then(|| format!("this is not {wanted}"))
}

/// The part of a schema for a key or an item, with a reference followed.
fn below<'a>(schema: &'a Value, part: &'a Value, token: &str) -> Option<&'a Value> {
    let places = [&part["properties"][token], &part["additionalProperties"], &part["items"]];
    let found = places.into_iter().find(|part| part.is_object())?;
    let target = found["$ref"].as_str().and_then(|to| schema.pointer(to.trim_start_matches('#')));
    Some(target.unwrap_or(found))
}

/// `a`, `b` or `c`.
fn listed<'a>(words: impl Iterator<Item = &'a str>) -> String {
    let words: Vec<String> = words.map(|word| format!("`{word}`")).collect();
    match words.split_last() {
        Some((last, others)) if !others.is_empty() => format!("{} or {last}", others.join(", ")),
        _ => words.concat(),
    }
}

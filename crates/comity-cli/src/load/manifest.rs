//! `dataset.json`, which says what a dataset is and which of its rules have another level. It is read before everything
//! else; where it is faulty nothing can be checked, so that the place and the way out are told at once.

use std::fmt;
use std::path::Path;

use anyhow::{Context, anyhow};
use comity::dataset::{EntryId, Level, Manifest};
use comity::lint::Place;
use comity::rules::{self, RULES};
use comity::schema;
use comity::value::Code as _;
use comity_document::document::{self, Arena, DecodeError, Node, Part};
use comity_document::input::{Input, LineIndex, Position};
use comity_document::pointer::Span;
use serde::Deserialize as _;
use serde_json::Value;

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

/// The most that is read of a `dataset.json`, in bytes.
const LIMIT: u64 = 1024 * 1024;

/// What the `dataset.json` at the root of a dataset says; nothing where there is none. `shown` is the root as it is named
/// to the user.
///
/// # Errors
/// When it cannot be read, is a link or no regular file, or does not describe a dataset.
pub(crate) fn read(trusted: &Trusted, root: &Path, shown: &str) -> anyhow::Result<Manifest> {
    let path = root.join("dataset.json");
    let shown = if shown.is_empty() { "dataset.json".to_owned() } else { format!("{shown}/dataset.json") };
    let found = trusted.entry_type(&path).map_err(|trouble| explained(&trouble));
    if found.with_context(|| format!("{shown} cannot be read"))?.is_none() {
        return Ok(Manifest::default());
    }
    let bytes = trusted.bytes(&path, LIMIT).map_err(|trouble| explained(&trouble));
    let bytes = bytes.with_context(|| format!("{shown} cannot be read"))?;
    let text =
        String::from_utf8(bytes).map_err(|_| anyhow!("{shown} is not UTF-8; save it as UTF-8 in your editor"))?;
    parse(&shown, &text)
}

/// The same, of its text.
pub(crate) fn parse(shown: &str, text: &str) -> anyhow::Result<Manifest> {
    let at = |span: Span, message: &str| {
        let origin = Input::file(0, text).origin;
        let at = LineIndex::of(text).position(&origin, span.start);
        let message = format!("{message}; nothing can be checked before that is fixed");
        anyhow::Error::from(ManifestFault { path: shown.to_owned(), at, message })
    };
    let arena = Arena::default();
    let document = document::parse(text, &arena);
    let mut faults = Vec::new();
    rules::over_faults(&document.faults, text, EntryId::GONE, &mut faults);
    if let Some(fault) = faults.first() {
        let span = if let Place::Bytes(span) = fault.place { span } else { Span::new(0, 0) };
        let help = fault.help.as_deref().map_or_else(String::new, |help| format!("; {help}"));
        return Err(at(span, &format!("{}{help}", fault.message)));
    }
    let Some(root) = &document.root else { return Err(at(Span::new(0, 0), "there is nothing in it; write `{}`")) };
    let about = Manifest::deserialize(root).map_err(|error| {
        let part = if error.on_key { Part::Key } else { Part::Value };
        at(root.locate(&error.pointer(), part).unwrap_or(root.span), &reason(root, &error))
    })?;
    if let Some(code) = about.rules.keys().map(AsRef::as_ref).find(|code| rules::find(code).is_none()) {
        let span = root.locate(&comity_document::at!["rules", code], Part::Key).unwrap_or(root.span);
        return Err(at(span, &unknown_rule(code)));
    }
    let is_lowered =
        |code: &&str, level: Level| level != Level::Error && rules::find(code).is_some_and(|rule| rule.mandatory);
    let mut levels = about.rules.iter().map(|(code, level)| (code.as_ref(), *level));
    if let Some((code, _)) = levels.find(|(code, level)| is_lowered(code, *level)) {
        let span = root.locate(&comity_document::at!["rules", code], Part::Value).unwrap_or(root.span);
        let message = format!(
            "`{code}` is always an error, because a record with that fault cannot be read; remove this entry of `rules`"
        );
        return Err(at(span, &message));
    }
    Ok(about)
}

/// That there is no such rule, and which may be meant.
pub(crate) fn unknown_rule(code: &str) -> String {
    let near = comity::value::nearest(code, RULES.iter().map(|(rule, _)| rule.code));
    let hint = near.map_or_else(|| "`comity rules` lists them".to_owned(), |near| format!("did you mean `{near}`?"));
    format!("there is no rule `{code}`; {hint}")
}

/// Why something cannot stand where it stands.
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
            let levels = listed(Level::ALL.iter().map(|level| level.code()));
            let written =
                root.at(&place).map(|node| node.as_str().map_or_else(|| node.to_json().to_string(), str::to_owned));
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

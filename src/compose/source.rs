//! Sources: found by their address, or made of a line.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::{ComposeError, Composed, Composition, SourceLine, id_for};
use crate::kind::Kind;
use crate::record::Source;
use crate::value::{Code as _, Edtf, Key, StringFormat as _, Url, host, page, text_or_json};

impl Composition<'_> {
    /// The source that a [line](SourceLine) means: one on record, by its id or its address, or a new one.
    ///
    /// # Errors
    /// When the line begins with neither an id on record nor an address.
    pub fn source(&mut self, line: &str) -> Result<Key, ComposeError> {
        self.source_with(line, &[])
    }

    /// The source that a line means, as [`Composition::source`] has it. A new source gets the `given` fields, each a path
    /// and a text for [`Composition::set`].
    pub(super) fn source_with(&mut self, line: &str, given: &[(String, String)]) -> Result<Key, ComposeError> {
        let source = SourceLine::parse(line);
        let on_record = if source.address.contains("://") || is_bare_address(&source.address) {
            Url::parse(&source.address)?;
            self.source_of_page(&source.address)
        } else {
            Some(self.resolve(&source.address, &[Kind::Source])?)
        };
        match on_record {
            Some(key) if given.is_empty() => Ok(key),
            Some(key) => Err(ComposeError(format!(
                "`{key}` is on record already; leave `--set` out, or change the record of the source by hand"
            ))),
            None => self.new_source(&source, given),
        }
    }

    /// The source on record, or in the making, with this address.
    fn source_of_page(&self, address: &str) -> Option<Key> {
        let wanted = page(address);
        let same = |url: &str| page(url) == wanted;
        let mut known = self.dataset().sources().filter(|source| source.envelope.retired.is_none());
        let found = known.find(|source| source.fields.url.as_ref().is_some_and(|url| same(url.as_ref())));
        let new = || {
            let is_it = |record: &&Composed| record.fields.get("url").and_then(Value::as_str).is_some_and(same);
            self.records.iter().find(is_it).map(|record| record.key.clone())
        };
        found.map(|source| source.key.clone()).or_else(new)
    }

    fn new_source(&mut self, line: &SourceLine, given: &[(String, String)]) -> Result<Key, ComposeError> {
        let replaces_day = given.iter().any(|(field, _)| field == "published");
        let published = line.published.as_deref().filter(|_| !replaces_day);
        let published = published.map(|day| self.date(day, "published", Edtf::FORMAT)).transpose()?;
        let known = self.of_site(&line.address);
        let mut fields = Map::new();
        fields.insert("url".to_owned(), line.address.clone().into());
        for (field, text) in given {
            fields = self.with_field(Kind::Source, fields, field, text, true)?;
        }
        let mut inferred = Vec::new();
        let mut add = |field: &str, given: Option<Value>, known: Option<Value>| {
            let given = fields.get(field).cloned().or(given);
            if given.is_none()
                && let Some(value) = &known
            {
                inferred.push(format!("{field} `{}`", text_or_json(value)));
            }
            given.or(known).map(|value| fields.insert(field.to_owned(), value));
        };
        add("type", line.r#type.clone().map(Value::from), known.r#type);
        add("publisher", line.publisher.clone().map(Value::from), known.publisher);
        add("languages", (!line.languages.is_empty()).then(|| line.languages.clone().into()), known.languages);
        add("published", published.map(Value::from), None);
        if let Some(title) = line.title.as_ref().filter(|_| !fields.contains_key("title")) {
            let language =
                fields.get("languages").and_then(|languages| languages[0].as_str()).unwrap_or("und").to_owned();
            fields.insert("title".to_owned(), json!({ language: title }));
        }
        let id = id_for(Kind::Source, &fields, &|id| self.is_taken(Kind::Source, id));
        let id = id.ok_or_else(|| ComposeError(format!("no id can be made of `{}`", line.address)))?;
        let key = self.begin(Kind::Source, &id)?;
        if !inferred.is_empty() {
            let from = if known.is_host { "the host" } else { "other pages of the site" };
            self.note(format!("`{key}`: {}, from {from}", inferred.join(", ")));
        }
        if !line.rest.is_empty() {
            self.note(format!("`{key}`: left out `{}`", line.rest.join("`, `")));
        }
        self.fields_mut(&key).into_iter().for_each(|own| fields.clone_into(own));
        Ok(key)
    }

    /// What the sources of the same site agree on; the host for the publisher where there are none.
    fn of_site(&self, address: &str) -> OfSite {
        let host = site(address);
        let sources = || self.dataset().sources().map(|source| source.fields);
        let is_of_host = |source: &&Source| source.url.as_ref().is_some_and(|url| site(url.as_ref()) == host);
        let of_host = || sources().filter(is_of_host);
        let publisher = most(of_host().map(|source| source.publisher.as_ref().to_owned()));
        let languages = |source: &Source| source.languages.iter().map(AsRef::as_ref).collect::<Vec<&str>>().into();
        let languages = only(of_host().map(languages));
        OfSite {
            is_host: publisher.is_none(),
            r#type: only(of_host().map(|source| Value::from(source.r#type.code()))),
            publisher: publisher.or(host).map(Value::from),
            languages,
        }
    }

    /// Adds the stance of each source of a record in the making that has none yet.
    pub fn complete(&mut self, key: &Key) {
        let Some(fields) = self.fields_mut(key) else { return };
        let stance = usual_stance(fields);
        let entries = fields.get_mut("evidence").and_then(Value::as_object_mut).into_iter().flatten();
        for (_, evidence) in entries {
            if let Some(evidence) = evidence.as_object_mut().filter(|evidence| !evidence.contains_key("stance")) {
                evidence.insert("stance".to_owned(), stance.into());
            }
        }
    }
}

/// The stance of a source where nobody says another: a source reports what was held, and announces what is planned.
pub(super) fn usual_stance(fields: &Map<String, Value>) -> &'static str {
    let is_planned = fields.get("status").and_then(Value::as_str) == Some("planned");
    if is_planned { "announces" } else { "reports" }
}

/// What is known of the pages of a site.
struct OfSite {
    /// Whether only the host is known.
    is_host: bool,
    r#type: Option<Value>,
    publisher: Option<Value>,
    languages: Option<Value>,
}

/// Whether a text is an address without `https://`: that is told before anybody looks for a source of this name.
fn is_bare_address(text: &str) -> bool {
    let has_host = text.split_once('/').is_some_and(|(host, _)| host.contains('.')) || text.starts_with("www.");
    has_host && !text.starts_with('.') && !text.contains(char::is_whitespace)
}

/// The host of an address, by which the pages of a site are known.
fn site(address: &str) -> Option<String> {
    let url = url::Url::parse(address).ok()?;
    Some(host(&url).to_owned()).filter(|host| !host.is_empty())
}

/// The most frequent value.
fn most(values: impl Iterator<Item = String>) -> Option<String> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    values.for_each(|value| *counts.entry(value).or_default() += 1);
    counts.into_iter().max_by(|a, b| a.1.cmp(&b.1).then_with(|| b.0.cmp(&a.0))).map(|(value, _)| value)
}

/// The value that all have.
fn only(mut values: impl Iterator<Item = Value>) -> Option<Value> {
    let first = values.next()?;
    values.all(|value| value == first).then_some(first)
}

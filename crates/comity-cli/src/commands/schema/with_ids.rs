//! Schemas whose references complete to the records of a dataset, for editors. They admit what the authoring schemas admit:
//! a record that is not there yet is no fault for an editor.

use std::collections::BTreeMap;

use comity::dataset::Dataset;
use comity::kind::Kind;
use comity::record::{Body, Record, Target};
use comity::schema;
use serde_json::{Map, Value, json};

/// The end of the `$id` of these schemas.
pub(super) const SUFFIX: &str = ":with-ids";

/// What a reference can name, each with the name of the record.
type Names = Vec<(String, String)>;

/// The authoring schema of each kind, by its path below the folder.
pub(super) fn all(dataset: &Dataset) -> BTreeMap<String, String> {
    let names = NamesByKind::of(dataset);
    let with_ids = |kind: Kind| {
        let mut schema = schema::authoring(kind);
        schema["$id"] = format!("{}{SUFFIX}", schema["$id"].as_str().unwrap_or_default()).into();
        let definitions = schema["$defs"].clone();
        complete(&mut schema, &definitions, &names);
        (format!("{kind}.schema.json"), format!("{schema:#}\n"))
    };
    Kind::ALL.into_iter().map(with_ids).collect()
}

/// The records of a dataset, as references name them.
struct NamesByKind {
    ids: BTreeMap<&'static str, Names>,
    references: Names,
}

impl NamesByKind {
    fn of(dataset: &Dataset) -> Self {
        let (mut ids, mut references) = (BTreeMap::new(), Names::new());
        for kind in Kind::ALL {
            let named = |id: &str| {
                let record = dataset.record(Target { kind, id }).map(|(_, record)| record);
                (id.to_owned(), record.map(name).unwrap_or_default())
            };
            let of_kind: Names = dataset.sorted_ids(kind).iter().map(|id| named(id.as_ref())).collect();
            references.extend(of_kind.iter().map(|(id, name)| (format!("{kind}:{id}"), name.clone())));
            ids.insert(kind.name(), of_kind);
        }
        Self { ids, references }
    }

    /// What a reference of this definition can name; `None` where the definition is no reference.
    fn of_definition(&self, definition: &Value) -> Option<&Names> {
        match (definition["x-ref"].as_str(), definition["format"].as_str()) {
            (Some(kind), _) => self.ids.get(kind),
            (None, Some("comity-ref")) => Some(&self.references),
            _ => None,
        }
        .filter(|names| !names.is_empty())
    }
}

/// The name of a record; for a source also its day.
fn name(record: &Record) -> String {
    let title = record.title().unwrap_or_default();
    match &record.body {
        Body::Source(source) => {
            let published = source.published.as_ref().map_or("undated", AsRef::as_ref);
            format!("{title} ({published})")
        }
        _ => title.to_owned(),
    }
}

/// Adds the records to every reference in a schema.
fn complete(schema: &mut Value, definitions: &Value, names: &NamesByKind) {
    match schema {
        Value::Object(part) => {
            if let Some(names) =
                names.of_definition(&Value::Object(part.clone())).filter(|_| part.contains_key("pattern"))
            {
                part.insert("anyOf".to_owned(), values(names));
            }
            if let Some(names) = names_of_keys(part, definitions, names) {
                part.insert("properties".to_owned(), keys(names, &part["additionalProperties"]));
            } else {
                part.values_mut().for_each(|part| complete(part, definitions, names));
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|part| complete(part, definitions, names)),
        _ => {}
    }
}

/// A value that refers: one of the known records, or any other. The language service offers only values that stand in a
/// list of codes, and shows the description of a code.
fn values(names: &Names) -> Value {
    let (ids, descriptions): (Vec<&str>, Vec<&str>) =
        names.iter().map(|(id, name)| (id.as_str(), name.as_str())).unzip();
    json!([{ "enum": ids, "enumDescriptions": descriptions }, {}])
}

/// What the keys of a map can name; `None` where they refer to nothing, or have fields of their own.
fn names_of_keys<'a>(part: &Map<String, Value>, definitions: &Value, names: &'a NamesByKind) -> Option<&'a Names> {
    let to = part.get("propertyNames")?["$ref"].as_str()?.strip_prefix("#/$defs/")?;
    let is_map = part.get("additionalProperties").is_some_and(Value::is_object) && !part.contains_key("properties");
    names.of_definition(&definitions[to]).filter(|_| is_map)
}

/// A text without the meaning that Markdown gives to some of its characters.
fn as_markdown(text: &str) -> String {
    let escaped = text.chars().flat_map(|c| [Some('\\').filter(|_| c.is_ascii_punctuation()), Some(c)]);
    escaped.flatten().collect()
}

/// The known keys of a map. The language service shows a description only for a key that is a field; any other key is still
/// admitted.
fn keys(names: &Names, value: &Value) -> Value {
    let key = |(id, name): &(String, String)| {
        let mut value = value.clone();
        if !name.is_empty() {
            value["markdownDescription"] = as_markdown(name).into();
        }
        (id.clone(), value)
    };
    Value::Object(names.iter().map(key).collect())
}

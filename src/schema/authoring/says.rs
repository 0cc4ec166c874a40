//! The schema of `says`: under the pointer of a field stands a value that could stand in that field.

use serde_json::{Map, Value, json};

/// One step of a pointer that may be any key.
const ANY_KEY: &str = "([^/~]|~[01])*";

/// Adds to `says`, for every field and every entry of a map, that the value must be as the schema of that place
/// demands. Items of lists are not addressed by pointers, because their index changes; what a source says of our
/// `evidence` is not checked.
pub(super) fn constrain(schema: &mut Value) {
    let mut places = Places { schema, fields: Map::new(), patterns: Map::new() };
    for (name, part) in members(&schema["properties"]).filter(|(name, _)| *name != "evidence") {
        let at = format!("#/properties/{name}");
        places.visit(part, &at, &Way::Field(format!("/{name}")));
    }
    let Places { fields, patterns, .. } = places;
    let says = &mut schema["$defs"]["Evidence"]["properties"]["says"];
    says["properties"] = fields.into();
    says["patternProperties"] = patterns.into();
}

/// How the pointers of a place are written.
enum Way {
    /// One pointer.
    Field(String),
    /// A regular expression, because some step may be any key.
    Pattern(String),
}

impl Way {
    fn field(&self, name: &str) -> Self {
        match self {
            Self::Field(way) => Self::Field(format!("{way}/{name}")),
            Self::Pattern(way) => Self::Pattern(format!("{way}/{name}")),
        }
    }

    fn pattern(&self, step: &str) -> Self {
        let (Self::Field(way) | Self::Pattern(way)) = self;
        Self::Pattern(format!("{way}/{step}"))
    }
}

/// The places of a record, each with a reference to its schema.
struct Places<'s> {
    schema: &'s Value,
    fields: Map<String, Value>,
    patterns: Map<String, Value>,
}

impl Places<'_> {
    /// Adds the place whose schema is `part`, and the places below. `at` is the URI of `part`.
    fn visit(&mut self, part: &Value, at: &str, way: &Way) {
        let target = part["$ref"].as_str().unwrap_or(at);
        let reference = json!({ "$ref": target });
        match way {
            Way::Field(way) => self.fields.insert(way.clone(), reference),
            Way::Pattern(way) => self.patterns.insert(format!("^{way}$"), reference),
        };
        let part = self.schema.pointer(target.trim_start_matches('#')).unwrap_or(part);
        for (name, below) in members(&part["properties"]) {
            self.visit(below, &format!("{target}/properties/{name}"), &way.field(name));
        }
        for (pattern, below) in members(&part["patternProperties"]) {
            let step = pattern.trim_start_matches('^').trim_end_matches('$');
            self.visit(below, &format!("{target}/patternProperties"), &way.pattern(step));
        }
        let entry = &part["additionalProperties"];
        if entry.is_object() {
            self.visit(entry, &format!("{target}/additionalProperties"), &way.pattern(ANY_KEY));
        }
    }
}

fn members(part: &Value) -> impl Iterator<Item = (&String, &Value)> {
    part.as_object().into_iter().flatten()
}

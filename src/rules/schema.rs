//! What the schema refuses, as findings: one for one mistake, in a contributor's words.

use std::collections::BTreeMap;

use comity_document::document::{Node, Value};
use comity_document::pointer::Pointer;
use comity_document::validator::{Refused, Violation};
use serde_json::Value as Json;

use super::{
    empty_collection, id_file_mismatch, impossible_date, malformed_value, missing_field, nearest, repeated_item,
    sentinel_date, unknown_code, unknown_field, unregistered_language, wrong_type,
};
use crate::finding::{Change, EntryId, Finding, Findings, Fix, Place};
use crate::kind::Kind;
use crate::rule::Rule;
use crate::schema;
use crate::value::{self, Language};

/// The violations of one record as findings. The tree is the one they were found in.
pub fn over_violations(
    kind: Kind,
    root: &Node<'_>,
    violations: Vec<Violation>,
    entry: EntryId,
    out: &mut Vec<Finding>,
) {
    let mut complaints = Complaints { kind, root, by_place: BTreeMap::new() };
    let mut missing = BTreeMap::<Pointer, Vec<String>>::new();
    let mut unknown = BTreeMap::<Pointer, (String, Vec<String>)>::new();
    for violation in violations {
        match violation.refused {
            Refused::UnknownFields(names) => {
                unknown.entry(violation.at).or_insert((violation.schema, Vec::new())).1.extend(names)
            }
            Refused::MissingField(name) => missing.entry(violation.at).or_default().push(name),
            Refused::Key(key, refused) => complaints.add_key(&violation.at, &key, &violation.schema, &refused),
            refused => complaints.add_value(violation.at, &violation.schema, &refused),
        }
    }
    for (at, (schema, names)) in unknown {
        let absent = missing.entry(at.clone()).or_default();
        names.iter().for_each(|name| complaints.add_unknown(&at, &schema, name, absent));
    }
    for (at, names) in missing {
        names.iter().for_each(|name| say_missing(kind, &at, name, entry, out));
    }
    for (place, complaint) in complaints.by_place {
        let mut findings = Findings::new(complaint.rule, out);
        let finding = findings.at(entry, place, complaint.message);
        finding.help = complaint.help;
        finding.fix = complaint.fix;
    }
}

fn say_missing(kind: Kind, at: &Pointer, name: &str, entry: EntryId, out: &mut Vec<Finding>) {
    let about = schema::shape(kind).at(&at.clone().key(name)).map(|shape| shape.description.to_string());
    let whole =
        if at.is_root() { format!("the {kind}") } else { format!("`{}`", at.tokens().last().unwrap_or_default()) };
    let mut findings = Findings::new(&missing_field::RULE, out);
    let finding = findings.at(entry, at.clone(), format!("the field `{name}` is missing in {whole}"));
    if let Some(about) = about.filter(|about| !about.is_empty()) {
        finding.help(format!("`{name}`: {}", lower_first(about.trim_end_matches('.'))));
    }
}

/// One mistake. Of several at one place the most telling is kept: a wrong type before a wrong code, that before a wrong
/// shape.
struct Complaint {
    rank: u8,
    rule: &'static Rule,
    message: String,
    help: Option<String>,
    fix: Option<Fix>,
}

struct Complaints<'a> {
    kind: Kind,
    root: &'a Node<'a>,
    by_place: BTreeMap<Place, Complaint>,
}

impl Complaints<'_> {
    fn keep(&mut self, place: Place, new: Complaint) {
        let better = self.by_place.get(&place).is_none_or(|old| new.rank < old.rank);
        if better {
            self.by_place.insert(place, new);
        }
    }

    fn add_value(&mut self, at: Pointer, schema: &str, refused: &Refused) {
        let Some(node) = self.root.at(&at) else { return };
        if *refused == Refused::Repeated {
            return self.add_repeated(&at, node);
        }
        let part = schema::cached(self.kind).pointer(schema).unwrap_or(&Json::Null);
        let complaint = complain(refused, part, node, &at);
        self.keep(Place::Value(at), complaint);
    }

    fn add_key(&mut self, at: &Pointer, key: &str, schema: &str, refused: &Refused) {
        // The violation's path leads to `propertyNames`; what the key must be stands there, or where it refers to.
        let root = schema::cached(self.kind);
        let part =
            root.pointer(&format!("{schema}/propertyNames")).or_else(|| root.pointer(schema)).unwrap_or(&Json::Null);
        let part = part["$ref"].as_str().and_then(|to| root.pointer(to.trim_start_matches('#'))).unwrap_or(part);
        let text = Node { span: self.root.span, value: Value::String(key.into()) };
        let place = at.clone().key(key);
        let mut complaint = complain(refused, part, &text, &place);
        // A key is renamed, not replaced; never onto a key that is there.
        complaint.fix = complaint.fix.and_then(|fix| match &fix.changes[..] {
            [Change::Replace { with: Json::String(to), .. }] if self.root.at(&at.clone().key(to)).is_none() => {
                let change = Change::Rename { at: place.clone(), to: to.clone() };
                Some(Fix { changes: vec![change], ..fix })
            }
            _ => None,
        });
        self.keep(Place::Key(place), complaint);
    }

    fn add_repeated(&mut self, at: &Pointer, node: &Node<'_>) {
        let Value::Array(items) = &node.value else { return };
        let mut seen = std::collections::HashSet::new();
        for (index, item) in items.iter().enumerate() {
            let text = item.to_json().to_string();
            if seen.insert(text.clone()) {
                continue;
            }
            let at = at.clone().index(index);
            let fix = Fix {
                what: "remove the second one".to_owned(),
                changes: vec![Change::Remove { at: at.clone() }],
                safe: true,
            };
            let message = format!("`{}` stands twice in this list", text.trim_matches('"'));
            self.keep(
                Place::Value(at),
                Complaint {
                    rank: 0,
                    rule: &repeated_item::RULE,
                    message,
                    help: Some("once is enough".to_owned()),
                    fix: Some(fix),
                },
            );
        }
    }

    /// A field that is not known: where a required one like it is absent, the two are one mistake.
    fn add_unknown(&mut self, at: &Pointer, schema: &str, name: &str, absent: &mut Vec<String>) {
        let part = schema::cached(self.kind).pointer(schema).unwrap_or(&Json::Null);
        let steps = part["x-steps"].is_string();
        let known: Vec<&str> =
            part["properties"].as_object().into_iter().flat_map(|fields| fields.keys().map(String::as_str)).collect();
        let present = |field: &str| self.root.at(&at.clone().key(field)).is_some();
        let meant = nearest(name, absent.iter().map(String::as_str))
            .or_else(|| nearest(name, known.iter().copied().filter(|field| !present(field))));
        let meant = meant.map(str::to_owned);
        absent.retain(|field| Some(field) != meant.as_ref());
        let (rule, message) = if steps {
            (&unknown_code::RULE, format!("`{name}` is not a status of this history"))
        } else {
            (&unknown_field::RULE, format!("unknown field `{name}`"))
        };
        let place = at.clone().key(name);
        let fix = meant.clone().map(|to| Fix {
            what: format!("rename it to `{to}`"),
            changes: vec![Change::Rename { at: place.clone(), to }],
            safe: false,
        });
        let help = match meant {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => format!(
                "{} here: {}",
                if steps { "the statuses" } else { "the fields" },
                listed(known.into_iter().filter(|field| !field.starts_with('$')))
            ),
        };
        self.keep(Place::Key(place), Complaint { rank: 0, rule, message, help: Some(help), fix });
    }
}

fn complain(refused: &Refused, part: &Json, node: &Node<'_>, at: &Pointer) -> Complaint {
    let text = node.as_str().unwrap_or_default();
    let plain = |rank, rule, message: String, help: Option<String>| Complaint { rank, rule, message, help, fix: None };
    match refused {
        Refused::Type => {
            let message = format!("{} stands here, where {} is expected", found(&node.value), expected_type(part));
            plain(0, &wrong_type::RULE, message, type_help(part, &node.value))
        }
        Refused::Code if part["const"].is_string() => {
            let expected = part["const"].as_str().unwrap_or_default();
            let fix = replace(at, expected, false);
            let message = format!("the kind here is `{text}`, but the folder says `{expected}`");
            Complaint {
                fix: Some(fix),
                ..plain(1, &id_file_mismatch::RULE, message, Some(format!("write `{expected}`, or move the file")))
            }
        }
        Refused::Code => unknown(part, text, at),
        Refused::Empty => {
            let what = if matches!(node.value, Value::Array(_)) { "list" } else { "object" };
            plain(
                1,
                &empty_collection::RULE,
                format!("this {what} has no entry"),
                Some("write one, or leave the whole field out".to_owned()),
            )
        }
        Refused::Range(_) => {
            let limit = |keyword: &str| part[keyword].as_f64().map(|n| n.to_string());
            let most = part["maxItems"].as_u64();
            let (message, help) = match (limit("minimum"), limit("maximum"), most) {
                (Some(least), Some(greatest), _) => {
                    ("this number is out of range".to_owned(), format!("from {least} to {greatest}"))
                }
                (.., Some(most)) => {
                    ("too many entries".to_owned(), format!("at most {most}; keep those that matter most"))
                }
                _ => ("out of range".to_owned(), "see the field's description".to_owned()),
            };
            plain(2, &malformed_value::RULE, message, Some(help))
        }
        Refused::Shape | Refused::Format(_) => malformed(part, text, at),
        Refused::Other(message) => plain(9, &malformed_value::RULE, message.clone(), None),
        Refused::UnknownFields(_) | Refused::MissingField(_) | Refused::Key(..) | Refused::Repeated => {
            plain(9, &malformed_value::RULE, "not as the schema wants it".to_owned(), None)
        }
    }
}

fn unknown(part: &Json, text: &str, at: &Pointer) -> Complaint {
    let codes: Vec<&str> = part["enum"].as_array().into_iter().flatten().filter_map(Json::as_str).collect();
    let country = codes.contains(&"MA") && codes.contains(&"XK");
    let why = country.then(|| <value::Country as value::Shaped>::parse(text).err()).flatten();
    let meant = match &why {
        Some(why) => why.rsplit_once("did you mean `").and_then(|(_, tail)| tail.strip_suffix("`?")),
        None => nearest(text, codes.iter().copied()),
    };
    let meaning = |code: &str| {
        codes.iter().position(|known| *known == code).and_then(|index| part["enumDescriptions"][index].as_str())
    };
    let help = match meant {
        Some(code) => format!(
            "did you mean `{code}`{}?",
            meaning(code).map_or_else(String::new, |m| format!(" ({})", lower_first(m.trim_end_matches('.'))))
        ),
        None if codes.len() > 40 => format!(
            "expected {}",
            lower_first(part["description"].as_str().unwrap_or("one of the codes").trim_end_matches('.'))
        ),
        None => format!("the codes here: {}", listed(codes.iter().copied())),
    };
    let message = if country {
        format!("`{text}` is not the code of a country")
    } else {
        format!("`{text}` is not one of the codes of this field")
    };
    Complaint {
        rank: 1,
        rule: &unknown_code::RULE,
        message,
        help: Some(help),
        fix: meant.map(|code| replace(at, code, false)),
    }
}

fn malformed(part: &Json, text: &str, at: &Pointer) -> Complaint {
    let format = part["format"].as_str().unwrap_or_default();
    let known = value::format(format);
    let why = known
        .and_then(|format| (format.refuse)(text))
        .unwrap_or_else(|| format!("`{text}` is not of the expected shape"));
    // A message that ends in a question has said what was meant.
    let meant = why
        .rsplit_once('`')
        .filter(|(_, end)| *end == "?")
        .and_then(|(head, _)| head.rsplit_once('`'))
        .map(|(_, meant)| meant.to_owned());
    let (message, help) = match why.split_once("; ") {
        Some((message, help)) => (message.to_owned(), Some(help.to_owned())),
        None => (why, known.map(|format| format!("expected {}", format.expected))),
    };
    let (rule, safe): (&'static Rule, bool) = match format {
        "edtf" | "edtf-interval" if sentinel_date::is_sentinel(text) => (&sentinel_date::RULE, false),
        "edtf" | "edtf-interval" => (&impossible_date::RULE, false),
        "bcp47" => (&unregistered_language::RULE, Language::canonical(text).is_some()),
        _ => (&malformed_value::RULE, false),
    };
    let (help, meant) = if rule.code == sentinel_date::RULE.code {
        (Some(sentinel_date::HELP.to_owned()), None)
    } else {
        (help, meant)
    };
    Complaint { rank: 3, rule, message, help, fix: meant.map(|meant| replace(at, &meant, safe)) }
}

fn replace(at: &Pointer, with: &str, safe: bool) -> Fix {
    Fix { what: format!("write `{with}`"), changes: vec![Change::Replace { at: at.clone(), with: with.into() }], safe }
}

fn found(value: &Value<'_>) -> String {
    match value {
        Value::Null => "`null`".to_owned(),
        Value::Bool(b) => format!("`{b}`"),
        Value::Number(number) => format!("the number `{number}`"),
        Value::String(text) => format!("the text `{text}`"),
        Value::Array(_) => "a list `[ … ]`".to_owned(),
        Value::Object(_) => "an object `{ … }`".to_owned(),
    }
}

fn expected_type(part: &Json) -> &'static str {
    match part["type"].as_str() {
        Some("object") => "an object `{ … }`",
        Some("array") => "a list `[ … ]`",
        Some("string") => "a text in quotation marks",
        Some("number" | "integer") => "a number without quotation marks",
        Some("boolean") => "true or false",
        _ => "something else",
    }
}

fn type_help(part: &Json, value: &Value<'_>) -> Option<String> {
    match (part["type"].as_str()?, value) {
        (_, Value::Null) => Some("for what is not known, leave the whole field out".to_owned()),
        ("array", Value::String(text)) => Some(format!("put it into a list: [\"{text}\"]")),
        ("string", Value::Number(number)) => Some(format!("put quotation marks around it: \"{number}\"")),
        ("number", Value::String(text)) if text.trim().parse::<f64>().is_ok() => {
            Some(format!("without quotation marks: {}", text.trim()))
        }
        ("number", Value::String(_)) => Some("digits only; words and units go into other fields".to_owned()),
        ("boolean", Value::String(text)) if text == "true" || text == "false" => {
            Some(format!("without quotation marks: {text}"))
        }
        ("object", Value::String(text)) if part["propertyNames"]["$ref"] == "#/$defs/Language" => {
            Some(format!("name its language: {{ \"en\": \"{text}\" }}"))
        }
        ("object", Value::Array(_)) => Some("entries with names: { \"name\": … }".to_owned()),
        _ => part["examples"][0].as_str().map(|example| format!("for example \"{example}\"")),
    }
}

fn listed<'a>(words: impl Iterator<Item = &'a str>) -> String {
    words.map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}

fn lower_first(sentence: &str) -> String {
    let mut chars = sentence.chars();
    match chars.next() {
        // An acronym keeps its capitals.
        Some(first) if !chars.as_str().starts_with(char::is_uppercase) => first.to_lowercase().chain(chars).collect(),
        _ => sentence.to_owned(),
    }
}

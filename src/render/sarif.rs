//! SARIF 2.1.0 (OASIS), for code scanning and other tools that collect findings.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io;

use serde::{Serialize, Serializer};
use serde_json::{Value, json};

use super::Identities;
use super::escape::JsonWriter;
use crate::lint::{Rule, Severity};
use crate::report::{Diagnostic, Edits, Location, Quoted, Report};
use crate::rules::RULES;

/// Writes a SARIF log with one run that describes every rule.
pub fn sarif(report: &Report, out: &mut dyn io::Write) -> io::Result<()> {
    sarif_of(&RULES.iter().map(|(rule, _)| *rule).collect::<Vec<_>>(), report, out)
}

/// Like [`sarif()`], with descriptions of the given rules only: the pages of all rules are most of a log.
pub fn sarif_of(rules: &[&Rule], report: &Report, out: &mut dyn io::Write) -> io::Result<()> {
    let log = Log {
        schema: "https://json.schemastore.org/sarif-2.1.0.json",
        version: "2.1.0",
        runs: [Run {
            tool: json!({ "driver": {
                "name": "comity",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules.iter().map(|rule| descriptor(rule)).collect::<Vec<_>>()
            } }),
            column_kind: "unicodeCodePoints",
            invocations: json!([{
                "executionSuccessful": report.summary.failure().is_none(),
                "toolExecutionNotifications": notifications(report)
            }]),
            results: Results { rules, found: &report.diagnostics },
        }],
    };
    serde_json::to_writer(JsonWriter(out), &log)?;
    writeln!(out)
}

#[derive(Serialize)]
struct Log<'a> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'a> {
    tool: Value,
    column_kind: &'static str,
    invocations: Value,
    results: Results<'a>,
}

/// The findings. Each is made when it is written: a report may be long.
struct Results<'a> {
    rules: &'a [&'a Rule],
    found: &'a [Diagnostic],
}

impl Serialize for Results<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let indices = self.rules.iter().enumerate().map(|(index, rule)| (rule.code, index));
        let indices: BTreeMap<&str, usize> = indices.collect();
        let mut identities = Identities::default();
        serializer.collect_seq(self.found.iter().map(|found| result(found, &indices, &identities.next(found))))
    }
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

fn descriptor(rule: &Rule) -> Value {
    json!({
        "id": rule.code,
        "shortDescription": { "text": rule.summary },
        "fullDescription": { "text": rule.why },
        "help": { "text": rule.page, "markdown": rule.page },
        "defaultConfiguration": { "level": level(rule.severity) }
    })
}

/// What there is to say of the run: which files it did not check to the end, and why it fails without an error.
fn notifications(report: &Report) -> Vec<Value> {
    let skipped = report.summary.skipped.iter().map(|(path, reason)| notification(path, reason));
    let failure = report.summary.failure().map(|why| json!({ "level": "error", "message": { "text": why } }));
    skipped.chain(failure).collect()
}

fn notification(path: &str, reason: &str) -> Value {
    json!({
        "level": "warning",
        "message": { "text": format!("not checked to the end: {reason}") },
        "locations": [{ "physicalLocation": { "artifactLocation": { "uri": uri(path) } } }]
    })
}

fn result(diagnostic: &Diagnostic, indices: &BTreeMap<&str, usize>, identity: &str) -> Value {
    let help = diagnostic.help.as_ref().map_or_else(String::new, |help| format!("; {help}"));
    let mut result = json!({
        "ruleId": diagnostic.rule.code,
        "level": level(diagnostic.severity),
        "message": { "text": plain(&format!("{}{help}", diagnostic.message)) },
        "partialFingerprints": { "comity/v1": identity },
        "locations": [location(&diagnostic.location, diagnostic.record.as_ref().map(ToString::to_string).as_deref())]
    });
    if let Some(index) = indices.get(diagnostic.rule.code) {
        result["ruleIndex"] = json!(index);
    }
    if !diagnostic.related.is_empty() {
        let related = diagnostic.related.iter().map(|(place, message)| {
            let mut place = location(place, None);
            place["message"] = json!({ "text": plain(message) });
            place
        });
        result["relatedLocations"] = related.collect();
    }
    if let Some(fix) = &diagnostic.fix {
        result["fixes"] = json!([fixed(&diagnostic.location.path, fix)]);
    }
    result
}

fn location(location: &Location, record: Option<&str>) -> Value {
    let mut physical = json!({ "artifactLocation": { "uri": uri(&location.path) } });
    if let Some(Quoted { start, end, .. }) = location.quoted {
        physical["region"] = json!({ "startLine": start.line, "startColumn": start.column, "endLine": end.line, "endColumn": end.column });
    }
    let mut whole = json!({ "physicalLocation": physical });
    if let Some(record) = record {
        let pointer = location.pointer.as_ref().map_or("", AsRef::as_ref);
        whole["logicalLocations"] = json!([{ "fullyQualifiedName": format!("{record}{pointer}"), "kind": "object" }]);
    }
    whole
}

fn fixed(path: &str, fix: &Edits) -> Value {
    #[derive(Serialize)]
    #[serde(rename_all = "camelCase")]
    struct Region {
        byte_offset: u64,
        byte_length: u64,
    }
    let replacements: Vec<Value> = fix
        .edits
        .iter()
        .map(|edit| {
            let region = Region { byte_offset: edit.start, byte_length: edit.end - edit.start };
            json!({ "deletedRegion": region, "insertedContent": { "text": edit.text } })
        })
        .collect();
    json!({
        "description": { "text": plain(&fix.what) },
        "artifactChanges": [{ "artifactLocation": { "uri": uri(path) }, "replacements": replacements }]
    })
}

/// A message in which SARIF finds no link of the form `[text](target)`: a bracket after a backslash is only a bracket.
fn plain(text: &str) -> String {
    text.replace("](", "\\](")
}

/// A path as a relative URI reference (RFC 3986): all but unreserved characters and `/` are percent-encoded.
fn uri(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => out.push(char::from(byte)),
            _ => {
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_becomes_a_uri() {
        assert_eq!(uri("data/event/é x.json"), "data/event/%C3%A9%20x.json");
        assert_eq!(uri("<stdin>"), "%3Cstdin%3E");
    }
}

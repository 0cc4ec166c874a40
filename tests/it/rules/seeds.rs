//! One fault in a real, frozen record for every rule: the rule reports the fault at its place, and no other rule
//! reports anything.
//!
//! The faults stand in `seeds.json`, each with the file, what is done to it, and the place that is to be told. A record
//! is edited by pointer (`set`, `remove`, `rename`) and laid out anew, or by its text (`text`: what stands there once,
//! and what is to stand there); a file is moved, copied, deleted, or made unreadable (`trouble`).

use std::collections::BTreeSet;
use std::sync::LazyLock;

use comity::dataset::FILE_LIMIT;
use comity::lint::{Check, Rule};
use comity::report::{Diagnostic, Report};
use comity::rules::{self, InputError, RULES};
use comity_document::pointer::Pointer;
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::frozen::{self, Asked, Content, Edits};
use crate::world::canonical;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Seed {
    rule: String,
    file: String,
    #[serde(default)]
    set: Map<String, Value>,
    #[serde(default)]
    remove: Vec<String>,
    #[serde(default)]
    rename: Map<String, Value>,
    text: Option<(String, String)>,
    r#move: Option<String>,
    copy: Option<String>,
    #[serde(default)]
    delete: bool,
    trouble: Option<String>,
    /// A pointer, a line, or null for the file as a whole.
    at: Value,
    /// The file that is told of, where it is another one.
    r#in: Option<String>,
}

static SEEDS: LazyLock<Vec<Seed>> =
    LazyLock::new(|| serde_json::from_str(include_str!("seeds.json")).expect("a list of seeds"));

/// What is found in the frozen records as they are.
static CLEAN: LazyLock<Vec<String>> = LazyLock::new(|| found(&frozen::check(&Edits::new(), Asked::default())));

impl Seed {
    fn edits(&self) -> Edits {
        let mut edits = Edits::new();
        let content = if let Some(trouble) = &self.trouble {
            Content::InputError(made(trouble, frozen::text(&self.file)))
        } else if self.delete {
            Content::Text(String::new())
        } else {
            Content::Text(self.edited())
        };
        match (&self.r#move, &self.copy, self.delete) {
            (None, None, true) => drop(edits.insert(self.file.clone(), None)),
            (Some(to), None, false) => {
                edits.insert(self.file.clone(), None);
                edits.insert(to.clone(), Some(content));
            }
            (None, Some(to), false) => drop(edits.insert(to.clone(), Some(content))),
            (None, None, false) => drop(edits.insert(self.file.clone(), Some(content))),
            _ => panic!("{self:?}: one of move, copy and delete"),
        }
        edits
    }

    fn edited(&self) -> String {
        let before = frozen::text(&self.file);
        if let Some((from, to)) = &self.text {
            assert_eq!(before.matches(from.as_str()).count(), 1, "{self:?}: stands there once");
            return before.replacen(from.as_str(), to, 1);
        }
        let mut record: Value = serde_json::from_str(before).expect("JSON");
        for (at, value) in &self.set {
            let (parent, last) = parent(&mut record, at);
            match parent {
                Value::Object(fields) => drop(fields.insert(last, value.clone())),
                Value::Array(items) if last == "-" => items.push(value.clone()),
                Value::Array(items) => items[last.parse::<usize>().expect("an index")] = value.clone(),
                _ => panic!("{self:?}: nothing lies above {at}"),
            }
        }
        for at in &self.remove {
            let (parent, last) = parent(&mut record, at);
            let removed = parent.as_object_mut().and_then(|fields| fields.shift_remove(&last));
            assert!(removed.is_some(), "{self:?}: {at} is there");
        }
        for (at, to) in &self.rename {
            let (parent, last) = parent(&mut record, at);
            let fields = parent.as_object_mut().expect("an object");
            let value = fields.shift_remove(&last).expect("it is there");
            fields.insert(to.as_str().expect("a name").to_owned(), value);
        }
        let edited = canonical(&self.file, &record.to_string());
        assert!(self.copy.is_some() || self.r#move.is_some() || edited != before, "{self:?} changes nothing");
        edited
    }

    /// The place that is to be told, as `found` writes it.
    fn expected(&self) -> String {
        let path = self.r#in.as_ref().or(self.r#move.as_ref()).or(self.copy.as_ref()).unwrap_or(&self.file);
        let at = match &self.at {
            Value::String(pointer) => pointer.clone(),
            Value::Number(line) => format!(":{line}"),
            _ => String::new(),
        };
        format!("{} data/{path}{at}", self.rule)
    }
}

/// What a pointer's last step leads into, and that step.
fn parent<'v>(record: &'v mut Value, at: &str) -> (&'v mut Value, String) {
    let pointer = Pointer::parse(at).unwrap_or_else(|| panic!("{at} is a pointer"));
    let last = pointer.tokens().last().expect("not the whole record");
    let above = pointer.parent().expect("not the whole record");
    (record.pointer_mut(above.as_str()).unwrap_or_else(|| panic!("{above} is there")), last.into_owned())
}

fn made(trouble: &str, text: &str) -> InputError {
    match trouble {
        "too-large" => {
            let padded = format!("{text}{}", " ".repeat(FILE_LIMIT));
            InputError::check(padded.as_bytes(), FILE_LIMIT).expect_err("too large")
        }
        "not-utf8" => {
            // As Latin-1 has it.
            let bytes: Vec<u8> = text.chars().map(|c| u8::try_from(u32::from(c)).unwrap_or(b'?')).collect();
            InputError::check(&bytes, FILE_LIMIT).expect_err("a letter that is no ASCII")
        }
        "unreadable" => {
            InputError::Unreadable("this is a link, and links are not followed".to_owned(), "put the file itself here")
        }
        other => panic!("no such trouble: {other}"),
    }
}

/// Every finding with its place: the pointer where it has one, else the line.
fn found(report: &Report) -> Vec<String> {
    let one = |one: &Diagnostic| {
        let location = &one.location;
        let at = match (&location.pointer, location.quoted) {
            (Some(pointer), _) => pointer.to_string(),
            (None, Some(quoted)) => format!(":{}", quoted.start.line),
            (None, None) => String::new(),
        };
        format!("{} {}{at}", one.rule.code, location.path)
    };
    report.diagnostics.iter().map(one).collect()
}

fn seed(name: &str) {
    let code = name.replace('_', "-");
    let seeds: Vec<&Seed> = SEEDS.iter().filter(|seed| seed.rule == code).collect();
    assert!(!seeds.is_empty(), "{code} has no seed in tests/it/rules/seeds.json");
    let (rule, check) = RULES.iter().find(|(rule, _)| rule.code == code).expect("a rule");
    let audit: &[&str] = if rule.audit { &[rule.code] } else { &[] };
    let asked = Asked { audit, possible: false, history: matches!(check, Check::History(_)) };
    let usual = audit.is_empty() && !asked.history;
    let before = if usual { CLEAN.clone() } else { found(&frozen::check(&Edits::new(), asked)) };
    for seed in seeds {
        let report = frozen::check(&seed.edits(), asked);
        let mut after = found(&report);
        for old in &before {
            if let Some(index) = after.iter().position(|new| new == old) {
                after.remove(index);
            }
        }
        let told: Vec<_> = report.diagnostics.iter().map(|one| (&one.message, &one.help)).collect();
        assert_eq!(after, [seed.expected()], "{seed:#?}\n{told:#?}");
    }
}

mod a_fault_of {
    use super::seed;

    comity::each_rule!(seed);
}

#[test]
fn every_seed_is_for_a_rule() {
    let unknown: BTreeSet<&str> =
        SEEDS.iter().map(|seed| seed.rule.as_str()).filter(|code| rules::find(code).is_none()).collect();
    assert_eq!(unknown, BTreeSet::new());
    let without: Vec<&str> = RULES
        .iter()
        .map(|(rule, _): &(&Rule, Check)| rule.code)
        .filter(|code| !SEEDS.iter().any(|seed| seed.rule == *code))
        .collect();
    assert_eq!(without, Vec::<&str>::new(), "rules without a seed");
}

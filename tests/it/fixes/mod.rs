//! The promises of the fixer, on mutated records of every kind, as files and as lines: fixing ends, applies every good
//! fix, adds no fault, and keeps all other values.

mod costs;
mod mending;
mod to_light;

use std::collections::{BTreeMap, BTreeSet};

use comity::fix::{Checked, FixOutcome};
use comity::kind::Kind;
use comity::lint::Fixable;
use comity::report::{Diagnostic, Report};
use comity::rules::RULES;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use serde_json::{Value, json};

use crate::rules::pages::examples;
use crate::schema::mutation::{full, mutate, mutation};
use crate::world::{Asked, Files, checked, file, mended, today, with_mended, world};

pub(crate) fn check(files: &Files) -> Checked {
    checked(files, &BTreeMap::new(), today(), Asked::default())
}

/// The records to which the mutated record refers: `abc` and `def` of each kind.
pub(crate) fn around() -> Files {
    let mut files = world();
    for kind in Kind::ALL {
        files.extend(["abc", "def"].map(|id| file(&json!({ "kind": kind.name(), "id": id }))));
    }
    files
}

/// The place of a finding; for an exception, which counts as a whole, the place of the exception.
fn place(found: &Diagnostic) -> Option<String> {
    let pointer = found.location.pointer.as_ref()?;
    let tokens: Vec<String> = pointer.tokens().map(|token| token.to_string()).collect();
    let whole = if tokens.first().is_some_and(|first| first == "allow") { 2 } else { tokens.len() };
    Some(tokens.into_iter().take(whole).collect::<Vec<_>>().join("/"))
}

/// Whether something is found that was not found before: by rule and place, or words, where these are the same. To
/// rename a key moves what lies below it, to remove an item what lies behind it: then there may be no more of them in
/// the file. Where a fix keeps what the record says, what is found afterwards was there, and could not be seen.
fn is_new(found: &Diagnostic, before: &Report, after: &Report) -> bool {
    let here = |other: &&Diagnostic| other.rule.code == found.rule.code && other.location.path == found.location.path;
    let count = |report: &Report| report.diagnostics.iter().filter(here).count();
    let same = |other: &Diagnostic| other.location.pointer == found.location.pointer || other.message == found.message;
    let hides = |other: &Diagnostic| {
        let is_safe = other.fix.as_ref().is_some_and(|fix| fix.safe);
        is_safe && (&other.location.path, place(other)) == (&found.location.path, place(found))
    };
    let known = before.diagnostics.iter().filter(here).any(same) || before.diagnostics.iter().any(hides);
    !known && count(after) > count(before)
}

/// Whether all records were checked to the end, so that no fault is hidden.
fn is_all_told(report: &Report) -> bool {
    report.diagnostics.iter().all(|found| found.rule.allowable || found.rule.code == "unused-allow")
}

/// Fixes, and checks the promises on the outcome.
pub(crate) fn mends(
    files: &Files,
    suggestions: bool,
    check: &dyn Fn(&Files) -> Checked,
) -> Result<(Files, FixOutcome), TestCaseError> {
    let before = check(files).report;
    let done = mended(suggestions, files, check);
    let after_files = with_mended(files, &done);
    let after = check(&after_files).report;
    let again = mended(suggestions, &after_files, check);
    prop_assert!(again.after.is_empty(), "mending twice does more than once: {:?}", again);
    let refused: BTreeSet<_> =
        done.refused.iter().map(|fix| (fix.path.as_str(), fix.rule, fix.what.as_str())).collect();
    for found in &after.diagnostics {
        prop_assert_ne!(found.rule.code, "non-canonical", "{:?}", found);
        if let Some(fix) = found.fix.as_ref().filter(|fix| fix.safe || suggestions) {
            let known = (found.location.path.as_str(), found.rule.code, fix.what.as_str());
            prop_assert!(refused.contains(&known), "left unmended: {:?}", found);
            // In a text that is still broken, places rest on a guess.
            let broken = after.diagnostics.iter().any(|found| ["syntax", "duplicate-key"].contains(&found.rule.code));
            let (path, message) = (&found.location.path, &found.message);
            prop_assert!(!fix.safe || broken, "a safe fix is refused: {} in {}: {}", found.rule.code, path, message);
        }
        // What no evidence shows is told once the places are there that evidence names.
        let dangling = |report: &Report| {
            let of_record = report.diagnostics.iter().filter(|other| other.location.path == found.location.path);
            of_record.filter(|other| other.rule.code == "dangling-pointer").count()
        };
        let is_revealed = dangling(&after) < dangling(&before);
        let new = is_all_told(&before) && !is_revealed && is_new(found, &before, &after);
        prop_assert!(!new, "new: {} at {:?}: {}", found.rule.code, found.location, found.message);
    }
    Ok((after_files, done))
}

/// The bytes of a JSON text outside strings.
fn outside(text: &str) -> impl Iterator<Item = (usize, char)> + '_ {
    let (mut inside, mut escaped) = (false, false);
    text.char_indices().filter(move |(_, c)| {
        let was_inside = inside;
        match c {
            _ if std::mem::take(&mut escaped) => {}
            '\\' if inside => escaped = true,
            '"' => inside = !inside,
            _ => {}
        }
        !was_inside && *c != '"'
    })
}

/// Mistakes of people that change no value.
#[derive(Debug, Clone)]
enum Slip {
    TrailingComma,
    StrangeSpace,
    Mark,
    RecordForm,
}

/// Mistakes of people that only a guess can undo.
const BLUNDERS: [(&str, &str); 13] = [
    (",", ""),
    (",", ",,"),
    (":", ""),
    (":", "="),
    ("\"", "'"),
    ("\"", "“"),
    ("\"", ""),
    ("}", ""),
    ("}", "/* a note */}"),
    // Faults that only the rest of the record, or other records, show.
    ("abc", "abcc"),
    ("def", "deff"),
    ("def", "abcc"),
    ("/names", "/nams"),
];

fn slip(text: &mut String, slip: &Slip, at: prop::sample::Index) {
    let places = |wanted: &[char]| -> Vec<usize> {
        outside(text).filter(|(_, c)| wanted.contains(c)).map(|(at, _)| at).collect()
    };
    let (place, what) = match slip {
        Slip::Mark => (vec![0], "\u{feff}"),
        Slip::RecordForm => (places(&[':']), "  "),
        Slip::StrangeSpace => (places(&['}', ']', ':']), "\u{a0}"),
        Slip::TrailingComma => {
            let is_one = |at: &usize| !text[..*at].trim_end().ends_with(['{', '[', ',', '/']);
            (places(&['}', ']']).into_iter().filter(is_one).collect(), ",")
        }
    };
    if !place.is_empty() {
        text.insert_str(*at.get::<usize>(&place), what);
    }
}

fn slips() -> impl Strategy<Value = Vec<(Slip, prop::sample::Index)>> {
    let slip =
        prop_oneof![Just(Slip::TrailingComma), Just(Slip::StrangeSpace), Just(Slip::Mark), Just(Slip::RecordForm),];
    prop::collection::vec((slip, any::<prop::sample::Index>()), 1..5)
}

fn blunder(text: &mut String, (which, at): (usize, prop::sample::Index)) {
    let (wanted, with) = BLUNDERS[which];
    let places: Vec<usize> = text.match_indices(wanted).map(|(at, _)| at).collect();
    if !places.is_empty() {
        let at = *at.get::<usize>(&places);
        text.replace_range(at..at + wanted.len(), with);
    }
}

fn blunders() -> impl Strategy<Value = Vec<(usize, prop::sample::Index)>> {
    // Half of the mutations change only words, so that the record can still be decoded and the rules run.
    let which = prop_oneof![0..9_usize, 9..BLUNDERS.len()];
    prop::collection::vec((which, any::<prop::sample::Index>()), 0..3)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, rng_seed: RngSeed::Fixed(1), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_file_is_mended_for_good(
        kind in prop::sample::select(Kind::ALL.to_vec()),
        mutations in prop::collection::vec(mutation(), 0..3),
        blunders in blunders(),
        suggestions in any::<bool>(),
    ) {
        let mut record = full(kind);
        mutations.iter().for_each(|mutation| mutate(&mut record, mutation));
        let mut text = serde_json::to_string_pretty(&record).expect("JSON");
        blunders.into_iter().for_each(|one| blunder(&mut text, one));
        let mut files = around();
        files.insert(format!("{kind}/abc.json"), text);
        mends(&files, suggestions, &check)?;
    }

    /// Each line by itself: a fault in one line leaves the other lines as they are.
    #[test]
    fn a_line_is_mended_for_good(
        lines in prop::collection::vec((
            prop::sample::select(Kind::ALL.to_vec()),
            prop::collection::vec(mutation(), 0..3),
            blunders(),
            prop::sample::select(vec!["\n", "\r\n", "\n\n", " \t\n"]),
        ), 1..5),
        suggestions in any::<bool>(),
    ) {
        let mut files = around();
        let mut all = String::new();
        for (index, (kind, mutations, blunders, end)) in lines.into_iter().enumerate() {
            let mut record = full(kind);
            record["id"] = format!("line-{index}").into();
            mutations.iter().for_each(|mutation| mutate(&mut record, mutation));
            let mut text = record.to_string();
            blunders.into_iter().for_each(|one| blunder(&mut text, one));
            all += &text;
            all += end;
        }
        files.insert("lines.ndjson".to_owned(), all.clone());
        let found = check(&files).report;
        let (after, _) = mends(&files, suggestions, &check)?;
        let after = &after["lines.ndjson"];
        prop_assert_eq!(all.matches('\n').count(), after.matches('\n').count());
        for (number, (old, new)) in (1..).zip(all.split_inclusive('\n').zip(after.split_inclusive('\n'))) {
            let here = |d: &&Diagnostic| {
                d.location.path == "data/lines.ndjson" && d.location.quoted.is_some_and(|at| at.start.line == number)
            };
            let mut mendable = found.diagnostics.iter().filter(here);
            let touched = mendable.any(|d| d.fix.is_some() || d.rule.code == "non-canonical");
            prop_assert!(touched || old == new, "line {} was changed: {} {}", number, old, new);
        }
    }

    /// Safe fixes undo every mistake that changes no value, in files and in lines.
    #[test]
    fn slips_leave_every_value_as_it_was(kind in prop::sample::select(Kind::ALL.to_vec()), slips in slips()) {
        let cited = json!({ "kind": kind.name(), "id": "a-record" });
        let (path, right) = file(&cited);
        let mut files = world();
        for (path, right) in [(path, right.clone()), ("lines.ndjson".to_owned(), in_one_line(&right))] {
            let mut text = right.clone();
            for (one, at) in &slips {
                let is_first = matches!(one, Slip::Mark) && text.starts_with('\u{feff}');
                if !is_first {
                    slip(&mut text, one, *at);
                }
            }
            files.insert(path.clone(), text);
            let (after, done) = mends(&files, false, &check)?;
            prop_assert_eq!(&after[&path], &right, "{:?}", done);
            files.remove(&path);
        }
    }
}

/// A record in the canonical form of a line, without the address of a schema.
fn in_one_line(text: &str) -> String {
    let mut record: Value = serde_json::from_str(text).expect("JSON");
    record.as_object_mut().expect("an object").shift_remove("$schema");
    record.to_string()
}

/// The examples of every rule's page, with safe fixes alone and with suggestions.
#[test]
fn every_example_is_mended_for_good() {
    let mut fixed = BTreeMap::new();
    for (rule, _) in RULES {
        for example in examples(rule.page, rule.code) {
            let mut files = world();
            files.extend(example.files.clone());
            let check = |files: &Files| example.check(rule, files);
            let found = check(&files).report;
            let safe: BTreeSet<bool> =
                found.diagnostics.iter().filter_map(|found| Some(found.fix.as_ref()?.safe)).collect();
            let layout = found.diagnostics.iter().any(|found| found.rule.code == "non-canonical");
            for suggestions in [false, true] {
                if !layout && !safe.contains(&!suggestions) {
                    continue;
                }
                let (_, done) = mends(&files, suggestions, &check)
                    .unwrap_or_else(|error| panic!("{}: {error}\n{example:#?}", rule.code));
                let most: &mut usize = fixed.entry(rule.code).or_default();
                *most = done.fixed.max(*most);
            }
        }
    }
    for (rule, _) in RULES {
        let is_fixable = rule.fixable != Fixable::No;
        let is_fixed = fixed.get(rule.code).is_some_and(|most| *most > 0);
        assert_eq!(is_fixed, is_fixable, "{} says whether it can be mended", rule.code);
    }
}

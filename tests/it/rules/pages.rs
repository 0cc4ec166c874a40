//! Every rule's page is its test: an invalid example fires the rule and no other, a valid one is silent, a fix mends.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use comity::dataset::Manifest;
use comity::fix::Checked;
use comity::lint::{Rule, Severity};
use comity::report::{Diagnostic, Report};
use comity::rules::{self, InputError, RULES};
use comity::value::Day;
use serde_json::json;

use crate::rendered as render;
use crate::world::{Asked, Audit, Files, about, checked, file, mended, run, run_with, today, with_mended, world};

/// One example of a page.
#[derive(Debug, Clone)]
pub(crate) struct Example {
    /// The codes that must fire, in order; none for a valid one.
    fires: Vec<String>,
    pub(crate) files: Files,
    /// What was there before beside the world, for a rule over history.
    pub(crate) base: Option<Files>,
    pub(crate) today: Day,
    pub(crate) about: Manifest,
    /// Whether it is only possibly wrong: a note for those who ask, and silence for all others.
    possible: bool,
}

impl Example {
    /// Looks at files, among them those of this example.
    pub(crate) fn check(&self, rule: &Rule, files: &Files) -> Checked {
        let base = self.base.as_ref().map(|before| world().into_iter().chain(before.clone()).collect());
        let asked =
            Asked { about: self.about.clone(), audit: Audit::of(rule), possible: self.possible, base: base.as_ref() };
        checked(files, &BTreeMap::new(), self.today, asked)
    }
}

/// The examples of a page. A fence says what it holds: `json invalid` (or `invalid N` for N findings), `json valid`,
/// `json possible` for what is only possibly wrong, `json valid-but CODE…` where neighbours must fire, `json with` for
/// one more file of the example above; and `verbatim file=PATH` for text that is no fragment, in which `⟨U+00A0⟩` is
/// the character itself, so that a reader of the page sees it; `today=YYYY-MM-DD` for another day, `about=JSON`
/// (without spaces) for what `dataset.json` says, `base` for a file that was there before and is there no more.
pub(crate) fn examples(page: &str, code: &str) -> Vec<Example> {
    let mut found: Vec<Example> = Vec::new();
    for block in page.split("```json ").skip(1) {
        let (info, rest) = block.split_once('\n').expect("a fence ends its line");
        let body = rest.split("```").next().unwrap_or_default();
        let words: Vec<&str> = info.split(' ').collect();
        let option = |name: &str| words.iter().find_map(|word| word.strip_prefix(name));
        let (path, text) = match option("file=") {
            Some(path) => (path.to_owned(), with_characters(body)),
            None => file(&serde_json::from_str(body).unwrap_or_else(|error| panic!("{code}: {error} in\n{body}"))),
        };
        let fires = match words[0] {
            "invalid" | "possible" => vec![code.to_owned(); words.get(1).and_then(|n| n.parse().ok()).unwrap_or(1)],
            "valid" => Vec::new(),
            "valid-but" => words[1..]
                .iter()
                .filter(|word| !word.contains('=') && !["verbatim", "base"].contains(word))
                .map(|&word| word.to_owned())
                .collect(),
            "with" => {
                found.last_mut().expect("`with` follows an example").files.insert(path, text);
                continue;
            }
            other => panic!("{code}: a fence says `{other}`"),
        };
        let day = option("today=").map_or_else(today, |day| {
            let mut parts = day.split('-').map(|part| part.parse::<u32>().expect("a number"));
            let mut next = || parts.next().expect("a date has three parts");
            Day::new(next().cast_signed(), next(), next()).expect("a day")
        });
        let said = option("about=").map_or_else(|| json!({}), |said| serde_json::from_str(said).expect("JSON"));
        let about = about(said, code);
        let (now, before) = (Files::from([(path, text)]), words.contains(&"base"));
        let (now, before) = if before { (Files::new(), Some(now)) } else { (now, None) };
        found.push(Example { fires, files: now, base: before, today: day, about, possible: words[0] == "possible" });
    }
    found
}

fn with_characters(body: &str) -> String {
    let mut parts = body.split("⟨U+");
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (code, rest) = part.split_once('⟩').expect("⟨U+…⟩ is closed");
        text.extend(u32::from_str_radix(code, 16).ok().and_then(char::from_u32));
        text.push_str(rest);
    }
    text
}

/// Examples that Markdown cannot hold: bytes that are no text, files that are no files.
fn made(code: &str) -> Vec<(String, InputError)> {
    let at = |path: &str| path.to_owned();
    match code {
        "not-utf8" => {
            let texts: [(&str, &[u8]); 2] =
                [("event/latin.json", b"{\n  \"en\": \"caf\xe9\"}"), ("event/wide.json", b"\xff\xfe{\0}\0")];
            texts.map(|(path, text)| (at(path), InputError::check(text, 99).expect_err("not UTF-8"))).into()
        }
        "too-large" => {
            let limit = comity::dataset::FILE_LIMIT;
            vec![(at("event/huge.json"), InputError::check(&vec![b' '; limit * 9 / 8], limit).expect_err("too large"))]
        }
        "misplaced-file" => {
            let top = "`dataset.json` marks the top folder of a dataset, and this is no top folder";
            vec![
                (at("event/notes.txt"), InputError::Misplaced("this is neither a .json nor an .ndjson file")),
                (at("event/dataset.json"), InputError::Misplaced(top)),
            ]
        }
        "unreadable" => {
            vec![(
                at("event/link.json"),
                InputError::Unreadable("this is a link".to_owned(), "put the file itself here"),
            )]
        }
        _ => Vec::new(),
    }
}

fn page(name: &str) {
    let code = name.replace('_', "-");
    let rule = rules::find(&code).unwrap_or_else(|| panic!("the module `{name}` holds the rule `{code}`"));
    let unwritten: Vec<&str> = rule.page.lines().filter(|line| line.contains("Still to be written")).collect();
    assert!(unwritten.is_empty(), "{code}: parts of the page are missing:\n{}", unwritten.join("\n"));
    let examples = examples(rule.page, &code);
    let made = made(&code);
    assert!(
        made.len() + examples.iter().filter(|example| !example.fires.is_empty()).count() > 0,
        "{code}: no invalid example"
    );
    assert_eq!(rule.made_examples, !made.is_empty(), "{code}: says whether its examples are made");
    assert!(examples.iter().any(|example| example.fires.is_empty()) || rule.made_examples, "{code}: no valid example");
    let mut shown = String::new();
    for example in &examples {
        let mut files = world();
        files.extend(example.files.clone());
        let found = example.check(rule, &files).report;
        agrees(&code, &example.fires, &found, &format!("{example:#?}"));
        if example.possible {
            let is_note = |one: &Diagnostic| one.possible && one.severity == Severity::Note && one.fix.is_none();
            assert!(found.diagnostics.iter().all(is_note), "{code}: {:#?}", found.diagnostics);
            let unasked = Example { possible: false, ..example.clone() }.check(rule, &files).report;
            agrees(&code, &[], &unasked, "nobody asked");
        }
        shown += &render::human(&found, false, 120);
        mends(rule, &files, &found, example);
    }
    for (path, trouble) in made {
        let found = run_with(&world(), &BTreeMap::from([(path, trouble)]), today(), Asked::default());
        agrees(&code, std::slice::from_ref(&code), &found, "a made example");
        shown += &render::human(&found, false, 120);
    }
    let folder = folder_of(&code).join("snapshots");
    insta::with_settings!({ snapshot_path => folder, prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!(code, shown.trim_end());
    });
}

fn agrees(code: &str, expected: &[String], found: &Report, example: &str) {
    let mut shown = String::new();
    for diagnostic in &found.diagnostics {
        let _ = writeln!(
            shown,
            "{} at {:?}: {} ({:?})",
            diagnostic.rule.code, diagnostic.location.pointer, diagnostic.message, diagnostic.help
        );
    }
    let fired: Vec<&str> = found.diagnostics.iter().map(|diagnostic| diagnostic.rule.code).collect();
    assert_eq!(fired, expected, "{code}: {example}\n{shown}");
    for diagnostic in &found.diagnostics {
        let placed = diagnostic.location.pointer.is_none() || diagnostic.location.quoted.is_some();
        assert!(placed, "{code}: a place that is not in the file: {:?}", diagnostic.location);
        let message = &diagnostic.message;
        assert!(
            !message.ends_with('.') && !message.starts_with(char::is_uppercase),
            "{code}: a message is in lower case, without a full stop: {message}"
        );
    }
}

/// Fixes all findings, where all can be fixed; then no finding may be left, and none may be new.
fn mends(rule: &Rule, files: &Files, found: &Report, example: &Example) {
    if found.diagnostics.is_empty() || found.diagnostics.iter().any(|diagnostic| diagnostic.fix.is_none()) {
        return;
    }
    let check = |files: &Files| example.check(rule, files);
    let mended = mended(true, files, &check);
    let after = check(&with_mended(files, &mended)).report;
    assert!(after.diagnostics.is_empty(), "{}: mended, and yet {:#?}", rule.code, after.diagnostics);
}

#[test]
fn the_world_is_clean() {
    let found = run(&world(), today());
    assert!(found.diagnostics.is_empty(), "{}", render::human(&found, false, 120));
    assert_eq!(found.summary.records, world().len());
}

mod page_of {
    use super::page;

    comity::each_rule!(page);
}

/// The list, the files, the pages and the snapshots name the same rules.
#[test]
fn a_rule_is_a_file_a_page_a_snapshot_and_a_word() {
    let mut codes: Vec<String> = RULES.iter().map(|(rule, _)| rule.code.to_owned()).collect();
    codes.sort();
    assert_eq!(codes.windows(2).find(|pair| pair[0] == pair[1]), None, "a code is never used twice");

    let mut listed = Vec::new();
    let (mut modules, mut pages, mut snapshots) = (Vec::new(), Vec::new(), Vec::new());
    for folder in subjects() {
        let subject = std::fs::read_to_string(folder.join("mod.rs")).expect("a subject says what it is");
        let words = listed_in(&subject);
        assert!(!words.is_empty(), "{}: a subject lists its rules", folder.display());
        // Beside the rules stand what a subject's rules share; such a module has no page.
        modules.extend(stems(&folder, ".rs").into_iter().filter(|stem| words.contains(stem)));
        pages.extend(stems(&folder, ".md"));
        snapshots.extend(stems(&folder.join("snapshots"), ".snap"));
        listed.extend(words);
    }
    listed.sort();
    assert_eq!(listed, codes, "the lists of the subjects");
    for (what, mut found) in [("modules", modules), ("pages", pages), ("snapshots", snapshots)] {
        found.sort();
        assert_eq!(found, codes, "{what}");
    }
}

/// The folders of the rules, one a subject, sorted.
fn subjects() -> Vec<PathBuf> {
    let rules = Path::new(crate::ROOT).join("src/rules");
    let entries = std::fs::read_dir(rules).expect("the rules").map(|entry| entry.expect("an entry").path());
    let mut subjects: Vec<PathBuf> = entries.filter(|path| path.is_dir()).collect();
    subjects.sort();
    subjects
}

/// The files of a folder with an ending, as codes.
fn stems(folder: &Path, ending: &str) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let names = entries.map(|entry| entry.expect("an entry").file_name());
    names.filter_map(|name| Some(name.to_str()?.strip_suffix(ending)?.replace('_', "-"))).collect()
}

/// The rules in the list of a subject's source, as codes.
fn listed_in(source: &str) -> Vec<String> {
    let (_, list) = source.split_once("subject! {").expect("a list of rules");
    let lines = list.lines().skip(1).take_while(|line| !line.starts_with('}'));
    let words = lines.flat_map(|line| line.trim().trim_end_matches(';').split(' ').skip(1));
    words.map(|word| word.trim_end_matches(';').replace('_', "-")).collect()
}

/// The folder of a rule's module.
fn folder_of(code: &str) -> PathBuf {
    Path::new(crate::ROOT).join("src/rules").join(rules::subject(code).expect("a rule has a subject"))
}

/// Every page has the same sections in the same order.
#[test]
fn every_page_has_its_sections() {
    for (rule, _) in RULES {
        let headings: Vec<&str> = rule.page.lines().filter(|line| line.starts_with('#')).collect();
        let title = format!("# {}", rule.code);
        assert_eq!(
            headings,
            [title.as_str(), "## What it finds", "## Why it matters", "## How to fix it", "## Examples"],
            "{}",
            rule.code
        );
    }
}

//! One report through every renderer that a terminal or a log may show: what a person sees as snapshots, and beside
//! each snapshot the facts it must tell, since a snapshot freezes a wrong number as faithfully as a right one.

mod diff;
pub(crate) mod markdown;
mod printed;
mod readers;
pub(crate) mod runner;

use std::collections::{BTreeMap, BTreeSet};

use comity::check;
use comity::dataset::{Dataset, Entry, EntryId, File, Manifest};
use comity::lint::{Change, Finding, Fix, Place, Related, Rule, Severity};
use comity::policy::{Policy, apply_policy};
use comity::report::{self, Diagnostic, Location, Report};
use comity_document::at;
use comity_document::input::{Input, Origin};
use comity_document::pointer::{Pointer, Span};
use serde_json::Value;

use crate::rendered as render;
use crate::world::today;

pub(crate) static LOUD: Rule = Rule::error("loud", "a fault", "somebody would stumble over it", "");
pub(crate) static CALM: Rule = Rule::warning("calm", "a flaw", "somebody would wonder", "");
pub(crate) static QUIET: Rule =
    Rule::warning("quiet", "a remark", "it is worth a thought", "").severity(Severity::Note);

const PLAIN: &str = "{\n  \"names\": { \"en\": \"Café 𝒳 visit\", \"ar\": \"زيارة\" },\n  \"type\": \"vist\"\n}\n";
const BROKEN: &str = "{\n  \"names\": é\n}\n";
/// Two records, the first behind an empty line, the second behind a byte-order mark that is part of a text.
const LINES: &str = "\r\n{\"kind\":\"event\",\"id\":\"one\",\"type\":\"é\"}\r\n{\"kind\":\"event\",\"id\":\"two\",\"names\":{\"en\":\"\u{feff}𝒳\"},\"type\":\"x\"}\r\n";
/// All that a name or a text could do to a line of a log: colours, a carriage return, another line with a workflow
/// command in it, the other direction, what cannot be seen, C1 controls, tags, and what GitHub's escapes are made of.
/// Then what Markdown, HTML, XML and SARIF would take for their own, half a character, and what is none.
pub(crate) const HOSTILE: &str = "100%, a::b %0A\u{1b}[31m\r\n::error file=x::y\u{202e}\u{200b}\u{feff}\u{9b}31m\u{7f}\u{2028}\u{ad}\u{e0041}\
    ]]>&amp;&#65;<script>x</script><!-- ``` | @mention #1 **b** _i_ ~~s~~ [x](y) ![i](j) <a@b.cd> https://e.org www.e.org \
    {0} \\ud800 \u{fffe}\u{1ffff}end";

fn marked() -> String {
    format!("\u{feff}{}", PLAIN.replace('\n', "\r\n"))
}

/// A text with something in it that an excerpt would show.
fn hidden() -> String {
    let text = HOSTILE.replace(['\u{1b}', '\r', '\n', '\\'], "");
    format!("{{\n  \"{text}\": \"\u{1b}[2J\u{9b}é\u{202e}x\u{200b}\",\n  \"type\": \"visit\"\n}}\n")
}

fn files() -> Vec<(String, String)> {
    let named = [
        ("event/broken.json", BROKEN.to_owned()),
        ("event/empty.json", String::new()),
        ("event/hidden.json", hidden()),
        ("event/marked.json", marked()),
        ("event/plain.json", PLAIN.to_owned()),
        ("lines.ndjson", LINES.to_owned()),
    ];
    let mut files: Vec<_> = named.into_iter().map(|(path, text)| (path.to_owned(), text)).collect();
    files.insert(0, (format!("event/{HOSTILE}.json"), PLAIN.to_owned()));
    files
}

/// The records, whatever is wrong with them, and their texts.
fn dataset() -> (Dataset, BTreeMap<Origin, String>) {
    let (mut names, mut entries, mut texts) = (Vec::new(), Vec::new(), BTreeMap::new());
    for (index, (path, text)) in files().into_iter().enumerate() {
        let file = File::new(&format!("data/{path}"), &path);
        let number = u32::try_from(index).expect("few files");
        let mut inputs = vec![Input::file(number, &text)];
        if file.is_lines() {
            let starts = text.split_inclusive('\n').scan(0, |offset, line| {
                *offset += line.len();
                Some((*offset - line.len(), line.trim_end()))
            });
            let part = |(line, (offset, text))| Input::part(number, line, offset as u64, text);
            inputs = (1..).zip(starts).filter(|(_, (_, text))| !text.is_empty()).map(part).collect();
        }
        for input in inputs {
            let id = EntryId(u32::try_from(entries.len()).expect("few records"));
            entries.push(check::read(&file, &input).number(id).entry);
            texts.insert(input.origin, input.text.to_owned());
        }
        names.push(file);
    }
    (Dataset::new(today(), Manifest::default(), names, entries), texts)
}

pub(crate) fn find(rule: &'static Rule, entry: u32, place: impl Into<Place>, message: &str) -> Finding {
    Finding {
        truth: comity::value::Truth::Definitely,
        rule,
        entry: EntryId(entry),
        place: place.into(),
        message: message.to_owned(),
        help: None,
        related: Vec::new(),
        fix: None,
        wanted: None,
    }
}

// The records by their index in the dataset.
const NAMED: u32 = 0;
const IN_BROKEN: u32 = 1;
const IN_EMPTY: u32 = 2;
const IN_HIDDEN: u32 = 3;
const IN_MARKED: u32 = 4;
pub(crate) const IN_PLAIN: u32 = 5;
const LINE_TWO: u32 = 6;
const LINE_THREE: u32 = 7;

fn bytes(start: usize, end: usize) -> Place {
    Place::Bytes(Span::new(start, end))
}

pub(crate) fn findings() -> Vec<Finding> {
    let related =
        |entry, place: Place, message: &str| Related { entry: EntryId(entry), place, message: message.to_owned() };
    let mut everything = find(&LOUD, IN_PLAIN, at!["names", "ar"], "two files disagree");
    everything.help = Some(format!("not `{HOSTILE}`"));
    everything.related = vec![
        related(IN_PLAIN, Place::Key(at!["type"]), "in the same file"),
        related(IN_MARKED, Place::Value(at!["type"]), &format!("in another, `{HOSTILE}`")),
        related(NAMED, Place::File, "a file as a whole"),
    ];
    let change = Change::Replace { at: at!["names", "ar"], with: HOSTILE.into() };
    everything.fix = Some(Fix { what: format!("write `{HOSTILE}`"), changes: vec![change], safe: false });
    let mut whole = find(&LOUD, NAMED, Place::File, &format!("hostile: {HOSTILE}"));
    whole.help = Some(format!("rename `{HOSTILE}`"));
    let mut visit = find(&CALM, IN_PLAIN, Place::Within(at!["names", "en"], Span::new(6, 10)), "one letter");
    visit.help = Some("a mathematical one".to_owned());
    vec![
        everything,
        visit,
        whole,
        find(&QUIET, NAMED, Place::Key(at!["type"]), "a key in a file with a hostile name"),
        find(&QUIET, IN_MARKED, Place::Key(at!["type"]), "behind a mark and carriage returns"),
        find(&CALM, IN_MARKED, bytes(0, 3), "the mark itself"),
        find(&LOUD, IN_BROKEN, bytes(13, 15), "no value"),
        find(&LOUD, IN_BROKEN, bytes(14, 99), "from inside a character to past the end"),
        find(&LOUD, IN_BROKEN, bytes(18, 18), "at the end"),
        find(&LOUD, IN_EMPTY, bytes(0, 0), "nothing"),
        find(&CALM, IN_HIDDEN, Place::Key(Pointer::root().key("type")), "below what cannot be seen"),
        find(&CALM, IN_HIDDEN, bytes(4, 9), "beside what cannot be seen"),
        find(&LOUD, LINE_TWO, at!["type"], "in a line"),
        find(&QUIET, LINE_THREE, Place::File, "a line as a whole"),
        find(&LOUD, LINE_THREE, at!["names", "en"], "a mark inside a text"),
        find(&LOUD, EntryId::GONE.0, Place::Gone("data/event/gone.json".into()), "no longer there"),
    ]
}

pub(crate) fn report_of(findings: Vec<Finding>) -> Report {
    let (dataset, texts) = dataset();
    let policy = Policy::default();
    let dataset = dataset.with_texts(move |entry: &Entry| texts.get(&entry.origin).cloned());
    report::locate(apply_policy(findings, &dataset, &policy), &dataset, &policy, None)
}

pub(crate) fn report() -> Report {
    report_of(findings())
}

/// The whole text of the file a place is in.
fn text_of(location: &Location) -> String {
    let below = location.path.strip_prefix("data/").expect("all lie in data");
    files().into_iter().find(|(path, _)| path == below).expect("a file").1
}

fn snapshot(name: &str, shown: &str) {
    insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!(format!("render-{name}"), shown.trim_end());
    });
}

/// Characters that must never reach a terminal: they could move the cursor, hide text, or turn its direction.
pub(crate) fn is_harmful(c: char) -> bool {
    c.is_control() && c != '\n'
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
        || matches!(c, '\u{e0000}'..='\u{e007f}')
}

/// The text without our own colours.
pub(crate) fn without_colours(text: &str) -> String {
    let mut parts = text.split("\u{1b}[");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (code, rest) = part.split_once('m').expect("a colour ends with `m`");
        assert!(code.bytes().all(|byte| byte.is_ascii_digit() || byte == b';'), "`{code}` is no colour");
        out.push_str(rest);
    }
    out
}

/// Each finding by its message, its token, and where that stands: counted by hand, not by the code that is tested.
#[test]
fn every_place_is_the_token_it_names_at_its_line_and_column_and_byte() {
    let expected: BTreeMap<&str, (&str, u32, u32, u64)> = BTreeMap::from([
        ("two files disagree", ("\"زيارة\"", 2, 42, 47)),
        ("one letter", ("𝒳", 2, 26, 28)),
        ("a key in a file with a hostile name", ("\"type\"", 3, 3, 65)),
        ("behind a mark and carriage returns", ("\"type\"", 3, 3, 70)),
        ("the mark itself", ("\u{feff}", 1, 1, 0)),
        ("no value", ("é", 2, 12, 13)),
        ("from inside a character to past the end", ("é\n}\n", 2, 12, 13)),
        ("at the end", ("", 4, 1, 18)),
        ("nothing", ("", 1, 1, 0)),
        ("beside what cannot be seen", ("\"100%", 2, 3, 4)),
        ("in a line", ("\"é\"", 2, 35, 36)),
        ("a line as a whole", ("", 3, 1, 43)),
        ("a mark inside a text", ("\"\u{feff}𝒳\"", 3, 42, 84)),
    ]);
    let report = report();
    let mut seen = BTreeSet::new();
    for diagnostic in &report.diagnostics {
        let Some(quoted) = diagnostic.location.quoted else { continue };
        let excerpt = &report.excerpts[quoted.excerpt].text;
        let token = &excerpt[quoted.span.range()];
        if let Some((text, line, column, offset)) = expected.get(diagnostic.message.as_str()) {
            let start = quoted.start;
            assert_eq!(
                (token, start.line, start.column, start.offset),
                (*text, *line, *column, *offset),
                "{diagnostic:?}"
            );
            seen.insert(diagnostic.message.as_str());
        }
    }
    assert_eq!(seen.len(), expected.len(), "{seen:?}");
}

/// Every place, also of related findings, agrees with a plain count over the file.
#[test]
fn lines_columns_and_bytes_agree_with_a_plain_count() {
    let report = report();
    let places = report.diagnostics.iter().flat_map(|diagnostic| {
        std::iter::once(&diagnostic.location).chain(diagnostic.related.iter().map(|(location, _)| location))
    });
    let mut counted = 0;
    for location in places {
        let Some(quoted) = location.quoted else { continue };
        let text = text_of(location);
        let token = &report.excerpts[quoted.excerpt].text[quoted.span.range()];
        let (start, end) = (quoted.start.offset, quoted.end.offset);
        let range = usize::try_from(start).expect("small")..usize::try_from(end).expect("small");
        assert_eq!(&text[range], token, "{location:?}");
        for position in [quoted.start, quoted.end] {
            let before = &text[..usize::try_from(position.offset).expect("small")];
            let line = before.matches('\n').count() + 1;
            let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
            assert_eq!((position.line as usize, position.column as usize), (line, column), "{location:?}");
        }
        counted += 1;
    }
    assert_eq!(counted, 15, "all that have bytes were looked at");
}

#[test]
fn as_many_findings_come_out_as_went_in() {
    let report = report();
    let all = findings().len();
    assert_eq!(report.diagnostics.len(), all);
    let summary = &report.summary;
    assert_eq!(summary.errors + summary.warnings + summary.notes, all);
    let human = render::human(&report, false, 120);
    let begins = |line: &&str| ["error[", "warning[", "note["].iter().any(|level| line.starts_with(level));
    assert_eq!(human.lines().filter(begins).count(), all, "{human}");
    assert_eq!(render::concise(&report).lines().count(), all);
    let json: Value = serde_json::from_str(&render::json(&report)).expect("JSON");
    assert_eq!(json["diagnostics"].as_array().map(Vec::len), Some(all));
    assert_eq!(render::github(&report).lines().count(), all);
}

/// The annotations about findings, without the one that says why a run without an error fails.
pub(crate) fn findings_of(annotations: &str) -> String {
    let lines = annotations.split_inclusive('\n').filter(|line| !line.starts_with("::error::this run fails"));
    lines.collect()
}

/// GitHub shows ten annotations a level: the last of them stands for all that are left.
#[test]
fn annotations_that_are_not_shown_are_counted() {
    for all in [9, 10, 11, 12, 250] {
        let many = (0..all).map(|n| find(&CALM, IN_PLAIN, at!["type"], &format!("flaw {n}"))).collect();
        let shown = findings_of(&render::github(&report_of(many)));
        let told = shown.lines().filter(|line| line.starts_with("::warning file=")).count();
        let rest: Vec<&str> = shown.lines().filter(|line| !line.starts_with("::warning file=")).collect();
        let counted = match rest[..] {
            [] => 0,
            [line] => {
                let number = line.strip_prefix("::warning::and ").and_then(|rest| rest.split(' ').next());
                number.expect("a number").parse().expect("a number")
            }
            _ => panic!("more than one line for the rest: {rest:?}"),
        };
        assert!(shown.lines().count() <= 10);
        assert_eq!(told + counted, all);
    }
}

#[test]
fn human_shows_the_text_each_finding_stands_in() {
    let report = report();
    let shown = render::human(&report, false, 120);
    snapshot("human", &shown);
    assert_eq!(without_colours(&render::human(&report, true, 120)), shown, "colour changes nothing but the colour");
    for diagnostic in &report.diagnostics {
        let path = render::visible(&diagnostic.location.path);
        let place = match diagnostic.location.quoted {
            Some(quoted) => format!("--> {path}:{}:{}\n", quoted.start.line, quoted.start.column),
            None => format!("--> {path}\n"),
        };
        assert!(shown.contains(&place), "{place} is not in\n{shown}");
    }
}

#[test]
fn concise_is_a_line_a_finding_with_its_place_in_front() {
    let report = report();
    let shown = render::concise(&report);
    snapshot("concise", &shown);
    for (line, diagnostic) in shown.lines().zip(&report.diagnostics) {
        let Location { path, quoted, .. } = &diagnostic.location;
        let (row, column) = quoted.map_or((1, 1), |quoted| (quoted.start.line, quoted.start.column));
        let head = format!(
            "{}:{row}:{column}: {}[{}]: {}",
            render::visible(path),
            diagnostic.severity,
            diagnostic.rule.code,
            render::visible(&diagnostic.message)
        );
        assert!(line.starts_with(&head), "{line}\n{head}");
    }
}

#[test]
fn json_has_its_schema_and_tells_the_data_as_it_is() {
    let report = report();
    let shown = render::json(&report);
    // The rest counts rules and names versions, which change with every release.
    let (begin, _) = shown.split_once("  \"diagnostics\"").expect("diagnostics");
    let (list, _) = shown[begin.len()..].split_once("  \"summary\"").expect("a summary");
    snapshot("json", list);
    let document: Value = serde_json::from_str(&shown).expect("JSON");
    let mut schemas = boon::Schemas::new();
    let mut compiler = boon::Compiler::new();
    let address = "https://schema.invalid/report.json";
    compiler.add_resource(address, render::report_schema()).expect("JSON");
    let schema = compiler.compile(address, &mut schemas).unwrap_or_else(|error| panic!("{error:#}"));
    schemas.validate(&document, schema).unwrap_or_else(|error| panic!("{error:#}"));
    assert_eq!(document["version"], render::REPORT_VERSION);
    for (item, diagnostic) in document["diagnostics"].as_array().expect("a list").iter().zip(&report.diagnostics) {
        assert_eq!(item["path"], *diagnostic.location.path, "escapes are JSON's own, and lose nothing");
        assert_eq!(item["message"], *diagnostic.message);
        assert_eq!(item["start"].is_null(), diagnostic.location.quoted.is_none());
        assert_eq!(item["related"].as_array().map(Vec::len), Some(diagnostic.related.len()));
        if let (Some(quoted), start) = (diagnostic.location.quoted, &item["start"]) {
            assert_eq!(start["line"], quoted.start.line);
            assert_eq!(start["column"], quoted.start.column);
            assert_eq!(start["offset"], quoted.start.offset);
        }
        if let Some(edit) = diagnostic.fix.as_ref().map(|fix| &fix.edits[0]) {
            assert_eq!(item["fix"]["edits"][0]["text"], *edit.text);
            let cut = usize::try_from(edit.start).expect("small")..usize::try_from(edit.end).expect("small");
            assert_eq!(&text_of(&diagnostic.location)[cut], "\"زيارة\"", "an edit names bytes of the file");
        }
    }
}

/// A workflow command as GitHub's runner takes it apart.
fn command(line: &str) -> (String, BTreeMap<String, String>, String) {
    let (head, message) = line.strip_prefix("::").and_then(|rest| rest.split_once("::")).expect("a command");
    let (name, properties) = head.split_once(' ').expect("properties");
    let undo = |text: &str, escapes: &[(&str, &str)]| {
        let text = escapes.iter().fold(text.to_owned(), |text, (code, meant)| text.replace(code, meant));
        text.replace("%25", "%")
    };
    let data = [("%0D", "\r"), ("%0A", "\n")];
    let property = [("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ",")];
    let properties = properties.split(',').map(|pair| {
        let (key, value) = pair.split_once('=').expect("a property has a value");
        (key.to_owned(), undo(value, &property))
    });
    (name.to_owned(), properties.collect(), undo(message, &data))
}

#[test]
fn github_annotations_decode_back_to_what_was_found() {
    let report = report();
    let shown = render::github(&report);
    snapshot("github", &shown);
    let by_level = |severity| report.diagnostics.iter().filter(move |diagnostic| diagnostic.severity == severity);
    let in_order: Vec<&Diagnostic> =
        [Severity::Error, Severity::Warning, Severity::Note].into_iter().flat_map(by_level).collect();
    assert_eq!(shown.lines().count(), in_order.len());
    for (line, diagnostic) in shown.lines().zip(in_order) {
        let (name, properties, message) = command(line);
        let expected = match diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "notice",
        };
        assert_eq!(name, expected);
        assert_eq!(properties["file"], render::visible(&diagnostic.location.path));
        assert_eq!(properties["title"], diagnostic.rule.code);
        let mut said = vec![render::visible(&diagnostic.message)];
        said.extend(diagnostic.help.as_deref().map(render::visible));
        said.push(diagnostic.rule.why.to_owned());
        assert_eq!(message, said.join("\n"));
        let number = |key: &str| properties.get(key).and_then(|number| number.parse::<u32>().ok());
        let quoted = diagnostic.location.quoted;
        assert_eq!(number("line"), quoted.map(|quoted| quoted.start.line));
        assert_eq!(number("endLine"), quoted.map(|quoted| quoted.end.line));
        assert_eq!(number("col"), quoted.map(|quoted| quoted.start.column));
        let one_line = quoted.filter(|quoted| quoted.start.line == quoted.end.line);
        assert_eq!(number("endColumn"), one_line.map(|quoted| quoted.end.column));
    }
}

#[test]
fn nothing_harmful_reaches_a_terminal() {
    let report = report();
    let said: String = report.diagnostics.iter().map(|diagnostic| diagnostic.message.as_str()).collect();
    assert!(said.chars().any(is_harmful), "the report has something to tame");
    let coloured = render::human(&report, true, 120);
    assert!(coloured.contains("\u{1b}["), "colour was asked for");
    let shown = [
        ("human", render::human(&report, false, 120)),
        ("human in colour", without_colours(&coloured)),
        ("human on a narrow terminal", render::human(&report, false, 20)),
        ("concise", render::concise(&report)),
        ("json", render::json(&report)),
        ("github", render::github(&report)),
        ("gitlab", render::gitlab(&report)),
        ("sarif", render::sarif(&report)),
    ];
    for (name, text) in shown {
        let harm = text.chars().enumerate().find(|(_, c)| is_harmful(*c));
        let around: String =
            harm.map_or_else(String::new, |(at, _)| text.chars().skip(at.saturating_sub(40)).take(80).collect());
        assert_eq!(harm, None, "{name}: {around:?}");
        assert!(!text.lines().any(|line| line.trim_start().starts_with("::error file=x")), "{name}: a forged command");
    }
}

#[test]
fn two_runs_are_the_same_byte_for_byte() {
    let all = |report: &Report| {
        [
            render::human(report, true, 80),
            render::concise(report),
            render::json(report),
            render::github(report),
            render::gitlab(report),
            render::sarif(report),
            render::junit(report),
            render::markdown(report),
        ]
    };
    let (first, second) = (all(&report()), all(&report()));
    assert_eq!(first, second);
    let reversed: Vec<Finding> = findings().into_iter().rev().collect();
    assert_eq!(all(&report_of(reversed)), first, "the order in which things are found does not show");
}

/// However long the line or the file, a drawing shows the place, with its own line and column.
#[test]
fn a_place_in_a_long_text_is_drawn_where_it_stands() {
    let padding = "é".repeat(40_000);
    let texts = [
        (format!("{{\"a\":\"{padding}\",\"type\":\"x\"}}"), "one line"),
        (format!("{{\n\"a\":\"{padding}\",\n\"type\":\"x\"\n}}"), "the line above"),
        (format!("{{\n\"type\":\"x\",\n\"a\":\"{padding}\"}}"), "the line below"),
        (format!("{{\n{}\"type\":\"x\"}}", "\n".repeat(90_000)), "many lines"),
    ];
    for (text, what) in texts {
        let file = File::new("data/event/long.json", "event/long.json");
        let entry = check::read(&file, &Input::file(0, &text)).entry;
        let dataset = Dataset::new(today(), Manifest::default(), vec![file], vec![entry]);
        let mut found = find(&LOUD, 0, at!["type"], "here");
        found.help = Some("the label".to_owned());
        found.related = vec![
            Related { entry: EntryId(0), place: bytes(0, 1), message: "the beginning".to_owned() },
            Related { entry: EntryId(0), place: bytes(text.len() - 1, text.len()), message: "the end".to_owned() },
        ];
        let policy = Policy::default();
        let rated = apply_policy(vec![found], &dataset, &policy);
        let quoted = text.clone();
        let report = report::locate(rated, &dataset.with_texts(move |_| Some(quoted.clone())), &policy, None);
        let shown = render::human(&report, false, 100);
        assert!(shown.len() < 3_000, "{what}: {}", shown.len());
        let quoted = report.diagnostics[0].location.quoted.expect("a place");
        let place = format!("--> data/event/long.json:{}:{}\n", quoted.start.line, quoted.start.column);
        assert!(shown.contains(&place), "{what}: {place}\n{shown}");
        let drawn = shown.lines().find(|line| line.contains("^^^")).expect("a mark");
        assert!(drawn.contains("^^^ the label"), "{what}\n{shown}");
        let above = shown.lines().take_while(|line| !line.contains("^^^")).last().expect("a line above it");
        assert!(above.contains("\"type\":\"x\""), "{what}\n{shown}");
        for label in ["the beginning", "the end"] {
            assert!(shown.contains(label), "{what}: {label}\n{shown}");
        }
    }
}

//! What must hold for telling a report in which every text is somebody else's: each format is read back with a reader
//! of that format, has every finding once, and nothing in it is what the data would have it be.

use std::collections::BTreeMap;
use std::io::{self, Write as _};
use std::sync::Once;

use comity::dataset::{EntryId, File};
use comity::lint::{Change, Finding, Fix, Place, Related, Rule, Severity};
use comity::render::{self, Format, RunnerWriter, Syntax, visible};
use comity::report::{Diagnostic, Report};
use comity::value::Truth;
use comity_document::pointer::{Pointer, Span};
use pulldown_cmark::{Event, Options, Parser, Tag};
use serde_json::Value;

use crate::one;

static LOUD: Rule = Rule::error("loud", "a fault", "somebody would stumble over it", "");
static CALM: Rule = Rule::warning("calm", "a flaw", "somebody would wonder", "");
static QUIET: Rule = Rule::warning("quiet", "a remark", "it is worth a thought", "").severity(Severity::Note);

/// A report from bytes: parts that end with 0xFF, which no text has. The first is the path, the second the record,
/// which is checked as any other, and each other one is something that is said to be found.
fn report(data: &[u8]) -> Report {
    let mut parts = data.split(|byte| *byte == 0xff);
    let mut text = || parts.next().map(|part| String::from_utf8_lossy(part).into_owned()).unwrap_or_default();
    let (path, record) = (text(), text());
    let file = File::new(&format!("data/{path}"), &path);
    let (read, _) = one::read(&file, record.as_bytes());
    let length = record.len();
    one::report(read, file, &record, || parts.take(40).enumerate().map(|(at, part)| found(at, part, length)).collect())
}

/// Something found: four bytes choose the rule and the place, the rest is what is said.
fn found(at: usize, part: &[u8], length: usize) -> Finding {
    let choice = |index: usize| usize::from(part.get(index).copied().unwrap_or_default());
    let said = String::from_utf8_lossy(part.get(4..).unwrap_or_default()).into_owned();
    let place = |kind: usize, start: usize| match kind % 6 {
        0 => Place::File,
        1 => Place::Key(Pointer::root().key(&said)),
        2 => Place::Value(Pointer::root().key("names").key("en")),
        3 => Place::Within(Pointer::root().key("names").key("en"), Span::new(start % 99, start % 99 + choice(3))),
        _ => {
            let start = start * length / 255;
            Place::Bytes(Span::new(start, start + choice(3)))
        }
    };
    let fix = Fix { what: said.clone(), changes: Vec::new(), safe: choice(0) > 99 };
    let bytes = Change::Bytes { at: Span::new(0, length.min(1)), with: said.clone() };
    Finding {
        rule: [&LOUD, &CALM, &QUIET][choice(0) % 3],
        entry: if choice(0) % 16 == 15 { EntryId::GONE } else { EntryId(0) },
        place: if choice(0) % 16 == 15 { Place::Gone(said.as_str().into()) } else { place(choice(1), choice(2)) },
        truth: Truth::Definitely,
        message: format!("{at} {said}"),
        help: (choice(0) % 5 > 1).then(|| said.clone()),
        related: (0..choice(0) % 4)
            .map(|n| Related { entry: EntryId(0), place: place(choice(1) + n, choice(3)), message: said.clone() })
            .collect(),
        fix: (choice(0) % 7 > 3).then(|| Fix { changes: vec![bytes], ..fix }),
    }
}

/// What a renderer writes, as text.
fn told(render: impl FnOnce(&mut Vec<u8>) -> io::Result<()>) -> String {
    let mut out = Vec::new();
    render(&mut out).expect("memory takes it");
    String::from_utf8(out).expect("UTF-8")
}

/// What a renderer writes where GitHub's runner reads along: no line begins with `::`, but those of our own commands, and
/// none has `##[` in it. The runner trims white space and takes no notice of ignorable characters.
fn unheard(format: Format, render: impl FnOnce(&mut dyn io::Write) -> io::Result<()>) -> String {
    let shown = told(|out| render(&mut RunnerWriter::new(out, format.syntax())));
    for line in shown.split(['\n', '\r']) {
        let heard: String = line.chars().filter(|c| !is_ignorable(*c)).collect();
        assert!(!heard.contains("##["), "{line}");
        let ours = ["::error ", "::error::", "::warning ", "::warning::", "::notice ", "::notice::"];
        let is_ours = format == Format::Github && ours.iter().any(|command| line.starts_with(command));
        assert!(is_ours || !heard.trim_start().starts_with("::"), "{line}");
    }
    shown
}

fn is_ignorable(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{34f}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
}

/// A text in one line as a command of ours quotes the text.
fn quoted(text: &str) -> String {
    told(|out| RunnerWriter::new(out, Syntax::Commands).write_all(visible(text).as_bytes()))
}

/// A drawing with every finding's title at the beginning of a line; no control but line breaks, and our own colours.
pub fn human(data: &[u8]) {
    let report = report(data);
    let plain = told(|out| render::human(&report, false, 80, out));
    harmless(&plain);
    let begins = |line: &&str| ["error[", "warning[", "note["].iter().any(|level| line.starts_with(level));
    assert_eq!(plain.lines().filter(begins).count(), report.diagnostics.len(), "{plain}");
    assert_eq!(
        without_colours(&told(|out| render::human(&report, true, 80, out))),
        plain,
        "colour changes more than the colour"
    );
    harmless(&told(|out| render::human(&report, false, 3, out)));
    unheard(Format::Human, |out| render::human(&report, true, 80, out));
}

/// The text without the colours that we put there ourselves.
fn without_colours(text: &str) -> String {
    let mut parts = text.split("\u{1b}[");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (code, rest) = part.split_once('m').expect("a colour ends with `m`");
        assert!(code.bytes().all(|byte| byte.is_ascii_digit() || byte == b';'), "`{code}` is no colour");
        out.push_str(rest);
    }
    out
}

/// Nothing moves a cursor, hides text, or turns its direction.
fn harmless(text: &str) {
    let harm = |c: char| {
        c.is_control() && c != '\n'
            || matches!(c, '\u{ad}' | '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}')
            || matches!(c, '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}')
    };
    assert_eq!(text.chars().find(|c| harm(*c)), None, "{text}");
}

/// A line a finding, which begins with its place.
pub fn concise(data: &[u8]) {
    let report = report(data);
    let shown = told(|out| render::concise(&report, out));
    unheard(Format::Concise, |out| render::concise(&report, out));
    harmless(&shown);
    assert_eq!(shown.matches('\n').count(), report.diagnostics.len(), "{shown}");
    for (line, diagnostic) in shown.split('\n').zip(&report.diagnostics) {
        let (path, message) = (visible(&diagnostic.location.path), visible(&diagnostic.message));
        let rest = line.strip_prefix(&path).expect("the path stands first");
        assert!(rest.contains(&format!(": {}[{}]: {message}", diagnostic.severity, diagnostic.rule.code)), "{line}");
    }
}

fn value(json: &str) -> Value {
    serde_json::from_str(json).expect("the report is JSON")
}

/// JSON that its schema admits, in which every text is what it was.
pub fn json(data: &[u8]) {
    thread_local! {
        static SCHEMA: jsonschema::Validator =
            jsonschema::draft202012::new(&render::report_schema()).expect("the report's schema is one");
    }
    let report = report(data);
    let shown = told(|out| render::json(&report, out));
    let in_actions = unheard(Format::Json, |out| render::json(&report, out));
    assert_eq!(value(&in_actions), value(&shown), "an escape of JSON keeps the value");
    harmless(&shown);
    let document: Value = serde_json::from_str(&shown).expect("the report is JSON");
    SCHEMA.with(|schema| schema.validate(&document).unwrap_or_else(|error| panic!("{error} in\n{shown}")));
    let items = document["diagnostics"].as_array().expect("a list");
    assert_eq!(items.len(), report.diagnostics.len());
    for (item, diagnostic) in items.iter().zip(&report.diagnostics) {
        assert_eq!(item["path"], *diagnostic.location.path);
        assert_eq!(item["message"], *diagnostic.message);
        assert_eq!(item["help"].as_str(), diagnostic.help.as_deref());
        assert_eq!(item["related"].as_array().map(Vec::len), Some(diagnostic.related.len()));
        let edit = diagnostic.fix.as_ref().map(|fix| fix.edits[0].text.as_str());
        assert_eq!(item["fix"]["edits"][0]["text"].as_str(), edit);
    }
}

/// Every line is one command; it decodes to what was found, and what is not shown is counted.
pub fn github(data: &[u8]) {
    let report = report(data);
    let shown = told(|out| render::github(&report, out));
    unheard(Format::Github, |out| render::github(&report, out));
    harmless(&shown);
    let mut lines = shown.split_terminator('\n');
    for (severity, name) in [(Severity::Error, "error"), (Severity::Warning, "warning"), (Severity::Note, "notice")] {
        let all: Vec<&Diagnostic> = report.diagnostics.iter().filter(|found| found.severity == severity).collect();
        let told = if all.len() > 10 { 9 } else { all.len() };
        for diagnostic in &all[..told] {
            let (command, properties, message) = command(lines.next().expect("a line a finding"));
            assert_eq!(command, name);
            assert_eq!(properties["file"], quoted(&diagnostic.location.path));
            assert_eq!(properties["title"], diagnostic.rule.code);
            let line = diagnostic.location.quoted.map(|quoted| quoted.start.line.to_string());
            assert_eq!(properties.get("line"), line.as_ref());
            let help = diagnostic.help.iter().map(|help| quoted(help));
            let said = std::iter::once(quoted(&diagnostic.message)).chain(help);
            let said: Vec<String> = said.chain([diagnostic.rule.why.to_owned()]).collect();
            assert_eq!(message, said.join("\n"));
        }
        if all.len() > told {
            let (command, _, message) = command(lines.next().expect("the rest is counted"));
            assert_eq!(command, name);
            assert!(message.starts_with(&format!("and {} more findings", all.len() - told)), "{message}");
        }
    }
    assert_eq!(lines.next(), None, "a line that is no finding's");
}

/// A workflow command as GitHub's runner takes it apart.
fn command(line: &str) -> (String, BTreeMap<String, String>, String) {
    let (head, message) = line.strip_prefix("::").and_then(|rest| rest.split_once("::")).expect("a command");
    let (name, properties) = head.split_once(' ').unwrap_or((head, ""));
    let undo = |text: &str, escapes: &[(&str, &str)]| {
        escapes.iter().fold(text.to_owned(), |text, (code, meant)| text.replace(code, meant)).replace("%25", "%")
    };
    let property = [("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ",")];
    let properties = properties.split(',').filter_map(|pair| pair.split_once('='));
    let properties = properties.map(|(key, value)| (key.to_owned(), undo(value, &property))).collect();
    (name.to_owned(), properties, undo(message, &property[..2]))
}

/// A list of issues with the fields GitLab asks for.
pub fn gitlab(data: &[u8]) {
    let report = report(data);
    let shown = told(|out| render::gitlab(&report, out));
    let in_actions = unheard(Format::Gitlab, |out| render::gitlab(&report, out));
    assert_eq!(value(&in_actions), value(&shown), "an escape of JSON keeps the value");
    harmless(&shown);
    let issues: Vec<Value> = serde_json::from_str(&shown).expect("a list");
    assert_eq!(issues.len(), report.diagnostics.len());
    for (issue, diagnostic) in issues.iter().zip(&report.diagnostics) {
        assert_eq!(issue["location"]["path"], *diagnostic.location.path);
        assert!(issue["description"].as_str().is_some_and(|text| text.starts_with(&diagnostic.message)), "{issue}");
        assert!(issue["fingerprint"].as_str().is_some_and(|print| print.len() == 32), "{issue}");
        assert!(issue["location"]["lines"]["begin"].as_u64() >= Some(1), "{issue}");
    }
}

/// A log with one run, a result a finding, which leads to its rule, and paths as URIs that lead back to them. The pages
/// of all rules are the same every time and take nearly all of the time, so that they are told once.
pub fn sarif(data: &[u8]) {
    static ALL: Once = Once::new();
    ALL.call_once(|| is_sarif(&report(b""), |report, out| render::sarif(report, out)));
    let report = report(data);
    is_sarif(&report, |report, out| render::sarif_of(&[&LOUD, &CALM, &QUIET], report, out));
    unheard(Format::Sarif, |out| render::sarif_of(&[&LOUD, &CALM, &QUIET], &report, out));
}

fn is_sarif(report: &Report, render: impl FnOnce(&Report, &mut Vec<u8>) -> io::Result<()>) {
    let shown = told(|out| render(report, out));
    harmless(&shown);
    let log: Value = serde_json::from_str(&shown).expect("SARIF is JSON");
    assert_eq!((&log["version"], log["runs"].as_array().map(Vec::len)), (&"2.1.0".into(), Some(1)));
    let rules = &log["runs"][0]["tool"]["driver"]["rules"];
    let results = log["runs"][0]["results"].as_array().expect("results");
    assert_eq!(results.len(), report.diagnostics.len());
    for (result, diagnostic) in results.iter().zip(&report.diagnostics) {
        assert_eq!(result["ruleId"], diagnostic.rule.code);
        if let Some(index) = result.get("ruleIndex").and_then(Value::as_u64) {
            assert_eq!(rules[usize::try_from(index).expect("an index")]["id"], result["ruleId"]);
        }
        let text = result["message"]["text"].as_str().expect("a message");
        // A backslash keeps brackets from being a link.
        let (links, quiet) = (text.matches("](").count(), text.matches("\\](").count());
        assert_eq!(links, quiet, "{text}");
        assert!(text.replace("\\](", "](").starts_with(&diagnostic.message), "{text}");
        let physical = &result["locations"][0]["physicalLocation"];
        let uri = physical["artifactLocation"]["uri"].as_str().expect("a URI");
        assert_eq!(unescaped(uri), diagnostic.location.path.as_bytes(), "{uri}");
        let region = &physical["region"];
        assert_eq!(region.is_null(), diagnostic.location.quoted.is_none());
        let at = |line: &str, column: &str| (region[line].as_u64(), region[column].as_u64());
        assert!(at("startLine", "startColumn") <= at("endLine", "endColumn"), "{region}");
    }
}

/// A percent-encoded text, of which only unreserved characters stand there as they are.
fn unescaped(uri: &str) -> Vec<u8> {
    let mut bytes = uri.bytes();
    let mut out = Vec::new();
    while let Some(byte) = bytes.next() {
        let hex = |byte: Option<u8>| byte.and_then(|byte| char::from(byte).to_digit(16)).expect("two hex digits");
        out.push(if byte == b'%' {
            u8::try_from(hex(bytes.next()) * 16 + hex(bytes.next())).expect("two digits")
        } else {
            assert!(byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte), "{uri}");
            byte
        });
    }
    out
}

/// XML with a case a finding, of which those at level error have failed.
pub fn junit(data: &[u8]) {
    let report = report(data);
    let shown = told(|out| render::junit(&report, out));
    unheard(Format::Junit, |out| render::junit(&report, out));
    harmless(&shown);
    let document = roxmltree::Document::parse(&shown).unwrap_or_else(|error| panic!("{error} in\n{shown}"));
    let all = |name: &'static str| document.descendants().filter(move |node| node.has_tag_name(name));
    assert_eq!(all("testcase").count(), report.diagnostics.len().max(1));
    let mut failed: Vec<&str> = all("failure").filter_map(|node| node.attribute("message")).collect();
    let errors = report.diagnostics.iter().filter(|found| found.severity == Severity::Error);
    let mut messages: Vec<String> = errors.map(|found| visible(&found.message)).collect();
    failed.sort_unstable();
    messages.sort_unstable();
    assert_eq!(failed, messages);
}

/// What GitHub reads beside plain Markdown.
fn of_github() -> Options {
    Options::ENABLE_GFM
        | Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_MATH
}

/// What GitHub would show: the tags in it.
fn tags(markdown: &str) -> Vec<String> {
    let mut options = comrak::Options::default();
    let extension = &mut options.extension;
    (extension.autolink, extension.strikethrough, extension.table) = (true, true, true);
    options.render.r#unsafe = true;
    let html = comrak::markdown_to_html(markdown, &options);
    html.split('<').skip(1).map(|rest| rest.split(['>', ' ']).next().unwrap_or_default().to_owned()).collect()
}

/// Tables with a row a finding, and no HTML, link or picture but the marks we put there ourselves.
pub fn markdown(data: &[u8]) {
    let report = report(data);
    let shown = told(|out| render::markdown(&report, out));
    unheard(Format::Markdown, |out| render::markdown(&report, out));
    let mut rows = 0;
    for event in Parser::new_ext(&shown, of_github()) {
        match &event {
            Event::Start(Tag::TableRow) => rows += 1,
            Event::InlineHtml(html) | Event::Html(html) => {
                assert!(["<code>", "</code>", "<br>"].contains(&html.as_ref()), "{html} in\n{shown}");
            }
            Event::Start(
                Tag::Paragraph | Tag::Heading { .. } | Tag::Table(_) | Tag::TableHead | Tag::TableCell | Tag::Strong,
            )
            | Event::End(_)
            | Event::Text(_)
            | Event::Code(_)
            | Event::SoftBreak => {}
            other => panic!("{other:?} in\n{shown}"),
        }
    }
    assert_eq!(rows, report.diagnostics.len(), "{shown}");
    let ours = ["p", "strong", "h4", "code", "br", "table", "thead", "tbody", "tr", "th", "td"];
    let foreign = tags(&shown).into_iter().find(|tag| !ours.contains(&tag.trim_start_matches('/')));
    assert_eq!(foreign, None, "a link or other markup in\n{shown}");
}

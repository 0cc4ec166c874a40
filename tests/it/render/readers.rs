//! Every output, read by something else than what wrote it: the schema of its standard, another parser, the rules of
//! the service it is for. Through all of them go the same findings, with text that would be markup, commands or
//! colours.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

use comity::lint::Severity;
use comity::report::{Diagnostic, Report};
use comity::rules::RULES;
use comity_document::at;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use serde_json::Value;

use crate::render::{CALM, HOSTILE, IN_PLAIN, LOUD, QUIET, find, findings, findings_of, report, report_of};
use crate::rendered as render;

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

fn list<'a>(value: &'a Value, pointer: &str) -> &'a [Value] {
    value.pointer(pointer).and_then(Value::as_array).unwrap_or_else(|| panic!("no list at {pointer}"))
}

/// The text with its visible stand-ins, as all outputs but JSON show it.
fn shown(text: &str) -> String {
    render::visible(text)
}

/// What the build tool answers.
fn cargo(arguments: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO"));
    let output = command.current_dir(crate::ROOT).args(arguments).output().expect("the build tool runs");
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// The schema that a package ships, so that no copy of it is kept here. Packages that no test needs may still have to be
/// downloaded before the build tool answers; those for other machines are left out.
fn sarif_schema() -> Value {
    let about = cargo(&["-vV"]);
    let host = about.lines().find_map(|line| line.strip_prefix("host: ")).expect("a host");
    let metadata = ["metadata", "--format-version", "1", "--locked", "--filter-platform", host];
    let metadata = json(&cargo(&metadata));
    let package = list(&metadata, "/packages").iter().find(|package| package["name"] == "serde-sarif");
    let manifest = package.and_then(|package| package["manifest_path"].as_str()).expect("the package");
    let path = Path::new(manifest).with_file_name("src").join("schema.json");
    let text = std::fs::read_to_string(path).expect("the schema");
    // One pattern of the standard, that of `language`, has a bracket too many: strict validators refuse it.
    json(&text.replace("-[a-zA-Z]{2}]?$", "-[a-zA-Z]{2}?$"))
}

/// Against the OASIS schema, by two validators, and through the types of another reader.
#[test]
fn sarif_is_sarif() {
    let schema = sarif_schema();
    assert_eq!(schema["title"], "Static Analysis Results Format (SARIF) Version 2.1.0 JSON Schema");
    let one = jsonschema::validator_for(&schema).expect("a schema");
    let (mut schemas, mut compiler) = (boon::Schemas::new(), boon::Compiler::new());
    compiler.add_resource("https://schema.invalid/sarif.json", schema).expect("JSON");
    let other = compiler.compile("https://schema.invalid/sarif.json", &mut schemas).expect("a schema");
    for report in [report(), Report::default()] {
        let text = render::sarif(&report);
        let log = json(&text);
        let errors: Vec<String> = one.iter_errors(&log).map(|error| error.to_string()).collect();
        assert_eq!(errors, Vec::<String>::new());
        schemas.validate(&log, other).unwrap_or_else(|error| panic!("{error:#}"));
        let read: serde_sarif::sarif::Sarif = serde_json::from_str(&text).expect("SARIF");
        assert_eq!(read.runs[0].results.as_ref().map(Vec::len), Some(report.diagnostics.len()));
    }
    let wrong = serde_json::json!({ "version": "2.1.0", "runs": [{ "tool": { "driver": {} } }] });
    assert!(!one.is_valid(&wrong), "the schema refuses what is no SARIF");
}

#[test]
fn sarif_says_what_was_found_and_where() {
    let report = report();
    let log = json(&render::sarif(&report));
    let run = &log["runs"][0];
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    let rules = list(run, "/tool/driver/rules");
    assert_eq!(rules.len(), RULES.len());
    assert!(rules.iter().all(|rule| rule["help"]["markdown"].as_str().is_some_and(|help| help.len() > 100)));
    assert!(run["tool"]["driver"].get("informationUri").is_none(), "there is no address to name");
    let mut names = BTreeSet::new();
    for (result, diagnostic) in list(run, "/results").iter().zip(&report.diagnostics) {
        let message = result["message"]["text"].as_str().expect("a text");
        assert!(message.replace("\\](", "](").starts_with(&diagnostic.message), "{message}");
        assert_eq!(message.matches("](").count(), message.matches("\\](").count(), "a link of SARIF: {message}");
        assert_eq!(result["ruleId"], diagnostic.rule.code);
        let place = &result["locations"][0]["physicalLocation"];
        let uri = place["artifactLocation"]["uri"].as_str().expect("a URI");
        let base = url::Url::parse("https://x.invalid/").expect("a URL");
        let read = base.join(uri).expect("a relative URI");
        assert_eq!(unescaped(uri), diagnostic.location.path);
        assert!(read.query().is_none() && read.fragment().is_none() && read.host_str() == Some("x.invalid"), "{uri}");
        if let Some(quoted) = diagnostic.location.quoted {
            let region = ["startLine", "startColumn", "endLine", "endColumn"].map(|key| place["region"][key].as_u64());
            let (start, end) = (quoted.start, quoted.end);
            assert_eq!(region, [start.line, start.column, end.line, end.column].map(|n| Some(u64::from(n))));
        }
        assert_eq!(result["relatedLocations"].as_array().map_or(0, Vec::len), diagnostic.related.len());
        assert_eq!(result["fixes"].is_array(), diagnostic.fix.is_some());
        names.insert(result["partialFingerprints"]["comity/v1"].as_str().expect("a fingerprint").to_owned());
    }
    assert_eq!(names.len(), report.diagnostics.len(), "no two findings have one fingerprint");
}

/// Undoes percent-encoding.
fn unescaped(uri: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = uri.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let digits = [rest.next(), rest.next()].map(|digit| char::from(digit.expect("two digits")));
            bytes.push(u8::from_str_radix(&digits.iter().collect::<String>(), 16).expect("two digits"));
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).expect("UTF-8")
}

/// What GitLab demands of each: a description, a name, a fingerprint of its own, one of five severities, a path and a
/// line.
#[test]
fn gitlab_gets_the_fields_it_demands() {
    let mut twice = findings();
    twice.extend(findings());
    let report = report_of(twice);
    let read = json(&render::gitlab(&report));
    let issues = list(&read, "");
    let mut prints = BTreeSet::new();
    for (issue, diagnostic) in issues.iter().zip(&report.diagnostics) {
        assert!(issue["description"].as_str().is_some_and(|text| text.starts_with(&diagnostic.message)));
        assert_eq!(issue["check_name"], diagnostic.rule.code);
        let severity = issue["severity"].as_str().expect("a severity");
        assert!(["info", "minor", "major", "critical", "blocker"].contains(&severity), "{severity}");
        assert_eq!(issue["location"]["path"], *diagnostic.location.path);
        let line = diagnostic.location.quoted.map_or(1, |quoted| quoted.start.line);
        assert_eq!(issue["location"]["lines"]["begin"], line);
        let print = issue["fingerprint"].as_str().expect("a fingerprint");
        assert!(print.len() == 32 && print.bytes().all(|byte| byte.is_ascii_hexdigit()), "{print}");
        prints.insert(print);
    }
    assert_eq!(prints.len(), report.diagnostics.len(), "GitLab drops what has the fingerprint of another");
    let again = json(&render::gitlab(&report_of(findings())));
    assert!(list(&again, "").iter().all(|issue| prints.contains(issue["fingerprint"].as_str().expect("one"))));
}

/// What Jenkins' `junit-10.xsd` says of an element that we write: its attributes, those that must be there first, how
/// many of them must, and the elements that may stand in it.
fn in_junit(name: &str) -> (&'static [&'static str], usize, &'static [&'static str]) {
    match name {
        "testsuites" => (&["name", "time", "tests", "failures", "errors"], 0, &["testsuite"]),
        "testsuite" => {
            let optional =
                &["name", "tests", "failures", "errors", "group", "time", "skipped", "timestamp", "hostname"];
            (optional, 4, &["testsuite", "properties", "testcase", "system-out", "system-err"])
        }
        "testcase" => {
            (&["name", "time", "classname", "group"], 1, &["skipped", "error", "failure", "system-out", "system-err"])
        }
        "failure" => (&["type", "message"], 0, &[]),
        "system-out" => (&[], 0, &[]),
        other => panic!("`{other}` is no element of the schema"),
    }
}

#[test]
fn junit_is_what_its_schema_admits() {
    for report in [report(), report_of(Vec::new())] {
        let text = render::junit(&report);
        let document = roxmltree::Document::parse(&text).unwrap_or_else(|error| panic!("{error}: {text}"));
        assert_eq!(document.root_element().tag_name().name(), "testsuites");
        for node in document.root_element().descendants().filter(roxmltree::Node::is_element) {
            let (attributes, required, below) = in_junit(node.tag_name().name());
            assert!(attributes[..required].iter().all(|name| node.has_attribute(*name)), "{text}");
            assert!(node.attributes().all(|attribute| attributes.contains(&attribute.name())), "{text}");
            let elements = || node.children().filter(roxmltree::Node::is_element);
            assert!(elements().all(|child| below.contains(&child.tag_name().name())), "{text}");
            let texts = node.children().filter(roxmltree::Node::is_text);
            let words = texts.filter_map(|child| child.text()).any(|text| !text.trim().is_empty());
            assert!(!words || below.is_empty(), "no words stand between elements: {text}");
        }
    }
}

/// As CI servers read it: suites of cases, a case with a `failure` failed, and the counts agree.
#[test]
fn junit_is_xml_with_the_counts_that_servers_read() {
    let report = report();
    let text = render::junit(&report);
    let document = roxmltree::Document::parse(&text).unwrap_or_else(|error| panic!("{error}: {text}"));
    let root = document.root_element();
    assert_eq!(root.tag_name().name(), "testsuites");
    let named = |node: roxmltree::Node<'_, '_>, name: &str| {
        node.descendants().filter(|below| below.has_tag_name(name)).count().to_string()
    };
    for node in root.descendants().filter(|node| node.has_tag_name("testsuite") || *node == root) {
        assert_eq!(node.attribute("tests").map(str::to_owned), Some(named(node, "testcase")));
        assert_eq!(node.attribute("failures").map(str::to_owned), Some(named(node, "failure")));
        assert_eq!(node.attribute("errors"), Some("0"));
    }
    let paths: BTreeSet<String> = report.diagnostics.iter().map(|found| shown(&found.location.path)).collect();
    let suites = root.children().filter(|node| node.has_tag_name("testsuite"));
    let suites: BTreeSet<String> = suites.filter_map(|suite| suite.attribute("name").map(str::to_owned)).collect();
    assert_eq!(suites, paths);
    let errors: BTreeSet<String> = report
        .diagnostics
        .iter()
        .filter(|found| found.severity == Severity::Error)
        .map(|found| shown(&found.message))
        .collect();
    let failures = root.descendants().filter(|node| node.has_tag_name("failure"));
    let failures: BTreeSet<String> = failures
        .map(|failure| {
            let (message, text) = (failure.attribute("message").expect("a message"), failure.text().expect("a text"));
            assert!(text.contains(message), "{text}");
            assert!(failure.attribute("type").is_some_and(|kind| !kind.is_empty()));
            message.to_owned()
        })
        .collect();
    assert_eq!(failures, errors, "every word comes back as it went in");
    for case in root.descendants().filter(|node| node.has_tag_name("testcase")) {
        assert!(case.attribute("name").is_some_and(|name| !name.is_empty()));
    }
    assert!(root.descendants().all(|node| {
        !node.is_element()
            || ["testsuites", "testsuite", "testcase", "failure", "system-out"].contains(&node.tag_name().name())
    }));
}

/// A row of a table, as a reader sees its cells.
type Row = Vec<String>;

/// Markdown as `CommonMark` with tables and strike-through reads it: the cells, and everything that is neither text nor
/// table.
fn read_markdown(text: &str) -> (Vec<Row>, Vec<String>) {
    let options =
        Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_FOOTNOTES | Options::ENABLE_MATH;
    let (mut rows, mut row, mut cell, mut other) = (Vec::new(), Row::new(), String::new(), Vec::new());
    for event in Parser::new_ext(text, options) {
        match event {
            Event::Text(text) => cell += &text,
            // Our own: code, and a line break.
            Event::Code(text) => cell = format!("{cell}`{text}`"),
            Event::InlineHtml(html) if ["<code>", "</code>"].contains(&html.as_ref()) => cell.push('`'),
            Event::InlineHtml(html) if html.as_ref() == "<br>" => cell.push('\n'),
            Event::End(TagEnd::TableCell) => row.push(std::mem::take(&mut cell)),
            Event::End(TagEnd::TableRow) => rows.push(std::mem::take(&mut row)),
            Event::Start(Tag::TableRow | Tag::TableHead) => row.clear(),
            Event::Start(Tag::Table(_) | Tag::TableCell | Tag::Paragraph | Tag::Heading { .. } | Tag::Strong) => {
                cell.clear()
            }
            Event::End(_) => {}
            event => other.push(format!("{event:?}")),
        }
    }
    (rows, other)
}

#[test]
fn markdown_is_tables_of_text_and_nothing_else() {
    let report = report();
    let text = render::markdown(&report);
    let (rows, other) = read_markdown(&text);
    assert_eq!(other, Vec::<String>::new(), "{text}");
    assert_eq!(rows.len(), report.diagnostics.len());
    for (row, diagnostic) in rows.iter().zip(&report.diagnostics) {
        let [line, rule, what] = &row[..] else { panic!("three cells: {row:?}") };
        assert_eq!(*line, diagnostic.location.quoted.map_or_else(String::new, |at| at.start.line.to_string()));
        assert_eq!(*rule, format!("{} `{}`", diagnostic.severity, diagnostic.rule.code));
        let said = what.replace('\u{200b}', "");
        let mut meant = shown(&diagnostic.message);
        meant.extend(diagnostic.help.iter().flat_map(|help| ["\n".to_owned(), shown(help)]));
        assert_eq!(said, meant, "every word is shown as it is");
    }
    // What GitHub makes of text beyond CommonMark: links of addresses, calls of people, links of issues.
    assert!(
        !text.contains('@') && !text.contains("://") && !text.contains("www."),
        "an address would become a link: {text}"
    );
    assert!(what_reader_sees(&rows).all(|cell| !cell.contains("@m") && !cell.contains("#1")), "{rows:?}");
}

/// The cells without code, in which nobody is called.
fn what_reader_sees(rows: &[Row]) -> impl Iterator<Item = String> {
    rows.iter().flatten().map(|cell| cell.split('`').step_by(2).collect())
}

/// How many findings each output tells of, by its own reader.
fn counts(report: &Report) -> BTreeMap<&'static str, usize> {
    let starts = |text: &str, heads: &[&str]| {
        text.lines().filter(|line| heads.iter().any(|head| line.starts_with(head))).count()
    };
    let levels = ["error[", "warning[", "note["];
    let junit = render::junit(report);
    let document = roxmltree::Document::parse(&junit).unwrap_or_else(|error| panic!("{error}: {junit}"));
    let cases = document.descendants().filter(|node| node.has_tag_name("testcase"));
    let more = |line: &str| {
        let count = line.split_once("::and ").and_then(|(_, rest)| rest.split(' ').next()?.parse().ok());
        count.unwrap_or(1)
    };
    let markdown = render::markdown(report);
    let not_shown =
        markdown.rsplit_once("Not shown: ").and_then(|(_, rest)| rest.split(' ').next()?.parse::<usize>().ok());
    BTreeMap::from([
        ("human", starts(&render::human(report, false, 120), &levels)),
        ("human in colour", render::human(report, true, 80).matches("\u{1b}[1m: ").count()),
        ("concise", render::concise(report).lines().count()),
        ("json", list(&json(&render::json(report)), "/diagnostics").len()),
        ("github", findings_of(&render::github(report)).lines().map(more).sum()),
        (
            "gitlab",
            list(&json(&render::gitlab(report)), "").iter().filter(|issue| issue["location"]["path"] != ".").count(),
        ),
        ("sarif", list(&json(&render::sarif(report)), "/runs/0/results").len()),
        ("junit", cases.filter(|case| !matches!(case.attribute("name"), Some("nothing to fix" | "this run"))).count()),
        ("markdown", read_markdown(&markdown).0.len() + not_shown.unwrap_or_default()),
    ])
}

#[test]
fn every_output_tells_of_as_many_findings() {
    let long = format!("{HOSTILE} {}", "é`|\u{1b}".repeat(30_000));
    let many = |n: usize| {
        let all = (0..n).map(|n| find([&LOUD, &CALM, &QUIET][n % 3], IN_PLAIN, at!["type"], &format!("{n} {HOSTILE}")));
        report_of(all.collect())
    };
    let reports = [
        report(),
        report_of(Vec::new()),
        report_of(vec![find(&LOUD, IN_PLAIN, at!["type"], &long)]),
        many(1),
        many(29),
        many(100),
    ];
    for report in reports {
        let all = report.diagnostics.len();
        for (name, count) in counts(&report) {
            assert_eq!(count, all, "{name}");
        }
    }
}

/// Annotations are few: those in files that were changed come first.
#[test]
fn annotations_in_changed_files_come_first() {
    let mut report =
        report_of((0..40).map(|n| find(&LOUD, n % 5, comity::lint::Place::File, &format!("{n}"))).collect());
    let changed = |found: &Diagnostic| found.location.path.contains("hidden");
    report.diagnostics.iter_mut().for_each(|found| found.changed = changed(found));
    let shown = render::github(&report);
    let lines: Vec<&str> = shown.lines().collect();
    assert_eq!(lines.len(), 10);
    assert!(lines[..8].iter().all(|line| line.contains("hidden")), "{shown}");
    assert!(!lines[8].contains("hidden") && lines[9].starts_with("::error::and 31 more"), "{shown}");
}

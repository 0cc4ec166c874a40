//! `JUnit` XML, for CI servers, under the schema of Jenkins (`junit-10.xsd`): one suite a file, one test case a finding.

use std::collections::BTreeMap;
use std::io;

use quick_xml::events::{BytesDecl, BytesText, Event};
use quick_xml::writer::{ElementWriter, Writer};

use super::of_run::{OfRun, of_run};
use super::visible;
use crate::lint::Severity;
use crate::report::{Diagnostic, Report};

/// Writes the report as `JUnit` XML. An error is a test case that failed. Warnings and notes are cases that passed, with the
/// message as their output. A last suite is about the run: why it fails without an error, and findings that are not shown.
pub fn junit(report: &Report, out: &mut dyn io::Write) -> io::Result<()> {
    let mut by_path: BTreeMap<&str, Vec<&Diagnostic>> = BTreeMap::new();
    for diagnostic in &report.diagnostics {
        by_path.entry(&diagnostic.location.path).or_default().push(diagnostic);
    }
    let cases = cases_of_run(report);
    let failures = report.diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Error).count()
        + cases.iter().filter(|case| case.failure.is_some()).count();
    let mut xml = Writer::new_with_indent(out, b' ', 4);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let suites = with_counts(&mut xml, "testsuites", "comity", report.diagnostics.len() + cases.len(), failures);
    suites.write_inner_content(|xml| {
        for (path, found) in by_path {
            suite(xml, &visible(path), &found.into_iter().map(Case::of).collect::<Vec<_>>())?;
        }
        if cases.is_empty() { Ok(()) } else { suite(xml, "run", &cases) }
    })?;
    xml.get_mut().write_all(b"\n")
}

/// A test case.
struct Case {
    name: String,
    /// What failed: the type and the message.
    failure: Option<(&'static str, String)>,
    /// All that is to be said.
    text: String,
}

impl Case {
    fn of(diagnostic: &Diagnostic) -> Self {
        let place = diagnostic
            .location
            .quoted
            .map_or_else(String::new, |quoted| format!(":{}:{}", quoted.start.line, quoted.start.column));
        let help = diagnostic.help.as_ref().map_or_else(String::new, |help| format!("\n{}", visible(help)));
        let (rule, message) = (diagnostic.rule.code, visible(&diagnostic.message));
        let text = format!("{}{place}: {message}{help}", visible(&diagnostic.location.path));
        let (failure, text) = match diagnostic.severity {
            Severity::Error => (Some((rule, message)), text),
            severity => (None, format!("{severity}: {text}")),
        };
        Self { name: format!("{rule}{place}"), failure, text }
    }
}

/// The cases that are about no place. A report in which there is nothing to say has one case, which passed.
fn cases_of_run(report: &Report) -> Vec<Case> {
    let case = |OfRun { name, code, fails, text }| {
        let failure = fails.then(|| (code, text.clone()));
        Case { name: name.to_owned(), failure, text }
    };
    let mut cases: Vec<Case> = of_run(report).into_iter().map(case).collect();
    if cases.is_empty() && report.diagnostics.is_empty() {
        cases.push(Case { name: "nothing to fix".to_owned(), failure: None, text: String::new() });
    }
    cases
}

/// An element with the numbers of its test cases and failures.
fn with_counts<'x, W: io::Write>(
    xml: &'x mut Writer<W>,
    element: &'static str,
    name: &str,
    cases: usize,
    failures: usize,
) -> ElementWriter<'x, W> {
    let (cases, failures) = (cases.to_string(), failures.to_string());
    let attributes = [("name", name), ("tests", &*cases), ("failures", &*failures), ("errors", "0")];
    xml.create_element(element).with_attributes(attributes)
}

fn suite<W: io::Write>(xml: &mut Writer<W>, name: &str, cases: &[Case]) -> io::Result<()> {
    let failures = cases.iter().filter(|case| case.failure.is_some()).count();
    with_counts(xml, "testsuite", name, cases.len(), failures)
        .write_inner_content(|xml| cases.iter().try_for_each(|case| write_case(xml, case)))?;
    Ok(())
}

fn write_case<W: io::Write>(xml: &mut Writer<W>, case: &Case) -> io::Result<()> {
    let element = xml.create_element("testcase").with_attribute(("name", case.name.as_str()));
    if case.text.is_empty() {
        element.write_empty()?;
        return Ok(());
    }
    element.write_inner_content(|xml| {
        if let Some((kind, message)) = &case.failure {
            let failure = xml.create_element("failure").with_attributes([("message", &**message), ("type", *kind)]);
            failure.write_text_content(BytesText::new(&case.text))?;
        } else {
            xml.create_element("system-out").write_text_content(BytesText::new(&case.text))?;
        }
        Ok(())
    })?;
    Ok(())
}

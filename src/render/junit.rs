//! `JUnit` XML, for CI servers, under the schema of Jenkins (`junit-10.xsd`): one suite a file, one test case a finding.

use std::collections::BTreeMap;
use std::io;

use quick_xml::events::{BytesDecl, BytesText, Event};
use quick_xml::writer::{ElementWriter, Writer};

use super::visible;
use crate::lint::Severity;
use crate::report::{Diagnostic, Report};

/// Writes the report as `JUnit` XML. An error is a test case that failed. Warnings and notes are cases that passed, with the
/// message as their output.
pub fn junit(report: &Report, out: &mut dyn io::Write) -> io::Result<()> {
    let mut by_path: BTreeMap<&str, Vec<&Diagnostic>> = BTreeMap::new();
    for diagnostic in &report.diagnostics {
        by_path.entry(&diagnostic.location.path).or_default().push(diagnostic);
    }
    let mut xml = Writer::new_with_indent(out, b' ', 4);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let suites = element_with_counts(&mut xml, "testsuites", "comity", report.diagnostics.iter());
    suites.write_inner_content(|xml| {
        by_path.iter().try_for_each(|(path, found)| suite(xml, &visible(path), found))?;
        if by_path.is_empty() {
            suite(xml, "records", &[])?;
        }
        Ok(())
    })?;
    xml.get_mut().write_all(b"\n")
}

/// An element with the numbers of its test cases and failures. Without a finding there is one case, which passed.
fn element_with_counts<'x, 'a, W: io::Write>(
    xml: &'x mut Writer<W>,
    element: &'static str,
    name: &str,
    found: impl ExactSizeIterator<Item = &'a Diagnostic>,
) -> ElementWriter<'x, W> {
    let cases = found.len().max(1).to_string();
    let failures = found.filter(|diagnostic| diagnostic.severity == Severity::Error).count().to_string();
    let attributes = [("name", name), ("tests", &*cases), ("failures", &*failures), ("errors", "0")];
    xml.create_element(element).with_attributes(attributes)
}

fn suite<W: io::Write>(xml: &mut Writer<W>, name: &str, found: &[&Diagnostic]) -> io::Result<()> {
    element_with_counts(xml, "testsuite", name, found.iter().copied()).write_inner_content(|xml| {
        if found.is_empty() {
            xml.create_element("testcase").with_attribute(("name", "nothing to fix")).write_empty()?;
        }
        found.iter().try_for_each(|diagnostic| case(xml, diagnostic))
    })?;
    Ok(())
}

fn case<W: io::Write>(xml: &mut Writer<W>, diagnostic: &Diagnostic) -> io::Result<()> {
    let place = diagnostic
        .location
        .quoted
        .map_or_else(String::new, |quoted| format!(":{}:{}", quoted.start.line, quoted.start.column));
    let help = diagnostic.help.as_ref().map_or_else(String::new, |help| format!("\n{}", visible(help)));
    let (rule, message) = (diagnostic.rule.code, visible(&diagnostic.message));
    let text = format!("{}{place}: {message}{help}", visible(&diagnostic.location.path));
    let name = format!("{rule}{place}");
    xml.create_element("testcase").with_attribute(("name", name.as_str())).write_inner_content(|xml| {
        if diagnostic.severity == Severity::Error {
            let failure = xml.create_element("failure").with_attributes([("message", &*message), ("type", rule)]);
            failure.write_text_content(BytesText::new(&text))?;
        } else {
            let text = format!("{}: {text}", diagnostic.severity);
            xml.create_element("system-out").write_text_content(BytesText::new(&text))?;
        }
        Ok(())
    })?;
    Ok(())
}

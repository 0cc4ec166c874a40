//! `JUnit` XML: a suite a file, a failure a finding, so that any CI server can show them.

use std::collections::BTreeMap;
use std::io;

use quick_junit::{NonSuccessKind, Report as Suites, TestCase, TestCaseStatus, TestSuite};

use super::visible;
use crate::report::{Diagnostic, Report};
use crate::rule::Severity;

/// The report as `JUnit` XML. Warnings and notes are cases that passed, with their message as output.
pub fn junit(report: &Report, out: &mut dyn io::Write) -> io::Result<()> {
    let mut by_path: BTreeMap<&str, Vec<&Diagnostic>> = BTreeMap::new();
    for diagnostic in &report.diagnostics {
        by_path.entry(&diagnostic.location.path).or_default().push(diagnostic);
    }
    let mut suites = Suites::new("comity");
    for (path, diagnostics) in by_path {
        let mut suite = TestSuite::new(visible(path));
        suite.add_test_cases(diagnostics.into_iter().map(case));
        suites.add_test_suite(suite);
    }
    if report.diagnostics.is_empty() {
        let mut suite = TestSuite::new("records");
        suite.add_test_case(TestCase::new("nothing to mend", TestCaseStatus::success()));
        suites.add_test_suite(suite);
    }
    suites.serialize(out).map_err(io::Error::other)
}

fn case(diagnostic: &Diagnostic) -> TestCase {
    let place = diagnostic
        .location
        .quoted
        .map_or_else(String::new, |quoted| format!(":{}:{}", quoted.start.line, quoted.start.column));
    let help = diagnostic.help.as_ref().map_or_else(String::new, |help| format!("\n{}", visible(help)));
    let text = format!("{}{place}: {}{help}", visible(&diagnostic.location.path), visible(&diagnostic.message));
    let name = format!("{}{place}", diagnostic.rule.code);
    if diagnostic.severity == Severity::Error {
        let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
        status.set_type(diagnostic.rule.code).set_message(visible(&diagnostic.message)).set_description(text);
        return TestCase::new(name, status);
    }
    let mut case = TestCase::new(name, TestCaseStatus::success());
    case.set_system_out(format!("{}: {text}", diagnostic.severity));
    case
}

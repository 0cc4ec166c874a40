//! The renderers, for tests: each output as one text.

use std::io;

pub(crate) use comity::render::{REPORT_VERSION, diff_schema, report_schema, visible};

use comity::render;
use comity::report::Report;

fn text(render: impl FnOnce(&mut Vec<u8>) -> io::Result<()>) -> String {
    let mut out = Vec::new();
    render(&mut out).expect("memory takes it");
    String::from_utf8(out).expect("UTF-8")
}

pub(crate) fn human(report: &Report, colour: bool, width: usize) -> String {
    text(|out| render::human(report, colour, width, out))
}

pub(crate) fn concise(report: &Report) -> String {
    text(|out| render::concise(report, out))
}

pub(crate) fn json(report: &Report) -> String {
    text(|out| render::json(report, out))
}

pub(crate) fn github(report: &Report) -> String {
    text(|out| render::github(report, out))
}

pub(crate) fn gitlab(report: &Report) -> String {
    text(|out| render::gitlab(report, out))
}

pub(crate) fn sarif(report: &Report) -> String {
    text(|out| render::sarif(report, out))
}

pub(crate) fn junit(report: &Report) -> String {
    text(|out| render::junit(report, out))
}

pub(crate) fn markdown(report: &Report) -> String {
    text(|out| render::markdown(report, out))
}

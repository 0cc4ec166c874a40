//! Human, for a person at a terminal: each finding with the lines it is about, drawn as rustc draws them.

use std::io;
use std::ops::Range;

use annotate_snippets::{Annotation, AnnotationKind, Element, Group, Level, Origin, Renderer, Snippet};

use super::escape::{stand_ins, visible};
use crate::lint::Severity;
use crate::report::{Diagnostic, Location, Quoted, Report};

/// How far from a place the ends of its line are searched, in bytes. A line may be as long as a file, and a terminal shows
/// little of it.
const REACH: usize = 2_000;
/// How far apart the places of one drawing may be, in bytes. The lines between them are folded, but must be read.
const APART: usize = 64 * 1024;

/// Writes each finding, followed by an empty line, and then the layout of records in one line a file. `width` is in
/// columns.
pub fn human(report: &Report, colour: bool, width: usize, out: &mut dyn io::Write) -> io::Result<()> {
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() }.term_width(width);
    let (layout, faults): (Vec<&Diagnostic>, Vec<&Diagnostic>) =
        report.diagnostics.iter().partition(|diagnostic| diagnostic.is_layout());
    faults.iter().try_for_each(|diagnostic| writeln!(out, "{}\n", one(diagnostic, report, &renderer)))?;
    let files = layout.chunk_by(|a, b| a.location.path == b.location.path);
    files.clone().try_for_each(|file| writeln!(out, "{}", renderer.render(&[layout_of(file)])))?;
    if layout.is_empty() { Ok(()) } else { writeln!(out) }
}

/// What is to be said of the layout of one file.
fn layout_of(file: &[&Diagnostic]) -> Group<'static> {
    let first = file[0];
    let message = match file.len() {
        1 => first.message.clone(),
        n => format!("{n} records are not laid out as `comity fmt` writes them"),
    };
    let title = format!("{}: {}", visible(&first.location.path), visible(&message));
    Group::with_title(level(first).primary_title(title).id(first.rule.code))
}

fn level(diagnostic: &Diagnostic) -> Level<'static> {
    match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    }
}

fn one(diagnostic: &Diagnostic, report: &Report, renderer: &Renderer) -> String {
    let mut group =
        Group::with_title(level(diagnostic).primary_title(visible(&diagnostic.message)).id(diagnostic.rule.code));
    let places = places(diagnostic, report);
    if places.is_empty() {
        group = group.element(origin(&diagnostic.location));
        if let Some(help) = &diagnostic.help {
            group = group.element(Level::HELP.message(visible(help)));
        }
    }
    for (excerpt, marks) in &places {
        let text = &report.excerpts[*excerpt].text;
        for element in drawing(text, marks) {
            group = group.element(element);
        }
    }
    group = group.element(Level::NOTE.with_name("why").message(diagnostic.rule.why));
    if let Some(fix) = &diagnostic.fix {
        group = group.element(Level::HELP.with_name("fix").message(visible(&fix.what)));
    }
    renderer.render(&[group])
}

fn origin(location: &Location) -> Origin<'static> {
    let origin = Origin::path(visible(&location.path));
    match location.quoted {
        Some(Quoted { start, .. }) => origin.line(start.line as usize).char_column(start.column as usize),
        None => origin,
    }
}

/// A place to underline, and its label.
struct Underline<'a> {
    kind: AnnotationKind,
    location: &'a Location,
    quoted: Quoted,
    label: String,
}

/// The places to underline, by the excerpt they are in; the finding's own place comes first.
fn places<'a>(diagnostic: &'a Diagnostic, report: &Report) -> Vec<(usize, Vec<Underline<'a>>)> {
    let own = (&diagnostic.location, diagnostic.help.as_deref().unwrap_or_default(), AnnotationKind::Primary);
    let related = diagnostic.related.iter().map(|(at, message)| (at, message.as_str(), AnnotationKind::Context));
    let mut places: Vec<(usize, Vec<Underline<'a>>)> = Vec::new();
    for (location, label, kind) in std::iter::once(own).chain(related) {
        let Some(quoted) = location.quoted else { continue };
        if quoted.span.range().is_empty() && report.excerpts[quoted.excerpt].text.is_empty() {
            continue;
        }
        let mark = Underline { kind, location, quoted, label: visible(label) };
        match places.iter_mut().find(|(excerpt, _)| *excerpt == quoted.excerpt) {
            Some((_, marks)) => marks.push(mark),
            None => places.push((quoted.excerpt, vec![mark])),
        }
    }
    places
}

/// Draws the places of one excerpt: in one drawing, or one by one where they are too far apart.
fn drawing(text: &str, marks: &[Underline<'_>]) -> Vec<Element<'static>> {
    let start = marks.iter().map(|mark| mark.quoted.span.start as usize).min().unwrap_or_default();
    let end = marks.iter().map(|mark| mark.quoted.span.end as usize).max().unwrap_or_default();
    match lines_around(text, start..end).filter(|_| end - start <= APART) {
        Some(lines) => {
            let first = marks.iter().map(|mark| mark.quoted.start.line as usize).min().unwrap_or(1);
            let path = visible(&marks[0].location.path);
            vec![snippet(text, &lines, first, marks).path(path).into()]
        }
        None if marks.len() > 1 => marks.chunks(1).flat_map(|mark| drawing(text, mark)).collect(),
        None => {
            // A part of a line has other columns than the line, so the column stands beside the path.
            let part = characters(text, start.saturating_sub(REACH)..(start + REACH).min(text.len()));
            let begins = text[part.start..start].rfind('\n').map_or(part.start, |newline| part.start + newline + 1);
            let line = marks[0].quoted.start.line as usize;
            vec![origin(marks[0].location).into(), snippet(text, &(begins..part.end), line, marks).into()]
        }
    }
}

fn snippet(
    text: &str,
    part: &Range<usize>,
    line: usize,
    marks: &[Underline<'_>],
) -> Snippet<'static, Annotation<'static>> {
    let within = |byte: u32| (byte as usize).clamp(part.start, part.end) - part.start;
    let annotations = marks.iter().map(|mark| {
        let span = mark.quoted.span;
        mark.kind.span(within(span.start)..within(span.end)).label(mark.label.clone())
    });
    Snippet::source(stand_ins(&text[part.clone()])).line_start(line).fold(true).annotations(annotations)
}

/// The whole lines around a range of bytes; `None` where a line is longer than [`REACH`].
fn lines_around(text: &str, bytes: Range<usize>) -> Option<Range<usize>> {
    let near = characters(text, bytes.start.saturating_sub(REACH)..(bytes.end + REACH).min(text.len()));
    let start = match text[near.start..bytes.start].rfind('\n') {
        Some(newline) => near.start + newline + 1,
        None if near.start == 0 => 0,
        None => return None,
    };
    let end = match text[bytes.end..near.end].find('\n') {
        Some(newline) => bytes.end + newline + 1,
        None if near.end == text.len() => text.len(),
        None => return None,
    };
    Some(start..end)
}

/// The range, narrowed to whole characters.
fn characters(text: &str, range: Range<usize>) -> Range<usize> {
    let start = (range.start..=text.len()).find(|byte| text.is_char_boundary(*byte)).unwrap_or(text.len());
    let end = (0..=range.end).rev().find(|byte| text.is_char_boundary(*byte)).unwrap_or(0);
    start..end.max(start)
}

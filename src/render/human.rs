//! For a person at a terminal: each finding with the text it stands in, drawn as rustc draws it.

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::visible;
use crate::report::{Diagnostic, Location, Report};
use crate::rule::Severity;

/// All findings, each with an empty line behind it. `width` in columns.
pub fn human(report: &Report, colour: bool, width: usize) -> String {
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() }.term_width(width);
    report.diagnostics.iter().map(|diagnostic| one(diagnostic, report, &renderer) + "\n\n").collect()
}

fn one(diagnostic: &Diagnostic, report: &Report, renderer: &Renderer) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let message = visible(&diagnostic.message);
    let help = diagnostic.help.as_deref().map(visible);
    let path = visible(&diagnostic.location.path);
    let mut group = Group::with_title(level.primary_title(message.as_str()).id(diagnostic.rule.code));
    let drawn = snippets(diagnostic, report, help.as_deref());
    let shown = !drawn.is_empty();
    for (excerpt, path, annotations) in &drawn {
        let excerpt = &report.excerpts[*excerpt];
        let snippet = Snippet::source(excerpt.text.as_str())
            .line_start(excerpt.first_line as usize)
            .path(path.as_str())
            .fold(true);
        group = group.element(annotations.iter().cloned().fold(snippet, Snippet::annotation));
    }
    if !shown {
        group = group.element(Origin::path(path.as_str()));
        if let Some(help) = &help {
            group = group.element(Level::HELP.message(help.as_str()));
        }
    }
    group = group.element(Level::NOTE.with_name("why").message(diagnostic.rule.why));
    if let Some(fix) = &diagnostic.fix {
        group = group.element(Level::HELP.with_name("fix").message(visible(&fix.what)));
    }
    renderer.render(&[group])
}

type Drawn<'a> = (usize, String, Vec<Annotation<'a>>);

/// The places to draw, by the text they stand in; the finding's own first.
fn snippets<'a>(diagnostic: &Diagnostic, report: &Report, help: Option<&'a str>) -> Vec<Drawn<'a>> {
    let mut drawn: Vec<Drawn<'a>> = Vec::new();
    let own = (&diagnostic.location, help.map(str::to_owned), AnnotationKind::Primary);
    let related = diagnostic
        .related
        .iter()
        .map(|(location, message)| (location, Some(visible(message)), AnnotationKind::Context));
    let mut add = |location: &Location, label: Option<String>, kind: AnnotationKind| {
        let Some(quoted) = location.quoted else { return };
        if quoted.span.range().is_empty() && report.excerpts[quoted.excerpt].text.is_empty() {
            return;
        }
        let annotation = kind.span(quoted.span.range()).label(label.unwrap_or_default());
        match drawn.iter_mut().find(|(excerpt, ..)| *excerpt == quoted.excerpt) {
            Some((.., annotations)) => annotations.push(annotation),
            None => drawn.push((quoted.excerpt, visible(&location.path), vec![annotation])),
        }
    };
    add(own.0, own.1, own.2);
    for (location, label, kind) in related {
        add(location, label, kind);
    }
    drawn
}

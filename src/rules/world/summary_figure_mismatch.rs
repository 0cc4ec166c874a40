//! `summary-figure-mismatch`: see the page beside this file.

mod number;
mod words;

use comity_document::at;
use comity_document::document::Value;
use comity_document::pointer::Span;

use crate::lint::{DocumentContext, Findings, Place, Rule};
use crate::query::figures::FigureRange;
use crate::record::Figure;
use crate::value::{Measure, Slug};
use words::mentions;

/// The rule.
pub static RULE: Rule = Rule::audit(
    "summary-figure-mismatch",
    "a number in the summary that the figures deny",
    "a reader of the summary and a reader of the figures would quote two numbers for one thing",
    include_str!("summary_figure_mismatch.md"),
);

/// Compares each number of the English summary with the figures of what it counts. Where another number of the summary
/// agrees with one of these figures, the number counts something else.
pub fn check(context: &DocumentContext<'_>, findings: &mut Findings<'_>) {
    let envelope = &context.record.envelope;
    let Some(figures) = envelope.figures.as_ref().filter(|_| envelope.retired.is_none()) else { return };
    let place = at!["summary", "en"];
    let Some(Value::String(text)) = context.fields.at(&place).map(|node| &node.value) else { return };
    // No summary says more than a few numbers, and a hostile record has thousands of figures.
    let figures: Vec<Counted<'_>> = figures.iter().filter_map(Counted::of).take(FIGURES).collect();
    let mentions = mentions(text).into_iter().take(MENTIONS);
    let (agreed, others): (Vec<_>, Vec<_>) = mentions.partition(|mention| {
        figures.iter().any(|figure| mention.may_count(figure.measure) && mention.agrees(&figure.range))
    });
    for mention in others {
        let mut counted = figures.iter().filter(|figure| mention.may_count(figure.measure)).peekable();
        let Some(figure) = counted.peek().copied() else { continue };
        let is_said = agreed.iter().any(|other| other.may_count(figure.measure));
        if is_said || !counted.all(|figure| mention.is_denied_by(&figure.range)) {
            continue;
        }
        let span = Span::new(mention.start, mention.start + mention.text.len());
        let message =
            format!("the summary says `{}`, and the figure `{}` is {}", mention.text, figure.name, figure.range);
        findings
            .at(context.entry, Place::Within(place.clone(), span), message)
            .help("correct one of the two, or say in the summary what its number counts")
            .related(context.entry, at!["figures", figure.name], "the figure");
    }
}

/// How many figures of a record, and how many numbers of a summary, are compared.
const FIGURES: usize = 64;
const MENTIONS: usize = 64;

/// A figure with a number.
struct Counted<'a> {
    name: &'a str,
    measure: Measure,
    range: FigureRange,
}

impl<'a> Counted<'a> {
    fn of((name, figure): (&'a Slug, &'a Figure)) -> Option<Self> {
        Some(Self { name: name.as_ref(), measure: figure.measure, range: FigureRange::of(figure)? })
    }
}

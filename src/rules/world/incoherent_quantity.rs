//! `incoherent-quantity`: see the page beside this file.

use comity_document::at;
use comity_document::pointer::Pointer;

use crate::lint::{AloneContext, Findings, Place, Rule};
use crate::record::Figure;
use crate::value::{Amount, Measure, NonEmptyMap};

/// The rule.
pub static RULE: Rule = Rule::fault(
    "incoherent-quantity",
    "a figure whose parts do not fit together",
    "a sum or a chart made of it would be wrong",
    include_str!("incoherent_quantity.md"),
);

/// Checks that every figure has a number, that its numbers are in order and whole where things are counted, and that its unit
/// fits the measure.
pub fn check(context: &AloneContext<'_>, findings: &mut Findings<'_>) {
    if context.record.envelope.retired.is_some() {
        return;
    }
    for (name, figure) in context.record.envelope.figures.iter().flat_map(NonEmptyMap::iter) {
        let at = at!["figures", name];
        if !figure.measure.fits(figure.unit) {
            findings
                .at(
                    context.entry.id,
                    at.clone().key("unit"),
                    format!("`{}` cannot be counted in `{}`", figure.measure, figure.unit.code()),
                )
                .help(format!("write {}", figure.measure.fitting()))
                .related(context.entry.id, at.clone().key("measure"), "what is counted");
        }
        numbers(context, &at, figure, findings);
    }
}

fn numbers(context: &AloneContext<'_>, at: &Pointer, figure: &Figure, findings: &mut Findings<'_>) {
    let numbers = [("low", figure.low), ("best", figure.best), ("high", figure.high)];
    let given: Vec<(&str, Amount)> = numbers.into_iter().filter_map(|(name, number)| Some((name, number?))).collect();
    if given.is_empty() {
        let name = at.tokens().last().unwrap_or_default();
        findings
            .at(context.entry.id, Place::Key(at.clone()), format!("the figure `{name}` has no number"))
            .help("add the number as `best`; `low` alone is \"at least\", `high` alone \"at most\"");
    }
    for (name, number) in given.iter().filter(|(_, number)| figure.unit.is_counted() && number.get().fract() != 0.0) {
        let message = format!("`{name}` is {}, and `{}` are counted one by one", number.get(), figure.unit);
        findings
            .at(context.entry.id, at.clone().key(name), message)
            .help("write a whole number, such as 1200; no point stands between thousands");
    }
    for (name, number) in
        given.iter().filter(|(_, number)| figure.measure == Measure::TargetShare && number.get() > 100.0)
    {
        let message = format!("`{name}` is {}, and a share is at most 100 percent", number.get());
        findings
            .at(context.entry.id, at.clone().key(name), message)
            .help("write the share as the source has it, such as 40");
    }
    for pair in given.windows(2) {
        let [(less, low), (more, high)] = [pair[0], pair[1]];
        if low > high {
            findings
                .at(
                    context.entry.id,
                    at.clone().key(less),
                    format!("`{less}` is {}, which is more than `{more}`", low.get()),
                )
                .help(format!(
                    "`{more}` is {}; the order is `low`, `best`, `high`, from the least to the most",
                    high.get()
                ))
                .related(context.entry.id, at.clone().key(more), "less than that");
        }
    }
}

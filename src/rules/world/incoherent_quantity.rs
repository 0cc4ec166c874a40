//! `incoherent-quantity`: see the page beside this file.

use comity_document::at;
use comity_document::document::Value;
use comity_document::pointer::Pointer;

use crate::lint::{DocumentContext, Findings, Place, Rule};
use crate::record::Figure;
use crate::value::{Amount, Measure, NonEmptyMap, thousands};

/// The rule.
pub static RULE: Rule = Rule::fault(
    "incoherent-quantity",
    "a figure whose parts do not fit together",
    "a sum or a chart made of it would be wrong",
    include_str!("incoherent_quantity.md"),
);

/// Checks that every figure has a number, that its numbers are in order and whole where things are counted, that no point stands
/// between thousands, and that the unit fits the measure.
pub fn check(context: &DocumentContext<'_>, findings: &mut Findings<'_>) {
    if context.record.envelope.retired.is_some() {
        return;
    }
    for (name, figure) in context.record.envelope.figures.iter().flat_map(NonEmptyMap::iter) {
        let at = at!["figures", name];
        if !figure.measure.fits(figure.unit) {
            findings
                .at(
                    context.entry,
                    at.clone().key("unit"),
                    format!("`{}` cannot be counted in `{}`", figure.measure, figure.unit.code()),
                )
                .help(format!("write {}", figure.measure.fitting()))
                .related(context.entry, at.clone().key("measure"), "what is counted");
        }
        numbers(context, &at, figure, findings);
    }
}

fn numbers(context: &DocumentContext<'_>, at: &Pointer, figure: &Figure, findings: &mut Findings<'_>) {
    let numbers = [("low", figure.low), ("best", figure.best), ("high", figure.high)];
    let given: Vec<(&str, Amount)> = numbers.into_iter().filter_map(|(name, number)| Some((name, number?))).collect();
    if given.is_empty() {
        let name = at.tokens().last().unwrap_or_default();
        findings
            .at(context.entry, Place::Key(at.clone()), format!("the figure `{name}` has no number"))
            .help("add the number as `best`; `low` alone is \"at least\", `high` alone \"at most\"");
    }
    for (name, number) in &given {
        if may_be_thousands(context, at.clone().key(name), figure, findings)
            || !figure.unit.is_counted()
            || number.get().fract() == 0.0
        {
            continue;
        }
        let message = format!("`{name}` is {}, and `{}` are counted one by one", number.get(), figure.unit);
        findings
            .at(context.entry, at.clone().key(name), message)
            .help("write a whole number, such as 1200; no point stands between thousands");
    }
    for (name, number) in
        given.iter().filter(|(_, number)| figure.measure == Measure::TargetShare && number.get() > 100.0)
    {
        let message = format!("`{name}` is {}, and a share is at most 100 percent", number.get());
        findings
            .at(context.entry, at.clone().key(name), message)
            .help("write the share as the source has it, such as 40");
    }
    for pair in given.windows(2) {
        let [(less, low), (more, high)] = [pair[0], pair[1]];
        if low > high {
            findings
                .at(
                    context.entry,
                    at.clone().key(less),
                    format!("`{less}` is {}, which is more than `{more}`", low.get()),
                )
                .help(format!(
                    "`{more}` is {}; the order is `low`, `best`, `high`, from the least to the most",
                    high.get()
                ))
                .related(context.entry, at.clone().key(more), "less than that");
        }
    }
}

/// Reports a number that may be a thousand times as large as it reads. Whoever means decimals writes no zero at their end, and
/// writes no third one for money or for what is counted.
fn may_be_thousands(context: &DocumentContext<'_>, at: Pointer, figure: &Figure, findings: &mut Findings<'_>) -> bool {
    let Some(Value::Number(raw)) = context.fields.at(&at).map(|node| &node.value) else { return false };
    let is_doubtful = |_: &String| raw.ends_with('0') || figure.unit.is_money() || figure.unit.is_counted();
    let Some(meant) = thousands(raw).filter(is_doubtful) else { return false };
    let small = raw.trim_end_matches('0').trim_end_matches('.');
    let message = format!("`{raw}` is {small} in JSON, where a point stands only before decimals");
    let help = if figure.unit.is_counted() && small.contains('.') {
        format!("write `{meant}`")
    } else if raw.ends_with('0') {
        format!("write `{meant}` if thousands are meant, and `{small}` if not")
    } else {
        format!("write `{meant}` if thousands are meant; an amount of money has at most two decimals")
    };
    findings.at(context.entry, at, message).help(help);
    true
}

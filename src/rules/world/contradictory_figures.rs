//! `contradictory-figures`: see the page beside this file.

use comity_document::at;
use comity_document::pointer::Pointer;
use hashbrown::HashMap;

use crate::lint::{AloneContext, Findings, PointerSet, Rule};
use crate::query::figures::FigureRange;
use crate::query::shown::Shown;
use crate::record::{Actor, Figure, Record, Stance};
use crate::value::{Edtf, Measure, NonEmptyMap, Ref, Slug};

/// The rule.
pub static RULE: Rule = Rule::warning(
    "contradictory-figures",
    "two figures of one thing that cannot both hold",
    "a sum or a chart would count one thing twice, with two numbers",
    include_str!("contradictory_figures.md"),
);

/// How many earlier figures of one measure, unit, day and actor a figure is compared with.
const COMPARISONS: usize = 64;

/// What two figures must have in common to be figures of one thing.
type Subject<'a> = (Measure, &'static str, Option<&'a str>, Option<&'a str>);

/// Compares the figures of one measure, unit, day and actor that different sources show. The figures of one source are
/// parts of a whole, such as the ships of two classes.
pub fn check(context: &AloneContext<'_>, findings: &mut Findings<'_>) {
    let envelope = &context.record.envelope;
    let Some(figures) = envelope.figures.as_ref().filter(|all| all.count() > 1 && envelope.retired.is_none()) else {
        return;
    };
    let Some(sources) = Sources::of(context.record) else { return };
    let contested: PointerSet<'_> = envelope.contested.iter().flat_map(NonEmptyMap::keys).map(AsRef::as_ref).collect();
    let is_contested = |at: &Pointer| contested.touch(at.as_str());
    let mut earlier: HashMap<Subject<'_>, Vec<(&Slug, FigureRange)>> = HashMap::new();
    for (name, figure) in figures {
        let Some(range) = FigureRange::of(figure) else { continue };
        let at = at!["figures", name];
        if is_contested(&at) {
            continue;
        }
        let others = earlier.entry(subject(figure)).or_default();
        let contradicts = |(other, their): &&(&Slug, FigureRange)| {
            range.excludes(their) && sources.are_apart(name.as_ref(), other.as_ref())
        };
        if let Some((other, their)) = others.iter().take(COMPARISONS).find(contradicts) {
            let message = format!("`{name}` is {range}, and `{other}` is {their}: one measure, one unit, one time");
            findings
                .at(context.entry.id, at, message)
                .help(format!(
                    "if they are one figure, keep one, put the other under the `says` of its source, and add to `contested`: \"/figures/{other}\": {{ \"outcome\": \"open\", \"why\": \"…\" }}; if not, say when (`at`) or whose (`by`) each is"
                ))
                .related(context.entry.id, at!["figures", other], "the other figure");
        }
        others.push((name, range));
    }
}

fn subject(figure: &Figure) -> Subject<'_> {
    let (at, by) =
        (figure.at.as_ref().map(|at: &Edtf| at.as_ref()), figure.by.as_ref().map(|by: &Ref<Actor>| by.as_ref()));
    (figure.measure, figure.unit.code(), at, by)
}

/// The sources of each figure of a record, by the name of the figure; the sources by their number, in ascending order.
struct Sources<'a>(HashMap<&'a str, Vec<usize>>);

impl<'a> Sources<'a> {
    /// `None` where a source stands behind all figures, or may do so.
    fn of(record: &'a Record) -> Option<Self> {
        let mut of_figure: HashMap<&str, Vec<usize>> = HashMap::new();
        for (number, (_, evidence)) in record.evidence().enumerate() {
            let shown = Shown::of(record, evidence);
            let is_silent = || evidence.says.is_none() && evidence.stance != Stance::Contradicts;
            if matches!(shown, Shown::AllBut(_)) || !shown.is_any() && is_silent() {
                return None;
            }
            for place in shown.places().map(AsRef::<str>::as_ref) {
                if place == "/figures" {
                    return None;
                }
                let Some(name) = place.strip_prefix("/figures/").and_then(|rest| rest.split('/').next()) else {
                    continue;
                };
                let sources = of_figure.entry(name).or_default();
                if sources.last() != Some(&number) {
                    sources.push(number);
                }
            }
        }
        Some(Self(of_figure))
    }

    /// Whether both figures have sources, and no source is behind both.
    fn are_apart(&self, one: &str, other: &str) -> bool {
        let Some((one, other)) = self.0.get(one).zip(self.0.get(other)) else { return false };
        !one.iter().any(|source| other.binary_search(source).is_ok())
    }
}

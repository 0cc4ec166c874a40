//! `non-canonical`: see the page beside this file.

use crate::format::{self, RecordForm};
use crate::lint::{DocumentContext, Findings, Fixable, Place, Rule, RuleRole};

/// The rule.
pub static RULE: Rule = Rule::warning(
    "non-canonical",
    "not in the layout that `comity fmt` writes",
    "in one layout, a change shows what was changed and nothing else",
    include_str!("non_canonical.md"),
)
.fixed(Fixable::Safe)
.role(RuleRole::Layout);

/// Compares the text with its canonical form.
pub fn check(context: &DocumentContext<'_>, findings: &mut Findings<'_>) {
    // Faults of the text are reported already, and their fix formats the record.
    if context.faults {
        return;
    }
    let (kind, layout) = (context.record.kind(), RecordForm::of(context.file));
    let spaced = if layout == RecordForm::Line { context.layout.compact } else { context.layout.indented };
    // Nearly every record is known to be canonical from parsing; then the canonical form need not be written.
    if spaced && context.layout.plain && context.ordered && format::is_placed(kind, context.root, layout) {
        return;
    }
    let canonical = format::canonical(kind, context.root, layout);
    let (canonical, from) = match layout {
        RecordForm::File { .. } => {
            let lines = canonical.split_inclusive('\n').zip(context.text.split_inclusive('\n'));
            let same = lines.take_while(|(line, written)| line == written).count();
            (canonical.as_str(), format!("from line {} on, ", same + 1))
        }
        RecordForm::Line => (canonical.trim_end(), String::new()),
    };
    if canonical != context.text {
        findings
            .at(context.entry, Place::File, format!("{from}the record is not laid out as `comity fmt` writes it"))
            .help("run `comity fmt`; it changes the layout and nothing else");
    }
}

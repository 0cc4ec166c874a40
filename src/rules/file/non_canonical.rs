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

/// The text against its own canonical form.
pub fn check(draft: &DocumentContext<'_>, findings: &mut Findings<'_>) {
    // What is wrong with the text was said, and mending it lays the record out anew.
    if draft.faults {
        return;
    }
    let (kind, layout) = (draft.record.kind(), RecordForm::of(draft.file));
    let spaced = if layout == RecordForm::Line { draft.writing.compact } else { draft.writing.indented };
    // Nearly every record is beyond doubt, so that the form itself is not made.
    if spaced && draft.writing.plain && draft.ordered && format::is_placed(kind, draft.root, layout) {
        return;
    }
    let canonical = format::canonical(kind, draft.root, layout);
    let (canonical, from) = match layout {
        RecordForm::File { .. } => {
            let lines = canonical.split_inclusive('\n').zip(draft.text.split_inclusive('\n'));
            let same = lines.take_while(|(line, written)| line == written).count();
            (canonical.as_str(), format!("from line {} on, ", same + 1))
        }
        RecordForm::Line => (canonical.trim_end(), String::new()),
    };
    if canonical != draft.text {
        findings
            .at(draft.entry, Place::File, format!("{from}the record is not laid out as `comity fmt` writes it"))
            .help("run `comity fmt`; it changes the layout and nothing else");
    }
}

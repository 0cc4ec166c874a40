//! `older-to-younger`: see the page beside this file.

use comity_document::at;

use crate::lint::{Change, Findings, Fixable, Place, RecordContext, Rule, Screen};
use crate::query::time;
use crate::record::Relation;
use crate::rules::time::supersession_order;
use crate::value::{AnyRef, Code, NonEmptyMap};

/// The rule.
pub static RULE: Rule = Rule::warning(
    "older-to-younger",
    "a link that the older record has to the younger one",
    "a link is written once, on the younger record, so that nobody has to change what is already published",
    include_str!("older_to_younger.md"),
)
.fixed(Fixable::Suggested);

/// Doubts a record that links to one that may have begun later.
pub static SCREEN: Screen = Screen { alone: |_| false, doubts: supersession_order::links_to_younger };

/// Reports links to a record that definitely began later, where the relation itself does not say which of the two is
/// older. [`supersession_order`] checks the other relations.
pub fn check(context: &RecordContext<'_>, findings: &mut Findings<'_>) {
    let Some(related) = context.record.envelope.related.as_ref().filter(|_| time::stands(context.record)) else {
        return;
    };
    let as_of = context.dataset.as_of;
    // Things that take place side by side may begin in any order.
    let (Some(end), Some(name)) = (time::span(context.record, as_of).last, &context.entry.key) else { return };
    for (other, relation) in related.iter().filter(|(_, relation)| !supersession_order::orders(**relation)) {
        let Some((entry, record)) = context.dataset.record(other.into()) else { continue };
        let Some(late) = time::beginning(record, as_of) else { continue };
        let truth = time::before(&end.days, &late.days);
        if !findings.wants(truth) {
            continue;
        }
        let at = at!["related", other];
        let message = format!("`{}` began after this record", other.id());
        let finding = findings.at(context.entry.id, Place::Key(at.clone()), message);
        finding
            .related(context.entry.id, end.place(), "this record ended")
            .related(entry.id, late.place(), format!("`{}` began", other.id()))
            .truth(truth);
        let links_back = |(to, back): (&AnyRef, &Relation)| back == relation && *to == AnyRef::from(name);
        if record.envelope.related.iter().flat_map(NonEmptyMap::iter).any(links_back) {
            finding.help(format!("remove it here; `{}` has it", other.id()));
            finding.suggest("remove it", Change::Remove { at });
        } else {
            let link = format!("\"related\": {{ \"{name}\": \"{}\" }}", relation.code());
            finding.help(format!("remove it here, and write it in `{}`: {link}", other.id()));
        }
    }
}

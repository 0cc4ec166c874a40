//! `copy-of-another-page`: see the page beside this file.

use comity_document::at;

use crate::lint::{AloneContext, Findings, Rule};
use crate::record::Body;
use crate::value::{page, page_of_copy, short};

/// The rule.
pub static RULE: Rule = Rule::warning(
    "copy-of-another-page",
    "an archived copy of another page than the source",
    "whoever opens the copy once the page is gone finds something else",
    include_str!("copy_of_another_page.md"),
);

/// Checks every copy under `archived` whose address has the address of the page that was copied.
pub fn check(context: &AloneContext<'_>, findings: &mut Findings<'_>) {
    let Body::Source(source) = &context.record.body else { return };
    let Some(url) = &source.url else { return };
    for (index, copy) in source.archived.iter().flat_map(|copies| copies.iter()).enumerate() {
        // Most copies have the address as it is, and need not be taken apart.
        let is_another = |copied: &&str| *copied != url.as_ref() && page(copied) != page(url.as_ref());
        let Some(copied) = page_of_copy(copy.url.as_ref()).filter(is_another) else { continue };
        findings
            .at(
                context.entry.id,
                at!["archived"].index(index).key("url"),
                format!("this copy is of `{}`", short(copied)),
            )
            .help(
                "look for a copy of the page of this source; where the page moved, say so in `allow`, with the reason",
            )
            .related(context.entry.id, at!["url"], "the page of this source");
    }
}

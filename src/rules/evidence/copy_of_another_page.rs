//! `copy-of-another-page`: see the page beside this file.

use comity_document::at;

use crate::lint::{AloneContext, Findings, Rule};
use crate::record::Body;
use crate::value::{after_scheme, page, page_of_copy, short};

/// The rule.
pub static RULE: Rule = Rule::warning(
    "copy-of-another-page",
    "an archived copy of another page than the source, or an address of no copy",
    "whoever opens the copy once the page is gone finds something else",
    include_str!("copy_of_another_page.md"),
);

/// Checks every copy under `archived` whose address has the address of the page that was copied.
pub fn check(context: &AloneContext<'_>, findings: &mut Findings<'_>) {
    let Body::Source(source) = &context.record.body else { return };
    let Some(url) = &source.url else { return };
    for (index, copy) in source.archived.iter().flat_map(|copies| copies.iter()).enumerate() {
        let at = || at!["archived"].index(index).key("url");
        if is_no_copy(copy.url.as_ref(), url.as_ref()) {
            findings
                .at(context.entry.id, at(), format!("`{}` is no copy", short(copy.url.as_ref())))
                .help("open the copy in the archive, and take its address, such as `https://web.archive.org/web/20190124000000/https://…`; without a copy leave `archived` out");
            continue;
        }
        // Most copies have the address as it is, and need not be taken apart.
        let is_another = |copied: &&str| *copied != url.as_ref() && page(copied) != page(url.as_ref());
        let Some(copied) = page_of_copy(copy.url.as_ref()).filter(is_another) else { continue };
        findings
            .at(context.entry.id, at(), format!("this copy is of `{}`", short(copied)))
            .help(
                "look for a copy of the page of this source; where the page moved, say so in `allow`, with the reason",
            )
            .related(context.entry.id, at!["url"], "the page of this source");
    }
}

/// Whether an address under `archived` is that of the page itself, or leads into the archive and to no copy: a calendar of all
/// copies, a form to make one, a search.
fn is_no_copy(copy: &str, url: &str) -> bool {
    let Some(address) = after_scheme(copy) else { return false };
    if let Some(path) = address.strip_prefix("web.archive.org") {
        let moment = path.strip_prefix("/web/").and_then(|rest| rest.split('/').next()).unwrap_or_default();
        return !moment.starts_with(|c: char| c.is_ascii_digit()) || moment.contains('*');
    }
    // A page that was read in an archive is its own copy.
    let is_archive = address.contains("archiv") || address.contains("wayback") || address.contains("/http");
    !is_archive && page(copy) == page(url)
}

//! `copy-without-origin`: see the page beside this file.

use comity_document::at;

use crate::lint::{AloneContext, Findings, Rule};
use crate::record::Body;

/// The rule.
pub static RULE: Rule = Rule::warning(
    "copy-without-origin",
    "a page of a site that copies others, without whom it copies",
    "the same report, read at two addresses, would count as two",
    include_str!("copy_without_origin.md"),
);

/// Checks sources at the sites that the dataset names as `aggregators`, and at their subdomains.
pub fn check(context: &AloneContext<'_>, findings: &mut Findings<'_>) {
    let (Body::Source(source), Some(aggregators)) = (&context.record.body, &context.manifest.aggregators) else {
        return;
    };
    let is_explained =
        source.derived_from.is_some() || source.relays.is_some() || context.record.envelope.retired.is_some();
    let Some(url) = source.url.as_ref().filter(|_| !is_explained) else { return };
    let Some(parsed) = url::Url::parse(url.as_ref()).ok() else { return };
    let host = parsed.host_str().unwrap_or_default();
    if let Some(aggregator) = aggregators.iter().find(|aggregator| is_at(host, aggregator.as_ref())) {
        let message = format!("`{}` copies other publishers, and this source does not say whom", aggregator.as_ref());
        findings.at(context.entry.id, at!["url"], message).help(
            "add `relays` with the paper or agency named on the page, or `derived_from` with the id of its record",
        );
    }
}

/// Whether a host is the site or a subdomain of it. Case and `www.` are ignored.
fn is_at(host: &str, context: &str) -> bool {
    let context = context.strip_prefix("www.").unwrap_or(context);
    let below = host.len().checked_sub(context.len()).and_then(|start| host.get(start..).map(|end| (start, end)));
    below.is_some_and(|(start, end)| {
        end.eq_ignore_ascii_case(context) && (start == 0 || host.as_bytes()[start - 1] == b'.')
    })
}

#[cfg(test)]
mod tests {
    use super::is_at;

    #[test]
    fn a_host_lies_at_a_site_or_below_it() {
        for host in ["x.org", "www.x.org", "fr.news.x.org"] {
            assert!(is_at(host, "x.org") && is_at(host, "www.X.org"), "{host}");
        }
        for host in ["ax.org", "x.org.example", "org", "", "é.org"] {
            assert!(!is_at(host, "x.org"), "{host}");
        }
    }
}

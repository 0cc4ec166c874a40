//! `tracking-parameter`: see the page beside this file.

use comity_document::pointer::Span;

use crate::lint::{Change, CharClasses, Findings, Fixable, Place, Rule, TextContext, TextFilter};
use crate::value::is_tracking;

/// The rule.
pub static RULE: Rule = Rule::warning(
    "tracking-parameter",
    "an address that says where its reader came from",
    "one page would have as many addresses as ways lead to it",
    include_str!("tracking_parameter.md"),
)
.fixed(Fixable::Safe);

/// Which strings the rule sees.
pub(crate) static FILTER: TextFilter = TextFilter { classes: |classes| classes.have(CharClasses::QUERY), formats: &[] };

/// Checks every web address. The address of an archived copy includes the address it was made from, and must stay as it
/// is.
pub fn check(text: &TextContext<'_>, findings: &mut Findings<'_>) {
    let url = text.text;
    if !url.starts_with("http") || text.at.field() == Some("archived") {
        return;
    }
    let Some((cleaned, first)) = without_tracking(url) else { return };
    let name = first.split('=').next().unwrap_or(first);
    let start = first.as_ptr().addr() - url.as_ptr().addr();
    let place = Place::Within(text.at.pointer(), Span::new(start, start + first.len()));
    findings
        .at(text.entry, place, format!("`{name}` in this address only says where a reader came from"))
        .help("the page is the same without it")
        .fix("remove it from the address", Change::Replace { at: text.at.pointer(), with: cleaned.into() });
}

/// The address without tracking parts, and the first such part; `None` where there is none.
fn without_tracking(url: &str) -> Option<(String, &str)> {
    let after_scheme = url.split_once("://")?.1;
    let copy_of_another = after_scheme.contains("://");
    if copy_of_another || url.contains(char::is_whitespace) {
        return None;
    }
    let (base, fragment) = url.split_once('#').map_or((url, None), |(base, fragment)| (base, Some(fragment)));
    let (path, query) = base.split_once('?').map_or((base, None), |(path, query)| (path, Some(query)));
    let parameters = || query.into_iter().flat_map(|query| query.split('&'));
    let first = parameters().find(|part| is_tracking(part)).or(fragment.filter(|part| is_tracking(part)))?;
    let kept: Vec<&str> = parameters().filter(|part| !is_tracking(part)).collect();
    let mut cleaned = path.to_owned();
    if !kept.is_empty() {
        cleaned = format!("{cleaned}?{}", kept.join("&"));
    }
    if let Some(fragment) = fragment.filter(|fragment| !is_tracking(fragment)) {
        cleaned = format!("{cleaned}#{fragment}");
    }
    Some((cleaned, first))
}

#[cfg(test)]
mod tests {
    use super::without_tracking;

    proptest::proptest! {
        /// Cleaning twice does nothing more than cleaning once, and the result is still an address.
        #[test]
        fn any_address_can_be_cleaned(rest in "[?&#=/aé]{0,8}(utm_a|fbclid|xtor=)?[?&#=/aé]{0,8}(gclid=1)?") {
            let url = format!("https://x.org/{rest}");
            let cleaned = without_tracking(&url).map(|(cleaned, _)| cleaned);
            proptest::prop_assert!(cleaned.is_none_or(|cleaned| without_tracking(&cleaned).is_none() && cleaned.starts_with("https://x.org/")));
        }
    }

    #[test]
    fn only_what_tracks_is_taken_out() {
        for (url, cleaned) in [
            ("https://x.org/a?utm_source=b", "https://x.org/a"),
            ("https://x.org/a?id=7&utm_source=b&utm_medium=c", "https://x.org/a?id=7"),
            ("https://x.org/a?fbclid=b&id=7&lang=fr#top", "https://x.org/a?id=7&lang=fr#top"),
            ("https://x.org/a#xtor=RSS-1", "https://x.org/a"),
            ("https://x.org/?GCLID=b", "https://x.org/"),
            ("https://x.org/é?q=%26&_ga=1", "https://x.org/é?q=%26"),
        ] {
            assert_eq!(without_tracking(url).map(|(cleaned, _)| cleaned).as_deref(), Some(cleaned));
            assert_eq!(without_tracking(cleaned), None, "{cleaned}");
        }
        for url in [
            "https://x.org/a?source=utm_source",
            "https://x.org/utm_source=b",
            "https://x.org/a?gclidx=b",
            "https://web.archive.org/web/2019/https://x.org/a?utm_source=b",
        ] {
            assert_eq!(without_tracking(url), None, "{url}");
        }
    }
}
